import type { LeaseStore } from '../pipeline/ports.ts';
import { dayMs } from './counters.ts';
import type { StoreEngine } from './engine.ts';
import { storedTime } from './stored-text.ts';

/** A lease that ends later than this was taken by a clock that has been set back since: it counts for nothing. */
const leaseMsMax = dayMs;

/** One statement each: whoever loses a race sees no row. The fencing number is kept when a lease is given back, so it only grows. */
export function leaseStore(engine: StoreEngine): LeaseStore {
  return {
    async acquire(name, { holder, now, leaseMs }) {
      const at = storedTime(now);
      const row = await engine.write(tx =>
        tx
          .insertInto('leases')
          .values({ name, holder, fence: 1, lease_until: at + leaseMs })
          .onConflict(c =>
            c
              .column('name')
              .doUpdateSet(eb => ({ holder, fence: eb('leases.fence', '+', 1), lease_until: at + leaseMs }))
              .where(eb =>
                eb.or([
                  eb('leases.lease_until', '<=', at),
                  eb('leases.lease_until', '>', at + leaseMsMax),
                  eb('leases.holder', '=', holder),
                ]),
              ),
          )
          .returning('fence')
          .executeTakeFirst(),
      );
      return row?.fence ?? null;
    },
    async renew(name, { holder, fence, now, leaseMs }) {
      const result = await engine.write(tx =>
        tx
          .updateTable('leases')
          .set({ lease_until: storedTime(now) + leaseMs })
          .where('name', '=', name)
          .where('holder', '=', holder)
          .where('fence', '=', fence)
          .executeTakeFirst(),
      );
      return result.numUpdatedRows === 1n;
    },
    async release(name, { holder, fence }) {
      await engine.write(tx =>
        tx
          .updateTable('leases')
          .set({ lease_until: 0, holder: '' })
          .where('name', '=', name)
          .where('holder', '=', holder)
          .where('fence', '=', fence)
          .execute(),
      );
    },
    async holders() {
      const [leases, sources] = await Promise.all([
        engine.db.selectFrom('leases').select('holder').distinct().where('holder', '<>', '').execute(),
        engine.db
          .selectFrom('source_states')
          .select('lease_holder as holder')
          .distinct()
          .where('lease_holder', '<>', '')
          .execute(),
      ]);
      return [...new Set([...leases, ...sources].map(({ holder }) => holder))];
    },
    async forgetHolder(holder) {
      await engine.write(async tx => {
        await tx.updateTable('leases').set({ lease_until: 0, holder: '' }).where('holder', '=', holder).execute();
        await tx
          .updateTable('source_states')
          .set({ lease_until: 0, lease_holder: '' })
          .where('lease_holder', '=', holder)
          .execute();
      });
    },
  };
}
