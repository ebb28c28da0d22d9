/** What parallel texts tell about Chinese characters: simplified forms of traditional ones, and how they sound in foreign names. */
import { nameKey } from '../../src/core/text/transliterate.ts';

/**
 * Dictionaries list a word in traditional and at once in simplified characters: neighbours of equal length that differ in some places
 * vote for what each differing character becomes. The traditional character is the rarer one in simplified text.
 */
export function learnSimplified(
  neighbours: Iterable<readonly [first: string, second: string]>,
  frequency: ReadonlyMap<string, number>,
): Map<string, string> {
  const votes = new Map<string, Map<string, number>>();
  for (const [one, two] of neighbours) {
    if (one === two || one.length !== two.length) continue;
    const differing = [...one].flatMap((char, at) => (char === two[at] ? [] : [at]));
    if (differing.length * 3 > one.length * 2) continue;
    for (const at of differing) {
      const row = votes.get(one[at] as string) ?? new Map<string, number>();
      row.set(two[at] as string, (row.get(two[at] as string) ?? 0) + 1);
      votes.set(one[at] as string, row);
    }
  }
  const out = new Map<string, string>();
  for (const [from, row] of votes) {
    const best = [...row].sort((one, two) => two[1] - one[1])[0];
    if (best === undefined || !/^[\u3400-\u9fff]$/.test(from) || !/^[\u3400-\u9fff]$/.test(best[0])) continue;
    const total = [...row.values()].reduce((sum, value) => sum + value, 0);
    const back = votes.get(best[0])?.get(from) ?? 0;
    const rare = (frequency.get(from) ?? 0) < (frequency.get(best[0]) ?? 0) + 1;
    // Words of one meaning differ in their characters, too: what is simplified already becomes nothing else.
    if (simplified.has(from) || !simplified.has(best[0])) continue;
    if (best[1] / total >= 0.5 && best[1] > back * 3 && rare) out.set(from, best[0]);
  }
  return out;
}

/** The 6,763 characters of GB 2312, the simplified standard of 1980: its rows 16 to 87. */
const simplified: ReadonlySet<string> = new Set(
  new TextDecoder('gbk').decode(
    Uint8Array.from({ length: 72 * 94 * 2 }, (_, at) => {
      const cell = at >> 1;
      return at % 2 === 0 ? 0xb0 + Math.floor(cell / 94) : 0xa1 + (cell % 94);
    }),
  ),
);

/** @param pairs traditional characters with their simplified form, as `learnSimplified` gives them. */
export function simplifyHan(text: string, pairs: ReadonlyMap<string, string>): string {
  return Array.from(text, char => pairs.get(char) ?? char).join('');
}

const USUAL_LEAST = 5;

type Name = { readonly chars: readonly string[]; readonly key: string };

/**
 * Each character of a transliterated name sounds as none to two consonants of the Latin name: expectation–maximization over cuts. Only of
 * characters that names have more than other text: the rest would make names of ordinary words.
 * @param frequency of characters in sentences.
 */
export function learnHanSounds(
  names: Iterable<readonly [chinese: string, latin: string]>,
  frequency: ReadonlyMap<string, number>,
): Map<string, string> {
  const data: Name[] = [];
  for (const [chinese, latin] of names) {
    const chars = [...chinese.replace(/[^\u4e00-\u9fff]/g, '')];
    const key = nameKey(
      latin
        .toLowerCase()
        .normalize('NFKD')
        .replace(/[^a-z]/g, ''),
    );
    if (chars.length >= 2 && key !== '' && key.length <= chars.length * 2) data.push({ chars, key });
  }
  let model = new Map<string, Map<string, number>>();
  for (let round = 0; round < 5; round += 1) {
    const counts = new Map<string, Map<string, number>>();
    for (const name of data) addBestCut(name, model, counts);
    model = counts;
  }
  const out = new Map<string, string>();
  for (const [char, row] of model) {
    const total = [...row.values()].reduce((sum, value) => sum + value, 0);
    const best = [...row].sort((one, two) => two[1] - one[1])[0];
    const usual = (frequency.get(char) ?? 0) + USUAL_LEAST;
    if (best !== undefined && total >= 20 && total >= usual) out.set(char, best[0]);
  }
  return out;
}

/** Viterbi: the most probable division of the key among the characters. */
function addBestCut(
  name: Name,
  model: ReadonlyMap<string, ReadonlyMap<string, number>>,
  counts: Map<string, Map<string, number>>,
): void {
  const { chars, key } = name;
  const width = key.length + 1;
  const score = new Float64Array((chars.length + 1) * width).fill(-1e9);
  const from = new Int8Array(score.length);
  score[0] = 0;
  chars.forEach((char, row) => {
    const known = model.get(char);
    const total = known === undefined ? 0 : [...known.values()].reduce((sum, value) => sum + value, 0);
    for (let at = 0; at < width; at += 1) {
      const base = score[row * width + at] as number;
      if (base < -1e8) continue;
      for (let length = 0; length <= 2 && at + length < width; length += 1) {
        const piece = key.slice(at, at + length);
        const seen = known?.get(piece) ?? 0;
        const value = base + Math.log((seen + 0.3) / (total + 9)) - (length === 1 ? 0 : 0.3);
        const target = (row + 1) * width + at + length;
        if (value > (score[target] as number)) {
          score[target] = value;
          from[target] = length;
        }
      }
    }
  });
  let at = key.length;
  if ((score[chars.length * width + at] as number) < -1e8) return;
  for (let row = chars.length; row > 0; row -= 1) {
    const length = from[row * width + at] as number;
    const piece = key.slice(at - length, at);
    const char = chars[row - 1] as string;
    const counted = counts.get(char) ?? new Map<string, number>();
    counted.set(piece, (counted.get(piece) ?? 0) + 1);
    counts.set(char, counted);
    at -= length;
  }
}
