import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  createDedupEngine,
  type DedupDecision,
  type DedupEngine,
  type DedupInput,
} from '../../../src/core/dedup/engine.ts';
import { readerVersion } from '../../../src/core/dedup/reader-version.ts';
import { emptyLexicon, openLexicon } from '../../../src/core/lexicon/lexicon.ts';

const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../../src/core/lexicon/lexicon.bin')));
const fixture = join(import.meta.dirname, '../../fixtures/dedup/everyday.jsonl');
const noon = Date.UTC(2025, 0, 20, 12);
const settleRounds = 8;

type Line = { readonly id: string; readonly language: string | null; readonly title: string; readonly text?: string };

/** The news of the fixture, from twenty sources; some hang their name, or what is nobody's, on their titles. */
const news: readonly DedupInput[] = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .map((line, at) => {
    const { id, language, title, text } = JSON.parse(line) as Line;
    const tail = at % 5 === 0 ? ` | Weekend ${at % 3}` : at % 7 === 0 ? ' - Evening News' : '';
    return {
      ...{
        id,
        sourceId: `s${at % 20}`,
        language: at % 11 === 0 ? null : language,
        title: title + tail,
        text: text ?? '',
      },
      url: `https://s${at % 20}.example/news/${at}`,
      at: noon + at * 60_000,
      image: at % 4 === 0 ? `https://s${at % 20}.example/${at % 9}.jpg` : null,
      links: at % 6 === 0 ? [`https://study.example/${at % 12}`] : [],
      authors: at % 8 === 0 ? ['AFP'] : [],
    };
  });

const engine = () => createDedupEngine({ lexicon, windowMs: 7 * 86_400_000 });

/** The store's part: what was kept of the items, in order of arrival, and the stories they are in now. */
function createShelf() {
  const items = new Map<string, { input: DedupInput; storyId: string; kept: Uint8Array }>();
  return {
    add(input: DedupInput, { storyId, kept }: DedupDecision): void {
      items.set(input.id, { input, storyId, kept });
    },
    settle(dedup: DedupEngine): void {
      for (let round = 0; round < settleRounds; round += 1)
        for (const change of dedup.settle(noon))
          for (const [id, item] of items)
            if (change.kind === 'merge' ? item.storyId === change.from : change.itemIds.includes(id))
              item.storyId = change.into;
    },
    recall(): DedupEngine {
      const dedup = engine();
      // As the rebuild does, whether it is too much or too little.
      dedup.reserve(items.size % 2 === 0 ? 9000 : items.size);
      for (const [id, { input, storyId, kept }] of items)
        expect(dedup.recall({ id, sourceId: input.sourceId, storyId, kept })).to.equal(true);
      return dedup;
    },
    reread(): DedupEngine {
      const dedup = engine();
      for (const { input, storyId } of items.values()) dedup.restore(input, storyId);
      return dedup;
    },
  };
}

