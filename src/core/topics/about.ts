import type { LanguageTag, Topic } from '../../model.ts';
import { readConcepts } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import type { SubjectReader } from './classify-subject.ts';
import type { ReadVersion } from './read-version.ts';
import { subjects } from './subject-names.ts';

/** Free text as meaning: its concepts by weight, and what these say about the subjects; both of length one. */
export type Meaning = {
  readonly concepts: ReadonlyMap<number, number>;
  readonly profile: Float32Array;
  /** How clearly the text is of some subject, 0–1. */
  readonly clarity: number;
  /** The word that stands for a concept, for the evidence. */
  readonly words: ReadonlyMap<number, string>;
};

/**
 * How alike an item must be, in plain terms: of every 1,000 unrelated texts about 1, 4 and 12 pass (docs/topics.md).
 */
export const aboutBars: Readonly<Record<Topic['threshold'], number>> = { strict: 0.3, normal: 0.2, wide: 0.125 };

type Weighted = { readonly id: number; readonly weight: number; readonly surface: string };

/** @param language of the text; `null` to guess. */
export function readMeaning(reader: SubjectReader, text: string, language: LanguageTag | null): Meaning {
  return meaningOf(reader, readConcepts(reader.lexicon, text, { language, wordsMax: 120 }).terms);
}

const leadWords = 60;

/** A version's meaning: its title twice, its categories and the beginning of its text once. */
export function versionMeaning(reader: SubjectReader, version: ReadVersion): Meaning {
  const weighted: Weighted[] = [];
  version.tokens.forEach(({ field, at }, position) => {
    if (field === 'text' && at % 1000 >= leadWords) return;
    const factor = field === 'title' ? 2 : 1;
    for (const { id, weight, surface } of version.reads[position] ?? []) {
      weighted.push({ id, weight: weight * factor, surface });
    }
  });
  return meaningOf(reader, weighted);
}

/** A word that the lexicon does not know is a rare one. */
const unknownIdf = 7;

function meaningOf({ lexicon, weights }: SubjectReader, terms: readonly Weighted[]): Meaning {
  const sums = new Map<number, number>();
  const words = new Map<number, string>();
  for (const { id, weight, surface } of terms) {
    const space = spaceOf(id);
    if (space === 'number') continue;
    const idf = space === 'concept' ? (lexicon.idf[id] ?? 0) / 16 : unknownIdf;
    sums.set(id, (sums.get(id) ?? 0) + weight * idf);
    if (!words.has(id)) words.set(id, surface);
  }
  let total = 0;
  for (const weight of sums.values()) total += weight;
  const length = Math.sqrt(total) || 1;
  const profile = new Float32Array(subjects.length);
  for (const [id, sum] of sums) {
    const weight = Math.sqrt(sum) / length;
    sums.set(id, weight);
    const row = weights.get(id);
    if (row === undefined) continue;
    for (let at = 0; at < row.length; at += 1) profile[at] = (profile[at] as number) + weight * (row[at] as number);
  }
  const clarity = Math.hypot(...profile);
  return {
    concepts: sums,
    profile: profile.map(value => value / (clarity || 1)),
    clarity: Math.min(1, clarity / 2),
    words,
  };
}

/** Concept → which meanings hold it, and how much of them it is. */
export type AboutIndex = ReadonlyMap<number, readonly { readonly at: number; readonly weight: number }[]>;

export function indexMeanings(meanings: readonly (Meaning | null)[]): AboutIndex {
  const index = new Map<number, { at: number; weight: number }[]>();
  meanings.forEach((meaning, at) => {
    for (const [id, weight] of meaning?.concepts ?? []) {
      const holders = index.get(id);
      if (holders === undefined) index.set(id, [{ at, weight }]);
      else holders.push({ at, weight });
    }
  });
  return index;
}

/** Sums of the same products in another order differ in their last digits. */
const rounding = 1e-9;

/** Adds the numbers of all meanings that `compareMeaning` may find alike; a few more do no harm. */
export function addAlike(alike: Set<number>, index: AboutIndex, meaning: Meaning): void {
  const cosines = new Map<number, number>();
  for (const [id, weight] of meaning.concepts) {
    for (const holder of index.get(id) ?? []) {
      cosines.set(holder.at, (cosines.get(holder.at) ?? 0) + weight * holder.weight);
    }
  }
  for (const [at, cosine] of cosines) if (cosine * agreementMax >= aboutBars.wide - rounding) alike.add(at);
}

/** Agreement about the subject counts as much again, at most. */
const agreementMax = 2;

/**
 * Cosine of the concepts, up to doubled when both are clearly of one subject: golf and tournament are no common words, but
 * both are sport.
 * @returns a similarity from 0, and the shared word that counts most.
 */
export function compareMeaning(one: Meaning, two: Meaning): { readonly similarity: number; readonly shared: string } {
  let cosine = 0;
  let top = 0;
  let shared = '';
  for (const [id, weight] of one.concepts) {
    const product = weight * (two.concepts.get(id) ?? 0);
    cosine += product;
    if (product > top) {
      top = product;
      shared = two.words.get(id) ?? '';
    }
  }
  // Most texts share next to nothing.
  if (cosine * agreementMax < aboutBars.wide) return { similarity: cosine, shared };
  const agreement = one.profile.reduce((sum, value, index) => sum + value * (two.profile[index] as number), 0);
  const similarity = cosine * (1 + agreement * one.clarity * two.clarity);
  return { similarity: Math.min(1, Math.max(0, similarity)), shared };
}
