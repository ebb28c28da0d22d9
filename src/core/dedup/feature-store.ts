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

/**
 * An item's terms as they are kept: those of the title, then those of title and text together, none of these when there is no text. Memory
 * of the caller's, used again for the next item.
 */
export type PackedTerms = {
  readonly ids: Uint32Array;
  readonly weights: Uint8Array;
  titleTerms: number;
  fullTerms: number;
  /** `FLAG_…` */
  flags: number;
};

export type FeatureStore = {
  /** @param at when it was published. @returns the slot. */
  readonly add: (features: StoredFeatures, at: Millis) => number;
  /** The same for terms that were packed before. */
  readonly put: (terms: PackedTerms, at: Millis) => number;
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

/** Of the title, and of title and text. */
export const TERMS_KEPT_MAX = 255;

export function emptyPack(): PackedTerms {
  const max = 2 * TERMS_KEPT_MAX;
  return { ids: new Uint32Array(max), weights: new Uint8Array(max), titleTerms: 0, fullTerms: 0, flags: 0 };
}

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
  const pack = emptyPack();

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

  function put(terms: PackedTerms, at: Millis): number {
    const slot = freeSlots.pop() ?? used++;
    if (slot >= capacity) grow();
    const { titleTerms, fullTerms } = terms;
    const count = titleTerms + fullTerms;
    const number = pageFor(count);
    const page = pages[number] as Page;
    pageOf[slot] = number;
    start[slot] = page.used;
    lengths[slot] = (titleTerms << 8) | fullTerms;
    for (let index = 0; index < count; index += 1) {
      page.ids[page.used + index] = terms.ids[index] as number;
      page.weights[page.used + index] = terms.weights[index] as number;
    }
    page.used += count;
    page.live += 1;
    writeNorms(terms, { from: 0, to: titleTerms, into: slot * NORMS });
    // No text: the full vector is the title's.
    writeNorms(terms, { from: fullTerms === 0 ? 0 : titleTerms, to: count, into: slot * NORMS + 3 });
    flags[slot] = terms.flags;
    times[slot] = at;
    live += 1;
    return slot;
  }

  /** Lengths of a vector and of its entity and word parts, from the weights as they are stored. */
  function writeNorms(terms: PackedTerms, part: { from: number; to: number; into: number }): void {
    let [all, entity, word] = [0, 0, 0];
    for (let index = part.from; index < part.to; index += 1) {
      const id = terms.ids[index] as number;
      const weight = (terms.weights[index] as number) / WEIGHT_SCALE;
      const square = weight * weight;
      all += square;
      if (isEntity(lexicon, id)) entity += square;
      else if (spaceOf(id) !== 'number') word += square;
    }
    norms[part.into] = Math.sqrt(all);
    norms[part.into + 1] = Math.sqrt(entity);
    norms[part.into + 2] = Math.sqrt(word);
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
      packTerms(features, pack);
      return put(pack, at);
    },
    put,
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

/** Weights become whole twelfths. */
export function packTerms(features: StoredFeatures, into: PackedTerms): void {
  const { title, full, hasText, covered } = features;
  into.titleTerms = title.ids.length;
  into.fullTerms = hasText ? full.ids.length : 0;
  into.flags = (hasText ? FLAG_TEXT : 0) | (covered ? FLAG_COVERED : 0);
  writeTerms(title, into, 0);
  if (hasText) writeTerms(full, into, into.titleTerms);
}

function writeTerms(terms: TermVector, into: PackedTerms, from: number): void {
  into.ids.set(terms.ids, from);
  for (let index = 0; index < terms.ids.length; index += 1)
    into.weights[from + index] = Math.min(255, Math.round((terms.weights[index] as number) * WEIGHT_SCALE));
}
