import { expect } from 'chai';
import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { parseFeed as parseWithHtmlparser2 } from 'htmlparser2';
import RssParser from 'rss-parser';
import { absoluteUrl } from '../../../src/core/render/absolute-url.ts';
import { cleanLine, cleanText } from '../../../src/core/render/clean-text.ts';
import type { FeedDocument } from '../../../src/core/render/feed-document.ts';
import { renderAtom as atomParts } from '../../../src/core/render/render-atom.ts';
import { renderJsonFeed as jsonParts } from '../../../src/core/render/render-json-feed.ts';
import { renderRss as rssParts } from '../../../src/core/render/render-rss.ts';
import { checkAtom, checkJsonFeed, checkRss } from '../../support/feed-rules.ts';
import { anyDocument, anyText, sampleDocument, sampleEntry } from './sample-feed.ts';

const renderRss = (document: FeedDocument): string => rssParts(document).join('');
const renderAtom = (document: FeedDocument): string => atomParts(document).join('');
const renderJsonFeed = (document: FeedDocument): string => jsonParts(document).join('');

const formats = [
  { name: 'RSS', render: renderRss, check: checkRss },
  { name: 'Atom', render: renderAtom, check: checkAtom },
  { name: 'JSON Feed', render: renderJsonFeed, check: checkJsonFeed },
];

/** Everything an entry can carry. */
const podcastDocument: FeedDocument = sampleDocument({
  language: 'it',
  nextUrl: 'https://news.example/feeds/libya.rss?before=1~a',
  hubUrls: ['https://hub.example/'],
  iconUrl: 'https://news.example/icon.png',
  archive: {
    isArchive: true,
    currentUrl: 'https://news.example/feeds/libya.rss',
    prevArchiveUrl: 'https://news.example/feeds/libya.rss?before=2~a',
    nextArchiveUrl: null,
  },
  entries: [
    sampleEntry({
      authors: [{ name: 'Anna Neri', url: 'https://giornale.example/neri' }, { name: 'Ugo Bo' }],
      categories: ['Esteri', 'a < b & c'],
      enclosures: [
        { url: 'https://cdn.example/cover.jpg', type: 'image/jpeg', length: 1000 },
        { url: 'https://cdn.example/episode.mp3', type: null, length: 12_345_678 },
        { url: 'https://cdn.example/notes.pdf', type: 'application/pdf', length: null },
      ],
      image: 'https://cdn.example/lead.jpg',
      commentsUrl: 'https://giornale.example/haftar#comments',
      podcast: [
        { name: 'itunes:episode', text: '7', attributes: {} },
        { name: 'podcast:transcript', text: null, attributes: { url: 'https://cdn.example/7.vtt', type: 'text/vtt' } },
        { name: 'itunes:new-feed-url', text: 'https://elsewhere.example/', attributes: {} },
      ],
      durationSeconds: 1834,
      others: [
        { language: 'fr', sourceTitle: 'Le Journal', title: 'Haftar reçoit', url: 'https://journal.example/haftar' },
        { language: 'ar', sourceTitle: 'الجريدة', title: 'حفتر يستقبل', url: 'https://jarida.example/haftar' },
      ],
    }),
  ],
});

describe('the three writers', () => {
  for (const { name, render, check } of formats) {
    it(`write ${name} by the rules for an everyday feed, a podcast and an empty feed`, () => {
      for (const document of [sampleDocument(), podcastDocument, sampleDocument({ entries: [] })]) {
        expect(check(render(document))).to.deep.equal([]);
      }
    });

    it(`write ${name} by the rules, and never throw, whatever the entries are`, () => {
      fc.assert(
        fc.property(anyDocument, document => {
          // What is inside HTML is the sanitizer's business: here it is arbitrary text.
          const problems = check(render(document)).filter(problem => !problem.endsWith('in HTML'));
          expect(problems).to.deep.equal([]);
        }),
        { numRuns: 300 },
      );
    });

    it(`write the same ${name} for the same stories and hold no time of building`, () => {
      const text = render(podcastDocument);
      expect(render(structuredClone(podcastDocument))).to.equal(text);
      const times = text.match(/20\d\d-\d\d-\d\dT[\d:.]+Z/g) ?? [];
      expect(times.every(time => /^2026-11-28T0[89]:/.test(time))).to.equal(true);
    });

    it(`write an id that comes twice once in ${name}`, () => {
      const text = render(sampleDocument({ entries: [sampleEntry(), sampleEntry({ title: 'again' })] }));
      expect(check(text)).to.deep.equal([]);
      expect(text).not.to.include('again');
    });
  }
});

