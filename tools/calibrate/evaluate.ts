/**
 * Streams of labelled items through the engine: `node tools/calibrate/evaluate.ts LEXICON FOLDER [--cross]`. With `--cross` the stories are
 * cut in halves, and each half is told to an engine whose weights were learned on the other. Prints a table in Markdown.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCalibration } from '../../src/core/dedup/calibration-default.ts';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { halfOf, learnAcrossHalves } from './collect-pairs.ts';
import { type LabelledItem, readLabelledItems, readUnclearPairs, shuffled } from './read-labelled-items.ts';
import { runStream } from './run-stream.ts';

const [lexiconPath, folder, ...rest] = process.argv.slice(2);
if (lexiconPath === undefined || folder === undefined) {
  process.stderr.write('usage: node tools/calibrate/evaluate.ts LEXICON FOLDER [--cross]\n');
  process.exit(2);
}
const lexicon = openLexicon(readFileSync(lexiconPath));
const unclear = readUnclearPairs(folder);
const twelve = new Set(['en', 'it', 'fr', 'es', 'de', 'ru', 'pt', 'nl', 'ar', 'zh', 'ja', 'tr']);
const models = rest.includes('--cross') ? learnAcrossHalves(lexicon, folder) : [defaultCalibration()];

function report(name: string, items: readonly LabelledItem[], ordered: boolean): void {
  for (const settleEvery of [0, 50])
    models.forEach((calibration, part) => {
      const own = models.length === 1 ? items : items.filter(item => halfOf(item.group) === part);
      const stream = ordered ? [...own].sort((a, b) => a.input.at - b.input.at) : shuffled(own, 1);
      const { score, ms } = runStream(stream, { lexicon, calibration, settleEvery, unclear });
      const cells = [
        `${name}${models.length === 1 ? '' : `, half ${part + 1}`}`,
        settleEvery === 0 ? 'at arrival' : 'settled',
        ...[score.precision, score.recall, score.f1, score.pairPrecision, score.pairRecall, score.pairF1].map(x =>
          x.toFixed(3),
        ),
        `${score.clusters}/${score.groups}`,
        `${Math.round(own.length / (ms / 1000))}`,
      ];
      process.stdout.write(`| ${cells.join(' | ')} |\n`);
    });
}

process.stdout.write(
  '| set | | B³ P | R | F1 | pair P | R | F1 | stories / true | items/s |\n|---|---|---|---|---|---|---|---|---|---|\n',
);
for (const headline of [true, false]) {
  const kind = headline ? 'headline' : 'with text';
  const ntrex = readLabelledItems(join(folder, 'ntrex_docs_core.jsonl.gz'), { headline });
  report(
    `NTREX, 12 languages, ${kind}`,
    ntrex.filter(item => twelve.has(item.language)),
    false,
  );
  report(`NTREX, 32 languages, ${kind}`, ntrex, false);
}
report('ITN', readLabelledItems(join(folder, 'itn_events.jsonl.gz'), { headline: true }), true);
