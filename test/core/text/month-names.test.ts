import { expect } from 'chai';
import { monthNames, monthNumber, weekdayNumber } from '../../../src/core/text/month-names.ts';

describe('monthNumber', () => {
  it('knows at least 30 languages, twelve months each', () => {
    expect(monthNames.size).to.be.at.least(30);
    for (const [language, months] of monthNames) expect(months, language).to.have.length(12);
  });

  const table: readonly (readonly [name: string, month: number | null])[] = [
    ['Sept.', 9],
    ['août', 8],
    ['FÉVR', 2],
    ['gennaio', 1],
    ['января', 1],
    ['μάρτιος', 3],
    ['Σεπτεμβρίου', 9],
    ['كانون الثاني', 1],
    ['يناير', 1],
    ['آذار', 3],
    ['10月', 10],
    ['12월', 12],
    ['Jänner', 1],
    ['marzec', 3],
    ['října', 10],
    ['foo', null],
  ];
  for (const [name, month] of table) it(`reads ${name} as ${month}`, () => expect(monthNumber(name)).to.equal(month));

  it('lets the language decide what a name means that two languages use', () => {
    expect(monthNumber('listopad', 'hr')).to.equal(10);
    expect(monthNumber('listopad', 'pl')).to.equal(11);
  });

  it('counts weekdays from Sunday', () => {
    expect(weekdayNumber('lunedì')).to.equal(1);
    expect(weekdayNumber('Κυρ')).to.equal(0);
  });
});
