/**
 * How many fetches go on at once, where waiting costs nothing: a fetch that has run for longer than `patienceMs` (a silent
 * host) gives its slot to the next one and finishes beside it. So a hundred silent hosts delay a hundred good ones by a
 * few times the patience, and not by a few times the timeout.
 */
export type Slots = {
  /** Resolves when there is a slot and calls `work`; rejects when the signal aborts before that. */
  run<T>(work: () => Promise<T>, options: { readonly signal: AbortSignal }): Promise<T>;
  /** Free slots now: how much a scheduler should claim. */
  free(): number;
  /** Resolves when a slot becomes free. */
  whenFree(options: { readonly signal: AbortSignal }): Promise<void>;
};

export function createSlots(options: {
  readonly slotsMax: number;
  readonly waitingMax: number;
  readonly patienceMs: number;
}): Slots {
  let quick = 0;
  let slow = 0;
  const queue: (() => void)[] = [];

  const free = (): number => Math.min(options.slotsMax - quick, options.slotsMax + options.waitingMax - quick - slow);
  function wake(): void {
    // Each woken one takes its slot (or not) before the next is woken.
    if (queue.length > 0 && free() > 0) queue.shift()?.();
  }

  function whenFree({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    if (queue.length === 0 && free() > 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const onFree = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
        queueMicrotask(wake);
      };
      const onAbort = () => {
        queue.splice(queue.indexOf(onFree), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      queue.push(onFree);
    });
  }

  return {
    free,
    whenFree,
    async run(work, { signal }) {
      while (free() <= 0) await whenFree({ signal });
      signal.throwIfAborted();
      quick++;
      let isSlow = false;
      const timer = setTimeout(() => {
        isSlow = true;
        quick--;
        slow++;
        wake();
      }, options.patienceMs);
      try {
        return await work();
      } finally {
        clearTimeout(timer);
        if (isSlow) slow--;
        else quick--;
        wake();
      }
    },
  };
}
