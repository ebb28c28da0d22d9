/**
 * Learns the weights of `src/core/dedup/calibration-default.ts` from labelled items: `node tools/calibrate/train.ts LEXICON FOLDER`.
 * FOLDER holds ntrex_docs_core.jsonl.gz (the same news in 32 languages) and itn_events.jsonl.gz (news written independently).
 * Prints figures on folds of stories the weights have not seen, then the weights.
 */
import { readFileSync } from 'node:fs';
import { pairLogOdds } from '../../src/core/dedup/calibration.ts';
import { pairFeatureNames } from '../../src/core/dedup/pair-features.ts';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { collectPairs, FOLDS, fitPairs } from './collect-pairs.ts';
import { bestCut, figuresOf, prf, sumCounts } from './cut-score.ts';

const [lexiconPath, folder] = process.argv.slice(2);
if (lexiconPath === undefined || folder === undefined) {
  process.stderr.write('usage: node tools/calibrate/train.ts LEXICON FOLDER\n');
  process.exit(2);
}
const lexicon = openLexicon(readFileSync(lexiconPath));

for (const headline of [true, false]) {
  const examples = collectPairs(lexicon, folder, headline);
  const scored: { value: number; label: number; weight: number; fold: number; set: string }[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fitPairs(
      examples.filter(({ folds }) => !folds.includes(fold)),
      headline ? 'headline' : 'text',
    );
    for (const example of examples)
      if (example.folds[0] === fold) scored.push({ ...example, value: pairLogOdds(model, example.row), fold });
  }
  const name = headline ? 'headline' : 'with text';
  for (const set of ['ntrex', 'itn']) {
    const own = scored.filter(example => example.set === set);
    if (own.length === 0) continue;
    // The cut for each fold is chosen on the other folds.
    const counts = Array.from({ length: FOLDS }, (_, fold) => {
      const { cut } = bestCut(own.filter(example => example.fold !== fold));
      return prf(
        own.filter(example => example.fold === fold),
        cut,
      );
    });
    const { precision, recall, f1 } = figuresOf(sumCounts(counts));
    const best = bestCut(own);
    process.stdout.write(
      `${name} ${set}: P ${precision.toFixed(4)} R ${recall.toFixed(4)} F1 ${f1.toFixed(4)} (cut ${best.cut.toFixed(2)}, at precision .97: R ${best.recallAt97.toFixed(3)} from ${best.cutAt97.toFixed(2)}; at .995: R ${best.recallAt995.toFixed(3)} from ${best.cutAt995.toFixed(2)})\n`,
    );
  }
  const whole = fitPairs(examples, headline ? 'headline' : 'text');
  const named = Object.fromEntries(
    pairFeatureNames.flatMap((feature, at) => (whole.weights[at] === 0 ? [] : [[feature, whole.weights[at]]])),
  );
  process.stdout.write(
    `${headline ? 'headline' : 'text'}: { bias: ${whole.bias}, weights: namedWeights(${JSON.stringify(named).replaceAll('"', '').replaceAll(',', ', ').replaceAll(':', ': ')}) },\n`,
  );
}
