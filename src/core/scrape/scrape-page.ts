import type { FeedMeta, Millis, ParsedFeed, ScrapeRules, Warning } from '../../model.ts';
import { articleOfPage } from './article-of-page.ts';
import { detectLists } from './find-lists.ts';
import { findNextPage } from './find-next-page.ts';
import { needsJavascript } from './needs-javascript.ts';
import { readPageMeta } from './page-meta.ts';
import { type Page, parsePage } from './parse-page.ts';
import { publicAddress } from './public-address.ts';
import type { ReadItem } from './read-item.ts';
import { type ReadContext, readItems } from './read-items.ts';
import { readStructuredData } from './structured-data.ts';
import { isoTime, toParsedItem } from './to-parsed-item.ts';

export type ScrapeInput = {
  /** The page as text, already decoded. */
  readonly html: string;
  /** Where it came from, after redirects: relative links are resolved against it. */
  readonly url: string;
  readonly rules: ScrapeRules;
  /** The moment of the fetch: "2 hours ago" is relative to it. */
  readonly now: Millis;
  /** IANA name that dates without a zone are local to; UTC without it. */
  readonly timezone?: string;
};

/**
 * Reads the items of a page without a feed: by the rules where they say how, by looking where they do not (`{}`).
 * A page without a list gives no items and a warning, never an error.
 *
 * @throws AppError `config-invalid` naming the selector or pattern that cannot be used
 */
export function scrapePage(input: ScrapeInput): ParsedFeed {
  return scrapePageAndNext(input).feed;
}

/** `scrapePage`, and where the next page of the list is, if the rules ask for it; the page is parsed once. */
export function scrapePageAndNext(input: ScrapeInput): { readonly feed: ParsedFeed; readonly nextUrl: string | null } {
  const context = readContext(input);
  const warnings: Warning[] = [];
  const lists = rulesOf(context, input.rules, warnings);
  const items = lists.flatMap(rules => readItems(context, { ...inherited(input.rules), ...rules }));
  const article = input.rules.article === true ? articleOfPage(context) : null;
  const all = mergeLists(article === null ? items : [article, ...items]);
  if (context.page.cut)
    warnings.push({
      code: 'truncated-document',
      message: 'The page is larger than the limit; only its beginning was read.',
    });
  const nextUrl = findNextPage(context.page, input.rules);
  const feed = { format: 'html' as const, feed: metaOf(context.page), items: all.map(toParsedItem), warnings };
  return { feed, nextUrl };
}

/** Where the next page of the list is: by the rule, else by `rel=next` if more than one page is wanted; or `null`. */
export function nextUrl(input: {
  readonly html: string;
  readonly url: string;
  readonly rules: ScrapeRules;
}): string | null {
  return findNextPage(parsePage(input.html, input.url), input.rules);
}

/** What every reading of a page starts from. */
export function readContext(input: Omit<ScrapeInput, 'rules'>): ReadContext {
  const page = parsePage(input.html, input.url);
  const dates = {
    now: input.now,
    language: page.language,
    ...(input.timezone === undefined ? {} : { timezone: input.timezone }),
  };
  return { page, dates, structured: readStructuredData(page, input.now) };
}

/** The rules of each list of the page: as configured, or found. */
function rulesOf(context: ReadContext, rules: ScrapeRules, warnings: Warning[]): readonly ScrapeRules[] {
  if (rules.lists !== undefined && rules.lists.length > 0) {
    const own = rules.items === undefined ? [] : [{ items: rules.items }];
    return [
      ...own,
      ...rules.lists.flatMap(list => (list.items === undefined ? found(context, list, warnings) : [list])),
    ];
  }
  if (rules.items !== undefined) return [{ items: rules.items }];
  return found(context, {}, warnings);
}

function found(context: ReadContext, rules: ScrapeRules, warnings: Warning[]): ScrapeRules[] {
  if (context.page.isXml) return [{ ...sitemapRules, ...rules }];
  const [best] = detectLists(context, 1);
  if (needsJavascript(context.page) && (best === undefined || best.elements.length < 3 || best.score < 0.3)) {
    warnings.push({
      code: 'needs-javascript',
      message: 'The page has hardly any text and builds itself with scripts, which are not run here.',
    });
  }
  if (best === undefined) {
    warnings.push({
      code: 'no-items-found',
      message: 'No list of posts was found on the page; name it with scrape.items.',
    });
    return [];
  }
  return [{ ...rules, ...best.rules }];
}

/** Sitemaps for news: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
const sitemapRules: ScrapeRules = {
  items: 'url',
  link: 'loc',
  title: 'news\\:title',
  date: 'news\\:publication_date, lastmod',
  image: 'image\\:loc',
};

/** What is said for the page holds for each of its lists, unless the list says otherwise. */
function inherited(rules: ScrapeRules): ScrapeRules {
  const { items: _items, lists: _lists, article: _article, next: _next, pagesMax: _pagesMax, ...fields } = rules;
  return fields;
}

/** A post in two lists of the page, or the page's own article in one of them, is one item. */
function mergeLists(items: readonly ReadItem[]): ReadItem[] {
  const counts = new Map<string, number>();
  for (const { key } of items) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  const seen = new Set<string>();
  return items.filter(item => {
    if (item.key === null) return true;
    // An address that many items share tells none of them apart.
    const unique = (counts.get(item.key) ?? 0) > 3 ? `${item.key} ${item.title}` : item.key;
    if (seen.has(unique)) return false;
    seen.add(unique);
    return true;
  });
}

function metaOf(page: Page): FeedMeta {
  const meta = readPageMeta(page);
  return {
    title: meta.title,
    link: publicAddress(page.url),
    description: meta.description,
    language: page.language ?? meta.language,
    updated: isoTime(null),
    authors: [],
    categories: [],
    hubs: [],
    ...(meta.siteImage === null ? {} : { image: meta.siteImage }),
  };
}
