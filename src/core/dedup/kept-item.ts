/**
 * An item of the window as bytes, so that a restart need not read its words again: what the engine keeps of it and no text but the title.
 * Little endian: 32 bytes of figures, then the ids of terms (32 bits each), their weights (8), exact keys (64 each), tails (16 each), an encoder's
 * vector (8 each) with the encoder's name, and the strings. Bytes that this did not write, or that changed since, are refused: whoever has them reads the item anew.
 */
import type { LanguageTag, Millis } from '../../model.ts';
import type { KeptKey } from './exact-matches.ts';
import type { PackedTerms } from './feature-store.ts';
import type { TitleFact } from './title-facts.ts';

export type KeptItem = {
  readonly at: Millis;
  readonly language: LanguageTag | null;
  /** Without what its publisher hangs on it. */
  readonly title: string;
  readonly facts: readonly TitleFact[];
  readonly agency: string | null;
  readonly mould: number;
  /** Joined by certain evidence. */
  readonly certain: boolean;
  /** Its terms were counted among those of late. */
  readonly counted: boolean;
  /** Its terms lead to it. */
  readonly indexed: boolean;
  readonly keys: readonly KeptKey[];
  /** What `TitleTails` noted of its title. */
  readonly tails: readonly number[];
  readonly terms: PackedTerms;
  /** What an encoder made of it, and which one: vectors of two are never compared. */
  readonly meaning: { readonly encoder: string; readonly vector: Int8Array } | null;
};

/** Grows with every change of the layout. */
export const KEPT_LAYOUT = 2;

const HEAD = 32;
/** A byte counts them. */
const COUNT_MAX = 255;
const TITLE_MAX = 300;
const VECTOR_MAX = 0xffff;
const MARK = { certain: 1, counted: 2, indexed: 4, wide: 8 } as const;
const SHARED = 0x80000000;

/** @returns no bytes when there is more of something than ever stands in an item; they are refused like damaged ones. */
export function encodeKept(item: KeptItem): Uint8Array {
  const { keys, tails, terms } = item;
  const language = item.language ?? '';
  const agency = item.agency ?? '';
  const facts = item.facts.map(({ kind, value }) => factLetters[kind] + value).join(' ');
  const counts = [terms.titleTerms, terms.fullTerms, keys.length, tails.length];
  const lengths = [language.length, agency.length, facts.length];
  const vector = item.meaning?.vector ?? nothing;
  const encoder = Buffer.from(item.meaning?.encoder ?? '');
  if (item.title.length > TITLE_MAX || vector.length > VECTOR_MAX) return nothing;
  if ([...counts, ...lengths, encoder.length].some(count => count > COUNT_MAX)) return nothing;
  const words = language + agency + facts + item.title;
  const wide = /[^\0-\xff]/.test(words);
  const termCount = terms.titleTerms + terms.fullTerms;
  const meaning = HEAD + termCount * 5 + keys.length * 8 + tails.length * 2;
  const strings = meaning + vector.length + encoder.length;
  // Every byte is written below: memory of its own, cleared, would cost more than all the rest.
  const bytes = Buffer.allocUnsafe(strings + words.length * (wide ? 2 : 1));
  bytes.writeUInt32LE(item.mould >>> 0, 4);
  bytes.writeDoubleLE(item.at, 8);
  bytes[16] =
    (item.certain ? MARK.certain : 0) |
    (item.counted ? MARK.counted : 0) |
    (item.indexed ? MARK.indexed : 0) |
    (wide ? MARK.wide : 0);
  bytes[17] = terms.flags;
  bytes.set([...counts, ...lengths, encoder.length], 18);
  bytes.writeUInt16LE(item.title.length, 26);
  bytes.writeUInt16LE(vector.length, 28);
  bytes.writeUInt16LE(0, 30);
  let at = HEAD;
  for (let index = 0; index < termCount; index += 1) at = bytes.writeUInt32LE(terms.ids[index] as number, at);
  bytes.set(terms.weights.subarray(0, termCount), at);
  at += termCount;
  for (const { hash, shared } of keys) {
    at = bytes.writeUInt32LE(hash >>> 0, at);
    at = bytes.writeUInt32LE((Math.floor(hash / 0x100000000) | (shared ? SHARED : 0)) >>> 0, at);
  }
  for (const cell of tails) at = bytes.writeUInt16LE(cell, at);
  bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.length), at);
  bytes.set(encoder, at + vector.length);
  bytes.write(words, strings, wide ? 'utf16le' : 'latin1');
  bytes.writeUInt32LE(checksum(viewOf(bytes)), 0);
  return bytes;
}

const nothing = new Uint8Array(0);

/**
 * @param terms takes the terms and becomes those of the item answered; used again for the next one.
 * @returns null when the bytes are not such an item.
 */
