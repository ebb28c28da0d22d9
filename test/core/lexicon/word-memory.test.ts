import { expect } from 'chai';
import { createWordMemory } from '../../../src/core/lexicon/word-memory.ts';

describe('word memory', () => {
  it('gives back what was set', () => {
    const memory = createWordMemory<number>(2);
    memory.set('a', 1);
    expect(memory.get('a')).to.equal(1);
    expect(memory.get('b')).to.equal(undefined);
  });

  it('forgets what two generations did not ask for, and keeps what they did', () => {
    const memory = createWordMemory<number>(2);
    memory.set('asked', 1);
    memory.set('not asked', 2);
    for (const key of ['c', 'd', 'e', 'f']) {
      expect(memory.get('asked'), key).to.equal(1);
      memory.set(key, 3);
    }
    expect(memory.get('not asked')).to.equal(undefined);
  });
});
