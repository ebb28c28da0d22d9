export type LayoutVerdict = { readonly verdict: 'ok' | 'layout-changed'; readonly message: string };

/** How many earlier readings say what is usual. */
const historyMax = 20;

/**
 * Whether a page has been rebuilt, by how many items it gave before and gives now. A page that gave 20 and gives none or
 * half has a new layout (or serves something else); one that always wavered has not.
 *
 * @param earlier item counts of earlier readings, oldest first
 * @param now item count of this reading
 */
export function watchLayout(earlier: readonly number[], now: number): LayoutVerdict {
  const known = earlier.filter(count => Number.isFinite(count) && count >= 0).slice(-historyMax);
  const filled = known.filter(count => count > 0);
  if (filled.length === 0) return { verdict: 'ok', message: 'There is no earlier reading to compare with.' };
  const usual = median(filled);
  const least = Math.min(...filled);
  if (now === 0) {
    const message = `The page usually gives ${usual} items and now gives none: its layout has changed, or it shows something else. The items it gave are kept.`;
    return { verdict: 'layout-changed', message };
  }
  // Two readings are the least that tell a page of steady length from one that wavers.
  const fell = now <= usual / 2 && now < least && usual - now >= 3;
  if (fell) {
    return {
      verdict: 'layout-changed',
      message: `The page usually gives ${usual} items and now gives ${now}: part of its layout has changed. The items it gave are kept.`,
    };
  }
  return { verdict: 'ok', message: `The page gives ${now} items, usually ${usual}.` };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
