import { Worker } from 'node:worker_threads';
import type { ErrorCode } from '../errors.ts';

export type ParseRequest = {
  readonly body: Uint8Array;
  readonly url: string | null;
  readonly contentType: string | null;
};

/** The document as JSON (the shape of docs/technotes/001-reading-feeds.md), or why there is none. */
export type ParseAnswer =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string } };

/** Well under the 15 s in which every answer is promised. */
const defaultTimeoutMs = 8_000;
const memoryMbMax = 768;

type Job = { readonly request: ParseRequest; readonly resolve: (answer: ParseAnswer) => void };

/**
 * One warm thread that reads documents in order of arrival. A document that exceeds the budget of time or memory costs
 * the thread: it is ended, the document is answered with an error, and a new thread reads on.
 */
export class ParseWorker {
  readonly #jobs: Job[] = [];
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  readonly #timeoutMs: number;

  constructor(options: { timeoutMs?: number } = {}) {
    this.#timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  }

  /** Never rejects. */
  parse(request: ParseRequest): Promise<ParseAnswer> {
    return new Promise(resolve => {
      if (this.#closed) {
        resolve({ ok: false, error: { code: 'document-too-slow', message: 'The reader was closed.' } });
        return;
      }
      this.#jobs.push({ request, resolve });
      if (this.#jobs.length === 1) this.#startNext();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const job of this.#jobs.splice(0)) {
      job.resolve({ ok: false, error: { code: 'document-too-slow', message: 'The reader was closed.' } });
    }
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #startNext(): void {
    const job = this.#jobs[0];
    if (!job || this.#closed) return;
    this.#worker ??= this.#start();
    this.#timer = setTimeout(() => {
      const message = `Reading the document took longer than ${this.#timeoutMs / 1000} s.`;
      this.#replace({ ok: false, error: { code: 'document-too-slow', message } });
    }, this.#timeoutMs);
    this.#worker.postMessage(job.request);
  }

  #start(): Worker {
    // In the build the thread is a .js file beside this one.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./parse-thread.${extension}`, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMbMax, stackSizeMb: 4 },
    });
    worker.on('message', (answer: ParseAnswer) => {
      if (worker === this.#worker) this.#finish(answer);
    });
    worker.on('error', error => {
      if (worker !== this.#worker) return;
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const message = memory
        ? `Reading the document took more than ${memoryMbMax} MiB.`
        : `Reading the document failed: ${error.message}`;
      this.#replace({ ok: false, error: { code: memory ? 'document-too-large' : 'not-a-feed', message } });
    });
    return worker;
  }

  /** The thread is of no use any more; the next document gets a new one. */
  #replace(answer: ParseAnswer): void {
    const worker = this.#worker;
    this.#worker = null;
    worker?.removeAllListeners('message');
    // Its end is not waited for: it holds no work, and the answer is due now.
    void worker?.terminate();
    this.#finish(answer);
  }

  #finish(answer: ParseAnswer): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const job = this.#jobs.shift();
    // The next one is under way before this answer is used.
    this.#startNext();
    job?.resolve(answer);
  }
}
