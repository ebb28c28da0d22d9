import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { type Alert, daysLeftMin, readServiceReport, type ServiceReport } from '../service-report.ts';
import { addForm } from './add-source-page.ts';
import { heading, sendDesk, sendPart, sizeOf, timeAgo } from './desk-page.ts';
import { type Desk, wantsPart } from './desk-request.ts';
import { healthBadge } from './source-list-page.ts';
import { number, statusCharts } from './status-charts.ts';

const alertsShown = 8;
/** Further away it is no forecast. */
const daysLeftShownMax = 1000;
/** Fewer than this are folded before anybody reads the line. */
const queueShown = 50;

/** `/admin/`: what needs a person, then how everything goes. */
export async function showOverview(desk: Desk): Promise<void> {
  const { t } = desk;
  const report = await readServiceReport(desk.context);
  const { stats, status } = report;
  const figure = (label: string, value: HtmlValue) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  // Looks again when something happens (desk.js listens to the events), and now and then where no events come; without script a reload does.
  const live = html`<div id="live" data-live="/api/v1/events" hx-get="/admin/" hx-trigger="every 30s, happened" hx-swap="outerHTML">${alertList(report.alerts, desk)}
<p class="meta states">${Object.entries(report.health).map(([state, n]) => (n > 0 ? html`<a href="/admin/sources?state=${state}">${healthBadge(state as keyof ServiceReport['health'], t)} ${n}</a>` : null))}</p>
<dl class="figures">${figure(t('itemsKept'), number(stats.items, desk))}${figure(t('storiesKept'), number(stats.stories, desk))}${figure(t('foldedKept'), number(stats.foldedItems, desk))}${figure(t('queueKept'), number(stats.undeduped, desk))}${status.collecting ? figure(t('collectingNow'), status.collecting.running) : null}</dl>
${currentWork(report, desk)}<div class="charts">${statusCharts(stats, desk)}
${engines(report, desk)}</div></div>`;
  if (wantsPart(desk.request)) return sendPart(desk, live);
  const body = html`${heading(t('overviewTitle'))}<section><h2>${t('addSource')}</h2><p class="soft small">${t('addHint')}</p>${addForm(desk, '')}</section>
${live}`;
  sendDesk(desk, { title: t('overviewTitle'), area: 'overview', body });
}

function cut(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function alertList(alerts: readonly Alert[], { t, say }: Desk): SafeHtml {
  if (alerts.length === 0) return html`<p class="notice good">${t('allWell')}</p>`;
  const isSource = (alert: Alert) => /^(failing|gone|layout-changed|silent)$/.test(alert.kind);
  return html`<section class="card alerts"><h2>${t('needsYou')}</h2><ul class="plain">${alerts.slice(0, alertsShown).map(alert => html`<li>${isSource(alert) ? html`${healthBadge(alert.kind as never, t)} <a href="/admin/sources/${alert.subject}">${alert.subject}</a>` : html`<span class="state state-failing">${t(`alert_${alert.kind as 'config' | 'store' | 'cache' | 'disk' | 'encoder'}`)}</span>`} <span class="small words">${cut(say(alert.message))}</span></li>`)}</ul>${alerts.length > alertsShown ? html`<p><a href="/admin/sources">${t('andMore', { n: alerts.length - alertsShown })}</a></p>` : null}</section>`;
}

/** What is under way now, with how far it is. */
function currentWork({ status, work, rematch, stats }: ServiceReport, desk: Desk): SafeHtml | null {
  const { t } = desk;
  const row = (label: string, detail: HtmlValue, progress: { done: number; total: number } | null = null) =>
    html`<li><span>${label}</span> ${progress && progress.total > 0 ? html`<progress max="${progress.total}" value="${progress.done}" aria-label="${label}"></progress>` : html`<progress aria-label="${label}"></progress>`} <span class="small soft">${detail}</span></li>`;
  const rows = [
    ...work.map(({ kind, done, total }) =>
      row(t(`work_${kind}`), t('workDone', { done: number(done, desk), total: number(total, desk) }), { done, total }),
    ),
    ...(rematch && rematch.finishedAt === null
      ? [row(t('rematchTitle'), t('rematchRunning', { n: number(rematch.done, desk) }))]
      : []),
    ...(stats.undeduped > queueShown
      ? [row(t('queueTitle'), t('queueNow', { n: number(stats.undeduped, desk) }))]
      : []),
    ...(status.collecting && status.collecting.running > 0
      ? [row(t('collectingNow'), number(status.collecting.running, desk))]
      : []),
  ];
  return rows.length === 0
    ? null
    : html`<section class="card work"><h2>${t('workTitle')}</h2><ul class="plain">${rows}</ul></section>`;
}

function engines({ status, stats, disk, rematch }: ServiceReport, desk: Desk): SafeHtml {
  const { t } = desk;
  const { cache, store, encoder } = status;
  const row = (label: string, ok: boolean, value: HtmlValue) =>
    html`<tr><th scope="row">${label}</th><td><span class="state ${ok ? 'state-ok' : 'state-failing'}" aria-hidden="true">${ok ? '✓' : '✗'}</span> ${value}</td></tr>`;
  return html`<section class="card wide"><h2>${t('engine')}</h2><table class="plain-table"><tbody>
${row(t('storeLabel'), store.ok, html`${store.engine}${store.detail ? ` · ${desk.say(store.detail)}` : ''}${stats.bytes === null ? null : ` · ${t('storeSize', { size: sizeOf(stats.bytes, desk), free: sizeOf(stats.freeBytes, desk) })}`}`)}
${row(t('diskLabel'), disk.daysLeft === null || disk.daysLeft >= daysLeftMin, diskWords(disk, desk))}
${row(t('cacheLabel'), cache.ok, `${cache.engine} · ${desk.say(cache.detail)}`)}
${row(t('encoderLabel'), true, `${encoder.name} · ${desk.say(encoder.detail)}`)}
${row(t('rolesLabel'), true, status.roles.join(', '))}
${row(t('versionLabel'), true, html`${status.version} · ${t('runningSince')} ${timeAgo(status.startedAt, desk)}`)}
${rematch && rematch.finishedAt !== null ? row(t('rematchTitle'), true, html`${t('rematchDone', { n: number(rematch.done, desk) })} · ${timeAgo(rematch.finishedAt, desk)}`) : null}
</tbody></table></section>`;
}

/** How fast the store grows and when that fills the disk. */
function diskWords({ bytesPerDay, daysLeft, measured }: ServiceReport['disk'], desk: Desk): string {
  const { t } = desk;
  if (bytesPerDay === null) return t('diskUnknown');
  const growth = bytesPerDay === 0 ? t('diskSteady') : t('diskGrowth', { size: sizeOf(bytesPerDay, desk) });
  const end =
    daysLeft === null || daysLeft > daysLeftShownMax
      ? ''
      : ` · ${t('diskDays', { n: number(Math.floor(daysLeft), desk) })}`;
  return `${growth}${end}${measured ? '' : ` (${t('diskEstimate')})`}`;
}
