import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Millis, TopicId } from '../model.ts';
import type { DedupStep } from '../pipeline/dedup-items.ts';
import type { LeaseStore, Log } from '../pipeline/ports.ts';

export type DeduperDeps = {
  readonly leases: LeaseStore;
  readonly holder: string;
  readonly now: () => Millis;
  readonly log: Log;
  /** A fresh engine filled from the store; called whenever the election is won, because another may have written since. */
  readonly rebuild: (fence: number, options: RebuildOptions) => Promise<number>;
  readonly step: (signal: AbortSignal) => Promise<DedupStep>;
  readonly settle: () => Promise<DedupStep>;
  /** One page of stories to match again because topics changed; answers 0 when all is matched. */
  readonly rematch: () => Promise<number>;
  /** Corrections that came since, constraints for the engine. */
  readonly correct: () => Promise<DedupStep>;
  readonly onTouched: (topics: readonly TopicId[]) => void;
};

export type RebuildOptions = {
  readonly signal: AbortSignal;
  /** To be awaited every now and then: a large window takes longer to read than a lease lasts. Throws when another has taken over. */
  readonly keepLease: () => Promise<void>;
};

export type Deduper = {
  start(): void;
  /** New items arrived. */
  wake(): void;
  stop(): Promise<void>;
  status(): { readonly leading: boolean; readonly rebuilt: number };
};

const leaseName = 'dedup';
const leaseMs = 12_000;
const renewEveryMs = 4_000;
const lookEveryMs = 1_000;
const settleEveryMs = 60_000;
/** As soon as all that came is folded, what should have met meets: readers fetch in between. */
const settleSoonMs = 5_000;

/**
 * One elected holder at a time. The fence goes with every write, so a stalled holder's late write is refused by the
 * store; a takeover happens within one lease.
 */
export function createDeduper(deps: DeduperDeps): Deduper {
  const abort = new AbortController();
  let loop: Promise<void> = Promise.resolve();
  let fence: number | null = null;
  let rebuilt = 0;
  let settledAt: Millis = 0;
  let unsettled = 0;
  let renewedAt: Millis = 0;
  let wakeUp: () => void = () => undefined;

  const rest = async (ms: number): Promise<void> => {
    const woken = new Promise<void>(resolve => {
      wakeUp = resolve;
    });
    const nap = new AbortController();
    await Promise.race([
      woken,
      sleep(ms, undefined, { signal: AbortSignal.any([nap.signal, abort.signal]) }).catch(() => undefined),
    ]);
    nap.abort();
  };

  /** Renews the lease when it is time to. @returns false when another process has it. */
  const keep = async (held: number): Promise<boolean> => {
    const now = deps.now();
    // A clock set back must not put off the renewal for as long.
    if (Math.abs(now - renewedAt) < renewEveryMs) return true;
    const kept = await deps.leases.renew(leaseName, { holder: deps.holder, fence: held, now, leaseMs });
    if (kept) renewedAt = now;
    return kept;
  };

  const lead = async (): Promise<boolean> => {
    if (fence !== null) {
      if (await keep(fence)) return true;
      deps.log.warn('another process took the dedup over');
      fence = null;
    }
    const now = deps.now();
    const won = await deps.leases.acquire(leaseName, { holder: deps.holder, now, leaseMs });
    if (won === null) return false;
    fence = won;
    renewedAt = now;
    rebuilt = await deps.rebuild(won, {
      signal: abort.signal,
      keepLease: async () => {
        if (!(await keep(won))) throw new AppError('lease-lost', 'another process took the dedup over');
      },
    });
    deps.log.info('dedup started', { items: rebuilt, durationMs: deps.now() - now });
    return true;
  };

  const isTimeToSettle = (allFolded: boolean): boolean => {
    // Of a clock set back nothing is known but that time has passed.
    const sinceMs = Math.abs(deps.now() - settledAt);
    return sinceMs > settleEveryMs || (allFolded && (settledAt === 0 || (unsettled > 0 && sinceMs > settleSoonMs)));
  };

  /** @returns whether there may be more to do at once. */
  const work = async (): Promise<boolean> => {
    const corrected = await deps.correct();
    const added = await deps.step(abort.signal);
    const steps = [corrected, added];
    unsettled += added.items;
    if (isTimeToSettle(added.items === 0)) {
      steps.push(await deps.settle());
      settledAt = deps.now();
      unsettled = 0;
    }
    for (const step of steps) {
      if (step.outcome === 'refused') {
        fence = null;
        return false;
      }
      if (step.outcome === 'saved') {
        deps.log.info('dedup', {
          items: step.items,
          newStories: step.newStories,
          folded: step.folded,
          merged: step.merged,
          split: step.split,
        });
        deps.onTouched(step.touchedTopics);
      }
    }
    const rematched = await deps.rematch();
    return rematched > 0 || steps.some(step => step.items > 0);
  };

  const run = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      let more = false;
      try {
        more = (await lead()) && (await work());
      } catch (error) {
        if (abort.signal.aborted) break;
        // The engine may hold what the store refused: a fresh one is built when the lease is taken again.
        fence = null;
        deps.log.warn('the dedup pauses', { error });
        await rest(lookEveryMs * 3);
      }
      if (more) continue;
      await rest(lookEveryMs);
    }
    if (fence !== null) await deps.leases.release(leaseName, { holder: deps.holder, fence }).catch(() => undefined);
  };

  return {
    start: () => {
      loop = run();
    },
    wake: () => wakeUp(),
    stop: async () => {
      abort.abort(new Error('newsfold is shutting down'));
      await loop;
    },
    status: () => ({ leading: fence !== null, rebuilt }),
  };
}
