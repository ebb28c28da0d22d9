/**
 * How often items that have nothing to do with each other become one story: `node tools/calibrate/unrelated.ts LEXICON FOLDER [--show]`.
 * One item of every story of NTREX and WMT news, in a random language, all told on one day to one engine, in eight draws. Only pairs of
 * stories of different years count: within a year two documents may tell one event though their labels differ.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import {
  type LabelledItem,
  readLabelledItems,
  readUnclearPairs,
  shuffled,
  storiesOfNtrexWeekend,
} from './read-labelled-items.ts';
import { runStream } from './run-stream.ts';

const [lexiconPath, folder, show] = process.argv.slice(2);
if (lexiconPath === undefined || folder === undefined) {
  process.stderr.write('usage: node tools/calibrate/unrelated.ts LEXICON FOLDER [--show]\n');
  process.exit(2);
}
const DRAWS = 8;
const lexicon = openLexicon(readFileSync(lexiconPath));
const unclear = readUnclearPairs(folder);
/** `wmt22:bbc.381669`: the collection, whose news are of one year, and the document. */
const collectionOf = (group: string) => group.split(':')[0] ?? '';
const documentOf = (group: string) => group.split(':').at(-1) ?? '';

function drawItems(all: readonly LabelledItem[], draw: number): LabelledItem[] {
  const byDocument = new Map<string, LabelledItem>();
  for (const item of shuffled(all, draw)) {
    const document = documentOf(item.group);
    if (byDocument.has(document)) continue;
    const input = { ...item.input, at: 0, sourceId: `${item.input.sourceId} ${item.group}` };
    byDocument.set(document, { ...item, input });
  }
  return shuffled([...byDocument.values()], draw + 100);
}

function* pairsOf<T>(items: readonly T[]): Generator<readonly [T, T]> {
  for (const [at, one] of items.entries()) for (const two of items.slice(0, at)) yield [one, two];
}

for (const headline of [true, false]) {
  const all = ['ntrex_docs_core', 'wmt21_24_news_docs'].flatMap(name =>
    readLabelledItems(join(folder, `${name}.jsonl.gz`), { headline }),
  );
  const sameWeekend = storiesOfNtrexWeekend(all);
  const yearOf = (group: string) => (sameWeekend.has(group) ? 'ntrex' : collectionOf(group));
  let pairs = 0;
  let merged = 0;
  for (let draw = 1; draw <= DRAWS; draw += 1) {
    const items = drawItems(all, draw);
    const { stories } = runStream(items, { lexicon, settleEvery: 50, unclear });
    for (const [one, two] of pairsOf(items.map((item, at) => ({ item, story: stories[at] })))) {
      if (yearOf(one.item.group) === yearOf(two.item.group)) continue;
      pairs += 1;
      if (one.story !== two.story || unclear.has(`${one.item.group}|${two.item.group}`)) continue;
      merged += 1;
      if (show === '--show') process.stdout.write(`  ${one.item.input.title}\n  ${two.item.input.title}\n\n`);
    }
  }
  const perMillion = ((merged / pairs) * 1e6).toFixed(0);
  process.stdout.write(
    `${headline ? 'headline' : 'with text'}: ${merged} of ${pairs} merged, ${perMillion} a million\n`,
  );
}
