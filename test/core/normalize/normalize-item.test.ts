import { expect } from 'chai';
import { itemDates } from '../../../src/core/normalize/item-dates.ts';
import { itemTitle } from '../../../src/core/normalize/item-title.ts';
import { type ItemContext, normalizeItem } from '../../../src/core/normalize/normalize-item.ts';
import { outboundLinks } from '../../../src/core/normalize/outbound-links.ts';
import { withoutRepeatedTitle } from '../../../src/core/normalize/repeated-title.ts';
import type { Item, ParsedItem } from '../../../src/model.ts';

const now = Date.UTC(2026, 4, 20, 12);
const empty: ParsedItem = {
  id: null,
  url: null,
  title: null,
  summaryHtml: null,
  contentHtml: null,
  publishedAt: null,
  updatedAt: null,
  authors: [],
  categories: [],
  enclosures: [],
  language: null,
};
const context: ItemContext = {
  sourceId: 'blog',
  feed: { title: 'A blog', link: 'https://blog.example/', language: 'en-US' },
  documentUrl: 'https://blog.example/feeds/all.xml',
  languageHint: null,
  now,
  detector: () => ({ language: 'en', isReliable: true, scores: { en: 0.9 } }),
  frontPage: 'https://blog.example/',
  sharedPages: new Set(),
};
const normalize = (
  given: Partial<ParsedItem>,
  other: Partial<ItemContext> = {},
  known: Pick<Item, 'firstSeenAt' | 'orderAt'> | null = null,
) => normalizeItem({ ...empty, ...given }, { itemId: 'i', known }, { ...context, ...other });

