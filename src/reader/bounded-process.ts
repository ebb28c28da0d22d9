import { type ChildProcess, fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ready } from './answer-jobs.ts';

export type ProcessLimits = { readonly timeBudgetMs: number; readonly heapMaxMiB: number };

/** How a job can end without an answer: its process was ended, or ended itself. */
export type ProcessStop =
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'died'; readonly message: string };

/** Loading the program is not the document's fault; a process that cannot even start is given up after this. */
const startBudgetMs = 30_000;
/** Of a young generation of three times this nothing outlives the document; with a quarter of it a seventh more CPU went into collecting. */
const semiSpaceMiB = 8;
/** Deep recursion in a library fails at a known depth. The system gives a main thread 8 MiB. */
const stackKiB = 3900;
/** What is kept of what a process says before it dies. */
const lastWordsMax = 8_000;

/**
 * A program of ours in a process of its own, which does one job at a time within a budget of time and memory. When a job exceeds it,
 * the process is ended and the next job gets a new one.
 *
 * A process and not a thread, because a thread's limit of memory is none: a single large allocation aborts all of Node
 * (docs/technotes/016-collector-loop.md). It sees nothing but its program: no environment, no file but code, no program
 * but this one.
 */
export class BoundedProcess<Job, Answer> {
  readonly #program: URL;
  readonly #limits: ProcessLimits;
  #child: ChildProcess | null = null;
  #ready: Promise<void> | null = null;
  #finish: ((end: Answer | ProcessStop) => void) | null = null;
  #busy = false;
  #workingSince: number | null = null;

  /** @param program its file without the extension: `.ts` from the sources, `.js` in the build; it calls `answerJobs` */
  constructor(program: URL, limits: ProcessLimits) {
    this.#program = new URL(program.href + (import.meta.url.endsWith('.ts') ? '.ts' : '.js'));
    this.#limits = limits;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** How long it has been at its job, its own start not counted; 0 when it has none. */
  get workingMs(): number {
    return this.#workingSince === null ? 0 : performance.now() - this.#workingSince;
  }

  /** Never rejects. One call at a time. */
  async run(job: Job): Promise<Answer | ProcessStop> {
    this.#busy = true;
    try {
      return await this.#run(job);
    } finally {
      this.#busy = false;
      this.#workingSince = null;
      if (this.#child) keepsAlive(this.#child, false);
    }
  }

  async #run(job: Job): Promise<Answer | ProcessStop> {
    const end = new Promise<Answer | ProcessStop>(resolve => {
      this.#finish = resolve;
    });
    try {
      this.#child ??= this.#start();
    } catch (error) {
      // The system has no memory or no room for another process.
      return { kind: 'died', message: `the process did not start: ${(error as Error).message}` };
    }
    keepsAlive(this.#child, true);
    let timer = setTimeout(() => this.#stop({ kind: 'died', message: 'the process did not start' }), startBudgetMs);
    const started = await Promise.race([this.#ready ?? end, end]);
    clearTimeout(timer);
    if (started !== undefined) return started;
    timer = setTimeout(() => this.#stop({ kind: 'too-slow' }), this.#limits.timeBudgetMs);
    this.#workingSince = performance.now();
    // One that ends meanwhile says so by its end.
    this.#child?.send(job as object, () => undefined);
    const answer = await end;
    clearTimeout(timer);
    return answer;
  }

  /** Ends the process; a job that it has is answered `died`. */
  async close(): Promise<void> {
    const child = this.#child;
    const gone = child && new Promise(resolve => child.once('close', resolve));
    if (child) keepsAlive(child, true);
    this.#stop({ kind: 'died', message: 'the process was closed' });
    await gone;
  }

  #start(): ChildProcess {
    const child = fork(this.#program, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: nodeFlags(this.#program, this.#limits),
      env: environment(),
    });
    sacrifice(child.pid);
    let lastWords = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(0, lastWordsMax);
    });
    this.#ready = new Promise(resolve => {
      child.on('message', message => {
        if (message === ready) resolve();
        // An answer that crossed the end of its process is not the next job's.
        else if (child === this.#child) this.#finish?.(message as Answer);
      });
    });
    child.on('error', error => {
      if (child === this.#child) this.#end({ kind: 'died', message: error.message });
    });
    child.on('close', (code, signal) => {
      if (child === this.#child) this.#end(causeOf(code, signal, lastWords));
    });
    return child;
  }

  #stop(stop: ProcessStop): void {
    const child = this.#child;
    this.#end(stop);
    // Nobody waits for its end. No milder signal: the program may be in a loop, and has nothing to save.
    child?.kill('SIGKILL');
  }

  #end(stop: ProcessStop): void {
    this.#child = null;
    this.#ready = null;
    this.#finish?.(stop);
    this.#finish = null;
  }
}

/**
 * Where memory runs out for all, Linux ends this process before its parent, however large that is (proc_pid_oom_score_adj(5)).
 * Other systems have no such file.
 */
function sacrifice(pid: number | undefined): void {
  if (pid !== undefined) writeFile(`/proc/${pid}/oom_score_adj`, '1000').catch(() => undefined);
}

/** Whether the parent's event loop waits for it. */
function keepsAlive(child: ChildProcess, whether: boolean): void {
  // A pipe of a child is a socket, whose type does not say so.
  const pipe = child.stderr as unknown as { ref(): void; unref(): void } | null;
  for (const handle of [child, child.channel, pipe]) whether ? handle?.ref() : handle?.unref();
}

// Up from src/reader and from dist/reader alike. Beside `code` lie, in a checkout, configuration and store.
const code = fileURLToPath(new URL('../', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where packages are: here, or where this folder is a link to, or above, where `root` is itself a package. */
const packages = `${root}node_modules/`;
const packagesInFact = fileURLToPath(import.meta.resolve('htmlparser2').replace(/(\/node_modules\/).*$/, '$1'));
/** What was compiled. Not the parent's own folder: what is written here is never run there. */
const compileCache = `${packages}.cache/newsfold-reader`;

function nodeFlags(program: URL, { heapMaxMiB }: ProcessLimits): string[] {
  const readable = [`${code}*`, `${packages}*`, `${packagesInFact}*`, `${root}package.json`, fileURLToPath(program)];
  return [
    `--max-old-space-size=${heapMaxMiB}`,
    `--max-semi-space-size=${semiSpaceMiB}`,
    `--stack-size=${stackKiB}`,
    '--disallow-code-generation-from-strings',
    '--permission',
    ...readable.map(path => `--allow-fs-read=${path}`),
    `--allow-fs-write=${compileCache}/*`,
  ];
}

/** Nothing of the parent's, which holds secrets, but what the system's linker needs where Node's libraries are kept elsewhere. */
function environment(): NodeJS.ProcessEnv {
  const linker = Object.entries(process.env).filter(([name]) => /^(?:LD|DYLD)_/.test(name));
  // One pool of memory is enough for one thread.
  return {
    ...Object.fromEntries(linker),
    MALLOC_ARENA_MAX: '1',
    UV_THREADPOOL_SIZE: '1',
    NODE_COMPILE_CACHE: compileCache,
  };
}

function causeOf(code: number | null, signal: NodeJS.Signals | null, lastWords: string): ProcessStop {
  if (/heap out of memory|Allocation failed/.test(lastWords)) return { kind: 'too-large' };
  const error = /^\w*Error\b.*$/m.exec(lastWords)?.[0];
  return {
    kind: 'died',
    message: error ?? (signal === null ? `the process ended with code ${code}` : `${signal} ended the process`),
  };
}
