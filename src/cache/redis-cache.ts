import type { Cache } from '../pipeline/ports.ts';
import { memoryCache } from './memory-cache.ts';

/** Not built yet: the in-process tier alone. */
export function redisCache(
  _url: string,
  options: { readonly now: () => number; readonly bytesMax: number; readonly prefix: string },
): Cache {
  return memoryCache(options);
}
