/**
 * How well a topic's word in English finds translations: `node tools/topics/measure-parallel.ts FILE.jsonl.gz`. One JSON
 * object a line with `lang`, `title`, `text` and `group` (a document and its translations). Each rarer word and name of
 * an English title is a topic of its own; what the English document matches, its translations should match.
 * Translators choose other words, so recall has a ceiling well below 1; precision is a lower bound for the same reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { findEnglish } from '../../src/core/lexicon/find-form.ts';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { readWords, type Word } from '../../src/core/text/words.ts';
import { compileTopics } from '../../src/core/topics/compile-topics.ts';
import { matchStory } from '../../src/core/topics/match-story.ts';
import type { TopicMatch } from '../../src/model.ts';
import { sampleItem, sampleTopic } from '../../test/core/topics/sample-topic.ts';

type Row = { lang: string; title: string; text: string; group: string };
type Count = { right: number; missed: number; wrong: number };

/** Words as rare as this are what people follow; "year" and "take" are not. */
const idfMin = 6.3;

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('usage: node tools/topics/measure-parallel.ts FILE.jsonl.gz\n');
  process.exit(2);
}
const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../src/core/lexicon/lexicon.bin')));
const rows = gunzipSync(readFileSync(file))
  .toString()
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Row);
const english = rows.filter(row => row.lang === 'en');
const terms = new Set(english.flatMap(row => readWords(row.title, 40).filter(isFollowed).map(asWritten)));
const compiled = compileTopics(
  [...terms].map(term => sampleTopic({ id: term, any: [term] })),
  { lexicon },
);

function isFollowed(word: Word): boolean {
  if (word.folded.length < 4 || word.script !== 'latin') return false;
  const hit = findEnglish(lexicon, word.folded);
  if (hit === null) return true;
  if (hit.slot < 0) return false;
  const concept = lexicon.conceptA[hit.slot] as number;
  return lexicon.kinds[concept] !== 0 || (lexicon.idf[concept] as number) / 16 >= idfMin;
}

function asWritten(word: Word): string {
  return word.capital && !word.initial ? word.surface : word.surface.toLowerCase();
}

function matchRow({ lang, title, text }: Row): ReadonlyMap<string, TopicMatch> {
  const version = { item: sampleItem({ language: lang, title, text }), source: { id: 'x', tags: [] } };
  return new Map(matchStory(compiled, [version]).map(match => [match.topicId, match]));
}

const wanted = new Map(english.map(row => [row.group, matchRow(row)]));
const byLanguage = new Map<string, Count>();
const byKind = new Map<string, Count>();

function add(table: Map<string, Count>, key: string, outcome: keyof Count): void {
  const count = table.get(key) ?? { right: 0, missed: 0, wrong: 0 };
  count[outcome] += 1;
  table.set(key, count);
}

for (const row of rows) {
  const gold = wanted.get(row.group);
  if (row.lang === 'en' || gold === undefined) continue;
  const found = matchRow(row);
  for (const [id, match] of found) {
    const outcome = gold.has(id) ? 'right' : 'wrong';
    add(byLanguage, row.lang, outcome);
    add(byLanguage, 'all', outcome);
    add(byKind, match.evidence[0]?.kind ?? '', outcome);
  }
  for (const id of gold.keys()) {
    if (found.has(id)) continue;
    add(byLanguage, row.lang, 'missed');
    add(byLanguage, 'all', 'missed');
  }
}

console.log(`${terms.size} words as topics, ${rows.length} documents`);
for (const [name, { right, wrong }] of byKind) {
  console.log(`${name.padEnd(8)} precision ${(right / (right + wrong)).toFixed(2)}  (${right + wrong} matches)`);
}
for (const [name, { right, missed, wrong }] of [...byLanguage].sort(([a], [b]) => a.localeCompare(b))) {
  const precision = (right / (right + wrong)).toFixed(2);
  console.log(`${name.padEnd(8)} precision ${precision}  recall ${(right / (right + missed)).toFixed(2)}`);
}
