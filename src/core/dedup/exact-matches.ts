/** Evidence that needs no likelihood: the same address, a translation the publisher links, the same words, link or lead image. */
import type { Evidence } from '../../model.ts';
import { finishHash, hashUnit } from '../lexicon/lexicon.ts';
import type { Word } from '../text/words.ts';
import type { DedupInput } from './item-features.ts';

export type ExactMatch = { readonly slot: number; readonly evidence: Evidence };

export type ExactIndex = {
  /** Earlier items under the same keys, at most one a key; call before `add`. */
  readonly find: (keys: readonly ExactKey[]) => ExactMatch[];
  readonly add: (keys: readonly ExactKey[], slot: number) => void;
  readonly remove: (slot: number) => void;
  readonly size: () => number;
};

export type ExactKey = { readonly hash: number; readonly evidence: Evidence };

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
    keys.push({ hash: wideHash(kind + value), evidence });
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

export function createExactIndex(): ExactIndex {
  /** Key to the newest slot with its serial number, so that a slot used again is not taken for the old item. */
  const newest = new Map<number, number>();
  const sharers = new Map<number, number>();
  const serials: number[] = [];
  let serial = 0;
  let dead = 0;

  function liveSlot(hash: number): number {
    const packed = newest.get(hash);
    if (packed === undefined) return -1;
    const slot = packed % SLOTS;
    return serials[slot] === Math.floor(packed / SLOTS) ? slot : -1;
  }

  return {
    find(keys) {
      const out: ExactMatch[] = [];
      for (const { hash, evidence } of keys) {
        const slot = liveSlot(hash);
        if (slot < 0 || (sharers.get(hash) ?? 0) > SHARERS_MAX) continue;
        out.push({ slot, evidence });
      }
      return out;
    },
    add(keys, slot) {
      serial += 1;
      serials[slot] = serial;
      for (const { hash, evidence } of keys) {
        newest.set(hash, serial * SLOTS + slot);
        if (evidence.kind === 'same-link' || evidence.kind === 'same-image')
          sharers.set(hash, (sharers.get(hash) ?? 0) + 1);
      }
    },
    remove(slot) {
      serials[slot] = -1;
      dead += 1;
      if (dead < 20_000 || dead * 2 < serials.length) return;
      dead = 0;
      for (const hash of newest.keys())
        if (liveSlot(hash) < 0) {
          newest.delete(hash);
          sharers.delete(hash);
        }
    },
    size: () => newest.size,
  };
}

const SLOTS = 0x400000;
