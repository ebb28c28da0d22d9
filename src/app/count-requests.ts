import { WindowCounters } from '../cache/window-counters.ts';
import type { Millis } from '../model.ts';
import type { Cache } from '../pipeline/ports.ts';

/** Counts one event of `key` in a window; the first `limit` events of all processes together are the ones to let through. */
export type CountRequests = (key: string, windowMs: number) => Promise<number>;

/**
 * The count of all processes, and this process's own while Redis is away: without it a limit holds for each process, never for
 * none. The greater counts, so that a Redis that comes back empty forgives nobody.
 */
export function createCountRequests(cache: Pick<Cache, 'count'>, now: () => Millis): CountRequests {
  const own = new WindowCounters();
  return async (key, windowMs) => {
    const mine = own.count(key, { now: now(), windowMs });
    return Math.max(mine, (await cache.count(key, windowMs)) ?? 0);
  };
}
