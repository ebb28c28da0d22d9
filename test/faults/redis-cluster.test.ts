import { expect } from 'chai';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { type RedisCluster, startRedisCluster } from '../support/redis-cluster.ts';
import { eventually } from '../support/running-service.ts';
import { lacking } from '../support/services.ts';

const feeds = 10;
const itemsPerFeed = 5;
const p99MsMax = 1_000;
const noticedWithinMs = 1_000;
/** The tenth failure within a minute blocks an address. */
const failuresMax = 10;

/** Web processes whose Redis is a cluster of three masters, each with a replica; a master dies under them. */
describe('services on a cluster of Redis servers', function () {
  this.timeout(90_000);
  let cluster: RedisCluster;
  let farm: FeedFarm;
  let dir = '';
  let total = feeds * itemsPerFeed;
  const services: ChildService[] = [];

  before(async function () {
    cluster = (await startRedisCluster()) ?? lacking(this, 'Redis');
    farm = await startFeedFarm({ items: itemsPerFeed });
    dir = await farmFolder(farm.origin, { feeds, schedule: '10s' });
    for (const roles of ['web,collect,dedup', 'web'])
      services.push(await startChild(dir, { NEWSFOLD_CACHE_URL: cluster.url, NEWSFOLD_ROLES: roles }));
    await eventually(async () => (await sizes()).every(size => size === total));
  });
  after(async () => {
    await Promise.all(services.map(service => service.kill('SIGKILL')));
    await farm?.close();
    await cluster?.stop();
    await removeFolder(dir);
  });

  const sizes = () => Promise.all(services.map(async ({ url }) => (await publishedIds(url)).size));
  const warnings = async () =>
    (
      await Promise.all(
        services.map(
          async ({ url }) => ((await (await fetch(`${url}/readyz`)).json()) as { warnings: string[] }).warnings,
        ),
      )
    ).flat();
  const computed = async () => {
    const bodies = await Promise.all(services.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    return bodies.reduce((sum, body) => sum + Number(/^newsfold_cache_computations (\d+)$/m.exec(body)?.[1]), 0);
  };
  const seeAlso = async () => {
    farm.grow();
    total += feeds;
    const seenAt = await Promise.all(
      services.map(async ({ url }) => {
        await eventually(async () => (await publishedIds(url)).size > total - feeds);
        return performance.now();
      }),
    );
    await eventually(async () => (await sizes()).every(size => size === total));
    return Math.max(...seenAt) - Math.min(...seenAt);
  };
  /** Asks both for feeds nobody asked for yet. @returns how often feeds were rendered, and how long answers took at most */
  const read = async (from: number) => {
    const before = await computed();
    let slowest = 0;
    for (let limit = from; limit < from + 30; limit++) {
      for (const { url } of services) {
        const begun = performance.now();
        const response = await fetch(`${url}/feeds/all.json?dedup=none&limit=${limit}`);
        const { items } = (await response.json()) as { items: unknown[] };
        slowest = Math.max(slowest, performance.now() - begun);
        expect([response.status, items.length]).to.deep.equal([200, limit]);
      }
    }
    return { rendered: (await computed()) - before, slowest };
  };

  it('share what they render, and a new story is everywhere within a second', async () => {
    // Titles of sources, which feeds show, are read every 10 s by each process.
    await eventually(async () => (await read(1)).rendered <= 30);
    const { rendered } = await read(1);
    expect(rendered, 'what both hold already').to.be.at.most(3);
    expect(await seeAlso()).to.be.below(noticedWithinMs);
  });

  it('count failed attempts together', async () => {
    const statuses: number[] = [];
    for (let n = 0; n <= failuresMax; n++) {
      const response = await fetch(`${services[n % 2]?.url}/api/v1/status`, {
        headers: { Authorization: 'Bearer wrong' },
      });
      statuses.push(response.status);
    }
    expect(statuses.slice(0, failuresMax - 1)).to.deep.equal(new Array(failuresMax - 1).fill(401));
    expect(statuses.at(-1)).to.equal(429);
  });

  it('serve the same while a master dies, and share again when its replica took over', async () => {
    const first = await cluster.ownerOf('newsfold:notices');
    await cluster.nodes.find(({ server }) => server.port === first)?.server.kill();
    const during = await read(1);
    expect(during.slowest).to.be.below(p99MsMax);
    const begun = performance.now();
    await eventually(async () => (await warnings()).length === 0);
    expect(await seeAlso()).to.be.below(noticedWithinMs);
    await eventually(async () => (await read(1)).rendered <= 30);
    console.log(
      `      a master killed under two web processes: slowest answer ${Math.round(during.slowest)} ms, shared again after ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    );
  });
});
