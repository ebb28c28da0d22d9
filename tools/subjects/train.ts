/**
 * Learns what words say about subjects from labelled sentences in many languages, and writes
 * `src/core/topics/subject-learned.ts`: `node tools/subjects/train.ts SIB200.jsonl.gz [OUT]`.
 *
 * SIB-200 (CC BY-SA 4.0, github.com/dadelani/sib-200): sentences of FLORES with one of seven topics; one JSON object a
 * line with `lang`, `text`, `topic`, `group` (the sentence, the same in all languages) and `split`. Only `train` is read:
 * a sentence and its translations are in one split. The lexicon knows FLORES, so figures on SIB-200 flatter a little.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chooseGroups } from '../../src/core/lexicon/language-groups.ts';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { readConcepts } from '../../src/core/lexicon/read-concepts.ts';
import { spaceOf } from '../../src/core/lexicon/term-ids.ts';
import type { Subject } from '../../src/core/topics/subject-names.ts';

type Row = { lang: string; text: string; topic: string; group: string; split: string };

/** Topics of SIB-200 as subjects; geography is none of ours and stands for everything else. */
const subjectOf: Readonly<Record<string, Subject>> = {
  'science/technology': 'science',
  travel: 'lifestyle',
  politics: 'politics',
  sports: 'sport',
  health: 'health',
  entertainment: 'arts',
};

/** Sentences that a word must be in, counted over languages, and how much its few sentences are mistrusted. */
const sentencesMin = 0.3;
const smoothing = 1;
const weightMin = 0.35;

const [input, output = join(import.meta.dirname, '../../src/core/topics/subject-learned.ts')] = process.argv.slice(2);
if (input === undefined) {
  process.stderr.write('usage: node tools/subjects/train.ts SIB200.jsonl.gz [OUT]\n');
  process.exit(2);
}
const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../src/core/lexicon/lexicon.bin')));
const rows = gunzipSync(readFileSync(input))
  .toString()
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Row)
  .filter(row => row.split === 'train' && chooseGroups(row.lang).covered);

const topicShare = new Map<string, number>();
const counts = new Map<number, Map<string, number>>();
const groups = Map.groupBy(rows, row => row.group);
for (const versions of groups.values()) {
  const topic = versions[0]?.topic ?? '';
  topicShare.set(topic, (topicShare.get(topic) ?? 0) + 1 / groups.size);
  for (const [concept, share] of readGroup(versions)) {
    const row = counts.get(concept) ?? new Map<string, number>();
    counts.set(concept, row);
    row.set(topic, (row.get(topic) ?? 0) + share);
  }
}

/** In how many of the sentence's languages the concept was read, 0–1: what only one language says is a mistake of its. */
function readGroup(versions: readonly Row[]): ReadonlyMap<number, number> {
  const shares = new Map<number, number>();
  for (const { lang, text } of versions) {
    const read = new Map<number, number>();
    for (const { id, weight } of readConcepts(lexicon, text, { language: lang, wordsMax: 80 }).terms) {
      if (spaceOf(id) === 'concept') read.set(id, Math.max(read.get(id) ?? 0, Math.min(1, weight * 1.5)));
    }
    for (const [id, weight] of read) shares.set(id, (shares.get(id) ?? 0) + weight / versions.length);
  }
  return shares;
}

const lines: string[] = [];
for (const [concept, row] of counts) {
  const total = [...row.values()].reduce((sum, count) => sum + count, 0);
  const idf = (lexicon.idf[concept] ?? 0) / 16;
  // A name that was in the news with a subject says nothing about it for ever.
  if (total < sentencesMin * 0.5 || idf < 3.5 || lexicon.kinds[concept] !== 0) continue;
  const weights: string[] = [];
  for (const [topic, subject] of Object.entries(subjectOf)) {
    const share = topicShare.get(topic) ?? 0;
    const smoothed = ((row.get(topic) ?? 0) + smoothing * share) / (total + smoothing);
    const weight = Math.log(smoothed / share);
    if (Math.abs(weight) >= weightMin) weights.push(`${subject}=${Math.round(weight * 10)}`);
  }
  const label = lexicon.label(concept);
  if (weights.length > 0 && /^[a-z]+$/.test(label)) lines.push(`${label} ${weights.join(' ')}`);
}
lines.sort();
const wordsPerLine = 12;
const paragraphs = Array.from({ length: Math.ceil(lines.length / wordsPerLine) }, (_, index) =>
  lines.slice(index * wordsPerLine, (index + 1) * wordsPerLine).join(', '),
);
const text = `/**
 * Written by tools/subjects/train.ts from SIB-200 (CC BY-SA 4.0): what English-keyed words say about subjects, as tenths
 * of the logarithm of the odds. Under CC BY-SA 4.0 like its source.
 */
export const subjectLearned = \`
${paragraphs.join('\n')}
\`;
`;
writeFileSync(output, text);
process.stderr.write(`${rows.length} sentences, ${lines.length} words, ${text.length} bytes\n`);
