/** Memory of one walk through the index, used again for the next: what an item is sought by, whom it meets, and who shares most. */
import type { FeatureStore, StoredTerms } from './feature-store.ts';

/** Terms of an item that lead to it and that it is sought by, weightiest first. */
const TERMS_MAX = 18;
/** Items seen under one term. */
export const CHAIN_MAX = 64;

export type CandidateWalk = {
  readonly terms: Uint32Array;
  readonly weights: Uint8Array;
  readonly chain: Uint32Array;
  readonly begin: (slots: number) => void;
  /** Fills `terms` and `weights` with what an item is sought by. @returns how many. */
  readonly choose: (store: FeatureStore, slot: number) => number;
  readonly meet: (slot: number, weight: number) => void;
  /** Ends the walk. @returns slots met, most shared weight first, of equal ones the lower number. */
  readonly best: (max: number) => number[];
};

const ORDER_BITS = 7;
/** Terms looked at: an item has fewer. */
const PLACES = 1 << ORDER_BITS;

export function createCandidateWalk(): CandidateWalk {
  const terms = new Uint32Array(TERMS_MAX);
  const weights = new Uint8Array(TERMS_MAX);
  const view: StoredTerms = { ids: new Uint32Array(0), weights: new Uint8Array(0), from: 0, to: 0 };
  const keys = new Uint16Array(TERMS_MAX);
  const levels = new Uint16Array(TERMS_MAX * 255 + 1);
  let shared = new Uint16Array(1024);
  let met: number[] = [];
  let chosen = 0;

  /** Adds the weightiest of the terms in view that are not there yet; of equal weight, lower ids first. */
  function take(max: number): void {
    const count = heaviest();
    for (let at = 0; at < count && chosen < max; at += 1) {
      const place = view.from + PLACES - 1 - ((keys[at] as number) & (PLACES - 1));
      const term = view.ids[place] as number;
      let known = 0;
      while (known < chosen && terms[known] !== term) known += 1;
      terms[known] = term;
      weights[known] = view.weights[place] as number;
      if (known === chosen) chosen += 1;
    }
  }

  /** Weight and place of the weightiest terms in view, weightiest first, into `keys`. @returns how many. */
  function heaviest(): number {
    const count = Math.min(view.to - view.from, PLACES);
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const key = ((view.weights[view.from + at] as number) << ORDER_BITS) | (PLACES - 1 - at);
      if (kept === TERMS_MAX && key < (keys[kept - 1] as number)) continue;
      let place = kept < TERMS_MAX ? kept : TERMS_MAX - 1;
      for (; place > 0 && (keys[place - 1] as number) < key; place -= 1) keys[place] = keys[place - 1] as number;
      keys[place] = key;
      if (kept < TERMS_MAX) kept += 1;
    }
    return kept;
  }

  return {
    terms,
    weights,
    chain: new Uint32Array(CHAIN_MAX),
    begin(slots) {
      if (shared.length < slots) shared = new Uint16Array(slots);
      met = [];
    },
    choose(store, slot) {
      chosen = 0;
      // The title's own come in any case.
      store.title(slot, view);
      take(TERMS_MAX / 2);
      store.full(slot, view);
      take(TERMS_MAX);
      return chosen;
    },
    meet(slot, weight) {
      if (shared[slot] === 0) met.push(slot);
      shared[slot] = (shared[slot] as number) + weight;
    },
    best(max) {
      let least = 1;
      if (met.length > max) {
        levels.fill(0);
        for (const slot of met) levels[shared[slot] as number] = (levels[shared[slot] as number] as number) + 1;
        let above = 0;
        for (least = levels.length - 1; least > 1; least -= 1) {
          above += levels[least] as number;
          if (above >= max) break;
        }
      }
      const out = met.filter(slot => (shared[slot] as number) >= least);
      out.sort((one, two) => (shared[two] as number) - (shared[one] as number) || one - two);
      for (const slot of met) shared[slot] = 0;
      return out.length > max ? out.slice(0, max) : out;
    },
  };
}
