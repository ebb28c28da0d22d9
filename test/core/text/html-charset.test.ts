import { expect } from 'chai';
import { sniffHtmlCharset } from '../../../src/core/text/html-charset.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the charset of an HTML page', () => {
  const rows: [string, string | null][] = [
    ['<html><head><meta charset="windows-1251">', 'windows-1251'],
    ['<META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=Shift_JIS">', 'shift_jis'],
    ["<meta content='text/html;charset=gbk' http-equiv='content-type'>", 'gbk'],
    ['<meta charset=utf-16>', 'utf-8'],
    ['<!-- <meta charset="koi8-r"> --><meta charset="utf-8">', 'utf-8'],
    ['<meta name="description" content="charset=latin1">', null],
    ['<html><p>nothing</p>', null],
    ['', null],
  ];
  for (const [html, charset] of rows)
    it(`is ${charset} in ${html}`, () => expect(sniffHtmlCharset(bytes(html))).to.equal(charset));

  it('is what the byte order mark says', () => {
    expect(sniffHtmlCharset(new Uint8Array([0xef, 0xbb, 0xbf, 0x3c]))).to.equal('utf-8');
    expect(sniffHtmlCharset(new Uint8Array([0xff, 0xfe, 0x3c, 0]))).to.equal('utf-16le');
  });
});
