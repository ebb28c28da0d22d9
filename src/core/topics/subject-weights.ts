import { subjectLearned } from './subject-learned.ts';
import { type Subject, subjects } from './subject-names.ts';
import { subjectSeeds } from './subject-seeds.ts';

/** What a seed says, in logarithms of odds: as much as the clearest learned word. */
const seedWeight = 1.4;

/** @returns English words with what each says about the subjects, in the order of `subjects`: logarithms of odds. */
export function subjectWeights(): ReadonlyMap<string, Float32Array> {
  const rows = new Map<string, Float32Array>();
  const rowOf = (word: string): Float32Array => {
    const row = rows.get(word) ?? new Float32Array(subjects.length);
    rows.set(word, row);
    return row;
  };
  subjects.forEach((subject, index) => {
    for (const word of subjectSeeds[subject].split(' ')) rowOf(word)[index] = seedWeight;
  });
  for (const entry of subjectLearned.trim().split(/, |\n/)) {
    const [word = '', ...weights] = entry.split(' ');
    for (const weight of weights) {
      const [subject = '', tenths = ''] = weight.split('=');
      const index = subjects.indexOf(subject as Subject);
      const row = rowOf(word);
      row[index] = (row[index] as number) + Number(tenths) / 10;
    }
  }
  return rows;
}
