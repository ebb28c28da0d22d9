import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalUrl } from '../../../src/core/normalize/canonical-url.ts';
import { reconcile } from '../../../src/core/normalize/identity.ts';
import type { LanguageDetector } from '../../../src/core/normalize/language.ts';
import { normalizeItem } from '../../../src/core/normalize/normalize-item.ts';
import { sanitizeHtml } from '../../../src/core/normalize/sanitize-html.ts';
import type { ParsedItem } from '../../../src/model.ts';
import { attacks } from './attack-payloads.ts';

const elements =
  'p a b i div span table tr td th tbody li ul ol dl dt dd h1 pre code blockquote form select option svg math title textarea iframe noscript video source img br font style script ruby rt figure details xmp x-y'.split(
    ' ',
  );
const element = fc.constantFrom(...elements);
const fragment = fc.oneof(
  element.map(name => `<${name}>`),
  element.map(name => `<${name} href=/x src="y" title='a>b' style=display:none>`),
  element.map(name => `</${name}>`),
  fc.constantFrom('text', ' & ', '&lt;', '&amp;', '<!--', '-->', '<', '>', '"', '\u0000', '<![CDATA[', ']]>'),
  fc.tuple(fc.constantFrom(...attacks().map(row => row.html)), fc.nat(120)).map(([html, end]) => html.slice(0, end)),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const soup = fc.array(fragment, { maxLength: 14 }).map(parts => parts.join(''));
const addressPart = fc.constantFrom(
  'http://',
  'https://',
  'www.',
  'm.',
  'amp.',
  'x.example',
  'y.co.uk',
  '/a',
  '/amp',
  '/b-1',
  '/index.html',
  '//',
  '?',
  '&',
  '=',
  'utm_source=1',
  'id=1',
  'a=%20',
  '%2D',
  '%zz',
  '#',
  '#!/',
  '.amp',
  '.html',
  'é',
  '@',
  ':80',
  ':8080',
  '.',
  ' ',
  '\\',
);
const address = fc.array(addressPart, { maxLength: 9 }).map(parts => `https://${parts.join('')}`);
const nothing: LanguageDetector = () => null;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const parsedItem: fc.Arbitrary<ParsedItem> = fc.record({
  id: maybe(fc.oneof(fc.constantFrom('1', '2'), fc.string(), address)),
  url: maybe(address),
  title: maybe(fc.oneof(fc.constantFrom('A title', 'Another'), fc.string({ unit: 'binary' }))),
  summaryHtml: maybe(soup),
  contentHtml: maybe(soup),
  publishedAt: maybe(
    fc.constantFrom('2026-05-01T10:00:00Z', '2026-05-02T00:00:00Z', 'nonsense', '9999-01-01T00:00:00Z'),
  ),
  updatedAt: fc.constant(null),
  authors: fc.array(fc.record({ name: maybe(fc.string()) }), { maxLength: 2 }),
  categories: fc.array(fc.string(), { maxLength: 3 }),
  enclosures: fc.array(fc.record({ url: address, type: maybe(fc.string()), length: maybe(fc.double()) }), {
    maxLength: 2,
  }),
  language: maybe(fc.constantFrom('it', 'en-US', 'x-default', 'ü')),
});

/** The same inputs on every machine; `FUZZ_RUNS=50` makes fifty times as many, and others. */
const factor = Number(process.env.FUZZ_RUNS ?? 1);
const runs = (count: number) => (factor > 1 ? { numRuns: count * factor } : { numRuns: count, seed: 2026 });

describe('normalizing anything', () => {
  it('sanitizes to something that stays as it is, bounded', () => {
    fc.assert(
      fc.property(soup, html => {
        const once = sanitizeHtml(html, { baseUrl: 'https://x.example/a/b' });
        expect(sanitizeHtml(once, { baseUrl: 'https://x.example/a/b' })).to.equal(once);
        expect(once.length).to.be.at.most(2 * html.length + 1024);
      }),
      runs(2000),
    );
  });

  it('has one canonical URL for a canonical URL', () => {
    fc.assert(
      fc.property(address, given => {
        const canonical = canonicalUrl(given);
        if (canonical !== null) expect(canonicalUrl(canonical)).to.equal(canonical);
      }),
      runs(5000),
    );
  });

  it('makes a whole item of every parsed one, fit for any store', () => {
    const context = {
      sourceId: 's',
      feed: { title: null, link: null, language: null },
      documentUrl: 'https://x.example/feed',
      languageHint: null,
      now: Date.UTC(2026, 5, 1),
      detector: nothing,
      frontPage: null,
      sharedPages: new Set<string>(),
    };
    fc.assert(
      fc.property(parsedItem, parsed => {
        const item = normalizeItem(parsed, { itemId: 'i', known: null }, context);
        expect(item.title).to.not.equal('');
        expect(item.publishedAt ?? 0).to.be.at.most(context.now);
        for (const text of [
          item.title,
          item.text,
          item.summaryHtml ?? '',
          item.contentHtml ?? '',
          ...item.categories,
        ]) {
          expect(text.isWellFormed() && !/[\u0000-\u0008\u000b\u000e-\u001f]/.test(text)).to.equal(true);
        }
      }),
      runs(1000),
    );
  });

  it('finds nothing new in a document that it has just read', () => {
    fc.assert(
      fc.property(fc.array(parsedItem, { maxLength: 8 }), items => {
        const source = { id: 's', siteUrl: null };
        const first = reconcile(items, [], source).decisions;
        const known = first.flatMap(decision =>
          decision.kind === 'new'
            ? [
                {
                  itemId: decision.itemId,
                  keys: decision.keys,
                  rawHash: decision.rawHash,
                  contentHash: '',
                  firstSeenAt: 0,
                  orderAt: 0,
                  deleted: false,
                },
              ]
            : [],
        );
        expect(new Set(known.map(item => item.itemId)).size, 'ids are unique').to.equal(known.length);
        const again = reconcile(items, known, source).decisions;
        expect(again.filter(({ kind }) => kind !== 'unchanged' && kind !== 'duplicate')).to.deep.equal([]);
      }),
      runs(2000),
    );
  });
});