describe('what is written is read back', () => {
  const clean = (text: string) => cleanText(text).trim();

  it('by feedsmith and htmlparser2 from RSS', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, html, category) => {
        fc.pre(cleanLine(title) !== '' && clean(html) !== '');
        const entry = sampleEntry({ title, contentHtml: html, summaryHtml: html, categories: [category] });
        const text = renderRss(sampleDocument({ entries: [entry] }));
        const item = parseRssFeed(text).items?.[0];
        expect(item?.title).to.equal(cleanLine(title));
        expect(item?.content?.encoded?.trim()).to.equal(clean(html));
        expect(item?.description?.trim()).to.equal(clean(html));
        expect(item?.categories?.[0]?.name ?? '').to.equal(cleanLine(category));
        expect(item?.guid).to.deep.equal({ value: entry.id, isPermaLink: false });
        expect(Date.parse(String(item?.pubDate))).to.equal(entry.publishedAt);
        const other = parseWithHtmlparser2(text, { xmlMode: true })?.items[0];
        expect(other?.id).to.equal(entry.id);
        expect(other?.link).to.equal(entry.url);
        expect(other?.title).to.equal(cleanLine(title));
      }),
      { numRuns: 300 },
    );
  });

  it('by feedsmith and htmlparser2 from Atom', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, html, name) => {
        fc.pre(cleanLine(title) !== '' && clean(html) !== '' && cleanLine(name) !== '');
        const entry = sampleEntry({ title, contentHtml: html, categories: [name], authors: [{ name }] });
        const text = renderAtom(sampleDocument({ entries: [entry] }));
        const item = parseAtomFeed(text).entries?.[0];
        expect(item?.title?.value).to.equal(cleanLine(title));
        expect(item?.content?.value?.trim()).to.equal(clean(html));
        expect(item?.categories?.[0]?.term).to.equal(cleanLine(name));
        expect(item?.authors?.[0]?.name).to.equal(cleanLine(name));
        expect(Date.parse(String(item?.updated))).to.equal(entry.updatedAt);
        expect(parseWithHtmlparser2(text, { xmlMode: true })?.items[0]?.title).to.equal(cleanLine(title));
      }),
      { numRuns: 300 },
    );
  });

  it('by JSON.parse from JSON Feed, exactly', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (title, html, tag) => {
        fc.pre(cleanLine(title) !== '' && clean(html) !== '' && cleanLine(tag) !== '');
        const entry = sampleEntry({ title, contentHtml: html, categories: [tag] });
        const item = JSON.parse(renderJsonFeed(sampleDocument({ entries: [entry] }))).items[0];
        expect(item).to.include({ id: entry.id, title: cleanLine(title), content_html: clean(html), language: 'it' });
        expect(item.tags).to.deep.equal([cleanLine(tag)]);
      }),
      { numRuns: 300 },
    );
  });

  it('by rss-parser from RSS and Atom', async () => {
    const nasty = 'a ]]> b <![CDATA[ & <i>c</i> "d" ]]>';
    const entry = sampleEntry({ title: nasty, contentHtml: nasty });
    const rss = await new RssParser().parseString(renderRss(sampleDocument({ entries: [entry] })));
    expect(rss.items[0]).to.include({ title: nasty, guid: entry.id, link: entry.url, creator: 'Anna Neri' });
    expect(rss.items[0]?.['content:encoded']).to.equal(nasty);
    expect(rss.items[0]?.isoDate).to.equal(new Date(entry.publishedAt).toISOString());
    const atom = await new RssParser().parseString(renderAtom(sampleDocument({ entries: [entry] })));
    expect(atom.items[0]).to.include({ title: nasty, id: entry.id, link: entry.url, content: nasty });
  });

  it('with enclosure, attribution, podcast fields, hub, paging and archive from RSS', () => {
    const feed = parseRssFeed(renderRss(podcastDocument));
    const item = feed.items?.[0];
    expect(item?.enclosures).to.deep.equal([
      { url: 'https://cdn.example/episode.mp3', length: 12_345_678, type: 'audio/mpeg' },
    ]);
    expect(item?.source).to.deep.equal({ title: 'Il Giornale', url: 'https://giornale.example/rss.xml' });
    expect(item?.itunes).to.deep.include({ episode: 7, duration: 1834 });
    expect(item?.podcast?.transcripts?.[0]).to.include({ url: 'https://cdn.example/7.vtt', type: 'text/vtt' });
    expect(item?.dc?.creators).to.deep.equal(['Anna Neri', 'Ugo Bo']);
    expect(item?.dc?.languages).to.deep.equal(['it']);
    expect(item?.comments).to.equal('https://giornale.example/haftar#comments');
    expect(item?.media?.contents?.map(found => found.url)).to.deep.equal([
      'https://cdn.example/notes.pdf',
      'https://cdn.example/cover.jpg',
      'https://cdn.example/lead.jpg',
    ]);
    const relations = feed.atom?.links?.map(link => link.rel);
    expect(relations).to.deep.equal(['self', 'hub', 'next', 'current', 'prev-archive']);
    expect(item?.atom?.links?.map(link => [link.rel, link.hreflang, link.title])).to.deep.equal([
      ['related', 'fr', 'Haftar reçoit'],
      ['related', 'ar', 'حفتر يستقبل'],
    ]);
    expect(renderRss(podcastDocument)).to.include('<fh:archive/>').and.not.include('new-feed-url');
  });

  it('with source, languages and all attachments from Atom and JSON Feed', () => {
    const text = renderAtom(podcastDocument);
    const entry = parseAtomFeed(text).entries?.[0];
    expect(entry?.source).to.deep.include({ id: 'https://giornale.example/rss.xml', title: { value: 'Il Giornale' } });
    expect(entry?.links?.filter(link => link.rel === 'enclosure').map(link => link.length)).to.deep.equal([
      12_345_678,
      undefined,
      1000,
    ]);
    expect(text).to.include('<entry xml:lang="it">');
    const item = parseJsonFeed(renderJsonFeed(podcastDocument)).items?.[0];
    expect(item?.attachments?.[0]).to.deep.include({ mime_type: 'audio/mpeg', duration_in_seconds: 1834 });
    expect(item?.attachments).to.have.length(3);
    const raw = JSON.parse(renderJsonFeed(podcastDocument));
    expect(raw.hubs).to.deep.equal([{ type: 'WebSub', url: 'https://hub.example/' }]);
    expect(raw.items[0]._newsfold.versions).to.deep.equal([
      { language: 'fr', source: 'Le Journal', title: 'Haftar reçoit', url: 'https://journal.example/haftar' },
      { language: 'ar', source: 'الجريدة', title: 'حفتر يستقبل', url: 'https://jarida.example/haftar' },
    ]);
  });

  it('with an address of every kind made absolute and ASCII, or left out', () => {
    const rows: [string, string | null][] = [
      ['https://host.example/a?b=1&c=2#d', 'https://host.example/a?b=1&c=2#d'],
      ['https://user:secret@host.example/a', 'https://host.example/a'],
      ['https://bücher.example/ä ö', 'https://xn--bcher-kva.example/%C3%A4%20%C3%B6'],
      ['https://host.example/?a[]=1|2', 'https://host.example/?a%5B%5D=1%7C2'],
      ['https://host.example/100%', 'https://host.example/100%25'],
      ['//host.example/a', null],
      ['/a', null],
      ['javascript:alert(1)', null],
      ['', null],
    ];
    for (const [address, expected] of rows) expect(absoluteUrl(address), address).to.equal(expected);
  });
});

describe('the namespaces of RSS', () => {
  it('are declared only when they are used', () => {
    const plain = renderRss(
      sampleDocument({ entries: [sampleEntry({ authors: [], contentHtml: null, summaryHtml: null })] }),
    );
    expect(plain).not.to.match(/xmlns:(?:itunes|podcast|media|content|fh)=/);
    expect(renderRss(podcastDocument))
      .to.match(/xmlns:itunes=/)
      .and.match(/xmlns:podcast=/)
      .and.match(/xmlns:media=/);
  });
});
