/** Items in, stories out: the one way by which items are folded. Pure and deterministic; all state is in the closure. */
import type { Correction, Evidence, ItemId, Millis, StoryId } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { type Calibration, pairLogOdds, sigmoid } from './calibration.ts';
import { defaultCalibration } from './calibration-default.ts';
import { createCandidateIndex } from './candidate-index.ts';
import { createExactIndex, type ExactMatch, exactKeys } from './exact-matches.ts';
import { createFeatureStore, FLAG_COVERED, FLAG_TEXT } from './feature-store.ts';
import { type DedupInput, type ItemFeatures, readItemFeatures } from './item-features.ts';
import { createPairComparer, PAIR_FEATURES, pairFeatureNames } from './pair-features.ts';

export type { DedupInput } from './item-features.ts';

export type DedupDecision = {
  readonly itemId: ItemId;
  readonly storyId: StoryId;
  readonly isNew: boolean;
  /** The member it was matched with. */
  readonly with: ItemId | null;
  /** Calibrated probability that it belongs to this story; 1 for a new story. */
  readonly score: number;
  readonly evidence: readonly Evidence[];
};

export type StoryChange =
  | { readonly kind: 'merge'; readonly from: StoryId; readonly into: StoryId; readonly evidence: readonly Evidence[] }
  | {
      readonly kind: 'split';
      readonly from: StoryId;
      readonly into: StoryId;
      readonly itemIds: readonly ItemId[];
      readonly evidence: readonly Evidence[];
    };

