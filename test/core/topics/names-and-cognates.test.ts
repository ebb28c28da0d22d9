import { expect } from 'chai';
import fc from 'fast-check';
import { transliterate } from '../../../src/core/text/transliterate.ts';
import { foldWord, type Script } from '../../../src/core/text/words.ts';
import { cognateKey } from '../../../src/core/topics/cognate-key.ts';
import { nameSimilarity } from '../../../src/core/topics/name-similarity.ts';
import { createPlaceTable } from '../../../src/core/topics/place-names.ts';
import { wordStems } from '../../../src/core/topics/word-stems.ts';

describe('two spellings of a name', () => {
  const rows: [string, string, Script, boolean][] = [
    ['gaddafi', 'Kadhafi', 'latin', true],
    ['gaddafi', 'Qadhafi', 'latin', true],
    ['zelensky', 'Selenskyj', 'latin', true],
    ['haftar', 'Хафтар', 'cyrillic', true],
    ['haftar', 'حفتر', 'arabic', true],
    ['putin', 'بوتين', 'arabic', true],
    ['putin', 'Πούτιν', 'greek', true],
    ['yevkurov', 'Evkurov', 'latin', true],
    ['pelosi', 'police', 'latin', false],
    ['kennedy', 'کنند', 'arabic', false],
    ['warren', 'فعلناه', 'arabic', false],
    ['palin', 'برلين', 'arabic', false],
  ];
  for (const [one, other, script, isSame] of rows) {
    it(`${isSame ? 'are' : 'are not'} one: ${one}, ${other}`, () => {
      const similarity = nameSimilarity(one, transliterate(foldWord(other), script), ['latin', script]);
      expect(similarity >= 0.8).to.equal(isSame);
    });
  }

  it('are as alike one way as the other, and never throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        const similarity = nameSimilarity(a, b, ['latin', 'latin']);
        expect(similarity).to.be.within(0, 1);
        expect(nameSimilarity(b, a, ['latin', 'latin'])).to.equal(similarity);
      }),
    );
  });
});

describe('an international word', () => {
  const families: [string, ...[string, Script][]][] = [
    ['inflation', ['inflazione', 'latin'], ['inflacion', 'latin'], ['inflacja', 'latin'], ['инфляция', 'cyrillic']],
    ['referendum', ['референдум', 'cyrillic'], ['referendumu', 'latin']],
    ['constitution', ['konstitution', 'latin'], ['конституция', 'cyrillic'], ['costituzione', 'latin']],
  ];
  for (const [english, ...others] of families) {
    it(`is one in all its spellings: ${english}`, () => {
      const key = cognateKey(english, 'latin');
      const same = others.filter(([word, script]) => cognateKey(word, script) === key);
      // "costituzione" has lost a letter on its way: that one the lexicon must know.
      expect(same.length).to.be.at.least(others.length - 1);
    });
  }

  it('is none when it is short or written without vowels', () => {
    expect(cognateKey('porta', 'latin')).to.equal('');
    expect(cognateKey('استقلال', 'arabic')).to.equal('');
  });
});

describe('the table of places', () => {
  const table = createPlaceTable();
  const rows: [string, string[], string][] = [
    ['en', ['libya'], 'LY'],
    ['it', ['costa', 'avorio'], 'CI'],
    ['en', ['ivory', 'coast'], 'CI'],
    ['en', ['turkey'], 'TR'],
    ['de', ['vereinigte', 'staaten'], 'US'],
    ['en', ['scotland'], 'GB-SCT'],
    ['en', ['gaza'], 'PS-GZ'],
    ['zh', ['利比亚'], 'LY'],
  ];
  for (const [language, words, code] of rows) {
    it(`knows ${words.join(' ')} (${language}) as ${code}`, () => {
      expect(table.codesOf(words, [language])).to.deep.equal([code]);
    });
  }

  it('knows peoples, the longest name first', () => {
    expect(table.codesOfPeople('libico', 'latin', ['it', '*'])).to.deep.equal(['LY']);
    expect(table.codesOfPeople('nigerian', 'latin', ['en'])).to.deep.equal(['NG']);
    expect(table.codesOfPeople('tedeschi', 'latin', ['it'])).to.deep.equal(['DE']);
    expect(table.codesOfPeople('bridge', 'latin', ['en', '*'])).to.deep.equal([]);
  });

  it('does not take Hong Kong for China', () => {
    expect(table.formsOf('HK').some(form => form.words.join(' ') === 'china')).to.equal(false);
  });
});

describe('the stems of a word', () => {
  it('begin with the word itself and are never short', () => {
    expect(wordStems('tunnels', 'latin', 'en')).to.deep.equal(['tunnels', 'tunnel']);
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 12 }), word => {
        const [first, ...stems] = wordStems(word, 'latin', 'it');
        expect(first).to.equal(word);
        expect(stems.every(stem => stem.length >= 4)).to.equal(true);
      }),
    );
  });
});
