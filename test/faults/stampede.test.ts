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
const rebuildsMax = 2;
const noticedWithinMs = 1_000;

describe('many readers who come at the moment a topic changes', function () {
  this.timeout(60_000);
  let redis: StartedServer;

  before(async function () {
    redis = (await startRedis()) ?? lacking(this, 'Redis');
  });
  after(() => redis?.stop());

  it('cause one rendering in each process, and one packing of it', async () => {
    const store = await openStore('sqlite::memory:');
    const renderings = [0, 0];
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
    const once = Math.max(...renderings) / rebuildsMax;
    for (const id of ['b', 'c', 'd']) {
      renderings.fill(0);
      await saved(store, [read(id)], { now: Date.now(), stories: true });
      for (const publisher of publishers) publisher.drop(topic.id);
      const { hashes, packings } = await crowd();
      expect(hashes.size, 'everybody reads the same').to.equal(1);
      expect(packings.size, 'packed once in each process').to.be.at.most(2);
      for (const count of renderings) expect(count).to.be.at.most(Math.ceil(once * rebuildsMax));
    }
    await Promise.all(caches.map(cache => cache.close()));
    await store.close();
  });

  describe('with two web processes', () => {
    let farm: FeedFarm;
    let dir = '';
    const services: ChildService[] = [];

    before(async () => {
      farm = await startFeedFarm({ items: 5 });
      dir = await farmFolder(farm.origin, { feeds: 10, schedule: '10s' });
      for (const roles of ['web,collect,dedup', 'web'])
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

    it('both serve a new story within a second of each other', async () => {
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
      const [a = 0, b = 0] = seenAt;
      console.log(`      a new story in the other web process ${Math.round(Math.abs(a - b))} ms later`);
      expect(Math.abs(a - b)).to.be.below(noticedWithinMs);
    });

    it(`${clients} who ask at once all get the same feed`, async () => {
      const path = '/feeds/all.atom?limit=100';
      const took: number[] = [];
      const tags = new Set<string | null>();
      await Promise.all(
        Array.from({ length: clients }, async (_, n) => {
          const begun = performance.now();
          const response = await fetch(`${services[n % 2]?.url}${path}`);
          expect(response.status).to.equal(200);
          tags.add(response.headers.get('etag'));
          await response.arrayBuffer();
          took.push(performance.now() - begun);
        }),
      );
      took.sort((x, y) => x - y);
      expect(tags.size).to.equal(1);
      console.log(
        `      ${clients} readers at once: p50 ${Math.round(took[took.length >> 1] ?? 0)} ms, p99 ${Math.round(took[Math.ceil(took.length * 0.99) - 1] ?? 0)} ms`,
      );
    });
  });
});
