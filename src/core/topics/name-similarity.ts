/**
 * How alike two spellings of a name sound, 0–1, by their consonants: Gaddafi, Qadhafi, Kadhafi and القذافي are one name.
 * `nameKey` of `core/text` finds the candidates and is deliberately coarse; this tells them apart.
 * @param one, two Latin letters, as `transliterate` gives them.
 */
export function nameSimilarity(one: string, two: string): number {
  if (one === two) return 1;
  const a = consonants(one);
  const b = consonants(two);
  const longer = Math.max(a.length, b.length);
  if (longer < 2) return 0;
  return 1 - editDistance(a, b) / longer;
}

function consonants(latin: string): string {
  const opening = /^[aeiouy]/.test(latin) ? 'a' : '';
  const sounds = latin
    .replace(/sch|sh|ch|cz|tch|zh/g, 'S')
    .replace(/ph/g, 'f')
    .replace(/kh/g, 'h')
    .replace(/gh/g, 'k')
    .replace(/th|dh|dj/g, match => (match === 'dj' ? 'j' : match.charAt(0)))
    .replace(/ck|c(?![eiy])|q|g/g, 'k')
    .replace(/c|z|ts/g, 's')
    .replace(/w/g, 'v')
    .replace(/x/g, 'ks')
    .replace(/j$/, '')
    .replace(/[aeiouy]/g, '')
    .replace(/(.)\1+/g, '$1');
  return opening + sounds;
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
