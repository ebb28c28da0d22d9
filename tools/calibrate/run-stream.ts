/** Feeds labelled items to a new engine in order and scores the stories that come out. */
import type { Calibration } from '../../src/core/dedup/calibration.ts';
import { createDedupEngine, type DedupEngine, type StoryChange } from '../../src/core/dedup/engine.ts';
import type { Lexicon } from '../../src/core/lexicon/lexicon.ts';
import type { StoryId } from '../../src/model.ts';
import { type ClusterScore, scoreClusters } from './cluster-score.ts';
import type { LabelledItem } from './read-labelled-items.ts';

export type StreamOptions = {
  readonly lexicon: Lexicon;
  readonly calibration?: Calibration;
  /** Settle after so many items and at the end; 0: take the first decision for the last. */
  readonly settleEvery: number;
  readonly languageUnknown?: boolean;
  readonly unclear?: ReadonlySet<string>;
};

export type StreamResult = {
  readonly score: ClusterScore;
  readonly stories: readonly string[];
  readonly ms: number;
  readonly engine: DedupEngine;
};

export function runStream(items: readonly LabelledItem[], options: StreamOptions): StreamResult {
  const engine = createDedupEngine({
    lexicon: options.lexicon,
    windowMs: 7 * 86_400_000,
    ...(options.calibration === undefined ? {} : { calibration: options.calibration }),
  });
  const started = performance.now();
  const storyOf = new Map<string, StoryId>();
  const into = new Map<StoryId, StoryId>();
  const apply = (change: StoryChange) => {
    if (change.kind === 'merge') into.set(change.from, change.into);
    else for (const id of change.itemIds) storyOf.set(id, change.into);
  };
  const root = (story: StoryId) => {
    let at = story;
    for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next;
    return at;
  };
  items.forEach(({ input }, at) => {
    const decision = engine.add(options.languageUnknown ? { ...input, language: null } : input);
    storyOf.set(input.id, decision.storyId);
    if (options.settleEvery > 0 && (at + 1) % options.settleEvery === 0)
      for (const change of engine.settle(input.at)) apply(change);
  });
  if (options.settleEvery > 0)
    for (let round = 0; round < 20; round += 1) for (const change of engine.settle(0)) apply(change);
  const stories = items.map(({ input }) => root(storyOf.get(input.id) as StoryId));
  return {
    score: scoreClusters(
      stories,
      items.map(item => item.group),
      options.unclear,
    ),
    stories,
    ms: performance.now() - started,
    engine,
  };
}
