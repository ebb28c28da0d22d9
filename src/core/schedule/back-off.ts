/**
 * How long to wait after the n-th failure in a row: doubling from a little over `firstMs` up to a day, for ever, with
 * ±11 % of chance so that sources that failed together do not come back together.
 *
 * @param failuresInRow 1 for the first failure
 * @param jitter a number in [0, 1)
 */
export function backOff(failuresInRow: number, options: { readonly firstMs: number; readonly jitter: number }): number {
  const doubled = options.firstMs * 1.25 * 2 ** Math.min(Math.max(failuresInRow, 1) - 1, 40);
  return Math.min(doubled, backOffMaxMs) * (0.8 + 0.2 * options.jitter);
}

export const backOffMaxMs = 24 * 3_600_000;
