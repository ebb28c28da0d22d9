/**
 * How tests find the servers that the program can use. A server that answers at its usual loopback address (or at
 * NEWSFOLD_TEST_REDIS, NEWSFOLD_TEST_POSTGRES) is used, with databases of the tests' own; else a private one is started from
 * the installed programs and ended by its process id. What a machine lacks is named in one line, and is a failure with
 * REQUIRE_SERVICES=1.
 */
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, rmSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const startMsMax = 15_000;

export type Service = 'Redis' | 'PostgreSQL' | 'Chromium' | 'newsboat';

/** What the machine lacks, each with what to do about it. */
export async function lackingServices(): Promise<readonly { readonly service: Service; readonly remedy: string }[]> {
  const lacks: { service: Service; remedy: string }[] = [];
  if (!(await answers(redisTestUrl())) && !redisProgram()) {
    lacks.push({ service: 'Redis', remedy: 'install redis-server, or set NEWSFOLD_TEST_REDIS=redis://host:port' });
  }
  if (!(await answers(postgresTestUrl())) && !postgresPrograms()) {
    lacks.push({
      service: 'PostgreSQL',
      remedy: 'install postgresql, or set NEWSFOLD_TEST_POSTGRES=postgres://user@host/postgres',
    });
  }
  if (!chromiumProgram()) {
    lacks.push({ service: 'Chromium', remedy: 'install chromium, or set NEWSFOLD_TEST_CHROMIUM=/path/to/chromium' });
  }
  if (!newsboatProgram()) lacks.push({ service: 'newsboat', remedy: 'install newsboat' });
  return lacks;
}

/** For a suite's `before`: skips it, with a line that says so, or fails it under REQUIRE_SERVICES=1. */
export function lacking(context: Mocha.Context, service: Service): never {
  const line = `${service} is lacking: ${context.test?.parent?.fullTitle() ?? 'its tests'} skipped`;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(`REQUIRE_SERVICES=1, but ${service} is lacking`);
  console.log(`  ${line}`);
  return context.skip();
}

// ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────────────────────

export type TestDatabase = {
  readonly url: string;
  /** Empties every table but the schema's version: for the next test of a suite, in a tenth of the time of a new database. */
  empty(): Promise<void>;
  drop(): Promise<void>;
};

let privatePostgres: Promise<StartedServer | null> | undefined;

/** A new, empty database; `null` when there is no PostgreSQL. */
export async function freshDatabase(): Promise<TestDatabase | null> {
  const admin = await postgresUrl();
  if (!admin) return null;
  const name = `newsfold_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    empty: () => asAdmin(url.href, emptyTables),
    drop: () => asAdmin(admin, `drop database if exists ${name} with (force)`),
  };
}

const emptyTables = `do $$ declare name text; begin
  for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'newsfold_schema' loop
    execute format('delete from %I', name);
  end loop; end $$`;

async function postgresUrl(): Promise<string | null> {
  const url = postgresTestUrl();
  if (await answers(url)) return url;
  privatePostgres ??= startPostgres();
  return (await privatePostgres)?.url ?? null;
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function postgresTestUrl(): string {
  return process.env.NEWSFOLD_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres';
}

function postgresPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map(version => join(root, version, 'bin')), ...searchPath()];
  return folders.find(folder => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres')));
}

/** A private server; PostgreSQL refuses to run as root, so root runs it as the user `postgres`. */
export async function startPostgres(): Promise<StartedServer | null> {
  const programs = postgresPrograms();
  if (!programs) return null;
  const folder = await mkdtemp(join(tmpdir(), 'newsfold-postgres-'));
  const identity = await postgresIdentity();
  if (identity) await chown(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C'],
    { ...identity, cwd: folder },
  );
  const port = await freePort();
  const settings = ['-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F'];
  return startServer({
    program: join(programs, 'postgres'),
    parameters: ['-D', data, ...settings],
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    folder,
    ...(identity ? { identity } : {}),
  });
}

async function postgresIdentity(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all(['-u', '-g'].map(flag => run('id', [flag, 'postgres'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

// ── Redis ────────────────────────────────────────────────────────────────────────────────────────────────────────

type RedisStart = {
  readonly port?: number;
  readonly settings?: readonly string[];
  /** Lines of a sentinel's configuration; it writes into that file itself, so it needs one. */
  readonly sentinel?: readonly string[];
};

/** A private server for tests that kill, pause or fill it; `null` when the program is not installed. */
export async function startRedis(options: RedisStart = {}): Promise<StartedServer | null> {
  const program = redisProgram();
  if (!program) return null;
  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'newsfold-redis-'));
  const url = `redis://127.0.0.1:${port}/0`;
  if (options.sentinel) {
    const file = join(folder, 'sentinel.conf');
    await writeFile(file, [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, ...options.sentinel, ''].join('\n'));
    return startServer({ program, parameters: [file, '--sentinel'], url, port, folder });
  }
  const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '--dir', folder];
  const parameters = ['--port', String(port), ...quiet, ...(options.settings ?? [])];
  return startServer({ program, parameters, url, port, folder });
}

