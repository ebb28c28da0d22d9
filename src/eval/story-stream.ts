import type { DedupDecision, DedupEngine, DedupInput, StoryChange } from '../core/dedup/engine.ts';
import type { Evidence, ItemId, LanguageTag, Millis, StoryId } from '../model.ts';
import type { LabelledItem } from './labelled-item.ts';

export type StreamAnswer = {
  readonly id: ItemId;
  /** Id of the first item of its story. */
  readonly story: ItemId;
  readonly language: LanguageTag | null;
  readonly score: number;
  /** The item it was matched with. */
  readonly with: ItemId | null;
  readonly evidence: readonly Evidence[];
  /** The id had been seen: the item keeps its story and is not counted again. */
  readonly repeated: boolean;
};

export type StoryStream = {
  add(item: LabelledItem): StreamAnswer;
  /** Lets stories meet that should have met. @returns every item's story, in order of arrival. */
  finish(): ReadonlyMap<ItemId, ItemId>;
};

export type StoryStreamOptions = {
  readonly engine: DedupEngine;
  readonly languageOf: (item: LabelledItem) => LanguageTag | null;
  readonly canonicalUrl: (url: string) => string | null;
};

/** The service settles about once a minute; a stream has no clock, so it counts items. */
const settleEvery = 500;
const settleRoundsMax = 5;
const recentMax = 2000;
/** Items that came before the first date: beyond this they keep the beginning of time. */
const undatedMax = 10_000;

/**
 * Feeds items, in order of arrival, to a dedup engine with an empty window, as the service does, and names each story after
 * its first item. No clock: an item without a date counts as published with the latest one before it (items that come before
 * any date: with the first date). An item leaves the window only when it is older than the window before every one of the
 * last 2,000 dates: a wrong date empties nothing, and a shuffled set is compared as a whole.
 */
export function createStoryStream({ engine, languageOf, canonicalUrl }: StoryStreamOptions): StoryStream {
  const storyOf = new Map<ItemId, StoryId>();
  const names = new StoryNames();
  const recent: Millis[] = [];
  let undated: { input: DedupInput; storyId: StoryId }[] | null = [];
  let clock: Millis = 0;

  function toInput(item: LabelledItem): DedupInput {
    return {
      id: item.id,
      // Two items of no source are not of the same source.
      sourceId: item.source ?? `item:${item.id}`,
      language: languageOf(item),
      title: item.title,
      text: item.text,
      url: item.url === null ? null : (canonicalUrl(item.url) ?? item.url),
      at: item.at ?? clock,
      ...(item.vector === undefined ? {} : { vector: item.vector }),
    };
  }

  function noteDate(at: Millis): void {
    if (undated !== null) {
      // What came before the first date belongs to it, and not to 1970.
      for (const { input, storyId } of undated) engine.restore({ ...input, at }, storyId);
      undated = null;
    }
    clock = at;
    recent.push(at);
    if (recent.length > recentMax) recent.shift();
  }

  function settle(): number {
    const changes = engine.settle(clock);
    for (const change of changes) apply(change);
    return changes.length;
  }

  function apply(change: StoryChange): void {
    if (change.kind === 'merge') names.merge(change.from, change.into);
    else
      for (const id of change.itemIds) {
        storyOf.set(id, change.into);
        names.move(id, change.into);
      }
  }

  return {
    add(item) {
      const known = storyOf.get(item.id);
      if (known !== undefined)
        return { ...nothingNew, id: item.id, story: names.of(known) ?? item.id, language: languageOf(item) };
      if (item.at !== null) noteDate(item.at);
      const input = toInput(item);
      const decision: DedupDecision = engine.add(input);
      storyOf.set(item.id, decision.storyId);
      names.add(item.id, decision.storyId);
      if (undated !== null && undated.length < undatedMax) undated.push({ input, storyId: decision.storyId });
      if (storyOf.size % settleEvery === 0) {
        settle();
        if (recent.length === recentMax) engine.expire(Math.min(...recent));
      }
      return {
        id: item.id,
        story: names.of(decision.storyId) ?? item.id,
        language: input.language,
        score: decision.score,
        with: decision.with,
        evidence: decision.evidence,
        repeated: false,
      };
    },
    finish() {
      for (let round = 0; round < settleRoundsMax && settle() > 0; round += 1);
      // Named anew: a split may have taken a story's first item away.
      const first = new Map<StoryId, ItemId>();
      const stories = new Map<ItemId, ItemId>();
      for (const [id, storyId] of storyOf) {
        const root = names.rootOf(storyId);
        if (!first.has(root)) first.set(root, id);
        stories.set(id, first.get(root) ?? id);
      }
      return stories;
    },
  };
}

const nothingNew = { score: 1, with: null, evidence: [], repeated: true } as const;

/** Which item was first in each story, through merges and splits. */
class StoryNames {
  readonly #first = new Map<StoryId, { id: ItemId; arrived: number }>();
  readonly #mergedInto = new Map<StoryId, StoryId>();
  #arrivals = 0;

  add(id: ItemId, storyId: StoryId): void {
    this.#arrivals += 1;
    const root = this.rootOf(storyId);
    if (!this.#first.has(root)) this.#first.set(root, { id, arrived: this.#arrivals });
  }

  of(storyId: StoryId): ItemId | undefined {
    return this.#first.get(this.rootOf(storyId))?.id;
  }

  merge(from: StoryId, into: StoryId): void {
    const [a, b] = [this.#first.get(this.rootOf(from)), this.#first.get(this.rootOf(into))];
    const earlier = a && b ? (a.arrived < b.arrived ? a : b) : (a ?? b);
    const root = this.rootOf(into);
    if (this.rootOf(from) !== root) this.#mergedInto.set(this.rootOf(from), root);
    if (earlier) this.#first.set(root, earlier);
  }

  /** A story that a split made is new, or one that a merge had closed and that lives again. */
  move(id: ItemId, into: StoryId): void {
    this.#mergedInto.delete(into);
    if (!this.#first.has(into)) this.#first.set(into, { id, arrived: this.#arrivals });
  }

  rootOf(storyId: StoryId): StoryId {
    let root = storyId;
    for (let next = this.#mergedInto.get(root); next !== undefined; next = this.#mergedInto.get(root)) root = next;
    return root;
  }
}
