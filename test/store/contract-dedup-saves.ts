import { expect } from 'chai';
import type { Evidence } from '../../src/model.ts';
import type { DedupSave, Store, StoryAssignment, StoryTopic } from '../../src/pipeline/ports.ts';
import { read, saved, t0 } from '../support/store-samples.ts';
import type { FreshStore } from './store-contract.ts';

const because: readonly Evidence[] = [{ kind: 'same-title' }];

export function dedupSave(change: Partial<DedupSave>): DedupSave {
  return { fence: null, now: t0, assignments: [], merges: [], splits: [], topics: [], ...change };
}

export function assignment(itemId: string, storyId: string, change: Partial<StoryAssignment> = {}): StoryAssignment {
  const founder = itemId === storyId;
  return {
    itemId,
    storyId,
    with: founder ? null : storyId,
    score: founder ? 1 : 0.9,
    evidence: founder ? [] : because,
    ...change,
  };
}

export function topic(topicId: string, strength = 0.8): StoryTopic {
  return {
    topicId,
    strength,
    evidence: [{ kind: 'word', wanted: 'w', found: 'f', where: 'title', itemId: 'a', strength }],
  };
}

export async function shape(store: Store): Promise<Readonly<Record<string, readonly string[]>>> {
  const stories = await store.stories.page({ limit: 100 });
  return Object.fromEntries(
    stories.map(story => [story.id, story.versions.map(version => version.item.id).toSorted()]),
  );
}

