import type { ParsedItem } from '../../model.ts';
import { escapeText } from './inner-html.ts';
import type { ReadItem } from './read-item.ts';

/** A read item in the vocabulary of feeds. */
export function toParsedItem(item: ReadItem): ParsedItem {
  return {
    id: item.id,
    url: item.url,
    title: item.title,
    summaryHtml: item.summary === null ? null : escapeText(item.summary),
    contentHtml: item.contentHtml,
    publishedAt: isoTime(item.publishedAt),
    updatedAt: isoTime(item.updatedAt),
    authors: item.authors.map(name => ({ name })),
    categories: item.categories,
    enclosures: [],
    language: item.language,
    ...(item.image === null ? {} : { image: item.image }),
    ...(item.truncated ? { truncated: true } : {}),
    ...(item.alternates === undefined || item.alternates.length === 0 ? {} : { alternates: item.alternates }),
  };
}

export function isoTime(at: number | null): string | null {
  return at === null || !Number.isFinite(at) || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}
