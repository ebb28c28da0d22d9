import type { Millis } from '../../model.ts';
import type { Cache } from '../../pipeline/ports.ts';

const failuresMax = 10;
const windowMs = 60_000;
const addressesMax = 10_000;

export type FailureLimit = {
  /** The address failed too often in the last minute. */
  isBlocked(address: string): boolean;
  /** Counts a failure. @returns true from the tenth within a minute */
  fail(address: string): Promise<boolean>;
};

/** Failed attempts by address, shared by all processes when the cache can count. */
export function createFailureLimit(cache: Cache, now: () => Millis): FailureLimit {
  const windows = new Map<string, { startedAt: Millis; count: number }>();
  const windowOf = (key: string) => {
    const known = windows.get(key);
    return known && now() - known.startedAt < windowMs ? known : null;
  };
  return {
    isBlocked: address => (windowOf(keyOf(address))?.count ?? 0) >= failuresMax,
    fail: async address => {
      const key = keyOf(address);
      const window = windowOf(key) ?? { startedAt: now(), count: 0 };
      windows.delete(key);
      windows.set(key, window);
      // The oldest one is forgotten, so that a crowd of addresses cannot fill the memory.
      if (windows.size > addressesMax) windows.delete(windows.keys().next().value ?? '');
      window.count++;
      const shared = await cache.count(`login:${key}`, windowMs);
      window.count = Math.max(window.count, shared ?? 0);
      return window.count >= failuresMax;
    },
  };
}

/** A household has a /64 of IPv6 (RFC 6177): it counts as one address. */
function keyOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1] ?? address;
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
