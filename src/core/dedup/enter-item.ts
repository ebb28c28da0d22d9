/** How an item gets into the engine's memory, is kept beyond it, comes back, and leaves. */
import type { ItemId, SourceId, StoryId } from '../../model.ts';
import { foldedFrequencyIndex } from '../lexicon/word-frequency.ts';
import { foldWord } from '../text/words.ts';
import { findAgency } from './agency.ts';
import type { EngineState } from './engine-state.ts';
import { exactKeys } from './exact-matches.ts';
import { packTerms, type StoredTerms } from './feature-store.ts';
import { indexTerms, isIndexed } from './find-candidates.ts';
import type { DedupInput, ItemFeatures } from './item-features.ts';
import { decodeKept, encodeKept, type KeptItem } from './kept-item.ts';
import type { Entry, StoryState } from './story-book.ts';
import { readTitleFacts, titleMould } from './title-facts.ts';

const TITLE_KEPT_MAX = 300;

/** Reads an item; it is in no story yet. @returns with what the title's tails left behind. */
export function enterItem(
  state: EngineState,
  item: DedupInput,
): { readonly entry: Entry; readonly features: ItemFeatures; readonly tails: readonly number[] } {
  const tails: number[] = [];
  const { features, known } = readItem(state, item, state.tails.strip(item.title, tails));
  const entry = enter(state, known);
  state.meanings.set(entry.slot, item.vector);
  return { entry, features, tails };
}

/** Leaves the terms in `state.terms`. */
function readItem(state: EngineState, item: DedupInput, stripped: string) {
  const { id, sourceId, at, language } = item;
  const title = stripped.slice(0, TITLE_KEPT_MAX);
  const features = state.read({ ...item, title });
  packTerms(features, state.terms);
  const facts = readTitleFacts(title, language);
  const agency = findAgency(item.text, item.authors);
  const mould = foldedFrequencyIndex(titleMould(foldWord(title), language), 1 << 30);
  return { features, known: { id, sourceId, at, title, language, facts, agency, mould, certain: false } };
}

/** What `restore` would keep of an item that was edited; the engine goes on with it as it was. */
export function rereadItem(state: EngineState, item: DedupInput): Uint8Array | null {
  const entry = state.book.byId.get(item.id);
  if (entry === undefined) return null;
  const tails: number[] = [];
  const { features, known } = readItem(state, item, state.tails.peek(item.title, tails));
  const { members } = entry.story;
  return encodeKept({
    ...known,
    ...{ keys: exactKeys(item, features), tails, terms: state.terms, meaning: meaningOf(state, entry) },
    counted: members[0] === entry,
    indexed: isIndexed(members.indexOf(entry) + 1),
  });
}

/** @param read of the item that was entered last. */
export function keepItem(
  state: EngineState,
  entry: Entry,
  read: Pick<KeptItem, 'keys' | 'tails' | 'counted' | 'indexed'>,
): Uint8Array {
  const { at, language, title, facts, agency, mould, certain } = entry;
  const { terms } = state;
  return encodeKept({
    ...{ at, language, title, facts, agency, mould, certain },
    ...{ ...read, terms, meaning: meaningOf(state, entry) },
  });
}

function meaningOf({ encoder, meanings }: EngineState, entry: Entry): KeptItem['meaning'] {
  const vector = meanings.of(entry.slot);
  return vector === undefined ? null : { encoder, vector };
}

export type KeptVersion = {
  readonly id: ItemId;
  readonly sourceId: SourceId;
  readonly storyId: StoryId;
  readonly kept: Uint8Array;
};

/** Puts an item where it was, reading no word. @returns false when its bytes are refused. */
export function recallItem(state: EngineState, version: KeptVersion): boolean {
  const { book } = state;
  const kept = decodeKept(version.kept, state.terms);
  if (kept === null) return false;
  removeItem(state, version.id);
  const { at, language, title, facts, agency, mould, certain } = kept;
  const { id, sourceId } = version;
  const entry = enter(state, { id, sourceId, at, title, language, facts, agency, mould, certain });
  state.meanings.set(entry.slot, kept.meaning?.encoder === state.encoder ? kept.meaning.vector : undefined);
  state.tails.note(kept.tails);
  if (kept.counted) countTerms(state, entry.slot);
  book.join(entry, book.open(version.storyId));
  state.exact.add(kept.keys, entry.slot);
  if (kept.indexed) indexTerms(state, entry.slot);
  // What was decided before the restart is settled.
  book.dirty.delete(entry.story);
  return true;
}

/** Until it joins one. */
const noStory: StoryState = { id: '', serial: 0, members: [] };

function enter(state: EngineState, known: Omit<Entry, 'slot' | 'story'>): Entry {
  const slot = state.store.put(state.terms, known.at);
  const entry: Entry = { ...known, slot, story: noStory };
  state.activity.count(known.at, 1);
  state.book.byId.set(known.id, entry);
  state.book.bySlot[slot] = entry;
  return entry;
}

/** Its words count among those of late. */
export function countTerms(state: EngineState, slot: number): void {
  const view: StoredTerms = { ids: noIds, weights: noWeights, from: 0, to: 0 };
  state.store.full(slot, view);
  state.counts.note(view);
}

const noIds = new Uint32Array(0);
const noWeights = new Uint8Array(0);

export function removeItem(state: EngineState, id: ItemId): void {
  const entry = state.book.byId.get(id);
  if (entry === undefined) return;
  state.book.byId.delete(id);
  state.activity.count(entry.at, -1);
  state.book.bySlot[entry.slot] = undefined;
  state.exact.remove(entry.slot);
  state.store.remove(entry.slot);
  state.book.leave(entry);
}
