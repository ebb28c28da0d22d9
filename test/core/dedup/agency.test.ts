import { expect } from 'chai';
import { findAgency } from '../../../src/core/dedup/agency.ts';

describe('agency credit', () => {
  const credited: readonly (readonly [string, string])[] = [
    ['(ANSA) - ROMA, 28 NOV - Il Consiglio dei ministri ha approvato il decreto.', 'ANSA'],
    ['PARIS (Reuters) - French lawmakers rejected the budget on Thursday.', 'Reuters'],
    ['Paris, 28 nov 2025 (AFP) - Le Premier ministre a annoncé vendredi sa démission.', 'AFP'],
    ['Berlin (dpa) - Der Bundestag hat am Freitag den Haushalt beschlossen.', 'dpa'],
    ['Berlin (dpa/tmn) - Wer im Winter heizt, zahlt mehr.', 'dpa'],
    ['Madrid, 28 nov (EFE).- El Gobierno aprobó este viernes la reforma.', 'EFE'],
    ['МОСКВА, 28 ноября. /ТАСС/. Совещание прошло в пятницу. (ТАСС)', 'TASS'],
    ['（新华社北京11月28日电）国务院总理周五主持召开会议。', 'Xinhua'],
    ['The council voted to close the bridge for a year. (AP)', 'AP'],
    ['Regeringen vill sänka skatten nästa år. /TT', 'TT'],
  ];
  for (const [text, name] of credited)
    it(`${name}: ${text.slice(0, 40)}`, () => expect(findAgency(text)).to.equal(name));

  it('reads a credit where the author stands', () => {
    expect(findAgency('The bridge is closed.', ['Associated Press'])).to.equal('AP');
    expect(findAgency('The bridge is closed.', ['Anna Rossi'])).to.equal(null);
  });

  it('takes no word of the news for a credit', () => {
    for (const text of [
      'The AP style guide changes, and so does Reuters.',
      'Stare insieme (la STANZA) conta.',
      'AAPL rises (Apple) after results.',
      'Il TTIP (accordo) torna.',
      '',
    ])
      expect(findAgency(text), text).to.equal(null);
  });

  it('is quick on hostile text', () => {
    expect(findAgency('(('.repeat(500_000))).to.equal(null);
  });
});
