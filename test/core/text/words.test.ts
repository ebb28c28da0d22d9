import { expect } from 'chai';
import { nameKey, nameKeys, transliterate } from '../../../src/core/text/transliterate.ts';
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

  for (const spellings of [
    // Hebrew writes o and u with the letter of v.
    ['Aguero', 'אגוארו', 'アグエロ'],
    ['Simpson', 'סימפסון', 'Симпсон'],
    // gh is heard in Afghan only.
    ['Brighton', 'ברייטון', 'ブライトン'],
    // Korean has d and t as one letter, and the other one for what is always t.
    ['Daniel', '다니엘', 'Даниэль'],
  ])
    it(`is one for ${spellings.join(' ')}, whose letters mislead`, () => {
      expect(new Set(spellings.map(sound)).size, spellings.map(sound).join(' ')).to.equal(1);
    });

  it('is nothing for what is too short to tell names apart', () => {
    expect(nameKey('li')).to.equal('');
  });
});

describe('nameKeys', () => {
  it('hears w as v, too', () => {
    expect(nameKeys('weber', 'latin')).to.include(nameKey(transliterate('вебер', 'cyrillic')));
  });

  it('hears no r where English has none', () => {
    expect(nameKeys('burnside', 'latin')).to.include(nameKey(transliterate('バーンサイド', 'cjk')));
  });

  it('has the spelling’s own first, and no other where there is nothing to doubt', () => {
    expect(nameKeys('madonna', 'latin')).to.deep.equal([nameKey('madonna')]);
    expect(nameKeys('burnside', 'latin')[0]).to.equal(nameKey('burnside'));
  });
});

describe('words with marks inside', () => {
  const words = (text: string) => readWords(text).map(({ folded }) => folded);

  it('thousands may have spaces between', () => {
    expect(words('1 400 habitants, 12 500 000 euros')).to.deep.equal(['1 400', 'habitants', '12 500 000', 'euros']);
    expect(words('in 2020 300 people')).to.deep.equal(['in', '2020', '300', 'people']);
    expect(words('top 10 2024')).to.deep.equal(['top', '10', '2024']);
  });

  it('a doubled l of Catalan is one word', () => {
    expect(words('Intel·ligència i COL·LISIÓ')).to.deep.equal(['intelligencia', 'i', 'collisio']);
  });

  it('a Hebrew geresh may be typed as any quotation mark', () => {
    expect(words('ג‘ק')).to.deep.equal(words('ג׳ק'));
    expect(words('ג‘ק')).to.have.length(1);
  });

  it('an opening quotation mark is no part of a word', () => {
    expect(words('said ‘no’ and ‘yes’')).to.deep.equal(['said', 'no', 'and', 'yes']);
  });
});