export function decodeKept(bytes: Uint8Array, terms: PackedTerms): KeptItem | null {
  if (bytes.length < HEAD) return null;
  const view = viewOf(bytes);
  const titleTerms = view.getUint8(18);
  const fullTerms = view.getUint8(19);
  const keyCount = view.getUint8(20);
  const tailCount = view.getUint8(21);
  const languageLength = view.getUint8(22);
  const agencyLength = view.getUint8(23);
  const factsLength = view.getUint8(24);
  const marks = view.getUint8(16);
  const wide = (marks & MARK.wide) !== 0;
  const termCount = titleTerms + fullTerms;
  const length = languageLength + agencyLength + factsLength + view.getUint16(26, true);
  const keysFrom = HEAD + termCount * 5;
  const tailsFrom = keysFrom + keyCount * 8;
  const vectorFrom = tailsFrom + tailCount * 2;
  const encoderFrom = vectorFrom + view.getUint16(28, true);
  const wordsFrom = encoderFrom + view.getUint8(25);
  if (bytes.length !== wordsFrom + length * (wide ? 2 : 1) || view.getUint32(0, true) !== checksum(view)) return null;
  terms.titleTerms = titleTerms;
  terms.fullTerms = fullTerms;
  terms.flags = view.getUint8(17);
  readTerms(view, terms);
  // The title apart from the rest: as a slice it would hold on to all of it.
  const strings = Buffer.from(bytes.buffer, bytes.byteOffset + wordsFrom, bytes.length - wordsFrom);
  const encoding = wide ? 'utf16le' : 'latin1';
  const factsFrom = languageLength + agencyLength;
  const titleFrom = (factsFrom + factsLength) * (wide ? 2 : 1);
  const words = strings.toString(encoding, 0, titleFrom);
  const facts = readFacts(words.slice(factsFrom));
  const at = view.getFloat64(8, true);
  if (facts === null || !Number.isFinite(at)) return null;
  return {
    at,
    language: languageLength === 0 ? null : words.slice(0, languageLength),
    agency: agencyLength === 0 ? null : words.slice(languageLength, factsFrom),
    title: strings.toString(encoding, titleFrom),
    facts,
    mould: view.getUint32(4, true),
    certain: (marks & MARK.certain) !== 0,
    counted: (marks & MARK.counted) !== 0,
    indexed: (marks & MARK.indexed) !== 0,
    keys: readKeys(view, keysFrom, keyCount),
    tails: readTails(view, tailsFrom, tailCount),
    terms,
    meaning: readMeaning(bytes, [vectorFrom, encoderFrom, wordsFrom]),
  };
}

function readTerms(view: DataView, terms: PackedTerms): void {
  const count = terms.titleTerms + terms.fullTerms;
  const weightsFrom = HEAD + count * 4;
  for (let index = 0; index < count; index += 1) {
    terms.ids[index] = view.getUint32(HEAD + index * 4, true);
    terms.weights[index] = view.getUint8(weightsFrom + index);
  }
}

function readKeys(view: DataView, from: number, count: number): KeptKey[] {
  const keys: KeptKey[] = [];
  for (let at = from; at < from + count * 8; at += 8) {
    const high = view.getUint32(at + 4, true);
    keys.push({ hash: (high & 0x1fffff) * 0x100000000 + view.getUint32(at, true), shared: high >= SHARED });
  }
  return keys;
}

function readTails(view: DataView, from: number, count: number): readonly number[] {
  if (count === 0) return none;
  return Array.from({ length: count }, (_, index) => view.getUint16(from + index * 2, true));
}

/** Copied: the bytes are a page of the store's answer. */
function readMeaning(bytes: Uint8Array, [from, nameFrom, end]: readonly [number, number, number]): KeptItem['meaning'] {
  if (from === nameFrom) return null;
  const encoder = Buffer.from(bytes.buffer, bytes.byteOffset + nameFrom, end - nameFrom).toString();
  return { encoder, vector: Int8Array.from(bytes.subarray(from, nameFrom), byte => (byte << 24) >> 24) };
}

const factLetters = { score: 's', magnitude: 'm', quarter: 'q', date: 'd' } as const;
const factKinds: Readonly<Record<string, TitleFact['kind'] | undefined>> = {
  s: 'score',
  m: 'magnitude',
  q: 'quarter',
  d: 'date',
};
const none: readonly never[] = [];

function readFacts(text: string): readonly TitleFact[] | null {
  if (text === '') return none;
  const facts: TitleFact[] = [];
  for (const word of text.split(' ')) {
    const kind = factKinds[word.charAt(0)];
    if (kind === undefined) return null;
    facts.push({ kind, value: word.slice(1) });
  }
  return facts;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Of everything after itself, four bytes at a time. */
function checksum(view: DataView): number {
  let sum = 0x811c9dc5;
  let at = 4;
  for (; at + 4 <= view.byteLength; at += 4) {
    sum = Math.imul(sum ^ view.getUint32(at, true), 0x01000193);
    // Multiplying carries upwards only.
    sum ^= sum >>> 15;
  }
  for (; at < view.byteLength; at += 1) sum = Math.imul(sum ^ view.getUint8(at), 0x01000193);
  return sum >>> 0;
}
