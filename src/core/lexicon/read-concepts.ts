/** A text as concepts: each word is looked up in its language, names and numbers go beside it in forms that all languages share. */
import type { LanguageTag } from '../../model.ts';
import { nameKey, transliterate } from '../text/transliterate.ts';
import { readWords, type Word } from '../text/words.ts';
import { type FormHit, findEnglish, findForm, findInflected, splitCompound } from './find-form.ts';
import { trimEndings } from './inflection.ts';
import { chooseGroups, type GroupChoice, groupScript, guessGroup, type LanguageGroup } from './language-groups.ts';
import { FORM_SALT, finishHash, formKey, groupSeed, hashUnit, type Lexicon } from './lexicon.ts';
import { isEnglishStop } from './stem-english.ts';
import { NAME_SPACE, NUMBER_SPACE, termId, WORD_SPACE } from './term-ids.ts';

export type ReadTerm = {
  readonly id: number;
  readonly weight: number;
  /** As written, for the evidence. */
  readonly surface: string;
  /** Looks like a name here: written with a capital where that says something, or unknown to a language we know. */
  readonly name: boolean;
};

export type ConceptReading = {
  readonly terms: readonly ReadTerm[];
  readonly wordCount: number;
  /** Share of words the lexicon knows, 0–1. */
  readonly coverage: number;
  /** The language has word forms of its own in the lexicon. */
  readonly covered: boolean;
};

type Reader = {
  readonly lexicon: Lexicon;
  readonly choice: GroupChoice;
  readonly titleCase: boolean;
  readonly terms: ReadTerm[];
  known: number;
  total: number;
};

/** Sound of a name against the word itself (1). */
const NAME_WEIGHT = 0.8;

/** @param wordsMax words read at most. */
export function readConcepts(
  lexicon: Lexicon,
  text: string,
  options: { language: LanguageTag | null; wordsMax?: number },
): ConceptReading {
  const words = readWords(text, options.wordsMax ?? 200);
  const choice = options.language === null ? guessChoice(lexicon, words, text) : chooseGroups(options.language);
  const reader: Reader = {
    lexicon,
    choice,
    titleCase: isTitleCase(words) || choice.groups[0] === 'de',
    terms: [],
    known: 0,
    total: 0,
  };
  if (choice.groups[0] === 'vi') readVietnamese(reader, words);
  else for (const word of words) readWord(reader, word);
  return {
    terms: reader.terms,
    wordCount: reader.total,
    coverage: reader.total === 0 ? 0 : reader.known / reader.total,
    covered: choice.covered,
  };
}

function isTitleCase(words: readonly Word[]): boolean {
  let long = 0;
  let capital = 0;
  for (const word of words) {
    if (word.folded.length < 4 || word.script === 'digit') continue;
    long += 1;
    if (word.capital) capital += 1;
  }
  return long >= 3 && capital / long > 0.6;
}

const guessed: readonly LanguageGroup[] = 'en it fr es de pt nl ca ro pl cs hu hr tr id sv da no fi ru uk bg'.split(
  ' ',
) as LanguageGroup[];

