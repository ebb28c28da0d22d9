/** Labelled pairs as rows of features, with the folds of their stories. */
import { join } from 'node:path';
import type { Calibration, PairModel } from '../../src/core/dedup/calibration.ts';
import { defaultCalibration } from '../../src/core/dedup/calibration-default.ts';
import { createFeatureStore } from '../../src/core/dedup/feature-store.ts';
import { createItemReader } from '../../src/core/dedup/item-features.ts';
import { createPairComparer, PAIR_FEATURES, pairFeatureSigns } from '../../src/core/dedup/pair-features.ts';
import type { Lexicon } from '../../src/core/lexicon/lexicon.ts';
import { fitLogistic } from './fit-logistic.ts';
import { foldOf, type LabelledItem, readLabelledItems, readUnclearPairs } from './read-labelled-items.ts';

export const FOLDS = 6;

/** Which half of the stories one is in, 0 or 1. */
export const halfOf = (group: string): number => foldOf(group, FOLDS) % 2;

export type Example = {
  readonly row: Float64Array;
  readonly label: number;
  readonly weight: number;
  readonly folds: readonly [number, number];
  readonly set: 'ntrex' | 'itn';
};

type Stored = LabelledItem & { readonly slot: number; readonly fold: number; readonly doc: string };

/** A fixed sequence that looks like chance. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x100000000;
  };
}

/** Pairs of the development sets, hard ones more often than easy ones and weighted back. */
export function collectPairs(lexicon: Lexicon, folder: string, headline: boolean): Example[] {
  const store = createFeatureStore(lexicon);
  const compare = createPairComparer(lexicon, store);
  const read = createItemReader(lexicon);
  const skip = readUnclearPairs(folder);
  const load = (file: string): Stored[] =>
    readLabelledItems(join(folder, file), { headline }).map(item => ({
      ...item,
      slot: store.add(read(item.input), item.input.at),
      fold: foldOf(item.group, FOLDS),
      doc: item.input.id.replace(/:[^:]*$/, ''),
    }));
  const roll = dice(7);
  const row = new Float64Array(PAIR_FEATURES);
  const out: Example[] = [];
  const keep = (set: Example['set'], pair: readonly [Stored, Stored], given: { label: number; weight: number }) =>
    out.push({ row: row.slice(), ...given, folds: [pair[0].fold, pair[1].fold], set });
  const eachPair = (items: readonly Stored[], see: (a: Stored, b: Stored) => void) =>
    items.forEach((a, at) => {
      for (const b of items.slice(at + 1)) see(a, b);
    });
  eachPair(load('ntrex_docs_core.jsonl.gz'), (a, b) => {
    const same = a.group === b.group;
    if (same ? roll() > 0.35 : skip.has(`${a.doc}|${b.doc}`)) return;
    compare(a.slot, b.slot, row);
    if (same) keep('ntrex', [a, b], { label: 1, weight: 1 });
    else if ((row[0] as number) > 0.1 || (row[6] as number) > 0.1) {
      if (roll() < 0.5) keep('ntrex', [a, b], { label: 0, weight: 2 });
    } else if (roll() < 0.02) keep('ntrex', [a, b], { label: 0, weight: 50 });
  });
  if (headline)
    eachPair(load('itn_events.jsonl.gz'), (a, b) => {
      if (Math.abs(a.input.at - b.input.at) > 4 * 86_400_000 || skip.has(`${a.group}|${b.group}`)) return;
      const same = a.group === b.group;
      if (!same && roll() < 0.3) return;
      compare(a.slot, b.slot, row);
      keep('itn', [a, b], { label: same ? 1 : 0, weight: same ? 4 : 1.4 });
    });
  return out;
}

/** @returns for each half of the stories, the weights that were learned on the other. */
export function learnAcrossHalves(lexicon: Lexicon, folder: string): Calibration[] {
  const headline = collectPairs(lexicon, folder, true);
  const text = collectPairs(lexicon, folder, false);
  return [0, 1].map(part => {
    const unseen = ({ folds }: Example) => folds.every(fold => fold % 2 !== part);
    return {
      ...defaultCalibration(),
      headline: fitPairs(headline.filter(unseen), 'headline'),
      text: fitPairs(text.filter(unseen), 'text'),
    };
  });
}

/** Headlines have little in common, and it is easy to learn too much from sixty stories. */
const ridges = { headline: 200, text: 20 } as const;

export function fitPairs(examples: readonly Example[], kind: keyof typeof ridges): PairModel {
  const features = new Float64Array(examples.length * PAIR_FEATURES);
  examples.forEach((example, at) => {
    features.set(example.row, at * PAIR_FEATURES);
  });
  const fitted = fitLogistic(
    {
      features,
      labels: Uint8Array.from(examples, example => example.label),
      weights: Float32Array.from(examples, example => example.weight),
      width: PAIR_FEATURES,
    },
    { ridge: ridges[kind], signs: pairFeatureSigns },
  );
  return {
    bias: Number(fitted.bias.toFixed(3)),
    weights: fitted.weights.map(weight => Number(weight.toFixed(3))),
  };
}
