/**
 * One word as terms: what the lexicon says of it, and beside that names by spelling and sound. What was found is remembered, because most
 * words of a text were met before.
 */
import { englishCalendarWords } from '../text/month-names.ts';
import { nameKey, nameKeys, transliterate } from '../text/transliterate.ts';
import type { Word } from '../text/words.ts';
import { type FormHit, findEnglish, findForm, findInflected, splitCompound } from './find-form.ts';
import { trimEndings } from './inflection.ts';
import { type GroupChoice, groupScript, type LanguageGroup } from './language-groups.ts';
import type { Lexicon } from './lexicon.ts';
import { isEnglishStop } from './stem-english.ts';
import { NAME_SPACE, NUMBER_SPACE, termId, WORD_SPACE } from './term-ids.ts';
import type { WordTerm, WordTerms } from './word-memory.ts';

/** How the words of a text are read. */
export type WordReader = {
  readonly lexicon: Lexicon;
  readonly choice: GroupChoice;
  /** Nearly every word has a capital: capitals say nothing. */
  readonly titleCase: boolean;
  /** Distinguishes readings of one spelling in the memory. */
  readonly memoryKey: string;
};

/** @param word of any script but those written in runs without spaces. */
export function readWordTerms(reader: WordReader, word: Word): WordTerms {
  const { wordMemory } = reader.lexicon;
  const key = reader.memoryKey + (word.capital ? (word.initial ? 'I' : 'C') : '-') + word.folded;
  const remembered = wordMemory.get(key);
  if (remembered !== undefined) return remembered;
  const read = word.script === 'digit' ? numberTerms(word) : lookUp(reader, word);
  wordMemory.set(key, read);
  return read;
}

function lookUp(reader: WordReader, word: Word): WordTerms {
  const groups = reader.choice.groups.filter(
    group => groupScript(group) === word.script || (group === 'hr' && word.script === 'cyrillic'),
  );
  const hits = findWord(reader.lexicon, groups, word);
  const terms: WordTerm[] = [];
  if (hits === null) addUnknown(reader, word, terms);
  else if (hits.length === 1) addHit(reader, word, { hit: hits[0] as FormHit, terms });
  else for (const part of hits) addConcepts(reader.lexicon, part, terms);
  return { terms, known: hits !== null };
}

/** Whole form, then two words written as one, then by its beginning; in the language itself, then in its relatives. */
function findWord(lexicon: Lexicon, groups: readonly LanguageGroup[], word: Word): readonly FormHit[] | null {
  for (const group of groups) {
    const hit = findForm(lexicon, group, word);
    if (hit !== null) return [hit];
  }
  for (const group of groups) {
    const parts = splitCompound(lexicon, group, word);
    if (parts !== null) return parts;
  }
  for (const group of groups) {
    const hit = findInflected(lexicon, group, word);
    if (hit !== null) return [hit];
  }
  return null;
}

/** The one or two concepts of a form, as surely as the form was found. */
export function addConcepts(lexicon: Lexicon, hit: FormHit, into: WordTerm[]): void {
  if (hit.slot < 0) return;
  const weights = lexicon.slotWeights[hit.slot] as number;
  const first = lexicon.conceptA[hit.slot] as number;
  const second = lexicon.conceptB[hit.slot] as number;
  if (first !== 0)
    into.push({ id: first, weight: ((weights >> 4) / 15) * hit.trust, name: lexicon.kinds[first] !== 0 });
  if (second !== 0)
    into.push({ id: second, weight: ((weights & 15) / 15) * hit.trust, name: lexicon.kinds[second] !== 0 });
}

const calendarWords: ReadonlySet<string> = new Set(englishCalendarWords);

/** Trust in a form found whole, or without a prefix; one that is known by its beginning only may be a name that begins so. */
const WHOLE = 0.95;
const GUESSED_NAME = 0.15;
/** An English word in another language's text, against the word itself (1). */
const LOAN_WEIGHT = 0.8;

function addHit(reader: WordReader, word: Word, found: { hit: FormHit; terms: WordTerm[] }): void {
  const { hit, terms } = found;
  addConcepts(reader.lexicon, hit, terms);
  if (hit.slot < 0) return;
  const first = reader.lexicon.conceptA[hit.slot] as number;
  const isNameConcept = first !== 0 && reader.lexicon.kinds[first] !== 0;
  const saysName = word.capital && !word.initial && !reader.titleCase && !calendarWords.has(word.folded);
  const isOwn = isNameConcept && reader.choice.groups[0] === 'en';
  if (hit.trust < WHOLE && !isNameConcept) addGuessedName(reader, word, terms);
  if (saysName && !isOwn && word.script === 'latin' && word.folded.length > 2)
    addForeign(reader.lexicon, word, { weight: 0.5, terms });
  if (saysName || isNameConcept) addName(reader.choice, word, { weight: isNameConcept ? 0.5 : 1, terms });
}

