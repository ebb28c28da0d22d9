/** Pairwise and B³ figures of an assignment against the truth. */
export type ClusterScore = {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly pairPrecision: number;
  readonly pairRecall: number;
  readonly pairF1: number;
  readonly clusters: number;
  readonly groups: number;
  readonly falsePairs: number;
  readonly falsePerMillion: number;
};

const harmonic = (one: number, two: number) => (one + two === 0 ? 0 : (2 * one * two) / (one + two));

/** @param unclear pairs of groups, `a|b` both ways round, that are neither one story nor two: their pairs count nowhere. */
export function scoreClusters(
  assigned: readonly string[],
  truth: readonly string[],
  unclear: ReadonlySet<string> = new Set(),
): ClusterScore {
  const clusters = new Map<string, Map<string, number>>();
  const truths = new Map<string, number>();
  assigned.forEach((story, at) => {
    const group = truth[at] as string;
    const inside = clusters.get(story) ?? new Map<string, number>();
    inside.set(group, (inside.get(group) ?? 0) + 1);
    clusters.set(story, inside);
    truths.set(group, (truths.get(group) ?? 0) + 1);
  });
  let precision = 0;
  let recall = 0;
  let right = 0;
  let wrong = 0;
  for (const inside of clusters.values())
    for (const [group, count] of inside) {
      let strangers = 0;
      for (const [other, number] of inside)
        if (other !== group && !unclear.has(`${group}|${other}`)) strangers += number;
      precision += (count * count) / (count + strangers);
      recall += (count * count) / (truths.get(group) as number);
      right += (count * (count - 1)) / 2;
      wrong += (count * strangers) / 2;
    }
  const wanted = [...truths.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const all = (assigned.length * (assigned.length - 1)) / 2;
  const [p, r] = [precision / assigned.length, recall / assigned.length];
  const pairPrecision = right + wrong === 0 ? 1 : right / (right + wrong);
  const pairRecall = wanted === 0 ? 1 : right / wanted;
  return {
    precision: p,
    recall: r,
    f1: harmonic(p, r),
    pairPrecision,
    pairRecall,
    pairF1: harmonic(pairPrecision, pairRecall),
    clusters: clusters.size,
    groups: truths.size,
    falsePairs: wrong,
    falsePerMillion: (wrong / (all - wanted)) * 1e6,
  };
}
