/**
 * Features of all items of the window in flat memory: pages of ids and quantized weights, one slot per item. Slots and pages are used
 * again when their items are gone. About 550 bytes an item.
 */

import type { Millis } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import { type ItemFeatures, isEntity, type TermVector } from './item-features.ts';

const PAGE_TERMS = 1 << 17;
/** Weights are kept in twelfths. */
export const WEIGHT_SCALE = 12;

type Page = { readonly ids: Uint32Array; readonly weights: Uint8Array; used: number; live: number };

/** Where the terms of one slot lie. */
export type StoredTerms = { readonly ids: Uint32Array; readonly weights: Uint8Array; from: number; to: number };

export type FeatureStore = {
  /** @param at when it was published. @returns the slot. */
  readonly add: (features: StoredFeatures, at: Millis) => number;
  readonly remove: (slot: number) => void;
  readonly title: (slot: number, into: StoredTerms) => void;
  readonly full: (slot: number, into: StoredTerms) => void;
  readonly norms: () => Float32Array;
  /** When the item of a slot was published; NaN for a slot that is free. */
  readonly times: () => Float64Array;
  readonly flags: () => Uint8Array;
  readonly size: () => number;
  readonly capacity: () => number;
};

/** What is kept of an item's features. */
export type StoredFeatures = Pick<ItemFeatures, 'title' | 'full' | 'hasText' | 'covered'>;

/** Six norms a slot: title all, entity, word; the same for full. */
export const NORMS = 6;
export const FLAG_TEXT = 1;
export const FLAG_COVERED = 2;

export function createFeatureStore(lexicon: Lexicon): FeatureStore {
  const pages: Page[] = [];
  const freePages: number[] = [];
  const freeSlots: number[] = [];
  let capacity = 1024;
  let used = 0;
  let live = 0;
  let current = -1;
  let pageOf = new Uint16Array(capacity);
  let start = new Uint32Array(capacity);
  let lengths = new Uint16Array(capacity);
  let norms = new Float32Array(capacity * NORMS);
  let flags = new Uint8Array(capacity);
  let times = new Float64Array(capacity);

  function grow(): void {
    capacity *= 2;
    const copy = <T extends { set(from: T): void }>(target: T, source: T) => {
      target.set(source);
      return target;
    };
    pageOf = copy(new Uint16Array(capacity), pageOf);
    start = copy(new Uint32Array(capacity), start);
    lengths = copy(new Uint16Array(capacity), lengths);
    norms = copy(new Float32Array(capacity * NORMS), norms);
    flags = copy(new Uint8Array(capacity), flags);
    times = copy(new Float64Array(capacity), times);
  }

  function pageFor(terms: number): number {
    const page = pages[current];
    if (page !== undefined && page.used + terms <= PAGE_TERMS) return current;
    const free = freePages.pop();
    if (free === undefined) {
      pages.push({ ids: new Uint32Array(PAGE_TERMS), weights: new Uint8Array(PAGE_TERMS), used: 0, live: 0 });
      current = pages.length - 1;
    } else current = free;
    return current;
  }

  function write(page: Page, terms: TermVector): void {
    page.ids.set(terms.ids, page.used);
    for (let index = 0; index < terms.ids.length; index += 1)
      page.weights[page.used + index] = Math.min(255, Math.round((terms.weights[index] as number) * WEIGHT_SCALE));
    page.used += terms.ids.length;
  }

  function locate(slot: number, into: StoredTerms, full: boolean): void {
    const page = pages[pageOf[slot] as number] as Page;
    const target = into as { ids: Uint32Array; weights: Uint8Array; from: number; to: number };
    target.ids = page.ids;
    target.weights = page.weights;
    const packed = lengths[slot] as number;
    const titleLength = packed >> 8;
    const fullLength = packed & 255;
    const from = start[slot] as number;
    // No text: the full vector is the title's, stored once.
    if (!full || fullLength === 0) {
      target.from = from;
      target.to = from + titleLength;
    } else {
      target.from = from + titleLength;
      target.to = from + titleLength + fullLength;
    }
  }

  return {
    add(features, at) {
      const slot = freeSlots.pop() ?? used++;
      if (slot >= capacity) grow();
      const fullLength = features.hasText ? features.full.ids.length : 0;
      const number = pageFor(features.title.ids.length + fullLength);
      const page = pages[number] as Page;
      pageOf[slot] = number;
      start[slot] = page.used;
      lengths[slot] = (features.title.ids.length << 8) | fullLength;
      write(page, features.title);
      if (features.hasText) write(page, features.full);
      page.live += 1;
      norms.set(normsOf(lexicon, features.title), slot * NORMS);
      norms.set(normsOf(lexicon, features.full), slot * NORMS + 3);
      flags[slot] = (features.hasText ? FLAG_TEXT : 0) | (features.covered ? FLAG_COVERED : 0);
      times[slot] = at;
      live += 1;
      return slot;
    },
    remove(slot) {
      const number = pageOf[slot] as number;
      const page = pages[number] as Page;
      page.live -= 1;
      if (page.live === 0) {
        page.used = 0;
        if (number !== current) freePages.push(number);
      }
      freeSlots.push(slot);
      times[slot] = Number.NaN;
      live -= 1;
    },
    title: (slot, into) => locate(slot, into, false),
    full: (slot, into) => locate(slot, into, true),
    norms: () => norms,
    times: () => times,
    flags: () => flags,
    size: () => live,
    capacity: () => capacity,
  };
}

/** Lengths of the vector and of its entity and word parts, from the weights as they are stored. */
function normsOf(lexicon: Lexicon, terms: TermVector): readonly [number, number, number] {
  let all = 0;
  let entity = 0;
  let word = 0;
  for (let index = 0; index < terms.ids.length; index += 1) {
    const id = terms.ids[index] as number;
    const weight = Math.min(255, Math.round((terms.weights[index] as number) * WEIGHT_SCALE)) / WEIGHT_SCALE;
    const square = weight * weight;
    all += square;
    if (isEntity(lexicon, id)) entity += square;
    else if (spaceOf(id) !== 'number') word += square;
  }
  return [Math.sqrt(all), Math.sqrt(entity), Math.sqrt(word)];
}
