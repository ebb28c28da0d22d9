import type { MaintenanceStore } from '../pipeline/ports.ts';
import { Tally } from './counters.ts';
import type { StoreEngine } from './engine.ts';
import { prune } from './prune.ts';
import { stats } from './stats.ts';

const probeKey = 'store.probe';

export function maintenanceStore(engine: StoreEngine): MaintenanceStore {
  return {
    prune: options => prune(engine, options),
    stats: now => stats(engine, now),
    note: (sums, now) =>
      engine.write(tx => {
        const tally = new Tally();
        for (const [name, n] of Object.entries(sums)) tally.hourly(name, n);
        return tally.save(tx, { engine, now });
      }),
    backup: (file, options) => engine.backup(file, options),
    async check() {
      const value = String(engine.now());
      await engine.write(tx =>
        tx
          .insertInto('facts')
          .values({ key: probeKey, value })
          .onConflict(c => c.column('key').doUpdateSet({ value }))
          .execute(),
      );
    },
  };
}
