/**
 * The concept lexicon: word forms of 53 languages to one or two English-keyed concepts, in one binary (`docs/lexicon-card.md`).
 * Pure over bytes: whoever has the file gives them. A look-up allocates nothing.
 */
import { type LanguageGroup, languageGroups } from './language-groups.ts';
import { createWordMemory, type WordMemory, type WordTerms } from './word-memory.ts';

/** What a concept is: decides whether it counts as entity or as word. */
export const conceptKinds = ['word', 'name', 'place'] as const;

export type LexiconHeader = {
  readonly version: 2;
  readonly slots: number;
  readonly buckets: number;
  readonly concepts: number;
  readonly dimensions: number;
  readonly frequencies: number;
  readonly hanPairs: number;
  readonly hanSounds: number;
  readonly labelBytes: number;
  readonly soundBytes: number;
  readonly built: string;
};

export type Lexicon = {
  readonly header: LexiconHeader;
  /** @returns the slot of a form or prefix key, -1 when it is not there. */
  readonly find: (key: number) => number;
  readonly conceptA: Uint16Array;
  readonly conceptB: Uint16Array;
  /** Two weights of four bits: A in the high half. */
  readonly slotWeights: Uint8Array;
  /** Inverse document frequency in sixteenths, from news-like training text. */
  readonly idf: Uint8Array;
  readonly kinds: Uint8Array;
  /** How often a concept of one language is found in its translation, 255 = always. */
  readonly steadiness: Uint8Array;
  /** Meaning vectors of concepts, `dimensions` each. */
  readonly vectors: Int8Array;
  /** Rough idf of words outside the lexicon by hash of the form, in sixteenths. */
  readonly frequencies: Uint8Array;
  readonly label: (concept: number) => string;
  /** English words found before, with their slot: English is the one language read by stem, and stemming is slow. */
  readonly englishSlots: WordMemory<number>;
  /** Words read before, with what they were read as (`word-terms.ts`). */
  readonly wordMemory: WordMemory<WordTerms>;
  /** Simplified form of a traditional character, itself otherwise. */
  readonly simplify: (text: string) => string;
  /** Sound of a Chinese character in foreign names, as `nameKey` classes; undefined when it is not used in names. */
  readonly hanSound: (char: string) => string | undefined;
};

/** Rolling hash of a form, unit by unit; start with the group's seed. */
export function groupSeed(group: LanguageGroup): number {
  return (0x811c9dc5 ^ Math.imul(languageGroups.indexOf(group) + 1, 0x9e3779b1)) | 0;
}

