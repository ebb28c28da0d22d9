import type { Cache } from '../pipeline/ports.ts';
import { ByteLru } from './byte-lru.ts';
import { Listeners } from './listeners.ts';
import { SingleFlight } from './single-flight.ts';
import { WindowCounters } from './window-counters.ts';

/** A cache inside the process: bounded by bytes; notices reach the listeners of this process. */
export function memoryCache({ bytesMax, now }: { readonly bytesMax: number; readonly now: () => number }): Cache {
  const entries = new ByteLru(bytesMax);
  const flights = new SingleFlight<Uint8Array>();
  const counters = new WindowCounters();
  const listeners = new Listeners();
  let hits = 0;
  let misses = 0;
  let computed = 0;
  const find = (key: string) => {
    const value = entries.get(key, now());
    if (value) hits++;
    else misses++;
    return value;
  };
  return {
    engine: 'memory',
    get: key => Promise.resolve(find(key)),
    set(key, value, ttlMs) {
      entries.set(key, value, { now: now(), ttlMs });
      return Promise.resolve();
    },
    delete(key) {
      entries.delete(key);
      flights.forget(key);
      return Promise.resolve();
    },
    async getOrCompute(key, ttlMs, compute) {
      const cached = find(key);
      if (cached) return cached;
      const once = () => {
        computed++;
        return compute();
      };
      return flights.run(key, once, value => entries.set(key, value, { now: now(), ttlMs }));
    },
    count: (key, windowMs) => Promise.resolve(counters.count(key, { now: now(), windowMs })),
    publish: (channel, message) => listeners.notify(channel, message),
    subscribe: (channel, listener) => listeners.add(channel, listener),
    status: () => ({ ok: true, detail: `in memory, ${Math.ceil(entries.bytes / 1024)} KiB`, hits, misses, computed }),
    close() {
      entries.clear();
      return Promise.resolve();
    },
  };
}