let privateRedis: Promise<StartedServer | null> | undefined;

/** A Redis to share with others: use a key prefix of your own. `null` when there is none. */
export async function redisUrl(): Promise<string | null> {
  const url = redisTestUrl();
  if (await answers(url)) return url;
  privateRedis ??= startRedis();
  return (await privateRedis)?.url ?? null;
}

function redisTestUrl(): string {
  return process.env.NEWSFOLD_TEST_REDIS ?? 'redis://127.0.0.1:6379/0';
}

function redisProgram(): string | undefined {
  return findProgram('redis-server');
}

// ── Chromium ─────────────────────────────────────────────────────────────────────────────────────────────────────

export function chromiumProgram(): string | undefined {
  const named = process.env.NEWSFOLD_TEST_CHROMIUM;
  if (named) return isProgram(named) ? named : undefined;
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .map(findProgram)
    .find(found => found !== undefined);
}

// ── newsboat: a feed reader that others wrote ────────────────────────────────────────────────────────────────────

export function newsboatProgram(): string | undefined {
  return findProgram('newsboat');
}

// ── Processes, ports, programs ───────────────────────────────────────────────────────────────────────────────────

export type StartedServer = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  pause(): void;
  resume(): void;
  /** kill -9. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

type Start = {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly identity?: { readonly uid: number; readonly gid: number };
};

const started = new Map<number, string>();
// Whatever a test forgot ends with the test run, each by its own id.
process.once('exit', () => {
  for (const [pid, folder] of started) {
    signal(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

async function startServer(start: Start): Promise<StartedServer> {
  const child = spawn(start.program, start.parameters, { stdio: 'ignore', cwd: start.folder, ...start.identity });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${start.program} did not start`);
  started.set(pid, start.folder);
  // The test run must not wait for a server that a test left behind.
  child.unref();
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const end = async (how: NodeJS.Signals) => {
    signal(pid, 'SIGCONT');
    signal(pid, how);
    child.ref();
    await ended;
    started.delete(pid);
    await rm(start.folder, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + startMsMax; !(await answers(start.url)); await sleep(50)) {
    if (Date.now() > deadline) {
      await end('SIGKILL');
      throw new Error(`${start.program} does not answer on port ${start.port}`);
    }
  }
  return {
    url: start.url,
    port: start.port,
    pid,
    pause: () => signal(pid, 'SIGSTOP'),
    resume: () => signal(pid, 'SIGCONT'),
    kill: () => end('SIGKILL'),
    stop: () => end(start.program.endsWith('postgres') ? 'SIGINT' : 'SIGTERM'),
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended already: what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Whether a server of the protocol that the address names answers there. */
async function answers(url: string): Promise<boolean> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol.startsWith('postgres')) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  }
  return redisAnswers(hostname, Number(port || 6379));
}

function redisAnswers(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = new Socket();
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('data', data => done(/^(?:\+PONG|-NOAUTH)/.test(String(data))));
    socket.connect(port, host, () => socket.write('PING\r\n'));
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function findProgram(name: string): string | undefined {
  return searchPath()
    .map(folder => join(folder, name))
    .find(isProgram);
}

function searchPath(): readonly string[] {
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/usr/sbin'].filter(
    folder => folder !== '',
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