describe('normalizeItem', () => {
  it('makes HTML safe and its addresses absolute against the item', () => {
    const item = normalize({
      url: 'https://blog.example/2026/post/',
      contentHtml: '<p onclick=x><img src="a.png"><a href="../b">b</a></p>',
    });
    expect(item.contentHtml).to.equal(
      '<p><img src="https://blog.example/2026/post/a.png" alt="" /><a href="https://blog.example/2026/b" rel="noopener noreferrer">b</a></p>',
    );
    expect(item.image).to.equal('https://blog.example/2026/post/a.png');
  });

  it('puts summary and content into one text, and what both say only once', () => {
    expect(normalize({ summaryHtml: '<p>Short</p>', contentHtml: '<p>Long text</p>' }).text).to.equal(
      'Short Long text',
    );
    expect(normalize({ summaryHtml: 'The begin &hellip;', contentHtml: '<p>The beginning of it</p>' }).text).to.equal(
      'The beginning of it',
    );
    expect(normalize({ contentHtml: `<p>${'word '.repeat(100_000)}</p>` }).text.length).to.be.at.most(32 * 1024);
  });

  it('knows no page with another scheme than http and https', () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'mailto:a@b.c', 'file:///etc/passwd', 'x']) {
      expect(normalize({ url })).to.include({ url: null, canonicalUrl: null });
    }
  });

  it('takes a page for the item’s own only when it is', () => {
    expect(normalize({ url: 'https://blog.example/a?utm_source=x' }).canonicalUrl).to.equal('https://blog.example/a');
    expect(normalize({ url: 'https://www.blog.example' }).canonicalUrl, 'front page').to.equal(null);
    const shared = { sharedPages: new Set(['https://blog.example/news.html']) };
    expect(normalize({ url: 'https://blog.example/news.html' }, shared).canonicalUrl).to.equal(null);
    expect(normalize({ url: 'https://blog.example/news.html#may' }, shared).canonicalUrl).to.equal(
      'https://blog.example/news.html#may',
    );
    const canonical = { url: 'https://blog.example/a?x=1', canonicalUrl: 'https://blog.example/a' };
    expect(normalize(canonical).canonicalUrl).to.equal('https://blog.example/a');
    expect(normalize({ ...canonical, canonicalUrl: 'https://blog.example/' }).canonicalUrl).to.equal(
      'https://blog.example/a?x=1',
    );
  });

  it('bounds and cleans lists', () => {
    const item = normalize({
      authors: [
        { name: ' A\u0000 B ', email: 'a@b.c', url: 'javascript:x' },
        { name: '' },
        { name: null, email: 'not mail' },
      ],
      categories: [' a ', 'a', '', 'b\n c', ...Array.from({ length: 200 }, (_, index) => `c${index}`)],
      enclosures: [
        { url: '/a.mp3', type: 'audio/mpeg', length: 5 },
        { url: 'javascript:x', type: null, length: null },
        { url: 'https://x.example/b', type: 'x y"z', length: -1 },
      ],
    });
    expect(item.authors).to.deep.equal([{ name: 'A B', email: 'a@b.c' }]);
    expect(item.categories.slice(0, 3)).to.deep.equal(['a', 'b c', 'c0']);
    expect(item.categories.length).to.equal(100);
    expect(item.enclosures).to.deep.equal([
      { url: 'https://blog.example/a.mp3', type: 'audio/mpeg', length: 5 },
      { url: 'https://x.example/b', type: null, length: null },
    ]);
  });

  it('keeps what few items have, checked', () => {
    const { extra } = normalize({
      commentsUrl: 'javascript:x',
      durationSeconds: 60,
      source: { title: ' Other ', url: 'https://o.example/' },
      alternates: [
        { language: 'it_IT', url: 'https://blog.example/it' },
        { language: 'x-default', url: 'https://blog.example/' },
      ],
      contentHtml: '<a href="https://study.example/1?utm_source=x">s</a>',
    });
    expect(extra).to.deep.equal({
      durationSeconds: 60,
      via: { title: 'Other', url: 'https://o.example/' },
      alternates: [{ language: 'it-IT', url: 'https://blog.example/it' }],
      links: ['https://study.example/1'],
    });
  });

  it('prefers a person’s hint to the feed’s word, and an item’s own word to both', () => {
    const unsure = { detector: () => null, languageHint: 'it' };
    expect(normalize({ title: 'Ciao', language: 'en-US' }, unsure).language, 'inherited from the feed').to.equal('it');
    expect(normalize({ title: 'Ciao', language: 'fr' }, unsure).language).to.equal('fr');
  });

  describe('contentHash', () => {
    const base: Partial<ParsedItem> = {
      id: '1',
      url: 'https://blog.example/a',
      title: 'T',
      contentHtml: '<p>x <img src="https://cdn.example/a.png?sig=1"></p>',
      publishedAt: '2026-05-01T00:00:00Z',
      enclosures: [{ url: 'https://cdn.example/a.mp3?token=1', type: 'audio/mpeg', length: 1 }],
    };
    const hash = (given: Partial<ParsedItem>) => normalize({ ...base, ...given }).contentHash;
    const same: Record<string, Partial<ParsedItem>> = {
      'another date': { publishedAt: '2026-05-02T00:00:00Z', updatedAt: '2026-05-02T00:00:00Z' },
      'another id': { id: '2' },
      'another tracking parameter': { url: 'https://blog.example/a?utm_source=y' },
      'markup nobody sees': { contentHtml: '<p class=y id=z>x <img src="https://cdn.example/a.png?sig=2"></p>' },
      'a signed file': { enclosures: [{ url: 'https://cdn.example/a.mp3?token=2', type: 'audio/mpeg', length: 1 }] },
    };
    const other: Record<string, Partial<ParsedItem>> = {
      'another title': { title: 'U' },
      'another text': { contentHtml: '<p>y</p>' },
      'another picture': { contentHtml: '<p>x <img src="https://cdn.example/b.png?sig=1"></p>' },
      'another file': { enclosures: [{ url: 'https://cdn.example/b.mp3', type: 'audio/mpeg', length: 1 }] },
      'another category': { categories: ['c'] },
      'another author': { authors: [{ name: 'A' }] },
      'another link': { url: 'https://blog.example/b' },
    };
    for (const [name, given] of Object.entries(same))
      it(`${name} is no edit`, () => expect(hash(given)).to.equal(hash({})));
    for (const [name, given] of Object.entries(other))
      it(`${name} is one`, () => expect(hash(given)).to.not.equal(hash({})));
  });
});