/** By script, and where that does not tell by whose forms cover most of the text. */
function guessChoice(lexicon: Lexicon, words: readonly Word[], text: string): GroupChoice {
  const main = words.find(word => word.script !== 'digit');
  if (main === undefined) return { groups: [], covered: false };
  const group = guessGroup(main.script, text);
  if (group !== null) return chooseGroups(group);
  let best: LanguageGroup | null = null;
  let bestScore = 0.34 * Math.min(words.length, 24);
  for (const candidate of guessed) {
    if (groupScript(candidate) !== main.script) continue;
    let score = 0;
    for (const word of words.slice(0, 24))
      if (word.script === main.script && findForm(lexicon, candidate, word) !== null) score += 1;
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best === null ? { groups: [], covered: false } : chooseGroups(best);
}

function readWord(reader: Reader, word: Word): void {
  if (word.script === 'digit') {
    addNumber(reader, word);
    return;
  }
  if (word.script === 'cjk') {
    readRun(reader, word);
    return;
  }
  reader.total += 1;
  const groups = reader.choice.groups.filter(
    group => groupScript(group) === word.script || (group === 'hr' && word.script === 'cyrillic'),
  );
  const hits = findWord(reader.lexicon, groups, word);
  if (hits === null) {
    addUnknown(reader, word);
    return;
  }
  reader.known += 1;
  if (hits.length === 1) addHit(reader, word, hits[0] as FormHit);
  else for (const part of hits) addConcepts(reader, word.surface, part);
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

function addConcepts(reader: Reader, surface: string, hit: FormHit): void {
  const { lexicon, terms } = reader;
  if (hit.slot < 0) return;
  const weights = lexicon.slotWeights[hit.slot] as number;
  const first = lexicon.conceptA[hit.slot] as number;
  const second = lexicon.conceptB[hit.slot] as number;
  if (first !== 0)
    terms.push({ id: first, weight: ((weights >> 4) / 15) * hit.trust, surface, name: lexicon.kinds[first] !== 0 });
  if (second !== 0)
    terms.push({ id: second, weight: ((weights & 15) / 15) * hit.trust, surface, name: lexicon.kinds[second] !== 0 });
}

function addHit(reader: Reader, word: Word, hit: FormHit): void {
  addConcepts(reader, word.surface, hit);
  if (hit.slot < 0) return;
  const first = reader.lexicon.conceptA[hit.slot] as number;
  const isNameConcept = first !== 0 && reader.lexicon.kinds[first] !== 0;
  const saysName = word.capital && !word.initial && !reader.titleCase;
  const isOwn = isNameConcept && reader.choice.groups[0] === 'en';
  if (saysName && !isOwn && word.script === 'latin' && word.folded.length > 2) addForeign(reader, word, 0.5);
  if (saysName || isNameConcept) addName(reader, word, isNameConcept ? 0.5 : 1);
}

/** The form itself: as the English name of that spelling where there is one, so that a name is one thing in every language. */
function addForeign(reader: Reader, word: Word, weight: number): void {
  const slot = findEnglish(reader.lexicon, word.folded)?.slot ?? -1;
  const concept = slot < 0 ? 0 : (reader.lexicon.conceptA[slot] as number);
  const isName = concept !== 0 && reader.lexicon.kinds[concept] !== 0;
  const id = isName ? concept : termId(WORD_SPACE, word.folded);
  reader.terms.push({ id, weight, surface: word.surface, name: true });
}

/** Foreign spelling of a word whose sound is known: seldom met again in another language. */
const SPELLING_WEIGHT = 0.15;

function addUnknown(reader: Reader, word: Word): void {
  if (word.folded.length < 2 || (word.script === 'latin' && isEnglishStop(word.folded))) return;
  const cased = word.script === 'latin' || word.script === 'cyrillic' || word.script === 'greek';
  const name = !cased || (word.capital && !reader.titleCase);
  // A word in small letters that a well-known language has not: a rare form, no name.
  const common = cased && !word.capital && reader.choice.covered && !word.folded.match(/\d/);
  const weight = common ? SPELLING_WEIGHT : 1;
  if (word.script === 'latin') addForeign(reader, word, weight);
  else
    reader.terms.push({
      id: termId(WORD_SPACE, transliterate(word.folded, word.script) || word.folded),
      weight: SPELLING_WEIGHT,
      surface: word.surface,
      name,
    });
  if (!common) addName(reader, word, 1);
}

function addName(reader: Reader, word: Word, weight: number): void {
  const group = reader.choice.groups[0];
  const whole = nameKey(transliterate(word.folded, word.script));
  if (whole !== '')
    reader.terms.push({
      id: termId(NAME_SPACE, whole),
      weight: NAME_WEIGHT * weight,
      surface: word.surface,
      name: true,
    });
  const trimmed = group === undefined ? word.folded : trimEndings(word.folded, group);
  if (trimmed === word.folded) return;
  const key = nameKey(transliterate(trimmed, word.script));
  if (key !== '' && key !== whole)
    reader.terms.push({
      id: termId(NAME_SPACE, key),
      weight: NAME_WEIGHT * weight * 0.8,
      surface: word.surface,
      name: true,
    });
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
  if (/^\d{1,3}([.,]\d{3})+$/.test(out)) return out.replace(/[.,]/g, '');
  return out.replace(',', '.').replace(/^0+(?=\d)/, '');
}

function addNumber(reader: Reader, word: Word): void {
  const value = plainNumber(word.surface);
  // A single small digit says little: 2 of 3 texts have one.
  const weight = value.length === 1 ? 0.5 : 1;
  reader.terms.push({ id: termId(NUMBER_SPACE, value), weight, surface: word.surface, name: false });
}

/** Chinese and Japanese: the longest forms the lexicon has, left to right; what it has not is a name by its sounds. */
function readRun(reader: Reader, word: Word): void {
  const group: LanguageGroup = reader.choice.groups[0] === 'ja' ? 'ja' : 'zh';
  const text = group === 'zh' ? reader.lexicon.simplify(word.folded) : word.folded;
  let unknownFrom = 0;
  let index = 0;
  while (index < text.length) {
    const katakana = /^[\u30a1-\u30ff]{2,}/.exec(text.slice(index))?.[0].length ?? 0;
    const found = longestForm(reader.lexicon, group, text, { from: index, atLeast: katakana });
    if (found === null && katakana === 0) {
      index += 1;
      continue;
    }
    addUnknownRun(reader, text.slice(unknownFrom, index));
    const length = found?.length ?? katakana;
    const surface = text.slice(index, index + length);
    reader.total += 1;
    if (found !== null) {
      reader.known += 1;
      addConcepts(reader, surface, { slot: found.slot, trust: 1 });
    }
    if (katakana > 0) addName(reader, { ...word, surface, folded: surface }, found === null ? 1.6 : 0.6);
    index += length;
    unknownFrom = index;
  }
  addUnknownRun(reader, text.slice(unknownFrom));
}

function longestForm(
  lexicon: Lexicon,
  group: LanguageGroup,
  text: string,
  options: { from: number; atLeast: number },
): { slot: number; length: number } | null {
  let hash = groupSeed(group);
  let best: { slot: number; length: number } | null = null;
  const end = Math.min(text.length, options.from + 10);
  for (let index = options.from; index < end; index += 1) {
    hash = hashUnit(hash, text.charCodeAt(index));
    const length = index - options.from + 1;
    if (length < options.atLeast) continue;
    const slot = lexicon.find(finishHash(hash, FORM_SALT));
    if (slot >= 0) best = { slot, length };
  }
  return best;
}

const hiragana = /^[\u3041-\u309f]+$/;

function addUnknownRun(reader: Reader, run: string): void {
  if (run === '' || hiragana.test(run)) return;
  reader.total += Math.max(1, run.length / 2);
  for (let index = 0; index + 1 < run.length; index += 1) {
    const pair = run.slice(index, index + 2);
    if (!hiragana.test(pair))
      reader.terms.push({ id: termId(WORD_SPACE, pair), weight: 0.6, surface: pair, name: true });
  }
  let sound = '';
  for (const char of run) sound += reader.lexicon.hanSound(char) ?? '';
  const key = nameKey(sound);
  if (key !== '') reader.terms.push({ id: termId(NAME_SPACE, key), weight: 1, surface: run, name: true });
}

/** Vietnamese writes syllables; its words are one to four of them, with their diacritics. */
function readVietnamese(reader: Reader, words: readonly Word[]): void {
  let index = 0;
  while (index < words.length) {
    const word = words[index] as Word;
    if (word.script !== 'latin') {
      readWord(reader, word);
      index += 1;
      continue;
    }
    let best: { slot: number; length: number } | null = null;
    let form = '';
    for (let length = 1; length <= 4 && index + length <= words.length; length += 1) {
      const next = words[index + length - 1] as Word;
      if (next.script !== 'latin') break;
      form += (length === 1 ? '' : ' ') + next.surface.toLowerCase();
      const slot = reader.lexicon.find(formKey('vi', form));
      if (slot >= 0) best = { slot, length };
    }
    reader.total += 1;
    if (best === null) addUnknown(reader, word);
    else {
      reader.known += 1;
      const surface = words.slice(index, index + best.length).map(part => part.surface);
      addConcepts(reader, surface.join(' '), { slot: best.slot, trust: 1 });
    }
    index += best?.length ?? 1;
  }
}
