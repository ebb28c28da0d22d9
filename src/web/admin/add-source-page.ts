import { sourceSchema, toSource } from '../../config/sources.ts';
import { AppError } from '../../errors.ts';
import type { Source } from '../../model.ts';
import { sourceIdFor } from '../../pipeline/edit-sources.ts';
import type { ScrapeGuess, SourceTest } from '../../pipeline/operations.ts';
import { checkSource } from '../api/source-routes.ts';
import type { Entry } from '../desk-edits.ts';
import { type HtmlValue, html, type SafeHtml } from '../html.ts';
import { InvalidInput } from '../problem.ts';
import { findTwin } from '../source-listing.ts';
import { heading, problemNote, seeOther, sendDesk, tokenField } from './desk-page.ts';
import { type Desk, howOf } from './desk-request.ts';
import { mapOf, textOf } from './entry-values.ts';
import { lineField } from './form-fields.ts';
import { scrapeFields } from './scrape-form.ts';
import { guessCards } from './scrape-guesses.ts';
import { entryOfForm } from './source-form.ts';
import { testReport } from './source-page.ts';

/** `/admin/sources/add`: one address in; a feed, the feeds of a page, or the lists found on it come out, before anything is saved. */
export function showAdd(
  desk: Desk,
  parts: {
    readonly url?: string;
    readonly body?: HtmlValue;
    readonly message?: string | null;
    readonly status?: number;
  } = {},
): void {
  const { t } = desk;
  const body = html`${heading(t('addSource'), t('addHint'))}${addForm(desk, parts.url ?? '')}${problemNote(parts.message ?? null, t('errorTitle'))}${parts.body}`;
  sendDesk(desk, { title: t('addSource'), area: 'sources', body, status: parts.status ?? 200 });
}

export function addForm(desk: Desk, url: string): SafeHtml {
  const { t } = desk;
  return html`<form method="post" action="/admin/sources/look" class="one-line">${tokenField(desk)}<label class="unseen" for="add-url">${t('addressLabel')}</label><input id="add-url" class="code" name="url" inputmode="url" autocomplete="off" required placeholder="https://" value="${url}"><button class="primary">${t('look')}</button></form>`;
}

/** Looks at an address: nothing is stored. */
export async function look(desk: Desk): Promise<void> {
  const { form, context } = desk;
  const url = readAddress(form.get('url'));
  if (url === null)
    return showAdd(desk, {
      url: form.get('url'),
      message: messageOf(desk, sourceSchema.shape.url.safeParse(form.get('url')).error?.issues ?? []),
      status: 400,
    });
  const twin = findTwin(context.sources(), url);
  if (twin) return showAdd(desk, { url, body: twinNote(desk, twin) });
  if (form.has('page')) return guess(desk, url);
  const tested = await context.operations.testSource(toSource(sourceSchema.parse({ id: 'test', url })));
  if (tested.ok) return showAdd(desk, { url, body: await foundFeed(desk, url, tested) });
  const feeds = tested.feedsOnPage;
  if (feeds.length > 0) {
    const body = html`<section class="card"><h2>${desk.t('foundOnPage')}</h2><ul class="plain">${feeds.slice(0, 20).map(feed => html`<li class="choice"><div><strong>${feed.title ?? feed.url}</strong><br><span class="address">${feed.url}</span></div><form method="post" action="/admin/sources/look">${tokenField(desk)}<input type="hidden" name="url" value="${feed.url}"><button class="primary" aria-label="${`${desk.t('takeFeed')}: ${feed.title ?? feed.url}`}">${desk.t('takeFeed')}</button></form></li>`)}</ul>${asPageForm(desk, url)}</section>`;
    return showAdd(desk, { url, body });
  }
  // Only what answered and is no feed can be a page with items.
  if (tested.steps.some(step => step.name === 'read')) return guess(desk, url, tested);
  return showAdd(desk, { url, body: testReport(tested, desk) });
}

/** Tries selectors that a person wrote or corrected. */
export async function tryRules(desk: Desk): Promise<void> {
  const entry = entryOfForm(desk.form, {});
  const url = textOf(entry.url);
  try {
    checkSource({ ...entry, id: entry.id ?? 'test' });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return showAdd(desk, {
      url,
      message: messageOf(desk, error.mistakes),
      body: rulesForm(desk, url, mapOf(entry.scrape), null),
      status: 400,
    });
  }
  const tested = await desk.context.operations.testSource(toSource(sourceSchema.parse({ ...entry, id: 'test' })));
  showAdd(desk, { url, body: rulesForm(desk, url, mapOf(entry.scrape), tested) });
}

