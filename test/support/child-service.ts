import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type ChildService = {
  readonly process: ChildProcess;
  readonly url: string;
  /** What it logged and said so far. */
  said(): string;
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<number | null>;
};

const main = resolve(import.meta.dirname, '../../src/main.ts');

/** `newsfold serve` as a process of its own, as its user runs it; resolves when it listens. */
export async function startChild(dir: string, environment: Record<string, string> = {}): Promise<ChildService> {
  return startProgram([main, '--config', dir, 'serve'], dir, environment);
}

/** A process that says where it is as `serve` does. */
export async function startProgram(
  parameters: readonly string[],
  dir: string,
  environment: Record<string, string>,
): Promise<ChildService> {
  const child = spawn(process.execPath, parameters, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NEWSFOLD_SERVER_PORT: '0',
      NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}`,
      NEWSFOLD_LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolveUrl, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const match = /newsfold (?:is at (http:\S+)|works without a page)/.exec(said);
      if (match) resolveUrl(match[1] ?? '');
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', code => reject(new Error(`newsfold ended with ${code}: ${said}`)));
  });
  return {
    process: child,
    url,
    said: () => said,
    kill: async signal => {
      if (signal === 'SIGSTOP' || signal === 'SIGCONT') {
        child.kill(signal);
        return null;
      }
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      // A stopped process hears nothing else.
      child.kill('SIGCONT');
      await gone;
      return child.exitCode;
    },
  };
}

/**
 * How long the main thread of a process was ready to run and got no processor, in ms: what a busy machine adds to a time by the clock.
 * 0 where the system does not say (Linux does, https://docs.kernel.org/scheduler/sched-stats.html).
 */
export async function waitedForProcessorMs({ process: { pid } }: ChildService): Promise<number> {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0 0 0');
  return Number(text.split(' ')[1]) / 1e6;
}

/** A configuration folder with `feeds` sources `s-0`, `s-1`, … of feed farms, in turn. */
export async function farmFolder(
  farms: string | readonly string[],
  options: { readonly feeds: number; readonly schedule: string; readonly collect?: string; readonly rest?: string },
): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'newsfold-farm-'));
  const origins = typeof farms === 'string' ? [farms] : farms;
  const collect = [
    `allow: [${origins.map(origin => `"${origin.slice(7)}"`).join(', ')}]`,
    'intervalMin: 10s',
    options.collect ?? 'perHost: 8',
  ].join(', ');
  await writeFile(join(dir, 'newsfold.yaml'), `collect: { ${collect} }\n${options.rest ?? ''}`);
  const sources = Array.from(
    { length: options.feeds },
    (_, i) =>
      `  - { id: s-${i}, url: "${origins[i % origins.length]}/feed/${i}.xml", schedule: ${options.schedule} }\n`,
  );
  await writeFile(join(dir, 'sources.yaml'), `sources:\n${sources.join('')}`);
  await writeFile(join(dir, 'topics.yaml'), 'topics: []\n');
  return dir;
}

export const removeFolder = (dir: string) => (dir ? rm(dir, { recursive: true, force: true }) : Promise.resolve());

/** Every entry of every page of `all`, id by title. @throws when a page is not answered, or a title comes twice. */
export async function publishedIds(url: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let next: string | null = `${url}/feeds/all.json?dedup=none&limit=200`;
  while (next !== null) {
    // No kept connection: the process at its other end may have been killed and its port given to the next one.
    const response: Response = await fetch(next, {
      headers: { Connection: 'close' },
      signal: AbortSignal.timeout(20_000),
    });
    if (response.status !== 200) throw new Error(`status ${response.status}: ${await response.text()}`);
    const page = (await response.json()) as { items: { id: string; title: string }[]; next_url?: string };
    for (const { id, title } of page.items) {
      if (ids.has(title)) throw new Error(`"${title}" is published twice`);
      ids.set(title, id);
    }
    const follow: URL | null = page.next_url ? new URL(page.next_url) : null;
    next = follow ? `${url}${follow.pathname}${follow.search}` : null;
  }
  return ids;
}
