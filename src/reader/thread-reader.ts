import { availableParallelism } from 'node:os';
import { AppError } from '../errors.ts';
import type { Reader, ReadOutcome } from '../pipeline/ports.ts';
import { ReadingThread, type ThreadLimits } from './reading-thread.ts';
import type { ThreadAnswer, ThreadJob, ThreadStop } from './thread-job.ts';

export type ThreadReaderOptions = Partial<ThreadLimits> & {
  /** Threads at most; a second one starts only when the first is held up, or for a crowd. */
  readonly threadsMax?: number;
  /** Documents waiting at most. */
  readonly queueMax?: number;
  /** A document that is read for longer than this holds its thread up. */
  readonly patienceMs?: number;
};

export const readerDefaults = {
  threadsMax: 2,
  queueMax: 512,
  patienceMs: 2_000,
  timeBudgetMs: 10_000,
  heapMaxMiB: 256,
} as const;

/**
 * A thread that has had nothing to do for this long is ended: each one is a hundred MiB of resident memory, and a new one takes half a
 * second of CPU. The last one waits longer.
 */
const idleMs = 30_000;
const lastIdleMs = 60_000;

/**
 * One thread reads hundreds of feeds in a second, beside a main thread that stores them: on two cores a second one would only compile
 * and keep everything twice. It starts when a document holds the first one up, and where there are cores for it, for a crowd.
 */
const crowd = availableParallelism() > 2 ? 16 : Number.POSITIVE_INFINITY;

type Waiting = {
  readonly job: ThreadJob;
  readonly resolve: (end: ThreadAnswer | ThreadStop) => void;
  readonly reject: (reason: unknown) => void;
};

/**
 * Reads documents in threads of their own, so that a hostile one holds up nothing else: it is stopped after its budget of time or
 * memory and becomes an outcome (`document-too-slow`, `document-too-large`), and the threads go on with the next.
 *
 * A call rejects only when its signal aborts, the reader is closed, or too many documents wait.
 */
export function createThreadReader(options: ThreadReaderOptions = {}): Reader {
  const { threadsMax, queueMax, patienceMs, timeBudgetMs, heapMaxMiB } = { ...readerDefaults, ...options };
  const threads: ReadingThread[] = [];
  const queue: Waiting[] = [];
  const idleTimers = new WeakMap<ReadingThread, NodeJS.Timeout>();
  let closed = false;

  const pump = (): void => {
    while (queue.length > 0 && !closed) {
      const thread = freeThread();
      const next = thread && queue.shift();
      if (!next) return;
      // Not a timer of its time: it may have to start first, and that is no document's fault.
      const impatience = setInterval(pump, patienceMs).unref();
      void thread.run(next.job).then(end => {
        clearInterval(impatience);
        next.resolve(end);
        retireWhenIdle(thread);
        pump();
      });
    }
  };

  const freeThread = (): ReadingThread | undefined => {
    const free = threads.find(thread => !thread.busy);
    if (free || threads.length >= threadsMax) return free;
    const heldUp = threads.length > 0 && threads.every(thread => thread.readingMs >= patienceMs);
    if (threads.length > 0 && queue.length < crowd && !heldUp) return undefined;
    const thread = new ReadingThread({ timeBudgetMs, heapMaxMiB });
    threads.push(thread);
    return thread;
  };

  const retireWhenIdle = (thread: ReadingThread): void => {
    clearTimeout(idleTimers.get(thread));
    const retire = () => {
      const position = threads.indexOf(thread);
      if (thread.busy || position < 0) return;
      threads.splice(position, 1);
      void thread.close();
    };
    const timer = setTimeout(retire, threads[0] === thread ? lastIdleMs : idleMs);
    idleTimers.set(thread, timer.unref());
  };

  const run = (job: ThreadJob, signal: AbortSignal): Promise<ThreadAnswer | ThreadStop> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (closed) return reject(new AppError('conflict', 'The reader is closed.'));
      if (queue.length >= queueMax) {
        return reject(
          new AppError('too-many-requests', `${queueMax} documents wait to be read already; try again later.`),
        );
      }
      const waiting: Waiting = {
        job,
        resolve: end => {
          signal.removeEventListener('abort', onAbort);
          resolve(end);
        },
        reject,
      };
      const onAbort = (): void => {
        const position = queue.indexOf(waiting);
        if (position >= 0) queue.splice(position, 1);
        // One that is being read is read to its end, which is near; nobody waits for the answer.
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      queue.push(waiting);
      pump();
    });

  return {
    async read(request, { signal }) {
      const { id, language, scrape, keep, drop, timezone } = request.source;
      // Only what reading needs: credentials of a source never enter the thread.
      const source = {
        id,
        keep,
        drop,
        ...(language && { language }),
        ...(scrape && { scrape }),
        ...(timezone && { timezone }),
      };
      return outcomeOf(await run({ kind: 'read', request: { ...request, source } }, signal), timeBudgetMs);
    },
    async readArticle(page, { signal }) {
      // A page that had to be stopped has no article to give; the item keeps the text of its feed.
      const end = await run({ kind: 'article', page }, signal);
      return end.kind === 'article' ? end.article : null;
    },
    async close() {
      closed = true;
      for (const { reject } of queue.splice(0)) reject(new AppError('conflict', 'The reader was closed.'));
      await Promise.all(threads.map(thread => thread.close()));
    },
  };
}

function outcomeOf(end: ThreadAnswer | ThreadStop, timeBudgetMs: number): ReadOutcome {
  if (end.kind === 'read') return end.outcome;
  const unreadable = (code: string, message: string): ReadOutcome => ({
    kind: 'unreadable',
    code,
    message,
    feedsOnPage: [],
  });
  switch (end.kind) {
    case 'too-slow':
      return unreadable(
        'document-too-slow',
        `Reading the document took longer than ${timeBudgetMs / 1000} s and was stopped.`,
      );
    case 'too-large':
      return unreadable('document-too-large', 'Reading the document took more memory than one document may have.');
    case 'failed':
    case 'died':
      return unreadable(
        'document-failed',
        `The document could not be read because of a mistake in newsfold: ${end.message}`,
      );
    default:
      return unreadable('document-failed', 'The reading thread gave no answer.');
  }
}
