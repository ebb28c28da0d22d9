import { elementText } from './element-text.ts';
import { parsePage } from './parse-page.ts';

export type FoundFeed = { readonly url: string; readonly title: string | null; readonly type: string | null };

const feedType = /^(?:application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|application\/(?:json|xml)|text\/xml)\b/i;
const feedsMax = 30;

/**
 * The feeds a page points to: `link rel=alternate` and `rel=feed` first, then links whose address looks like a feed's.
 * https://www.rssboard.org/rss-autodiscovery
 */
export function findFeeds(html: string, url: string): FoundFeed[] {
  const page = parsePage(html, url);
  const found = new Map<string, FoundFeed>();
  const add = (href: string | undefined, title: string, type: string | null): void => {
    const address = URL.parse(
      (href ?? '')
        .trim()
        .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
        .replace(/^feed:\/\//i, 'http://'),
      page.baseUrl,
    );
    if (address === null || !/^https?:$/.test(address.protocol) || found.size >= feedsMax) return;
    address.hash = '';
    if (!found.has(address.href))
      found.set(address.href, { url: address.href, title: title === '' ? null : title, type });
  };
  for (const { name, attribs } of page.elements) {
    if (name !== 'link') continue;
    const rels = (attribs.rel ?? '').toLowerCase().split(/\s+/);
    const type = attribs.type?.trim().toLowerCase() ?? null;
    // `application/json` alternates are feeds only if they say so: WordPress links its API that way.
    const isFeed =
      type !== null &&
      feedType.test(type) &&
      (!/^application\/json/.test(type) || /feed/i.test(`${attribs.href}${attribs.title}`));
    if (rels.includes('feed') || (rels.includes('alternate') && isFeed)) add(attribs.href, attribs.title ?? '', type);
  }
  for (const number of page.anchors) {
    const anchor = page.elements[number];
    if (anchor !== undefined && looksLikeFeed(anchor.attribs.href ?? '', anchor.attribs.type)) {
      add(anchor.attribs.href, elementText(anchor), anchor.attribs.type ?? null);
    }
  }
  return [...found.values()];
}

function looksLikeFeed(href: string, type: string | undefined): boolean {
  if (type !== undefined && /(?:rss|atom|feed)\+/.test(type)) return true;
  if (/^feed:/i.test(href)) return true;
  if (/feedly\.com|add\.my\.yahoo|netvibes|newsblur|inoreader|feedburner\.com\/fb/i.test(href)) return false;
  const path = href.split(/[?#]/)[0] ?? '';
  return (
    /(?:^|\/)(?:feed|rss|atom|rdf)\/?$|(?:^|\/)(?:feed|rss|atom|index|rss2|feeds?[\w-]*)\.(?:xml|rss|atom|rdf)$|\.(?:rss|atom|rdf)$|(?:^|\/)feed\.json$/i.test(
      path,
    ) || /[?&](?:feed|format|type|alt)=(?:rss2?|atom|feed)\b/i.test(href)
  );
}