export function describeDedupSaves(fresh: FreshStore): void {
  describe('a batch of the dedup stage', () => {
    it('founds stories and adds versions with their evidence', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b', { language: 'it' }), read('c')]);
      const save = dedupSave({ assignments: [assignment('a', 'a'), assignment('b', 'a'), assignment('c', 'c')] });
      expect(await store.stories.save(save)).to.equal('saved');
      const story = await store.stories.get('a');
      expect(story).to.deep.include({ id: 'a', publishedAt: t0, itemCount: 2, languages: ['en', 'it'] });
      expect(story?.versions[1]).to.deep.include({ with: 'a', score: 0.9, evidence: because, joinedAt: t0 });
      expect(await store.items.undeduped(10)).to.deep.equal([]);
    });

    it('saved twice changes nothing', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')]);
      const save = dedupSave({
        assignments: [assignment('a', 'a'), assignment('b', 'a')],
        topics: [{ storyId: 'a', topics: [topic('t')] }],
      });
      await store.stories.save(save);
      const once = { stories: await store.stories.page({ limit: 10 }), stats: await store.maintenance.stats(t0) };
      await store.stories.save(save);
      const again = await store.maintenance.stats(t0);
      expect(await shape(store)).to.deep.equal({ a: ['a', 'b'] });
      expect([again.stories, again.foldedItems, again.storiesPerHour]).to.deep.equal([
        once.stats.stories,
        once.stats.foldedItems,
        once.stats.storiesPerHour,
      ]);
      expect((await store.stories.page({ limit: 10 }))[0]?.publishedAt).to.equal(once.stories[0]?.publishedAt);
    });

    const dates: readonly [string, { orderAt: number; now: number; expected: number }][] = [
      ['the date of a new source’s old post, in the past', { orderAt: t0 - 1e9, now: t0, expected: t0 - 1e9 }],
      ['now, when its post claims the future', { orderAt: t0 + 1e9, now: t0, expected: t0 }],
    ];
    for (const [title, { orderAt, now, expected }] of dates) {
      it(`gives a story ${title}`, async () => {
        const { store } = await fresh();
        await saved(store, [read('a', { orderAt })]);
        await store.stories.save(dedupSave({ now, assignments: [assignment('a', 'a')] }));
        expect((await store.stories.get('a'))?.publishedAt).to.equal(expected);
      });
    }

    it('dates a story by the item that gives it its id, whatever the order in the batch', async () => {
      const { store } = await fresh();
      await saved(store, [read('a', { orderAt: t0 - 50 }), read('b', { orderAt: t0 - 90 })]);
      await store.stories.save(dedupSave({ assignments: [assignment('b', 'a'), assignment('a', 'a')] }));
      expect((await store.stories.get('a'))?.publishedAt).to.equal(t0 - 50);
    });

    it('moves neither the date of a story that was there before nor the time of its last edit', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      const before = await store.stories.get('a');
      await saved(store, [read('b', { orderAt: t0 - 1e9 })], { now: t0 + 5 });
      await store.stories.save(dedupSave({ now: t0 + 6, assignments: [assignment('b', 'a')] }));
      const after = await store.stories.get('a');
      expect([after?.id, after?.publishedAt]).to.deep.equal([before?.id, before?.publishedAt]);
      expect(after?.updatedAt).to.equal(before?.updatedAt);
    });

    it('leaves out items that were deleted meanwhile', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')]);
      await store.items.delete('a');
      await store.stories.save(
        dedupSave({ assignments: [assignment('a', 'a'), assignment('b', 'b'), assignment('never', 'b')] }),
      );
      expect(await shape(store)).to.deep.equal({ b: ['b'] });
    });

    it('is refused as a whole when the lease went to somebody else', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')]);
      const old = await store.leases.acquire('dedup', { holder: 'one', now: t0, leaseMs: 10 });
      const current = await store.leases.acquire('dedup', { holder: 'two', now: t0 + 10, leaseMs: 10 });
      const save = dedupSave({ assignments: [assignment('a', 'a')] });
      expect(await store.stories.save({ ...save, fence: old })).to.equal('refused');
      expect(await shape(store)).to.deep.equal({});
      expect(await store.stories.save({ ...save, fence: current })).to.equal('saved');
    });
  });

  describe('a merge', () => {
    it('makes the one story an alias of the other, whose id and date stay', async () => {
      const { store } = await fresh();
      await saved(store, [read('a', { orderAt: t0 - 10 }), read('b', { orderAt: t0 - 20 }), read('c')], {
        stories: true,
      });
      await store.stories.save(dedupSave({ topics: [{ storyId: 'b', topics: [topic('t')] }] }));
      await store.stories.save(dedupSave({ now: t0 + 1, merges: [{ from: 'b', into: 'a', evidence: because }] }));
      expect(await shape(store)).to.deep.equal({ a: ['a', 'b'], c: ['c'] });
      expect((await store.stories.get('b'))?.id).to.equal('a');
      expect((await store.stories.get('a'))?.publishedAt).to.equal(t0 - 10);
      expect((await store.stories.get('a'))?.versions.find(version => version.item.id === 'b')?.evidence).to.deep.equal(
        because,
      );
      expect((await store.stories.topicsOf('b')).map(({ topicId }) => topicId)).to.deep.equal(['t']);
      expect((await store.stories.page({ topic: 't', limit: 5 })).map(({ id }) => id)).to.deep.equal(['a']);
    });

    it('of merged stories is followed over any number of steps, also by later assignments', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b'), read('c')], { stories: true });
      await store.stories.save(
        dedupSave({
          merges: [
            { from: 'c', into: 'b', evidence: [] },
            { from: 'b', into: 'a', evidence: [] },
          ],
        }),
      );
      await saved(store, [read('d')]);
      await store.stories.save(dedupSave({ assignments: [assignment('d', 'c')] }));
      expect(await shape(store)).to.deep.equal({ a: ['a', 'b', 'c', 'd'] });
      expect((await store.stories.get('c'))?.id).to.equal('a');
    });

    it('of a story with itself, with an alias of itself or of a story unknown changes nothing', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')], { stories: true });
      await store.stories.save(dedupSave({ merges: [{ from: 'b', into: 'a', evidence: [] }] }));
      const again = ['a', 'b', 'nobody'].map(from => ({ from, into: 'a', evidence: [] }));
      await store.stories.save(dedupSave({ merges: [...again, { from: 'a', into: 'b', evidence: [] }] }));
      expect(await shape(store)).to.deep.equal({ a: ['a', 'b'] });
    });
  });

  describe('a split', () => {
    it('moves the versions named; a merged story gets its own id and date back', async () => {
      const { store } = await fresh();
      await saved(store, [read('a', { orderAt: t0 - 10 }), read('b', { orderAt: t0 - 20 })], { stories: true });
      await store.stories.save(dedupSave({ merges: [{ from: 'b', into: 'a', evidence: [] }] }));
      const evidence: readonly Evidence[] = [{ kind: 'correction', by: 'ada' }];
      await store.stories.save(
        dedupSave({ now: t0 + 9, splits: [{ from: 'a', into: 'b', itemIds: ['b'], evidence }] }),
      );
      expect(await shape(store)).to.deep.equal({ a: ['a'], b: ['b'] });
      expect(await store.stories.get('b')).to.deep.include({ id: 'b', publishedAt: t0 - 20 });
      expect((await store.stories.get('b'))?.versions[0]?.evidence).to.deep.equal(evidence);
    });

    it('is in the topics it was in until its own are matched, whenever the process dies', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b', { orderAt: t0 - 20 })], { now: t0 });
      await store.stories.save(
        dedupSave({
          assignments: ['a', 'b'].map(id => assignment(id, 'a')),
          topics: [{ storyId: 'a', topics: [topic('t'), topic('u')] }],
        }),
      );
      await store.stories.save(dedupSave({ splits: [{ from: 'a', into: 'b', itemIds: ['b'], evidence: [] }] }));
      const inTopic = async (id: string) =>
        (await store.stories.page({ topic: id, limit: 5 })).map(story => [story.id, story.publishedAt]);
      expect(await inTopic('t')).to.deep.equal([
        ['a', t0],
        ['b', t0 - 20],
      ]);
      await store.stories.save(dedupSave({ topics: [{ storyId: 'b', topics: [topic('u')] }] }));
      expect(await inTopic('t')).to.deep.equal([['a', t0]]);
      expect(await inTopic('u')).to.have.length(2);
    });

    it('founds a story dated like its founder', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b', { orderAt: t0 - 20 }), read('c', { orderAt: t0 - 30 })]);
      await store.stories.save(dedupSave({ assignments: ['a', 'b', 'c'].map(id => assignment(id, 'a')) }));
      await store.stories.save(
        dedupSave({ splits: [{ from: 'a', into: 'b', itemIds: ['b', 'c', 'nobody'], evidence: [] }] }),
      );
      expect(await shape(store)).to.deep.equal({ a: ['a'], b: ['b', 'c'] });
      expect((await store.stories.get('b'))?.publishedAt).to.equal(t0 - 20);
    });
  });

  describe('topics of a story', () => {
    it('are the whole set each time; the time of an earlier match stays', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      await store.stories.save(dedupSave({ topics: [{ storyId: 'a', topics: [topic('t', 0.5), topic('u')] }] }));
      await store.stories.save(
        dedupSave({ now: t0 + 5, topics: [{ storyId: 'a', topics: [topic('t', 0.9), topic('v')] }] }),
      );
      const topics = await store.stories.topicsOf('a');
      expect(topics.map(({ topicId, strength, addedAt }) => [topicId, strength, addedAt])).to.deep.equal([
        ['t', 0.9, t0],
        ['v', 0.8, t0 + 5],
      ]);
      expect(topics[0]?.evidence).to.deep.equal(topic('t', 0.9).evidence);
    });

    it('never hold `all`, which every story is in', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      await store.stories.save(
        dedupSave({
          topics: [
            { storyId: 'a', topics: [topic('all')] },
            { storyId: 'nobody', topics: [topic('t')] },
          ],
        }),
      );
      expect(await store.stories.topicsOf('a')).to.deep.equal([]);
      expect(await store.stories.page({ topic: 'all', limit: 5 })).to.have.length(1);
      expect(await store.stories.page({ topic: 't', limit: 5 })).to.deep.equal([]);
    });
  });
}
