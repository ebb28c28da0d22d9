import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { ThreadAnswer, ThreadJob, ThreadStop } from './thread-job.ts';

export type ThreadLimits = { readonly timeBudgetMs: number; readonly heapMaxMiB: number };

/** Loading the program is not the document's fault; a thread that cannot even start is given up after this. */
const startBudgetMs = 30_000;
/** V8's default lets the young generation grow to 48 MiB. Of 24 nothing outlives the document; with 6 a seventh more CPU went into collecting. */
const youngMiB = 24;
/** Deep recursion in a library fails at a known depth instead of at the system's. */
const stackMiB = 4;

/**
 * One thread that reads one document at a time, within a budget of time and memory. When a document exceeds it, the thread is
 * ended and the next document gets a new one.
 */
export class ReadingThread {
  readonly #limits: ThreadLimits;
  #worker: Worker | null = null;
  #ready: Promise<void> | null = null;
  #finish: ((end: ThreadAnswer | ThreadStop) => void) | null = null;
  #busy = false;
  #readingSince: number | null = null;

  constructor(limits: ThreadLimits) {
    this.#limits = limits;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** How long it has been at its document, its own start not counted; 0 when it has none. */
  get readingMs(): number {
    return this.#readingSince === null ? 0 : performance.now() - this.#readingSince;
  }

  /** Never rejects. One call at a time. */
  async run(job: ThreadJob): Promise<ThreadAnswer | ThreadStop> {
    this.#busy = true;
    try {
      return await this.#run(job);
    } finally {
      this.#busy = false;
      this.#readingSince = null;
      this.#worker?.unref();
    }
  }

  async #run(job: ThreadJob): Promise<ThreadAnswer | ThreadStop> {
    const end = new Promise<ThreadAnswer | ThreadStop>(resolve => {
      this.#finish = resolve;
    });
    this.#start();
    this.#worker?.ref();
    let timer = setTimeout(
      () => this.#stop({ kind: 'died', message: 'the reading thread did not start' }),
      startBudgetMs,
    );
    const started = await Promise.race([this.#ready ?? end, end]);
    clearTimeout(timer);
    if (started !== undefined) return started;
    timer = setTimeout(() => this.#stop({ kind: 'too-slow' }), this.#limits.timeBudgetMs);
    this.#readingSince = performance.now();
    this.#worker?.postMessage(job, handedOver(job));
    const answer = await end;
    clearTimeout(timer);
    return answer;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#end({ kind: 'died', message: 'the reader was closed' });
    await worker?.terminate();
  }

  #start(): void {
    if (this.#worker) return;
    const file = import.meta.url.endsWith('.ts') ? './read-thread.ts' : './read-thread.js';
    const resourceLimits: ResourceLimits = {
      maxOldGenerationSizeMb: this.#limits.heapMaxMiB,
      maxYoungGenerationSizeMb: youngMiB,
      stackSizeMb: stackMiB,
    };
    const worker = new Worker(new URL(file, import.meta.url), { resourceLimits, name: 'reader' });
    this.#worker = worker;
    this.#ready = new Promise(resolve => {
      worker.on('message', (answer: ThreadAnswer) => {
        if (answer.kind === 'ready') resolve();
        else this.#finish?.(answer);
      });
    });
    worker.on('error', (error: Error & { code?: string }) => {
      const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (worker === this.#worker)
        this.#end(outOfMemory ? { kind: 'too-large' } : { kind: 'died', message: error.message });
    });
    worker.on('exit', code => {
      if (worker === this.#worker) this.#end({ kind: 'died', message: `the reading thread ended with code ${code}` });
    });
  }

  #stop(stop: ThreadStop): void {
    const worker = this.#worker;
    this.#end(stop);
    // Nobody waits for it: a thread in a native loop may take its time to end.
    worker?.terminate().catch(() => undefined);
  }

  #end(stop: ThreadStop): void {
    this.#worker = null;
    this.#ready = null;
    this.#finish?.(stop);
    this.#finish = null;
  }
}

/** The memory of the body itself, where the body is all of it: a copy here would wait for this heap's next collection. */
function handedOver(job: ThreadJob): ArrayBuffer[] {
  if (job.kind !== 'read') return [];
  const { buffer, byteLength } = job.request.body;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
