import { html, type SafeHtml } from '../html.ts';

/**
 * A small chart without script: one bar per value, with a text for those who do not see it.
 * @param values oldest first; `null` where nothing is known
 * @param options.inner a second value inside each bar, drawn darker (a median inside a percentile)
 * @param options.max what a full bar means; the largest value by default
 */
export function barChart(
  values: readonly (number | null)[],
  label: string,
  options: { readonly inner?: readonly (number | null)[]; readonly max?: number } = {},
): SafeHtml {
  const max = options.max ?? Math.max(1, ...values.map(value => value ?? 0));
  const width = 100 / Math.max(1, values.length);
  const bar = (value: number | null, i: number, kind: string) => {
    const height = value === null || value === 0 ? 0.6 : Math.max(1.5, (value / max) * 29);
    return html`<rect${kind ? html` class="${kind}"` : null} x="${(i * width + width * 0.1).toFixed(2)}" y="${(30 - height).toFixed(2)}" width="${(width * 0.8).toFixed(2)}" height="${height.toFixed(2)}">${value === null ? null : html`<title>${value}</title>`}</rect>`;
  };
  const spoken = values.map(value => value ?? '–').join(', ');
  return html`<svg class="chart" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label="${`${label}: ${spoken}`}">${values.map(
    (value, i) => bar(value, i, options.inner ? 'outer' : ''),
  )}${options.inner?.map((value, i) => (value === null ? null : bar(value, i, '')))}</svg>`;
}
