/** How one text is read: the words' reader, who is told, and what was counted so far. */
import type { WordTerm } from './word-memory.ts';
import type { WordReader } from './word-terms.ts';

/** @param surface the word or words as written, for evidence and for telling numbers apart. */
export type SeeTerm = (term: WordTerm, surface: string) => void;

export type TextReader = WordReader & {
  readonly see: SeeTerm;
  /** Words the lexicon has, of all words. */
  known: number;
  total: number;
};