describe('a restart', () => {
  it('from what was kept goes on, in every decision, score and evidence, as if there had been none', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...news], { minLength: 30, maxLength: 120 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (stream, share) => {
          const cut = Math.floor(stream.length * share);
          const shelf = createShelf();
          const before = engine();
          for (const item of stream.slice(0, cut)) shelf.add(item, before.add(item));
          const after = shelf.recall();
          expect(after.stats()).to.deep.equal(before.stats());
          for (const item of stream.slice(cut)) expect(after.add(item)).to.deep.equal(before.add(item));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('puts items where they would be without one, also after stories met; from the texts nearly so, as counts of late are guessed anew', () => {
    for (const cut of [100, 300, 500]) {
      const shelf = createShelf();
      const before = engine();
      for (const item of news.slice(0, cut)) shelf.add(item, before.add(item));
      shelf.settle(before);
      const [recalled, reread] = [shelf.recall(), shelf.reread()];
      const differing = { recalled: 0, reread: 0 };
      for (const item of news.slice(cut)) {
        const { storyId } = before.add(item);
        if (recalled.add(item).storyId !== storyId) differing.recalled += 1;
        if (reread.add(item).storyId !== storyId) differing.reread += 1;
      }
      expect(differing.recalled, `after ${cut}`).to.equal(0);
      expect(differing.reread, `from the texts, after ${cut}`).to.be.at.most((news.length - cut) * 0.02);
    }
  });

  it('recalls what a restart from the text had kept', () => {
    const one = engine();
    const kept = news.slice(0, 200).map(item => ({ item, kept: one.restore(item, item.id) }));
    const two = engine();
    for (const { item, kept: bytes } of kept)
      two.recall({ id: item.id, sourceId: item.sourceId, storyId: item.id, kept: bytes });
    for (const item of news.slice(200, 300)) expect(two.add(item)).to.deep.equal(one.add(item));
  });

  describe('with an encoder', () => {
    /** What an encoder would say: letters in threes, folded into thirty-two numbers. */
    const withVector = (item: DedupInput): DedupInput => {
      const vector = new Float32Array(32).fill(0.5);
      for (let at = 0; at + 3 <= item.title.length; at += 1) {
        const cell = [...item.title.slice(at, at + 3)].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 32;
        vector[cell] = (vector[cell] as number) + 1;
      }
      return { ...item, vector };
    };
    const read = (encoder: string) => createDedupEngine({ lexicon, windowMs: 7 * 86_400_000, encoder });
    const stream = news.slice(0, 420).map(withVector);
    const [early, late] = [stream.slice(0, 300), stream.slice(300)];

    it('has its vectors again', () => {
      const before = read('http one');
      const kept = early.map(item => ({ item, decision: before.add(item) }));
      const after = read('http one');
      for (const { item, decision } of kept)
        after.recall({ id: item.id, sourceId: item.sourceId, storyId: decision.storyId, kept: decision.kept });
      for (const item of late) expect(after.add(item)).to.deep.equal(before.add(item));
    });

    it('leaves the vectors of another encoder where they are', () => {
      const before = read('http one');
      const kept = early.map(item => ({ item, decision: before.add(item) }));
      const [changed, none] = [read('http two'), read('http two')];
      for (const { item, decision } of kept) {
        const { id, sourceId } = item;
        changed.recall({ id, sourceId, storyId: decision.storyId, kept: decision.kept });
        const { vector: _, ...plain } = item;
        none.restore(plain, decision.storyId);
      }
      const [one, two] = [early[3], early[5]] as [DedupInput, DedupInput];
      expect(changed.explain(one.id, two.id)?.probability).to.equal(none.explain(one.id, two.id)?.probability);
      expect(changed.explain(one.id, two.id)?.probability).not.to.equal(before.explain(one.id, two.id)?.probability);
    });
  });

  it('refuses damaged bytes, and the item can be read anew', () => {
    const [item] = news as [DedupInput];
    const { kept } = engine().add(item);
    const dedup = engine();
    for (const damaged of [
      kept.subarray(1),
      new Uint8Array(0),
      kept.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
    ]) {
      expect(dedup.recall({ id: item.id, sourceId: 's', storyId: item.id, kept: damaged })).to.equal(false);
      expect(dedup.stats().items).to.equal(0);
    }
    dedup.restore(item, item.id);
    expect(dedup.add({ ...item, id: 'again' }).storyId).to.equal(item.id);
  });

  it('finds an edited item as it reads now, and until then the engine goes on with what it knew', () => {
    const [first, second] = news as [DedupInput, DedupInput];
    const third = news[303] as DedupInput;
    const dedup = engine();
    for (const item of [first, second]) dedup.add(item);
    const edited = { ...first, title: third.title, text: third.text };
    const kept = dedup.reread(edited) as Uint8Array;
    expect(kept).to.deep.equal(engine().restore(edited, first.id));
    expect(dedup.reread({ ...third, id: 'never seen' })).to.equal(null);
    const restarted = engine();
    restarted.recall({ id: first.id, sourceId: first.sourceId, storyId: first.id, kept });
    const copy = { ...third, id: 'copy', sourceId: 'other', url: null, image: null, links: [] };
    expect(restarted.add(copy).storyId).to.equal(first.id);
    expect(dedup.add(copy).storyId).to.equal('copy');
  });
});

describe('the version of a reader', () => {
  it('is the same for the same lexicon and another for another', () => {
    expect(readerVersion(lexicon))
      .to.match(/^[0-9a-f]{16}$/)
      .and.equal(readerVersion(lexicon));
    expect(readerVersion(emptyLexicon())).not.to.equal(readerVersion(lexicon));
    const weighed = { ...lexicon, idf: lexicon.idf.map((idf, concept) => (concept === 5000 ? idf + 1 : idf)) };
    expect(readerVersion(weighed), 'one weight of one concept').not.to.equal(readerVersion(lexicon));
  });

  it('is another when words are read otherwise', () => {
    const deaf = {
      ...lexicon,
      find: (key: number) => (key % 2 === 0 ? -1 : lexicon.find(key)),
      wordMemory: emptyLexicon().wordMemory,
      englishSlots: emptyLexicon().englishSlots,
    };
    expect(readerVersion(deaf)).not.to.equal(readerVersion(lexicon));
  });
});
