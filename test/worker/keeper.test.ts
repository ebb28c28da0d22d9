import { expect } from 'chai';
import { sizesFact } from '../../src/pipeline/forecast-disk.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createKeeper } from '../../src/worker/keeper.ts';
import { startService } from '../support/running-service.ts';
import { read, saved } from '../support/store-samples.ts';

const dayMs = 86_400_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the keeper', () => {
  it('of a running service keeps what is young and not too much of a source, and pruned items never come back', async () => {
    const service = await startService({
      newsfold: 'retention: { items: 2d, itemsPerSource: 300 }\nroles: [web]\n',
      sources: 'sources:\n  - { id: alpha, url: "http://127.0.0.1:1/", paused: true }\n',
    });
    try {
      const { store, keepNow } = service.app;
      const now = Date.now();
      const aged = Array.from({ length: 500 }, (_, n) => read(`old-${n}`, { firstSeenAt: now - 3 * dayMs }));
      const young = Array.from({ length: 450 }, (_, n) =>
        read(`new-${n}`, { firstSeenAt: now - dayMs, orderAt: now - n * 1000 }),
      );
      await saved(store, aged, { now: now - 3 * dayMs, stories: true });
      await saved(store, young, { now: now - dayMs, stories: true });
      // Feeds are answered all the while: batches are small and everybody gets a turn.
      const slowest = { ms: 0, statuses: new Set<number>() };
      const keeping = keepNow();
      let done = false;
      void keeping.finally(() => {
        done = true;
      });
      while (!done) {
        const begun = performance.now();
        slowest.statuses.add((await fetch(`${service.url}/feeds/all.rss`)).status);
        slowest.ms = Math.max(slowest.ms, performance.now() - begun);
      }
      expect(await keeping).to.be.at.least(650);
      expect([...slowest.statuses]).to.deep.equal([200]);
      expect((await store.maintenance.stats(now)).items).to.equal(300);
      expect(await store.items.get('old-1')).to.equal(null);
      expect((await store.items.get('new-0'))?.title).to.equal('Title of new-0');
      await saved(store, aged.slice(0, 5), { now: now + 120_000 });
      expect(await store.items.get('old-1'), 'a tombstone keeps it away').to.equal(null);
      expect(await store.facts.get(sizesFact)).to.be.a('string');
      const metrics = await (await fetch(`${service.url}/metrics`)).text();
      expect(metrics).to.match(/^newsfold_store_bytes \d+/m);
      expect(metrics).to.match(/^newsfold_store_growth_bytes_per_day \d+/m);
    } finally {
      await service.stop();
    }
  });

  it('is one process at a time, and works again after a mistake', async () => {
    const store = await openStore('sqlite::memory:');
    let [rounds, broken] = [0, true];
    const keeper = (holder: string) =>
      createKeeper({
        ...{ leases: store.leases, holder, now: Date.now, log: silent },
        prune: async () => {
          if (broken) throw new Error('the disk is full');
          return rounds++ % 3 === 2 ? 0 : 10;
        },
        note: async () => undefined,
      });
    const [a, b] = [keeper('a'), keeper('b')];
    expect(await a.keepNow().catch((error: Error) => error.message)).to.equal('the disk is full');
    broken = false;
    // The lease was given back in spite of it.
    const both = await Promise.all([a.keepNow(), b.keepNow()]);
    expect(both.toSorted()).to.deep.equal([0, 20]);
    await store.close();
  });
});
