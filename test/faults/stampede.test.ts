import { expect } from 'chai';
import { openCache } from '../../src/cache/open-cache.ts';
import type { Topic } from '../../src/model.ts';
import { parseFeedRequest } from '../../src/pipeline/feed-request.ts';
import { allTopic } from '../../src/pipeline/topic-registry.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createFeedPublisher } from '../../src/web/feed-publisher.ts';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { lacking, type StartedServer, startRedis } from '../support/services.ts';
import { read, saved } from '../support/store-samples.ts';

const clients = 500;
const processes = 3;
const coldReadersPerProcess = 200;
const noticedWithinMs = 1_000;

describe('many readers who come at the moment a topic changes', function () {
  this.timeout(60_000);
  let redis: StartedServer;

  before(async function () {
    redis = (await startRedis()) ?? lacking(this, 'Redis');
  });
  after(() => redis?.stop());

  it('cause one rendering in all processes, and one packing of it in each', async () => {
    const store = await openStore('sqlite::memory:');
    const renderings = new Array<number>(processes).fill(0);
    const caches = await Promise.all(renderings.map(() => openCache(redis.url)));
    await eventually(async () => caches.every(cache => cache.status().ok));
    const publishers = caches.map((cache, process_) =>
      createFeedPublisher({
        stories: {
          ...store.stories,
          page: query => {
            renderings[process_] = (renderings[process_] ?? 0) + 1;
            return store.stories.page(query);
          },
        },
        cache,
        now: Date.now,
        installationId: 'test',
        site: () => ({
          publicUrl: 'http://localhost',
          hubUrls: [],
          sourceOf: id => ({ title: id, homeUrl: null, feedUrl: null }),
          revision: '1',
        }),
      }),
    );
    const request = parseFeedRequest('rss', new URLSearchParams());
    const topic: Topic = allTopic;
    const crowd = async () => {
      const feeds = await Promise.all(
        publishers.flatMap(publisher =>
          Array.from({ length: clients }, () => publisher.publish(topic, 0, request, null)),
        ),
      );
      const packed = await Promise.all(feeds.map(feed => feed.bytes('gzip')));
      return { hashes: new Set(feeds.map(({ hash }) => hash)), packings: new Set(packed) };
    };
    await saved(store, [read('a')], { stories: true });
    await crowd();
    const once = renderings.reduce((sum, count) => sum + count, 0);
    expect(once, 'a rendering looks for the next page too').to.be.at.most(2);
    for (const id of ['b', 'c', 'd']) {
      renderings.fill(0);
      await saved(store, [read(id)], { now: Date.now(), stories: true });
      for (const publisher of publishers) publisher.drop(topic.id);
      const { hashes, packings } = await crowd();
      expect(hashes.size, 'everybody reads the same').to.equal(1);
      expect(packings.size, 'packed once in each process').to.be.at.most(processes);
      expect(
        renderings.reduce((sum, count) => sum + count, 0),
        'pages read from the store',
      ).to.equal(once);
    }
    await Promise.all(caches.map(cache => cache.close()));
    await store.close();
  });

  describe('with three web processes', () => {
    let farm: FeedFarm;
    let dir = '';
    const services: ChildService[] = [];

    before(async () => {
      farm = await startFeedFarm({ items: 5 });
      dir = await farmFolder(farm.origin, { feeds: 10, schedule: '10s' });
      for (const roles of ['web,collect,dedup', 'web', 'web'])
        services.push(await startChild(dir, { NEWSFOLD_CACHE_URL: redis.url, NEWSFOLD_ROLES: roles }));
      await eventually(async () =>
        (await Promise.all(services.map(({ url }) => publishedIds(url)))).every(({ size }) => size === 50),
      );
    });
    after(async () => {
      await Promise.all(services.map(service => service.kill('SIGKILL')));
      await farm?.close();
      await removeFolder(dir);
    });

    it('all serve a new story within a second of one another', async () => {
      farm.grow();
      const seenAt = await Promise.all(
        services.map(async ({ url }) => {
          await eventually(async () => {
            const { items } = (await (await fetch(`${url}/feeds/all.json?dedup=none&limit=200`)).json()) as {
              items: unknown[];
            };
            return items.length > 50;
          });
          return performance.now();
        }),
      );
      const apart = Math.max(...seenAt) - Math.min(...seenAt);
      console.log(`      a new story in the last web process ${Math.round(apart)} ms after the first`);
      expect(apart).to.be.below(noticedWithinMs);
    });

    /** Values computed so far for the shared cache, in all processes. */
    const computed = async () => {
      const bodies = await Promise.all(services.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
      return bodies.reduce((sum, body) => sum + Number(/^newsfold_cache_computations (\d+)$/m.exec(body)?.[1]), 0);
    };

    it(`render a feed that nobody asked for yet once, for ${coldReadersPerProcess} who ask each of them at once`, async () => {
      // Every post that the feeds grew by is there, so that nothing changes meanwhile.
      await eventually(async () => (await publishedIds(services[0]?.url ?? '')).size === 60);
      const cold: number[] = [];
      const warm: number[] = [];
      const renderings: number[] = [];
      const crowd = async (path: string, took: number[]) => {
        const tags = await Promise.all(
          Array.from({ length: coldReadersPerProcess * services.length }, async (_, n) => {
            const begun = performance.now();
            const response = await fetch(`${services[n % services.length]?.url}${path}`);
            expect(response.status).to.equal(200);
            await response.arrayBuffer();
            took.push(performance.now() - begun);
            return response.headers.get('etag');
          }),
        );
        expect(new Set(tags).size, 'everybody reads the same').to.equal(1);
      };
      await crowd('/feeds/all.atom', []);
      for (const path of ['/feeds/all.atom?limit=100', '/feeds/all.rss?limit=77', '/feeds/all.json?limit=33&full=1']) {
        const before = await computed();
        await crowd(path, cold);
        renderings.push((await computed()) - before);
        await crowd(path, warm);
      }
      // A machine that does other things too may let Redis wait: then a process goes alone.
      expect(renderings.toSorted()[1], `renderings: ${renderings}`).to.equal(1);
      const show = (took: number[]) => {
        took.sort((x, y) => x - y);
        const [p50, p99] = [0.5, 0.99].map(share => Math.round(took[Math.ceil(took.length * share) - 1] ?? 0));
        return `p50 ${p50} ms, p99 ${p99} ms`;
      };
      console.log(
        `      ${coldReadersPerProcess * services.length} readers at once: of a cold feed ${show(cold)}, rendered ${renderings.join(', ')} times; of a warm one ${show(warm)}`,
      );
    });
  });
});
