import { type ScheduledTask, schedule } from 'node-cron';
import type { Log, SourceClaim } from '../pipeline/ports.ts';

export type CollectorDeps = {
  /** Leases at most `limit` due sources. */
  readonly claimDue: (limit: number) => Promise<readonly SourceClaim[]>;
  readonly release: (claims: readonly SourceClaim[]) => Promise<void>;
  /** Collects one claimed source; never rejects for what a publisher does. */
  readonly collect: (claim: SourceClaim, signal: AbortSignal) => Promise<void>;
  readonly concurrency: () => number;
  readonly log: Log;
};

export type Collector = {
  start(): void;
  /** Looks for due sources now instead of at the next tick; nothing before `start`: not every process collects. */
  wake(): void;
  /** Claims nothing more, lets running fetches finish for `graceMs`, then aborts them and hands their leases back. */
  stop(graceMs: number): Promise<void>;
  activity(): { readonly running: number; readonly slow: number };
};

/** A fetch that takes longer makes room for another: silent hosts must not starve the rest. */
const slowAfterMs = 1500;
/**
 * Places are filled when a quarter of them is free, or one was free for so long: a claim is a transaction, and with quick feeds one
 * for each would cost more than the fetches.
 */
const gatherMs = 150;
const gatherShare = 4;
/** So many slow ones at most, as a multiple of `concurrency`. */
const slowFactor = 8;

/** A tick, a query ("due, at most N per host"), a bounded push: no job framework. */
export function createCollector(deps: CollectorDeps): Collector {
  const running = new Map<SourceClaim, { slow: boolean; done: Promise<void> }>();
  const abort = new AbortController();
  let task: ScheduledTask | null = null;
  let looking = false;
  let again = false;
  /** The last look found less than it had places for: the next one is worth waiting for. */
  let scarce = false;
  let stopping = false;
  let gathering: NodeJS.Timeout | null = null;

  const freeSlots = (): number => {
    const slow = [...running.values()].filter(fetch => fetch.slow).length;
    const limit = deps.concurrency();
    return slow >= limit * slowFactor ? 0 : limit - (running.size - slow);
  };

  const run = (claim: SourceClaim): void => {
    const state = { slow: false, done: Promise.resolve() };
    const timer = setTimeout(() => {
      state.slow = true;
      wake();
    }, slowAfterMs);
    state.done = deps
      .collect(claim, abort.signal)
      .catch(error => deps.log.error('collecting failed', { source: claim.state.sourceId, error }))
      .finally(() => {
        clearTimeout(timer);
        running.delete(claim);
        gather();
      });
    running.set(claim, state);
  };

  const gather = (): void => {
    if (!scarce && freeSlots() * gatherShare >= deps.concurrency()) wake();
    else gathering ??= setTimeout(wake, gatherMs);
  };

  const look = async (): Promise<void> => {
    if (gathering !== null) clearTimeout(gathering);
    gathering = null;
    if (task === null) return;
    if (looking || stopping) {
      again = looking;
      return;
    }
    looking = true;
    try {
      for (let first = true; first || again; first = false) {
        again = false;
        const free = freeSlots();
        if (free <= 0) break;
        if (!first && free * gatherShare < deps.concurrency()) {
          gather();
          break;
        }
        const claims = await deps.claimDue(free);
        if (stopping) {
          await deps.release(claims);
          return;
        }
        claims.forEach(run);
        scarce = claims.length < free;
        again ||= claims.length === free;
      }
    } catch (error) {
      deps.log.warn('cannot look for due sources; trying again at the next tick', { error });
    } finally {
      looking = false;
    }
  };
  const wake = (): void => {
    void look();
  };

  return {
    start: () => {
      task = schedule('* * * * * *', wake, { noOverlap: true, suppressMissedWarning: true });
      wake();
    },
    wake,
    activity: () => ({ running: running.size, slow: [...running.values()].filter(fetch => fetch.slow).length }),
    stop: async graceMs => {
      stopping = true;
      if (gathering !== null) clearTimeout(gathering);
      await task?.destroy();
      const all = () => Promise.allSettled([...running.values()].map(fetch => fetch.done));
      await Promise.race([all(), new Promise(resolve => setTimeout(resolve, graceMs).unref())]);
      abort.abort(new Error('newsfold is shutting down'));
      await all();
    },
  };
}
