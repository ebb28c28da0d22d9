import type { LanguageTag, Topic } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readConcepts } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import type { ReadVersion } from './read-version.ts';

/** Free text as meaning: its concepts by weight, of length one, and the direction of their meaning vectors. */
export type Meaning = {
  readonly sparse: ReadonlyMap<number, number>;
  /** Empty when the lexicon has no vectors. */
  readonly dense: Float32Array;
  /** The word that stands for a concept, for the evidence. */
  readonly words: ReadonlyMap<number, string>;
};

/** How alike an item must be, in plain terms (docs/topics.md says what they mean and how they were found). */
export const aboutBars: Readonly<Record<Topic['threshold'], number>> = { strict: 0.34, normal: 0.22, wide: 0.14 };

type Weighted = { readonly id: number; readonly weight: number; readonly surface: string };

export function readMeaning(lexicon: Lexicon, text: string, language: LanguageTag | null): Meaning {
  const { terms } = readConcepts(lexicon, text, { language, wordsMax: 120 });
  return meaningOf(lexicon, terms);
}

const leadWords = 60;

/** A version's meaning: its title twice, its categories and the beginning of its text once. */
export function versionMeaning(lexicon: Lexicon, version: ReadVersion): Meaning {
  const weighted: Weighted[] = [];
  for (const { term, token } of version.occurrences) {
    if (token.field === 'text' && token.at % 1000 >= leadWords) continue;
    const factor = token.field === 'title' ? 2 : 1;
    weighted.push({ id: term.id, weight: term.weight * factor, surface: term.surface });
  }
  return meaningOf(lexicon, weighted);
}

function meaningOf(lexicon: Lexicon, terms: readonly Weighted[]): Meaning {
  const counts = new Map<number, number>();
  const words = new Map<number, string>();
  for (const { id, weight, surface } of terms) {
    const space = spaceOf(id);
    if (space === 'number') continue;
    const idf = space === 'concept' ? (lexicon.idf[id] ?? 0) / 16 : 7;
    counts.set(id, (counts.get(id) ?? 0) + weight * idf);
    if (!words.has(id)) words.set(id, surface);
  }
  let square = 0;
  for (const [id, weight] of counts) {
    const damped = Math.sqrt(weight);
    counts.set(id, damped);
    square += damped * damped;
  }
  const length = Math.sqrt(square) || 1;
  for (const [id, weight] of counts) counts.set(id, weight / length);
  return { sparse: counts, dense: denseOf(lexicon, counts), words };
}

function denseOf(lexicon: Lexicon, sparse: ReadonlyMap<number, number>): Float32Array {
  const { dimensions } = lexicon.header;
  const sum = new Float32Array(dimensions);
  for (const [id, weight] of sparse) {
    if (spaceOf(id) !== 'concept') continue;
    for (let d = 0; d < dimensions; d += 1) {
      sum[d] = (sum[d] as number) + weight * ((lexicon.vectors[id * dimensions + d] as number) / 127);
    }
  }
  let square = 0;
  for (const value of sum) square += value * value;
  const length = Math.sqrt(square) || 1;
  return sum.map(value => value / length);
}

/** @returns 0–1, and the shared word that counts most. */
export function compareMeaning(one: Meaning, two: Meaning): { readonly similarity: number; readonly shared: string } {
  let sparse = 0;
  let top = 0;
  let shared = '';
  for (const [id, weight] of one.sparse) {
    const product = weight * (two.sparse.get(id) ?? 0);
    sparse += product;
    if (product > top) {
      top = product;
      shared = two.words.get(id) ?? '';
    }
  }
  let dense = 0;
  for (let d = 0; d < one.dense.length; d += 1) dense += (one.dense[d] as number) * (two.dense[d] as number);
  return {
    similarity: one.dense.length === 0 ? sparse : Math.max(sparse, 0.5 * sparse + 0.5 * Math.max(0, dense)),
    shared,
  };
}
