import type { LanguageTag } from '../../model.ts';
import { chooseGroups, type LanguageGroup } from '../lexicon/language-groups.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readConcepts } from '../lexicon/read-concepts.ts';
import { isEnglishStop } from '../lexicon/stem-english.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import { nameKey, transliterate } from '../text/transliterate.ts';
import { readWords, type Script, type Word } from '../text/words.ts';
import { knownShare } from './known-words.ts';
import { findPhrase, type PhraseTable } from './phrase-table.ts';
import { placeParts } from './place-aliases.ts';
import type { PlaceTable } from './place-names.ts';
import { languagesOfScript } from './topic-languages.ts';
import { wordStems } from './word-stems.ts';

/** One word of a topic's term: all that finds it in a text. */
export type Component = {
  readonly folded: string;
  readonly script: Script;
  /** The word and its stems. */
  readonly forms: readonly string[];
  /** Concepts of the lexicon with their weight: together a vector of length one. */
  readonly concepts: ReadonlyMap<number, number>;
  /** Sound of the word (`nameKey`) when it may be a name; else ''. */
  readonly sound: string;
  /** The word in Latin letters, for comparing names. */
  readonly latin: string;
  /** Its place in the phrase, stop words counted. */
  readonly offset: number;
};

/** A word or phrase of a topic, as its person wrote it. */
export type CompiledTerm = {
  readonly wanted: string;
  readonly group: LanguageGroup | null;
  readonly components: readonly Component[];
  /** Places that it names, or whose people: then nothing else is looked for. */
  readonly places: readonly string[];
  /** The thing that it is an expression for (`phrase-rows.ts`): in languages that have one too nothing else is looked for. */
  readonly phrase: number | null;
};

export type TermContext = {
  readonly lexicon: Lexicon;
  readonly places: PlaceTable;
  readonly phrases: PhraseTable;
  /** Languages that the topic seems to be written in, likeliest first. */
  readonly languages: readonly LanguageTag[];
};

/** @returns `null` for a term without a word in it. */
export function compileTerm(wanted: string, context: TermContext): CompiledTerm | null {
  const words = readWords(wanted, 12);
  if (words.length === 0) return null;
  const { lexicon } = context;
  const reading = readTerm(wanted, context);
  const group = reading.language === null ? null : (chooseGroups(reading.language).groups[0] ?? null);
  const isOrdinaryWord = [...reading.bySurface.values()].flat().some(({ id }) => isOrdinary(id, lexicon));
  const places = placesOf(words, context, isOrdinaryWord).flatMap(code => [code, ...(placeParts[code] ?? [])]);
  const components = words.flatMap((word, offset) => {
    const isFiller = words.length > 1 && isStop(word, reading.bySurface);
    return isFiller
      ? []
      : [component(word, { offset, group, lexicon, terms: reading.bySurface.get(word.surface) ?? [] })];
  });
  const kept =
    components.length > 0
      ? components
      : words.map((word, offset) => component(word, { offset, group, lexicon, terms: [] }));
  const phrase =
    places.length > 0 ? null : findPhrase(context.phrases, words, { own: reading.language, others: context.languages });
  return { wanted, group, components: kept, places, phrase };
}

type Read = { readonly id: number; readonly weight: number };
type Reading = {
  readonly language: LanguageTag | null;
  readonly bySurface: ReadonlyMap<string, readonly Read[]>;
};

/** What a language knows less of is no word of it but a name. */
const KNOWN_LEAST = 0.45;

/** In the likeliest language that knows all its words, else in the one that knows most of them as they stand. */
function readTerm(wanted: string, context: TermContext): Reading {
  const words = readWords(wanted, 12);
  const candidates = [...languagesOfScript(words[0]?.script ?? 'latin'), ...context.languages];
  let best = candidates[0] ?? null;
  let bestKnown = 0;
  for (const language of candidates) {
    const known = knownShare(words, language, context.lexicon);
    if (known > Math.max(bestKnown + 0.15, KNOWN_LEAST)) [best, bestKnown] = [language, known];
    if (bestKnown >= 1) break;
  }
  const { terms } = readConcepts(context.lexicon, wanted, { language: best, wordsMax: 12 });
  return { language: best, bySurface: Map.groupBy(terms, term => term.surface) };
}

function isStop(word: Word, bySurface: ReadonlyMap<string, readonly Read[]>): boolean {
  if (word.script === 'latin' && isEnglishStop(word.folded)) return true;
  return !bySurface.has(word.surface) && word.script !== 'cjk' && word.script !== 'other' && word.folded.length <= 4;
}

function component(
  word: Word,
  read: { offset: number; group: LanguageGroup | null; terms: readonly Read[]; lexicon: Lexicon },
): Component {
  const concepts = new Map<number, number>();
  for (const { id, weight } of read.terms) {
    if (spaceOf(id) === 'concept') concepts.set(id, (concepts.get(id) ?? 0) + weight);
  }
  const isWord = [...concepts.keys()].some(id => isOrdinary(id, read.lexicon));
  const latin = transliterate(word.folded, word.script);
  return {
    folded: word.folded,
    script: word.script,
    forms: wordStems(word.folded, word.script, read.group),
    concepts: unitVector(concepts),
    sound: mayBeName(word) && !isWord ? nameKey(latin) : '',
    latin,
    offset: read.offset,
  };
}

/** A concept that is neither a name nor a place. */
function isOrdinary(id: number, lexicon: Lexicon): boolean {
  return spaceOf(id) === 'concept' && lexicon.kinds[id] === 0;
}

function unitVector(weights: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  let square = 0;
  for (const weight of weights.values()) square += weight * weight;
  const length = Math.sqrt(square) || 1;
  return new Map([...weights].map(([id, weight]) => [id, weight / length]));
}

/** A word that its person wrote small is none: "calcio" does not sound like somebody called Close. */
function mayBeName(word: Word): boolean {
  return word.capital || (word.script !== 'latin' && word.script !== 'cyrillic' && word.script !== 'greek');
}

/** English words that are countries only with a capital. */
const ordinaryToo = new Set(['turkey', 'china', 'chad', 'polish', 'jordan', 'mali', 'guinea', 'pole', 'dane']);

function placesOf(words: readonly Word[], context: TermContext, isOrdinaryWord: boolean): readonly string[] {
  const [first] = words;
  if (first === undefined) return [];
  const isSmall = words.length === 1 && !first.capital && first.script === 'latin';
  if (isSmall && (ordinaryToo.has(first.folded) || first.folded.length < 4)) return [];
  const languages = [...context.languages.map(language => language.split(/[-_]/)[0] ?? ''), 'en', '*'];
  const folded = words.map(word => word.folded);
  const named = context.places.codesOf(folded, languages);
  if (named.length > 0) return named;
  if (words.length === 1 && !isOrdinaryWord) {
    const people = context.places.codesOfPeople(first.folded, first.script, languages);
    if (people.length > 0) return people;
  }
  // Written in a language that the rest of the topic is not: any that has this very name, if it is long enough to trust.
  if (first.script === 'latin' && !first.capital) return [];
  return folded.join('').length >= (first.script === 'latin' ? 4 : 2) ? context.places.codesAnywhere(folded) : [];
}
