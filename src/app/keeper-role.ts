import type { LiveConfig } from '../config/watch-config.ts';
import type { Millis } from '../model.ts';
import { noteSize } from '../pipeline/forecast-disk.ts';
import type { Cache, Log, Store } from '../pipeline/ports.ts';
import { createKeeper, type Keeper } from '../worker/keeper.ts';
import { createPulse } from '../worker/pulse.ts';

/** Rows in one transaction: a fetch that wants to save waits for a few milliseconds. */
const batch = 200;

/** Retention by age and per source, ended sessions, the store's size for its forecast, and the sums of this process for the charts. */
export function createKeeperRole({
  store,
  cache,
  config,
  now,
  holder,
  log,
}: {
  readonly store: Store;
  readonly cache: Cache;
  readonly config: LiveConfig;
  readonly now: () => Millis;
  readonly holder: string;
  readonly log: Log;
}): Keeper {
  const pulse = createPulse({
    ...{ cache, now, log },
    queue: async () => (await store.maintenance.stats(now())).undeduped,
    note: store.maintenance.note,
  });
  const keeper = createKeeper({
    ...{ leases: store.leases, holder, now, log },
    prune: () => {
      const { retention, dedup } = config.current().settings;
      return store.maintenance.prune({
        ...{ olderThan: now() - retention.items, perSourceMax: retention.itemsPerSource, batch, now: now() },
        windowFrom: now() - dedup.window,
      });
    },
    note: async () => {
      await store.tokens.prune(now());
      await noteSize(store.facts, await store.maintenance.stats(now()), now());
    },
  });
  return {
    ...keeper,
    start: () => {
      keeper.start();
      pulse.start();
    },
    stop: async () => {
      await pulse.stop();
      await keeper.stop();
    },
  };
}
