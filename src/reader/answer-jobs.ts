import { flushCompileCache } from 'node:module';

/** The first message of a program that is loaded. */
export const ready = 'ready';

/**
 * The inside of a `BoundedProcess`: answers its parent's jobs one after the other, and ends with it. Keys pressed in a terminal reach
 * every process that belongs to it, so signals are the parent's affair: it finishes its work, this program's answers included.
 *
 * @param answer rejects never: what goes wrong is an answer
 */
export function answerJobs<Job>(answer: (job: Job) => unknown): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('message', async job => process.send?.(await answer(job as Job)));
  // Processes come and go with the work: what the first one compiled, the next ones find, however the first one ends.
  process.once('message', () => setTimeout(flushCompileCache, 1000).unref());
  process.send?.(ready);
}
