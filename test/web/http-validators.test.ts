import { expect } from 'chai';
import { chooseCoding, entityTag, isNotModified } from '../../src/web/http-validators.ts';

const current = { hash: 'abc', lastModified: Date.UTC(2026, 0, 2, 3, 4, 5, 678) };

describe('HTTP validators', () => {
  for (const [name, headers, expected] of [
    ['no validator', {}, false],
    ['the tag', { 'if-none-match': '"abc"' }, true],
    ['the tag of another coding', { 'if-none-match': '"abc-br"' }, true],
    ['a weak tag', { 'if-none-match': 'W/"abc-gzip"' }, true],
    ['one of several tags', { 'if-none-match': '"x", "abc"' }, true],
    ['another tag', { 'if-none-match': '"x"' }, false],
    ['a star', { 'if-none-match': '*' }, true],
    ['the same second', { 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, true],
    ['a second earlier', { 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, false],
    ['a date that is none', { 'if-modified-since': 'yesterday' }, false],
    [
      'another tag with a late date: the tag wins',
      { 'if-none-match': '"x"', 'if-modified-since': 'Fri, 01 Jan 2027 00:00:00 GMT' },
      false,
    ],
  ] as const) {
    it(`answers ${expected ? '304' : '200'} to ${name}`, () => {
      expect(isNotModified(headers, current)).to.equal(expected);
    });
  }

  for (const [header, expected] of [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['*', 'br'],
    ['identity', 'identity'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
  ] as const) {
    it(`sends ${expected} for Accept-Encoding ${header ?? '(none)'}`, () => {
      expect(chooseCoding(header)).to.equal(expected);
    });
  }

  it('gives each coding its own strong tag', () => {
    expect(new Set((['identity', 'gzip', 'br'] as const).map(coding => entityTag('abc', coding))).size).to.equal(3);
  });
});
