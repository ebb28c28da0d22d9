import type { ParsedItem } from '../../model.ts';
import { hash128 } from '../text/hash.ts';
import { canonicalUrl } from './canonical-url.ts';

/** An item's page in canonical form, its place on the page included; as it is written when it is no http(s) address. */
export function pageOf(item: ParsedItem): string | null {
  return item.url === null ? null : (canonicalUrl(item.url, { keepFragment: true }) ?? item.url);
}

/** What an item can be recognized by. Keys are short hashes with a letter in front: `g:` guid, `u:` page, `w:` witness. */
export type IdentityKeys = {
  /** The publisher's id; addresses without their scheme and tracking parameters. */
  readonly guid: string | null;
  /** The page; `null` for the site's own front page, which is no item's. */
  readonly page: string | null;
  readonly witness: Witness;
};

/** No identity by itself: what must agree, and may not contradict, when stronger keys fail. */
export type Witness = {
  /** Of the title, or the start of the text. */
  readonly name: string;
  /** Of the page's path, without host and query; `-` for none. */
  readonly path: string;
  /** Minutes since the epoch, base 36; `-` for none. */
  readonly minute: string;
  /** Of the markup as it came; `-` for none. */
  readonly text: string;
};

/** @param site the feed's own link, canonical */
export function identityKeys(item: ParsedItem, page: string | null, site: string | null): IdentityKeys {
  const url = item.url === null ? null : URL.parse(item.url);
  return {
    guid: guidKey(item.id),
    page: page === null || isFrontPage(page, site) ? null : `u:${shortHash(page)}`,
    witness: {
      name: shortHash((item.title ?? textStart(item)).trim().toLowerCase()),
      path: url === null ? '-' : shortHash(url.pathname).slice(0, 8),
      minute: minuteOf(item.publishedAt),
      text: textHash(item.contentHtml ?? item.summaryHtml),
    },
  };
}

/** Stored with the item beside its strong keys, so that a later document can be held against it. */
export function witnessKey({ name, path, minute, text }: Witness): string {
  return `w:${name}.${path}.${minute}.${text}`;
}

export function readWitness(key: string): Witness | null {
  if (!key.startsWith('w:')) return null;
  const [, name, path, minute, text] = /^w:([\da-f]+)\.([\da-f]+|-)\.([\da-z]+|-)\.([\da-f]+|-)$/.exec(key) ?? [];
  return name && path && minute && text ? { name, path, minute, text } : null;
}

/** When nothing else is its own: all that is known of the item at first sight. */
export function lastResortKey(item: ParsedItem, occurrence: number): string {
  return `x:${shortHash(JSON.stringify([item.id, item.url, item.title, item.publishedAt, textStart(item), occurrence]))}`;
}

/**
 * Hash of what the document says of an item; equal means: nothing to do. Left out are dates, ids and tracking parameters: feeds that
 * are dated anew at every fetch, or make up new ids, would otherwise be worked through every time.
 */
export function rawHash(item: ParsedItem, page: string | null): string {
  const { id: _id, url: _url, publishedAt: _published, updatedAt: _updated, ...content } = item;
  return hash128(JSON.stringify([page, content]));
}

/** 64 bits: unique within a source, which is all that identity is about. */
function shortHash(text: string): string {
  return hash128(text).slice(0, 16);
}

function guidKey(id: string | null): string | null {
  const guid = id?.trim();
  if (!guid) return null;
  const address = /^https?:\/\//i.test(guid) ? canonicalUrl(guid, { keepFragment: true }) : null;
  return `g:${shortHash(address ?? guid)}`;
}

function isFrontPage(page: string, site: string | null): boolean {
  return /^https?:\/\/[^/]+\/$/.test(page) || page === site;
}

function textStart(item: ParsedItem): string {
  return (item.summaryHtml ?? item.contentHtml ?? item.enclosures[0]?.url ?? '').slice(0, 300);
}

function textHash(html: string | null): string {
  return html ? shortHash(html).slice(0, 8) : '-';
}

function minuteOf(date: string | null): string {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) || time < 0 ? '-' : Math.floor(time / 60_000).toString(36);
}
