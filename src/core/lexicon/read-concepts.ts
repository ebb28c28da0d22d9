/** A text as a list of terms with the words they were read from: for evidence, topics and training; the dedup reads `readTerms` itself. */
import type { LanguageTag } from '../../model.ts';
import { readWords } from '../text/words.ts';
import type { Lexicon } from './lexicon.ts';
import { readTerms, type TextReading } from './read-terms.ts';
import type { WordTerm } from './word-memory.ts';

export type ReadTerm = WordTerm & {
  /** As written, for the evidence. */
  readonly surface: string;
};

export type ConceptReading = TextReading & { readonly terms: readonly ReadTerm[] };

/** @param options.wordsMax words read at most. */
export function readConcepts(
  lexicon: Lexicon,
  text: string,
  options: { readonly language: LanguageTag | null; readonly wordsMax?: number },
): ConceptReading {
  const words = readWords(text, options.wordsMax ?? 200);
  const terms: ReadTerm[] = [];
  const see = ({ id, weight, name }: WordTerm, surface: string) => terms.push({ id, weight, name, surface });
  const reading = readTerms(lexicon, words, { language: options.language, text, see });
  return { ...reading, terms };
}
