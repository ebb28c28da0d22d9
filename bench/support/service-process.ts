import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf } from '../../test/support/child-processes.ts';

const root = resolve(import.meta.dirname, '../..');
/** The kernel counts a process's time in these (getconf CLK_TCK on every Linux that runs Node). */
const tickMs = 10;

export type ServiceProcess = {
  readonly pid: number;
  readonly url: string;
  readonly dir: string;
  /** From `spawn` to the line that says where it listens. */
  readonly listeningMs: number;
  stop(): Promise<void>;
};

export type ServiceFiles = {
  readonly newsfold: string;
  readonly sources?: string;
  readonly topics?: string;
  /** A folder that outlives the process, for a second start over the same store. */
  readonly dir?: string;
  readonly nodeFlags?: readonly string[];
};

/** The service as `npm start` runs it: same flags, built code where there is any, in a process of its own. */
export async function startProcess(files: ServiceFiles): Promise<ServiceProcess> {
  const dir = files.dir ?? (await mkdtemp(join(tmpdir(), 'newsfold-bench-')));
  await writeFile(join(dir, 'newsfold.yaml'), files.newsfold);
  await writeFile(join(dir, 'sources.yaml'), files.sources ?? 'sources: []\n');
  await writeFile(join(dir, 'topics.yaml'), files.topics ?? 'topics: []\n');
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...(files.nodeFlags ?? startFlags()), program(), 'serve', '--config', dir], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...(process.env.MALLOC_ARENA_MAX === undefined ? {} : { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX }),
      NEWSFOLD_SERVER_PORT: '0',
      NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}`,
      NEWSFOLD_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Nothing is left behind when the bench itself fails.
  const killChild = () => child.kill('SIGKILL');
  process.once('exit', killChild);
  child.once('exit', () => process.removeListener('exit', killChild));
  const url = await listeningAt(child);
  return {
    pid: child.pid as number,
    url,
    dir,
    listeningMs: performance.now() - startedAt,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await Promise.race([gone, sleep(25_000).then(() => child.kill('SIGKILL'))]);
      }
      if (files.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

async function listeningAt(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolveUrl, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no first line within 60 s: ${said}`));
    }, 60_000);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-8000);
      const url = /newsfold is at (http:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolveUrl(url);
    });
    child.once('exit', code => {
      clearTimeout(timer);
      reject(new Error(`newsfold ended with ${code}: ${said}`));
    });
  });
}

/** `dist/` is what people run; without a build the sources are measured, and the bench says so. */
export function program(): string {
  const built = join(root, 'dist/main.js');
  return existsSync(built) ? built : join(root, 'src/main.ts');
}

/** The flags between `node` and the program in the start script. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter(word => word.startsWith('--'));
}

/** CPU time that a process and its children have used so far, with all their threads, those that ended included. */
export function cpuMsOf(pid: number): number {
  // Of a child that has ended, the parent keeps the sum.
  const ticks = statOf(pid)
    .slice(11, 15)
    .reduce((sum, field) => sum + Number(field), 0);
  return childrenOf(pid).reduce((sum, child) => sum + (whileItLives(() => cpuMsOf(child)) ?? 0), ticks * tickMs);
}

/** A reading process may end at any moment. */
function whileItLives<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** CPU time of the threads that live now, by name: `main`, V8's compiler and collector (`V8Worker`), libuv's; those of children beginning with `reader `. */
export function threadCpuMsOf(pid: number, prefix = ''): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    const name = prefix + (thread === String(pid) ? 'main' : stat.slice(stat.indexOf('(') + 1, end));
    sums.set(name, (sums.get(name) ?? 0) + (Number(fields[11]) + Number(fields[12])) * tickMs);
  }
  for (const child of childrenOf(pid)) {
    const reading = whileItLives(() => threadCpuMsOf(child, 'reader ')) ?? [];
    for (const [name, ms] of reading) sums.set(name, (sums.get(name) ?? 0) + ms);
  }
  return sums;
}

/**
 * Resident memory of a process and its children now, as if they were alone on the machine: what each has for itself, and once what they
 * have from files, which is Node's own program text and the same for all.
 */
export function memoryMiBOf(pid: number): { readonly all: number; readonly service: number } {
  const own = residentMiBOf(pid);
  const children = childrenOf(pid).flatMap(child => whileItLives(() => residentMiBOf(child)) ?? []);
  const files = Math.max(own.files, ...children.map(child => child.files));
  return { all: children.reduce((sum, child) => sum + child.own, own.own + files), service: own.own + own.files };
}

function residentMiBOf(pid: number): { readonly own: number; readonly files: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { own: field('Anonymous'), files: field('Rss') - field('Anonymous') };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Every figure depends on what else the machine does: the load average, and how much CPU time a fixed piece of work takes now
 * (quicker machines and quieter moments take less).
 */
export function machineLine(): string {
  const before = process.cpuUsage();
  let sum = 0;
  for (let round = 0; round < 60; round++) sum += JSON.stringify(JSON.parse(yardstick)).length;
  const { user, system } = process.cpuUsage(before);
  const load = loadavg().map(value => value.toFixed(1));
  return `node ${process.version}, load average ${load.join(' ')}, yardstick ${((user + system) / 1000 / 60).toFixed(2)} ms (${sum % 10})`;
}

const yardstick = JSON.stringify(
  Array.from({ length: 2000 }, (_, n) => ({
    id: `item-${n}`,
    title: 'Città e موسيقى',
    at: n * 60_000,
    tags: ['a', 'b'],
  })),
);
