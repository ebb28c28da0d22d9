/**
 * How well things of the phrase table are found in translations: `node tools/topics/measure-phrases.ts FILE.jsonl.gz …`. One
 * JSON object a line with `lang`, `title`, `text` and `group` (a document and its translations). Each row is a topic by its
 * first English expression. A translation should match where the English document says the thing in its title or first words, and
 * counts as wrong where the English document never says it: translators and writers have other words too, so precision is a lower bound.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../../src/core/topics/compile-topics.ts';
import { matchStory } from '../../src/core/topics/match-story.ts';
import { phraseRows } from '../../src/core/topics/phrase-rows.ts';
import { sampleItem, sampleTopic } from '../../test/core/topics/sample-topic.ts';

type Row = { lang: string; title: string; text: string; group: string };

const leadWords = 60;
const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('usage: node tools/topics/measure-phrases.ts FILE.jsonl.gz …\n');
  process.exit(2);
}
const english = phraseRows.map(row => (/(?:^| )(?:en|\*):(.*?)(?= [a-z]{2}:|$)/.exec(row)?.[1] ?? '').split(';'));
const topics = english.map(([first = ''], row) =>
  sampleTopic({ id: String(row), any: [first], prefer: { languages: ['en'], sources: [] } }),
);
const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../src/core/lexicon/lexicon.bin')));
const compiled = compileTopics(topics, { lexicon });
const counts = new Map<string, { right: number; missed: number; wrong: number }>();

for (const file of files) {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const rows = lines.map(line => JSON.parse(line) as Row);
  for (const group of Map.groupBy(rows, row => row.group).values()) {
    const original = group.find(row => row.lang === 'en');
    if (original !== undefined) for (const row of group) if (row.lang !== 'en') count(row, original);
  }
}

function count({ lang, title, text }: Row, original: Row): void {
  const whole = `${original.title} ${original.text}`;
  const head = `${original.title} ${original.text.split(/\s+/).slice(0, leadWords).join(' ')}`;
  const version = { item: sampleItem({ language: lang, title, text }), source: { id: 'x', tags: [] } };
  const found = new Set(matchStory(compiled, [version]).map(({ topicId }) => topicId));
  english.forEach((expressions, row) => {
    const isFound = found.has(String(row));
    if (isFound) add(lang, says(whole, expressions) ? 'right' : 'wrong');
    else if (says(head, expressions)) add(lang, 'missed');
  });
}

function says(text: string, expressions: readonly string[]): boolean {
  return expressions.some(expression =>
    new RegExp(`\\b${expression}`, /^[A-Z]+$/.test(expression) ? '' : 'i').test(text),
  );
}

function add(language: string, outcome: 'right' | 'missed' | 'wrong'): void {
  for (const name of [language, 'all']) {
    const known = counts.get(name) ?? { right: 0, missed: 0, wrong: 0 };
    known[outcome] += 1;
    counts.set(name, known);
  }
}

for (const [name, { right, missed, wrong }] of [...counts].sort(([a], [b]) => a.localeCompare(b))) {
  const precision = (right / Math.max(1, right + wrong)).toFixed(2);
  const recall = (right / Math.max(1, right + missed)).toFixed(2);
  console.log(`${name.padEnd(8)} precision ${precision}  recall ${recall}  (${right + missed} wanted)`);
}
