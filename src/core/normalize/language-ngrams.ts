/**
 * A language detector as a table: which groups of letters are how usual in which language. The counts are those of the package
 * `eld` (Apache 2.0, its smallest database), which has them as an object of objects: 28 MiB of heap and 0.1 ms a text. Arrays of
 * numbers hold the same in one MiB and answer in a fifth of the time; the tests hold both against each other, and
 * `tools/language/build-ngrams.ts` makes the file anew.
 *
 * A text's groups are of bytes (UTF-8, letters only, lower case): four bytes at every third place of a word, and its last four.
 * A group knows whether a word begins or ends with it; shorter words are one group.
 */
import type { DetectedLanguage, LanguageDetector } from './language.ts';

export type LanguageNgrams = {
  readonly languages: readonly string[];
  /** By language: the score that a usual text in it has; less than three quarters of it is no reliable answer. */
  readonly usualScores: readonly number[];
  /** Each is four bytes as a signed number, the first one highest; shorter ones end in zeros. */
  readonly groups: Int32Array;
  /** By group: where a word has it, see `kindOf`. */
  readonly kinds: Uint8Array;
  /** By group: how many entries it has, one after the other. */
  readonly counts: Uint8Array;
  /** Language and score of each entry. */
  readonly entries: Uint8Array;
};

/** Bytes of a text that are looked at: to the end of the word that stands there. */
const bytesMax = 350;
const wordBytesMax = 70;
/** The database has its scores less this. */
const scoreBase = 53;
/** Brings scores into 0 to 1. */
const scoreScale = 25;
const reliableGroupsMin = 3;
const reliableShare = 0.75;

