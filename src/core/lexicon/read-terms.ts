/** A text as terms: each word is looked up in its language; names and numbers go beside it in forms that all languages share. */
import type { LanguageTag } from '../../model.ts';
import type { Word } from '../text/words.ts';
import { findForm, findInflected } from './find-form.ts';
import { chooseGroups, type GroupChoice, groupScript, guessGroup, type LanguageGroup } from './language-groups.ts';
import { formKey, type Lexicon } from './lexicon.ts';
import { readRun } from './read-run.ts';
import type { SeeTerm, TextReader } from './text-reader.ts';
import type { WordTerm } from './word-memory.ts';
import { addConcepts, readWordTerms, unknownTerms } from './word-terms.ts';

export type TextReading = {
  readonly wordCount: number;
  /** Share of words the lexicon knows, 0–1. */
  readonly coverage: number;
  /** The language has word forms of its own in the lexicon. */
  readonly covered: boolean;
};

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
