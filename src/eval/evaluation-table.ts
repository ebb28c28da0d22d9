import type { DedupEvaluation } from './evaluate-dedup.ts';
import type { Score } from './ratio.ts';

/** The figures of one run as lines of label and value, for a terminal and for a page. */
export function evaluationTable({ clusters, probability, candidates, speed }: DedupEvaluation): [string, string][] {
  const rows: [string, string][] = [];
  if (clusters) {
    rows.push(
      ['items · stories they tell · stories made', `${clusters.items} · ${clusters.groups} · ${clusters.stories}`],
      ['B³ precision · recall · F1', figures(clusters.bCubed)],
      ['pairs precision · recall · F1', figures(clusters.pairwise)],
      ['stories that mix several', String(clusters.mixedStories.length)],
      ['false merges per million unrelated pairs', clusters.falsePerMillion.toFixed(2)],
    );
  }
  if (candidates !== null) rows.push(['of the true pairs compared at all', percent(candidates)]);
  if (probability) {
    rows.push(
      ['pairs scored · same', `${Math.round(probability.pairs)} · ${Math.round(probability.samePairs)}`],
      ['at probability 0.5: precision · recall · F1', figures(probability.atHalf)],
      [`best F1, at ${probability.best.threshold.toFixed(2)}`, figures(probability.best)],
      ['average precision', probability.averagePrecision.toFixed(3)],
      [
        'Brier score · calibration error',
        `${probability.brier.toFixed(5)} · ${probability.calibrationError.toFixed(5)}`,
      ],
    );
  }
  if (speed) rows.push(['items a second', String(Math.round(speed))]);
  return rows;
}

/** The same by pair of languages, the weakest first: `fr–it`, true pairs, precision, recall, F1. */
export function languagePairTable({ clusters }: DedupEvaluation): [string, string][] {
  return [...(clusters?.byLanguages ?? [])]
    .filter(([, score]) => score.truePositives + score.missed + score.falsePositives > 0)
    .sort(([, a], [, b]) => a.f1 - b.f1)
    .map(([languages, score]) => [
      languages,
      `${figures(score)}   ${score.truePositives + score.missed} pairs, ${score.falsePositives} wrong`,
    ]);
}

function figures({ precision, recall, f1 }: Score): string {
  return `${precision.toFixed(3)} · ${recall.toFixed(3)} · ${f1.toFixed(3)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
