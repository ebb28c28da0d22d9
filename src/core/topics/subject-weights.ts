import { subjects } from './subject-names.ts';
import { subjectSeeds } from './subject-seeds.ts';

/** @returns English words with what each says about the subjects, in the order of `subjects`. */
export function subjectWeights(): ReadonlyMap<string, Float32Array> {
  const rows = new Map<string, Float32Array>();
  subjects.forEach((subject, index) => {
    for (const word of subjectSeeds[subject].split(' ')) {
      const row = rows.get(word) ?? new Float32Array(subjects.length);
      row[index] = 1;
      rows.set(word, row);
    }
  });
  return rows;
}
