import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseFeed } from '../../../src/core/parse/parse-feed.ts';
import { errorCode } from '../../../src/errors.ts';

/** `FUZZ_RUNS=100000 mocha … test/core/parse/fuzz.test.ts` for the long run; docs/technotes/001 has its figures. */
const runs = Number(process.env.FUZZ_RUNS ?? 600);
const folder = join(import.meta.dirname, '../../fixtures/feeds');
const fixtures = readdirSync(folder)
  .filter(name => !name.endsWith('.golden.json'))
  .map(name => readFileSync(join(folder, name)))
  .filter(bytes => bytes.length < 20_000);
const scraps = [
  '<',
  '>',
  '"',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '</item>',
  '<item>',
  '<entry>',
  '<?',
  '<!DOCTYPE rss [',
  ' xmlns="x"',
  '&#x0;',
  '\u0000',
  '{',
  '}',
  '\\u',
  '\ud800',
  '</description>',
  '<title>',
  'xml:base="a"',
];

type Edit = { readonly at: number; readonly remove: number; readonly insert: string };
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.integer({ min: 0, max: 30 }),
  insert: fc.oneof(fc.constantFrom(...scraps), fc.string({ maxLength: 8 }), fc.constant('')),
});

function mutate(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let result = Buffer.from(bytes);
  for (const { at, remove, insert } of edits) {
    const start = Math.floor(at * result.length);
    result = Buffer.concat([result.subarray(0, start), Buffer.from(insert), result.subarray(start + remove)]);
  }
  return result;
}

const allowed = new Set(['not-a-feed', 'empty-document', 'document-too-large']);
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]/u;

/** The promises of `parseFeed`: its three errors and no other; no control character and no lone surrogate in any text. */
function check(body: Uint8Array): void {
  try {
    const json = JSON.stringify(parseFeed({ body, url: 'https://site.example/feed' }));
    for (const text of stringsOf(JSON.parse(json))) expect(text, JSON.stringify(text)).to.not.match(forbidden);
    expect(json).to.not.include('"undefined"');
  } catch (error) {
    if (!allowed.has(errorCode(error) ?? '')) throw error;
  }
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

describe(`parseFeed, fuzzed (${runs} runs each)`, () => {
  it('survives mutated feeds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.array(edit, { minLength: 1, maxLength: 12 }), (bytes, edits) =>
        check(mutate(bytes, edits)),
      ),
      { numRuns: runs },
    );
  }).timeout(0);

  it('survives arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), check), { numRuns: runs });
  }).timeout(0);

  it('survives arbitrary bytes that begin like a feed', () => {
    const starts = [
      '<rss><channel><item>',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">',
      '{"version":"https://jsonfeed.org/version/1","items":[',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 1000 }), (start, bytes) =>
        check(Buffer.concat([Buffer.from(start), bytes])),
      ),
      { numRuns: runs },
    );
  }).timeout(0);
});
