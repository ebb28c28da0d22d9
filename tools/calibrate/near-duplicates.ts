/**
 * Reposts that were edited: `node tools/calibrate/near-duplicates.ts LEXICON FOLDER`. Every story of WMT news once as it is and once by another
 * source with words left out at random, in its own language; all in one stream. Chinese and Japanese, which have no spaces, are left out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { type LabelledItem, readLabelledItems, shuffled } from './read-labelled-items.ts';
import { runStream } from './run-stream.ts';

const [lexiconPath, folder] = process.argv.slice(2);
if (lexiconPath === undefined || folder === undefined) {
  process.stderr.write('usage: node tools/calibrate/near-duplicates.ts LEXICON FOLDER\n');
  process.exit(2);
}
const lexicon = openLexicon(readFileSync(lexiconPath));

/** Deterministic: which words go depends on their place alone. */
function withoutWords(text: string, share: number): string {
  return text
    .split(' ')
    .filter((word, at) => (Math.imul(at * 31 + word.length + 7, 0x9e3779b1) >>> 0) / 2 ** 32 >= share)
    .join(' ');
}

process.stdout.write('| words left out | | B³ P | R | F1 |\n|---|---|---|---|---|\n');
for (const headline of [true, false]) {
  const byGroup = new Map<string, LabelledItem>();
  for (const item of shuffled(readLabelledItems(join(folder, 'wmt21_24_news_docs.jsonl.gz'), { headline }), 3))
    if (!byGroup.has(item.group) && !['ja', 'zh'].includes(item.language)) byGroup.set(item.group, item);
  for (const share of [0.1, 0.2, 0.3, 0.4]) {
    const items = [...byGroup.values()].flatMap(item => {
      const { id, title, text } = item.input;
      const edited = { title: withoutWords(title, share), text: withoutWords(text, share) };
      return [item, { ...item, input: { ...item.input, ...edited, id: `${id}~`, sourceId: 'reposts' } }];
    });
    const { score } = runStream(shuffled(items, 5), { lexicon, settleEvery: 50 });
    const figures = [score.precision, score.recall, score.f1].map(figure => figure.toFixed(3));
    process.stdout.write(`| ${share * 100} % | ${headline ? 'headline' : 'with text'} | ${figures.join(' | ')} |\n`);
  }
}
