/** What two items have in common, as a row of numbers for the model. Reads flat memory, allocates nothing. */
import type { Lexicon } from '../lexicon/lexicon.ts';
import { NAME_SPACE, NUMBER_SPACE, WORD_SPACE } from '../lexicon/term-ids.ts';
import { type FeatureStore, FLAG_COVERED, FLAG_TEXT, NORMS, type StoredTerms, WEIGHT_SCALE } from './feature-store.ts';

/** Order is the model's order. Append only, and train anew. */
export const pairFeatureNames = [
  'titleCosine',
  'titleEntity',
  'titleWord',
  'titleShared',
  'titleSharedMax',
  'titleSharedCount',
  'fullCosine',
  'fullEntity',
  'fullWord',
  'fullShared',
  'fullSharedMax',
  'fullSharedCount',
  'titleNumbersSame',
  'titleNumbersOther',
  'fullNumbersSame',
  'fullNumbersOther',
  'entityWordMin',
  'coverage',
  'titlePlacesOther',
  'titleWordMass',
  'titleEntityMass',
  'titleNoWord',
  'titleNoEntity',
  'titleCoverLeast',
  'titleCoverMost',
  'fullWordMass',
  'fullEntityMass',
  'fullNoWord',
  'fullNoEntity',
  'fullCoverLeast',
  'fullCoverMost',
  'titleLength',
  'titleCosineLength',
  'fullLength',
  'fullCosineLength',
  'titleEntityExcess',
  'titleBoth',
  'fullEntityExcess',
  'fullBoth',
  'fullPlainCount',
] as const;

export const PAIR_FEATURES = pairFeatureNames.length;

/** Which way each feature may push: +1 towards one story, −1 away, 0 either way. */
export const pairFeatureSigns: readonly number[] = [
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, 1, 1, -1, -1, 1, 1, 1, 1, -1, -1, 1, 1, 0, 1, 0, 1, -1, 1,
  -1, 1, 1,
];

/** Weight of a number that tells something; years and single digits have less. */
const NUMBER_WEIGHT = 5;

/** Summed weights of some eight words. */
const LONG_TITLE = 50;

/** Position in `conceptKinds`. */
const PLACE = 2;

type Overlap = {
  all: number;
  entity: number;
  word: number;
  shared: number;
  sharedMax: number;
  sharedCount: number;
  /** Shared terms that are no numbers. */
  plainCount: number;
  numbersSame: number;
  numbersOther: number;
  placesOther: number;
  wordMass: number;
  entityMass: number;
  coverLeast: number;
  coverMost: number;
  leastMass: number;
};

export type PairComparer = (a: number, b: number, out: Float64Array) => void;

export function createPairComparer(lexicon: Lexicon, store: FeatureStore): PairComparer {
  const kinds = lexicon.kinds;
  const one: StoredTerms = { ids: new Uint32Array(0), weights: new Uint8Array(0), from: 0, to: 0 };
  const two: StoredTerms = { ids: new Uint32Array(0), weights: new Uint8Array(0), from: 0, to: 0 };
  const title = emptyOverlap();
  const full = emptyOverlap();

  return (a, b, out) => {
    store.title(a, one);
    store.title(b, two);
    overlapTerms(kinds, { one, two, out: title });
    const norms = store.norms();
    const flags = store.flags();
    const hasText = ((flags[a] as number) & (flags[b] as number) & FLAG_TEXT) !== 0;
    let base = 0;
    if (hasText) {
      store.full(a, one);
      store.full(b, two);
      overlapTerms(kinds, { one, two, out: full });
      base = 3;
    }
    const wide = hasText ? full : title;
    const n = a * NORMS;
    const m = b * NORMS;
    out[0] = cosine(title.all, norms[n] as number, norms[m] as number);
    out[1] = cosine(title.entity, norms[n + 1] as number, norms[m + 1] as number);
    out[2] = cosine(title.word, norms[n + 2] as number, norms[m + 2] as number);
    out[3] = title.shared;
    out[4] = title.sharedMax;
    out[5] = title.sharedCount;
    out[6] = cosine(wide.all, norms[n + base] as number, norms[m + base] as number);
    out[7] = cosine(wide.entity, norms[n + base + 1] as number, norms[m + base + 1] as number);
    out[8] = cosine(wide.word, norms[n + base + 2] as number, norms[m + base + 2] as number);
    out[9] = wide.shared;
    out[10] = wide.sharedMax;
    out[11] = wide.sharedCount;
    out[12] = title.numbersSame;
    out[13] = title.numbersOther;
    out[14] = wide.numbersSame;
    out[15] = wide.numbersOther;
    out[16] = Math.min(out[7] as number, out[8] as number);
    out[18] = title.placesOther;
    writeMasses(title, out, 19);
    writeMasses(wide, out, 25);
    out[31] = Math.log1p(title.leastMass / LONG_TITLE);
    out[32] = (out[0] as number) * out[31];
    out[33] = Math.log1p(wide.leastMass / LONG_TITLE);
    out[34] = (out[6] as number) * out[33];
    // Names without words are a topic, not a story.
    out[35] = Math.max(0, title.entityMass - 1.5 * title.wordMass);
    out[36] = Math.sqrt((out[1] as number) * (out[2] as number));
    out[37] = Math.max(0, wide.entityMass - 1.5 * wide.wordMass);
    out[38] = Math.sqrt((out[7] as number) * (out[8] as number));
    out[39] = wide.plainCount;
    out[17] = ((flags[a] as number) & (flags[b] as number) & FLAG_COVERED) !== 0 ? 1 : 0;
  };
}

