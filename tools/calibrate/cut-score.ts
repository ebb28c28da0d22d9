/** Precision and recall of scored, weighted pairs at a cut. */
export type ScoredPair = { readonly value: number; readonly label: number; readonly weight: number };

export type BestCut = {
  readonly cut: number;
  readonly f1: number;
  readonly recallAt97: number;
  readonly cutAt97: number;
  readonly recallAt995: number;
  readonly cutAt995: number;
};

/** Pairs called one story rightly and wrongly, and those of one story that were not. */
export type Counts = { right: number; wrong: number; missed: number };

export function sumCounts(parts: readonly Counts[]): Counts {
  const sum = { right: 0, wrong: 0, missed: 0 };
  for (const { right, wrong, missed } of parts) {
    sum.right += right;
    sum.wrong += wrong;
    sum.missed += missed;
  }
  return sum;
}

export function figuresOf({ right, wrong, missed }: Counts): { precision: number; recall: number; f1: number } {
  const precision = right / (right + wrong || 1);
  const recall = right / (right + missed || 1);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}

export function prf(pairs: readonly ScoredPair[], cut: number): Counts {
  const out = { right: 0, wrong: 0, missed: 0 };
  for (const { value, label, weight } of pairs) {
    if (value >= cut) {
      if (label === 1) out.right += weight;
      else out.wrong += weight;
    } else if (label === 1) out.missed += weight;
  }
  return out;
}

export function bestCut(pairs: readonly ScoredPair[]): BestCut {
  const sorted = [...pairs].sort((one, two) => two.value - one.value);
  const positive = sorted.reduce((sum, pair) => sum + pair.label * pair.weight, 0);
  const out = { cut: 0, f1: 0, recallAt97: 0, cutAt97: 99, recallAt995: 0, cutAt995: 99 };
  let right = 0;
  let all = 0;
  for (const pair of sorted) {
    all += pair.weight;
    right += pair.label * pair.weight;
    const precision = right / all;
    const recall = right / positive;
    const f1 = (2 * precision * recall) / (precision + recall || 1);
    if (f1 > out.f1) Object.assign(out, { f1, cut: pair.value });
    if (precision >= 0.97) Object.assign(out, { recallAt97: recall, cutAt97: pair.value });
    if (precision >= 0.995) Object.assign(out, { recallAt995: recall, cutAt995: pair.value });
  }
  return out;
}

/** Recall at the lowest cut that still has each of the precisions asked for. */
export function recallsAt(pairs: readonly ScoredPair[], precisions: readonly number[]): number[] {
  const sorted = [...pairs].sort((one, two) => two.value - one.value);
  const positive = sorted.reduce((sum, pair) => sum + pair.label * pair.weight, 0);
  const out = precisions.map(() => 0);
  let right = 0;
  let all = 0;
  for (const pair of sorted) {
    all += pair.weight;
    right += pair.label * pair.weight;
    precisions.forEach((precision, at) => {
      if (right / all >= precision) out[at] = right / positive;
    });
  }
  return out;
}
