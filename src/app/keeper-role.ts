import type { LiveConfig } from '../config/watch-config.ts';
import type { Millis } from '../model.ts';
import { noteSize } from '../pipeline/forecast-disk.ts';
import type { Log, Store } from '../pipeline/ports.ts';
import { createKeeper, type Keeper } from '../worker/keeper.ts';

/** Rows in one transaction: a fetch that wants to save waits for a few milliseconds. */
const batch = 200;

/** Retention by age and per source, ended sessions, and the store's size for its forecast. */
export function createKeeperRole({
  store,
  config,
  now,
  holder,
  log,
}: {
  readonly store: Store;
  readonly config: LiveConfig;
  readonly now: () => Millis;
  readonly holder: string;
  readonly log: Log;
}): Keeper {
  return createKeeper({
    ...{ leases: store.leases, holder, now, log },
    prune: () => {
      const { items, itemsPerSource } = config.current().settings.retention;
      return store.maintenance.prune({ olderThan: now() - items, perSourceMax: itemsPerSource, batch, now: now() });
    },
    note: async () => {
      await store.tokens.prune(now());
      await noteSize(store.facts, await store.maintenance.stats(now()), now());
    },
  });
}
