import type { ReadItem } from './read-item.ts';

/**
 * The same post listed twice (once as title, once as title and teaser; once above the list as a lead) is one item with
 * the richer fields, at the place of the first. Same post: same link; or, where the list has no links at all, same title.
 */
export function mergeDuplicates(items: readonly ReadItem[]): ReadItem[] {
  const hasLinks = items.some(item => item.key !== null);
  const shared = mostShared(items);
  const places = new Map<string, number>();
  const merged: ReadItem[] = [];
  for (const item of items) {
    const key = identity(item, { hasLinks, shared });
    const place = key === null ? undefined : places.get(key);
    const earlier = place === undefined ? undefined : merged[place];
    if (place === undefined || earlier === undefined) {
      if (key !== null) places.set(key, merged.length);
      merged.push(item);
    } else merged[place] = richer(earlier, item);
  }
  return merged;
}

function identity(item: ReadItem, list: { hasLinks: boolean; shared: string | null }): string | null {
  const title = (item.title ?? '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  if (item.key !== null) return item.key === list.shared ? `${item.key} ${title}` : item.key;
  return list.hasLinks || title === '' ? null : title;
}

/** A link that more than half of the items share leads to a page of them all and tells none apart. */
function mostShared(items: readonly ReadItem[]): string | null {
  const counts = new Map<string, number>();
  for (const item of items) if (item.key !== null) counts.set(item.key, (counts.get(item.key) ?? 0) + 1);
  const [key, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [null, 0];
  return count > 2 && count * 2 > items.length ? key : null;
}

function richer(a: ReadItem, b: ReadItem): ReadItem {
  const summary = (a.summary?.length ?? 0) >= (b.summary?.length ?? 0) ? a : b;
  return {
    id: a.id ?? b.id,
    url: a.url ?? b.url,
    key: a.key ?? b.key,
    title: betterTitle(a.title, b.title),
    summary: summary.summary,
    truncated: summary.truncated,
    contentHtml: a.contentHtml ?? b.contentHtml,
    publishedAt: a.publishedAt ?? b.publishedAt,
    updatedAt: a.updatedAt ?? b.updatedAt,
    image: a.image ?? b.image,
    authors: a.authors.length > 0 ? a.authors : b.authors,
    categories: a.categories.length >= b.categories.length ? a.categories : b.categories,
    language: a.language ?? b.language,
  };
}

/** The first, unless it is the other one cut. */
function betterTitle(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  const bare = a.replace(/\s*(?:…|\.\.\.)$/, '');
  return b.length > a.length && b.startsWith(bare) && bare !== a ? b : a;
}
