import { expect } from 'chai';
import fc from 'fast-check';
import { type Candidate, newestWanted, parseCursor, selectEntries } from '../../../src/core/render/select-entries.ts';

const candidate = (storyId: string, publishedAt: number, sourceId = 'a'): Candidate => ({
  storyId,
  publishedAt,
  sourceId,
});

/** Pages through all candidates as a reader does; the store answers with `window` stories not newer than wanted. */
function readAll(
  all: readonly Candidate[],
  options: { limit: number; perSourceMax: number; window: number },
): Candidate[][] {
  const pages: Candidate[][] = [];
  const sorted = all.toSorted((a, b) => b.publishedAt - a.publishedAt || (a.storyId > b.storyId ? -1 : 1));
  let before: string | null = null;
  do {
    const cursor = parseCursor(before);
    const newest = newestWanted(cursor);
    const wanted = sorted.filter(
      story =>
        newest === null ||
        story.publishedAt < newest.publishedAt ||
        (story.publishedAt === newest.publishedAt && story.storyId < newest.id),
    );
    const window = wanted.slice(0, options.window);
    const page = selectEntries(window, { ...options, before: cursor, more: window.length < wanted.length });
    pages.push([...page.selected]);
    before = page.next;
  } while (before !== null && pages.length < 500);
  return pages;
}

describe('a page of a topic feed', () => {
  it('is ordered by first publication, newest first, equal times by id', () => {
    const page = selectEntries([candidate('b', 1), candidate('c', 2), candidate('a', 1)], {
      limit: 10,
      perSourceMax: 10,
      before: null,
      more: false,
    });
    expect(page.selected.map(story => story.storyId)).to.deep.equal(['c', 'b', 'a']);
    expect(page.next).to.equal(null);
  });

  it('holds no more of one source than its share; the rest comes on the next pages', () => {
    const flood = Array.from({ length: 5 }, (_, n) => candidate(`f${n}`, 100 - n, 'flood'));
    const pages = readAll([...flood, candidate('x', 10, 'b'), candidate('y', 9, 'c')], {
      limit: 4,
      perSourceMax: 2,
      window: 99,
    });
    expect(pages.map(page => page.map(story => story.storyId))).to.deep.equal([
      ['f0', 'f1', 'x', 'y'],
      ['f2', 'f3'],
      ['f4'],
    ]);
  });

  it('says that there is more when the store has more', () => {
    const page = selectEntries([candidate('a', 1)], { limit: 1, perSourceMax: 1, before: null, more: true });
    expect(page.next).to.equal('1~a');
  });

  it('goes on through thousands of one and the same time, as a source without dates has them', () => {
    const flood = Array.from({ length: 3000 }, (_, n) => candidate(`f${String(n).padStart(4, '0')}`, 7, 'flood'));
    const pages = readAll(flood, { limit: 50, perSourceMax: 10, window: 400 });
    expect(pages.length).to.be.within(300, 310);
    expect(new Set(pages.flat().map(({ storyId }) => storyId)).size).to.equal(3000);
  });

  it('loses nothing when more sources flood a page than an address can remember', () => {
    const flood = Array.from({ length: 900 }, (_, n) =>
      candidate(`s${String(n).padStart(4, '0')}`, 1000 - n, `source-${n % 30}`),
    );
    const pages = readAll(flood, { limit: 100, perSourceMax: 2, window: 200 });
    const shown = pages.flat().map(({ storyId }) => storyId);
    expect(shown.length).to.equal(900);
    expect(new Set(shown).size).to.equal(900);
  });

  it('does not go back to a source that it has read to its end while another one is still behind', () => {
    const rows = [
      [0, 'd'],
      [1, 'c'],
      [1, 'c'],
      [1, 'c'],
      [1, 'c'],
      [0, 'a'],
      [0, 'a'],
    ] as const;
    const all = rows.map(([publishedAt, sourceId], n) => candidate(`s${n}`, publishedAt, sourceId));
    const shown = readAll(all, { limit: 3, perSourceMax: 1, window: 60 }).flat();
    expect(shown.map(({ storyId }) => storyId)).to.deep.equal(['s4', 's6', 's0', 's3', 's5', 's2', 's1']);
  });

  it('ends a page between two parts of a story and goes on with the second', () => {
    const parts = ['p1', 'p2', 'p3'].map(partId => ({ ...candidate('m', 5), partId }));
    const all = [candidate('z', 5), ...parts, candidate('a', 5)];
    const first = selectEntries(all, { limit: 2, perSourceMax: 9, before: null, more: false });
    expect(first.selected.map(one => [one.storyId, one.partId])).to.deep.equal([
      ['z', undefined],
      ['m', 'p3'],
    ]);
    const cursor = parseCursor(first.next);
    const wanted = newestWanted(cursor)?.id ?? '';
    expect('m' < wanted && wanted < 'n').to.equal(true);
    const second = selectEntries(all, { limit: 9, perSourceMax: 9, before: cursor, more: false });
    expect(second.selected.map(one => one.partId ?? one.storyId)).to.deep.equal(['p2', 'p1', 'a']);
  });

  it('takes a time for a cursor and ignores nonsense', () => {
    expect(parseCursor('2026-11-28T00:00:00Z')?.position.publishedAt).to.equal(Date.UTC(2026, 10, 28));
    expect(parseCursor('1790000000000')?.position.publishedAt).to.equal(1_790_000_000_000);
    for (const text of ['', 'yesterday', '~', '1~a~b~c', 'NaN~x', null, undefined, '!'.repeat(5000)]) {
      expect(parseCursor(text), String(text)).to.equal(null);
    }
  });

  it('shows every story exactly once over all pages, whatever the stories, the limit and the share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (rows, limit, perSourceMax, isNarrow) => {
          const all = rows.map(([publishedAt, sourceId], n) => candidate(`s${n}`, publishedAt, sourceId));
          const pages = readAll(all, { limit, perSourceMax, window: isNarrow ? 5 : 60 });
          const shown = pages.flat().map(story => story.storyId);
          expect(shown.toSorted()).to.deep.equal(all.map(story => story.storyId).toSorted());
          for (const page of pages) {
            expect(page.length).to.be.at.most(limit);
            for (const source of 'abcd') {
              expect(page.filter(story => story.sourceId === source).length).to.be.at.most(perSourceMax);
            }
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
