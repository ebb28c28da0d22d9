import { cleanText } from '../text/clean-text.ts';
import { breaksOff, cleanTeaser, splitRows, withEllipsis } from './clean-teaser.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import type { ReadItem } from './read-item.ts';
import type { Strips } from './strip-patterns.ts';

/** What is decided for a whole list: patterns taken off, rows divided, teasers cleaned, doubles made one. */
export function finishList(items: readonly ReadItem[], strips: Strips, isTitleRuled = false): ReadItem[] {
  const stripped = items.map(item => ({
    ...item,
    title: strips('title', item.title),
    summary: strips('summary', item.summary),
    contentHtml: strips('content', item.contentHtml),
    url: strips('link', item.url),
    authors: item.authors.map(name => strips('author', name) ?? '').filter(name => name !== ''),
  }));
  const divided = divideRows(stripped, isTitleRuled);
  const cleaned = divided.map(item => {
    const teaser = cleanTeaser({ title: item.title === null ? null : cleanText(item.title), summary: item.summary });
    const truncated = item.truncated || teaser.truncated;
    const summary = truncated && teaser.summary !== null ? withEllipsis(teaser.summary) : teaser.summary;
    return { ...item, title: teaser.title === '' ? null : teaser.title, summary, truncated };
  });
  return mergeDuplicates(
    markCutShort(cleaned).filter(item => item.title !== null || item.url !== null || item.summary !== null),
  );
}

/** Where a machine cuts the teasers of a list, one of three words without a full stop was cut, too. */
function markCutShort(items: readonly ReadItem[]): readonly ReadItem[] {
  const told = items.filter(item => item.summary !== null);
  if (told.filter(item => item.truncated).length * 3 < told.length || told.length < 2) return items;
  return items.map(item =>
    item.summary !== null && !item.truncated && breaksOff(item.summary, 1)
      ? { ...item, summary: withEllipsis(item.summary), truncated: true }
      : item,
  );
}

function divideRows(items: readonly ReadItem[], isTitleRuled: boolean): ReadItem[] {
  const rows = items.filter(item => item.summary === null && item.title !== null);
  if (rows.length < 2 || (isTitleRuled && rows.length < items.length)) return [...items];
  const parts = splitRows(rows.map(item => item.title ?? ''));
  const partsOf = new Map(rows.map((item, at) => [item, parts[at] ?? null]));
  return items.map(item => {
    const part = partsOf.get(item) ?? null;
    return part === null ? item : { ...item, title: part.title, summary: part.summary, truncated: part.isCut };
  });
}