function writeMasses(overlap: Overlap, out: Float64Array, from: number): void {
  out[from] = overlap.wordMass;
  out[from + 1] = overlap.entityMass;
  out[from + 2] = overlap.wordMass === 0 ? 1 : 0;
  out[from + 3] = overlap.entityMass === 0 ? 1 : 0;
  out[from + 4] = overlap.coverLeast;
  out[from + 5] = overlap.coverMost;
}

function emptyOverlap(): Overlap {
  return {
    all: 0,
    entity: 0,
    word: 0,
    shared: 0,
    sharedMax: 0,
    sharedCount: 0,
    plainCount: 0,
    numbersSame: 0,
    numbersOther: 0,
    placesOther: 0,
    wordMass: 0,
    entityMass: 0,
    coverLeast: 0,
    coverMost: 0,
    leastMass: 0,
  };
}

function cosine(dot: number, one: number, two: number): number {
  return one > 0 && two > 0 ? dot / (one * two) : 0;
}

function overlapTerms(kinds: Uint8Array, work: { one: StoredTerms; two: StoredTerms; out: Overlap }): void {
  const { one, two, out } = work;
  const scale = 1 / WEIGHT_SCALE;
  let i = one.from;
  let j = two.from;
  let all = 0;
  let entity = 0;
  let word = 0;
  let shared = 0;
  let sharedMax = 0;
  let sharedCount = 0;
  let plainCount = 0;
  let numbersSame = 0;
  let onlyOne = 0;
  let onlyTwo = 0;
  let placesOne = 0;
  let placesTwo = 0;
  let entityShared = false;
  let wordMass = 0;
  let entityMass = 0;
  let massOne = 0;
  let massTwo = 0;
  for (let at = one.from; at < one.to; at += 1) massOne += one.weights[at] as number;
  for (let at = two.from; at < two.to; at += 1) massTwo += two.weights[at] as number;
  while (i < one.to && j < two.to) {
    const p = one.ids[i] as number;
    const q = two.ids[j] as number;
    if (p < q) {
      if (p >= NUMBER_SPACE && p < WORD_SPACE) onlyOne += 1;
      else if (p < NUMBER_SPACE && kinds[p] === PLACE) placesOne += 1;
      i += 1;
    } else if (q < p) {
      if (q >= NUMBER_SPACE && q < WORD_SPACE) onlyTwo += 1;
      else if (q < NUMBER_SPACE && kinds[q] === PLACE) placesTwo += 1;
      j += 1;
    } else {
      const wa = (one.weights[i] as number) * scale;
      const wb = (two.weights[j] as number) * scale;
      const dot = wa * wb;
      all += dot;
      if (p < NUMBER_SPACE ? kinds[p] !== 0 : p >= WORD_SPACE) {
        entity += dot;
        entityShared = true;
        if (p < NAME_SPACE) entityMass += Math.min(wa, wb);
      } else if (p < NUMBER_SPACE) {
        word += dot;
        wordMass += Math.min(wa, wb);
      } else numbersSame += Math.min(wa, wb) / NUMBER_WEIGHT;
      const least = Math.min(wa, wb);
      // A name's sound is the same evidence as the name itself.
      if (p < NAME_SPACE) {
        shared += least;
        sharedCount += 1;
        if (p < NUMBER_SPACE || p >= WORD_SPACE) plainCount += 1;
      } else shared += 0.3 * least;
      if (least > sharedMax) sharedMax = least;
      i += 1;
      j += 1;
    }
  }
  for (; i < one.to; i += 1) {
    const p = one.ids[i] as number;
    if (p >= NUMBER_SPACE && p < WORD_SPACE) onlyOne += 1;
    else if (p < NUMBER_SPACE && kinds[p] === PLACE) placesOne += 1;
  }
  for (; j < two.to; j += 1) {
    const q = two.ids[j] as number;
    if (q >= NUMBER_SPACE && q < WORD_SPACE) onlyTwo += 1;
    else if (q < NUMBER_SPACE && kinds[q] === PLACE) placesTwo += 1;
  }
  const common = (wordMass + entityMass) * WEIGHT_SCALE;
  const most = Math.max(massOne, massTwo);
  const least = Math.min(massOne, massTwo);
  out.leastMass = least / WEIGHT_SCALE;
  out.wordMass = wordMass;
  out.entityMass = entityMass;
  out.coverLeast = most > 0 ? common / most : 0;
  out.coverMost = least > 0 ? common / least : 0;
  out.all = all;
  out.entity = entity;
  out.word = word;
  out.shared = shared;
  out.sharedMax = sharedMax;
  out.sharedCount = sharedCount;
  out.plainCount = plainCount;
  out.numbersSame = Math.min(2, numbersSame);
  out.numbersOther = Math.min(onlyOne, onlyTwo);
  out.placesOther = !entityShared && placesOne > 0 && placesTwo > 0 ? 1 : 0;
}
