import type { DedupEvaluation } from './evaluate-dedup.ts';
import { evaluationTable } from './evaluation-table.ts';
import type { ProbabilityMetrics } from './probability-metrics.ts';
import { escapeXml, renderChart } from './svg-chart.ts';

/**
 * The figures and their pictures (precision–recall, reliability) as one HTML page that needs nothing else: no script, no
 * font, no address. Follows the reader's light or dark setting.
 */
export function renderEvalPage(evaluations: readonly DedupEvaluation[], title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeXml(title)}</h1>
${evaluations.map(section).join('\n')}
</body>
</html>
`;
}

function section(evaluation: DedupEvaluation): string {
  return `<section>
<h2>${escapeXml(evaluation.name)}</h2>
<table><tbody>${evaluationTable(evaluation)
    .map(([label, value]) => `<tr><th scope="row">${escapeXml(label)}</th><td>${escapeXml(value)}</td></tr>`)
    .join('')}</tbody></table>
${evaluation.probability ? pictures(evaluation.probability) : ''}
</section>`;
}

function pictures(metrics: ProbabilityMetrics): string {
  const filled = metrics.bins.filter(bin => bin.pairs > 0);
  const largest = Math.max(1, ...filled.map(bin => Math.log1p(bin.pairs)));
  const curve = renderChart({
    title: `Precision against recall; best F1 ${metrics.best.f1.toFixed(3)} at probability ${metrics.best.threshold.toFixed(2)}`,
    xLabel: 'recall',
    yLabel: 'precision',
    line: metrics.curve.map(point => [point.recall, point.precision]),
    dots: [
      { x: metrics.best.recall, y: metrics.best.precision, size: 0.2, label: `best F1 ${metrics.best.f1.toFixed(3)}` },
    ],
  });
  const reliability = renderChart({
    title: `Reliability of the probability; calibration error ${metrics.calibrationError.toFixed(4)}`,
    xLabel: 'probability given',
    yLabel: 'share that is one story',
    line: filled.map(bin => [bin.predicted, bin.observed]),
    dots: filled.map(bin => ({
      x: bin.predicted,
      y: bin.observed,
      size: Math.log1p(bin.pairs) / largest,
      label: `${Math.round(bin.pairs)} pairs between ${bin.from} and ${bin.to}: ${bin.observed.toFixed(3)} are one story`,
    })),
    diagonal: true,
  });
  return `<div class="charts"><figure>${curve}<figcaption>Precision against recall, over all cuts of the probability.</figcaption></figure>
<figure>${reliability}<figcaption>What the probability promises and what is true. A larger dot stands for more pairs; on the dashed line it keeps its word.</figcaption></figure></div>`;
}

const style = `
:root{color-scheme:light dark;--ink:#1c1c1c;--paper:#fff;--grid:#ddd;--line:#0b5cad;--mark:#b3402a;--soft:#555}
@media(prefers-color-scheme:dark){:root{--ink:#eaeaea;--paper:#161616;--grid:#3a3a3a;--line:#7db8f5;--mark:#ff9b80;--soft:#aaa}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem}
table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1.5rem .2rem 0;border-bottom:1px solid var(--grid);font-weight:400}
td{font-variant-numeric:tabular-nums}
.charts{display:flex;flex-wrap:wrap;gap:2rem;margin-top:1.5rem}figure{margin:0;max-width:24rem}figcaption{color:var(--soft);font-size:.9rem}
svg{max-width:100%;height:auto}.grid{stroke:var(--grid);fill:none}.ideal{stroke:var(--soft);stroke-dasharray:4 4;fill:none}
.line{stroke:var(--line);stroke-width:2;fill:none}.dot{fill:var(--mark);fill-opacity:.75}.tick,.axis{fill:var(--soft);font-size:12px}
`;
