import { finishHash, hashUnit } from './lexicon.ts';

/** Where a form's rough frequency stands in a table of `size` cells (a power of two). */
export function foldedFrequencyIndex(form: string, size: number): number {
  let hash = 0x1b873593;
  for (let index = 0; index < form.length; index += 1) hash = hashUnit(hash, form.charCodeAt(index));
  return finishHash(hash, 0) & (size - 1);
}
