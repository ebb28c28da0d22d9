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

export function scoreClusters(assigned: readonly string[], truth: readonly string[]): ClusterScore {
  const sizes = new Map<string, number>();
  const truths = new Map<string, number>();
  const both = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  assigned.forEach((story, at) => {
    count(sizes, story);
    count(truths, truth[at] as string);
    count(both, `${story}\n${truth[at]}`);
  });
  let precision = 0;
  let recall = 0;
  assigned.forEach((story, at) => {
    const common = both.get(`${story}\n${truth[at]}`) as number;
    precision += common / (sizes.get(story) as number);
    recall += common / (truths.get(truth[at] as string) as number);
  });
  const pairs = (map: ReadonlyMap<string, number>) => [...map.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const [p, r] = [precision / assigned.length, recall / assigned.length];
  const [right, found, wanted] = [pairs(both), pairs(sizes), pairs(truths)];
  const all = (assigned.length * (assigned.length - 1)) / 2;
  return {
    precision: p,
    recall: r,
    f1: harmonic(p, r),
    pairPrecision: found === 0 ? 1 : right / found,
    pairRecall: wanted === 0 ? 1 : right / wanted,
    pairF1: harmonic(found === 0 ? 1 : right / found, wanted === 0 ? 1 : right / wanted),
    clusters: sizes.size,
    groups: truths.size,
    falsePairs: found - right,
    falsePerMillion: ((found - right) / (all - wanted)) * 1e6,
  };
}
