import { expect } from 'chai';
import { createExactIndex, type ExactKey } from '../../../src/core/dedup/exact-matches.ts';

const key = (hash: number): ExactKey => ({
  hash,
  shared: false,
  evidence: { kind: 'same-url', url: `https://example.org/${hash}` },
});
const picture = (hash: number): ExactKey => ({
  hash,
  shared: true,
  evidence: { kind: 'same-image', url: 'https://example.org/i' },
});
const slots = (found: readonly { slot: number }[]) => found.map(({ slot }) => slot);

describe('index of exact keys', () => {
  it('finds the newest item under a key', () => {
    const index = createExactIndex();
    index.add([key(1), key(2 ** 52 + 7)], 0);
    index.add([key(2 ** 52 + 7)], 1);
    expect(slots(index.find([key(1), key(2), key(2 ** 52 + 7)]))).to.deep.equal([0, 1]);
  });

  it('tells apart keys that differ in the upper half only', () => {
    const index = createExactIndex();
    index.add([key(5)], 0);
    expect(index.find([key(5 + 2 ** 32)])).to.deep.equal([]);
  });

  it('forgets an item that was removed, also when its slot is used again', () => {
    const index = createExactIndex();
    index.add([key(1)], 3);
    index.remove(3);
    expect(index.find([key(1)])).to.deep.equal([]);
    index.add([key(2)], 3);
    expect(slots(index.find([key(1), key(2)]))).to.deep.equal([3]);
  });

  it('takes no notice of a picture that more than twelve items have', () => {
    const index = createExactIndex();
    for (let slot = 0; slot < 12; slot += 1) index.add([picture(9)], slot);
    expect(slots(index.find([picture(9)]))).to.deep.equal([11]);
    index.add([picture(9)], 12);
    expect(index.find([picture(9)])).to.deep.equal([]);
  });

  it('loses no live key while it grows, and grows no more than what lives', () => {
    const index = createExactIndex();
    const hash = (slot: number) => slot * 2654435761 + 1;
    for (let slot = 0; slot < 60_000; slot += 1) {
      index.add([key(hash(slot)), key(-slot + 2 ** 50)], slot);
      if (slot >= 20_000) index.remove(slot - 20_000);
    }
    for (let slot = 0; slot < 60_000; slot += 1)
      expect(slots(index.find([key(hash(slot))])), String(slot)).to.deep.equal(slot < 40_000 ? [] : [slot]);
    expect(index.size()).to.be.lessThan(92_000);
  });
});
