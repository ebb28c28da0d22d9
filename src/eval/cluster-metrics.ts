import { type IsAmbiguous, nothingAmbiguous } from './ambiguous-pairs.ts';
import { ratio, type Score, scoreOf, withF1 } from './ratio.ts';

/** An item with the story it was given and the one it tells. */
export type Clustered = {
  readonly id: string;
  readonly language: string | null;
  readonly group: string;
  readonly story: string;
};

export type PairCounts = { readonly truePositives: number; readonly falsePositives: number; readonly missed: number };

export type ClusterMetrics = {
  readonly items: number;
  readonly groups: number;
  readonly stories: number;
  /** Bagga & Baldwin 1998: averaged over items. */
  readonly bCubed: Score;
  readonly pairwise: Score & PairCounts;
  /** Pairs of different groups put into one story, per million pairs of different groups. */
  readonly falsePerMillion: number;
  /** Stories that tell more than one group, with the groups (`items` each): what to look at first. */
  readonly mixedStories: readonly { readonly story: string; readonly groups: readonly string[] }[];
  /** `it–fr` (alphabetical), `it` for two items of one language. */
  readonly byLanguages: ReadonlyMap<string, Score & PairCounts>;
};

/** Compares the stories an engine made with the groups of a labelled set. Pairs of ambiguous groups count nowhere. */
export function clusterMetrics(
  items: readonly Clustered[],
  isAmbiguous: IsAmbiguous = nothingAmbiguous,
): ClusterMetrics {
  const stories = groupBy(items, item => item.story);
  const groups = groupBy(items, item => item.group);
  const tally = new PairTally();
  for (const members of stories.values())
    forEachPair(members, (a, b) => {
      if (a.group === b.group) tally.add(a, b, 'truePositives');
      else if (!isAmbiguous(a.group, b.group)) tally.add(a, b, 'falsePositives');
    });
  for (const members of groups.values())
    forEachPair(members, (a, b) => {
      if (a.story !== b.story) tally.add(a, b, 'missed');
    });
  const unrelated = countPairs(items.length) - sum([...groups.values()].map(members => countPairs(members.length)));
  return {
    items: items.length,
    groups: groups.size,
    stories: stories.size,
    bCubed: bCubed(items, { stories, groups, isAmbiguous }),
    pairwise: scored(tally.all),
    falsePerMillion: ratio(tally.all.falsePositives * 1e6, unrelated, 0),
    mixedStories: mixedStories(stories, isAmbiguous),
    byLanguages: new Map([...tally.byLanguages].sort().map(([pair, counts]) => [pair, scored(counts)])),
  };
}

type Partition = ReadonlyMap<string, readonly Clustered[]>;

function bCubed(
  items: readonly Clustered[],
  { stories, groups, isAmbiguous }: { stories: Partition; groups: Partition; isAmbiguous: IsAmbiguous },
): Score {
  let precision = 0;
  let recall = 0;
  for (const item of items) {
    let together = 0;
    let counted = 0;
    for (const other of stories.get(item.story) ?? []) {
      if (other.group === item.group) together += 1;
      else if (isAmbiguous(item.group, other.group)) continue;
      counted += 1;
    }
    precision += together / counted;
    recall += together / (groups.get(item.group)?.length ?? 1);
  }
  return withF1(ratio(precision, items.length, 1), ratio(recall, items.length, 1));
}

function mixedStories(stories: Partition, isAmbiguous: IsAmbiguous): { story: string; groups: string[] }[] {
  const mixed: { story: string; groups: string[] }[] = [];
  for (const [story, members] of stories) {
    const names = [...new Set(members.map(member => member.group))];
    if (names.some((name, i) => names.slice(i + 1).some(other => !isAmbiguous(name, other))))
      mixed.push({ story, groups: names });
  }
  return mixed;
}

type Counts = { truePositives: number; falsePositives: number; missed: number };

class PairTally {
  readonly all: Counts = { truePositives: 0, falsePositives: 0, missed: 0 };
  readonly byLanguages = new Map<string, Counts>();

  add(a: Clustered, b: Clustered, what: keyof Counts): void {
    this.all[what] += 1;
    const key = languagePair(a.language, b.language);
    let counts = this.byLanguages.get(key);
    if (!counts) {
      counts = { truePositives: 0, falsePositives: 0, missed: 0 };
      this.byLanguages.set(key, counts);
    }
    counts[what] += 1;
  }
}

function scored(counts: Counts): Score & Counts {
  return { ...scoreOf(counts.truePositives, counts.falsePositives, counts.missed), ...counts };
}

/** Primary subtags, alphabetical: `fr–it`. */
export function languagePair(a: string | null, b: string | null): string {
  const [first, second] = [a, b].map(tag => tag?.split('-')[0] ?? '?').sort();
  return first === second ? String(first) : `${first}–${second}`;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members) members.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export function forEachPair<T>(items: readonly T[], visit: (a: T, b: T) => void): void {
  for (const [i, a] of items.entries()) for (const b of items.slice(i + 1)) visit(a, b);
}

function countPairs(count: number): number {
  return (count * (count - 1)) / 2;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
