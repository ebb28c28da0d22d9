import { commonFeedAddresses } from '../core/scrape/common-feed-addresses.ts';
import type { FetchOutcome, Millis, Source } from '../model.ts';
import { memoryOf } from './after-fetch.ts';
import type { Fetcher, FoundFeed, Reader, ReadOutcome, SourceState } from './ports.ts';

export type FeedSearchContext = {
  readonly fetcher: Fetcher;
  readonly reader: Reader;
  /** robots.txt: nobody published the addresses that are tried here. */
  readonly mayScrape: (
    url: string,
    options: { signal: AbortSignal; proxy?: string | undefined },
  ) => Promise<{ readonly allowed: boolean }>;
  readonly now: () => Millis;
};

export type FeedSearch = { readonly feeds: readonly FoundFeed[]; readonly asked: number };

/** So many addresses are tried at most, one after the other, within this time (robots.txt and its crawl delay included). */
const triesMax = 10;
const searchMsMax = 20_000;
const searchAgainMs = 30 * 24 * 3_600_000;

/**
 * A page that names no feed: asks the usual addresses of its origin for one, until the first document that can be read as a feed.
 * A host that has trouble or asks for silence is left alone at once. Rejects only when `signal` aborts.
 */
export async function searchFeeds(
  page: { readonly url: string; readonly source: Source },
  context: FeedSearchContext,
  options: { readonly signal: AbortSignal },
): Promise<FeedSearch> {
  const deadline = AbortSignal.timeout(searchMsMax);
  const signal = AbortSignal.any([options.signal, deadline]);
  let asked = 0;
  try {
    for (const url of commonFeedAddresses(page.url).slice(0, triesMax)) {
      if (signal.aborted) break;
      if (!(await context.mayScrape(url, { signal, proxy: page.source.http.proxy })).allowed) continue;
      asked++;
      const outcome = await context.fetcher.fetchSource(
        {
          url,
          validators: { etag: null, lastModified: null },
          http: page.source.http,
          secretsFor: page.source.url,
        },
        { signal },
      );
      if (hasTrouble(outcome)) break;
      const feed = await asFeed(url, outcome, { page, context, signal });
      if (feed) return { feeds: [feed], asked };
    }
  } catch (error) {
    // Out of time is no failure of the source: it is a page in which nothing was found.
    if (!deadline.aborted || options.signal.aborted) throw error;
  }
  options.signal.throwIfAborted();
  return { feeds: [], asked };
}

/**
 * A page where a source's feed was: the feeds that it names, or one at the usual addresses beside it. Those are tried when it is seen to
 * be a page for the second time (not for an hour of maintenance), and then once a month.
 */
export async function feedsBeside(
  at: {
    readonly source: Source;
    readonly state: SourceState;
    readonly page: Extract<ReadOutcome, { kind: 'unreadable' }>;
    readonly url: string;
  },
  context: FeedSearchContext,
  options: { readonly signal: AbortSignal; readonly pushed?: object },
): Promise<{ readonly feedsOnPage: readonly FoundFeed[]; readonly searchedAt: Millis | null }> {
  const { source, state, page } = at;
  const { schedule, searchedAt, feedsOnPage } = memoryOf(state);
  const isPage = page.code === 'not-a-feed' && source.scrape === undefined;
  if (!isPage || options.pushed || page.feedsOnPage.length > 0) return { feedsOnPage: page.feedsOnPage, searchedAt };
  const isSure = state.lastSuccessAt === null || schedule.failuresInRow > 0;
  const now = context.now();
  if (!isSure || (searchedAt !== null && now - searchedAt < searchAgainMs)) return { feedsOnPage, searchedAt };
  const { feeds } = await searchFeeds({ url: at.url, source }, context, options);
  return { feedsOnPage: feeds, searchedAt: now };
}

async function asFeed(
  url: string,
  outcome: FetchOutcome,
  { page, context, signal }: { page: { readonly source: Source }; context: FeedSearchContext; signal: AbortSignal },
): Promise<FoundFeed | null> {
  if (outcome.kind !== 'modified') return null;
  const { scrape: _page, ...source } = page.source;
  const { body, contentType, finalUrl } = outcome;
  const read = await context.reader.read(
    { source, body, contentType, url: finalUrl, known: [], now: context.now() },
    { signal },
  );
  if (read.kind !== 'read') return null;
  return { url, title: read.result.feed.title, type: contentType?.split(';')[0]?.trim().toLowerCase() ?? null };
}

/** What says something of the host and not of this address. */
function hasTrouble(outcome: FetchOutcome): boolean {
  if (outcome.kind !== 'failed') return false;
  const { class: kind, status } = outcome;
  if (kind === 'status') return status === null || status === 429 || status >= 500;
  return kind === 'dns' || kind === 'connect' || kind === 'tls' || kind === 'timeout' || kind === 'aborted';
}
