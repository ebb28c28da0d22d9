import { expect } from 'chai';
import { formKey, openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { writeLexicon } from '../../tools/lexicon/write-lexicon.ts';

const words = Array.from({ length: 5000 }, (_, at) => `word${at.toString(36)}`);

function written(count: number) {
  return writeLexicon({
    entries: words.slice(0, count).map((word, at) => ({
      key: formKey('it', word),
      concepts:
        at % 3 === 0
          ? [[(at % 9) + 1, 1]]
          : [
              [(at % 9) + 1, 0.5],
              [2, 0.25],
            ],
    })),
    labels: Array.from({ length: 10 }, (_, at) => `concept${at}`),
    idf: new Uint8Array(10),
    kinds: new Uint8Array(10),
    steadiness: new Uint8Array(10),
    dimensions: 0,
    vectors: new Int8Array(0),
    frequencies: new Uint8Array(1),
    hanPairs: new Map([['舉', '举']]),
    hanSounds: new Map([['阿', 'a']]),
    built: 'test',
  });
}

describe('a lexicon that was written', () => {
  it('has every form with its concepts and weights', () => {
    const lexicon = openLexicon(written(words.length));
    for (const [at, word] of words.entries()) {
      const slot = lexicon.find(formKey('it', word));
      expect(slot, word).to.be.at.least(0);
      expect(lexicon.conceptA[slot], word).to.equal((at % 9) + 1);
      expect(lexicon.conceptB[slot], word).to.equal(at % 3 === 0 ? 0 : 2);
      expect(lexicon.slotWeights[slot], word).to.equal(at % 3 === 0 ? 0xf0 : 0x84);
    }
  });

  it('takes other words for one of them less than once in a thousand times', () => {
    const lexicon = openLexicon(written(words.length));
    const strangers = Array.from({ length: 20_000 }, (_, at) => lexicon.find(formKey('fr', `mot${at}`)));
    expect(strangers.filter(slot => slot >= 0).length).to.be.lessThan(20);
  });

  it('is the same file for the same entries, and may be empty', () => {
    expect(written(50)).to.deep.equal(written(50));
    expect(openLexicon(written(0)).find(formKey('it', 'word0'))).to.equal(-1);
  });

  it('knows characters and their sounds', () => {
    const lexicon = openLexicon(written(1));
    expect(lexicon.simplify('舉')).to.equal('举');
    expect(lexicon.hanSound('阿')).to.equal('a');
  });
});
