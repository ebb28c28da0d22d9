import { expect } from 'chai';
import { read, saved, t0 } from '../support/store-samples.ts';
import { dedupSave, topic } from './contract-dedup-saves.ts';
import type { FreshStore } from './store-contract.ts';

const texts: Readonly<Record<string, string>> = {
  italian: 'Le elezioni in Libia: città e perché. Haftar incontra i delegati.',
  french: "L'école de Hammâm fête ses élèves, aujourd'hui.",
  chinese: '利比亚举行选举，观察员到达的黎波里。',
  japanese: 'リビアの選挙について、東京で会議が開かれた。',
  arabic: 'الاِنتِخابات في ليبيا تبدأ غداً',
  russian: 'Выборы в Ливии начнутся завтра, заявил Хафтар',
  hindi: 'लीबिया में चुनाव कल शुरू होंगे',
  thai: 'การเลือกตั้งในลิเบียเริ่มพรุ่งนี้',
  odd: `C++ & <b>"quotes"</b> it's 100% AND OR NOT (near) * ^ : - -- ; ' !`,
};

const searches: readonly [string, readonly string[]][] = [
  ['elezioni', ['italian']],
  ['ELEZION', ['italian']],
  ['citta perche', ['italian']],
  ['hamm', ['french']],
  ['école', ['french']],
  ['ecole élèves', ['french']],
  ['"elezioni in libia"', ['italian']],
  ['"libia elezioni"', []],
  ['libia -haftar', []],
  ['haftar -ecole', ['italian']],
  ['利比亚', ['chinese']],
  ['选举 利比亚', ['chinese']],
  ['亚利', []],
  ['選挙', ['japanese']],
  ['リビア', ['japanese']],
  ['الانتخابات', ['arabic']],
  ['ливии', ['russian']],
  ['चुनाव', ['hindi']],
  ['เลือกตั้ง', ['thai']],
  ['quotes', ['odd']],
  ['"', []],
  ['-libia', []],
  ['', []],
  ["' or 1=1 --", []],
  ['AND OR NOT', ['odd']],
  ['(near) * ^ : \\ \0 & | ! <->', ['odd']],
  ['nothing', []],
];

export function describeSearch(fresh: FreshStore): void {
  describe('search', () => {
    it('finds words and phrases in every script, and takes no character for syntax', async () => {
      const { store } = await fresh();
      await saved(
        store,
        Object.entries(texts).map(([id, text]) => read(id, { title: 'T', text })),
        { stories: true },
      );
      for (const [q, expected] of searches) {
        const found = await store.stories.page({ q, limit: 20 });
        expect(
          found.map(({ id }) => id),
          q,
        ).to.have.members(expected);
      }
    });

    it('goes with every other filter, order and cursor', async () => {
      const { store } = await fresh();
      const items = ['a', 'b', 'c', 'd'].map((id, n) =>
        read(id, { text: 'common word', orderAt: t0 - n, language: n < 2 ? 'it' : 'fr' }),
      );
      await saved(store, items, { stories: true });
      await store.stories.save(
        dedupSave({
          topics: [
            { storyId: 'b', topics: [topic('t')] },
            { storyId: 'c', topics: [topic('t')] },
          ],
        }),
      );
      const find = async (query: object) =>
        (await store.stories.page({ q: 'common', limit: 9, ...query })).map(({ id }) => id);
      expect(await find({})).to.deep.equal(['a', 'b', 'c', 'd']);
      expect(await find({ limit: 2, before: { publishedAt: t0, id: 'a' } })).to.deep.equal(['b', 'c']);
      expect(await find({ topic: 't' })).to.deep.equal(['b', 'c']);
      expect(await find({ topic: 't', languages: ['fr'] })).to.deep.equal(['c']);
      expect(await find({ sourceIds: ['beta'] })).to.deep.equal([]);
      expect(await find({ since: t0 - 1 })).to.deep.equal(['a', 'b']);
    });

    it('follows edits and deletions', async () => {
      const { store } = await fresh();
      await saved(store, [read('a', { text: 'before' })], { stories: true });
      await saved(store, [read('a', { text: 'after', contentHash: 'x' }, { change: 'edited', rawHash: 'x' })]);
      expect(await store.stories.page({ q: 'before', limit: 5 })).to.have.length(0);
      expect(await store.stories.page({ q: 'after', limit: 5 })).to.have.length(1);
      await store.items.delete('a');
      expect(await store.stories.page({ q: 'after', limit: 5 })).to.have.length(0);
    });

    it('survives very long texts and words', async () => {
      const { store } = await fresh();
      const long = `${'x'.repeat(5000)} ${'word '.repeat(20_000)}`;
      await saved(store, [read('a', { title: 'needle', text: long })], { stories: true });
      expect(await store.stories.page({ q: 'needle', limit: 5 })).to.have.length(1);
      expect(await store.stories.page({ q: long, limit: 5 })).to.be.an('array');
    });
  });
}
