/** The binary: sections in the order that `src/core/lexicon/lexicon.ts` reads them. */
import type { LexiconHeader } from '../../src/core/lexicon/lexicon.ts';

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

const LOAD = 0.93;

export function writeLexicon(parts: LexiconParts): Uint8Array {
  const slots = Math.ceil(parts.entries.length / LOAD) + 64;
  const table = fillTable(parts.entries, slots);
  const encoder = new TextEncoder();
  const labels = parts.labels.map(label => encoder.encode(label));
  const labelStarts = new Uint32Array(labels.length + 1);
  labels.forEach((label, index) => {
    labelStarts[index + 1] = (labelStarts[index] as number) + label.length;
  });
  const sounds = encoder.encode([...parts.hanSounds.values()].join(' '));
  const header: LexiconHeader = {
    version: 1,
    slots,
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

function fillTable(entries: readonly LexiconEntry[], slots: number) {
  const fingerprints = new Uint16Array(slots);
  const conceptA = new Uint16Array(slots);
  const conceptB = new Uint16Array(slots);
  const weights = new Uint8Array(slots);
  const seen = new Set<number>();
  // Linear probing in key order keeps runs short and the file the same for the same input.
  for (const entry of [...entries].sort((one, two) => one.key - two.key)) {
    if (seen.has(entry.key)) continue;
    seen.add(entry.key);
    let slot = Math.floor((entry.key / 0x100000000) * slots);
    while (fingerprints[slot] !== 0) slot = slot + 1 === slots ? 0 : slot + 1;
    fingerprints[slot] = entry.key & 0xffff || 1;
    const [first, second] = entry.concepts;
    conceptA[slot] = first?.[0] ?? 0;
    conceptB[slot] = second?.[0] ?? 0;
    const quantize = (weight: number) => Math.max(1, Math.min(15, Math.round(weight * 15)));
    weights[slot] =
      (first === undefined ? 0 : quantize(first[1]) << 4) | (second === undefined ? 0 : quantize(second[1]));
  }
  return { fingerprints, conceptA, conceptB, weights };
}

function concatSections(header: LexiconHeader, sections: readonly ArrayBufferView[]): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(header));
  let length = 8 + head.length;
  for (const section of sections) length = ((length + 3) & ~3) + section.byteLength;
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x314c464e, true);
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
