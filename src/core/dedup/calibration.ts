/**
 * What was learned from labelled pairs: weights that turn features into the odds of two items being one story, and where to cut.
 * `tools/calibrate` writes `calibration-default.ts`.
 */
import { PAIR_FEATURES } from './pair-features.ts';

export type Tree = {
  /** Feature of each inner node, −1 for a leaf. */
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
};

export type PairModel = { readonly bias: number; readonly trees: readonly Tree[] };

export type Calibration = {
  readonly version: string;
  /** Both items have text / at least one has a headline only. */
  readonly text: PairModel;
  readonly headline: PairModel;
  /** Log-odds from which an item joins a story: with text, headline only, and what is added where a language is not covered. */
  readonly joinText: number;
  readonly joinHeadline: number;
  readonly uncovered: number;
};

/** @returns the log-odds that two items with these features are one story. */
export function pairLogOdds(model: PairModel, features: Float64Array): number {
  let sum = model.bias;
  for (const tree of model.trees) {
    let node = 0;
    while ((tree.feature[node] as number) >= 0)
      node =
        (features[tree.feature[node] as number] as number) <= (tree.threshold[node] as number)
          ? (tree.left[node] as number)
          : (tree.right[node] as number);
    sum += tree.value[node] as number;
  }
  return sum;
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** A plain guess, for the time before any training: one cosine, one cut. */
export function plainCalibration(): Calibration {
  const steps = (feature: number, from: number, to: number, height: number): Tree[] =>
    Array.from({ length: 10 }, (_, index) => ({
      feature: [feature, -1, -1],
      threshold: [from + ((to - from) * index) / 9, 0, 0],
      left: [1, 0, 0],
      right: [2, 0, 0],
      value: [0, 0, height / 10],
    }));
  if (PAIR_FEATURES < 7) throw new Error('the features have changed');
  return {
    version: 'plain',
    text: { bias: -6, trees: steps(6, 0.05, 0.4, 12) },
    headline: { bias: -6, trees: steps(0, 0.05, 0.6, 12) },
    joinText: 0,
    joinHeadline: 1,
    uncovered: 1,
  };
}
