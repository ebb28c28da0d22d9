import type { DedupDecision, DedupEngine, DedupInput, StoryChange } from '../core/dedup/engine.ts';
import { textToEncode } from '../core/dedup/item-features.ts';
import type { CompiledTopics } from '../core/topics/compile-topics.ts';
import { matchStory } from '../core/topics/match-story.ts';
import type { Item, ItemId, Millis, SourceId, StoryId, TopicId } from '../model.ts';
import type { DedupItem, DedupSave, Store, StoredItem, StoryTopic } from './ports.ts';

/** What the stage reads at every step, because the configuration changes while it runs. */
export type DedupContext = {
  readonly store: Store;
  readonly engine: DedupEngine;
  readonly topics: () => CompiledTopics;
  readonly tagsOf: (sourceId: SourceId) => readonly string[];
  readonly now: () => Millis;
  readonly fence: () => number | null;
  /** Of what is kept of items: bytes of another reading are not recalled. */
  readonly reader: () => string;
  /** Vectors of an optional encoder for a batch of texts; empty when the static one is in use or the other is not ready. */
  readonly encode: (
    texts: readonly string[],
    options: { signal: AbortSignal },
  ) => Promise<readonly (Float32Array | undefined)[]>;
};

export type DedupStep = {
  readonly items: number;
  readonly newStories: number;
  readonly folded: number;
  readonly merged: number;
  readonly split: number;
  readonly touchedTopics: readonly TopicId[];
  readonly outcome: 'saved' | 'refused' | 'nothing';
};

const nothing: DedupStep = {
  items: 0,
  newStories: 0,
  folded: 0,
  merged: 0,
  split: 0,
  touchedTopics: [],
  outcome: 'nothing',
};

/**
 * Assigns the next items, in order of arrival, to stories and topics; items that were edited since are matched against the
 * topics again. An item's way: store → engine → topics → store.
 */
export async function dedupItems(
  context: DedupContext,
  options: { readonly batch: number; readonly signal: AbortSignal },
): Promise<DedupStep> {
  const { store, engine, now } = context;
  const waiting = await store.items.undeduped(options.batch);
  const edited = await store.items.edited(options.batch);
  if (waiting.length + edited.length === 0) return nothing;
  const vectors = await context.encode(
    waiting.map(({ item }) => textToEncode(item)),
    { signal: options.signal },
  );
  const decisions = waiting.map(({ item }, i) => engine.add(toDedupInput(item, vectors[i])));
  const touched = new Set([...decisions.map(({ storyId }) => storyId), ...edited.map(({ storyId }) => storyId)]);
  const save: DedupSave = {
    fence: context.fence(),
    now: now(),
    assignments: decisions.map(({ itemId, storyId, with: partner, score, evidence }, i) => {
      const revision = waiting[i]?.revision;
      return { itemId, storyId, with: partner, score, evidence, ...(revision === undefined ? {} : { revision }) };
    }),
    merges: [],
    splits: [],
    topics: await matchTopics(context, touched, assignedNow(waiting, decisions)),
    kept: { reader: context.reader(), items: keptOf(context, { waiting, decisions, edited }) },
    edited: edited.flatMap(({ item, revision }) => (revision === undefined ? [] : [{ itemId: item.id, revision }])),
  };
  const outcome = await store.stories.save(save);
  const newStories = decisions.filter(({ isNew }) => isNew).length;
  return {
    ...nothing,
    items: waiting.length + edited.length,
    newStories,
    folded: decisions.length - newStories,
    touchedTopics: topicsOf(save),
    outcome,
  };
}

/** The bounded pass that lets stories meet which should have met, and parts what evidence has parted. */
export async function settleStories(context: DedupContext): Promise<DedupStep> {
  return saveChanges(context, context.engine.settle(context.now()));
}

