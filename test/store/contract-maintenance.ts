import { expect } from 'chai';
import type { Store } from '../../src/pipeline/ports.ts';
import { claimed, fetchSave, read, record, saved, source, t0 } from '../support/store-samples.ts';
import { assignment, dedupSave } from './contract-dedup-saves.ts';
import type { FreshStore } from './store-contract.ts';

const dayMs = 24 * 3_600_000;

async function pruneAll(store: Store, options: { olderThan: number; perSourceMax: number }): Promise<number> {
  let sum = 0;
  for (;;) {
    const rows = await store.maintenance.prune({ ...options, batch: 10, now: t0 });
    if (rows === 0) return sum;
    expect(rows).to.be.at.most(10);
    sum += rows;
  }
}

export function describeMaintenance(fresh: FreshStore): void {
  describe('retention', () => {
    it('takes old items in small batches, and they never come back', async () => {
      const { store } = await fresh();
      const old = Array.from({ length: 25 }, (_, n) => read(`old${n}`, { firstSeenAt: t0 - 100 * dayMs }));
      await saved(store, [...old, read('young')], { stories: true });
      expect(await pruneAll(store, { olderThan: t0 - 90 * dayMs, perSourceMax: 100 })).to.equal(25);
      await saved(store, old);
      expect((await store.sources.get('alpha'))?.itemCount).to.equal(1);
      expect((await store.stories.page({ limit: 50 })).map(({ id }) => id)).to.deep.equal(['young']);
    });

    it('keeps the latest items of a source', async () => {
      const { store } = await fresh();
      for (let n = 0; n < 30; n++) await saved(store, [read(`i${String(n).padStart(2, '0')}`)], { now: t0 + n });
      expect(await pruneAll(store, { olderThan: 0, perSourceMax: 5 })).to.equal(25);
      const left = (await store.items.undeduped(50)).map(({ item }) => item.id);
      expect(left).to.deep.equal(['i25', 'i26', 'i27', 'i28', 'i29']);
    });

    it('leaves a story its id while any version lives, and forgets empty ones at last', async () => {
      const { store } = await fresh();
      await saved(store, [read('a', { firstSeenAt: t0 - 100 * dayMs }), read('b')]);
      await store.stories.save(dedupSave({ assignments: [assignment('a', 'a'), assignment('b', 'a')] }));
      await pruneAll(store, { olderThan: t0 - 90 * dayMs, perSourceMax: 100 });
      expect(await store.stories.get('a')).to.deep.include({ id: 'a', itemCount: 1, publishedAt: t0 });
      await store.items.delete('b');
      const forever = { olderThan: t0 + 400 * 365 * dayMs, perSourceMax: 100 };
      expect(await pruneAll(store, forever)).to.equal(1);
      expect(await pruneAll(store, forever)).to.equal(0);
    });
  });

  describe('numbers', () => {
    it('say what the store holds and what happened of late', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b', { language: 'it' }), read('c', { language: null }), read('d')]);
      await store.stories.save(
        dedupSave({ assignments: [assignment('a', 'a'), assignment('b', 'a'), assignment('c', 'c')] }),
      );
      await store.sources.save(
        fetchSave(await claimed(store, 'alpha'), [], {
          record: record('alpha', { outcome: 'not-modified', at: t0 - 3_600_000 }),
        }),
      );
      const stats = await store.maintenance.stats(t0);
      expect(stats).to.deep.include({ items: 4, stories: 2, foldedItems: 1, undeduped: 1 });
      expect(stats.bytes).to.be.greaterThan(1000);
      expect(stats.languages).to.have.deep.members([
        { language: 'en', items: 2 },
        { language: 'it', items: 1 },
        { language: '', items: 1 },
      ]);
      expect(stats.itemsPerHour).to.have.length(48);
      expect([stats.itemsPerHour.at(-1), stats.storiesPerHour.at(-1)]).to.deep.equal([4, 2]);
      expect(stats.outcomes).to.have.deep.members([
        { outcome: 'modified', count: 1 },
        { outcome: 'not-modified', count: 1 },
      ]);
      expect(stats.mergesByKind).to.deep.equal([{ kind: 'same-title', count: 1 }]);
    });

    it('say how long fetches took, what the cache answered and how many items waited, hour by hour', async () => {
      const { store } = await fresh();
      await store.sources.sync(
        Array.from({ length: 20 }, (_, n) => source(`s-${n}`)),
        t0,
      );
      for (let n = 0; n < 20; n++) {
        const claim = await claimed(store, `s-${n}`);
        // Eighteen quick ones, two slow ones.
        const durationMs = n < 18 ? 100 : 6000;
        await store.sources.save(fetchSave(claim, [], { record: record(`s-${n}`, { durationMs }) }));
      }
      await store.maintenance.note({ 'cache:hits': 30, 'cache:misses': 10, 'queue:sum': 7, 'queue:looks': 1 }, t0);
      await store.maintenance.note({ 'cache:hits': 10, 'cache:misses': 0, 'queue:sum': 2, 'queue:looks': 1 }, t0);
      const { fetchMs, cacheReads, queuePerHour } = await store.maintenance.stats(t0);
      expect([fetchMs.median.length, cacheReads.length, queuePerHour.length]).to.deep.equal([48, 48, 48]);
      expect(fetchMs.median.at(-1)).to.be.within(80, 125);
      expect(fetchMs.p95.at(-1)).to.be.within(4800, 7600);
      expect([fetchMs.median[0], queuePerHour[0]]).to.deep.equal([null, null]);
      expect([cacheReads.at(-1), cacheReads[0]]).to.deep.equal([
        { hits: 40, misses: 10 },
        { hits: 0, misses: 0 },
      ]);
      expect(queuePerHour.at(-1)).to.equal(5);
    });

    it('go down with merges, splits, deletions and pruning', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b'), read('c')], { stories: true });
      const numbers = async () => {
        const { items, stories, foldedItems } = await store.maintenance.stats(t0);
        return [items, stories, foldedItems];
      };
      await store.stories.save(dedupSave({ merges: [{ from: 'b', into: 'a', evidence: [] }] }));
      expect(await numbers()).to.deep.equal([3, 2, 1]);
      await store.stories.save(dedupSave({ splits: [{ from: 'a', into: 'b', itemIds: ['b'], evidence: [] }] }));
      expect(await numbers()).to.deep.equal([3, 3, 0]);
      await store.items.delete('b');
      expect(await numbers()).to.deep.equal([2, 2, 0]);
      await pruneAll(store, { olderThan: t0 + 1, perSourceMax: 1 });
      expect(await numbers()).to.deep.equal([0, 0, 0]);
    });
  });

  describe('a store', () => {
    it('is checked by writing to it', async () => {
      const { store } = await fresh();
      await store.maintenance.check();
    });

    it('opened again holds what was saved', async () => {
      const { store, again } = await fresh();
      await saved(store, [read('a')], { stories: true });
      const before = await store.stories.get('a');
      const other = await again();
      expect(await other.stories.get('a')).to.deep.equal(before);
    });

    it('serves many at once without losing or doubling anything', async () => {
      const { store, again } = await fresh();
      const stores = [store, await again()];
      await store.sources.sync(
        Array.from({ length: 6 }, (_, n) => source(`s${n}`)),
        t0,
      );
      const work = Array.from({ length: 6 }, async (_, n) => {
        const own = stores[n % 2] ?? store;
        for (let round = 0; round < 8; round++) {
          const claim = await claimed(own, `s${n}`, t0 + round);
          const items = Array.from({ length: 10 }, (_item, at) => read(`s${n}-${round}-${at}`, { sourceId: `s${n}` }));
          await own.sources.save(fetchSave(claim, items));
        }
      });
      await Promise.all(work);
      expect(await store.items.undeduped(1000)).to.have.length(480);
      expect((await store.maintenance.stats(t0)).items).to.equal(480);
    });
  });
}