export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** Murmur3's finalizer: spreads the rolling hash over all bits. */
export function finishHash(hash: number, salt: number): number {
  let mixed = hash ^ salt;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export const FORM_SALT = 0;
export const PREFIX_SALT = 0x5bd1e995;

/** @returns the hash of a whole string: an exact form, or with `PREFIX_SALT` the beginning of forms. */
export function formKey(group: LanguageGroup, form: string, salt = FORM_SALT): number {
  let hash = groupSeed(group);
  for (let index = 0; index < form.length; index += 1) hash = hashUnit(hash, form.charCodeAt(index));
  return finishHash(hash, salt);
}

/** Keys are filed by their upper bits and told apart within a bucket by their lower sixteen. */
export function bucketOf(key: number, buckets: number): number {
  return Math.floor((key / 0x100000000) * buckets);
}

/** Words remembered, young and old each: 8 MB when full. */
const REMEMBERED_MAX = 25_000;

const magic = 0x324c464e; // NFL2

/** @throws Error when the bytes are no lexicon of this version. */
export function openLexicon(bytes: Uint8Array): Lexicon {
  // Sections are read as typed arrays, which want an aligned start.
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(own.buffer, own.byteOffset, own.byteLength);
  if (own.byteLength < 8 || view.getUint32(0, true) !== magic) throw new Error('not a lexicon of this version');
  const headerBytes = view.getUint32(4, true);
  const decoder = new TextDecoder();
  const header = JSON.parse(decoder.decode(own.subarray(8, 8 + headerBytes))) as LexiconHeader;
  const sections = readSections(own, header, 8 + headerBytes);
  return assembleLexicon(header, sections);
}

/** A lexicon that knows nothing: what is left are exact matches, names and numbers. */
export function emptyLexicon(): Lexicon {
  const header: LexiconHeader = {
    version: 2,
    slots: 0,
    buckets: 1,
    concepts: 1,
    dimensions: 0,
    frequencies: 1,
    hanPairs: 0,
    hanSounds: 0,
    labelBytes: 0,
    soundBytes: 0,
    built: 'empty',
  };
  return assembleLexicon(header, readSections(new Uint8Array(64), header, 0));
}

type Sections = {
  /** Where each bucket begins in what follows, and where the last ends. */
  readonly bucketStarts: Uint32Array;
  readonly fingerprints: Uint16Array;
  readonly conceptA: Uint16Array;
  readonly conceptB: Uint16Array;
  readonly slotWeights: Uint8Array;
  readonly idf: Uint8Array;
  readonly kinds: Uint8Array;
  readonly steadiness: Uint8Array;
  readonly vectors: Int8Array;
  readonly frequencies: Uint8Array;
  readonly labelStarts: Uint32Array;
  readonly labels: Uint8Array;
  readonly hanPairs: Uint16Array;
  readonly hanSounds: Uint16Array;
  readonly sounds: Uint8Array;
};

/** Order and alignment (4 bytes) of the sections; `tools/lexicon/write-lexicon.ts` writes the same. */
function readSections(bytes: Uint8Array, header: LexiconHeader, from: number): Sections {
  let at = from;
  const take = <T>(
    make: (buffer: ArrayBufferLike, offset: number, length: number) => T,
    length: number,
    size: number,
  ): T => {
    at = (at + 3) & ~3;
    const section = make(bytes.buffer, bytes.byteOffset + at, length);
    at += length * size;
    return section;
  };
  const u8 = (length: number) => take((buffer, offset, count) => new Uint8Array(buffer, offset, count), length, 1);
  const u16 = (length: number) => take((buffer, offset, count) => new Uint16Array(buffer, offset, count), length, 2);
  const u32 = (length: number) => take((buffer, offset, count) => new Uint32Array(buffer, offset, count), length, 4);
  return {
    bucketStarts: u32(header.buckets + 1),
    fingerprints: u16(header.slots),
    conceptA: u16(header.slots),
    conceptB: u16(header.slots),
    slotWeights: u8(header.slots),
    idf: u8(header.concepts),
    kinds: u8(header.concepts),
    steadiness: u8(header.concepts),
    vectors: take(
      (buffer, offset, count) => new Int8Array(buffer, offset, count),
      header.concepts * header.dimensions,
      1,
    ),
    frequencies: u8(header.frequencies),
    labelStarts: u32(header.concepts + 1),
    labels: u8(header.labelBytes),
    hanPairs: u16(header.hanPairs * 2),
    hanSounds: u16(header.hanSounds),
    sounds: u8(header.soundBytes),
  };
}

function assembleLexicon(header: LexiconHeader, sections: Sections): Lexicon {
  const { bucketStarts, fingerprints } = sections;
  const { buckets } = header;
  const decoder = new TextDecoder();
  const simple = new Map<number, string>();
  for (let index = 0; index < sections.hanPairs.length; index += 2)
    simple.set(sections.hanPairs[index] as number, String.fromCharCode(sections.hanPairs[index + 1] as number));
  const soundList = decoder.decode(sections.sounds).split(' ');
  const sounds = new Map<string, string>();
  sections.hanSounds.forEach((code, index) => {
    sounds.set(String.fromCharCode(code), soundList[index] ?? '');
  });
  return {
    header,
    ...sections,
    englishSlots: createWordMemory(REMEMBERED_MAX),
    wordMemory: createWordMemory(REMEMBERED_MAX),
    find: key => {
      const print = key & 0xffff;
      const bucket = bucketOf(key, buckets);
      const end = bucketStarts[bucket + 1] as number;
      for (let slot = bucketStarts[bucket] as number; slot < end; slot += 1)
        if (fingerprints[slot] === print) return slot;
      return -1;
    },
    label: concept =>
      decoder.decode(sections.labels.subarray(sections.labelStarts[concept], sections.labelStarts[concept + 1])),
    simplify: text => {
      if (simple.size === 0) return text;
      let out = '';
      for (let index = 0; index < text.length; index += 1)
        out += simple.get(text.charCodeAt(index)) ?? text.charAt(index);
      return out;
    },
    hanSound: char => sounds.get(char),
  };
}
