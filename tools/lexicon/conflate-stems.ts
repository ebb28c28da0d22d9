/**
 * English stems that other languages do not keep apart (minister and ministry, elect and election, Italy and Italian) become one concept:
 * same beginning, and alike in what they are translated with.
 */
import type { LanguageGroup } from '../../src/core/lexicon/language-groups.ts';
import { stemEnglish } from '../../src/core/lexicon/stem-english.ts';
import type { FormCounts } from './align-language.ts';
import type { EnglishStems } from './collect-texts.ts';

export type StemClasses = { readonly classOf: Int32Array; readonly merged: number };

const ALIKE = 0.3;

export function conflateStems(english: EnglishStems, counts: ReadonlyMap<LanguageGroup, FormCounts>): StemClasses {
  const vectors = translationVectors(english, counts);
  const parent = Int32Array.from({ length: english.count }, (_, id) => id);
  const root = (id: number): number => {
    let at = id;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const byStart = new Map<string, number[]>();
  english.labels.forEach((label, id) => {
    if (label.length < 3 || (vectors[id]?.size ?? 0) === 0) return;
    const key = label.slice(0, 3);
    byStart.set(key, [...(byStart.get(key) ?? []), id]);
  });
  const countryOf = new Map(countries.flatMap(stem => english.ids.get(stem) ?? []).map(id => [id, id]));
  let merged = 0;
  for (const ids of byStart.values()) {
    const pairs: [number, number, number][] = [];
    for (let one = 0; one < ids.length; one += 1)
      for (let two = one + 1; two < ids.length; two += 1) {
        const first = ids[one] as number;
        const second = ids[two] as number;
        if (!maybeOneWord(english.labels[first] as string, english.labels[second] as string)) continue;
        const alike = cosine(vectors[first], vectors[second]);
        if (alike >= ALIKE) pairs.push([alike, first, second]);
      }
    for (const [, first, second] of pairs.sort((one, two) => two[0] - one[0])) {
      const one = root(first);
      const two = root(second);
      if (one === two || (countryOf.has(one) && countryOf.has(two))) continue;
      const keep = (english.share[one] as number) >= (english.share[two] as number) ? one : two;
      const gone = keep === one ? two : one;
      parent[gone] = keep;
      const country = countryOf.get(gone);
      if (country !== undefined) countryOf.set(keep, country);
      merged += 1;
    }
  }
  merged += joinSynonyms(english, vectors, { parent, root });
  return { classOf: parent.map((_, id) => root(id)), merged };
}

/** Niger and Nigeria, Iran and Iraq are written alike in all languages and are two all the same. */
const countries: readonly string[] = countryNames().map(name => stemEnglish(name.toLowerCase()));

function countryNames(): string[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
  const codes = letters.flatMap(one => letters.map(two => one + two));
  return codes.flatMap(code => names.of(code) ?? []).filter(name => /^[A-Z][a-z]+$/.test(name));
}

const SYNONYMS = 0.35;
const CLASS_MAX = 4;

/** Different words that many languages translate alike (kill, murder) become one concept too: at most four, each like every other. */
function joinSynonyms(
  english: EnglishStems,
  vectors: readonly (ReadonlyMap<string, number> | undefined)[],
  union: { parent: Int32Array; root: (id: number) => number },
): number {
  const byStart = new Map<string, number[]>();
  vectors.forEach((vector, stem) => {
    if ((vector?.size ?? 0) < 4) return;
    for (const start of vector?.keys() ?? []) {
      const row = byStart.get(start);
      if (row === undefined) byStart.set(start, [stem]);
      else if (row.length < 40) row.push(stem);
    }
  });
  const isName = (stem: number) => (english.capital[stem] as number) > (english.lower[stem] as number);
  const seen = new Set<number>();
  const pairs: [number, number, number][] = [];
  for (const row of byStart.values())
    for (let one = 0; one < row.length; one += 1)
      for (let two = one + 1; two < row.length; two += 1) {
        const first = row[one] as number;
        const second = row[two] as number;
        const key = first * vectors.length + second;
        if (seen.has(key) || isName(first) || isName(second)) continue;
        seen.add(key);
        const alike = cosine(vectors[first], vectors[second]);
        if (alike >= SYNONYMS) pairs.push([alike, first, second]);
      }
  const members = new Map<number, number[]>();
  let merged = 0;
  for (const [, first, second] of pairs.sort((one, two) => two[0] - one[0])) {
    const one = union.root(first);
    const two = union.root(second);
    if (one === two) continue;
    const all = [...(members.get(one) ?? [first]), ...(members.get(two) ?? [second])];
    if (all.length > CLASS_MAX) continue;
    const close = all.every(x => all.every(y => x === y || cosine(vectors[x], vectors[y]) >= SYNONYMS * 0.7));
    if (!close) continue;
    const keep = (english.share[one] as number) >= (english.share[two] as number) ? one : two;
    union.parent[keep === one ? two : one] = keep;
    members.set(keep, all);
    merged += 1;
  }
  return merged;
}

function maybeOneWord(one: string, two: string): boolean {
  const least = Math.min(one.length, two.length);
  let common = 0;
  while (common < least && one.charAt(common) === two.charAt(common)) common += 1;
  return common >= 3 && common >= Math.min(4, least - 1) && Math.abs(one.length - two.length) <= 5;
}

/** Stem to weights over the beginnings of its foreign forms, beginnings that many stems share counting little. */
function translationVectors(
  english: EnglishStems,
  counts: ReadonlyMap<LanguageGroup, FormCounts>,
): (Map<string, number> | undefined)[] {
  const vectors: (Map<string, number> | undefined)[] = new Array(english.count);
  for (const [group, table] of counts) {
    for (const [form, row] of table.forms) {
      const start = `${group}:${form.slice(0, 5)}`;
      for (const [stem, count] of row.stems) {
        if (count < 0.5 || count < 0.1 * row.total) continue;
        const vector = vectors[stem] ?? new Map<string, number>();
        vector.set(start, (vector.get(start) ?? 0) + Math.min(count, 4));
        vectors[stem] = vector;
      }
    }
  }
  const spread = new Map<string, number>();
  for (const vector of vectors)
    for (const start of vector?.keys() ?? []) spread.set(start, (spread.get(start) ?? 0) + 1);
  for (const vector of vectors)
    for (const [start, count] of vector ?? [])
      vector?.set(start, Math.sqrt(count) / Math.sqrt(spread.get(start) as number));
  return vectors;
}

function cosine(one: ReadonlyMap<string, number> | undefined, two: ReadonlyMap<string, number> | undefined): number {
  if (one === undefined || two === undefined) return 0;
  const [small, large] = one.size < two.size ? [one, two] : [two, one];
  let dot = 0;
  for (const [key, value] of small) dot += value * (large.get(key) ?? 0);
  if (dot === 0) return 0;
  return dot / Math.sqrt(squared(one) * squared(two));
}

function squared(vector: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const value of vector.values()) sum += value * value;
  return sum;
}
