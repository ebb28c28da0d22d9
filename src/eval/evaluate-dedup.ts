import type { DedupEngine } from '../core/dedup/engine.ts';
import type { LanguageTag } from '../model.ts';
import { type IsAmbiguous, nothingAmbiguous } from './ambiguous-pairs.ts';
import { type Clustered, type ClusterMetrics, clusterMetrics, groupBy } from './cluster-metrics.ts';
import type { LabelledItem } from './labelled-item.ts';
import { type ProbabilityMetrics, probabilityMetrics, type ScoredPair } from './probability-metrics.ts';
import type { LabelledPair } from './read-labelled.ts';
import { seededNumbers } from './seeded-order.ts';
import { createStoryStream } from './story-stream.ts';

export type DedupEvaluation = {
  readonly name: string;
  /** `null` for labelled pairs, which are no stream. */
  readonly clusters: ClusterMetrics | null;
  readonly probability: ProbabilityMetrics | null;
  /** Share of the true pairs that lead to one another in the engine's index, so that it compares them at all; `null` for labelled pairs, which meet anyway. */
  readonly candidates: number | null;
  /** Items a second, `null` when nobody measured. */
  readonly speed: number | null;
};

export type EvaluationOptions = {
  readonly name: string;
  readonly createEngine: () => DedupEngine;
  readonly languageOf: (item: LabelledItem) => LanguageTag | null;
  readonly canonicalUrl: (url: string) => string | null;
  readonly isAmbiguous?: IsAmbiguous;
  /** Called after each item. */
  readonly onProgress?: (done: number) => void;
  /** Milliseconds of some clock, to measure speed. */
  readonly now?: () => number;
  /** Pairs whose probability is looked at, of each kind (same, different). */
  readonly pairsMax?: number;
};

const monthMs = 30 * 86_400_000;

/**
 * One pass of items through the engine, in their order: the stories it ends with against their groups, then the
 * probability it gives to pairs (all, or a seeded sample that stands for all). Items without a group tell a story of their own.
 */
export function evaluateItems(items: readonly LabelledItem[], options: EvaluationOptions): DedupEvaluation {
  const engine = options.createEngine();
  const stream = createStoryStream({ ...options, engine });
  const startedAt = options.now?.() ?? 0;
  const languages = new Map<string, string | null>();
  for (const [i, item] of items.entries()) {
    languages.set(item.id, stream.add(item).language);
    options.onProgress?.(i + 1);
  }
  const stories = stream.finish();
  const seconds = ((options.now?.() ?? 0) - startedAt) / 1000;
  const clustered = [...new Map(items.map(item => [item.id, item])).values()].map(
    (item): Clustered => ({
      id: item.id,
      language: languages.get(item.id) ?? null,
      group: item.group ?? `alone:${item.id}`,
      story: stories.get(item.id) ?? item.id,
    }),
  );
  const { scored, candidates } = scoreSampledPairs(clustered, engine, options);
  return {
    name: options.name,
    clusters: clusterMetrics(clustered, options.isAmbiguous),
    probability: probabilityMetrics(scored),
    candidates,
    speed: seconds > 0 ? items.length / seconds : null,
  };
}

/** The probability of labelled pairs alone: each item is put into one engine with a window that holds them all. */
export function evaluatePairs(pairs: readonly LabelledPair[], options: EvaluationOptions): DedupEvaluation {
  const engine = options.createEngine();
  const scored: ScoredPair[] = [];
  for (const [i, { a, b, same }] of pairs.entries()) {
    // Items of different pairs may share an id and differ in text.
    const ids = [`${i}:a`, `${i}:b`] as const;
    for (const [side, item] of [a, b].entries()) engine.add(pairInput(item, ids[side] ?? '', options));
    scored.push({ probability: engine.explain(ids[0], ids[1])?.probability ?? 0, same, weight: 1 });
    for (const id of ids) engine.remove(id);
    options.onProgress?.(i + 1);
  }
  return { name: options.name, clusters: null, probability: probabilityMetrics(scored), candidates: null, speed: null };
}

function pairInput(item: LabelledItem, id: string, options: EvaluationOptions): Parameters<DedupEngine['add']>[0] {
  return {
    id,
    sourceId: item.source ?? id,
    language: options.languageOf(item),
    title: item.title,
    text: item.text,
    url: item.url === null ? null : (options.canonicalUrl(item.url) ?? item.url),
    at: item.at ?? monthMs,
  };
}

function scoreSampledPairs(
  items: readonly Clustered[],
  engine: DedupEngine,
  { pairsMax = 100_000, isAmbiguous = nothingAmbiguous }: EvaluationOptions,
): { scored: ScoredPair[]; candidates: number | null } {
  const scored: ScoredPair[] = [];
  const met = { pairs: 0, same: 0 };
  const score = (a: Clustered, b: Clustered, weight: number) => {
    const explained = engine.explain(a.id, b.id);
    // Items that left the window have no probability any more.
    if (explained === null) return;
    const same = a.group === b.group;
    scored.push({ probability: explained.probability, same, weight });
    if (same) met.same += 1;
    if (same && explained.candidate) met.pairs += 1;
  };
  const groups = [...groupBy(items, item => item.group).values()];
  const samePairs = groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const next = seededNumbers(1);
  const keep = Math.min(1, pairsMax / Math.max(1, samePairs));
  for (const members of groups)
    for (const [i, a] of members.entries())
      for (const b of members.slice(i + 1)) if (keep === 1 || next() < keep) score(a, b, 1 / keep);
  const differentPairs = (items.length * (items.length - 1)) / 2 - samePairs;
  for (const [a, b] of differentSample(items, { all: differentPairs, pairsMax, next }))
    if (!isAmbiguous(a.group, b.group)) score(a, b, Math.max(1, differentPairs / pairsMax));
  return { scored, candidates: met.same === 0 ? null : met.pairs / met.same };
}

/** Every pair of different groups when there are few, else `pairsMax` drawn with the seed. */
function* differentSample(
  items: readonly Clustered[],
  { all, pairsMax, next }: { all: number; pairsMax: number; next: () => number },
): Generator<readonly [Clustered, Clustered]> {
  if (all <= pairsMax) {
    for (const [i, a] of items.entries()) for (const b of items.slice(i + 1)) if (a.group !== b.group) yield [a, b];
    return;
  }
  for (let drawn = 0; drawn < pairsMax; ) {
    const a = items[Math.floor(next() * items.length)];
    const b = items[Math.floor(next() * items.length)];
    if (!a || !b || a.group === b.group) continue;
    drawn += 1;
    yield [a, b];
  }
}
