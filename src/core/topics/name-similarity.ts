import type { Script } from '../text/words.ts';

/**
 * How alike two spellings of a name sound, 0–1: Gaddafi, Qadhafi, Kadhafi and القذافي are one name, Pelosi and police are
 * none. `nameKey` of `core/text` finds the candidates and is deliberately coarse; this tells them apart.
 * @param one, two Latin letters, as `transliterate` gives them.
 * @param scripts what they were written in: sounds that a script does not tell apart count as one.
 */
export function nameSimilarity(one: string, two: string, scripts: readonly Script[]): number {
  if (one === two) return 1;
  const a = sounds(one, scripts);
  const b = sounds(two, scripts);
  const boneA = consonants(a);
  const boneB = consonants(b);
  const bare = likeness(boneA, boneB);
  // Arabic and Hebrew leave short vowels out; four consonants in order are no accident, three are.
  const isVowelless = scripts.some(script => script === 'arabic' || script === 'hebrew');
  if (isVowelless && Math.min(boneA.length, boneB.length) >= 4) return bare;
  return (bare + likeness(a, b)) / 2;
}

function likeness(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer < 2 ? 0 : 1 - editDistance(a, b) / longer;
}

/** An opening vowel counts as one: Evkurov, Yevkurov. */
function consonants(sound: string): string {
  return (/^[aeiouy]/.test(sound) ? 'a' : '') + sound.replace(/[aeiouy]/g, '').replace(/(.)\1+/g, '$1');
}

/** Spellings of one sound made one. */
function sounds(latin: string, scripts: readonly Script[]): string {
  const same = sameSounds(
    latin
      .replace(/sch|sh|ch|cz|tch|zh/g, 'S')
      .replace(/ph/g, 'f')
      .replace(/kh/g, 'h')
      .replace(/gh/g, 'k')
      .replace(/th|dh|dj/g, match => (match === 'dj' ? 'j' : match.charAt(0)))
      .replace(/ck|c(?![eiy])|q|g/g, 'k')
      .replace(/c|z|ts/g, 's')
      .replace(/w/g, 'v')
      .replace(/x/g, 'ks')
      .replace(/(?<=[iy])[ijy]$/, '')
      .replace(/ou/g, 'u')
      .replace(/j$/, ''),
    scripts,
  );
  return same.replace(/(.)\1+/g, '$1');
}

function sameSounds(latin: string, scripts: readonly Script[]): string {
  if (scripts.includes('arabic') || scripts.includes('hebrew')) {
    return latin.replace(/p/g, 'b').replace(/v/g, 'f').replace(/g|j/g, 'k').replace(/e/g, 'i').replace(/o/g, 'u');
  }
  if (scripts.includes('hangul') || scripts.includes('cjk')) {
    return latin.replace(/f/g, 'p').replace(/r/g, 'l').replace(/v/g, 'b').replace(/eu/g, '');
  }
  return latin;
}

/** Levenshtein's distance; names are short. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] as number) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return previous[b.length] as number;
}
