/** An item as numbers: what the dedup keeps of it. Computed once; comparing two items reads nothing else. */
import type { Alternate, ItemId, LanguageTag, Millis, SourceId } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readTerms } from '../lexicon/read-terms.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import { foldedFrequencyIndex } from '../lexicon/word-frequency.ts';
import type { WordTerm } from '../lexicon/word-memory.ts';
import { plainNumber } from '../lexicon/word-terms.ts';
import { foldWord, readWords, type Word } from '../text/words.ts';
import type { TermCounts } from './term-counts.ts';

export type DedupInput = {
  readonly id: ItemId;
  readonly sourceId: SourceId;
  readonly language: LanguageTag | null;
  readonly title: string;
  /** Plain text; the opening sentences count, the rest is not read. */
  readonly text: string;
  /** Canonical. */
  readonly url: string | null;
  readonly at: Millis;
  readonly image?: string | null;
  readonly links?: readonly string[];
  readonly alternates?: readonly Alternate[];
  readonly authors?: readonly string[];
  /** From an encoder of the caller's choice, any length, the same for all items. */
  readonly vector?: Float32Array;
};

/** Terms sorted by id; weight = frequency^0.35 × idf. */
export type TermVector = { readonly ids: Uint32Array; readonly weights: Float32Array };

export type ItemFeatures = {
  readonly title: TermVector;
  /** Title and text together; the same object as `title` when there is no text. */
  readonly full: TermVector;
  /** The lexicon has words of the title's language. */
  readonly covered: boolean;
  readonly hasText: boolean;
  readonly titleWords: readonly Word[];
  readonly textWords: readonly Word[];
};

export type ItemReader = (input: DedupInput) => ItemFeatures;

/** Characters of an item's text that are read; who hands items over may leave out the rest. */
export const TEXT_READ_MAX = 2400;
const ENCODED_MAX = 1000;

/** What an encoder is given of an item, in the service and where one is measured. */
export function textToEncode({ title, text }: Pick<DedupInput, 'title' | 'text'>): string {
  return `${title}\n${text.slice(0, ENCODED_MAX)}`;
}

const TITLE_WORDS_MAX = 48;
const TEXT_WORDS_MAX = 90;
const TITLE_TERMS_MAX = 40;
const FULL_TERMS_MAX = 96;

/** @param counts bounds what a term can tell by what the stories of late are about. */
export function createItemReader(lexicon: Lexicon, counts?: TermCounts): ItemReader {
  const sums = createTermSums(lexicon, counts);
  return input => {
    const { language } = input;
    const titleText = input.title.slice(0, 600);
    const titleWords = readWords(titleText, TITLE_WORDS_MAX);
    const text = withoutTitle(input.text.slice(0, TEXT_READ_MAX), input.title);
    const textWords = text === '' ? [] : readWords(text, TEXT_WORDS_MAX);
    sums.clear();
    const { covered } = readTerms(lexicon, titleWords, { language, text: titleText, see: sums.add });
    const title = sums.weigh(TITLE_TERMS_MAX);
    const hasText =
      textWords.length > 0 && readTerms(lexicon, textWords, { language, text, see: sums.add }).wordCount >= 5;
    const full = hasText ? sums.weigh(FULL_TERMS_MAX) : title;
    return { title, full, covered, hasText, titleWords, textWords };
  };
}

/** Many feeds open the text with the title. */
function withoutTitle(text: string, title: string): string {
  return title.length > 8 && text.startsWith(title) ? text.slice(title.length) : text;
}

const WEIGHT_LEAST = 0.3;
/** Distinct terms of an item; hostile text ends here. */
const TERMS_MAX = 2048;
const CELLS = 8192;

