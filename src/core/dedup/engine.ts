/** Items in, stories out: the one way by which items are folded. Pure and deterministic; all state is in the closure. */
import type { Correction, Evidence, ItemId, Millis, StoryId } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { createActivity } from './activity.ts';
import { type Calibration, sigmoid } from './calibration.ts';
import { defaultCalibration } from './calibration-default.ts';
import { createCandidateIndex } from './candidate-index.ts';
import { createCandidateWalk } from './candidate-walk.ts';
import { createConstraints } from './constraints.ts';
import { enforceCorrections } from './enforce-corrections.ts';
import type { EngineState } from './engine-state.ts';
import { countTerms, enterItem, type KeptVersion, keepItem, recallItem, removeItem, rereadItem } from './enter-item.ts';
import { createExactIndex, exactKeys } from './exact-matches.ts';
import { explainPair, type PairExplanation } from './explain-pair.ts';
import { createFeatureStore, emptyPack } from './feature-store.ts';
import { findCandidates, indexEntry } from './find-candidates.ts';
import { findVeto } from './find-veto.ts';
import { gatherEvidence, timeApart } from './gather-evidence.ts';
import { createItemReader, type DedupInput, type ItemFeatures } from './item-features.ts';
import { liftCorrections } from './lift-corrections.ts';
import { createMeanings } from './meanings.ts';
import { createPairComparer } from './pair-features.ts';
import { createPairScorer } from './pair-scorer.ts';
import { freeStoryId } from './part-story.ts';
import { type RankedStory, rankStories } from './rank-stories.ts';
import { settleStories } from './settle-stories.ts';
import { createStoryBook, type Entry } from './story-book.ts';
import type { StoryChange } from './story-change.ts';
import { createTermCounts } from './term-counts.ts';
import { createTitleTails } from './title-tails.ts';
import { type Bonus, weighExactMatches } from './weigh-exact-matches.ts';

export type { KeptVersion } from './enter-item.ts';
export type { PairExplanation } from './explain-pair.ts';
export type { DedupInput } from './item-features.ts';
export type { StoryChange } from './story-change.ts';

export type DedupDecision = {
  readonly itemId: ItemId;
  readonly storyId: StoryId;
  readonly isNew: boolean;
  /** The member it was matched with. */
  readonly with: ItemId | null;
  /** Calibrated probability that it belongs to this story; 1 for a new story. */
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** What the engine keeps of the item, for `recall` after a restart. */
  readonly kept: Uint8Array;
};

export type DedupStats = {
  readonly items: number;
  readonly stories: number;
  readonly postings: number;
  readonly calibration: string;
  readonly encoder: string;
};

export type DedupEngine = {
  readonly add: (item: DedupInput) => DedupDecision;
  /** Rebuilds state from the store: the item is in this story, no decision is made. @returns what is kept of it, as in a decision. */
  readonly restore: (item: DedupInput, storyId: StoryId) => Uint8Array;
  /** The same from what was kept. @returns false when the bytes are damaged or of another layout: nothing changed, `restore` it. */
  readonly recall: (version: KeptVersion) => boolean;
  /** Makes room for so many items at once, before the first: growing step by step costs time, and holds up everybody else. */
  readonly reserve: (items: number) => void;
  /** What `restore` would keep of an item that was edited, nothing being changed by it; null when it is not in the window. */
  readonly reread: (item: DedupInput) => Uint8Array | null;
  /** A bounded pass: stories that should have met are merged, members that evidence has parted leave. */
  readonly settle: (now: Millis) => StoryChange[];
  readonly remove: (id: ItemId) => void;
  /** Forgets items older than the window. */
  readonly expire: (now: Millis) => void;
  /** All corrections in force; replaces those given before: what those had done and these do not say is undone. */
  readonly constrain: (corrections: readonly Correction[]) => StoryChange[];
  readonly explain: (a: ItemId, b: ItemId) => PairExplanation | null;
  readonly stats: () => DedupStats;
};

export type DedupEngineOptions = {
  readonly lexicon: Lexicon;
  readonly windowMs: number;
  readonly calibration?: Calibration;
  readonly encoder?: string;
};

