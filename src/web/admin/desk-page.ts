import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { renderPage } from '../layout.ts';
import { ago } from '../pages/page-request.ts';
import type { Desk } from './desk-request.ts';
import { type DeskText, type DeskTextKey, isDeskTextKey } from './desk-text.ts';

export type DeskArea = 'overview' | 'sources' | 'topics' | 'stories' | 'config' | 'audit' | 'access';

const areas: readonly (readonly [DeskArea, string, DeskTextKey])[] = [
  ['overview', '/admin/', 'overview'],
  ['sources', '/admin/sources', 'sources'],
  ['topics', '/admin/topics', 'topicsNav'],
  ['stories', '/admin/stories', 'storiesNav'],
  ['config', '/admin/config', 'configNav'],
  ['audit', '/admin/audit', 'auditNav'],
  ['access', '/admin/access', 'accessNav'],
];

export type DeskParts = {
  readonly title: string;
  readonly area: DeskArea;
  readonly body: HtmlValue;
  readonly status?: number;
};

/** Sends a page of the desk in its frame. */
export function sendDesk(desk: Desk, { title, area, body, status = 200 }: DeskParts): void {
  const { t, query, visitor } = desk;
  const done = query.get('done');
  const frame = html`<nav class="desk-nav" aria-label="${t('deskNav')}"><ul>${areas.map(
    ([name, href, key]) =>
      html`<li><a href="${href}"${name === area ? html` aria-current="page"` : null}>${t(key)}</a></li>`,
  )}</ul>${visitor.kind === 'session' ? html`<form method="post" action="/admin/logout">${tokenField(desk)}<button class="quiet">${t('signOut')}</button></form>` : null}</nav>
${visitor.kind === 'local' && area === 'overview' ? html`<p class="notice warn">${t('noPasswordHere')} <a href="/admin/access">${t('setPassword')}</a></p>` : null}
${isDeskTextKey(done) && done.startsWith('done') ? html`<p class="notice good" role="status">${t(done)}</p>` : null}
${body}`;
  send(
    desk,
    renderPage(desk.shell, {
      title: `${title} · newsfold`,
      body: html`<div class="desk">${frame}</div>`,
      current: 'admin',
      desk: true,
    }),
    status,
  );
}

export function send({ response }: Pick<Desk, 'response'>, page: string, status = 200): void {
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).type('text/html; charset=utf-8').send(page);
}

/** A part of a page, for htmx. */
export function sendPart(desk: Desk, part: SafeHtml): void {
  desk.response.setHeader('Vary', 'HX-Request');
  send(desk, part.text);
}

/** After a change the browser loads a page anew, so that a reload repeats nothing. */
export function seeOther({ response }: Pick<Desk, 'response'>, path: string, done?: DeskTextKey): void {
  response.setHeader('Cache-Control', 'no-store');
  response.redirect(303, done ? `${path}${path.includes('?') ? '&' : '?'}done=${done}` : path);
}

export function tokenField({ formToken }: Pick<Desk, 'formToken'>): SafeHtml {
  return html`<input type="hidden" name="csrf" value="${formToken}">`;
}

/** A button that changes something is a form of its own. */
export function actionButton(
  desk: Desk,
  action: string,
  label: string,
  options: {
    readonly kind?: string;
    readonly fields?: Readonly<Record<string, string>>;
    readonly describe?: string;
  } = {},
): SafeHtml {
  return html`<form method="post" action="${action}" class="inline">${tokenField(desk)}${Object.entries(options.fields ?? {}).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="${options.kind ?? ''}"${options.describe ? html` aria-label="${options.describe}"` : null}>${label}</button></form>`;
}

export function heading(title: HtmlValue, hint?: HtmlValue, actions?: HtmlValue): SafeHtml {
  return html`<div class="desk-head"><div><h1>${title}</h1>${hint ? html`<p class="soft">${hint}</p>` : null}</div>${actions ? html`<div class="buttons">${actions}</div>` : null}</div>`;
}

export function problemNote(message: string | null, title?: string): SafeHtml | null {
  if (message === null) return null;
  const lines = message.split('\n');
  return html`<div class="notice bad" role="alert">${title ? html`<strong>${title}</strong> ` : null}${lines.length === 1 ? message : html`<ul>${lines.map(line => html`<li>${line}</li>`)}</ul>`}</div>`;
}

export function timeAgo(
  at: number | null | undefined,
  { now, shell, t }: Pick<Desk, 'now' | 'shell' | 't'>,
): HtmlValue {
  if (at === null || at === undefined || at <= 0) return t('never');
  return html`<time datetime="${isoOf(at)}" title="${isoOf(at).slice(0, 16).replace('T', ' ')} UTC">${ago(at, now, shell.text)}</time>`;
}

export function timeAhead(at: number | null | undefined, now: number, t: DeskText): HtmlValue {
  if (at === null || at === undefined || at > 8.64e15) return '–';
  const minutes = Math.round((at - now) / 60_000);
  const words =
    minutes < 1
      ? t('now')
      : minutes < 90
        ? t('inMinutes', { n: minutes })
        : minutes < 2880
          ? t('inHours', { n: Math.round(minutes / 60) })
          : t('inDays', { n: Math.round(minutes / 1440) });
  return html`<time datetime="${isoOf(at)}" title="${isoOf(at).slice(0, 16).replace('T', ' ')} UTC">${words}</time>`;
}

function isoOf(at: number): string {
  return new Date(Math.min(Math.max(at, -8.64e15), 8.64e15)).toISOString();
}

export function sizeOf(bytes: number | null, { shell }: Pick<Desk, 'shell'>): string {
  if (bytes === null) return '–';
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = value < 10 ? 1 : 0;
  const words = value.toLocaleString(shell.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${words} ${units[power - 1]}`;
}

/** Links to the pages around, with everything else of the query kept. */
export function pager(
  query: URLSearchParams,
  place: { readonly start: number; readonly size: number; readonly total: number },
  t: DeskText,
): SafeHtml | null {
  const { start, size, total } = place;
  if (total <= size && start === 0) return null;
  const to = (from: number) => {
    const next = new URLSearchParams(query);
    next.delete('done');
    if (from > 0) next.set('from', String(from));
    else next.delete('from');
    return `?${next.toString()}`;
  };
  return html`<nav class="pager" aria-label="${t('pageOf', { from: start + 1, to: Math.min(start + size, total), total })}">${start > 0 ? html`<a class="button" rel="prev" href="${to(Math.max(0, start - size))}">${t('previous')}</a>` : null}<span class="soft small">${t('pageOf', { from: Math.min(start + 1, total), to: Math.min(start + size, total), total })}</span>${start + size < total ? html`<a class="button" rel="next" href="${to(start + size)}">${t('next')}</a>` : null}</nav>`;
}
