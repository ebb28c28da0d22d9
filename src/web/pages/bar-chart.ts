import { html, type SafeHtml } from '../html.ts';

/** A small chart without script: one bar per value, with a text for those who do not see it. */
export function barChart(values: readonly number[], label: string): SafeHtml {
  const max = Math.max(1, ...values);
  const width = 100 / Math.max(1, values.length);
  return html`<svg class="chart" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label="${`${label}: ${values.join(', ')}`}">${values.map(
    (value, i) => {
      const height = value === 0 ? 0.6 : Math.max(1.5, (value / max) * 29);
      return html`<rect x="${(i * width + width * 0.1).toFixed(2)}" y="${(30 - height).toFixed(2)}" width="${(width * 0.8).toFixed(2)}" height="${height.toFixed(2)}"><title>${value}</title></rect>`;
    },
  )}</svg>`;
}