/** Saves what the preview showed. */
export async function addSource(desk: Desk): Promise<void> {
  const { context, edits, form } = desk;
  const draft = entryOfForm(form, {});
  const url = textOf(draft.url);
  try {
    const twin = findTwin(context.sources(), url);
    if (twin) return showAdd(desk, { url, body: twinNote(desk, twin), status: 409 });
    const id = textOf(draft.id) || (URL.canParse(url) ? sourceIdFor(url, [...context.sources().values()]) : '');
    const entry = { ...draft, id };
    checkSource(entry);
    await edits.create('sources', entry, howOf(desk));
    seeOther(desk, `/admin/sources/${id}`, 'doneAdded');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = error instanceof InvalidInput ? messageOf(desk, error.mistakes) : desk.say(error.message);
    showAdd(desk, {
      url,
      message,
      body: draft.scrape ? rulesForm(desk, url, mapOf(draft.scrape), null) : null,
      status: 400,
    });
  }
}

async function guess(desk: Desk, url: string, tested?: SourceTest): Promise<void> {
  try {
    const guesses = await desk.context.operations.suggestScrape(url);
    const body = html`<h2>${desk.t('guessTitle')}</h2><p class="soft">${desk.t('guessHint')}</p>${guessCards(desk, guesses, (each, i) => rulesDetails(desk, url, each, i))}`;
    showAdd(desk, { url, body });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const body = html`${tested ? testReport(tested, desk) : null}${rulesForm(desk, url, {}, null)}`;
    showAdd(desk, { url, message: desk.say(error.message), body });
  }
}

function rulesDetails(desk: Desk, url: string, found: ScrapeGuess, i: number): SafeHtml {
  return html`<details${i === 0 ? html` open` : null}><summary>${desk.t('useList')}</summary>${rulesForm(desk, url, found.rules, null, i)}</details>`;
}

/** Selectors to correct on the spot, with what they find. */
function rulesForm(desk: Desk, url: string, rules: Entry, tested: SourceTest | null, i = 0): SafeHtml {
  const { t } = desk;
  // Several forms stand on one page: labels need ids of their own.
  const fields = scrapeFields({ scrape: rules }, t).map(field => numbered(field, i));
  return html`${tested ? testReport(tested, desk) : null}<form method="post" action="/admin/sources/try" class="stack rules">${tokenField(desk)}<input type="hidden" name="url" value="${url}">${numbered(lineField({ name: 'title', label: t('field_title'), help: t('help_title'), value: textOf(desk.form.get('title')) }), i)}<div class="fields">${fields}</div><div class="buttons"><button class="primary" formaction="/admin/sources">${t('addNow')}</button><button formaction="/admin/sources/try">${t('previewAgain')}</button></div></form>`;
}

function numbered(field: SafeHtml, i: number): SafeHtml {
  return i === 0
    ? field
    : new (field.constructor as new (text: string) => SafeHtml)(
        field.text.replace(/(id|for|aria-describedby)="([fh]-[\w-]+)"/g, `$1="$2-${i}"`),
      );
}

async function foundFeed(desk: Desk, url: string, tested: SourceTest): Promise<SafeHtml> {
  const { t, context } = desk;
  const id = sourceIdFor(url, [...context.sources().values()]);
  return html`<section class="card"><h2>${t('found')}</h2><p class="meta"><span class="badge">${tested.format}</span>${tested.language ? html`<span class="badge">${tested.language}</span>` : null}<span>${t('itemsFound', { n: tested.total })}</span></p>
<form method="post" action="/admin/sources" class="stack">${tokenField(desk)}<input type="hidden" name="url" value="${url}"><div class="fields">${lineField({ name: 'id', label: t('field_id'), help: t('help_id'), value: id, code: true })}${lineField({ name: 'title', label: t('field_title'), help: tested.title ?? t('help_title'), value: '' })}${lineField({ name: 'tags', label: t('field_tags'), help: t('help_tags'), value: '' })}</div><button class="primary">${t('addNow')}</button></form>${asPageForm(desk, url)}</section>${testReport(tested, desk)}`;
}

function asPageForm(desk: Desk, url: string): SafeHtml {
  return html`<form method="post" action="/admin/sources/look">${tokenField(desk)}<input type="hidden" name="url" value="${url}"><input type="hidden" name="page" value="1"><button class="quiet">${desk.t('asPage')}</button></form>`;
}

function twinNote({ t }: Desk, twin: Source): SafeHtml {
  return html`<p class="notice" role="status">${t('knownAlready')} <a href="/admin/sources/${twin.id}">${twin.title ?? twin.id}</a></p>`;
}

/** `example.org` is what people type. */
function readAddress(text: string): string | null {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(text)
    ? text.replace(/^feed:(\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:')
    : `https://${text}`;
  return sourceSchema.shape.url.safeParse(url).success ? url : null;
}

function messageOf({ say }: Desk, issues: readonly { readonly message: string; readonly at?: string }[]): string {
  return issues.map(issue => (issue.at ? `${issue.at}: ${say(issue.message)}` : say(issue.message))).join('\n');
}