/** Apostrophes inside a word are of it. */
const separators = /[^\p{L}]+(?<!['`’])/gu;
const encoder = new TextEncoder();

export function kindOf(begins: boolean, ends: boolean): number {
  return (begins ? 1 : 0) + (ends ? 2 : 0);
}

export function detectorOf(ngrams: LanguageNgrams): LanguageDetector {
  const { languages, entries, counts } = ngrams;
  const places = new GroupTable(slotsFor(ngrams.groups.length));
  const starts = new Uint32Array(ngrams.groups.length);
  let start = 0;
  for (const [n, group] of ngrams.groups.entries()) {
    places.add(ngrams.kinds[n] as number, group);
    starts[n] = start;
    start += counts[n] as number;
  }
  const bytes = new Uint8Array(4 * bytesMax);
  const seen = new GroupTable(slotsFor(bytesMax));
  const sums = new Float64Array(languages.length);
  const count = (kind: number, group: number) => {
    if (!seen.add(kind, group)) return;
    const place = places.find(kind, group);
    if (place < 0) return;
    const first = starts[place] as number;
    for (let entry = first; entry < first + (counts[place] as number); entry++) {
      const language = entries[2 * entry] as number;
      sums[language] = (sums[language] as number) + (entries[2 * entry + 1] as number) + scoreBase;
    }
  };
  return text => {
    const { written } = encoder.encodeInto(
      text
        .slice(0, 2 * bytesMax)
        .toLowerCase()
        .replace(separators, ' '),
      bytes,
    );
    sums.fill(0);
    seen.clear();
    eachGroup(bytes, written, count);
    return answerOf(ngrams, sums, seen.size);
  };
}

/** The open table is a power of two and never more than half full. */
function slotsFor(groups: number): number {
  return 2 ** Math.ceil(Math.log2(groups) + 1);
}

/** Groups, each once, numbered in the order in which they came: an open table with room for half as many as it has slots. */
class GroupTable {
  size = 0;
  readonly #slots: Uint16Array;
  readonly #groups: Int32Array;
  readonly #kinds: Uint8Array;

  constructor(slots: number) {
    this.#slots = new Uint16Array(slots).fill(noPlace);
    this.#groups = new Int32Array(slots / 2);
    this.#kinds = new Uint8Array(slots / 2);
  }

  clear(): void {
    this.size = 0;
    this.#slots.fill(noPlace);
  }

  /** @returns whether it was not there before and there was room. */
  add(kind: number, group: number): boolean {
    const slot = this.#slotOf(kind, group);
    if (this.#slots[slot] !== noPlace || this.size === this.#groups.length) return false;
    this.#slots[slot] = this.size;
    this.#groups[this.size] = group;
    this.#kinds[this.size] = kind;
    this.size++;
    return true;
  }

  /** @returns its number, or −1. */
  find(kind: number, group: number): number {
    const place = this.#slots[this.#slotOf(kind, group)] as number;
    return place === noPlace ? -1 : place;
  }

  /** Where it is, or would be. */
  #slotOf(kind: number, group: number): number {
    const last = this.#slots.length - 1;
    const mixed = Math.imul(group ^ Math.imul(kind + 1, 0x85ebca6b), 0x9e3779b1);
    for (let slot = (mixed ^ (mixed >>> 15)) & last; ; slot = (slot + 1) & last) {
      const place = this.#slots[slot] as number;
      if (place === noPlace || (this.#groups[place] === group && this.#kinds[place] === kind)) return slot;
    }
  }
}

const noPlace = 0xffff;

function eachGroup(bytes: Uint8Array, length: number, each: (kind: number, group: number) => void): void {
  for (let at = 0; at < length && at <= bytesMax; at++) {
    const start = at;
    while (at < length && bytes[at] !== 0x20) at++;
    const end = Math.min(at, start + wordBytesMax);
    if (end - start < 4) {
      if (end > start) each(kindOf(true, true), fourBytes(bytes, start) & (0xffffffff << (8 * (4 - end + start))));
      continue;
    }
    for (let from = start; from + 4 < end; from += 3) each(kindOf(from === start, false), fourBytes(bytes, from));
    each(kindOf(end - start === 4, true), fourBytes(bytes, end - 4));
  }
}

function fourBytes(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

function answerOf(
  { languages, usualScores }: LanguageNgrams,
  sums: Float64Array,
  groups: number,
): DetectedLanguage | null {
  let best = 0;
  for (let language = 1; language < sums.length; language++) {
    if ((sums[language] as number) > (sums[best] as number)) best = language;
  }
  const sum = sums[best] as number;
  if (sum === 0) return null;
  const isReliable =
    groups >= reliableGroupsMin && scaled(sum / groups) >= (usualScores[best] as number) * reliableShare;
  // The sums are written over by the next text, and few ask for more than the best.
  const kept = sums.slice();
  return {
    language: languages[best] as string,
    isReliable,
    get scores() {
      const scored = languages.map((language, n) => [language, scaled((kept[n] as number) / groups)] as const);
      return Object.fromEntries(scored.filter(([, score]) => score > 0));
    },
  };
}

function scaled(mean: number): number {
  return mean / (mean + scoreScale);
}

type Header = Pick<LanguageNgrams, 'languages' | 'usualScores'> & { readonly groups: number };

/** @throws Error when the bytes are none that `writeNgrams` wrote. */
export function openNgrams(file: Uint8Array): LanguageNgrams {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerEnd = 4 + view.getUint32(0);
  const {
    languages,
    usualScores,
    groups: total,
  } = JSON.parse(new TextDecoder().decode(file.subarray(4, headerEnd))) as Header;
  const kindsAt = headerEnd + 4 * total;
  const kinds = file.slice(kindsAt, kindsAt + total);
  const counts = file.slice(kindsAt + total, kindsAt + 2 * total);
  const entries = file.slice(kindsAt + 2 * total);
  if (entries.length !== 2 * counts.reduce((sum, count) => sum + count, 0)) {
    throw new Error('language-ngrams.bin is cut off or of another version');
  }
  const groups = Int32Array.from({ length: total }, (_, n) => view.getInt32(headerEnd + 4 * n));
  return { languages, usualScores, groups, kinds, counts, entries };
}

/** Length of the header, the header as JSON, then groups, kinds, counts and entries; numbers are big-endian. */
export function writeNgrams({ languages, usualScores, groups, kinds, counts, entries }: LanguageNgrams): Uint8Array {
  const header = encoder.encode(JSON.stringify({ languages, usualScores, groups: groups.length } satisfies Header));
  const numbers = new DataView(new ArrayBuffer(4 * groups.length));
  for (const [n, group] of groups.entries()) numbers.setInt32(4 * n, group);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, header.length);
  return Buffer.concat([new Uint8Array(length.buffer), header, new Uint8Array(numbers.buffer), kinds, counts, entries]);
}
