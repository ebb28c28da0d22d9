/** A text as terms: each word is looked up in its language; names and numbers go beside it in forms that all languages share. */
import type { LanguageTag } from '../../model.ts';
import { nameKey } from '../text/transliterate.ts';
import type { Script, Word } from '../text/words.ts';
import { findForm, findInflected } from './find-form.ts';
import { chooseGroups, type GroupChoice, groupScript, guessGroup, type LanguageGroup } from './language-groups.ts';
import { FORM_SALT, finishHash, formKey, groupSeed, hashUnit, type Lexicon } from './lexicon.ts';
import { NAME_SPACE, termId, WORD_SPACE } from './term-ids.ts';
import type { WordTerm } from './word-memory.ts';
import { addConcepts, addName, readWordTerms, unknownTerms, type WordReader } from './word-terms.ts';

/** @param surface the word or words as written, for evidence and for telling numbers apart. */
export type SeeTerm = (term: WordTerm, surface: string) => void;

export type TextReading = {
  readonly wordCount: number;
  /** Share of words the lexicon knows, 0–1. */
  readonly coverage: number;
  /** The language has word forms of its own in the lexicon. */
  readonly covered: boolean;
};

type TextReader = WordReader & { readonly see: SeeTerm; known: number; total: number };

/** Tells `see` every term of the words, in order. */
export function readTerms(
  lexicon: Lexicon,
  words: readonly Word[],
  options: { readonly language: LanguageTag | null; readonly text: string; readonly see: SeeTerm },
): TextReading {
  const choice = options.language === null ? guessChoice(lexicon, words, options.text) : chooseGroups(options.language);
  const titleCase = isTitleCase(words) || choice.groups[0] === 'de';
  const memoryKey = `${choice.groups.join()}${titleCase ? 't' : ''}${choice.covered ? '' : 'u'}:`;
  const reader: TextReader = { lexicon, choice, titleCase, memoryKey, see: options.see, known: 0, total: 0 };
  if (choice.groups[0] === 'vi') readVietnamese(reader, words);
  else for (const word of words) readWord(reader, word);
  return {
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

/** Nearly any word begins like some word of nearly any language. */
const BEGINNING_SAYS = 0.4;

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
      if (word.script !== main.script) continue;
      else if (findForm(lexicon, candidate, word) !== null) score += 1;
      else if (findInflected(lexicon, candidate, word) !== null) score += BEGINNING_SAYS;
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best === null ? { groups: [], covered: false } : chooseGroups(best);
}

function readWord(reader: TextReader, word: Word): void {
  if (word.script === 'cjk' || (word.script === 'other' && reader.choice.groups[0] === 'th')) {
    readRun(reader, word);
    return;
  }
  const { terms, known } = readWordTerms(reader, word);
  for (const term of terms) reader.see(term, word.surface);
  if (word.script === 'digit') return;
  reader.total += 1;
  if (known) reader.known += 1;
}

/** Chinese, Japanese and Thai write no spaces: the longest forms the lexicon has, left to right; what it has not is a name by its sounds. */
function readRun(reader: TextReader, word: Word): void {
  const { lexicon } = reader;
  const group = runGroup(reader, word);
  const text = group === 'zh' ? lexicon.simplify(word.folded) : word.folded;
  let unknownFrom = 0;
  let index = 0;
  while (index < text.length) {
    const katakana = katakanaAt(text, index);
    const found = longestForm(lexicon, group, text, { from: index, atLeast: katakana });
    if (found === null && katakana === 0) {
      index += 1;
      continue;
    }
    readUnknownRun(reader, word.script, text.slice(unknownFrom, index));
    const length = found?.length ?? katakana;
    const surface = text.slice(index, index + length);
    const terms: WordTerm[] = [];
    reader.total += 1;
    if (found !== null) {
      reader.known += 1;
      addConcepts(lexicon, { slot: found.slot, trust: 1 }, terms);
    }
    if (katakana > 0)
      addName(reader.choice, { script: 'cjk', folded: surface }, { weight: found === null ? 1.6 : 0.6, terms });
    for (const term of terms) reader.see(term, surface);
    index += length;
    unknownFrom = index;
  }
  readUnknownRun(reader, word.script, text.slice(unknownFrom));
}

function runGroup(reader: TextReader, word: Word): LanguageGroup {
  if (word.script === 'other') return 'th';
  return reader.choice.groups[0] === 'ja' ? 'ja' : 'zh';
}

/** @returns length of the katakana word that begins here; one sign alone is none. */
function katakanaAt(text: string, from: number): number {
  let end = from;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code < 0x30a1 || code > 0x30ff) break;
  }
  return end - from >= 2 ? end - from : 0;
}

