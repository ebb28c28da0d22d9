import { expect } from 'chai';
import type { Store } from '../../src/pipeline/ports.ts';
import { read, saved, t0 } from '../support/store-samples.ts';
import { assignment, dedupSave, topic } from './contract-dedup-saves.ts';
import type { FreshStore } from './store-contract.ts';

const dayMs = 24 * 3_600_000;
const ids = async (stories: Promise<readonly { readonly id: string }[]>) => (await stories).map(({ id }) => id);

async function numbered(store: Store, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, n) =>
    read(`s${String(n).padStart(3, '0')}`, { orderAt: t0 - Math.floor(n / 2), language: n % 3 === 0 ? 'pt-BR' : 'en' }),
  );
  await saved(store, items, { stories: true });
}

export function describeStories(fresh: FreshStore): void {
  describe('a page of stories', () => {
    it('is ordered by date and id, and the cursor leads through all of them once', async () => {
      const { store } = await fresh();
      await numbered(store, 25);
      const seen: string[] = [];
      for (let before: { publishedAt: number; id: string } | undefined; ; ) {
        const page = await store.stories.page({ limit: 4, ...(before ? { before } : {}) });
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (!last) break;
        before = { publishedAt: last.publishedAt, id: last.id };
      }
      expect(seen).to.have.length(25);
      expect(seen.slice(0, 4)).to.deep.equal(['s001', 's000', 's003', 's002']);
      expect(new Set(seen).size).to.equal(25);
    });

    it('of a topic holds its stories only, by the same order and cursor', async () => {
      const { store } = await fresh();
      await numbered(store, 10);
      const topics = ['s001', 's004', 's005', 's009'].map(storyId => ({ storyId, topics: [topic('t')] }));
      await store.stories.save(dedupSave({ topics }));
      const page = await store.stories.page({ topic: 't', limit: 2 });
      expect(page.map(({ id }) => id)).to.deep.equal(['s001', 's005']);
      const before = { publishedAt: page[1]?.publishedAt ?? 0, id: 's005' };
      expect(await ids(store.stories.page({ topic: 't', limit: 9, before }))).to.deep.equal(['s004', 's009']);
      expect(await ids(store.stories.page({ topic: 't', limit: 9, since: t0 - 2 }))).to.deep.equal([
        's001',
        's005',
        's004',
      ]);
      expect(await ids(store.stories.page({ topic: 'unknown', limit: 9 }))).to.deep.equal([]);
    });

    it('is filtered by source and by language, `pt` finding `pt-BR`', async () => {
      const { store } = await fresh();
      await numbered(store, 12);
      expect(await ids(store.stories.page({ limit: 9, languages: ['pt'] }))).to.deep.equal([
        's000',
        's003',
        's006',
        's009',
      ]);
      expect(await ids(store.stories.page({ limit: 2, languages: ['PT-br', 'xx'] }))).to.deep.equal(['s000', 's003']);
      expect(await ids(store.stories.page({ limit: 2, sourceIds: ['alpha'], languages: ['pt'] }))).to.deep.equal([
        's000',
        's003',
      ]);
      expect(await ids(store.stories.page({ limit: 2, sourceIds: ['beta'] }))).to.deep.equal([]);
      expect(await ids(store.stories.page({ limit: 2, languages: [] }))).to.deep.equal([]);
    });

    it('finds a rare story behind thousands of others', async () => {
      const { store } = await fresh();
      const many = Array.from({ length: 2500 }, (_, n) => read(`m${n}`, { orderAt: t0 - n }));
      await saved(store, [...many, read('rare', { language: 'ar', orderAt: t0 - 9999 })], { stories: true });
      expect(await ids(store.stories.page({ limit: 5, languages: ['ar'] }))).to.deep.equal(['rare']);
    });

    it('holds at most what was asked for, and nothing for nothing', async () => {
      const { store } = await fresh();
      await numbered(store, 5);
      expect(await store.stories.page({ limit: 0 })).to.deep.equal([]);
      expect(await store.stories.page({ limit: -1 })).to.deep.equal([]);
      expect(await store.stories.page({ limit: 200 })).to.have.length(5);
    });
  });

  describe('a story', () => {
    it('without items answers null, but keeps its id and date for whoever comes back', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')], { stories: true });
      await store.items.delete('a');
      expect(await store.stories.get('a')).to.equal(null);
      expect(await store.stories.get('nobody')).to.equal(null);
      expect(await ids(store.stories.page({ limit: 5 }))).to.deep.equal(['b']);
      await saved(store, [read('c', { orderAt: t0 + 77 })]);
      await store.stories.save(dedupSave({ now: t0 + 100, assignments: [assignment('c', 'a')] }));
      expect(await store.stories.get('a')).to.deep.include({ publishedAt: t0, itemCount: 1 });
    });

    it('keeps id and other versions when one item is deleted', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b', { language: 'it' })]);
      await store.stories.save(dedupSave({ assignments: [assignment('a', 'a'), assignment('b', 'a')] }));
      await store.items.delete('a');
      const story = await store.stories.get('a');
      expect(story).to.deep.include({ id: 'a', publishedAt: t0, itemCount: 1, languages: ['it'] });
    });

    it('is updated by an edit of its item, without moving', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      expect((await store.stories.get('a'))?.updatedAt).to.equal(t0);
      await saved(store, [read('a', { title: 'New', contentHash: 'new' }, { change: 'edited', rawHash: 'new' })], {
        now: t0 + 50,
      });
      expect(await store.stories.get('a')).to.deep.include({ publishedAt: t0, updatedAt: t0 + 50 });
    });
  });

  describe('the version of a topic', () => {
    const changes: readonly [string, (store: Store) => Promise<unknown>][] = [
      [
        'a story is added',
        store => store.stories.save(dedupSave({ topics: [{ storyId: 'b', topics: [topic('t')] }] })),
      ],
      ['a story leaves', store => store.stories.save(dedupSave({ topics: [{ storyId: 'a', topics: [] }] }))],
      ['a version joins', store => store.stories.save(dedupSave({ assignments: [assignment('b', 'a')] }))],
      [
        'an item is edited',
        store =>
          saved(store, [
            read('a', { image: 'https://i.example/', contentHash: 'x' }, { change: 'edited', rawHash: 'x' }),
          ]),
      ],
      ['an item is deleted', store => store.items.delete('a')],
      ['stories merge', store => store.stories.save(dedupSave({ merges: [{ from: 'a', into: 'b', evidence: [] }] }))],
      [
        'items are pruned',
        store => store.maintenance.prune({ olderThan: t0 + 1, perSourceMax: 100, batch: 10, now: t0 }),
      ],
    ];
    for (const [title, change] of changes) {
      it(`changes when ${title}, and so does that of all`, async () => {
        const { store } = await fresh();
        await saved(store, [read('a'), read('b')], { stories: true });
        await store.stories.save(dedupSave({ topics: [{ storyId: 'a', topics: [topic('t')] }] }));
        const before = [await store.stories.topicVersion('t'), await store.stories.topicVersion('all')];
        await change(store);
        const after = [await store.stories.topicVersion('t'), await store.stories.topicVersion('all')];
        for (const n of [0, 1]) expect(after[n]?.version).to.not.equal(before[n]?.version);
      });
    }

    it('changes for all alone when a story of no topic is edited', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      const before = await store.stories.topicVersion('all');
      await saved(store, [read('a', { title: 'New', contentHash: 'x' }, { change: 'edited', rawHash: 'x' })]);
      expect((await store.stories.topicVersion('all')).version).to.not.equal(before.version);
    });

    it('stays when nothing of its stories changed', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')], { stories: true });
      await store.stories.save(dedupSave({ topics: [{ storyId: 'a', topics: [topic('t')] }] }));
      const before = await store.stories.topicVersion('t');
      await store.stories.save(
        dedupSave({
          now: t0 + 9,
          topics: [
            { storyId: 'a', topics: [topic('t')] },
            { storyId: 'b', topics: [topic('u')] },
          ],
        }),
      );
      await saved(store, [read('a'), read('new')]);
      await store.stories.save(dedupSave({ assignments: [assignment('new', 'b')] }));
      expect(await store.stories.topicVersion('t')).to.deep.equal(before);
      expect(before).to.deep.equal({ version: before.version, changedAt: t0 });
      expect(await store.stories.topicVersion('never')).to.deep.equal({ version: '0', changedAt: 0 });
    });
  });

  describe('numbers for pages', () => {
    it('count stories per topic and per day', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b', { orderAt: t0 - dayMs }), read('c', { orderAt: t0 - 9 * dayMs })], {
        stories: true,
      });
      const topics = ['a', 'b', 'c'].map(storyId => ({ storyId, topics: [topic('t')] }));
      await store.stories.save(dedupSave({ topics }));
      const counts = await store.stories.topicCounts(t0 - 2 * dayMs);
      expect(counts.get('t')).to.deep.equal({ stories: 2, latestAt: t0 });
      expect(counts.get('all')).to.deep.equal({ stories: 2, latestAt: t0 });
      expect(await store.stories.storiesPerDay('t', 3, t0)).to.deep.equal([0, 1, 1]);
      expect(await store.stories.storiesPerDay('all', 2, t0)).to.deep.equal([1, 1]);
      expect(await store.stories.storiesPerDay('none', 2, t0)).to.deep.equal([0, 0]);
    });

    it('list the ids since a time, newest first, in pages', async () => {
      const { store } = await fresh();
      await numbered(store, 6);
      const page = await store.stories.idsSince({ since: t0 - 1, before: null, limit: 3 });
      expect(page.map(({ id }) => id)).to.deep.equal(['s001', 's000', 's003']);
      const before = page[2] ?? null;
      expect((await store.stories.idsSince({ since: t0 - 1, before, limit: 3 })).map(({ id }) => id)).to.deep.equal([
        's002',
      ]);
    });
  });
}
