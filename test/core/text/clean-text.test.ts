import { expect } from 'chai';
import { cleanText, dropControls, truncateBytes } from '../../../src/core/text/clean-text.ts';

describe('cleanText', () => {
  it('drops control characters and lone surrogates and makes white space single', () => {
    expect(cleanText(' a\u0000b\ud800 \t\u00a0 c\udfff\n')).to.equal('ab c');
    expect(cleanText('plain')).to.equal('plain');
    expect(cleanText('😀 \ufffe')).to.equal('😀');
  });

  it('takes no short cut that would leave something of any character', () => {
    for (let code = 0; code < 0x10000; code++) {
      const text = `a${String.fromCharCode(code)}b`;
      const slowly = dropControls(text)
        .replace(/[\s\u0085]+/g, ' ')
        .trim();
      if (cleanText(text) !== slowly) expect.fail(`U+${code.toString(16)}`);
    }
  });

  it('keeps line breaks where only controls are dropped', () => {
    expect(dropControls('a\n\tb\u0007')).to.equal('a\n\tb');
  });
});

describe('truncateBytes', () => {
  it('cuts no character in half', () => {
    expect(truncateBytes('äöü', 5)).to.equal('äö');
    expect(truncateBytes('a😀b', 4)).to.equal('a');
    expect(truncateBytes('a😀b', 5)).to.equal('a😀');
    expect(truncateBytes('short', 100)).to.equal('short');
  });
});
