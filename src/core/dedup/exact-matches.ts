/** Evidence that needs no likelihood: the same address, a translation the publisher links, the same words, link or lead image. */
import type { Evidence } from '../../model.ts';
import { finishHash, hashUnit } from '../lexicon/lexicon.ts';
import type { Word } from '../text/words.ts';
import type { DedupInput } from './item-features.ts';

export type ExactMatch = { readonly slot: number; readonly evidence: Evidence };

export type ExactIndex = {
  /** Makes room for so many keys at once; only while it is empty. */
  readonly reserve: (keys: number) => void;
  /** Earlier items under the same keys, at most one a key; call before `add`. */
  readonly find: (keys: readonly ExactKey[]) => ExactMatch[];
  readonly add: (keys: readonly KeptKey[], slot: number) => void;
  readonly remove: (slot: number) => void;
  readonly size: () => number;
};

/** What is kept of a key. `shared`: it tells the less, the more items have it. */
export type KeptKey = { readonly hash: number; readonly shared: boolean };

export type ExactKey = KeptKey & { readonly evidence: Evidence };

const LINKS_MAX = 6;
/** What more items than this share (a section's picture, the publisher's own pages) tells nothing. */
const SHARERS_MAX = 12;

/** @param words of title and text as `ItemReader` has read them. */
export function exactKeys(
  input: DedupInput,
  words: { readonly titleWords: readonly Word[]; readonly textWords: readonly Word[] },
): ExactKey[] {
  const keys: ExactKey[] = [];
  const add = (kind: string, value: string, evidence: Evidence) =>
    keys.push({ hash: wideHash(kind + value), shared: kind === 'l' || kind === 'i', evidence });
  if (input.url !== null && hasPath(input.url)) add('u', input.url, { kind: 'same-url', url: input.url });
  for (const { url, language } of (input.alternates ?? []).slice(0, 40))
    if (hasPath(url)) add('u', url, { kind: 'alternate', url, language });
  const title = plainWords(words.titleWords);
  const text = plainWords(words.textWords);
  // A short title (Editorial, Press review) is a rubric, not a story; with the same text after it, it is a repost.
  if (title.split(' ').length >= 5 || (title.length >= 14 && isDense(title))) add('t', title, { kind: 'same-title' });
  if (text.length >= 60 || (text.length >= 24 && isDense(text))) add('x', text, { kind: 'same-text', overlap: 1 });
  for (const url of (input.links ?? []).slice(0, LINKS_MAX))
    if (hasPath(url)) add('l', url, { kind: 'same-link', url });
  if (input.image) add('i', input.image, { kind: 'same-image', url: input.image });
  return keys;
}

/** Chinese and Japanese say in a dozen characters what others say in sixty. */
function isDense(text: string): boolean {
  return /[\u3040-\u9fff]{6}/.test(text);
}

/** A front page is nobody's story. */
function hasPath(url: string): boolean {
  return /^[a-z]+:\/\/[^/]+\/[^?#]*[^/?#]/i.test(url) || url.includes('?');
}

function plainWords(words: readonly Word[]): string {
  let out = '';
  for (const word of words) out += out === '' ? word.folded : ` ${word.folded}`;
  return out;
}

/** 53 bits: no two of ten million keys meet. */
function wideHash(text: string): number {
  let low = 0x2545f491;
  let high = 0x6c078965;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = hashUnit(low, unit);
    high = Math.imul(high ^ unit, 0x5bd1e995);
  }
  return (finishHash(high, 0) & 0x1fffff) * 0x100000000 + finishHash(low, 0);
}

/** Keys of ten thousand items to begin with. */
const CELLS_LEAST = 1 << 16;
const FULL = 0.7;

/** An open hash table in flat memory: 17 bytes a cell, no objects for the collector to visit. */
export function createExactIndex(): ExactIndex {
  let cells = CELLS_LEAST;
  let used = 0;
  let table = emptyTable(cells);
  /** Serial number of the item in a slot, so that a slot used again is not taken for the old item. */
  let serials = new Uint32Array(1024);
  let serial = 0;

  /** @returns the cell of the key, or the free one where it would be. */
  function cellOf(hash: number): number {
    const low = hash >>> 0;
    const high = highOf(hash);
    let cell = Math.imul(low, 0x9e3779b1) >>> 0;
    for (cell &= cells - 1; table.high[cell] !== 0; cell = (cell + 1) & (cells - 1))
      if (table.low[cell] === low && table.high[cell] === high) break;
    return cell;
  }

  const isLive = (cell: number) => serials[table.slots[cell] as number] === table.serials[cell];

  function grow(): void {
    const old = table;
    let live = 0;
    for (let cell = 0; cell < cells; cell += 1) if (old.high[cell] !== 0 && isLive(cell)) live += 1;
    const before = cells;
    if (live > cells * FULL * 0.5) cells *= 2;
    table = emptyTable(cells);
    used = 0;
    for (let from = 0; from < before; from += 1) {
      if (old.high[from] === 0) continue;
      if (serials[old.slots[from] as number] !== old.serials[from]) continue;
      const cell = cellOf(((old.high[from] as number) & 0x1fffff) * 0x100000000 + (old.low[from] as number));
      table.low[cell] = old.low[from] as number;
      table.high[cell] = old.high[from] as number;
      table.slots[cell] = old.slots[from] as number;
      table.serials[cell] = old.serials[from] as number;
      table.sharers[cell] = old.sharers[from] as number;
      used += 1;
    }
  }

  return {
    reserve(keys) {
      if (used > 0) return;
      while (cells * FULL < keys) cells *= 2;
      table = emptyTable(cells);
    },
    find(keys) {
      const out: ExactMatch[] = [];
      for (const { hash, evidence } of keys) {
        const cell = cellOf(hash);
        if (table.high[cell] === 0 || !isLive(cell) || (table.sharers[cell] as number) > SHARERS_MAX) continue;
        out.push({ slot: table.slots[cell] as number, evidence });
      }
      return out;
    },
    add(keys, slot) {
      serial += 1;
      if (slot >= serials.length) {
        const more = new Uint32Array(Math.max(slot + 1, serials.length * 2));
        more.set(serials);
        serials = more;
      }
      serials[slot] = serial;
      for (const { hash, shared } of keys) {
        if (used >= cells * FULL) grow();
        const cell = cellOf(hash);
        if (table.high[cell] === 0) {
          table.low[cell] = hash >>> 0;
          table.high[cell] = highOf(hash);
          used += 1;
        }
        table.slots[cell] = slot;
        table.serials[cell] = serial;
        if (shared) table.sharers[cell] = Math.min(255, (table.sharers[cell] as number) + 1);
      }
    },
    remove(slot) {
      serials[slot] = 0;
    },
    size: () => used,
  };
}

/** The upper 21 bits with a mark, so that 0 is a free cell. */
function highOf(hash: number): number {
  return (Math.floor(hash / 0x100000000) | 0x80000000) >>> 0;
}

function emptyTable(cells: number) {
  return {
    low: new Uint32Array(cells),
    high: new Uint32Array(cells),
    slots: new Uint32Array(cells),
    serials: new Uint32Array(cells),
    sharers: new Uint8Array(cells),
  };
}
