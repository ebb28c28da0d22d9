import { ratio, type Score, scoreOf } from './ratio.ts';

/** A pair with the probability it was given, what it is, and how many such pairs it stands for (sampling). */
export type ScoredPair = { readonly probability: number; readonly same: boolean; readonly weight: number };

export type CurvePoint = { readonly threshold: number; readonly precision: number; readonly recall: number };

export type CalibrationBin = {
  readonly from: number;
  readonly to: number;
  readonly pairs: number;
  readonly predicted: number;
  readonly observed: number;
};

export type ProbabilityMetrics = {
  readonly pairs: number;
  readonly samePairs: number;
  readonly atHalf: Score;
  readonly best: Score & { readonly threshold: number };
  readonly averagePrecision: number;
  /** Brier 1950: the mean squared error of the probability. */
  readonly brier: number;
  /** Expected calibration error: the bins' gaps, weighted by their pairs. */
  readonly calibrationError: number;
  readonly bins: readonly CalibrationBin[];
  readonly curve: readonly CurvePoint[];
};

const curvePointsMax = 200;

/** How good a probability of "same story" is, over pairs; an empty list gives zeros. */
export function probabilityMetrics(pairs: readonly ScoredPair[], binCount = 10): ProbabilityMetrics {
  const sorted = [...pairs].sort((a, b) => b.probability - a.probability);
  const total = sorted.reduce((sum, pair) => sum + pair.weight, 0);
  const same = sorted.reduce((sum, pair) => sum + (pair.same ? pair.weight : 0), 0);
  const points = fullCurve(sorted, same);
  const bins = calibrationBins(sorted, binCount);
  const squared = sorted.reduce((sum, pair) => sum + pair.weight * (pair.probability - (pair.same ? 1 : 0)) ** 2, 0);
  return {
    pairs: total,
    samePairs: same,
    atHalf: scoreAt(sorted, 0.5),
    best: bestOf(points),
    averagePrecision: averagePrecision(points),
    brier: ratio(squared, total, 0),
    calibrationError: bins.reduce((sum, bin) => sum + ratio(bin.pairs, total, 0) * gap(bin), 0),
    bins,
    curve: thin(points),
  };
}

function scoreAt(sorted: readonly ScoredPair[], threshold: number): Score {
  let truePositives = 0;
  let falsePositives = 0;
  let missed = 0;
  for (const { probability, same, weight } of sorted) {
    if (probability < threshold) missed += same ? weight : 0;
    else if (same) truePositives += weight;
    else falsePositives += weight;
  }
  return scoreOf(truePositives, falsePositives, missed);
}

/** One point for each distinct probability, from the surest down. */
function fullCurve(sorted: readonly ScoredPair[], same: number): CurvePoint[] {
  const points: CurvePoint[] = [];
  let found = 0;
  let claimed = 0;
  for (const [i, pair] of sorted.entries()) {
    claimed += pair.weight;
    if (pair.same) found += pair.weight;
    if (sorted[i + 1]?.probability === pair.probability) continue;
    points.push({
      threshold: pair.probability,
      precision: ratio(found, claimed, 1),
      recall: ratio(found, same, 1),
    });
  }
  return points;
}

function bestOf(points: readonly CurvePoint[]): Score & { threshold: number } {
  let best = { precision: 0, recall: 0, f1: 0, threshold: 1 };
  for (const { threshold, precision, recall } of points) {
    const f1 = ratio(2 * precision * recall, precision + recall, 0);
    if (f1 > best.f1) best = { precision, recall, f1, threshold };
  }
  return best;
}

/** The area under the curve as a step function, without interpolation. */
function averagePrecision(points: readonly CurvePoint[]): number {
  let area = 0;
  let before = 0;
  for (const { precision, recall } of points) {
    area += precision * (recall - before);
    before = recall;
  }
  return area;
}

function calibrationBins(pairs: readonly ScoredPair[], count: number): CalibrationBin[] {
  const sums = Array.from({ length: count }, () => ({ pairs: 0, predicted: 0, observed: 0 }));
  for (const { probability, same, weight } of pairs) {
    const bin = sums[Math.min(count - 1, Math.max(0, Math.floor(probability * count)))];
    if (!bin) continue;
    bin.pairs += weight;
    bin.predicted += probability * weight;
    bin.observed += same ? weight : 0;
  }
  return sums.map((bin, i) => ({
    from: i / count,
    to: (i + 1) / count,
    pairs: bin.pairs,
    predicted: ratio(bin.predicted, bin.pairs, 0),
    observed: ratio(bin.observed, bin.pairs, 0),
  }));
}

function gap(bin: CalibrationBin): number {
  return Math.abs(bin.predicted - bin.observed);
}

function thin(points: readonly CurvePoint[]): CurvePoint[] {
  const step = Math.max(1, Math.ceil(points.length / curvePointsMax));
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
