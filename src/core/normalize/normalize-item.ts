import type { FeedMeta, Item, ItemExtra, ItemId, Millis, ParsedItem, SourceId } from '../../model.ts';
import { cleanText, truncateBytes } from '../text/clean-text.ts';
import { hash128 } from '../text/hash.ts';
import { htmlToText } from '../text/html-to-text.ts';
import { canonicalUrl } from './canonical-url.ts';
import { itemDates } from './item-dates.ts';
import { itemTitle } from './item-title.ts';
import { chooseLanguage, type LanguageDetector } from './language.ts';
import { normalizeLanguageTag } from './language-tag.ts';
import { outboundLinks } from './outbound-links.ts';
import { withoutRepeatedTitle } from './repeated-title.ts';
import { imageAddress, linkAddress, mediaAddress } from './safe-address.ts';
import { sanitizeHtml } from './sanitize-html.ts';

/** Where an item comes from, the same for all items of a document. */
export type ItemContext = {
  readonly sourceId: SourceId;
  readonly feed: Pick<FeedMeta, 'title' | 'link' | 'language'>;
  readonly documentUrl: string;
  /** The configured hint; a person's word is better than a publishing system's default. */
  readonly languageHint: string | null;
  readonly now: Millis;
  readonly detector: LanguageDetector;
  /** The feed's own link, canonical: no item's page. */
  readonly frontPage: string | null;
  /** Canonical URLs that several items of the document share: they identify none of them. */
  readonly sharedPages: ReadonlySet<string>;
};

export type ItemIdentity = {
  readonly itemId: ItemId;
  /** When it is an edit: what stays. */
  readonly known: { readonly firstSeenAt: Millis; readonly orderAt: Millis } | null;
};

export const textBytesMax = 32 * 1024;
const guidBytesMax = 2048;
const categoryBytesMax = 256;
const categoriesMax = 100;
const enclosuresMax = 50;
const authorsMax = 50;

/** One parsed item in our terms: safe, bounded, absolute, dated, in a language. Never throws, never asks for more than the item has. */
export function normalizeItem(parsed: ParsedItem, identity: ItemIdentity, context: ItemContext): Item {
  const url = pageAddress(parsed.url);
  const baseUrl = url ?? context.documentUrl;
  const contentHtml = safeHtml(parsed.contentHtml, baseUrl);
  const summaryHtml = withoutRepeatedTitle(safeHtml(parsed.summaryHtml, baseUrl), parsed.title);
  const text = itemText(summaryHtml, contentHtml);
  const title = itemTitle(parsed, { text, feedTitle: context.feed.title, documentUrl: context.documentUrl });
  const item = {
    id: identity.itemId,
    sourceId: context.sourceId,
    guid: parsed.id === null ? null : truncateBytes(cleanText(parsed.id), guidBytesMax) || null,
    url,
    canonicalUrl: ownPage(parsed, context),
    title,
    summaryHtml,
    contentHtml,
    text,
    language: chooseLanguage(`${title}. ${text.slice(0, 600)}`, claimsOf(parsed, context), context.detector),
    ...itemDates(parsed, context.now, identity.known),
    authors: authorsOf(parsed),
    categories: categoriesOf(parsed),
    enclosures: enclosuresOf(parsed, baseUrl),
    image: imageAddress(parsed.image, baseUrl) ?? firstImage(contentHtml) ?? firstImage(summaryHtml),
    extra: extraOf(parsed, {
      baseUrl,
      links: outboundLinks(`${summaryHtml ?? ''}${contentHtml ?? ''}`, [url, context.feed.link, context.documentUrl]),
    }),
  };
  return { ...item, contentHash: contentHash(item) };
}