/** Terms by id with their summed weight and idf; what is looked up for a term is looked up once. Memory is used again for every item. */
function createTermSums(lexicon: Lexicon, counts: TermCounts | undefined) {
  const cells = new Uint16Array(CELLS);
  const ids = new Uint32Array(TERMS_MAX);
  const sums = new Float64Array(TERMS_MAX);
  const idfs = new Float64Array(TERMS_MAX);
  const weights = new Float32Array(TERMS_MAX);
  let used = 0;

  const byWeight = (one: number, two: number) =>
    (weights[two] as number) - (weights[one] as number) || (ids[one] as number) - (ids[two] as number);
  const byId = (one: number, two: number) => (ids[one] as number) - (ids[two] as number);

  return {
    clear() {
      cells.fill(0);
      used = 0;
    },
    add(term: WordTerm, surface: string) {
      let cell = Math.imul(term.id, 0x9e3779b1) >>> 19;
      for (let at = cells[cell] as number; at !== 0; at = cells[cell] as number) {
        if (ids[at - 1] === term.id) {
          sums[at - 1] = (sums[at - 1] as number) + term.weight;
          return;
        }
        cell = (cell + 1) & (CELLS - 1);
      }
      if (used === TERMS_MAX) return;
      const frozen = termIdf(lexicon, term.id, surface);
      const bound = counts === undefined ? frozen : counts.bound(term.id);
      ids[used] = term.id;
      sums[used] = term.weight;
      idfs[used] = bound < frozen ? Math.min(frozen, sharpen(bound)) : frozen;
      used += 1;
      cells[cell] = used;
    },
    /** The weightiest terms so far, at most `max`. */
    weigh(max: number): TermVector {
      let order: number[] = [];
      for (let at = 0; at < used; at += 1) {
        const weight = (sums[at] as number) ** FREQUENCY_POWER * (idfs[at] as number);
        weights[at] = weight;
        if (weight > WEIGHT_LEAST) order.push(at);
      }
      if (order.length > max) order = order.sort(byWeight).slice(0, max);
      order.sort(byId);
      const vector = { ids: new Uint32Array(order.length), weights: new Float32Array(order.length) };
      order.forEach((at, index) => {
        vector.ids[index] = ids[at] as number;
        vector.weights[index] = weights[at] as number;
      });
      return vector;
    },
  };
}

/** What a number tells: small and round ones are in many titles, years in most of a year's. */
function numberIdf(value: string): number {
  if (value.length === 1) return 2;
  if (/^(?:19|20)\d\d$/.test(value)) return 3;
  if (/^(?:1\d|[2-9]0)$/.test(value)) return 3.5;
  if (/^\d\d$/.test(value)) return 4.3;
  if (/^[1-9]0+$/.test(value)) return 4.3;
  return 6;
}

const NAME_IDF = 8;
/** How often a term is said counts little, and so does how sure its translation is. */
const FREQUENCY_POWER = 0.35;

/** 7 stays 7; what is rarer weighs more, what is common less. Measured: +.02 in F1 against the plain logarithm. */
function sharpen(idf: number): number {
  return 7 * (idf / 7) ** 1.3;
}

const sharpened = Float64Array.from({ length: 256 }, (_, sixteenths) => sharpen(sixteenths / 16));

/** How much a term tells: −ln of its share in news-like text, rare terms a little more than that. */
export function termIdf(lexicon: Lexicon, id: number, surface: string): number {
  switch (spaceOf(id)) {
    case 'concept':
      return sharpened[lexicon.idf[id] as number] as number;
    case 'number':
      return numberIdf(plainNumber(surface));
    case 'name':
      return NAME_IDF;
    case 'word': {
      const index = foldedFrequencyIndex(foldWord(surface), lexicon.frequencies.length);
      return lexicon.frequencies.length === 1 ? 6 : (sharpened[lexicon.frequencies[index] as number] as number);
    }
  }
}

/** Names, places and words nobody knows: what tells one event of a kind from another. */
export function isEntity(lexicon: Lexicon, id: number): boolean {
  const space = spaceOf(id);
  if (space === 'concept') return lexicon.kinds[id] !== 0;
  return space !== 'number';
}
