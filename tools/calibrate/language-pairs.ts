/**
 * Twenty pairs of languages, one at a time: `node tools/calibrate/language-pairs.ts LEXICON FOLDER [--each]`. The news of NTREX in both
 * languages, among every document of WMT news as distractors. Two figures for each, averaged: the stories that an engine makes of
 * them all, and the pairs alone by their odds. Weights are learned on the half of the stories that is not told.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { halfOf, learnAcrossHalves } from './collect-pairs.ts';
import { bestCut, type Counts, figuresOf, prf, recallsAt, type ScoredPair, sumCounts } from './cut-score.ts';
import {
  type LabelledItem,
  readLabelledItems,
  readUnclearPairs,
  shuffled,
  storiesOfNtrexWeekend,
} from './read-labelled-items.ts';
import { runStream } from './run-stream.ts';

const [lexiconPath, folder, ...rest] = process.argv.slice(2);
if (lexiconPath === undefined || folder === undefined) {
  process.stderr.write('usage: node tools/calibrate/language-pairs.ts LEXICON FOLDER [--each]\n');
  process.exit(2);
}
const languagePairs =
  'it-fr en-it en-fr en-de en-es it-es de-fr de-it es-pt en-nl en-ru ru-uk it-ru en-ar fr-ar en-zh en-ja zh-ja en-tr en-he'
    .split(' ')
    .map(pair => pair.split('-') as [string, string]);
const lexicon = openLexicon(readFileSync(lexiconPath));
const unclear = readUnclearPairs(folder);
const models = learnAcrossHalves(lexicon, folder);
/** The news of a weekend told at once: days apart tell nothing here. */
const atOnce = (item: LabelledItem): LabelledItem => ({ ...item, input: { ...item.input, at: 0 } });

/** Each document once, in one of the two languages where there is such a version. */
function distractors(all: readonly LabelledItem[], languages: readonly string[]): LabelledItem[] {
  const byDocument = new Map<string, LabelledItem>();
  for (const item of [...all].sort((a, b) => rank(a, languages) - rank(b, languages)))
    if (!byDocument.has(item.group)) byDocument.set(item.group, atOnce(item));
  return [...byDocument.values()];
}

const rank = (item: LabelledItem, languages: readonly string[]) => {
  const at = languages.indexOf(item.language);
  return at < 0 ? languages.length : at;
};

/** Every pair across the two languages, and of either with a distractor; what nobody can decide is left out. */
function* crossPairs(own: readonly LabelledItem[], others: readonly LabelledItem[], left: string) {
  const [lefts, rights] = [true, false].map(isLeft => own.filter(item => (item.language === left) === isLeft));
  for (const a of lefts ?? [])
    for (const b of rights ?? []) if (!unclear.has(`${documentOf(a)}|${documentOf(b)}`)) yield [a, b] as const;
  for (const a of own) for (const b of others) yield [a, b] as const;
}
const precisions = [0.9, 0.95, 0.97, 0.99, 0.995];
const documentOf = (item: LabelledItem) => item.input.id.replace(/:[^:]*$/, '');

for (const headline of [true, false]) {
  const name = headline ? 'headline' : 'with text';
  const ntrex = readLabelledItems(join(folder, 'ntrex_docs_core.jsonl.gz'), { headline });
  const wmt = readLabelledItems(join(folder, 'wmt21_24_news_docs.jsonl.gz'), { headline });
  const sameWeekend = storiesOfNtrexWeekend(wmt);
  const pool = wmt.filter(({ group }) => !sameWeekend.has(group));
  const rows = languagePairs.map(languages => {
    const [left] = languages;
    const others = distractors(pool, languages);
    const stories: Counts = { right: 0, wrong: 0, missed: 0 };
    const scored: (ScoredPair & { part: number })[] = [];
    models.forEach((calibration, part) => {
      const own = ntrex.filter(item => languages.includes(item.language) && halfOf(item.group) === part).map(atOnce);
      const told = shuffled([...own, ...others], 1);
      const { stories: assigned, engine } = runStream(told, { lexicon, calibration, settleEvery: 50 });
      const storyOf = new Map(told.map((item, at) => [item.input.id, assigned[at]]));
      for (const [a, b] of crossPairs(own, others, left)) {
        const same = a.group === b.group;
        const together = storyOf.get(a.input.id) === storyOf.get(b.input.id);
        if (together) stories[same ? 'right' : 'wrong'] += 1;
        else if (same) stories.missed += 1;
        const value = engine.explain(a.input.id, b.input.id)?.probability ?? 0;
        scored.push({ value, label: same ? 1 : 0, weight: 1, part });
      }
    });
    return { languages, stories, scored };
  });
  // The cut of one half is the best one of the other.
  const cuts = [1, 0].map(other => bestCut(rows.flatMap(row => row.scored.filter(({ part }) => part === other))).cut);
  const outcome = rows.map(({ languages, stories, scored }) => {
    const parts = cuts.map((cut, part) =>
      prf(
        scored.filter(pair => pair.part === part),
        cut,
      ),
    );
    return { languages, stories: figuresOf(stories), pairs: figuresOf(sumCounts(parts)) };
  });
  const curve = recallsAt(
    rows.flatMap(row => row.scored),
    precisions,
  );
  process.stdout.write(
    `${name}, pairs: recall ${curve.map((recall, at) => `${recall.toFixed(3)} at ${precisions[at]}`).join(', ')}\n`,
  );
  const mean = (of: (row: (typeof outcome)[number]) => number) =>
    outcome.reduce((sum, row) => sum + of(row), 0) / outcome.length;
  for (const kind of ['stories', 'pairs'] as const) {
    process.stdout.write(
      `${name}, ${kind}: P ${mean(row => row[kind].precision).toFixed(3)} R ${mean(row => row[kind].recall).toFixed(3)} F1 ${mean(row => row[kind].f1).toFixed(3)}\n`,
    );
    if (rest.includes('--each'))
      for (const row of outcome)
        process.stdout.write(
          `  ${row.languages.join('-')} ${Object.values(row[kind])
            .map(x => x.toFixed(3))
            .join(' ')}\n`,
        );
  }
}
