/** What a title states so exactly that two stories cannot differ in it: results, magnitudes, quarters, the day of an edition. */
import { plainNumber } from '../lexicon/read-concepts.ts';

export type TitleFact = { readonly kind: 'score' | 'magnitude' | 'quarter' | 'edition'; readonly value: string };

const scorePattern = /(?<![\d.,:/-])(\d{1,3})\s?[-–:]\s?(\d{1,3})(?![\d.,:/-])/g;
const quarterPattern = /\b(?:Q([1-4])|([1-4])Q|T([1-4])|([1-4])T|H([12])|([12])H)\b/;
const magnitudePattern = /(?<![\d.,])([3-9][.,]\d)(?![\d.,%])/g;
const quakeWords =
  /terremot|quake|séisme|seisme|sism|erdbeben|beben|aardbeving|jordsk|deprem|землетрус|землетряс|زلزال|زلزله|רעידת|地震|지진|भूकंप|भूकम्प|động đất|gempa|σεισμ|cutremur|zemljotres|potres|zemětřes|trzęsieni|maanjärist|földrengés|magnit|magnét/i;

/** @returns at most four facts; none for most titles. */
export function readTitleFacts(title: string): readonly TitleFact[] {
  if (!/[\d٠-٩۰-۹०-९]/.test(title)) return none;
  const text = title.slice(0, 300);
  const facts: TitleFact[] = [];
  const isQuake = quakeWords.test(text);
  if (isQuake)
    for (const found of text.matchAll(magnitudePattern))
      facts.push({ kind: 'magnitude', value: plainNumber(found[1] as string) });
  const quarter = quarterPattern.exec(text);
  if (quarter !== null) {
    const digit = quarter.slice(1).findIndex(part => part !== undefined);
    facts.push({ kind: 'quarter', value: `${digit >= 4 ? 'H' : 'Q'}${quarter[digit + 1] as string}` });
  }
  if (!isQuake)
    for (const found of text.matchAll(scorePattern)) {
      const [home, away] = [Number(found[1]), Number(found[2])];
      // 2024-25 is a season and 19-25 an hour or a range of days; results of ball games end before.
      if (home > 180 || away > 180 || (home > 9 && away > home)) continue;
      facts.push({ kind: 'score', value: `${Math.max(home, away)}-${Math.min(home, away)}` });
    }
  return facts.slice(0, 4);
}

const none: readonly TitleFact[] = [];

/** @returns the fact in which two titles contradict each other, null when they do not. */
export function findConflict(
  one: readonly TitleFact[],
  two: readonly TitleFact[],
): readonly [TitleFact, TitleFact] | null {
  for (const kind of ['score', 'magnitude', 'quarter'] as const) {
    const left = one.filter(fact => fact.kind === kind);
    const right = two.filter(fact => fact.kind === kind);
    if (left.length === 0 || right.length === 0) continue;
    if (!left.some(a => right.some(b => agree(a, b)))) return [left[0] as TitleFact, right[0] as TitleFact];
  }
  return null;
}

/** First magnitudes are corrected by a few tenths. */
function agree(one: TitleFact, two: TitleFact): boolean {
  if (one.kind === 'magnitude') return Math.abs(Number(one.value) - Number(two.value)) < 0.45;
  return one.value === two.value;
}

/** A title without its digits: equal ones on different days are editions of one column. */
export function titleMould(folded: string): string {
  return folded.replace(/\d+/g, '#').trim();
}