describe('itemDates', () => {
  const at = (
    publishedAt: string | null,
    updatedAt: string | null = null,
    known: Parameters<typeof itemDates>[2] = null,
  ) => itemDates({ publishedAt, updatedAt }, now, known);
  const may = Date.UTC(2026, 4, 1);

  it('orders by publication, else by update, else by first sight', () => {
    expect(at('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z')).to.deep.equal({
      publishedAt: may,
      updatedAt: may + 86_400_000,
      firstSeenAt: now,
      orderAt: may,
    });
    expect(at(null, '2026-05-01T00:00:00Z')).to.include({ publishedAt: null, orderAt: may });
    expect(at(null)).to.deep.equal({ publishedAt: null, updatedAt: null, firstSeenAt: now, orderAt: now });
  });

  it('clamps the future and drops what is no date', () => {
    expect(at('2038-01-01T00:00:00Z')).to.include({ publishedAt: now, orderAt: now });
    for (const date of ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', 'never', ''])
      expect(at(date)).to.include({ publishedAt: null });
  });

  it('moves nothing when a feed is dated anew', () => {
    const known = { firstSeenAt: may + 5, orderAt: may };
    expect(at('2026-05-19T00:00:00Z', null, known)).to.include({ firstSeenAt: may + 5, orderAt: may });
    expect(at('2038-01-01T00:00:00Z', null, known)).to.include({ publishedAt: may + 5, orderAt: may });
  });
});

describe('itemTitle', () => {
  const title = (given: Partial<ParsedItem>, text = '', feedTitle: string | null = 'A blog') =>
    itemTitle({ ...empty, ...given }, { text, feedTitle, documentUrl: 'https://blog.example/feed' });
  const long =
    'This is a sentence that goes on and on without an end, so that it must be cut somewhere between two of its words and not in one';
  const rows: readonly (readonly [why: string, got: string, expected: string])[] = [
    ['its own', title({ title: ' A\n title ' }), 'A title'],
    ['the first sentence of its text', title({}, 'A first sentence. And a second one.'), 'A first sentence'],
    ['a question keeps its mark', title({}, 'Is this a question? Yes.'), 'Is this a question?'],
    ['a short text', title({}, 'Short text'), 'Short text'],
    [
      'a long sentence, cut between words',
      title({}, long),
      'This is a sentence that goes on and on without an end, so that it must be cut somewhere between two…',
    ],
    ['Chinese, cut between characters', title({}, '中'.repeat(150)), `${'中'.repeat(100)}…`],
    ['emoji, cut between characters', title({}, '😀'.repeat(80)), `${'😀'.repeat(50)}…`],
    [
      'the file it encloses',
      title({ enclosures: [{ url: 'https://x.example/My%20song.mp3', type: null, length: null }] }),
      'My song.mp3',
    ],
    ['the words of its address', title({ url: 'https://blog.example/2026/a-long_story.html' }), 'A long story'],
    ['an address of numbers says nothing', title({ url: 'https://blog.example/12345' }), 'A blog'],
    ['its author', title({ authors: [{ name: 'Ann' }] }), 'Ann'],
    ['its feed', title({}), 'A blog'],
    ['its host', title({}, '', null), 'blog.example'],
    ['a title of joiners is none', title({ title: '\u200d\u2060' }, 'Text'), 'Text'],
    ['an emoji is a title', title({ title: '🎉' }, 'Text'), '🎉'],
  ];
  for (const [why, got, expected] of rows) it(why, () => expect(got).to.equal(expected));

  it('is at most 2 kB', () => expect(Buffer.byteLength(title({ title: '中'.repeat(5000) }))).to.be.at.most(2048));
});

describe('withoutRepeatedTitle', () => {
  const title = 'A storm in May';
  const rows: readonly (readonly [summary: string, expected: string | null])[] = [
    ['A storm in May – It rained all day.', 'It rained all day.'],
    ['A storm in May: It rained.', 'It rained.'],
    ['A STORM IN MAY. It rained.', 'It rained.'],
    ['A storm in May', null],
    ['A storm in May.', null],
    ['A storm in May came unexpectedly.', 'A storm in May came unexpectedly.'],
    ['A storm in Mayville – It rained.', 'A storm in Mayville – It rained.'],
    ['Another storm in May – x', 'Another storm in May – x'],
    ['A storm in May – AT&amp;T was hit', 'AT&amp;T was hit'],
    ['<h1>A storm in May</h1><p>It rained.</p>', '<p>It rained.</p>'],
    ['<p><b>A storm in May</b></p><p>It rained.</p>', '<p>It rained.</p>'],
    ['<b>A storm in May!</b><br />It rained.', 'It rained.'],
    [
      '<div><h2><a href="https://x.example/">A storm in May</a></h2><p>It rained.</p></div>',
      '<div><p>It rained.</p></div>',
    ],
    ['<p>A storm in May</p>', null],
    [
      '<p>A storm in May</p><img src="https://x.example/a.png" alt="" />',
      '<img src="https://x.example/a.png" alt="" />',
    ],
    ['<p>A storm in May came.</p>', '<p>A storm in May came.</p>'],
  ];
  for (const [summary, expected] of rows)
    it(summary, () => expect(withoutRepeatedTitle(summary, title)).to.equal(expected));

  it('leaves summaries of items without a title, and of short ones, as they are', () => {
    expect(withoutRepeatedTitle('x – y', null)).to.equal('x – y');
    expect(withoutRepeatedTitle(`${'– '.repeat(40)}Rome`, 'Rome')).to.equal(null);
    expect(withoutRepeatedTitle('May – y', 'May')).to.equal('May – y');
    expect(withoutRepeatedTitle(null, 'x')).to.equal(null);
  });
});

describe('outboundLinks', () => {
  const links = (...addresses: string[]) =>
    outboundLinks(addresses.map(address => `<a href="${address}" rel="x">x</a>`).join(' '), ['https://blog.example/a']);
  it('leaves out the own site, front pages and share buttons, and counts a page once', () => {
    expect(
      links(
        'https://blog.example/b',
        'https://www.blog.example/c',
        'https://news.blog.example/c',
        'https://twitter.com/intent/tweet?url=x',
        'https://www.facebook.com/sharer.php?u=x',
        'https://other.example/',
        'mailto:a@b.c',
        'https://other.example/a?b=1&amp;utm_source=x',
        'http://www.other.example/a/?b=1',
      ),
    ).to.deep.equal(['https://other.example/a?b=1']);
  });
  it('tells blogs on one platform apart', () => {
    expect(outboundLinks('<a href="https://two.blogspot.com/x">x</a>', ['https://one.blogspot.com/'])).to.deep.equal([
      'https://two.blogspot.com/x',
    ]);
  });
  it('takes no user name in an own address for its host', () => {
    const own = ['https://one.name:80@blog.example/feed', 'https://me.you:secret@blog.example/feed'];
    expect(outboundLinks('<a href="https://blog.example/x">x</a>', [own[0] ?? ''])).to.deep.equal([]);
    expect(outboundLinks('<a href="https://blog.example/x">x</a>', [own[1] ?? ''])).to.deep.equal([]);
  });
  it('is bounded', () =>
    expect(links(...Array.from({ length: 500 }, (_, n) => `https://x.example/${n}`)).length).to.equal(20));
});