/** Writes changes the engine decided (a merge pass, a person's correction) with the topics of every story concerned. */
export async function saveChanges(context: DedupContext, changes: readonly StoryChange[]): Promise<DedupStep> {
  if (changes.length === 0) return nothing;
  const merges = changes.flatMap(change =>
    change.kind === 'merge' ? [{ from: change.from, into: change.into, evidence: change.evidence }] : [],
  );
  const splits = changes.flatMap(change =>
    change.kind === 'split'
      ? [{ from: change.from, into: change.into, itemIds: change.itemIds, evidence: change.evidence }]
      : [],
  );
  const base: DedupSave = { fence: context.fence(), now: context.now(), assignments: [], merges, splits, topics: [] };
  const outcome = await context.store.stories.save(base);
  if (outcome === 'refused') return { ...nothing, outcome };
  const touched = new Set([...merges.map(({ into }) => into), ...splits.flatMap(({ from, into }) => [from, into])]);
  const topics = await matchTopics(context, touched, new Map());
  await context.store.stories.save({ ...base, merges: [], splits: [], topics });
  return {
    ...nothing,
    merged: merges.length,
    split: splits.length,
    touchedTopics: topicsOf({ ...base, topics }),
    outcome,
  };
}

/** Matches stored stories against the topics again, newest first: after topics changed. @returns how many. */
export async function rematchStories(context: DedupContext, storyIds: readonly StoryId[]): Promise<number> {
  const topics = await matchTopics(context, new Set(storyIds), new Map());
  await context.store.stories.save({
    fence: context.fence(),
    now: context.now(),
    assignments: [],
    merges: [],
    splits: [],
    topics,
  });
  return topics.length;
}

type KeptItems = NonNullable<DedupSave['kept']>['items'];

/** Of new items what the engine keeps; of edited ones what a restart is to find: it reads them as they are then. */
function keptOf(
  { engine }: DedupContext,
  {
    waiting,
    decisions,
    edited,
  }: {
    readonly waiting: readonly StoredItem[];
    readonly decisions: readonly DedupDecision[];
    readonly edited: readonly StoredItem[];
  },
): KeptItems {
  const of = ({ item, revision }: StoredItem, bytes: Uint8Array | null | undefined): KeptItems =>
    bytes ? [{ itemId: item.id, bytes, ...(revision === undefined ? {} : { revision }) }] : [];
  return [
    ...waiting.flatMap((stored, at) => of(stored, decisions[at]?.kept)),
    ...edited.flatMap(stored => of(stored, engine.reread(toDedupInput(stored.item)))),
  ];
}

export function toDedupInput(item: DedupItem, vector?: Float32Array): DedupInput {
  return {
    id: item.id,
    sourceId: item.sourceId,
    language: item.language,
    title: item.title,
    text: item.text,
    url: item.canonicalUrl,
    at: item.orderAt,
    image: item.image,
    links: item.extra.links ?? [],
    alternates: item.extra.alternates ?? [],
    authors: item.authors.flatMap(({ name }) => (name === null ? [] : [name])),
    ...(vector ? { vector } : {}),
  };
}

function assignedNow(
  waiting: readonly StoredItem[],
  decisions: readonly { readonly itemId: ItemId; readonly storyId: StoryId }[],
): Map<StoryId, Item[]> {
  const items = new Map(waiting.map(({ item }) => [item.id, item]));
  const byStory = new Map<StoryId, Item[]>();
  for (const { itemId, storyId } of decisions) {
    const item = items.get(itemId);
    if (item) byStory.set(storyId, [...(byStory.get(storyId) ?? []), item]);
  }
  return byStory;
}

/** A story belongs to a topic when any of its versions does, so earlier versions are read along with the new ones. */
async function matchTopics(
  context: DedupContext,
  storyIds: ReadonlySet<StoryId>,
  fresh: ReadonlyMap<StoryId, readonly Item[]>,
): Promise<DedupSave['topics']> {
  const compiled = context.topics();
  const result: { storyId: StoryId; topics: readonly StoryTopic[] }[] = [];
  for (const storyId of storyIds) {
    const newItems = fresh.get(storyId) ?? [];
    const isNewStory = newItems.some(item => item.id === storyId);
    const stored = isNewStory ? null : await context.store.stories.get(storyId);
    if (!stored && newItems.length === 0) continue;
    const known = stored?.versions.map(({ item }) => item) ?? [];
    const items = [...known, ...newItems.filter(item => !known.some(({ id }) => id === item.id))];
    const versions = items.map(item => ({ item, source: { id: item.sourceId, tags: context.tagsOf(item.sourceId) } }));
    const topics = matchStory(compiled, versions).map(({ topicId, strength, evidence }) => ({
      topicId,
      strength,
      evidence,
    }));
    result.push({ storyId, topics });
  }
  return result;
}

function topicsOf(save: DedupSave): readonly TopicId[] {
  return [...new Set(save.topics.flatMap(({ topics }) => topics.map(({ topicId }) => topicId)))];
}
