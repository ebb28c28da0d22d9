import type { Millis } from '../model.ts';
import type { HourlySum, Log } from '../pipeline/ports.ts';

export type PulseDeps = {
  readonly cache: { status(): { readonly hits: number; readonly misses: number } };
  /** Items that wait to be folded. */
  readonly queue: () => Promise<number>;
  readonly note: (sums: Readonly<Record<HourlySum, number>>, now: Millis) => Promise<void>;
  readonly now: () => Millis;
  readonly log: Log;
};

export type Pulse = {
  start(): void;
  /** Notes what happened since the last beat. */
  beat(): Promise<void>;
  stop(): Promise<void>;
};

const firstMs = 5_000;
const everyMs = 60_000;

/** Once a minute each process adds what its cache answered, and how long the queue is, to the sums that the charts are drawn from. */
export function createPulse({ cache, queue, note, now, log }: PulseDeps): Pulse {
  let seen = { hits: 0, misses: 0 };
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  const beat = async (): Promise<void> => {
    const { hits, misses } = cache.status();
    const waiting = await queue();
    await note(
      {
        'cache:hits': Math.max(0, hits - seen.hits),
        'cache:misses': Math.max(0, misses - seen.misses),
        'queue:sum': waiting,
        'queue:looks': 1,
      },
      now(),
    );
    seen = { hits, misses };
  };
  const next = (afterMs: number): void => {
    timer = setTimeout(() => {
      running = beat()
        .catch(error => log.warn('the charts miss a minute', { error }))
        .then(() => {
          if (timer) next(everyMs);
        });
    }, afterMs);
    timer.unref();
  };
  return {
    start: () => next(firstMs),
    beat,
    stop: async () => {
      if (timer) clearTimeout(timer);
      timer = null;
      await running;
    },
  };
}