/** Shorter Thai words are found in the middle of others. */
const THAI_LEAST = 4;

function longestForm(
  lexicon: Lexicon,
  group: LanguageGroup,
  text: string,
  options: { from: number; atLeast: number },
): { slot: number; length: number } | null {
  let hash = groupSeed(group);
  let slot = -1;
  let length = 0;
  const least = group === 'th' ? THAI_LEAST : 1;
  const end = Math.min(text.length, options.from + (group === 'th' ? 24 : 10));
  for (let index = options.from; index < end; index += 1) {
    hash = hashUnit(hash, text.charCodeAt(index));
    if (index - options.from + 1 < Math.max(least, options.atLeast)) continue;
    const found = lexicon.find(finishHash(hash, FORM_SALT));
    if (found < 0) continue;
    slot = found;
    length = index - options.from + 1;
  }
  return slot < 0 ? null : { slot, length };
}

const hiragana = /^[\u3041-\u309f]+$/;

function readUnknownRun(reader: TextReader, script: Script, run: string): void {
  if (script === 'other') {
    readUnknownThai(reader, run);
    return;
  }
  if (run === '' || hiragana.test(run)) return;
  reader.total += Math.max(1, run.length / 2);
  for (let index = 0; index + 1 < run.length; index += 1) {
    const pair = run.slice(index, index + 2);
    if (!hiragana.test(pair)) reader.see({ id: termId(WORD_SPACE, pair), weight: 0.6, name: true }, pair);
  }
  let sound = '';
  for (const char of run) sound += reader.lexicon.hanSound(char) ?? '';
  const key = nameKey(sound);
  if (key !== '') reader.see({ id: termId(NAME_SPACE, key), weight: 1, name: true }, run);
}

/** What lies between known words is a name by its sound, if it is about as long as one. */
function readUnknownThai(reader: TextReader, run: string): void {
  reader.total += run.length / 5;
  if (run.length < 4 || run.length > 20) return;
  const terms: WordTerm[] = [];
  addName(reader.choice, { script: 'other', folded: run }, { weight: 1, terms });
  for (const term of terms) reader.see(term, run);
}

/** Vietnamese writes syllables; its words are one to four of them, with their diacritics. */
function readVietnamese(reader: TextReader, words: readonly Word[]): void {
  let index = 0;
  while (index < words.length) {
    const word = words[index] as Word;
    if (word.script !== 'latin') {
      readWord(reader, word);
      index += 1;
      continue;
    }
    reader.total += 1;
    const found = longestSyllables(reader.lexicon, words, index);
    if (found === null) {
      for (const term of unknownTerms(reader, word).terms) reader.see(term, word.surface);
      index += 1;
      continue;
    }
    reader.known += 1;
    const surface = words.slice(index, index + found.length).map(part => part.surface);
    const terms: WordTerm[] = [];
    addConcepts(reader.lexicon, { slot: found.slot, trust: 1 }, terms);
    for (const term of terms) reader.see(term, surface.join(' '));
    index += found.length;
  }
}

function longestSyllables(
  lexicon: Lexicon,
  words: readonly Word[],
  from: number,
): { slot: number; length: number } | null {
  let best: { slot: number; length: number } | null = null;
  let form = '';
  for (let length = 1; length <= 4 && from + length <= words.length; length += 1) {
    const next = words[from + length - 1] as Word;
    if (next.script !== 'latin') break;
    form += (length === 1 ? '' : ' ') + next.surface.toLowerCase();
    const slot = lexicon.find(formKey('vi', form));
    if (slot >= 0) best = { slot, length };
  }
  return best;
}
