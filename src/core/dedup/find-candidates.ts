/** Which earlier items are worth comparing: those that share rare terms, and those that exact evidence points at. */
import { CHAIN_MAX } from './candidate-walk.ts';
import type { EngineState } from './engine-state.ts';
import type { KeptKey } from './exact-matches.ts';
import type { Entry } from './story-book.ts';

const COMPARED_MAX = 32;
/** A story told by hundreds is found by some of them. */
const INDEXED_MEMBERS = 16;

/** @returns slots, most shared weight first, at most 32 and those with exact evidence. */
export function findCandidates(
  state: EngineState,
  entry: Entry,
  found: { bonuses: ReadonlyMap<number, unknown> },
): number[] {
  const out = findSimilar(state, entry);
  for (const slot of found.bonuses.keys()) if (!out.includes(slot)) out.push(slot);
  return out;
}

export function findSimilar(state: EngineState, entry: Entry): number[] {
  const { store, index, walk } = state;
  walk.begin(store.capacity());
  const times = store.times();
  const count = walk.choose(store, entry.slot);
  for (let at = 0; at < count; at += 1) {
    const weight = walk.weights[at] as number;
    const found = index.visit(walk.terms[at] as number, CHAIN_MAX, walk.chain);
    for (let place = 0; place < found; place += 1) {
      const slot = walk.chain[place] as number;
      // Free slots have no time: NaN is near nothing.
      if (slot !== entry.slot && Math.abs((times[slot] as number) - entry.at) <= state.windowMs)
        walk.meet(slot, weight);
    }
  }
  return walk.best(COMPARED_MAX);
}

/** @returns whether its terms lead to it from now on. */
export function indexEntry(state: EngineState, entry: Entry, keys: readonly KeptKey[]): boolean {
  state.exact.add(keys, entry.slot);
  if (!isIndexed(entry.story.members.length)) return false;
  indexTerms(state, entry.slot);
  return true;
}

/** @param place of a member in its story, from 1. */
export function isIndexed(place: number): boolean {
  return place <= INDEXED_MEMBERS || place % 8 === 0;
}

export function indexTerms(state: EngineState, slot: number): void {
  const count = state.walk.choose(state.store, slot);
  for (let at = 0; at < count; at += 1) state.index.add(state.walk.terms[at] as number, slot);
}
