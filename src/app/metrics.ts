import { Gauge, Registry } from 'prom-client';
import type { LiveConfig } from '../config/watch-config.ts';
import type { Millis } from '../model.ts';
import { forecastDisk, readSamples } from '../pipeline/forecast-disk.ts';
import type { Cache, Store } from '../pipeline/ports.ts';

export type MetricsDeps = {
  readonly store: Store;
  readonly cache: Cache;
  readonly config: LiveConfig;
  readonly startedAt: Millis;
  readonly now: () => Millis;
  readonly collecting: () => { readonly running: number; readonly slow: number };
};

/** Read at scrape time from what the service knows anyway; per-source series only where the admin asks for them. */
export function createMetrics(deps: MetricsDeps): {
  render(): Promise<{ readonly contentType: string; readonly body: string }>;
} {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `newsfold_${name}`, help, labelNames, registers: [registry] });
  const uptime = gauge('uptime_seconds', 'Seconds since start');
  const memory = gauge('resident_memory_bytes', 'Resident memory of this process');
  const sources = gauge('sources', 'Sources by health', ['health']);
  const items = gauge('items', 'Stored items');
  const stories = gauge('stories', 'Stories');
  const folded = gauge('items_folded', 'Items that joined an earlier story');
  const waiting = gauge('items_waiting_for_dedup', 'Items without a story yet');
  const storeBytes = gauge('store_bytes', 'Size of the store');
  const freeBytes = gauge('store_free_bytes', 'Free space where the store is');
  const growth = gauge('store_growth_bytes_per_day', 'How much the store grows in a day, from the last week');
  const daysLeft = gauge('store_days_left', 'Days until the disk is full at this rate; absent when it will not be');
  const running = gauge('fetches_running', 'Fetches under way', ['pace']);
  const cacheOk = gauge('cache_up', '1 when the cache answers');
  const cacheUse = gauge('cache_lookups', 'Cache look-ups of this process', ['result']);
  const cacheComputed = gauge('cache_computations', 'Feeds rendered and pictures fetched by this process');
  const configStale = gauge('config_stale', '1 while the configuration files have mistakes');
  const sourceFailures = gauge('source_failures', 'Failures in a row', ['source']);
  const sourceLast = gauge('source_last_success_seconds', 'Unix time of the last success', ['source']);

  return {
    render: async () => {
      const now = deps.now();
      uptime.set((now - deps.startedAt) / 1000);
      memory.set(process.memoryUsage.rss());
      const stats = await deps.store.maintenance.stats(now);
      items.set(stats.items);
      stories.set(stats.stories);
      folded.set(stats.foldedItems);
      waiting.set(stats.undeduped);
      const disk = forecastDisk(await readSamples(deps.store.facts), stats);
      setOrLeaveOut(storeBytes, stats.bytes);
      setOrLeaveOut(freeBytes, stats.freeBytes);
      setOrLeaveOut(growth, disk.bytesPerDay);
      setOrLeaveOut(daysLeft, disk.daysLeft);
      const states = await deps.store.sources.list();
      sources.reset();
      for (const { health } of states) sources.inc({ health });
      const activity = deps.collecting();
      running.set({ pace: 'normal' }, activity.running - activity.slow);
      running.set({ pace: 'slow' }, activity.slow);
      const cache = deps.cache.status();
      cacheOk.set(cache.ok ? 1 : 0);
      cacheUse.set({ result: 'hit' }, cache.hits);
      cacheUse.set({ result: 'miss' }, cache.misses);
      cacheComputed.set(cache.computed);
      configStale.set(deps.config.problem() === null ? 0 : 1);
      if (deps.config.current().settings.metrics.perSource) {
        for (const state of states) {
          sourceFailures.set({ source: state.sourceId }, state.failures);
          if (state.lastSuccessAt !== null) sourceLast.set({ source: state.sourceId }, state.lastSuccessAt / 1000);
        }
      }
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/** A figure nobody knows has no line; 0 would be a lie that raises alarms. */
function setOrLeaveOut(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove();
  else gauge.set(value);
}
