import type { StoreStats } from '../../pipeline/ports.ts';
import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { barChart } from '../pages/bar-chart.ts';
import type { Desk } from './desk-request.ts';
import { type DeskTextKey, isDeskTextKey } from './desk-text.ts';
import { languageName } from './language-name.ts';

const barsShown = 10;

/** How the last two days went. */
export function statusCharts(stats: StoreStats, desk: Desk): SafeHtml {
  const { t } = desk;
  const sum = (values: readonly number[]) =>
    number(
      values.reduce((all, n) => all + n, 0),
      desk,
    );
  return html`${perHour(t('itemsPerHour'), { now: sum(stats.itemsPerHour), chart: label => barChart(stats.itemsPerHour, label) }, desk)}
${perHour(t('storiesPerHour'), { now: sum(stats.storiesPerHour), chart: label => barChart(stats.storiesPerHour, label) }, desk)}
${latency(stats, desk)}
${cacheReads(stats, desk)}
${perHour(t('queueTitle'), { now: t('queueNow', { n: number(stats.undeduped, desk) }), chart: label => barChart([...stats.queuePerHour.slice(0, -1), stats.undeduped], label) }, desk)}
${bars(
  t('fetchesTitle'),
  stats.outcomes.map(({ outcome, count }) => [outcomeWord(outcome, desk), count]),
  desk,
)}
${bars(
  t('mergesTitle'),
  stats.mergesByKind.map(({ kind, count }) => [mergeWord(kind, desk), count]),
  desk,
)}
${bars(
  t('languagesTitle'),
  stats.languages.map(({ language, items }) => [languageName(language, desk), items]),
  desk,
)}`;
}

/** A chart of the last 48 hours: what it shows, the figure of now, the bars, and where time stands below them. */
function perHour(
  title: string,
  {
    now,
    chart,
    empty = false,
  }: { readonly now: HtmlValue; readonly chart: (label: string) => SafeHtml; readonly empty?: boolean },
  { t }: Desk,
): SafeHtml {
  return html`<section class="card chart-card"><h2>${title}</h2>${empty ? html`<p class="soft">${t('nothingYet')}</p>` : html`<p class="figure">${now}</p>${chart(title)}<p class="axis small soft"><span>${t('hoursAgo48')}</span><span>${t('now')}</span></p>`}</section>`;
}

function latency({ fetchMs }: StoreStats, desk: Desk): SafeHtml {
  const { t } = desk;
  const last = fetchMs.median.findLastIndex(value => value !== null);
  const [median, p95] = [fetchMs.median[last] ?? null, fetchMs.p95[last] ?? null];
  return perHour(
    t('latencyTitle'),
    {
      now: t('latencyNow', { median: seconds(median, desk), p95: seconds(p95, desk) }),
      chart: label => barChart(fetchMs.p95, label, { inner: fetchMs.median }),
      empty: median === null,
    },
    desk,
  );
}

function cacheReads({ cacheReads: reads }: StoreStats, desk: Desk): SafeHtml {
  const { t } = desk;
  const share = (hits: number, misses: number) =>
    hits + misses === 0 ? null : Math.round((hits / (hits + misses)) * 100);
  const [hits, misses] = [
    reads.reduce((sum, each) => sum + each.hits, 0),
    reads.reduce((sum, each) => sum + each.misses, 0),
  ];
  const all = share(hits, misses);
  return perHour(
    t('cacheTitle'),
    {
      now: t('cacheHits', { percent: all ?? 0, n: number(hits + misses, desk) }),
      chart: label =>
        barChart(
          reads.map(each => share(each.hits, each.misses)),
          label,
          { max: 100 },
        ),
      empty: all === null,
    },
    desk,
  );
}

function bars(title: string, rows: readonly (readonly [string, number])[], desk: Desk): SafeHtml {
  const shown = rows.slice(0, barsShown);
  const most = Math.max(1, ...shown.map(([, n]) => n));
  return html`<section class="card"><h2>${title}</h2>${shown.length === 0 ? html`<p class="soft">${desk.t('nothingYet')}</p>` : html`<table class="bars"><tbody>${shown.map(([label, n]) => html`<tr><th scope="row">${label}</th><td><meter min="0" max="${most}" value="${n}" aria-hidden="true"></meter></td><td class="number">${number(n, desk)}</td></tr>`)}</tbody></table>`}</section>`;
}

function mergeWord(kind: string, { t }: Desk): string {
  const key = `merge_${kind}`;
  return isDeskTextKey(key) ? t(key) : kind;
}

function outcomeWord(outcome: string, { t }: Desk): string {
  return /^(modified|same-body|not-modified|gone|failed|unreadable)$/.test(outcome)
    ? t(`outcome_${outcome}` as DeskTextKey)
    : outcome;
}

function seconds(ms: number | null, desk: Desk): string {
  if (ms === null) return '–';
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toLocaleString(desk.shell.language, { maximumFractionDigits: 1 })} s`;
}

export function number(n: number, { shell }: Pick<Desk, 'shell'>): string {
  return n.toLocaleString(shell.language);
}
