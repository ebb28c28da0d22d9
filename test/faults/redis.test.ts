import { expect } from 'chai';
import { Redis } from 'ioredis';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { freePort, lacking, type StartedServer, startRedis } from '../support/services.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const feeds = 8;
const itemsPerFeed = 5;
/** Answers looked at in each fault: half of them rendered anew, half from what the process holds. */
const requests = 60;
const p99MsMax = 1000;
const cachedAgainSeconds = 30;

/** One service behind a Redis that fails in every way it can; what is served must not differ. */
describe('a service whose Redis fails', function () {
  this.timeout(90_000);
  let farm: FeedFarm;
  let redis: StartedServer;
  let way: TcpProxy;
  let service: ChildService;
  let dir = '';
  let fresh = 0;
  const figures: string[] = [];

  const open = () => startChild(dir, { NEWSFOLD_CACHE_URL: `redis://127.0.0.1:${way.port}/0` });
  /** A feed address nobody asked for yet: it must be rendered, through the cache. */
  const newAddress = () => {
    const n = fresh++;
    const language = ['en', 'it', 'fr', 'de', 'es', 'ar', 'ru'][Math.floor(n / 320)] ?? 'en';
    return `${service.url}/feeds/all.json?dedup=none&limit=${41 + (n % 160)}&full=${Math.floor(n / 160) % 2}&lang=${language}`;
  };

  const answersWell = async (what: string) => {
    const took: number[] = [];
    const known = newAddress();
    for (let n = 0; n < requests; n++) {
      const begun = performance.now();
      const response = await fetch(n % 2 ? known : newAddress());
      expect(response.status).to.equal(200);
      const { items } = (await response.json()) as { items: unknown[] };
      took.push(performance.now() - begun);
      expect(items, what).to.have.length(feeds * itemsPerFeed);
    }
    took.sort((a, b) => a - b);
    const p99 = took[Math.ceil(took.length * 0.99) - 1] ?? 0;
    figures.push(`${what}: p50 ${Math.round(took[took.length >> 1] ?? 0)} ms, p99 ${Math.round(p99)} ms`);
    expect(p99, what).to.be.below(p99MsMax);
  };
  const cachedAgain = async (what: string) => {
    const begun = performance.now();
    const probe = new Redis(redis.port, '127.0.0.1', { lazyConnect: true, maxRetriesPerRequest: 1 });
    probe.on('error', () => undefined);
    try {
      await eventually(async () => {
        const before = await probe.dbsize().catch(() => null);
        await fetch(newAddress());
        return before !== null && (await probe.dbsize()) > before;
      }, cachedAgainSeconds);
    } finally {
      probe.disconnect();
    }
    figures.push(`${what}: cached again after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  };
  const ready = async () => (await (await fetch(`${service.url}/readyz`)).json()) as { warnings: string[] };

  before(async function () {
    redis = (await startRedis()) ?? lacking(this, 'Redis');
    way = await tcpProxy({ host: '127.0.0.1', port: redis.port });
    farm = await startFeedFarm({ items: itemsPerFeed });
    dir = await farmFolder(farm.origin, { feeds, schedule: '24h' });
    service = await open();
    await eventually(async () => (await publishedIds(service.url)).size === feeds * itemsPerFeed);
    await answersWell('with Redis');
  });
  after(async () => {
    await service?.kill('SIGKILL');
    await farm?.close();
    await way?.close();
    await redis?.stop();
    await removeFolder(dir);
    for (const line of figures) console.log(`      ${line}`);
  });

  it('serves the same while it is killed, and caches again when it is back', async () => {
    const { port } = redis;
    await redis.kill();
    await answersWell('killed');
    expect((await ready()).warnings.join()).to.match(/^cache: Redis does not answer/);
    expect((await fetch(`${service.url}/readyz`)).status).to.equal(200);
    redis = (await startRedis({ port })) ?? redis;
    await cachedAgain('killed');
  });

  it('serves the same while it is paused, and caches again when it goes on', async () => {
    redis.pause();
    await answersWell('paused');
    redis.resume();
    await cachedAgain('paused');
  });

  it('serves the same while packets to it are lost', async () => {
    way.hold();
    await answersWell('unreachable');
    way.release();
    await cachedAgain('unreachable');
  });

  it('serves the same while its memory is full', async () => {
    const admin = new Redis(redis.port, '127.0.0.1');
    await admin.config('SET', 'maxmemory', '1');
    await answersWell('out of memory');
    await admin.config('SET', 'maxmemory', '0');
    await admin.quit();
    await cachedAgain('out of memory');
  });

  for (const delayMs of [60, 1500]) {
    it(`serves the same while each of its answers takes ${delayMs * 2} ms`, async () => {
      way.slow(delayMs);
      await answersWell(`${delayMs * 2} ms slow`);
      way.slow(0);
      await cachedAgain(`${delayMs * 2} ms slow`);
    });
  }

  it('serves the same from a process that finds only keys of wrong types', async () => {
    const admin = new Redis(redis.port, '127.0.0.1');
    const wanted = [1, 2, 3].map(n => `/feeds/all.rss?limit=${n}`);
    const read = async () => Promise.all(wanted.map(async path => (await fetch(service.url + path)).text()));
    await admin.flushdb();
    const right = await read();
    const keys = await eventually(async () => {
      const found = await admin.keys('newsfold:feed:*');
      return found.length >= wanted.length && found;
    });
    for (const key of keys) {
      await admin.del(key);
      await admin.lpush(key, 'not a feed');
    }
    await service.kill('SIGTERM');
    service = await open();
    await eventually(async () => (await ready()).warnings.length === 0);
    expect((await read()).map(withoutBuildTime)).to.deep.equal(right.map(withoutBuildTime));
    await eventually(async () =>
      (await Promise.all(keys.map(key => admin.type(key)))).every(type => type === 'string'),
    );
    await admin.quit();
  });

  it('starts without one, and uses it when it comes', async () => {
    await service.kill('SIGTERM');
    const port = await freePort();
    const [formerWay, formerRedis] = [way, redis];
    way = await tcpProxy({ host: '127.0.0.1', port });
    try {
      service = await open();
      await answersWell('absent at the start');
      redis = (await startRedis({ port })) ?? redis;
      await cachedAgain('absent at the start');
    } finally {
      await formerWay.close();
      await formerRedis.stop();
    }
  });
});

const withoutBuildTime = (feed: string) => feed.replace(/<lastBuildDate>[^<]*<\/lastBuildDate>/, '');
