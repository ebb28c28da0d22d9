import { availableParallelism } from 'node:os';
import { AppError } from '../errors.ts';
import type { Reader, ReadOutcome } from '../pipeline/ports.ts';
import { BoundedProcess, type ProcessLimits, type ProcessStop } from './bounded-process.ts';
import type { ReaderAnswer, ReaderJob } from './reader-job.ts';

export type ProcessReaderOptions = Partial<ProcessLimits> & {
  /** Processes at most; a second one starts only when the first is held up, or for a crowd. */
  readonly processesMax?: number;
  /** Documents waiting at most. */
  readonly queueMax?: number;
  /** A document that is read for longer than this holds its process up. */
  readonly patienceMs?: number;
};

const readerDefaults = {
  processesMax: 2,
  queueMax: 512,
  patienceMs: 2_000,
  timeBudgetMs: 10_000,
  heapMaxMiB: 256,
} as const;

/**
 * A process that has had nothing to do for this long is ended: each one has some 55 MiB for itself, and a new one takes half a
 * second of CPU. The last one waits longer.
 */
const idleMs = 30_000;
const lastIdleMs = 60_000;

/**
 * One process reads hundreds of feeds in a second, beside the parent that stores them: on two cores a second one would only compile
 * and keep everything twice. It starts when a document holds the first one up, and where there are cores for it, for a crowd.
 */
const crowd = availableParallelism() > 2 ? 16 : Number.POSITIVE_INFINITY;

type ReadingProcess = BoundedProcess<ReaderJob, ReaderAnswer>;

const program = new URL('./reader-program', import.meta.url);

type Waiting = {
  readonly job: ReaderJob;
  readonly resolve: (end: ReaderAnswer | ProcessStop) => void;
  readonly reject: (reason: unknown) => void;
};

/**
 * Reads documents in processes of their own, so that a hostile one holds up nothing else: it is stopped after its budget of time or
 * memory and becomes an outcome (`document-too-slow`, `document-too-large`), and the processes go on with the next.
 *
 * A call rejects only when its signal aborts, the reader is closed, or too many documents wait.
 */
export function createProcessReader(options: ProcessReaderOptions = {}): Reader {
  const { processesMax, queueMax, patienceMs, timeBudgetMs, heapMaxMiB } = { ...readerDefaults, ...options };
  const children: ReadingProcess[] = [];
  const queue: Waiting[] = [];
  const idleTimers = new WeakMap<ReadingProcess, NodeJS.Timeout>();
  let closed = false;

  const pump = (): void => {
    while (queue.length > 0 && !closed) {
      const child = freeChild();
      const next = child && queue.shift();
      if (!next) return;
      // Not a timer of its time: it may have to start first, and that is no document's fault.
      const impatience = setInterval(pump, patienceMs).unref();
      void runOrRepeat(child, next.job).then(end => {
        clearInterval(impatience);
        next.resolve(end);
        retireWhenIdle(child);
        pump();
      });
    }
  };

  /**
   * A process that died may have been killed by a system without memory, or by an admin: its document is read once more, before it
   * counts as failed. What it lists now may not be listed any more when it is fetched again.
   */
  const runOrRepeat = async (child: ReadingProcess, job: ReaderJob): Promise<ReaderAnswer | ProcessStop> => {
    const end = await child.run(job);
    return end.kind === 'died' && !closed ? child.run(job) : end;
  };

  const freeChild = (): ReadingProcess | undefined => {
    const free = children.find(child => !child.busy);
    if (free || children.length >= processesMax) return free;
    const heldUp = children.length > 0 && children.every(child => child.workingMs >= patienceMs);
    if (children.length > 0 && queue.length < crowd && !heldUp) return undefined;
    const child = new BoundedProcess<ReaderJob, ReaderAnswer>(program, { timeBudgetMs, heapMaxMiB });
    children.push(child);
    return child;
  };

  const retireWhenIdle = (child: ReadingProcess): void => {
    clearTimeout(idleTimers.get(child));
    const retire = () => {
      const position = children.indexOf(child);
      if (child.busy || position < 0) return;
      children.splice(position, 1);
      void child.close();
    };
    const timer = setTimeout(retire, children[0] === child ? lastIdleMs : idleMs);
    idleTimers.set(child, timer.unref());
  };

  const run = (job: ReaderJob, signal: AbortSignal): Promise<ReaderAnswer | ProcessStop> =>
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
      // Only what reading needs: credentials of a source never enter the process.
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
      await Promise.all(children.map(child => child.close()));
    },
  };
}

function outcomeOf(end: ReaderAnswer | ProcessStop, timeBudgetMs: number): ReadOutcome {
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
      return unreadable(
        'document-failed',
        `The document could not be read because of a mistake in newsfold: ${end.message}`,
      );
    case 'died':
      return unreadable('document-failed', `The document was not read: ${end.message}.`);
    default:
      return unreadable('document-failed', 'The reading process gave no answer.');
  }
}
