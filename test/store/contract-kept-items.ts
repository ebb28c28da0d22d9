import { expect } from 'chai';
import type { DedupSave, ReadItem, Store } from '../../src/pipeline/ports.ts';
import { read, saved, t0 } from '../support/store-samples.ts';
import { assignment, dedupSave } from './contract-dedup-saves.ts';
import type { FreshStore } from './store-contract.ts';

const dayMs = 24 * 3_600_000;
const every = Uint8Array.from({ length: 256 }, (_, n) => n);

type Kept = NonNullable<DedupSave['kept']>['items'][number];

/** Assigns items, each to its own story, and keeps `bytes` of each. */
function keeping(ids: readonly string[], change: Partial<Kept> = {}): DedupSave {
  const items = ids.map(itemId => ({ itemId, bytes: every, ...change }));
  return dedupSave({ assignments: ids.map(id => assignment(id, id)), kept: { reader: 'r1', items } });
}

async function window(store: Store) {
  const rows = await store.items.assignedSince({ since: 0, afterSeq: 0, limit: 100 });
  return Object.fromEntries(rows.map(row => [row.id, row.kept === null ? null : `${row.reader}:${row.kept.length}`]));
}

const edited = (id: string): ReadItem =>
  read(id, { title: 'New title', contentHash: 'edited' }, { change: 'edited', rawHash: 'raw-edited' });

export function describeKeptItems(fresh: FreshStore): void {
  describe('what the dedup keeps of items', () => {
    it('comes back byte by byte with the item’s story, in pages in order of arrival', async () => {
      const { store } = await fresh();
      await saved(store, [read('old', { firstSeenAt: t0 - dayMs }), read('a'), read('b'), read('c')]);
      await store.stories.save(keeping(['old', 'a', 'b']));
      await store.stories.save(dedupSave({ merges: [{ from: 'b', into: 'a', evidence: [] }] }));
      const [first, ...others] = await store.items.assignedSince({ since: t0, afterSeq: 0, limit: 1 });
      expect(others).to.deep.equal([]);
      expect(first).to.deep.include({ id: 'a', sourceId: 'alpha', storyId: 'a', reader: 'r1' });
      expect(first?.kept && [...first.kept]).to.deep.equal([...every]);
      const rest = await store.items.assignedSince({ since: t0, afterSeq: first?.seq ?? 0, limit: 9 });
      expect(rest.map(({ id, storyId }) => [id, storyId])).to.deep.equal([['b', 'a']]);
    });

    it('is nothing for an item that was assigned without it', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')], { stories: true });
      expect(await window(store)).to.deep.equal({ a: null, b: null });
      await store.stories.save(dedupSave({ kept: { reader: 'r2', items: [{ itemId: 'b', bytes: every }] } }));
      expect(await window(store)).to.deep.equal({ a: null, b: 'r2:256' });
      expect([await store.items.keptSince(t0), await store.items.keptSince(t0 + 1)]).to.deep.equal([1, 0]);
    });

    it('takes the place of what another reading kept', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')]);
      await store.stories.save(keeping(['a']));
      const items = [{ itemId: 'a', bytes: Uint8Array.of(1, 2, 3) }];
      await store.stories.save(dedupSave({ kept: { reader: 'r2', items } }));
      expect(await window(store)).to.deep.equal({ a: 'r2:3' });
    });

    it('is forgotten when the item is edited, before it is saved or after', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')]);
      const [a] = await store.items.undeduped(1);
      await saved(store, [edited('a')], { now: t0 + 1 });
      await store.stories.save(keeping(['a', 'b'], { revision: a?.revision ?? 0 }));
      expect(await window(store), 'read before the edit, saved after it').to.deep.equal({ a: null, b: 'r1:256' });
      await saved(store, [edited('b')], { now: t0 + 2 });
      expect(await window(store)).to.deep.equal({ a: null, b: null });
      const [, b] = await store.items.openings(['a', 'b'], 99);
      const again = { itemId: 'b', bytes: every, revision: b?.revision ?? 0 };
      await store.stories.save(dedupSave({ kept: { reader: 'r1', items: [again] } }));
      expect(await window(store)).to.deep.equal({ a: null, b: 'r1:256' });
    });

    it('goes with its item', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b', { firstSeenAt: t0 - 100 * dayMs }), read('c')]);
      await store.stories.save(keeping(['a', 'b', 'c']));
      await store.items.delete('a');
      await store.maintenance.prune({ olderThan: t0 - dayMs, perSourceMax: 100, batch: 10, now: t0 });
      expect(await window(store)).to.deep.equal({ c: 'r1:256' });
      await store.stories.save(dedupSave({ kept: { reader: 'r1', items: [{ itemId: 'a', bytes: every }] } }));
      expect(await window(store), 'an item that is gone').to.deep.equal({ c: 'r1:256' });
    });

    it('is forgotten, in small batches, when its item has left the window; the item stays, and is read anew should it be asked for', async () => {
      const { store } = await fresh();
      const ids = Array.from({ length: 15 }, (_, n) => `i${n}`);
      await saved(store, [...ids.map(id => read(id, { firstSeenAt: t0 - 8 * dayMs })), read('young')]);
      await store.stories.save(keeping([...ids, 'young']));
      const options = { olderThan: t0 - 90 * dayMs, perSourceMax: 100, batch: 10, now: t0 };
      expect(await store.maintenance.prune(options), 'no window, nothing to forget').to.equal(0);
      const rows = [];
      for (let n = 0; n < 3; n++) rows.push(await store.maintenance.prune({ ...options, windowFrom: t0 - 7 * dayMs }));
      expect(rows).to.deep.equal([10, 5, 0]);
      expect(await window(store)).to.deep.equal({ ...Object.fromEntries(ids.map(id => [id, null])), young: 'r1:256' });
    });

    it('is not written by a holder that lost the lease', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      const old = await store.leases.acquire('dedup', { holder: 'one', now: t0, leaseMs: 10 });
      await store.leases.acquire('dedup', { holder: 'two', now: t0 + 10, leaseMs: 10 });
      const kept = { reader: 'r1', items: [{ itemId: 'a', bytes: every }] };
      expect(await store.stories.save(dedupSave({ fence: old, kept }))).to.equal('refused');
      expect(await window(store)).to.deep.equal({ a: null });
    });

    it('is replaced by a new reading of the item’s opening', async () => {
      const { store } = await fresh();
      await saved(store, [read('a', { text: 'A long text', image: 'https://x.example/i.png' }), read('b')]);
      const found = await store.items.openings(['b', 'a', 'never'], 6);
      expect(found.map(({ item, revision }) => [item.id, item.text, revision])).to.deep.equal([
        ['a', 'A long', 0],
        ['b', 'Text o', 0],
      ]);
      expect(found[0]?.item).to.deep.include({ title: 'Title of a', image: 'https://x.example/i.png', orderAt: t0 });
      expect(await store.items.openings([], 6)).to.deep.equal([]);
    });
  });
}
