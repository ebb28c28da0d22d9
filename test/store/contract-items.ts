import { expect } from 'chai';
import type { ReadItem } from '../../src/pipeline/ports.ts';
import { claimed, fetchSave, item, read, saved, source, t0 } from '../support/store-samples.ts';
import type { FreshStore } from './store-contract.ts';

const edited = (id: string, change: Parameters<typeof item>[1], keys?: readonly string[]): ReadItem =>
  read(
    id,
    { contentHash: 'edited', ...change },
    { change: 'edited', rawHash: 'raw-edited', ...(keys ? { keys } : {}) },
  );

export function describeItems(fresh: FreshStore): void {
  describe('items', () => {
    it('come back as they were saved, field by field', async () => {
      const { store } = await fresh();
      const full = item('full', {
        title: 'Título «تجربة» 🧪',
        summaryHtml: '<p>s</p>',
        language: 'zh-Hant',
        updatedAt: t0 + 5,
        publishedAt: null,
        authors: [{ name: 'Ada', url: 'https://ada.example/' }, { name: null }],
        categories: ['a', 'b'],
        enclosures: [{ url: 'https://x.example/a.mp3', type: 'audio/mpeg', length: 12 }],
        image: 'https://x.example/i.png',
        extra: { truncated: true, geo: { lat: 1.5, lon: -2 }, links: ['https://l.example/'] },
      });
      await saved(store, [{ ...read('full'), item: full }]);
      expect(await store.items.get('full')).to.deep.equal(full);
      expect(await store.items.get('none')).to.equal(null);
    });

    it('wait for their story in order of arrival, the elder of one document first', async () => {
      const { store } = await fresh();
      await saved(store, [read('young', { orderAt: t0 }), read('old', { orderAt: t0 - 10 })]);
      await saved(store, [read('next', { orderAt: t0 - 1000 })]);
      const waiting = await store.items.undeduped(10);
      expect(waiting.map(({ item: { id } }) => id)).to.deep.equal(['old', 'young', 'next']);
      expect(waiting.map(({ seq }) => seq)).to.deep.equal(waiting.map(({ seq }) => seq).toSorted((a, b) => a - b));
      expect(await store.items.undeduped(1)).to.have.length(1);
    });

    it('are known to the reader with their keys and hashes', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')]);
      const known = await store.sources.known('alpha', 10);
      expect(known.find(({ itemId }) => itemId === 'a')).to.deep.equal({
        itemId: 'a',
        keys: ['guid:a', 'url:a'],
        rawHash: 'raw-a',
        contentHash: 'content-a',
        firstSeenAt: t0,
        orderAt: t0,
        deleted: false,
      });
      expect(await store.sources.known('alpha', 1)).to.have.length(1);
      expect(await store.sources.known('beta', 10)).to.deep.equal([]);
    });

    const duplicates: readonly { readonly title: string; readonly second: ReadItem; readonly count: number }[] = [
      { title: 'the same item again', second: read('a'), count: 1 },
      { title: 'another id under the same strongest key', second: read('z', {}, { keys: ['guid:a'] }), count: 1 },
      {
        title: 'a weaker key that another item had first',
        second: read('z', {}, { keys: ['guid:z', 'url:a'] }),
        count: 2,
      },
      { title: 'no key at all', second: read('z', {}, { keys: [] }), count: 2 },
    ];
    for (const { title, second, count } of duplicates) {
      it(`${title} makes ${count === 1 ? 'no second item' : 'an item of its own'}, in the same batch and later`, async () => {
        const { store } = await fresh();
        await saved(store, [read('a'), second]);
        expect((await store.sources.get('alpha'))?.itemCount).to.equal(count);
        await saved(store, [second, read('a')]);
        expect((await store.sources.get('alpha'))?.itemCount).to.equal(count);
        expect(await store.items.undeduped(10)).to.have.length(count);
      });
    }

    it('of another source may have the same keys', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha'), source('beta')], t0);
      await store.sources.save(fetchSave(await claimed(store, 'alpha'), [read('a')]));
      await store.sources.save(
        fetchSave(await claimed(store, 'beta'), [read('b', { sourceId: 'beta' }, { keys: ['guid:a'] })]),
      );
      expect(await store.items.undeduped(10)).to.have.length(2);
    });

    it('keep identity, first sight and order through an edit', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')]);
      await saved(
        store,
        [edited('a', { title: 'New title', orderAt: t0 + 9, firstSeenAt: t0 + 9, publishedAt: t0 + 8 })],
        { now: t0 + 9 },
      );
      expect(await store.items.get('a')).to.deep.include({
        title: 'New title',
        orderAt: t0,
        firstSeenAt: t0,
        publishedAt: t0 + 8,
      });
      expect((await store.sources.history('alpha', 1))[0]).to.deep.include({ itemsNew: 0, itemsEdited: 1 });
    });

    it('recognize a publisher’s old and new guid after it changed', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')]);
      await saved(store, [edited('a', {}, ['guid:second', 'url:a'])]);
      await saved(store, [read('x', {}, { keys: ['guid:second'] }), read('y', {}, { keys: ['guid:a'] })]);
      expect((await store.sources.get('alpha'))?.itemCount).to.equal(1);
    });

    it('do not grow when a feed makes up new guids for ever', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')]);
      for (let n = 0; n < 30; n++) await saved(store, [edited('a', {}, [`guid:${n}`, 'url:a'])]);
      expect((await store.sources.known('alpha', 1))[0]?.keys.length).to.equal(16);
    });

    it('that were deleted stay deleted, and are known as such', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b')], { stories: true });
      await store.items.delete('a');
      await store.items.delete('a');
      expect(await store.items.get('a')).to.equal(null);
      await saved(store, [read('a'), edited('a', {}), read('z', {}, { keys: ['guid:a'] })]);
      expect(await store.items.get('a')).to.equal(null);
      expect(await store.items.get('z')).to.equal(null);
      expect((await store.sources.get('alpha'))?.itemCount).to.equal(1);
      const known = await store.sources.known('alpha', 10);
      expect(known.map(({ itemId, deleted }) => [itemId, deleted])).to.have.deep.members([
        ['a', true],
        ['b', false],
      ]);
    });

    it('beyond the known ones come back into sight once they are read again', async () => {
      const { store } = await fresh();
      await saved(store, [read('old')]);
      await saved(store, [read('young')], { now: t0 + 10 });
      expect((await store.sources.known('alpha', 1)).map(({ itemId }) => itemId)).to.deep.equal(['young']);
      await saved(store, [read('old')], { now: t0 + 20 });
      expect((await store.sources.known('alpha', 1)).map(({ itemId }) => itemId)).to.deep.equal(['old']);
    });

    it('with text that no database holds do not spoil their batch', async () => {
      const { store } = await fresh();
      const bad = 'nul \0 lone \ud800 end';
      const spoiled = read(
        'bad',
        { title: bad, text: bad, contentHtml: bad, categories: [bad], url: bad, extra: { commentsUrl: bad } },
        { keys: [`guid:${bad}`] },
      );
      await saved(store, [read('good'), spoiled, read('fine')]);
      const found = await store.items.get('bad');
      expect(found?.title).to.equal('nul  lone \ufffd end');
      expect(found?.categories).to.deep.equal(['nul  lone \ufffd end']);
      expect(await store.items.undeduped(10)).to.have.length(3);
      await saved(store, [spoiled]);
      expect(await store.items.undeduped(10)).to.have.length(3);
    });

    it('very many of one document are saved whole', async () => {
      const { store } = await fresh();
      await saved(
        store,
        Array.from({ length: 1200 }, (_, n) => read(`many-${n}`)),
      );
      expect((await store.sources.get('alpha'))?.itemCount).to.equal(1200);
      expect(await store.items.undeduped(5000)).to.have.length(1200);
    });
  });

  describe('edited items', () => {
    it('are offered for a second match once they have a story, until somebody looked at them', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      expect(await store.items.edited(10)).to.deep.equal([]);
      await saved(store, [edited('a', { text: 'Other text' })], { now: t0 + 5 });
      const [change] = await store.items.edited(10);
      expect(change).to.deep.include({ storyId: 'a', revision: 1 });
      const nothing = { fence: null, now: t0 + 6, assignments: [], merges: [], splits: [], topics: [] };
      await saved(store, [edited('a', { text: 'Third text', contentHash: 'third' })], { now: t0 + 7 });
      await store.stories.save({ ...nothing, edited: [{ itemId: 'a', revision: 1 }] });
      expect((await store.items.edited(10)).map(({ revision }) => revision)).to.deep.equal([2]);
      await store.stories.save({ ...nothing, edited: [{ itemId: 'a', revision: 2 }] });
      expect(await store.items.edited(10)).to.deep.equal([]);
      expect(await store.items.undeduped(10)).to.deep.equal([]);
    });

    it('between being read and getting their story are offered too', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')]);
      const [waiting] = await store.items.undeduped(1);
      await saved(store, [edited('a', { text: 'Other text' })]);
      const assignment = {
        itemId: 'a',
        storyId: 'a',
        with: null,
        score: 1,
        evidence: [],
        revision: waiting?.revision ?? 0,
      };
      await store.stories.save({ fence: null, now: t0, assignments: [assignment], merges: [], splits: [], topics: [] });
      expect(await store.items.undeduped(10)).to.deep.equal([]);
      expect((await store.items.edited(10)).map(({ item: { text } }) => text)).to.deep.equal(['Other text']);
    });

    it('are not offered for what readers see but matching does not', async () => {
      const { store } = await fresh();
      await saved(store, [read('a')], { stories: true });
      await saved(store, [edited('a', { image: 'https://x.example/new.png' })]);
      expect(await store.items.edited(10)).to.deep.equal([]);
      expect((await store.items.get('a'))?.image).to.equal('https://x.example/new.png');
    });
  });

  describe('articles', () => {
    const awaiting = { sourceIds: ['alpha'], limit: 10, now: t0 };

    it('of the sources asked for are awaited, oldest first, until they are read or given up', async () => {
      const { store } = await fresh();
      await saved(store, [read('a'), read('b'), read('c')]);
      expect((await store.items.awaitingArticle(awaiting)).map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
      expect(await store.items.awaitingArticle({ ...awaiting, sourceIds: ['beta'] })).to.deep.equal([]);
      expect(await store.items.awaitingArticle({ ...awaiting, sourceIds: [] })).to.deep.equal([]);
      await store.items.saveArticle('a', {
        item: item('a', { contentHtml: '<p>Long</p>', text: 'Long', contentHash: 'long' }),
        tryAgainAt: null,
      });
      await store.items.saveArticle('b', { item: null, tryAgainAt: t0 + 100 });
      await store.items.saveArticle('c', { item: null, tryAgainAt: null });
      expect(await store.items.awaitingArticle(awaiting)).to.deep.equal([]);
      expect((await store.items.awaitingArticle({ ...awaiting, now: t0 + 100 })).map(({ id }) => id)).to.deep.equal([
        'b',
      ]);
      expect((await store.items.get('a'))?.text).to.equal('Long');
      await store.items.saveArticle('gone', { item: item('gone'), tryAgainAt: null });
    });

    it('stay when the feed’s teaser is edited, and are read again', async () => {
      const { store } = await fresh();
      await saved(store, [read('a', { contentHtml: null })]);
      await store.items.saveArticle('a', {
        item: item('a', { contentHtml: '<p>Long</p>', text: 'Long', contentHash: 'long' }),
        tryAgainAt: null,
      });
      await saved(store, [edited('a', { title: 'New title', contentHtml: null, text: 'teaser' })]);
      expect(await store.items.get('a')).to.deep.include({
        title: 'New title',
        contentHtml: '<p>Long</p>',
        text: 'Long',
      });
      expect((await store.items.awaitingArticle(awaiting)).map(({ id }) => id)).to.deep.equal(['a']);
    });
  });
}
