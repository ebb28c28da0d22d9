/**
 * What was learned from labelled pairs: weights that turn features into the odds of two items being one story, and where to cut.
 * `tools/calibrate` writes `calibration-default.ts`.
 */
import { pairFeatureNames } from './pair-features.ts';

export type PairModel = { readonly bias: number; readonly weights: readonly number[] };

export type Calibration = {
  readonly version: string;
  /** Both items have text / at least one has a headline only. */
  readonly text: PairModel;
  readonly headline: PairModel;
  /** Log-odds from which an item joins a story. */
  readonly joinText: number;
  readonly joinHeadline: number;
  /** Added to the latter where a story has one tie to show instead of three, half of it for two: a lone likeness is often chance. */
  readonly fewTies: number;
  /** Added to `joinHeadline` where two members speak that are as good as one: translations of each other err together. */
  readonly oneVoice: number;
  /** How much the cut rises when the items of the days around grow e-fold; it is as given at a thousand. */
  readonly density: number;
  /** Added to the cut where the lexicon does not read a language. */
  readonly uncovered: number;
  /** Log-odds from which two stories are merged later, added to the cut for joining. */
  readonly merge: number;
  /** So far below the cut must a member's ties to its story fall before it is put out. */
  readonly split: number;
  /** Log-odds lost per day between two items, after the first half day. */
  readonly perDay: number;
  /** Log-odds lost by two items in one language: every common word is shared there, and true doubles share far more. */
  readonly sameLanguage: number;
  /** Taken off once more where one source tells both in one language: it tells a story once, and writes of the like often. */
  readonly sameSource: number;
  /** Log-odds lost by two items with one term in common, however rare it is. */
  readonly singleTerm: number;
  /** Log-odds lost, beyond what was learned, by titles that name different places and no common name. */
  readonly otherPlaces: number;
  /** Added for two items that credit one agency within a day: often one dispatch, cut and titled twice. */
  readonly sameAgency: number;
  /** How far above the usual an encoder's likeness is undecided, and what it is worth beyond, in deviations (`meanings.ts`). */
  readonly encoderMiddle: number;
  readonly encoderSlope: number;
};

/** @returns the log-odds that two items with these features are one story. */
export function pairLogOdds(model: PairModel, features: Float64Array): number {
  let sum = model.bias;
  for (let at = 0; at < features.length; at += 1) sum += (features[at] as number) * (model.weights[at] as number);
  return sum;
}

export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Weights by feature name; what is not named counts nothing. */
export function namedWeights(named: Readonly<Partial<Record<(typeof pairFeatureNames)[number], number>>>): number[] {
  return pairFeatureNames.map(name => named[name] ?? 0);
}