export type PairExplanation = {
  readonly sameStory: boolean;
  readonly probability: number;
  readonly features: Readonly<Record<string, number>>;
  readonly evidence: readonly Evidence[];
  /** Why not, in data: a veto, too little in common, apart in time, a correction. */
  readonly refusal: Evidence | null;
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
  /** Rebuilds state from the store: the item is in this story, no decision is made. */
  readonly restore: (item: DedupInput, storyId: StoryId) => void;
  /** A bounded pass: stories that should have met are merged, members that evidence has parted leave. */
  readonly settle: (now: Millis) => StoryChange[];
  readonly remove: (id: ItemId) => void;
  /** Forgets items older than the window. */
  readonly expire: (now: Millis) => void;
  /** All corrections in force; replaces those given before. */
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

type Entry = {
  readonly id: ItemId;
  readonly at: Millis;
  readonly title: string;
  readonly language: string | null;
  readonly sourceId: string;
  slot: number;
  story: StoryState;
};

type StoryState = {
  id: StoryId;
  readonly members: Entry[];
  newestAt: Millis;
};

/** Terms of an item that lead to it, rarest first. */
const INDEXED_TERMS = 16;
const CHAIN_MAX = 64;
const COMPARED_MAX = 64;
const MEMBERS_COMPARED = 8;

export function createDedupEngine(options: DedupEngineOptions): DedupEngine {
  const { lexicon, windowMs } = options;
  const calibration = options.calibration ?? defaultCalibration();
  const store = createFeatureStore(lexicon);
  const compare = createPairComparer(lexicon, store);
  const index = createCandidateIndex(1 << 24);
  const exact = createExactIndex();
  const byId = new Map<ItemId, Entry>();
  const bySlot: (Entry | undefined)[] = [];
  const stories = new Map<StoryId, StoryState>();
  const row = new Float64Array(PAIR_FEATURES);
  let touched = new Float32Array(1024);

  function logOdds(a: number, b: number): number {
    compare(a, b, row);
    const flags = store.flags();
    const hasText = ((flags[a] as number) & (flags[b] as number) & FLAG_TEXT) !== 0;
    return pairLogOdds(hasText ? calibration.text : calibration.headline, row);
  }

  function candidates(features: ItemFeatures, self: number, at: Millis): number[] {
    if (touched.length < store.capacity()) touched = new Float32Array(store.capacity());
    const found: number[] = [];
    for (const [term, weight] of rarest(features, INDEXED_TERMS))
      index.visit(term, CHAIN_MAX, slot => {
        if (slot === self) return;
        const entry = bySlot[slot];
        if (entry === undefined || Math.abs(entry.at - at) > windowMs) return;
        if (touched[slot] === 0) found.push(slot);
        touched[slot] = (touched[slot] as number) + weight;
      });
    found.sort((one, two) => (touched[two] as number) - (touched[one] as number) || one - two);
    for (const slot of found) touched[slot] = 0;
    return found.slice(0, COMPARED_MAX);
  }

  function bestStory(
    slot: number,
    slots: readonly number[],
  ): { story: StoryState; with: Entry; logOdds: number } | null {
    const seen = new Set<StoryState>();
    let best: { story: StoryState; with: Entry; logOdds: number } | null = null;
    for (const candidate of slots) {
      const story = (bySlot[candidate] as Entry).story;
      if (seen.has(story)) continue;
      seen.add(story);
      const scored = scoreStory(slot, story, slots);
      if (best === null || scored.logOdds > best.logOdds) best = { story, ...scored };
    }
    return best;
  }

  function scoreStory(slot: number, story: StoryState, slots: readonly number[]): { with: Entry; logOdds: number } {
    const members = new Set<Entry>();
    for (const other of slots) {
      const entry = bySlot[other] as Entry;
      if (entry.story === story && members.size < MEMBERS_COMPARED) members.add(entry);
    }
    members.add(story.members[0] as Entry);
    for (const entry of story.members.slice(-2)) members.add(entry);
    const scores = Array.from(members, entry => ({ entry, value: logOdds(slot, entry.slot) }));
    scores.sort((one, two) => two.value - one.value);
    const top = scores.slice(0, 3);
    return {
      with: (top[0] as { entry: Entry }).entry,
      logOdds: top.reduce((sum, score) => sum + score.value, 0) / top.length,
    };
  }

  function place(item: DedupInput, features: ItemFeatures, story: StoryState | null): Entry {
    const slot = store.add(features);
    const own = story ?? { id: item.id, members: [], newestAt: item.at };
    const entry: Entry = {
      id: item.id,
      at: item.at,
      title: item.title.slice(0, 300),
      language: item.language,
      sourceId: item.sourceId,
      slot,
      story: own,
    };
    byId.set(item.id, entry);
    bySlot[slot] = entry;
    return entry;
  }

  function join(entry: Entry, story: StoryState): void {
    entry.story = story;
    story.members.push(entry);
    story.newestAt = Math.max(story.newestAt, entry.at);
    stories.set(story.id, story);
  }

  function remove(id: ItemId): void {
    const entry = byId.get(id);
    if (entry === undefined) return;
    byId.delete(id);
    bySlot[entry.slot] = undefined;
    exact.remove(entry.slot);
    store.remove(entry.slot);
    const { members } = entry.story;
    members.splice(members.indexOf(entry), 1);
    if (members.length === 0) stories.delete(entry.story.id);
  }

  function indexItem(entry: Entry, features: ItemFeatures, item: DedupInput): void {
    exact.add(exactKeys(item), entry.slot);
    for (const [term] of rarest(features, INDEXED_TERMS)) index.add(term, entry.slot);
  }

  return {
    add(item) {
      remove(item.id);
      const features = readItemFeatures(lexicon, item);
      const matches = exact.find(exactKeys(item));
      const entry = place(item, features, null);
      const { slot } = entry;
      const certain = matches.find(match => isCertain(match));
      const certainEntry = certain === undefined ? undefined : bySlot[certain.slot];
      const best = certainEntry === undefined ? bestStory(slot, candidates(features, slot, item.at)) : null;
      const flags = store.flags();
      const cut =
        ((flags[slot] as number) & FLAG_TEXT ? calibration.joinText : calibration.joinHeadline) +
        ((flags[slot] as number) & FLAG_COVERED ? 0 : calibration.uncovered);
      let decision: DedupDecision;
      if (certain !== undefined && certainEntry !== undefined) {
        join(entry, certainEntry.story);
        decision = {
          itemId: item.id,
          storyId: entry.story.id,
          isNew: false,
          with: certainEntry.id,
          score: 0.999,
          evidence: [certain.evidence, timeEvidence(entry, certainEntry)],
        };
      } else if (best !== null && best.logOdds >= cut) {
        join(entry, best.story);
        decision = {
          itemId: item.id,
          storyId: best.story.id,
          isNew: false,
          with: best.with.id,
          score: sigmoid(best.logOdds),
          evidence: [timeEvidence(entry, best.with), { kind: 'probability', value: sigmoid(best.logOdds) }],
        };
      } else {
        join(entry, entry.story);
        decision = { itemId: item.id, storyId: entry.story.id, isNew: true, with: null, score: 1, evidence: [] };
      }
      indexItem(entry, features, item);
      return decision;
    },
    restore(item, storyId) {
      remove(item.id);
      const features = readItemFeatures(lexicon, item);
      const story = stories.get(storyId) ?? { id: storyId, members: [], newestAt: item.at };
      const entry = place(item, features, story);
      join(entry, story);
      indexItem(entry, features, item);
    },
    settle: () => [],
    remove,
    expire(now) {
      for (const entry of byId.values()) if (entry.at < now - windowMs) remove(entry.id);
    },
    constrain: () => [],
    explain(a, b) {
      const one = byId.get(a);
      const two = byId.get(b);
      if (one === undefined || two === undefined) return null;
      const value = logOdds(one.slot, two.slot);
      return {
        sameStory: one.story === two.story,
        probability: sigmoid(value),
        features: Object.fromEntries(pairFeatureNames.map((name, at) => [name, row[at] as number])),
        evidence: [timeEvidence(one, two), { kind: 'probability', value: sigmoid(value) }],
        refusal: null,
      };
    },
    stats: () => ({
      items: byId.size,
      stories: stories.size,
      postings: index.postings(),
      calibration: calibration.version,
      encoder: options.encoder ?? 'static',
    }),
  };
}

function isCertain(match: ExactMatch): boolean {
  return match.evidence.kind !== 'same-link' && match.evidence.kind !== 'same-image';
}

function timeEvidence(one: Entry, two: Entry): Evidence {
  return { kind: 'time', minutesApart: Math.round(Math.abs(one.at - two.at) / 60_000) };
}

function rarest(features: ItemFeatures, count: number): (readonly [term: number, weight: number])[] {
  const out: [number, number][] = [];
  const { ids, weights } = features.full;
  for (let at = 0; at < ids.length; at += 1) out.push([ids[at] as number, weights[at] as number]);
  return out.sort((one, two) => two[1] - one[1] || one[0] - two[0]).slice(0, count);
}
