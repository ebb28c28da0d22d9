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
  /** What is done once a round besides: notes the store's size, forgets ended sessions. */
  readonly note: () => Promise<void>;
};

export type Keeper = {
  start(): void;
  /** One round now. @returns how many rows went; 0 when another process keeps house. */
  keepNow(): Promise<number>;
  stop(): Promise<void>;
};

const leaseName = 'keeper';
const leaseMs = 300_000;
const batchesMax = 1000;

/** Housekeeping every ten minutes, by whichever process is first; small batches, so that nobody waits. */
export function createKeeper(deps: KeeperDeps): Keeper {
  const { holder } = deps;
  let task: ScheduledTask | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let stopping = false;

  const pruneAll = async (fence: number): Promise<number> => {
    let pruned = 0;
    let renewedAt = deps.now();
    for (let batch = 0; batch < batchesMax && !stopping; batch++) {
      const count = await deps.prune();
      if (count === 0) break;
      pruned += count;
      if (deps.now() - renewedAt > leaseMs / 3) {
        renewedAt = deps.now();
        if (!(await deps.leases.renew(leaseName, { holder, fence, now: renewedAt, leaseMs }))) break;
      }
      await new Promise(resolve => setImmediate(resolve));
    }
    return pruned;
  };

  const keep = async (): Promise<number> => {
    const now = deps.now();
    const fence = await deps.leases.acquire(leaseName, { holder, now, leaseMs });
    if (fence === null) return 0;
    try {
      const pruned = await pruneAll(fence);
      if (pruned > 0) deps.log.info('pruned', { items: pruned, durationMs: deps.now() - now });
      await deps.note();
      return pruned;
    } finally {
      await deps.leases.release(leaseName, { holder, fence }).catch(() => undefined);
    }
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
    keepNow: keep,
    stop: async () => {
      stopping = true;
      await task?.destroy();
      await running;
    },
  };
}
