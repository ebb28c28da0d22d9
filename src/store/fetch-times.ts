/**
 * How long fetches took, as an hourly histogram: a sum a bucket costs a fetch one more counter, and a page never reads thousands of
 * records. A percentile is read within its bucket, off by a fifth at most.
 */

/** Upper bounds, milliseconds; each is 1.5 times the one before. */
const bounds = Array.from({ length: 20 }, (_, i) => Math.round(20 * 1.5 ** i));
export const fetchTimePrefix = 'ms:';

/** Name of the hourly counter that a fetch of this length belongs to. */
export function fetchTimeCounter(durationMs: number): string {
  const at = bounds.findIndex(bound => durationMs <= bound);
  return `${fetchTimePrefix}${at < 0 ? bounds.length : at}`;
}

/**
 * @param counts fetches by bucket
 * @param share 0.5 for the median
 * @returns milliseconds, `null` when nothing was fetched
 */
export function fetchTimeAt(counts: ReadonlyMap<number, number>, share: number): number | null {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  let left = total * share;
  for (let at = 0; at <= bounds.length; at++) {
    const n = counts.get(at) ?? 0;
    const [low, high] = [bounds[at - 1] ?? 0, bounds[at] ?? (bounds.at(-1) ?? 0) * 2];
    if (n > 0 && left <= n) return Math.round(low + ((high - low) * left) / n);
    left -= n;
  }
  return null;
}
