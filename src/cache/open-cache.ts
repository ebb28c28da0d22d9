import { AppError } from '../errors.ts';
import type { Cache } from '../pipeline/ports.ts';
import { memoryCache } from './memory-cache.ts';

export type CacheOptions = {
  /** Milliseconds of a clock that may jump; entries survive no jump back. */
  readonly now?: () => number;
  /** In this process; for `memory:` the whole cache, for Redis the tier in front of it. */
  readonly bytesMax?: number;
  /** Put before every key and channel, so that several services can share one Redis. */
  readonly prefix?: string;
};

const bytesMaxDefault = 32 * 1024 * 1024;

/**
 * @param url `memory:`, `redis://host:6379/0`, `rediss://…` (TLS), `redis+cluster://host1,host2:6380`,
 *   `redis+sentinel://host1:26379,host2/primary-name/0`; `rediss+…` with TLS. Redis need not be there: it is tried again and again.
 * @throws AppError `config-invalid` for another address.
 */
export async function openCache(url: string, options: CacheOptions = {}): Promise<Cache> {
  const { now = Date.now, bytesMax = bytesMaxDefault, prefix = 'newsfold:' } = options;
  if (url === 'memory:' || url === 'memory') return memoryCache({ bytesMax, now });
  if (!/^rediss?(?:\+cluster|\+sentinel)?:\/\//.test(url)) {
    throw new AppError('config-invalid', 'cache.url must be memory: or begin with redis:// or rediss://');
  }
  // Loaded only when asked for: a single process does not pay for the client.
  const { redisCache } = await import('./redis-cache.ts');
  return redisCache(url, { now, bytesMax, prefix });
}
