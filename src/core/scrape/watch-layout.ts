export type LayoutVerdict = { readonly verdict: 'ok' | 'layout-changed'; readonly message: string };

/** How many earlier readings say what is usual. */
const historyMax = 20;
/** For how many readings a shorter list counts as a fall; after that it is how the page is. */
const patience = 10;

/**
 * Whether a page has been rebuilt, by how many items it gave before and gives now. A page that gave 20 and gives none or
 * half has a new layout (or serves something else); one that always wavered has not. The verdict stays while the page stays
 * so, for some readings: a page that is read again is not well because of that.
 *
 * @param earlier item counts of earlier readings, oldest first
 * @param now item count of this reading
 */
export function watchLayout(earlier: readonly number[], now: number): LayoutVerdict {
  const known = earlier.filter(count => Number.isFinite(count) && count >= 0).slice(-historyMax);
  const filled = known.filter(count => count > 0);
  if (filled.length === 0) return { verdict: 'ok', message: 'There is no earlier reading to compare with.' };
  if (now === 0) {
    const message = `The page usually gives ${median(filled)} items and now gives none: its layout has changed, or it shows something else. The items it gave are kept.`;
    return { verdict: 'layout-changed', message };
  }
  for (let back = 0; back <= Math.min(patience, known.length - 1); back += 1) {
    const before = known.slice(0, known.length - back).filter(count => count > 0);
    const usual = median(before);
    if (![...known.slice(known.length - back), now].every(count => isFall(before, count))) continue;
    const message = `The page usually gives ${usual} items and now gives ${now}: part of its layout has changed. The items it gave are kept.`;
    return { verdict: 'layout-changed', message };
  }
  return { verdict: 'ok', message: `The page gives ${now} items, usually ${median(filled)}.` };
}

function isFall(before: readonly number[], count: number): boolean {
  const usual = median(before);
  return count <= usual / 2 && count < Math.min(...before) && usual - count >= 3;
}

/** The counts to hold the next reading against: empty readings, however many, must not push out what was usual. */
export function countsAfterReading(earlier: readonly number[], now: number): readonly number[] {
  const empty =
    now === 0 && earlier.slice(-emptyKept).length === emptyKept && earlier.slice(-emptyKept).every(n => n === 0);
  return empty ? earlier : [...earlier, now].slice(-historyMax);
}

const emptyKept = 3;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
