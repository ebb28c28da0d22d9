import { AppError } from '../../errors.ts';
import { memoryOf } from '../../pipeline/after-fetch.ts';
import type { SourceState } from '../../pipeline/ports.ts';
import { checkSource } from '../api/source-routes.ts';
import { html, type SafeHtml } from '../html.ts';
import { seeOther, tokenField } from './desk-page.ts';
import { type Desk, howOf } from './desk-request.ts';

const feedsShown = 10;

/** The address has become a page: the feeds of its site, each to be taken in its place with one click. */
export function feedOffer(
  desk: Desk,
  written: { readonly id: string; readonly tag: string },
  state: SourceState,
): SafeHtml | null {
  const { t } = desk;
  const feeds = memoryOf(state).feedsOnPage.slice(0, feedsShown);
  if (feeds.length === 0) return null;
  return html`<section class="card"><h2>${t('foundOnPage')}</h2><ul class="plain">${feeds.map(({ url, title }) => html`<li class="choice"><div><strong>${title ?? url}</strong><br><span class="address">${url}</span></div><form method="post" action="/admin/sources/${written.id}/address">${tokenField(desk)}<input type="hidden" name="tag" value="${written.tag}"><input type="hidden" name="url" value="${url}"><button class="primary" aria-label="${`${t('takeFeed')}: ${title ?? url}`}">${t('takeFeed')}</button></form></li>`)}</ul></section>`;
}

/** Gives the source the address of an offered feed, and fetches it at once. Its items stay. */
export async function adoptFeed(desk: Desk, id: string): Promise<void> {
  const { context, edits, form } = desk;
  const url = form.get('url');
  const state = await context.store.sources.get(id);
  if (!state || !memoryOf(state).feedsOnPage.some(feed => feed.url === url))
    throw new AppError('not-found', desk.t('nothingFound'));
  await edits.patch('sources', id, { url }, { ...howOf(desk), check: checkSource });
  await context.operations.collectNow(id);
  seeOther(desk, `/admin/sources/${id}`, 'doneSaved');
}
