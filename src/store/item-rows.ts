import { sql } from 'kysely';
import type { Author, Enclosure, Item, ItemExtra } from '../model.ts';
import type { DedupItem } from '../pipeline/ports.ts';
import { storedJson, storedText, storedTextOrNull, storedTime, storedTimeOrNull } from './stored-text.ts';
import type { ItemRow } from './tables.ts';

/** The columns that an edit may change. */
export type ItemContent = Pick<
  ItemRow,
  | 'content_hash'
  | 'published_at'
  | 'updated_at'
  | 'language'
  | 'guid'
  | 'url'
  | 'canonical_url'
  | 'title'
  | 'image'
  | 'authors'
  | 'categories'
  | 'enclosures'
  | 'extra'
  | 'summary_html'
  | 'text'
  | 'content_html'
>;

export function itemContent(item: Item): ItemContent {
  return {
    content_hash: item.contentHash,
    published_at: storedTimeOrNull(item.publishedAt),
    updated_at: storedTimeOrNull(item.updatedAt),
    language: storedTextOrNull(item.language),
    guid: storedTextOrNull(item.guid),
    url: storedTextOrNull(item.url),
    canonical_url: storedTextOrNull(item.canonicalUrl),
    title: storedText(item.title),
    image: storedTextOrNull(item.image),
    authors: storedJson(item.authors),
    categories: storedJson(item.categories),
    enclosures: storedJson(item.enclosures),
    extra: storedJson(item.extra),
    summary_html: storedTextOrNull(item.summaryHtml),
    text: storedText(item.text),
    content_html: storedTextOrNull(item.contentHtml),
  };
}

export type NewItemRow = Omit<ItemRow, 'seq'>;

export function newItemRow(item: Item, given: { now: number; rawHash: string; keys: readonly string[] }): NewItemRow {
  return {
    id: storedText(item.id),
    source_id: storedText(item.sourceId),
    touched_at: storedTime(given.now),
    order_at: storedTime(item.orderAt),
    first_seen_at: storedTime(item.firstSeenAt),
    article_at: 0,
    revision: 0,
    raw_hash: given.rawHash,
    keys: storedJson(given.keys),
    ...itemContent(item),
  };
}

/** The columns of an item's reader-visible whole, without the store's own. */
export const itemColumns = [
  'items.id',
  'items.source_id',
  'items.order_at',
  'items.first_seen_at',
  'items.content_hash',
  'items.published_at',
  'items.updated_at',
  'items.language',
  'items.guid',
  'items.url',
  'items.canonical_url',
  'items.title',
  'items.image',
  'items.authors',
  'items.categories',
  'items.enclosures',
  'items.extra',
  'items.summary_html',
  'items.text',
  'items.content_html',
] as const;

/** The columns of an item that the dedup reads: the HTML, most of a row's bytes, stays on the disk. */
export const openingColumns = (textMax: number) =>
  [
    'items.id',
    'items.source_id',
    'items.order_at',
    'items.revision',
    'items.language',
    'items.canonical_url',
    'items.title',
    'items.image',
    'items.authors',
    'items.extra',
    sql<string>`substr(items.text, 1, ${sql.lit(textMax)})`.as('text'),
  ] as const;

export function openingOf(
  row: Pick<
    ItemRow,
    'id' | 'source_id' | 'order_at' | 'language' | 'canonical_url' | 'title' | 'image' | 'authors' | 'extra' | 'text'
  >,
): DedupItem {
  return {
    id: row.id,
    sourceId: row.source_id,
    orderAt: row.order_at,
    language: row.language,
    canonicalUrl: row.canonical_url,
    title: row.title,
    image: row.image,
    authors: list<Author>(row.authors),
    extra: extraOf(row.extra),
    text: row.text,
  };
}

export type StoredItemColumns = ItemContent & Pick<ItemRow, 'id' | 'source_id' | 'order_at' | 'first_seen_at'>;

export function itemOf(row: StoredItemColumns): Item {
  return {
    id: row.id,
    sourceId: row.source_id,
    guid: row.guid,
    url: row.url,
    canonicalUrl: row.canonical_url,
    title: row.title,
    summaryHtml: row.summary_html,
    contentHtml: row.content_html,
    text: row.text,
    language: row.language,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    firstSeenAt: row.first_seen_at,
    orderAt: row.order_at,
    authors: list<Author>(row.authors),
    categories: list<string>(row.categories),
    enclosures: list<Enclosure>(row.enclosures),
    image: row.image,
    extra: extraOf(row.extra),
    contentHash: row.content_hash,
  };
}

function extraOf(json: string): ItemExtra {
  return (json === '{}' ? {} : JSON.parse(json)) as ItemExtra;
}

function list<T>(json: string): readonly T[] {
  return json === '[]' ? [] : (JSON.parse(json) as readonly T[]);
}