/** Hash of what a reader sees. Dates alone are no edit, nor are signatures in the addresses of pictures and files. */
export function contentHash(item: Omit<Item, 'contentHash'>): string {
  const unsigned = (address: string | null) => address?.replace(/[?#].*$/, '') ?? null;
  const html = (value: string | null) => value?.replace(/ (src|srcset|poster)="([^"?]*)\?[^"]*"/g, ' $1="$2"') ?? null;
  return hash128(
    JSON.stringify([
      item.title,
      html(item.summaryHtml),
      html(item.contentHtml),
      item.canonicalUrl ?? item.url,
      item.authors.map(author => author.name),
      item.categories,
      item.enclosures.map(enclosure => [unsigned(enclosure.url), enclosure.type]),
      unsigned(item.image),
    ]),
  );
}

function safeHtml(html: string | null, baseUrl: string): string | null {
  const safe = html === null ? '' : sanitizeHtml(html, { baseUrl }).trim();
  return safe === '' ? null : safe;
}

/** Only pages: a link with another scheme is nothing that a reader could open. */
function pageAddress(address: string | null | undefined): string | null {
  if (address == null || address.length > 4096) return null;
  const link = linkAddress(address, null);
  return link !== null && /^https?:/i.test(link) ? link : null;
}

/** Summary and content as text; the summary only when the content does not say it anyway. */
function itemText(summaryHtml: string | null, contentHtml: string | null): string {
  const content = contentHtml === null ? '' : htmlToText(contentHtml);
  const summary = summaryHtml === null ? '' : htmlToText(summaryHtml);
  const start = summary.replace(/[\s.…[\]]+$/, '').slice(0, 80);
  const text = start === '' || content.includes(start) ? content : content === '' ? summary : `${summary} ${content}`;
  return truncateBytes(text, textBytesMax);
}

/** The page that is this item's alone; places on a shared page keep their fragment. */
function ownPage(parsed: ParsedItem, context: ItemContext): string | null {
  for (const address of [parsed.canonicalUrl, parsed.url]) {
    const page = address == null ? null : canonicalUrl(address);
    if (page === null || page === context.frontPage || /^https?:\/\/[^/]+\/$/.test(page)) continue;
    if (!context.sharedPages.has(page)) return page;
    const place = canonicalUrl(address ?? '', { keepFragment: true });
    if (place !== null && place !== page && !context.sharedPages.has(place)) return place;
  }
  return null;
}

/** Most trusted first: the item's own word, a person's hint, the feed's word, which many a publishing system makes up. */
function claimsOf(parsed: ParsedItem, context: ItemContext): (string | null)[] {
  const own = parsed.language !== context.feed.language ? parsed.language : null;
  return [own, context.languageHint, context.feed.language];
}

function authorsOf(parsed: ParsedItem): Item['authors'] {
  return parsed.authors.slice(0, authorsMax).flatMap(author => {
    const name = truncateBytes(cleanText(author.name ?? ''), categoryBytesMax) || null;
    const email = author.email && /^[^\s@<>"]+@[^\s@<>"]+$/.test(author.email) ? author.email : undefined;
    const url = pageAddress(author.url) ?? undefined;
    if (name === null && email === undefined && url === undefined) return [];
    return [{ name, ...(email && { email }), ...(url && { url }) }];
  });
}

function categoriesOf(parsed: ParsedItem): string[] {
  const clean = parsed.categories.map(category => truncateBytes(cleanText(category), categoryBytesMax));
  return [...new Set(clean.filter(category => category !== ''))].slice(0, categoriesMax);
}

function enclosuresOf(parsed: ParsedItem, baseUrl: string): Item['enclosures'] {
  return parsed.enclosures.slice(0, enclosuresMax).flatMap(({ url, type, length }) => {
    const address = mediaAddress(url, baseUrl);
    if (address === null) return [];
    const isType = type !== null && /^[\w.+-]+\/[\w.+-]+$/.test(type);
    const isLength = length !== null && Number.isSafeInteger(length) && length >= 0;
    return [{ url: address, type: isType ? type : null, length: isLength ? length : null }];
  });
}

/** The first picture of the text that is no emoji. */
function firstImage(html: string | null): string | null {
  for (const [, src = ''] of html?.matchAll(/<img src="(https?:[^"]*)"/g) ?? []) {
    if (!/\/emoji\/|\/smil(?:ey|ies)\//.test(src)) return src.replaceAll('&amp;', '&');
  }
  return null;
}

function extraOf(
  parsed: ParsedItem,
  given: { readonly baseUrl: string; readonly links: readonly string[] },
): ItemExtra {
  const commentsUrl = mediaAddress(parsed.commentsUrl, given.baseUrl);
  const alternates = (parsed.alternates ?? []).flatMap(({ language, url }) => {
    const tag = normalizeLanguageTag(language);
    const address = mediaAddress(url, given.baseUrl);
    return tag === null || address === null ? [] : [{ language: tag, url: address }];
  });
  const viaUrl = mediaAddress(parsed.source?.url ?? undefined, given.baseUrl);
  const viaTitle = truncateBytes(cleanText(parsed.source?.title ?? ''), categoryBytesMax) || null;
  return {
    ...(commentsUrl !== null && { commentsUrl }),
    ...(parsed.durationSeconds !== undefined && { durationSeconds: parsed.durationSeconds }),
    ...((viaTitle !== null || viaUrl !== null) && { via: { title: viaTitle, url: viaUrl } }),
    ...(parsed.geo && { geo: parsed.geo }),
    ...(alternates.length > 0 && { alternates: alternates.slice(0, 50) }),
    ...(parsed.podcast && parsed.podcast.length > 0 && { podcast: parsed.podcast }),
    ...(parsed.truncated && { truncated: true }),
    ...(given.links.length > 0 && { links: given.links }),
  };
}
