import { canonicalUrl } from '../core/normalize/canonical-url.ts';
import { type Decision, type Reconciled, reconcile } from '../core/normalize/identity.ts';
import type { LanguageDetector } from '../core/normalize/language.ts';
import { type ItemContext, normalizeItem } from '../core/normalize/normalize-item.ts';
import type { WordFilter } from '../core/normalize/word-filter.ts';
import { parseFeed } from '../core/parse/parse-feed.ts';
import { AppError } from '../errors.ts';
import type { Millis, ParsedFeed, ParsedItem, Warning } from '../model.ts';
import { decodePage } from './decode-page.ts';
import type { FoundFeed, ReadItem, ReadOutcome, ReadRequest, ReadResult } from './ports.ts';

/** What reading needs besides the document. */
export type ReadTools = { readonly detector: LanguageDetector };

const warningsMax = 100;

/**
 * One document, from bytes to what is new in it: parse (or scrape), see which items are known, and only then work on those that are
 * new or edited. Pure: the same request gives the same answer. A document that cannot be read is an outcome, not an error.
 *
 * Asynchronous only because what a plain feed does not need (a DOM, an article finder, regular expressions for words) is loaded when
 * it is: half of a reading process's start.
 */
export async function readDocument(request: ReadRequest, { detector }: ReadTools): Promise<ReadOutcome> {
  try {
    const { feed, nextUrl } = await parse(request);
    const refuses = await wordFilter(request.source);
    return { kind: 'read', result: { ...readItems(feed, request, { detector, refuses }), nextUrl } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message } = error;
    return { kind: 'unreadable', code, message, feedsOnPage: await feedsOnPage(request, error) };
  }
}

async function parse({ source, body, contentType, url, now }: ReadRequest): Promise<{
  readonly feed: ParsedFeed;
  readonly nextUrl: string | null;
}> {
  if (source.scrape === undefined) return { feed: parseFeed({ body, contentType, url, now }), nextUrl: null };
  const { scrapePageAndNext } = await import('../core/scrape/scrape-page.ts');
  const html = decodePage(body, contentType);
  const timezone = source.timezone === undefined ? {} : { timezone: source.timezone };
  return scrapePageAndNext({ html, url, rules: source.scrape, now, ...timezone });
}

/** A page where a feed was promised usually names its feed: what a person should have written. */
async function feedsOnPage(
  { source, body, contentType, url }: ReadRequest,
  error: AppError,
): Promise<readonly FoundFeed[]> {
  if (error.code !== 'not-a-feed' || source.scrape !== undefined) return [];
  const { findFeeds } = await import('../core/scrape/find-feeds.ts');
  return findFeeds(decodePage(body, contentType), url);
}

async function wordFilter({ keep, drop }: ReadRequest['source']): Promise<WordFilter> {
  if (keep.length + drop.length === 0) return () => null;
  const { compileWordFilter } = await import('../core/normalize/word-filter.ts');
  return compileWordFilter({ keep, drop });
}

function readItems(
  parsed: ParsedFeed,
  request: ReadRequest,
  { detector, refuses }: ReadTools & { readonly refuses: WordFilter },
): Omit<ReadResult, 'nextUrl'> {
  const { source, now, url } = request;
  const reconciled = reconcile(parsed.items, request.known, { id: source.id, siteUrl: parsed.feed.link });
  const { decisions, warnings } = reconciled;
  const context: ItemContext = {
    sourceId: source.id,
    feed: parsed.feed,
    documentUrl: url,
    languageHint: source.language ?? null,
    now,
    detector,
    frontPage: parsed.feed.link === null ? null : canonicalUrl(parsed.feed.link),
    sharedPages: sharedPages(reconciled),
  };
  const items: ReadItem[] = [];
  const failures: Warning[] = [];
  let refusedByWords = 0;
  for (const decision of decisions) {
    const item = parsed.items[decision.index];
    if (!item || (decision.kind !== 'new' && decision.kind !== 'changed')) continue;
    // A stored item stays when an edit takes its word away: nothing that was shown disappears.
    if (decision.kind === 'new' && refuses(item) !== null) refusedByWords++;
    else
      try {
        items.push(...readItem(item, decision, context));
      } catch (error) {
        // A mistake of ours that one item brings to light must not cost its siblings; it is tried again at the next fetch.
        failures.push({
          code: 'bad-item',
          message: `the item could not be read: ${String(error)}`,
          item: decision.index,
        });
      }
  }
  return {
    format: parsed.format,
    feed: parsed.feed,
    items,
    total: parsed.items.length,
    publishedAts: parsed.items.flatMap(item => timeOf(item, now)),
    refusedByWords,
    warnings: joinWarnings(parsed.warnings, [...failures, ...warnings]),
  };
}

/** A changed item whose visible content is the same (a new signature in a picture's address) is no edit. */
function readItem(
  parsed: ParsedItem,
  decision: Extract<Decision, { kind: 'new' | 'changed' }>,
  context: ItemContext,
): ReadItem[] {
  const { keys, rawHash } = decision;
  if (decision.kind === 'new') {
    const item = normalizeItem(parsed, { itemId: decision.itemId, known: null }, context);
    return [{ change: 'new', item, keys, rawHash }];
  }
  const { known } = decision;
  const item = normalizeItem(parsed, { itemId: known.itemId, known }, context);
  return item.contentHash === known.contentHash ? [] : [{ change: 'edited', item, keys, rawHash }];
}

/** Pages that different items of one document link to: they identify none of them. */
function sharedPages({ decisions, pages }: Reconciled): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { kind, index } of decisions) {
    const place = kind === 'duplicate' ? null : pages[index];
    if (!place) continue;
    const page = place.includes('#') ? canonicalUrl(place) : place;
    for (const address of place === page ? [page] : [page, place]) {
      if (address === null) continue;
      if (seen.has(address)) shared.add(address);
      seen.add(address);
    }
  }
  return shared;
}

function timeOf(item: ParsedItem, now: Millis): Millis[] {
  const time = Date.parse(item.publishedAt ?? item.updatedAt ?? '');
  return time > 0 && time <= now ? [time] : [];
}

function joinWarnings(ofParser: readonly Warning[], ofIdentity: readonly Warning[]): readonly Warning[] {
  // The parser counts equal ids, too; here it is known which of them are the same item.
  const parser = ofIdentity.some(({ code }) => code === 'duplicate-id')
    ? ofParser.filter(warning => warning.code !== 'duplicate-id')
    : ofParser;
  return [...parser, ...ofIdentity].slice(0, warningsMax);
}
