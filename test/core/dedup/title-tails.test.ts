import { expect } from 'chai';
import fc from 'fast-check';
import { namesPublisher } from '../../../src/core/dedup/publisher-names.ts';
import { createTitleTails } from '../../../src/core/dedup/title-tails.ts';

const strip = (title: string) => createTitleTails().strip(title);

describe('what publishers hang on their titles', () => {
  for (const [title, rest] of [
    ['Storm closes schools in Lisbon - Evening News', 'Storm closes schools in Lisbon'],
    ['Storm closes schools in Lisbon | The Lisbon Tribune', 'Storm closes schools in Lisbon'],
    ['Storm closes schools in Lisbon (Lisbon TV) -- Example! News', 'Storm closes schools in Lisbon'],
    ['Storm closes schools in Lisbon (pictures) - Example News', 'Storm closes schools in Lisbon'],
    ['Storm closes schools in Lisbon - paper.example.com', 'Storm closes schools in Lisbon'],
    ['Storm closes schools in Lisbon - DW - 12.02.2023', 'Storm closes schools in Lisbon'],
    ['Sturm schließt Schulen in Lissabon – Lissaboner Zeitung', 'Sturm schließt Schulen in Lissabon'],
    ['Шторм закрыл школы в Лиссабоне — Новости дня', 'Шторм закрыл школы в Лиссабоне'],
    ['暴風でリスボンの学校が休校となる見込み：山海新聞デジタル', '暴風でリスボンの学校が休校となる見込み'],
    ['暴風でリスボンの学校が休校となる見込み（山海テレビ） - 例ニュース', '暴風でリスボンの学校が休校となる見込み'],
    ['里斯本因暴风关闭所有学校直至周末结束—山海日报', '里斯本因暴风关闭所有学校直至周末结束'],
  ] as const)
    it(`takes off what names a publisher at first sight: ${title}`, () => {
      expect(strip(title)).to.equal(rest);
    });

  for (const title of [
    'Newcastle beat Leeds in the cup - report',
    'Minister resigns – and the opposition cheers',
    'Porto 2-1 Benfica: late goal decides (video)',
    'Storm closes schools in Lisbon (and in Porto)',
    'Paris – Berlin',
    '衝突：政府と野党が予算をめぐって対立を深める',
    'Berlin: Mehr Geld für die Presse',
    '',
  ])
    it(`leaves alone: ${title || 'an empty title'}`, () => {
      expect(strip(title)).to.equal(title);
    });

  it('learns the tails that name nobody', () => {
    const tails = createTitleTails();
    expect(tails.strip('Painter wins a prize in Oslo | Culture and life')).to.contain('Culture');
    expect(tails.strip('Bank cuts interest rates again | Culture and life')).to.equal('Bank cuts interest rates again');
  });

  it('leaves a beginning of every title, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom(' - BBC News', '（日報）', ' | x'),
        (head, tail) => {
          expect(`${head}${tail}`.startsWith(strip(`${head}${tail}`))).to.equal(true);
        },
      ),
    );
  });

  it('tells a publisher from a sentence', () => {
    for (const name of ['BBC', 'Yahoo!ニュース', 'l-express.ca', 'The Daily Herald', '한국일보', 'الأخبار'])
      expect(namesPublisher(name), name).to.equal(true);
    for (const words of [
      'прогноз дня',
      'νέα μέτρα',
      'avis défavorable',
      'report',
      'and the opposition cheers',
      'interview',
      '動画',
      'Infografik',
    ])
      expect(namesPublisher(words), words).to.equal(false);
    expect(namesPublisher(`BBC ${'x'.repeat(100)}`)).to.equal(false);
  });
});
