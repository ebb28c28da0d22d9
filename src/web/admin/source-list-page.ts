import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { barChart } from '../pages/bar-chart.ts';
import { filterSources, type ListedSource, readSources, type SourceFilter } from '../source-listing.ts';
import { heading, pager, sendDesk, sendPart, timeAgo, timeAhead } from './desk-page.ts';
import { type Desk, wantsPart } from './desk-request.ts';
import type { DeskText, DeskTextKey } from './desk-text.ts';
import { languageName } from './language-name.ts';

const rowsShown = 50;
const sparkDays = 14;
const states = ['failing', 'gone', 'layout-changed', 'silent', 'new', 'ok', 'paused'] as const;
const sorts = ['health', 'title', 'items', 'last', 'next'] as const;
const optionsMax = 300;

/** `/admin/sources`: what is ill stands first, and says why. */
export async function showSources(desk: Desk): Promise<void> {
  const { context, query, t } = desk;
  const filter = readFilter(query);
  const all = await readSources(context);
  const rows = filterSources(all, filter);
  const start = Math.max(0, Math.min(Number.parseInt(query.get('from') ?? '0', 10) || 0, Math.max(0, rows.length - 1)));
  const page = rows.slice(start, start + rowsShown);
  const written = await desk.edits.writtenAddresses();
  const perDay = await context.store.sources.itemsPerDay(sparkDays, desk.now);
  const list = html`<div id="list">${page.length === 0 ? html`<p class="empty">${t('nothingFound')}</p>` : html`<ul class="rows">${page.map(row => sourceRow(row, { perDay: perDay.get(row.source.id) ?? [], address: written.get(row.source.id) ?? row.source.url }, desk))}</ul>`}${pager(query, { start, size: rowsShown, total: rows.length }, t)}</div>`;
  if (wantsPart(desk.request)) return sendPart(desk, list);
  const body = html`${heading(
    t('sources'),
    null,
    html`<a class="button" href="/admin/import">${t('importTitle')}</a><a class="button" href="/admin/packs">${t('packs')}</a><a class="button primary" href="/admin/sources/add">${t('addSource')}</a>`,
  )}
${filterForm(desk, filter, all)}
${list}`;
  sendDesk(desk, { title: t('sources'), area: 'sources', body });
}

export function healthBadge(health: ListedSource['health'], t: DeskText): SafeHtml {
  return html`<span class="state state-${health}">${t(`health_${health}` as DeskTextKey)}</span>`;
}

function sourceRow(
  { source, state, health, title, language }: ListedSource,
  shown: { readonly perDay: readonly number[]; readonly address: string },
  desk: Desk,
): SafeHtml {
  const { t } = desk;
  const { perDay, address } = shown;
  const problem = state?.problem && health !== 'ok' && health !== 'paused' ? desk.say(state.problem) : null;
  return html`<li class="row"><div class="row-main"><h2><a href="/admin/sources/${source.id}" lang="${language ?? ''}" dir="auto">${title}</a></h2><p class="meta">${healthBadge(health, t)}${language ? html`<span class="badge">${language}</span>` : null}<span class="address">${shortAddress(address)}</span>${source.tags.slice(0, 6).map(tag => html`<a class="tag" href="/admin/sources?tag=${encodeURIComponent(tag)}">${tag}</a>`)}</p>${problem ? html`<p class="small problem">${problem}</p>` : null}</div>
<div class="row-side">${perDay.some(n => n > 0) ? barChart(perDay, t('perDay')) : null}<p class="small soft">${t('lastFetch')}: ${timeAgo(state?.lastFetchAt, desk)}${health === 'paused' || health === 'gone' ? null : html` · ${t('nextFetch')}: ${timeAhead(state?.nextAt, desk.now, t)}`}</p></div></li>`;
}

function filterForm(desk: Desk, filter: SourceFilter, all: readonly ListedSource[]): SafeHtml {
  const { t } = desk;
  const tags = countsOf(all.flatMap(({ source }) => source.tags));
  const languages = countsOf(all.flatMap(({ language }) => (language ? [language.split('-')[0] ?? language] : [])));
  const health = countsOf(all.map(row => row.health));
  const select = (
    name: string,
    label: string,
    value: string | undefined,
    options: readonly (readonly [string, string])[],
  ): HtmlValue =>
    html`<label class="pick"><span class="small soft">${label}</span><select name="${name}"><option value="">${t('all')}</option>${options.map(([key, text]) => html`<option value="${key}"${key === value ? html` selected` : null}>${text}</option>`)}</select></label>`;
  return html`<form method="get" action="/admin/sources" class="filters" role="search" hx-get="/admin/sources" hx-trigger="input delay:250ms, submit" hx-target="#list" hx-swap="outerHTML" hx-push-url="true">
<label class="pick grow"><span class="small soft">${t('search')}</span><input type="search" name="q" value="${filter.q ?? ''}" placeholder="${t('searchSources')}"></label>
${select(
  'state',
  t('health'),
  filter.state,
  states
    .filter(state => health.has(state))
    .map(state => [state, `${t(`health_${state}` as DeskTextKey)} (${health.get(state)})`]),
)}
${select(
  'tag',
  t('tag'),
  filter.tag,
  [...tags].slice(0, optionsMax).map(([tag, n]) => [tag, `${tag} (${n})`]),
)}
${select(
  'language',
  t('language'),
  filter.language,
  [...languages].slice(0, optionsMax).map(([tag, n]) => [tag, `${languageName(tag, desk)} (${n})`]),
)}
<label class="pick"><span class="small soft">${t('sort')}</span><select name="sort">${sorts.map(sort => html`<option value="${sort}"${sort === filter.sort ? html` selected` : null}>${t(`sort_${sort}` as DeskTextKey)}</option>`)}</select></label>
<button>${t('filter')}</button></form>`;
}

function readFilter(query: URLSearchParams): SourceFilter {
  const value = (name: string) => query.get(name)?.slice(0, 200) || undefined;
  const sort = sorts.find(known => known === query.get('sort')) ?? 'health';
  return { q: value('q'), state: value('state'), tag: value('tag'), language: value('language'), sort };
}

/** How often each occurs, the most frequent first. */
function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

/** Host and path: enough to know it, without what may be secret. */
export function shortAddress(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return '';
  const text = `${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}
