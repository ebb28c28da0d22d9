import { expect } from 'chai';
import fc from 'fast-check';
import {
  cleanLine,
  cleanText,
  isoTime,
  languageTag,
  plainText,
  rfc822Time,
} from '../../../src/core/render/clean-text.ts';
import { anyText } from './sample-feed.ts';

describe('text for a document', () => {
  it('has no control character, no lone surrogate and only line feeds', () => {
    expect(cleanText('a\0b\r\nc\rd\u0085\ud800x\u{1f600}\ufffe\t')).to.equal('ab\nc\nd\ufffdx\u{1f600}\t');
    fc.assert(
      fc.property(anyText, text => {
        const clean = cleanText(text);
        expect(clean.isWellFormed()).to.equal(true);
        expect(clean).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/);
        expect(cleanText(clean)).to.equal(clean);
      }),
    );
  });

  it('stands on one line where it is a name', () => {
    expect(cleanLine('  two\n  words\u00a0! ')).to.equal('two words\u00a0!');
  });

  it('loses all tags, whatever stands between angle brackets', () => {
    const html = fc
      .array(
        fc.constantFrom(
          '<',
          '>',
          '</',
          'p',
          'b',
          'br',
          '/p>',
          '<h2 class="a">',
          '</TR>',
          '<!--',
          '-->',
          ' ',
          '3 < 4',
          'x',
        ),
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(html, text => {
        const breaking = /^<(?:br|\/(?:p|div|li|h[1-6]|tr))\b/i;
        const expected = text.replace(/<\/?[a-z!][^>]*>/gi, tag => (breaking.test(tag) ? ' ' : ''));
        expect(plainText(text)).to.equal(cleanLine(expected));
      }),
      { numRuns: 2000 },
    );
  });

  it('is readable without its markup', () => {
    expect(plainText('<p>One &amp; <b>two</b></p><p>3 &lt; 4 &#8364;&#x20ac;&nbsp;&unknown;</p>')).to.equal(
      'One & two 3 < 4 €€ &unknown;',
    );
  });
});

describe('times', () => {
  it('are written as Date writes them, for every day until the year 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 30) }), time => {
        expect(isoTime(time)).to.equal(new Date(time).toISOString());
        expect(Date.parse(rfc822Time(time))).to.equal(Math.floor(time / 1000) * 1000);
      }),
      { numRuns: 2000 },
    );
    for (const day of ['2000-02-29', '2100-02-28', '2100-03-01', '2024-12-31', '1970-01-01']) {
      expect(isoTime(Date.parse(day))).to.equal(`${day}T00:00:00.000Z`);
    }
  });

  it('are the epoch when they are no times', () => {
    for (const time of [Number.NaN, -1, 1e20]) expect(isoTime(time)).to.equal('1970-01-01T00:00:00.000Z');
  });
});

describe('a language tag', () => {
  it('is kept when it has the form of one', () => {
    expect(['it', 'pt-BR', 'zh-Hant', 'en_US', 'x', 'english!', null].map(languageTag)).to.deep.equal([
      'it',
      'pt-BR',
      'zh-Hant',
      null,
      null,
      null,
      null,
    ]);
  });
});