/** Warren at the beginning of a French headline, פלוסי: begun like a word of the language, and known elsewhere as a name, or perhaps one. */
function addGuessedName(reader: WordReader, word: Word, terms: WordTerm[]): void {
  if (word.script === 'hebrew' || word.script === 'arabic')
    addName(reader.choice, word, { weight: GUESSED_NAME, terms });
  if (word.script !== 'latin' || !word.capital || !word.initial || reader.titleCase) return;
  const english = englishConcept(reader.lexicon, word);
  if (english !== 0 && reader.lexicon.kinds[english] !== 0)
    terms.push({ id: english, weight: LOAN_WEIGHT, name: true });
}

/** The form itself: as the English name of that spelling where there is one, so that a name is one thing in every language. */
function addForeign(lexicon: Lexicon, word: Word, add: { weight: number; terms: WordTerm[] }): void {
  const concept = englishConcept(lexicon, word);
  const isName = concept !== 0 && lexicon.kinds[concept] !== 0;
  add.terms.push({ id: isName ? concept : termId(WORD_SPACE, word.folded), weight: add.weight, name: true });
}

/** 0: none. */
function englishConcept(lexicon: Lexicon, word: Word): number {
  const slot = findEnglish(lexicon, word.folded)?.slot ?? -1;
  return slot < 0 ? 0 : (lexicon.conceptA[slot] as number);
}

/** Foreign spelling of a word whose sound is known: seldom met again in another language. */
const SPELLING_WEIGHT = 0.15;

/** What is left of a word that the lexicon has not. */
export function unknownTerms(reader: WordReader, word: Word): WordTerms {
  const terms: WordTerm[] = [];
  addUnknown(reader, word, terms);
  return { terms, known: false };
}

function isOwnScript({ choice }: WordReader, word: Word): boolean {
  return choice.groups.some(group => groupScript(group) === word.script);
}

/** What is left of a word that no dictionary has. */
function addUnknown(reader: WordReader, word: Word, terms: WordTerm[]): void {
  if (word.folded.length < 2 || (word.script === 'latin' && isEnglishStop(word.folded))) return;
  const cased = word.script === 'latin' || word.script === 'cyrillic' || word.script === 'greek';
  const name = !cased || (word.capital && !reader.titleCase);
  // A word in small letters that a well-known language has not: a rare form, no name.
  const common = cased && !word.capital && reader.choice.covered && !word.folded.match(/\d/);
  if (word.script === 'latin') {
    const concept = isOwnScript(reader, word) ? 0 : englishConcept(reader.lexicon, word);
    // Latin letters in a text of other letters: the English title of something, a loan.
    if (concept !== 0) terms.push({ id: concept, weight: LOAN_WEIGHT, name: reader.lexicon.kinds[concept] !== 0 });
    else addForeign(reader.lexicon, word, { weight: common ? SPELLING_WEIGHT : 1, terms });
  } else {
    const spelling = transliterate(word.folded, word.script) || word.folded;
    terms.push({ id: termId(WORD_SPACE, spelling), weight: SPELLING_WEIGHT, name });
  }
  if (!common) addName(reader.choice, word, { weight: 1, terms });
}

/** Sound of a name against the word itself (1), and another sound it may have. */
const NAME_WEIGHT = 0.8;
const VARIANT_WEIGHT = 0.3;

/** The sound of a name, as it is and without the ending its language may have hung on it. */
export function addName(
  choice: GroupChoice,
  word: Pick<Word, 'folded' | 'script'>,
  add: { weight: number; terms: WordTerm[] },
): void {
  const group = choice.groups[0];
  const [whole, ...variants] = nameKeys(word.folded, word.script) as [string, ...string[]];
  if (whole !== '') add.terms.push({ id: termId(NAME_SPACE, whole), weight: NAME_WEIGHT * add.weight, name: true });
  for (const variant of variants)
    add.terms.push({ id: termId(NAME_SPACE, variant), weight: VARIANT_WEIGHT * add.weight, name: true });
  const trimmed = group === undefined ? word.folded : trimEndings(word.folded, group);
  if (trimmed === word.folded) return;
  const key = nameKey(transliterate(trimmed, word.script));
  if (key !== '' && key !== whole)
    add.terms.push({ id: termId(NAME_SPACE, key), weight: NAME_WEIGHT * add.weight * 0.8, name: true });
}

/** Digits of any script as ASCII; grouping marks go, a decimal comma becomes a point. */
export function plainNumber(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (code >= 0x660 && code <= 0x669) out += code - 0x660;
    else if (code >= 0x6f0 && code <= 0x6f9) out += code - 0x6f0;
    else if (code >= 0x966 && code <= 0x96f) out += code - 0x966;
    else if (code === 0x66b) out += '.';
    else if (code === 0x66c) out += ',';
    else out += char;
  }
  if (/^\d{1,3}([., ]\d{3})+$/.test(out)) return out.replace(/[., ]/g, '');
  return out.replace(',', '.').replace(/^0+(?=\d)/, '');
}

function numberTerms(word: Word): WordTerms {
  const value = plainNumber(word.surface);
  // A single small digit says little: 2 of 3 texts have one.
  const weight = value.length === 1 ? 0.5 : 1;
  return { terms: [{ id: termId(NUMBER_SPACE, value), weight, name: false }], known: false };
}
