/**
 * What a text is made of, as 32-bit ids: concepts of the lexicon (below 2^16), numbers, unknown words and the sounds of names (hashes
 * marked in the two high bits). Hashes instead of an interning table keep memory flat; two words in a billion share an id.
 */
import { finishHash, hashUnit } from './lexicon.ts';

export const NUMBER_SPACE = 0x40000000;
export const WORD_SPACE = 0x80000000;
export const NAME_SPACE = 0xc0000000;

export type TermSpace = 'concept' | 'number' | 'word' | 'name';

export function termId(space: number, text: string): number {
  let hash = 0x2545f491;
  for (let index = 0; index < text.length; index += 1) hash = hashUnit(hash, text.charCodeAt(index));
  return (space + (finishHash(hash, 0) & 0x3fffffff)) >>> 0;
}

export function spaceOf(id: number): TermSpace {
  if (id >= NAME_SPACE) return 'name';
  if (id >= WORD_SPACE) return 'word';
  return id >= NUMBER_SPACE ? 'number' : 'concept';
}
