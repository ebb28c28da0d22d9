/** Precision, recall and their harmonic mean, 0 to 1. */
export type Score = { readonly precision: number; readonly recall: number; readonly f1: number };

/** Nothing claimed is fully precise, nothing to find is fully found (the usual convention for empty sets). */
export function scoreOf(truePositives: number, falsePositives: number, falseNegatives: number): Score {
  return withF1(
    ratio(truePositives, truePositives + falsePositives, 1),
    ratio(truePositives, truePositives + falseNegatives, 1),
  );
}

export function withF1(precision: number, recall: number): Score {
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall, 0) };
}

export function ratio(part: number, whole: number, whenEmpty: number): number {
  return whole > 0 ? part / whole : whenEmpty;
}
