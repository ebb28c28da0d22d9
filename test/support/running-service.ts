import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { watchConfig } from '../../src/config/watch-config.ts';
import type { FetchRecord, Log } from '../../src/pipeline/ports.ts';

export type RunningService = {
  readonly app: App;
  readonly url: string;
  readonly dir: string;
  stop(): Promise<void>;
};

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type ServiceFiles = {
  readonly newsfold?: string;
  readonly sources?: string;
  readonly topics?: string;
  readonly port?: number;
  /** An existing folder with its files and its store: the service is started again, and `stop` leaves the folder. */
  readonly dir?: string;
  readonly environment?: Readonly<Record<string, string>>;
};

/** A whole service in this process, on a free port, with its own folder; `stop` ends and removes everything. */
export async function startService(
  files: ServiceFiles = {},
  options: Partial<Omit<AppOptions, 'config' | 'environment' | 'version'>> = {},
): Promise<RunningService> {
  const dir = files.dir ?? (await serviceFolder(files));
  const environment = {
    NEWSFOLD_SERVER_PORT: String(files.port ?? 0),
    NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}`,
    ...files.environment,
  };
  const loaded = await loadConfig(dir, environment);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const app = await createApp({
    config: watchConfig(loaded.config, environment),
    environment,
    log: silent,
    version: '0.0.0-test',
    ...options,
  });
  const { url } = await app.start();
  return {
    app,
    url: url ?? '',
    dir,
    stop: async () => {
      await app.stop();
      if (files.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A folder with the three files of a configuration. */
export async function serviceFolder(files: ServiceFiles = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'newsfold-service-'));
  await writeFile(join(dir, 'newsfold.yaml'), files.newsfold ?? 'samples: true\n');
  await writeFile(join(dir, 'sources.yaml'), files.sources ?? 'sources: []\n');
  await writeFile(join(dir, 'topics.yaml'), files.topics ?? 'topics: []\n');
  return dir;
}

/** Collects one source now; what came of it, or a mistake of the test. */
export async function collectNow({ app }: RunningService, id: string): Promise<FetchRecord> {
  const record = await app.context.operations.collectNow(id);
  if (typeof record === 'string') throw new Error(`${id}: ${record}`);
  return record;
}

/** Resolves when nothing is due by the service's clock, and nothing is being fetched. */
export async function quiet({ app }: RunningService, now: () => number): Promise<void> {
  await eventually(async () => {
    const next = await app.store.sources.nextDueAt();
    return (next === null || next > now()) && app.context.operations.status().collecting?.running === 0;
  });
}

/** Polls until `check` answers something, at most `seconds`. */
export async function eventually<T>(check: () => Promise<T | null | undefined | false>, seconds = 30): Promise<T> {
  for (let i = 0; i < seconds * 10; i++) {
    const answer = await check();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    await sleep(100);
  }
  throw new Error(`nothing came within ${seconds} s`);
}

/** Resolves when every sample site was collected and every item has its story. */
export async function samplesFolded({ app }: RunningService): Promise<void> {
  await eventually(async () => {
    const states = await app.store.sources.list();
    const stats = await app.store.maintenance.stats(Date.now());
    return (
      states.filter(state => state.sourceId.startsWith('sample-')).every(state => state.lastFetchAt !== null) &&
      stats.items > 0 &&
      stats.undeduped === 0
    );
  }, 60);
}
