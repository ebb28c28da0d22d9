import { type ScheduledTask, schedule } from 'node-cron';
import type { Millis } from '../model.ts';
import type { LeaseStore, Log } from '../pipeline/ports.ts';

export type KeeperDeps = {
  readonly leases: LeaseStore;
  readonly holder: string;
  readonly now: () => Millis;
  readonly log: Log;
  /** One small batch; 0 when nothing is left. */
  readonly prune: () => Promise<number>;
};

const batchesMax = 1000;

/** Housekeeping every ten minutes, by whichever process is first; small batches, so that nobody waits. */
export function createKeeper(deps: KeeperDeps): { start(): void; stop(): Promise<void> } {
  let task: ScheduledTask | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopping = false;

  const keep = async (): Promise<void> => {
    const now = deps.now();
    const fence = await deps.leases.acquire('keeper', { holder: deps.holder, now, leaseMs: 300_000 });
    if (fence === null) return;
    let pruned = 0;
    for (let batch = 0; batch < batchesMax && !stopping; batch++) {
      const count = await deps.prune();
      if (count === 0) break;
      pruned += count;
      await new Promise(resolve => setImmediate(resolve));
    }
    await deps.leases.release('keeper', { holder: deps.holder, fence });
    if (pruned > 0) deps.log.info('pruned', { items: pruned, durationMs: deps.now() - now });
  };

  return {
    start: () => {
      task = schedule(
        '*/10 * * * *',
        () => {
          running = keep().catch(error => deps.log.warn('housekeeping failed; trying again in ten minutes', { error }));
        },
        { noOverlap: true, suppressMissedWarning: true },
      );
    },
    stop: async () => {
      stopping = true;
      await task?.destroy();
      await running;
    },
  };
}
