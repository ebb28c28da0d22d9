/**
 * Learns the weights of `src/core/dedup/calibration-default.ts` from labelled items:
 * `node tools/calibrate/train.ts LEXICON FOLDER [--write]`. FOLDER holds ntrex_docs_core.jsonl.gz (the same news in 32 languages) and
 * itn_events.jsonl.gz (news written independently). Prints figures on folds of stories the weights have not seen.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PairModel, pairLogOdds } from '../../src/core/dedup/calibration.ts';
import { createFeatureStore } from '../../src/core/dedup/feature-store.ts';
import { readItemFeatures } from '../../src/core/dedup/item-features.ts';
import {
  createPairComparer,
  PAIR_FEATURES,
  pairFeatureNames,
  pairFeatureSigns,
} from '../../src/core/dedup/pair-features.ts';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { bestCut, prf } from './cut-score.ts';
import { fitLogistic } from './fit-logistic.ts';
import { foldOf, type LabelledItem, readLabelledItems } from './read-labelled-items.ts';

const [lexiconPath, folder] = process.argv.slice(2);
if (lexiconPath === undefined || folder === undefined) {
  process.stderr.write('usage: node tools/calibrate/train.ts LEXICON FOLDER\n');
  process.exit(2);
}
const FOLDS = 5;
const lexicon = openLexicon(readFileSync(lexiconPath));

type Example = {
  readonly row: Float64Array;
  readonly label: number;
  readonly weight: number;
  readonly folds: readonly [number, number];
  readonly set: 'ntrex' | 'itn';
};

type Stored = LabelledItem & { readonly slot: number; readonly fold: number; readonly doc: string };

/** A fixed sequence that looks like chance. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x100000000;
  };
}

function ambiguous(): Set<string> {
  const out = new Set<string>();
  const lists = [
    ['ntrex_ambiguous.json', 'ambiguous_doc_pairs'],
    ['itn_ambiguous.json', 'ambiguous_group_pairs'],
  ] as const;
  for (const [file, key] of lists) {
    const lines = JSON.parse(readFileSync(join(folder as string, file), 'utf8')) as Record<string, string[][]>;
    for (const line of lines[key] ?? []) for (const a of line) for (const b of line) out.add(`${a}|${b}`);
  }
  return out;
}

function collect(headline: boolean): Example[] {
  const store = createFeatureStore(lexicon);
  const compare = createPairComparer(lexicon, store);
  const skip = ambiguous();
  const load = (file: string): Stored[] =>
    readLabelledItems(join(folder as string, file), { headline }).map(item => ({
      ...item,
      slot: store.add(readItemFeatures(lexicon, item.input)),
      fold: foldOf(item.group, FOLDS),
      doc: item.input.id.replace(/:[^:]*$/, ''),
    }));
  const roll = dice(7);
  const row = new Float64Array(PAIR_FEATURES);
  const out: Example[] = [];
  const keep = (set: Example['set'], pair: readonly [Stored, Stored], given: { label: number; weight: number }) =>
    out.push({ row: row.slice(), ...given, folds: [pair[0].fold, pair[1].fold], set });
  const eachPair = (items: readonly Stored[], see: (a: Stored, b: Stored) => void) =>
    items.forEach((a, at) => {
      for (const b of items.slice(at + 1)) see(a, b);
    });
  eachPair(load('ntrex_docs_core.jsonl.gz'), (a, b) => {
    const same = a.group === b.group;
    if (same ? roll() > 0.35 : skip.has(`${a.doc}|${b.doc}`)) return;
    compare(a.slot, b.slot, row);
    if (same) keep('ntrex', [a, b], { label: 1, weight: 1 });
    else if ((row[0] as number) > 0.1 || (row[6] as number) > 0.1) {
      if (roll() < 0.5) keep('ntrex', [a, b], { label: 0, weight: 2 });
    } else if (roll() < 0.02) keep('ntrex', [a, b], { label: 0, weight: 50 });
  });
  if (headline)
    eachPair(load('itn_events.jsonl.gz'), (a, b) => {
      if (Math.abs(a.input.at - b.input.at) > 4 * 86_400_000 || skip.has(`${a.group}|${b.group}`)) return;
      const same = a.group === b.group;
      if (!same && roll() < 0.3) return;
      compare(a.slot, b.slot, row);
      keep('itn', [a, b], { label: same ? 1 : 0, weight: same ? 4 : 1.4 });
    });
  return out;
}

function fit(examples: readonly Example[]): PairModel {
  const features = new Float64Array(examples.length * PAIR_FEATURES);
  examples.forEach((example, at) => {
    features.set(example.row, at * PAIR_FEATURES);
  });
  const fitted = fitLogistic(
    {
      features,
      labels: Uint8Array.from(examples, example => example.label),
      weights: Float32Array.from(examples, example => example.weight),
      width: PAIR_FEATURES,
    },
    { ridge: 20, signs: pairFeatureSigns },
  );
  return {
    bias: Number(fitted.bias.toFixed(3)),
    weights: fitted.weights.map(weight => Number(weight.toFixed(3))),
  };
}

for (const headline of [true, false]) {
  const examples = collect(headline);
  const scored: { value: number; label: number; weight: number; fold: number; set: string }[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fit(examples.filter(({ folds }) => !folds.includes(fold)));
    for (const example of examples)
      if (example.folds[0] === fold) scored.push({ ...example, value: pairLogOdds(model, example.row), fold });
  }
  const name = headline ? 'headline' : 'with text';
  for (const set of ['ntrex', 'itn']) {
    const own = scored.filter(example => example.set === set);
    if (own.length === 0) continue;
    // The cut for each fold is chosen on the other folds.
    const counts = { right: 0, wrong: 0, missed: 0 };
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const { cut } = bestCut(own.filter(example => example.fold !== fold));
      const part = prf(
        own.filter(example => example.fold === fold),
        cut,
      );
      counts.right += part.right;
      counts.wrong += part.wrong;
      counts.missed += part.missed;
    }
    const precision = counts.right / (counts.right + counts.wrong);
    const recall = counts.right / (counts.right + counts.missed);
    const f1 = (2 * precision * recall) / (precision + recall);
    const best = bestCut(own);
    process.stdout.write(
      `${name} ${set}: P ${precision.toFixed(4)} R ${recall.toFixed(4)} F1 ${f1.toFixed(4)} (cut ${best.cut.toFixed(2)}, at precision .97: R ${best.recallAt97.toFixed(3)} from ${best.cutAt97.toFixed(2)}; at .995: R ${best.recallAt995.toFixed(3)} from ${best.cutAt995.toFixed(2)})\n`,
    );
  }
  const whole = fit(examples);
  const named = Object.fromEntries(
    pairFeatureNames.flatMap((feature, at) => (whole.weights[at] === 0 ? [] : [[feature, whole.weights[at]]])),
  );
  process.stdout.write(
    `${headline ? 'headline' : 'text'}: { bias: ${whole.bias}, weights: namedWeights(${JSON.stringify(named).replaceAll('"', '').replaceAll(',', ', ').replaceAll(':', ': ')}) },\n`,
  );
}
