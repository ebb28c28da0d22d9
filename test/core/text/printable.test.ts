import { expect } from 'chai';
import { printable } from '../../../src/core/text/printable.ts';

describe('words for a terminal', () => {
  const rows: readonly [string, string, string][] = [
    ['colours and titles', '\u001b[31mred\u001b]0;title\u0007', '[31mred]0;title'],
    ['lines', 'one\r\ntwo\u2028three\tfour', 'one two three four'],
    ['turned writing', 'abc\u202egnp.exe', 'abcgnp.exe'],
    ['eight-bit controls', 'a\u009b31mb\u0085c', 'a31mbc'],
    ['letter lost', 'Größe – 日本語 – עברית – 🙂', 'Größe – 日本語 – עברית – 🙂'],
  ];
  for (const [what, text, expected] of rows) it(`have no ${what}`, () => expect(printable(text)).to.equal(expected));
  it('keep their lines where that is wanted', () =>
    expect(printable('one\r\ntwo\u001b[0m', { keepLines: true })).to.equal('one\ntwo[0m'));
});
