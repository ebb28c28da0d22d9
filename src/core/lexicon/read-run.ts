/** Text without spaces: Chinese, Japanese, Thai. */
import { nameKey } from '../text/transliterate.ts';
import type { Script, Word } from '../text/words.ts';
import type { LanguageGroup } from './language-groups.ts';
import { FORM_SALT, finishHash, groupSeed, hashUnit, type Lexicon } from './lexicon.ts';
import { NAME_SPACE, termId, WORD_SPACE } from './term-ids.ts';
import type { TextReader } from './text-reader.ts';
import type { WordTerm } from './word-memory.ts';
import { addConcepts, addName } from './word-terms.ts';

/** Characters of a Chinese name in a row, and signs of a known part of a Japanese loan, at least. */
const NAME_RUN_LEAST = 3;
const KANA_LEAST = 3;
const none: readonly never[] = [];

/** The longest forms the lexicon has, left to right; what it has not is a name by its sounds. */
export function readRun(reader: TextReader, word: Word): void {
  const { lexicon } = reader;
  const group = runGroup(reader, word);
  const text = group === 'zh' ? lexicon.simplify(word.folded) : word.folded;
  const names = group === 'zh' ? findNameRuns(lexicon, text) : none;
  let unknownFrom = 0;
  let index = 0;
  const readUnknown = (to: number) => {
    readUnknownRun(reader, word.script, text.slice(unknownFrom, to));
    unknownFrom = to;
  };
  while (index < text.length) {
    const katakana = katakanaAt(text, index);
    const found = longestForm(lexicon, group, text, { from: index, atLeast: katakana });
    const name = names.find(run => run.from === index);
    if (name !== undefined && (found === null || found.length < 2)) {
      readUnknown(index);
      readUnknown(name.to);
      index = name.to;
    } else if (found === null && katakana === 0) index += 1;
    else {
      readUnknown(index);
      const surface = text.slice(index, index + (found?.length ?? katakana));
      if (found !== null) readFound(reader, surface, { slot: found.slot, sounds: katakana > 0 });
      else if (!readKatakanaParts(reader, surface)) readSound(reader, surface);
      index += surface.length;
      unknownFrom = index;
    }
  }
  readUnknown(text.length);
}

/** Beside what it means a loan may be a name, heard and written down. */
function readFound(reader: TextReader, surface: string, found: { slot: number; sounds: boolean }): void {
  const terms: WordTerm[] = [];
  reader.total += 1;
  reader.known += 1;
  addConcepts(reader.lexicon, { slot: found.slot, trust: 1 }, terms);
  if (found.sounds) addName(reader.choice, { script: 'cjk', folded: surface }, { weight: 0.6, terms });
  for (const term of terms) reader.see(term, surface);
}

function readSound(reader: TextReader, surface: string): void {
  const terms: WordTerm[] = [];
  reader.total += 1;
  addName(reader.choice, { script: 'cjk', folded: surface }, { weight: 1.6, terms });
  for (const term of terms) reader.see(term, surface);
}

/** Three and more characters in a row that write foreign names and are no words of two characters: 阿奎罗, each of them a word by itself. */
function findNameRuns(lexicon: Lexicon, text: string): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  let from = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const sounds = index < text.length && lexicon.hanSound(text.charAt(index)) !== undefined;
    const word = sounds ? longestForm(lexicon, 'zh', text, { from: index, atLeast: 0 }) : null;
    if (sounds && (word === null || word.length < 2)) continue;
    if (index - from >= NAME_RUN_LEAST) out.push({ from, to: index });
    if (word !== null) index += word.length - 1;
    from = index + 1;
  }
  return out;
}

/** Loans are written as one word (ソーシャルメディアアカウント): known ones, longest first, and what is between them by its sound. */
function readKatakanaParts(reader: TextReader, run: string): boolean {
  const parts = divideKatakana(reader.lexicon, run);
  if (parts.length === 0) return false;
  let unknownFrom = 0;
  for (const { from, length, slot } of [...parts, { from: run.length, length: 0, slot: -1 }]) {
    if (from - unknownFrom > 1) readSound(reader, run.slice(unknownFrom, from));
    if (slot >= 0) readFound(reader, run.slice(from, from + length), { slot, sounds: false });
    unknownFrom = from + length;
  }
  return true;
}

function divideKatakana(lexicon: Lexicon, run: string): { from: number; length: number; slot: number }[] {
  const parts: { from: number; length: number; slot: number }[] = [];
  for (let index = 0; index < run.length; ) {
    const found = longestForm(lexicon, 'ja', run, { from: index, atLeast: KANA_LEAST });
    const after = index + (found?.length ?? 0);
    // A single sign before or after a word is the rest of another word.
    const fits = found !== null && index !== 1 && after !== run.length - 1;
    if (fits) parts.push({ from: index, ...found });
    index = fits ? after : index + 1;
  }
  return parts;
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
  if (reader.choice.groups[0] === 'ja') return;
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
