import { expect } from 'chai';
import { nameKey, transliterate } from '../../../src/core/text/transliterate.ts';
import { foldWord, readWords } from '../../../src/core/text/words.ts';

const folded = (text: string) => readWords(text).map(word => word.folded);

describe('readWords', () => {
  const cases: readonly (readonly [text: string, words: readonly string[]])[] = [
    ["l’Assemblea dell'estrema destra", ['assemblea', 'estrema', 'destra']],
    ["Trump's visit", ['trump', 'visit']],
    ["Ankara'da deprem", ['ankara', 'deprem']],
    ['Covid-19 und G20, 12 Tote', ['covid', 'und', 'g20', '12', 'tote']],
    ['1.234,5 Tote', ['1.234,5', 'tote']],
    ['Élysée Łódź Straße Ærø', ['elysee', 'lodz', 'strasse', 'aero']],
    ['ארה"ב', ['ארהב']],
    ['می‌خواهد', ['مي', 'خواهد']],
    ['Сенат проголосовал', ['сенат', 'проголосовал']],
    ['', []],
    ['🎉🎉 —', []],
  ];
  for (const [text, words] of cases)
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(folded(text)).to.deep.equal(words);
    });

  it('takes Cyrillic typed with Latin look-alikes for Cyrillic', () => {
    expect(readWords('Eлизaбeт').map(word => [word.folded, word.script])).to.deep.equal([['елизабет', 'cyrillic']]);
  });

  it('knows the first word of a sentence, whose capital says nothing', () => {
    expect(readWords('Paris votes. London waits').map(word => word.initial)).to.deep.equal([true, false, true, false]);
  });

  it('reads no more words than asked, whatever it is given', () => {
    expect(readWords('a '.repeat(1_000_000), 50)).to.have.length(50);
    expect(readWords('x'.repeat(1_048_576)).length).to.be.lessThan(400);
  });
});

describe('foldWord', () => {
  it('writes one form of alef, ya and ta marbuta', () => {
    expect(foldWord('أحمد')).to.equal(foldWord('احمد'));
    expect(foldWord('مدرسة')).to.equal(foldWord('مدرسه'));
  });
});

describe('nameKey', () => {
  const sound = (text: string) => {
    const [word] = readWords(text);
    return word === undefined ? '' : nameKey(transliterate(word.folded, word.script));
  };
  for (const spellings of [
    ['Haftar', 'حفتر', 'Хафтар', 'ハフタル', '하프타르', 'Χαφτάρ', 'חפתר'],
    ['Trump', 'Трамп', 'ترامب', 'טראמפ', 'トランプ', '트럼프', 'Τραμπ'],
    ['Putin', 'Путин', 'بوتين'],
  ])
    it(`is one for ${spellings.join(' ')}`, () => {
      // Korean and Japanese write f as p or h; the first sound may differ, the rest may not.
      const keys = new Set(spellings.map(sound));
      expect(keys.size, [...keys].join(' ')).to.be.at.most(spellings.includes('하프타르') ? 2 : 1);
    });

  it('is nothing for what is too short to tell names apart', () => {
    expect(nameKey('li')).to.equal('');
  });
});
