/**
 * IBM model 1 in both directions (Brown et al., The mathematics of statistical machine translation, 1993), started from the dictionary.
 * What is kept of a word pair is the geometric mean of its expected counts in the two directions: pairs that only one direction
 * believes in fall away.
 */
export type SentencePair = {
  readonly foreign: readonly number[];
  readonly english: readonly number[];
  readonly weight: number;
};

export type AlignedPair = { readonly foreign: number; readonly english: number; readonly count: number };

export type AlignOptions = {
  readonly foreignCount: number;
  readonly englishCount: number;
  readonly rounds: number;
  /** How much the dictionary believes in a pair before any text is read. */
  readonly prior: (foreign: number, english: number) => number;
};

/** @returns expected counts of word pairs over all sentences. Foreign word 0 is the empty word. */
export function alignWords(pairs: readonly SentencePair[], options: AlignOptions): AlignedPair[] {
  const links = indexLinks(pairs, options);
  const forward = expectCounts(links, { rounds: options.rounds, byForeign: true });
  const backward = expectCounts(links, { rounds: options.rounds, byForeign: false });
  const out: AlignedPair[] = [];
  for (let key = 0; key < links.foreignOf.length; key += 1) {
    const foreign = links.foreignOf[key] as number;
    if (foreign === 0) continue;
    const count = Math.sqrt((forward[key] as number) * (backward[key] as number));
    if (count >= 0.3) out.push({ foreign, english: links.englishOf[key] as number, count });
  }
  return out;
}

type Links = {
  /** Per sentence: start in `keys`, number of foreign words (with the empty word) and of English words. */
  readonly shape: Int32Array;
  readonly weights: Float32Array;
  /** English-major within a sentence. */
  readonly keys: Int32Array;
  readonly foreignOf: Int32Array;
  readonly englishOf: Int32Array;
  readonly start: Float32Array;
};

function indexLinks(pairs: readonly SentencePair[], options: AlignOptions): Links {
  let total = 0;
  for (const pair of pairs) total += (pair.foreign.length + 1) * pair.english.length;
  const keys = new Int32Array(total);
  const shape = new Int32Array(pairs.length * 3);
  const weights = new Float32Array(pairs.length);
  const known = new Map<number, number>();
  const foreignOf: number[] = [];
  const englishOf: number[] = [];
  let at = 0;
  pairs.forEach((pair, index) => {
    shape.set([at, pair.foreign.length + 1, pair.english.length], index * 3);
    weights[index] = pair.weight;
    for (const english of pair.english) {
      for (let position = -1; position < pair.foreign.length; position += 1) {
        const foreign = position < 0 ? 0 : (pair.foreign[position] as number);
        const id = foreign * options.englishCount + english;
        let key = known.get(id);
        if (key === undefined) {
          key = foreignOf.length;
          known.set(id, key);
          foreignOf.push(foreign);
          englishOf.push(english);
        }
        keys[at] = key;
        at += 1;
      }
    }
  });
  const start = new Float32Array(foreignOf.length);
  for (let key = 0; key < start.length; key += 1)
    start[key] = 1 + options.prior(foreignOf[key] as number, englishOf[key] as number);
  return { shape, weights, keys, foreignOf: Int32Array.from(foreignOf), englishOf: Int32Array.from(englishOf), start };
}

function expectCounts(links: Links, options: { rounds: number; byForeign: boolean }): Float64Array {
  const { keys, shape, weights, foreignOf, englishOf, start } = links;
  const owner = options.byForeign ? foreignOf : englishOf;
  let owners = 0;
  for (const id of owner) owners = Math.max(owners, id + 1);
  const probability = Float64Array.from(start);
  let counts = new Float64Array(probability.length);
  for (let round = 0; round < options.rounds; round += 1) {
    counts = new Float64Array(probability.length);
    for (let index = 0; index < weights.length; index += 1) {
      const from = shape[index * 3] as number;
      const width = shape[index * 3 + 1] as number;
      const height = shape[index * 3 + 2] as number;
      const weight = weights[index] as number;
      // Forward: every English word is explained by the foreign words; backward: the other way round.
      const outer = options.byForeign ? height : width;
      const inner = options.byForeign ? width : height;
      const outerStep = options.byForeign ? width : 1;
      const innerStep = options.byForeign ? 1 : width;
      for (let row = 0; row < outer; row += 1) {
        let sum = 1e-12;
        const base = from + row * outerStep;
        for (let column = 0; column < inner; column += 1)
          sum += probability[keys[base + column * innerStep] as number] as number;
        const scale = weight / sum;
        for (let column = 0; column < inner; column += 1) {
          const key = keys[base + column * innerStep] as number;
          counts[key] = (counts[key] as number) + (probability[key] as number) * scale;
        }
      }
    }
    const totals = new Float64Array(owners);
    for (let key = 0; key < counts.length; key += 1)
      totals[owner[key] as number] = (totals[owner[key] as number] as number) + (counts[key] as number);
    for (let key = 0; key < counts.length; key += 1)
      probability[key] = (counts[key] as number) / Math.max(totals[owner[key] as number] as number, 1e-9);
  }
  return counts;
}
