import { expect } from 'chai';
import fc from 'fast-check';
import { createConstraints } from '../../../src/core/dedup/constraints.ts';
import type { EngineState } from '../../../src/core/dedup/engine-state.ts';
import { partStory } from '../../../src/core/dedup/part-story.ts';
import { createStoryBook, type Entry } from '../../../src/core/dedup/story-book.ts';
import type { Correction } from '../../../src/model.ts';

const pair = (kind: Correction['kind'], a: string, b: string): Correction => ({ kind, a, b, by: 'test' });
const apart = (leaving: readonly string[], staying: readonly string[]) =>
  leaving.flatMap(a => staying.map(b => pair('apart', a, b)));

/** Parts one story with these members, the founder first. @returns story id → members */
function parted(members: readonly string[], corrections: readonly Correction[]): Record<string, string[]> {
  const book = createStoryBook();
  const story = book.open(members[0] ?? '');
  for (const id of members) {
    const entry = { id, story } as unknown as Entry;
    book.byId.set(id, entry);
    book.join(entry, story);
  }
  const state = { book, constraints: createConstraints(corrections) } as unknown as EngineState;
  partStory(state, story, []);
  return Object.fromEntries([...book.stories.values()].map(({ id, members: rest }) => [id, rest.map(one => one.id)]));
}

describe('a story that a person parts', () => {
  it('leaves its id with the larger part, whoever goes', () => {
    expect(parted(['a', 'b', 'c'], apart(['c'], ['a', 'b']))).to.deep.equal({ a: ['a', 'b'], c: ['c'] });
    const parts = parted(['a', 'b', 'c'], apart(['a'], ['b', 'c']));
    expect(parts.a).to.deep.equal(['b', 'c']);
    expect(Object.values(parts)).to.deep.include(['a']);
  });

  it('gives the other part an id that no story had, in the form of all ids', () => {
    const founder = '11111111-1111-8111-8111-111111111111';
    const parts = parted([founder, 'b', 'c'], apart([founder], ['b', 'c']));
    const other = Object.keys(parts).find(id => id !== founder);
    expect(other).to.match(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('keeps whom nobody named with the most, and whom a person joined with his like', () => {
    expect(parted(['a', 'b', 'c', 'd'], apart(['d'], ['a', 'b']))).to.deep.equal({ a: ['a', 'b', 'c'], d: ['d'] });
    expect(parted(['a', 'b', 'c', 'd'], [...apart(['c'], ['a', 'b']), pair('together', 'c', 'd')])).to.deep.equal({
      a: ['a', 'b'],
      c: ['c', 'd'],
    });
  });

  it('holds nobody with whom he must be apart, and loses nobody, whatever was said', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const correction = fc
      .tuple(
        fc.constantFrom<Correction['kind']>('apart', 'apart', 'together'),
        fc.constantFrom(...ids),
        fc.constantFrom(...ids),
      )
      .filter(([, a, b]) => a !== b)
      .map(([kind, a, b]) => pair(kind, a, b));
    fc.assert(
      fc.property(fc.array(correction, { minLength: 1, maxLength: 12 }), corrections => {
        const constraints = createConstraints(corrections);
        if (!constraints.all.some(({ kind }) => kind === 'apart')) return;
        const parts = Object.values(parted(ids, corrections));
        expect(parts.flat().toSorted()).to.deep.equal(ids);
        for (const part of parts) {
          for (const a of part) for (const b of part) expect(constraints.apart(a, b), `${a} ${b}`).to.equal(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});
