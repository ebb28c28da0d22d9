import type { Item, ItemId } from '../model.ts';
import type { StoredCorrection } from '../pipeline/ports.ts';

/**
 * People's corrections as labelled pairs that `newsfold eval dedup` reads: one JSON line for each correction that still
 * holds and whose two items are still stored. A later word on the same pair replaces an earlier one.
 * @returns lines without line ends, in the order of the corrections' time.
 */
export function correctionLines(
  corrections: readonly StoredCorrection[],
  itemOf: (id: ItemId) => Item | undefined,
): string[] {
  const last = new Map<string, StoredCorrection>();
  for (const correction of [...corrections].sort((a, b) => a.at - b.at)) {
    if (correction.undoneAt !== null) continue;
    const key = [correction.a, correction.b].sort().join('\n');
    last.delete(key);
    last.set(key, correction);
  }
  const lines: string[] = [];
  for (const { a, b, kind } of last.values()) {
    const first = itemOf(a);
    const second = itemOf(b);
    if (first && second)
      lines.push(JSON.stringify({ a: labelled(first), b: labelled(second), same: kind === 'together' }));
  }
  return lines;
}

function labelled(item: Item): Record<string, unknown> {
  return {
    id: item.id,
    ...(item.language === null ? {} : { language: item.language }),
    title: item.title,
    ...(item.text === '' ? {} : { text: item.text }),
    ...(item.url === null ? {} : { url: item.url }),
    publishedAt: new Date(item.orderAt).toISOString(),
    source: item.sourceId,
  };
}
