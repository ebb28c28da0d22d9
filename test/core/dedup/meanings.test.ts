import { expect } from 'chai';
import { createMeanings } from '../../../src/core/dedup/meanings.ts';

const worth = { encoderMiddle: 2.5, encoderSlope: 1 };

/** A fixed sequence that looks like chance, −1 to 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x80000000 - 1;
  };
}

/** Unrelated texts of an encoder whose vectors all point one way more or less, as those of many do. */
function unrelated(count: number, lean: number) {
  const roll = dice(5);
  return Array.from({ length: count }, () => Float32Array.from({ length: 64 }, () => roll() + lean));
}

function filled(lean: number, count = 300) {
  const meanings = createMeanings(worth);
  const vectors = unrelated(count, lean);
  vectors.forEach((vector, slot) => {
    meanings.set(slot, vector);
  });
  return { meanings, vectors };
}

describe('meanings', () => {
  for (const lean of [0, 1])
    it(`tells a translation from a stranger, whatever an encoder calls unlike (lean ${lean})`, () => {
      const { meanings, vectors } = filled(lean);
      meanings.set(
        1000,
        (vectors[7] as Float32Array).map((value, at) => value + (at % 5 === 0 ? 0.2 : 0)),
      );
      expect(meanings.deviations(7, 1000)).to.be.greaterThan(5);
      expect(meanings.odds(7, 1000)).to.equal(3);
      expect(Math.abs(meanings.deviations(8, 200))).to.be.lessThan(4);
      const strangers = Array.from({ length: 100 }, (_, at) => meanings.odds(at, at + 150));
      expect(strangers.filter(odds => odds > 0).length).to.be.lessThan(5);
      expect(Math.min(...strangers)).to.equal(-1);
    });

  it('says nothing while little was seen, without a vector, and of vectors of two lengths', () => {
    const { meanings } = filled(0, 20);
    expect(meanings.odds(1, 2)).to.equal(0);
    const known = filled(0).meanings;
    expect(known.odds(1, 5000)).to.equal(0);
    known.set(5000, new Float32Array(32).fill(1));
    expect(known.odds(1, 5000)).to.equal(0);
    known.set(1, undefined);
    expect(known.of(1)).to.equal(undefined);
    expect(known.odds(1, 2)).to.equal(0);
  });

  it('keeps a byte a number, and goes on from those bytes as from the vector', () => {
    const { meanings } = filled(1);
    const again = createMeanings(worth);
    for (let slot = 0; slot < 300; slot += 1) again.set(slot, meanings.of(slot));
    expect(again.of(3)).to.deep.equal(meanings.of(3));
    expect(again.deviations(3, 4)).to.equal(meanings.deviations(3, 4));
    expect(meanings.of(3)).to.have.length(64);
  });

  it('is not upset by vectors that are none', () => {
    const { meanings } = filled(0);
    meanings.set(1000, new Float32Array(64));
    meanings.set(1001, new Float32Array(64).fill(Number.NaN));
    expect(meanings.odds(1000, 1)).to.be.within(-1, 3);
    expect(meanings.odds(1001, 1)).to.be.within(-1, 3);
  });
});
