import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { chooseGroups } from '../../../src/core/lexicon/language-groups.ts';
import { emptyLexicon, openLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { readConcepts } from '../../../src/core/lexicon/read-concepts.ts';
import { stemEnglish } from '../../../src/core/lexicon/stem-english.ts';
import { plainNumber } from '../../../src/core/lexicon/word-terms.ts';

const bytes = readFileSync(join(import.meta.dirname, '../../../src/core/lexicon/lexicon.bin'));
const lexicon = openLexicon(bytes);
const labels = (text: string, language: string | null) =>
  readConcepts(lexicon, text, { language }).terms.flatMap(term => (term.id < 0x10000 ? [term.id] : []));
const shared = (one: readonly number[], two: readonly number[]) => one.filter(id => two.includes(id)).length;

describe('the lexicon', () => {
  it('is small, and says what it is', () => {
    expect(bytes.length).to.be.lessThan(6_300_000);
    expect(lexicon.header.version).to.equal(2);
  });

  it('refuses other bytes', () => {
    expect(() => openLexicon(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9]))).to.throw('not a lexicon');
  });

  const earthquake: readonly (readonly [string, string])[] = [
    ['it', 'terremoto in Turchia'],
    ['fr', 'tremblement de terre, séisme en Turquie'],
    ['es', 'terremoto en Turquía'],
    ['de', 'Erdbeben in der Türkei'],
    ['sk', 'Zemetrasenie v Turecku'],
    ['th', 'แผ่นดินไหวในตุรกี'],
    ['ka', 'მიწისძვრა თურქეთში'],
    ['sw', 'Tetemeko la ardhi nchini Uturuki'],
    ['ta', 'துருக்கியில் நிலநடுக்கம்'],
    ['pt', 'terremoto na Turquia'],
    ['nl', 'aardbeving in Turkije'],
    ['pl', 'trzęsienie ziemi w Turcji'],
    ['cs', 'zemětřesení v Turecku'],
    ['sv', 'jordbävning i Turkiet'],
    ['tr', 'Türkiye’de deprem'],
    ['ru', 'землетрясение в Турции'],
    ['uk', 'землетрус у Туреччині'],
    ['ar', 'زلزال في تركيا'],
    ['he', 'רעידת אדמה בטורקיה'],
    ['zh', '土耳其地震'],
    ['ja', 'トルコで地震'],
    ['ko', '터키 지진'],
    ['el', 'σεισμός στην Τουρκία'],
  ];
  for (const [language, text] of earthquake)
    it(`reads an earthquake in Turkey in ${language}`, () => {
      const english = labels('earthquake in Turkey', 'en');
      expect(shared(english, labels(text, language)), text).to.be.at.least(1);
    });

  it('reads traditional Chinese as simplified', () => {
    expect(shared(labels('總統選舉', 'zh-Hant'), labels('总统选举', 'zh'))).to.be.at.least(2);
  });

  it('reads Serbian in both scripts alike', () => {
    expect(labels('председник владе', 'sr')).to.deep.equal(labels('predsednik vlade', 'sr-Latn'));
  });

  it('guesses the language of a text without one by script and words', () => {
    expect(
      shared(labels('il presidente del consiglio incontra i sindacati', null), labels('president', 'en')),
    ).to.equal(1);
    expect(shared(labels('президент выступил перед парламентом', null), labels('president', 'en'))).to.equal(1);
  });

  it('reads two words written as one', () => {
    expect(shared(labels('Präsidentschaftswahl', 'de'), labels('president election', 'en'))).to.equal(2);
  });
});

describe('names and loans', () => {
  const ids = (text: string, language: string) => readConcepts(lexicon, text, { language }).terms.map(term => term.id);
  const meet = (one: readonly [string, string], two: readonly [string, string]) =>
    shared(ids(one[1], one[0]), ids(two[1], two[0]));

  it('reads a foreign name in Chinese though each of its characters is a word', () => {
    expect(meet(['zh', '阿奎罗'], ['es', 'Agüero'])).to.be.at.least(1);
  });

  it('keeps what is simplified already: 竞选 is no other word', () => {
    expect(lexicon.simplify('竞选集会')).to.equal('竞选集会');
    expect(lexicon.simplify('競選集會')).to.equal('竞选集会');
  });

  it('divides Japanese loans written as one word', () => {
    expect(meet(['ja', 'ソーシャルメディアアカウント'], ['en', 'account'])).to.be.at.least(1);
    expect(meet(['ja', 'スコットランドチーム'], ['en', 'team Scotland'])).to.be.at.least(2);
  });

  it('reads English words among other letters', () => {
    expect(meet(['ja', 'The Red Balloon：映画'], ['en', 'The Red Balloon'])).to.be.at.least(2);
  });

  it('takes no month for a name, and Texas for a place', () => {
    const kindOf = (word: string) =>
      readConcepts(lexicon, word, { language: 'en' }).terms.map(({ id }) => (id < 0x10000 ? lexicon.kinds[id] : null));
    expect(kindOf('of February')[0]).to.equal(0);
    expect(kindOf('of Texas')[0]).to.equal(2);
  });

  it('keeps countries apart whose names begin alike', () => {
    for (const [one, two] of [
      ['Niger', 'Nigeria'],
      ['Iran', 'Iraq'],
      ['Austria', 'Australia'],
      ['Slovakia', 'Slovenia'],
    ] as const)
      expect(shared(labels(one, 'en'), labels(two, 'en')), `${one} ${two}`).to.equal(0);
  });
});

describe('readConcepts', () => {
  it('leaves names, numbers and unknown words when it has no lexicon', () => {
    const reading = readConcepts(emptyLexicon(), 'Haftar meets 12 officials', { language: 'en' });
    expect(reading.terms.map(term => term.surface)).to.include.members(['Haftar', '12', 'officials']);
    expect(reading.coverage).to.equal(0);
  });

  it('says which languages it has forms for', () => {
    expect(chooseGroups('sk')).to.deep.equal({ groups: ['sk', 'cs', 'pl', 'hr'], covered: true });
    expect(chooseGroups('nb-NO').covered).to.equal(true);
    expect(chooseGroups('gl')).to.deep.include({ covered: false });
    expect(chooseGroups('yo')).to.deep.equal({ groups: [], covered: false });
  });
});

describe('plainNumber', () => {
  for (const [written, plain] of [
    ['3.000', '3000'],
    ['3,000,000', '3000000'],
    ['5,6', '5.6'],
    ['1 400', '1400'],
    ['٢٠٢٤', '2024'],
    ['007', '7'],
    ['12', '12'],
  ] as const)
    it(`reads ${written} as ${plain}`, () => {
      expect(plainNumber(written)).to.equal(plain);
    });
});

describe('stemEnglish', () => {
  for (const [one, two] of [
    ['elections', 'election'],
    ['killed', 'killing'],
    ['won', 'wins'],
    ['parties', 'party'],
    ['resigned', 'resigns'],
    ['children', 'child'],
  ] as const)
    it(`has one stem for ${one} and ${two}`, () => {
      expect(stemEnglish(one)).to.equal(stemEnglish(two));
    });
});
