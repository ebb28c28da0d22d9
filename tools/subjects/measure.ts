/**
 * Precision and recall of the subjects on labelled texts: `node tools/subjects/measure.ts FILE.jsonl.gz [SPLIT]`.
 * One JSON object a line with `lang`, `title`, `text`, `topic` and, where there are parts, `split`. A text has one label
 * there, and may rightly be of another subject too: precision is a lower bound.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chooseGroups } from '../../src/core/lexicon/language-groups.ts';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { classifySubject, compileSubjects, subjectBars } from '../../src/core/topics/classify-subject.ts';
import { readVersion } from '../../src/core/topics/read-version.ts';
import type { Subject } from '../../src/core/topics/subject-names.ts';
import { sampleItem } from '../../test/core/topics/sample-topic.ts';

type Row = { lang: string; title?: string; text: string; topic: string; split?: string };
type Count = { right: number; missed: number; wrong: number };

/** Labels of SIB-200 and MasakhaNEWS; `geography` is no subject of ours. */
const subjectOf: Readonly<Record<string, Subject>> = {
  'science/technology': 'science',
  technology: 'science',
  travel: 'lifestyle',
  politics: 'politics',
  sports: 'sport',
  health: 'health',
  entertainment: 'arts',
  business: 'economy',
  religion: 'religion',
};
const measured: ReadonlySet<string> = new Set(Object.values(subjectOf));
const codes: Readonly<Record<string, string>> = { eng: 'en', fra: 'fr', amh: 'am', hau: 'ha', som: 'so', swa: 'sw' };

const [file, split] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node tools/subjects/measure.ts FILE.jsonl.gz [SPLIT]\n');
  process.exit(2);
}
const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../src/core/lexicon/lexicon.bin')));
const reader = compileSubjects(lexicon);
const byLanguage = new Map<string, Count>();
const bySubject = new Map<string, Count>();
for (const line of gunzipSync(readFileSync(file)).toString().trim().split('\n')) {
  const row = JSON.parse(line) as Row;
  if (split === undefined || row.split === split) count(row);
}

function count(row: Row): void {
  const language = codes[row.lang] ?? row.lang;
  const item = sampleItem({ language, title: row.title ?? '', text: row.text });
  const findings = classifySubject(reader, readVersion(lexicon, item));
  const found = [...findings].filter(([, { strength }]) => strength >= subjectBars.normal).map(([subject]) => subject);
  const wanted = subjectOf[row.topic];
  const group = chooseGroups(language).covered ? language : `(${language})`;
  for (const subject of found) {
    if (measured.has(subject)) add(group, subject, subject === wanted ? 'right' : 'wrong');
  }
  if (wanted !== undefined && !found.includes(wanted)) add(group, wanted, 'missed');
}

function add(language: string, subject: string, outcome: keyof Count): void {
  for (const [table, key] of [
    [byLanguage, language],
    [bySubject, subject],
  ] as const) {
    const known = table.get(key) ?? { right: 0, missed: 0, wrong: 0 };
    known[outcome] += 1;
    table.set(key, known);
  }
}

function show(name: string, { right, missed, wrong }: Count): string {
  const precision = right / Math.max(1, right + wrong);
  const recall = right / Math.max(1, right + missed);
  return `${name.padEnd(12)} precision ${precision.toFixed(2)}  recall ${recall.toFixed(2)}  (${right + missed} texts)`;
}

for (const table of [bySubject, byLanguage]) {
  for (const [name, counted] of [...table].sort(([a], [b]) => a.localeCompare(b))) console.log(show(name, counted));
  console.log('');
}
const covered = [...byLanguage].filter(([language]) => !language.startsWith('('));
const total = { right: 0, missed: 0, wrong: 0 };
for (const [, counted] of covered) {
  total.right += counted.right;
  total.missed += counted.missed;
  total.wrong += counted.wrong;
}
console.log(show('all covered', total));
