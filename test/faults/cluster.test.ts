import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ChildService, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { lacking, type StartedServer, startPostgres, startRedis } from '../support/services.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const feeds = 40;
const itemsPerFeed = 5;

/** Two of everything on one PostgreSQL and one Redis of their own, as processes; faults strike one after the other. */
describe('a cluster of processes', function () {
  this.timeout(120_000);
  let postgres: StartedServer;
  let redis: StartedServer;
  let way: TcpProxy;
  let storeUrl = '';
  let farm: FeedFarm;
  let dir = '';
  const running: ChildService[] = [];
  let webs: ChildService[] = [];
  let dedups: ChildService[] = [];

  const start = async (roles: string): Promise<ChildService> => {
    const child = await startChild(dir, {
      NEWSFOLD_ROLES: roles,
      NEWSFOLD_STORE_URL: storeUrl,
      NEWSFOLD_CACHE_URL: redis.url,
    });
    running.push(child);
    return child;
  };
  /** Titles of every page of `all`, from one web process. */
  const titles = async (web: ChildService): Promise<Set<string>> => {
    const found = new Set<string>();
    let next: string | null = `${web.url}/feeds/all.json?dedup=none&limit=200`;
    while (next !== null) {
      const response: Response = await fetch(next);
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      const page = (await response.json()) as { items: { title: string }[]; next_url?: string };
      for (const { title } of page.items) found.add(title);
      const follow: URL | null = page.next_url ? new URL(page.next_url) : null;
      next = follow ? `${web.url}${follow.pathname}${follow.search}` : null;
    }
    return found;
  };
  const everywhere = (count: number, seconds = 40) =>
    eventually(
      async () =>
        (
          await Promise.all(
            webs.map(web =>
              titles(web).then(
                found => found.size,
                () => 0,
              ),
            ),
          )
        ).every(size => size === count),
      seconds,
    );

  before(async function () {
    const [database, cache] = [await startPostgres(), await startRedis()];
    if (!database) return lacking(this, 'PostgreSQL');
    if (!cache) return lacking(this, 'Redis');
    [postgres, redis] = [database, cache];
    way = await tcpProxy({ host: '127.0.0.1', port: postgres.port });
    storeUrl = postgres.url.replace(`:${postgres.port}/`, `:${way.port}/`);
    farm = await startFeedFarm({ items: itemsPerFeed, delayMs: 10 });
    dir = await mkdtemp(join(tmpdir(), 'newsfold-cluster-'));
    await writeFile(
      join(dir, 'newsfold.yaml'),
      `collect: { allow: ["${farm.origin.slice(7)}"], intervalMin: 10s, perHost: 8 }\n`,
    );
    const sources = Array.from(
      { length: feeds },
      (_, i) => `  - { id: s-${i}, url: "${farm.origin}/feed/${i}.xml", schedule: 24h }\n`,
    );
    await writeFile(join(dir, 'sources.yaml'), `sources:\n${sources.join('')}`);
    await writeFile(join(dir, 'topics.yaml'), 'topics: []\n');
    webs = [await start('web'), await start('web')];
    dedups = [await start('dedup'), await start('dedup')];
    await Promise.all([start('collect'), start('collect')]);
  });
  after(async () => {
    await Promise.all(running.map(child => child.kill('SIGKILL')));
    await farm?.close();
    await way?.close();
    await redis?.stop();
    await postgres?.stop();
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  it('fetches each due source exactly once and serves every story everywhere', async () => {
    await everywhere(feeds * itemsPerFeed);
    const counts = Array.from({ length: feeds }, (_, i) => farm.requests.get(`/feed/${i}.xml`) ?? 0);
    expect(counts.filter(count => count !== 1)).to.deep.equal([]);
  });

  it('takes the dedup over when its holder dies', async () => {
    // Whichever of the two leads, it is gone after both were ended in turn.
    await dedups[0]?.kill('SIGKILL');
    farm.grow();
    await Promise.all(Array.from({ length: 5 }, (_, i) => collectNow(i)));
    await everywhere(feeds * itemsPerFeed + 5, 25);
  });

  it('goes on when Redis dies, and uses it again when it is back', async () => {
    await redis.kill();
    for (const web of webs) {
      const startedAt = performance.now();
      const response = await fetch(`${web.url}/feeds/all.rss`);
      expect(response.status).to.equal(200);
      expect(performance.now() - startedAt).to.be.lessThan(1000);
    }
    const port = Number(new URL(redis.url).port);
    redis = (await startRedis({ port })) ?? redis;
    await eventually(async () => {
      const ready = (await (await fetch(`${webs[0]?.url}/readyz`)).json()) as { warnings: string[] };
      return ready.warnings.length === 0;
    });
  });

  it('serves stale or says so while the database is away, never an empty feed, and recovers by itself', async () => {
    const before = await titles(webs[0] as ChildService);
    await way.cut();
    const during = await fetch(`${webs[0]?.url}/feeds/all.json?limit=200`, { signal: AbortSignal.timeout(20_000) });
    if (during.status === 200)
      expect(((await during.json()) as { items: unknown[] }).items.length).to.be.greaterThan(0);
    else {
      expect(during.status).to.equal(503);
      expect(during.headers.get('retry-after')).to.match(/^\d+$/);
    }
    expect((await fetch(`${webs[0]?.url}/healthz`)).status).to.equal(200);
    await way.mend();
    await eventually(async () => (await titles(webs[0] as ChildService)).size === before.size);
    expect((await fetch(`${webs[0]?.url}/readyz`)).status).to.equal(200);
  });

  /** Through the shell, as an admin would. */
  async function collectNow(i: number): Promise<void> {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../src/main.ts'), '--config', dir, 'collect', '--once', '--source', `s-${i}`],
      {
        env: {
          PATH: process.env.PATH,
          NEWSFOLD_STORE_URL: storeUrl,
          NEWSFOLD_CACHE_URL: redis.url,
          NEWSFOLD_ROLES: 'collect',
        },
        stdio: 'ignore',
      },
    );
    await once(child, 'exit');
  }
});
