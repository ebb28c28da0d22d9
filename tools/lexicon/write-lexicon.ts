/** The binary: sections in the order that `src/core/lexicon/lexicon.ts` reads them. */
import { bucketOf, type LexiconHeader } from '../../src/core/lexicon/lexicon.ts';

export type LexiconEntry = {
  readonly key: number;
  readonly concepts: readonly (readonly [concept: number, weight: number])[];
};

export type LexiconParts = {
  readonly entries: readonly LexiconEntry[];
  /** Position is the concept; 0 is none. */
  readonly labels: readonly string[];
  readonly idf: Uint8Array;
  readonly kinds: Uint8Array;
  readonly steadiness: Uint8Array;
  readonly dimensions: number;
  readonly vectors: Int8Array;
  readonly frequencies: Uint8Array;
  readonly hanPairs: ReadonlyMap<string, string>;
  readonly hanSounds: ReadonlyMap<string, string>;
  readonly built: string;
};

/** Eight entries and sixteen bits: as seldom wrong as the 32 bits of a key. */
const BUCKET_ENTRIES = 8;

export function writeLexicon(parts: LexiconParts): Uint8Array {
  const table = fillTable(parts.entries);
  const encoder = new TextEncoder();
  const labels = parts.labels.map(label => encoder.encode(label));
  const labelStarts = new Uint32Array(labels.length + 1);
  labels.forEach((label, index) => {
    labelStarts[index + 1] = (labelStarts[index] as number) + label.length;
  });
  const sounds = encoder.encode([...parts.hanSounds.values()].join(' '));
  const header: LexiconHeader = {
    version: 2,
    slots: table.fingerprints.length,
    buckets: table.bucketStarts.length - 1,
    concepts: parts.labels.length,
    dimensions: parts.dimensions,
    frequencies: parts.frequencies.length,
    hanPairs: parts.hanPairs.size,
    hanSounds: parts.hanSounds.size,
    labelBytes: labelStarts[labels.length] as number,
    soundBytes: sounds.length,
    built: parts.built,
  };
  const pairs = Uint16Array.from([...parts.hanPairs].flatMap(pair => pair.map(char => char.charCodeAt(0))));
  const soundChars = Uint16Array.from([...parts.hanSounds.keys()], char => char.charCodeAt(0));
  return concatSections(header, [
    table.bucketStarts,
    table.fingerprints,
    table.conceptA,
    table.conceptB,
    table.weights,
    parts.idf,
    parts.kinds,
    parts.steadiness,
    parts.vectors,
    parts.frequencies,
    labelStarts,
    Buffer.concat(labels),
    pairs,
    soundChars,
    sounds,
  ]);
}

/** In order of their keys, so that the same input makes the same file; of two entries with one key the first counts. */
function fillTable(entries: readonly LexiconEntry[]) {
  const byKey = new Map<number, LexiconEntry>();
  for (const entry of entries) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
  const sorted = [...byKey.values()].sort((one, two) => one.key - two.key);
  const buckets = Math.max(1, Math.ceil(sorted.length / BUCKET_ENTRIES));
  const bucketStarts = new Uint32Array(buckets + 1);
  const fingerprints = new Uint16Array(sorted.length);
  const conceptA = new Uint16Array(sorted.length);
  const conceptB = new Uint16Array(sorted.length);
  const weights = new Uint8Array(sorted.length);
  sorted.forEach(({ key, concepts: [first, second] }, slot) => {
    const after = bucketOf(key, buckets) + 1;
    bucketStarts[after] = (bucketStarts[after] as number) + 1;
    fingerprints[slot] = key & 0xffff;
    conceptA[slot] = first?.[0] ?? 0;
    conceptB[slot] = second?.[0] ?? 0;
    weights[slot] = (quantize(first?.[1]) << 4) | quantize(second?.[1]);
  });
  for (let bucket = 0; bucket < buckets; bucket += 1)
    bucketStarts[bucket + 1] = (bucketStarts[bucket + 1] as number) + (bucketStarts[bucket] as number);
  return { bucketStarts, fingerprints, conceptA, conceptB, weights };
}

/** Four bits; 0 is no concept. */
function quantize(weight: number | undefined): number {
  return weight === undefined ? 0 : Math.max(1, Math.min(15, Math.round(weight * 15)));
}

function concatSections(header: LexiconHeader, sections: readonly ArrayBufferView[]): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(header));
  let length = 8 + head.length;
  for (const section of sections) length = ((length + 3) & ~3) + section.byteLength;
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x324c464e, true);
  view.setUint32(4, head.length, true);
  out.set(head, 8);
  let at = 8 + head.length;
  for (const section of sections) {
    at = (at + 3) & ~3;
    out.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
    at += section.byteLength;
  }
  return out;
}
