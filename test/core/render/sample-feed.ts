import fc from 'fast-check';
import type { FeedDocument, FeedEntry } from '../../../src/core/render/feed-document.ts';

/** A document and an entry of the usual kind; a test changes what it is about. */
export function sampleDocument(changes: Partial<FeedDocument> = {}): FeedDocument {
  return {
    id: 'urn:uuid:0b1f7a52-6f3e-8d11-9a3c-2f5a9f0d7c11',
    title: 'Libya & neighbours',
    description: 'What is told about Libya',
    language: null,
    readerLanguage: 'en',
    homeUrl: 'https://news.example/topics/libya',
    selfUrl: 'https://news.example/feeds/libya.rss?lang=it,en',
    nextUrl: null,
    hubUrls: [],
    updated: Date.UTC(2026, 10, 28, 9, 5, 14),
    iconUrl: null,
    archive: null,
    entries: [sampleEntry()],
    ...changes,
  };
}

export function sampleEntry(changes: Partial<FeedEntry> = {}): FeedEntry {
  return {
    id: 'urn:uuid:7d9c1c3e-51a4-8b0e-a3f1-0c44b7f9be21',
    url: 'https://giornale.example/haftar',
    storyUrl: 'https://news.example/stories/7d9c1c3e-51a4-8b0e-a3f1-0c44b7f9be21',
    title: 'Haftar riceve la delegazione',
    summaryHtml: '<p>Un incontro a Bengasi.</p>',
    contentHtml: '<p>Un incontro a Bengasi, <a href="https://giornale.example/bengasi">dicono</a> le parti.</p>',
    publishedAt: Date.UTC(2026, 10, 28, 8, 0, 0),
    updatedAt: Date.UTC(2026, 10, 28, 9, 5, 14),
    language: 'it',
    authors: [{ name: 'Anna Neri' }],
    categories: ['Esteri'],
    enclosures: [],
    image: null,
    sourceTitle: 'Il Giornale',
    sourceUrl: 'https://giornale.example/',
    sourceFeedUrl: 'https://giornale.example/rss.xml',
    commentsUrl: null,
    podcast: [],
    durationSeconds: null,
    others: [],
    ...changes,
  };
}

/** Any text at all: markup, `]]>`, control characters, lone surrogates, every script. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)), maxLength: 40 }),
  fc
    .array(
      fc.constantFrom('<', '>', '&', '"', "'", ']]>', '<![CDATA[', '&amp;', '\0', '\r\n', '\ud800', '\ufffe', ' ', 'x'),
    )
    .map(parts => parts.join('')),
);

const anyUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    '/relative',
    'javascript:alert(1)',
    'http://',
    'https://user:secret@host.example/a?b=[c]#d#e',
    'https://bücher.example/ä ö?q="<>"',
    'https://host.example/100%/x|y',
  ),
  anyText,
);

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const anyTime = fc.oneof(
  fc.integer({ min: 0, max: 4e12 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300),
);

/** Any value that the types allow, most of which no publisher would write. */
export const anyEntry: fc.Arbitrary<FeedEntry> = fc.record({
  id: fc.uuid().map(id => `urn:uuid:${id}`),
  url: orNull(anyUrl),
  storyUrl: anyUrl,
  title: anyText,
  summaryHtml: orNull(anyText),
  contentHtml: orNull(anyText),
  publishedAt: anyTime,
  updatedAt: anyTime,
  language: orNull(fc.oneof(fc.constantFrom('it', 'pt-BR', 'zh-Hant'), anyText)),
  authors: fc.array(fc.record({ name: orNull(anyText), email: anyText, url: anyUrl }), { maxLength: 3 }),
  categories: fc.array(anyText, { maxLength: 4 }),
  enclosures: fc.array(
    fc.record({ url: anyUrl, type: orNull(anyText), length: orNull(fc.oneof(fc.integer(), fc.double())) }),
    { maxLength: 3 },
  ),
  image: orNull(anyUrl),
  sourceTitle: anyText,
  sourceUrl: orNull(anyUrl),
  sourceFeedUrl: orNull(anyUrl),
  commentsUrl: orNull(anyUrl),
  podcast: fc.array(
    fc.record({
      name: fc.oneof(
        fc.constantFrom('itunes:episode', 'podcast:transcript', 'itunes:duration', 'itunes:new-feed-url'),
        anyText,
      ),
      text: orNull(anyText),
      attributes: fc.dictionary(fc.oneof(fc.constantFrom('url', 'href', 'type', 'xmlns'), anyText), anyText, {
        maxKeys: 3,
      }),
    }),
    { maxLength: 3 },
  ),
  durationSeconds: orNull(fc.double()),
  others: fc.array(fc.record({ language: orNull(anyText), sourceTitle: anyText, title: anyText, url: anyUrl }), {
    maxLength: 14,
  }),
});

export const anyDocument: fc.Arbitrary<FeedDocument> = fc.record({
  id: fc.uuid().map(id => `urn:uuid:${id}`),
  title: anyText,
  description: orNull(anyText),
  language: orNull(anyText),
  readerLanguage: fc.oneof(fc.constantFrom('en', 'ar', 'ja', 'zh-TW', 'xx'), anyText),
  homeUrl: fc.constant('https://news.example/topics/x'),
  selfUrl: fc.constant('https://news.example/feeds/x.atom?before=1~a'),
  nextUrl: orNull(anyUrl),
  hubUrls: fc.array(anyUrl, { maxLength: 2 }),
  updated: anyTime,
  iconUrl: orNull(anyUrl),
  archive: orNull(
    fc.record({
      isArchive: fc.boolean(),
      currentUrl: orNull(anyUrl),
      prevArchiveUrl: orNull(anyUrl),
      nextArchiveUrl: orNull(anyUrl),
    }),
  ),
  entries: fc.array(anyEntry, { maxLength: 4 }),
});
