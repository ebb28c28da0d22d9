/** Which earlier items are worth comparing: those that share rare terms, and those that exact evidence points at. */
import type { EngineState } from './engine-state.ts';
import type { ExactKey } from './exact-matches.ts';
import type { StoredTerms } from './feature-store.ts';
import type { Entry } from './story-book.ts';

/** Terms of an item that lead to it and that it is sought by, weightiest first. */
const TERMS_MAX = 18;
const CHAIN_MAX = 64;
const COMPARED_MAX = 48;
/** A story told by hundreds is found by some of them. */
const INDEXED_MEMBERS = 16;

const terms: StoredTerms = { ids: new Uint32Array(0), weights: new Uint8Array(0), from: 0, to: 0 };
let shared = new Float32Array(1024);

/** @returns slots, most shared weight first, at most 48 and those with exact evidence. */
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
  if (shared.length < state.store.capacity()) shared = new Float32Array(state.store.capacity());
  const seen: number[] = [];
  const { bySlot } = state.book;
  for (const [term, weight] of weightiest(state, entry.slot))
    state.index.visit(term, CHAIN_MAX, slot => {
      const other = bySlot[slot];
      if (slot === entry.slot || other === undefined) return;
      if (Math.abs(other.at - entry.at) > state.windowMs) return;
      if (shared[slot] === 0) seen.push(slot);
      shared[slot] = (shared[slot] as number) + weight;
    });
  seen.sort((one, two) => (shared[two] as number) - (shared[one] as number) || one - two);
  for (const slot of seen) shared[slot] = 0;
  return seen.length > COMPARED_MAX ? seen.slice(0, COMPARED_MAX) : seen;
}

export function indexEntry(state: EngineState, entry: Entry, keys: readonly ExactKey[]): void {
  state.exact.add(keys, entry.slot);
  const { length } = entry.story.members;
  if (length > INDEXED_MEMBERS && length % 8 !== 0) return;
  for (const [term] of weightiest(state, entry.slot)) state.index.add(term, entry.slot);
}

/** The weightiest terms of title and text together; the title's own come in any case. */
function weightiest(state: EngineState, slot: number): (readonly [term: number, weight: number])[] {
  const best = new Map<number, number>();
  state.store.title(slot, terms);
  for (const [term, weight] of top(terms, TERMS_MAX / 2)) best.set(term, weight);
  state.store.full(slot, terms);
  for (const [term, weight] of top(terms, TERMS_MAX)) {
    if (best.size >= TERMS_MAX) break;
    best.set(term, weight);
  }
  return [...best];
}

function top(stored: StoredTerms, count: number): [number, number][] {
  const out: [number, number][] = [];
  for (let at = stored.from; at < stored.to; at += 1)
    out.push([stored.ids[at] as number, stored.weights[at] as number]);
  return out.sort((one, two) => two[1] - one[1] || one[0] - two[0]).slice(0, count);
}