export function createDedupEngine(options: DedupEngineOptions): DedupEngine {
  const { lexicon, windowMs } = options;
  const calibration = options.calibration ?? defaultCalibration();
  const encoder = options.encoder ?? 'static';
  const store = createFeatureStore(lexicon);
  const book = createStoryBook();
  const index = createCandidateIndex(POSTINGS_MAX);
  const exact = createExactIndex();
  const activity = createActivity();
  const counts = createTermCounts();
  const meanings = createMeanings(calibration);
  const compare = createPairComparer(lexicon, store);
  const scorer = createPairScorer({ store, compare, calibration, activity, meanings });
  const state: EngineState = {
    lexicon,
    windowMs,
    calibration,
    encoder,
    store,
    terms: emptyPack(),
    book,
    index,
    walk: createCandidateWalk(),
    exact,
    scorer,
    meanings,
    activity,
    counts,
    read: createItemReader(lexicon, counts),
    tails: createTitleTails(),
    constraints: createConstraints([]),
    parted: new Set(),
  };

  return {
    add: item => addItem(state, item),
    restore(item, storyId) {
      removeItem(state, item.id);
      const { entry, features, tails } = enterItem(state, item);
      const counted = !book.stories.has(storyId);
      if (counted) countTerms(state, entry.slot);
      book.join(entry, book.open(storyId));
      const keys = exactKeys(item, features);
      const indexed = indexEntry(state, entry, keys);
      // What was decided before the restart is settled.
      book.dirty.delete(entry.story);
      return keepItem(state, entry, { keys, tails, counted, indexed });
    },
    recall: version => recallItem(state, version),
    reserve(items) {
      index.reserve(items * POSTINGS_AN_ITEM);
      exact.reserve(items * KEYS_AN_ITEM);
    },
    reread: item => rereadItem(state, item),
    settle: () => settleStories(state),
    remove: id => removeItem(state, id),
    expire(now) {
      // Items are kept in order of arrival, which is nearly the order of their dates.
      let young = 0;
      for (const entry of book.byId.values()) {
        if (entry.at < now - windowMs) removeItem(state, entry.id);
        else if (++young > YOUNG_IN_A_ROW) break;
      }
    },
    constrain(corrections) {
      const before = state.constraints.all;
      state.constraints = createConstraints(corrections);
      return [...liftCorrections(state, before), ...enforceCorrections(state)];
    },
    explain: (a, b) => explainPair(state, a, b),
    stats: () => ({
      items: book.byId.size,
      stories: book.stories.size,
      postings: index.postings(),
      calibration: calibration.version,
      encoder,
    }),
  };
}

const POSTINGS_MAX = 1 << 24;
/** Of items with a teaser, and of nearly all items: what is reserved beyond need is lost. */
const POSTINGS_AN_ITEM = 15;
const KEYS_AN_ITEM = 2;
const YOUNG_IN_A_ROW = 2000;

function addItem(state: EngineState, item: DedupInput): DedupDecision {
  removeItem(state, item.id);
  const { entry, features, tails } = enterItem(state, item);
  const keys = exactKeys(item, features);
  const matches = state.exact.find(keys);
  const decision = decide(state, entry, { bonuses: weighExactMatches(state, entry, matches), features });
  const counted = tellsOfLate(entry, decision);
  if (counted) countTerms(state, entry.slot);
  entry.certain = decision.certain;
  // A story whose founder left lives on under its id; the same item come back opens another.
  state.book.join(entry, decision.story ?? state.book.open(freeStoryId(state.book, [item.id])));
  const indexed = indexEntry(state, entry, keys);
  return {
    itemId: item.id,
    storyId: entry.story.id,
    isNew: decision.story === null,
    with: decision.with?.id ?? null,
    score: decision.probability,
    evidence: decision.evidence,
    kept: keepItem(state, entry, { keys, tails, counted, indexed }),
  };
}

/** It opens a story, or is the second teller in one language: by then the words may be an epidemic's, or a publisher's. */
function tellsOfLate(entry: Entry, { story, certain }: Decision): boolean {
  return story === null || (!certain && story.members.some(member => member.language === entry.language));
}

type Decision = {
  readonly story: Entry['story'] | null;
  readonly with: Entry | null;
  readonly certain: boolean;
  readonly probability: number;
  readonly evidence: readonly Evidence[];
};

const alone: Decision = { story: null, with: null, certain: false, probability: 1, evidence: [] };

/** A person's word, then certain evidence, then the most likely story that nothing speaks against. */
function decide(
  state: EngineState,
  entry: Entry,
  found: { bonuses: ReadonlyMap<number, Bonus>; features: ItemFeatures },
): Decision {
  for (const id of state.constraints.together(entry.id)) {
    const other = state.book.byId.get(id);
    if (other === undefined || state.constraints.bars(entry.id, other.story)) continue;
    const evidence: Evidence = { kind: 'correction', by: 'person' };
    return { story: other.story, with: other, certain: true, probability: 1, evidence: [evidence] };
  }
  for (const [slot, bonus] of found.bonuses) {
    const other = state.book.bySlot[slot] as Entry;
    if (!bonus.certain || state.constraints.bars(entry.id, other.story)) continue;
    const evidence = [...bonus.evidence, timeApart(entry, other)];
    return { story: other.story, with: other, certain: true, probability: 0.999, evidence };
  }
  const candidates = findCandidates(state, entry, found);
  for (const ranked of rankStories(state, entry, { slots: candidates, bonuses: found.bonuses })) {
    if (ranked.logOdds < ranked.cut) break;
    if (state.constraints.bars(entry.id, ranked.story) || findVeto(entry, ranked.with, false) !== null) continue;
    return join(state, entry, { ranked, bonus: found.bonuses.get(ranked.with.slot) });
  }
  return alone;
}

function join(state: EngineState, entry: Entry, match: { ranked: RankedStory; bonus: Bonus | undefined }): Decision {
  const { ranked, bonus } = match;
  const probability = sigmoid(ranked.logOdds);
  const figures = {
    probability,
    similarity: state.scorer.similarity(entry.slot, ranked.with.slot),
    encoder: state.encoder,
  };
  const evidence = [
    ...(bonus?.evidence ?? []),
    ...gatherEvidence(state.lexicon, { one: entry, two: ranked.with }, figures),
  ];
  return { story: ranked.story, with: ranked.with, certain: false, probability, evidence };
}
