/** A square plot of values between 0 and 1, as SVG that takes its colours from the page (`--line`, `--grid`, `--mark`). */
export type Chart = {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly line: readonly (readonly [x: number, y: number])[];
  /** Circles whose area says how much stands behind them. */
  readonly dots?: readonly { readonly x: number; readonly y: number; readonly size: number; readonly label: string }[];
  /** The line from corner to corner that a perfect probability would follow. */
  readonly diagonal?: boolean;
};

const side = 320;
const margin = { left: 46, top: 12, right: 12, bottom: 42 };

export function renderChart(chart: Chart): string {
  const x = (value: number) => round(margin.left + clamp(value) * side);
  const y = (value: number) => round(margin.top + (1 - clamp(value)) * side);
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const width = margin.left + side + margin.right;
  const height = margin.top + side + margin.bottom;
  const path = chart.line.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${x(px)} ${y(py)}`).join(' ');
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(chart.title)}">`,
    ...ticks.map(
      tick =>
        `<path class="grid" d="M${x(tick)} ${y(0)}V${y(1)}M${x(0)} ${y(tick)}H${x(1)}"/>` +
        `<text class="tick" x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${tick}</text>` +
        `<text class="tick" x="${x(0) - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    chart.diagonal ? `<path class="ideal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>` : '',
    path === '' ? '' : `<path class="line" d="${path}"/>`,
    ...(chart.dots ?? []).map(
      dot =>
        `<circle class="dot" cx="${x(dot.x)}" cy="${y(dot.y)}" r="${round(3 + 9 * Math.sqrt(clamp(dot.size)))}">` +
        `<title>${escapeXml(dot.label)}</title></circle>`,
    ),
    `<text class="axis" x="${margin.left + side / 2}" y="${height - 6}" text-anchor="middle">${escapeXml(chart.xLabel)}</text>`,
    `<text class="axis" transform="translate(12 ${margin.top + side / 2}) rotate(-90)" text-anchor="middle">${escapeXml(chart.yLabel)}</text>`,
    '</svg>',
  ].join('');
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
