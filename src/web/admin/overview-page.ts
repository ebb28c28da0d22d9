import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { barChart } from '../pages/bar-chart.ts';
import { type Alert, readServiceReport, type ServiceReport } from '../service-report.ts';
import { addForm } from './add-source-page.ts';
import { heading, sendDesk, sendPart, sizeOf, timeAgo } from './desk-page.ts';
import { type Desk, wantsPart } from './desk-request.ts';
import { type DeskTextKey, isDeskTextKey } from './desk-text.ts';
import { problemWords } from './problem-words.ts';
import { healthBadge } from './source-list-page.ts';

const alertsShown = 8;
const barsShown = 10;

/** `/admin/`: what needs a person, then how everything goes. */
export async function showOverview(desk: Desk): Promise<void> {
  const { t } = desk;
  const report = await readServiceReport(desk.context);
  const { stats, status } = report;
  const figure = (label: string, value: HtmlValue) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  // Looks again by itself; without script a reload does.
  const live = html`<div id="live" hx-get="/admin/" hx-trigger="every 15s" hx-swap="outerHTML">${alertList(report.alerts, desk)}
<p class="meta states">${Object.entries(report.health).map(([state, n]) => (n > 0 ? html`<a href="/admin/sources?state=${state}">${healthBadge(state as keyof ServiceReport['health'], t)} ${n}</a>` : null))}</p>
<dl class="figures">${figure(t('itemsKept'), number(stats.items, desk))}${figure(t('storiesKept'), number(stats.stories, desk))}${figure(t('foldedKept'), number(stats.foldedItems, desk))}${figure(t('queueKept'), number(stats.undeduped, desk))}${status.collecting ? figure(t('collectingNow'), status.collecting.running) : null}</dl>
<div class="charts"><section class="card"><h2>${t('itemsPerHour')}</h2>${barChart(stats.itemsPerHour, t('itemsPerHour'))}</section><section class="card"><h2>${t('storiesPerHour')}</h2>${barChart(stats.storiesPerHour, t('storiesPerHour'))}</section>
${bars(
  t('languagesTitle'),
  stats.languages.map(({ language, items }) => [language || '?', items]),
  desk,
)}
${bars(
  t('mergesTitle'),
  stats.mergesByKind.map(({ kind, count }) => [mergeWord(kind, desk), count]),
  desk,
)}
${bars(
  t('fetchesTitle'),
  stats.outcomes.map(({ outcome, count }) => [outcomeWord(outcome, desk), count]),
  desk,
)}
${engines(report, desk)}</div></div>`;
  if (wantsPart(desk.request)) return sendPart(desk, live);
  const body = html`${heading(t('overviewTitle'))}<section><h2>${t('addSource')}</h2><p class="soft small">${t('addHint')}</p>${addForm(desk, '')}</section>
${live}`;
  sendDesk(desk, { title: t('overviewTitle'), area: 'overview', body });
}

function cut(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function alertList(alerts: readonly Alert[], { t, shell }: Desk): SafeHtml {
  if (alerts.length === 0) return html`<p class="notice good">${t('allWell')}</p>`;
  const isSource = (alert: Alert) => /^(failing|gone|layout-changed|silent)$/.test(alert.kind);
  return html`<section class="card alerts"><h2>${t('needsYou')}</h2><ul class="plain">${alerts.slice(0, alertsShown).map(alert => html`<li>${isSource(alert) ? html`${healthBadge(alert.kind as never, t)} <a href="/admin/sources/${alert.subject}">${alert.subject}</a>` : html`<span class="state state-failing">${alert.kind}</span>`} <span class="small words">${cut(problemWords(alert.message, shell.language))}</span></li>`)}</ul>${alerts.length > alertsShown ? html`<p><a href="/admin/sources">${t('andMore', { n: alerts.length - alertsShown })}</a></p>` : null}</section>`;
}

function bars(title: string, rows: readonly (readonly [string, number])[], desk: Desk): SafeHtml {
  const shown = rows.slice(0, barsShown);
  const most = Math.max(1, ...shown.map(([, n]) => n));
  return html`<section class="card"><h2>${title}</h2>${shown.length === 0 ? html`<p class="soft">${desk.t('nothingYet')}</p>` : html`<table class="bars"><tbody>${shown.map(([label, n]) => html`<tr><th scope="row">${label}</th><td><meter min="0" max="${most}" value="${n}" aria-hidden="true"></meter></td><td class="number">${number(n, desk)}</td></tr>`)}</tbody></table>`}</section>`;
}

function engines({ status, stats, rematch }: ServiceReport, desk: Desk): SafeHtml {
  const { t } = desk;
  const { cache, store, encoder } = status;
  const reads = cache.hits + cache.misses;
  const row = (label: string, ok: boolean, value: HtmlValue) =>
    html`<tr><th scope="row">${label}</th><td><span class="state ${ok ? 'state-ok' : 'state-failing'}" aria-hidden="true">${ok ? '✓' : '✗'}</span> ${value}</td></tr>`;
  return html`<section class="card"><h2>${t('engine')}</h2><table class="plain-table"><tbody>
${row(t('storeLabel'), store.ok, html`${store.engine}${store.detail ? ` · ${store.detail}` : ''}${stats.bytes === null ? null : ` · ${t('storeSize', { size: sizeOf(stats.bytes), free: sizeOf(stats.freeBytes) })}`}`)}
${row(t('cacheLabel'), cache.ok, html`${cache.engine} · ${cache.detail}${reads > 0 ? ` · ${t('cacheHits', { percent: Math.round((cache.hits / reads) * 100), n: reads })}` : ''}`)}
${row(t('encoderLabel'), true, `${encoder.name} · ${encoder.detail}`)}
${row(t('rolesLabel'), true, status.roles.join(', '))}
${row(t('versionLabel'), true, html`${status.version} · ${t('runningSince')} ${timeAgo(status.startedAt, desk)}`)}
${rematch ? row(t('rematchTitle'), true, rematch.finishedAt === null ? t('rematchRunning', { n: rematch.done }) : html`${t('rematchRunning', { n: rematch.done })} · ${timeAgo(rematch.finishedAt, desk)}`) : null}
</tbody></table></section>`;
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

function number(n: number, { shell }: Desk): string {
  return n.toLocaleString(shell.language);
}
