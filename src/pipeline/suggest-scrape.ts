import { findLists } from '../core/scrape/find-lists.ts';
import { readContext } from '../core/scrape/scrape-page.ts';
import { htmlToText } from '../core/text/html-to-text.ts';
import { AppError } from '../errors.ts';
import type { FetchOutcome, Millis, SourceHttp } from '../model.ts';
import { decodePage } from './decode-page.ts';
import type { ScrapeGuess } from './operations.ts';

export type SuggestContext = {
  readonly fetchPage: (
    url: string,
    options: { signal: AbortSignal; http: SourceHttp; timeoutMs?: number },
  ) => Promise<FetchOutcome>;
  readonly mayScrape: (
    url: string,
    options: { signal: AbortSignal },
  ) => Promise<{ readonly allowed: boolean; readonly reason: string }>;
  readonly now: Millis;
};

export type SuggestOptions = {
  readonly signal: AbortSignal;
  /** How the source asks for its page: without its credentials it would get another one. */
  readonly http?: SourceHttp;
  readonly timeoutMs?: number;
};

const itemsShown = 12;
/** The guess runs in the request's own thread: a page of reasonable size only. */
const pageBytesMax = 3 * 1024 * 1024;

/**
 * Every list of a page that could be meant, best first, each with the selectors that pin it.
 * @throws AppError fetch-failed, no-items-found
 */
export async function suggestScrape(
  url: string,
  context: SuggestContext,
  { signal, http = {}, timeoutMs }: SuggestOptions,
): Promise<readonly ScrapeGuess[]> {
  const { allowed, reason } = await context.mayScrape(url, { signal });
  if (!allowed) throw new AppError('fetch-failed', reason);
  const outcome = await context.fetchPage(url, { signal, http, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  if (outcome.kind !== 'modified')
    throw new AppError(
      'fetch-failed',
      outcome.kind === 'failed' ? outcome.message : 'the server says that the page is gone',
    );
  if (outcome.body.byteLength > pageBytesMax)
    throw new AppError('document-too-large', 'The page is too large to be guessed at.');
  const html = decodePage(outcome.body, outcome.contentType);
  const lists = findLists(readContext({ html, url: outcome.finalUrl, now: context.now }));
  if (lists.length === 0)
    throw new AppError(
      'no-items-found',
      'No list of posts was found on this page. Give selectors, or the address of a feed.',
    );
  return lists.map(({ name, score, reasons, rules, items }) => ({
    name,
    score,
    reasons,
    rules: rules as ScrapeGuess['rules'],
    total: items.length,
    items: items.slice(0, itemsShown).map(item => ({
      title: item.title,
      url: item.url,
      summary: item.summaryHtml === null ? null : htmlToText(item.summaryHtml).slice(0, 300),
      publishedAt: item.publishedAt,
    })),
  }));
}
