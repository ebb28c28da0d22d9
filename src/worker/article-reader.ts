import { type ScheduledTask, schedule } from 'node-cron';
import type { Log } from '../pipeline/ports.ts';

/** Looks every few seconds for items whose page should be read; one round at a time, so nothing piles up. */
export function createArticleReader(deps: {
  readonly read: (signal: AbortSignal) => Promise<number>;
  readonly log: Log;
}): { start(): void; stop(): Promise<void> } {
  const abort = new AbortController();
  let task: ScheduledTask | null = null;
  let round: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    try {
      while (!abort.signal.aborted && (await deps.read(abort.signal)) > 0);
    } catch (error) {
      if (!abort.signal.aborted) deps.log.warn('articles cannot be read now', { error });
    }
  };

  return {
    start: () => {
      const look = () => {
        round ??= run().finally(() => {
          round = null;
        });
      };
      task = schedule('*/5 * * * * *', look, { suppressMissedWarning: true });
    },
    stop: async () => {
      abort.abort(new Error('newsfold is shutting down'));
      await task?.destroy();
      await round;
    },
  };
}
