import { expect } from 'chai';
import fc from 'fast-check';
import { foldedWords } from '../../src/store/fold-words.ts';
import { searchTerms, tsVector } from '../../src/store/search-text.ts';

describe('searchable words', () => {
  const table: readonly [string, string][] = [
    ["  L'École,  c'est-à-dire…  ", 'l ecole c est a dire'],
    ['STRASSE Straße İstanbul', 'strasse straße istanbul'],
    ['الاِنتِخابات العـــربية', 'الانتخابات العربية'],
    ['Елизавета пошла йод Ёлка', 'елизавета пошла иод елка'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['利比亚ABC选举', '利 比 亚 abc 选 举'],
    ['東京タワーは高い', '東 京 タ ワ ー は 高 い'],
    ['가나다 한국어', '가나다 한국어'],
    ['한국'.normalize('NFD'), '한국'],
    ['ﬁnance ½ ²', 'finance 1 2 2'],
    ['🧪 emoji 🇮🇹 𝔘nicode', 'emoji unicode'],
    ['e\u0301t\u00e9', 'ete'],
    ['a\u00a0b\u200bc\n\td', 'a b c d'],
    ['', ''],
    ['?!', ''],
  ];
  for (const [text, words] of table) {
    it(`of ${JSON.stringify(text)} are ${JSON.stringify(words)}`, () => expect(foldedWords(text)).to.equal(words));
  }

  it('of words are the words themselves, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
        const once = foldedWords(text);
        expect(foldedWords(once)).to.equal(once);
        expect(once).to.not.match(/^ | $| {2}|['"\\\0:&|!<>()*]/);
      }),
      { numRuns: 500 },
    );
  });

  it('make a vector whose positions follow the words', () => {
    expect(tsVector('a b a')).to.equal("'a':1,3 'b':2");
    expect(tsVector('')).to.equal('');
  });
});

describe('search terms', () => {
  it('are words, phrases and exclusions, and at least one thing to look for', () => {
    expect(searchTerms('Libia "due parole" -calcio')).to.deep.equal([
      { words: ['libia'], prefix: true, not: false },
      { words: ['due', 'parole'], prefix: false, not: false },
      { words: ['calcio'], prefix: true, not: true },
    ]);
    expect(searchTerms('-libia')).to.deep.equal([]);
    expect(searchTerms(' "" ! ')).to.deep.equal([]);
    expect(searchTerms('word '.repeat(100)).length).to.equal(12);
  });
});
