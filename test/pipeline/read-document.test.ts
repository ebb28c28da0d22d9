import { expect } from 'chai';
import type { LanguageDetector } from '../../src/core/normalize/language.ts';
import type { KnownItem, ReadOutcome, ReadRequest, ReadResult } from '../../src/pipeline/ports.ts';
import { readDocument } from '../../src/pipeline/read-document.ts';

const now = Date.UTC(2026, 4, 20, 12);
const english: LanguageDetector = () => ({ language: 'en', isReliable: true, scores: { en: 0.9 } });

type Post = {
  readonly title?: string;
  readonly link?: string;
  readonly guid?: string;
  readonly text?: string;
  readonly date?: string;
};
const rss = (posts: readonly Post[]) =>
  `<rss version="2.0"><channel><title>A blog</title><link>https://blog.example/</link>${posts
    .map(
      ({ title, link, guid, text, date }) =>
        `<item>${title ? `<title>${title}</title>` : ''}${link ? `<link>${link}</link>` : ''}${guid ? `<guid isPermaLink="false">${guid}</guid>` : ''}${
          text ? `<description><![CDATA[${text}]]></description>` : ''
        }${date ? `<pubDate>${date}</pubDate>` : ''}</item>`,
    )
    .join('')}</channel></rss>`;
const post = (number: number, given: Post = {}): Post => ({
  title: `Post ${number}`,
  link: `https://blog.example/post-${number}`,
  guid: `g${number}`,
  text: `<p>Text of post ${number}</p>`,
  date: new Date(now - number * 3_600_000).toUTCString(),
  ...given,
});

function request(
  body: string,
  given: Partial<Omit<ReadRequest, 'body' | 'source'>> & { source?: Partial<ReadRequest['source']> } = {},
): ReadRequest {
  const { source, ...rest } = given;
  return {
    contentType: null,
    url: 'https://blog.example/feed.xml',
    known: [],
    now,
    ...rest,
    source: { id: 'blog', keep: [], drop: [], ...source },
    body: new TextEncoder().encode(body),
  };
}

const read = (body: string, given: Parameters<typeof request>[1] = {}): Promise<ReadOutcome> =>
  readDocument(request(body, given), { detector: english });
async function result(reading: Promise<ReadOutcome>): Promise<ReadResult> {
  const outcome = await reading;
  if (outcome.kind !== 'read') throw new Error(outcome.message);
  return outcome.result;
}
const remember = ({ items }: ReadResult, deleted = false): KnownItem[] =>
  items.map(({ item, keys, rawHash }) => ({
    itemId: item.id,
    keys,
    rawHash,
    contentHash: item.contentHash,
    firstSeenAt: item.firstSeenAt,
    orderAt: item.orderAt,
    deleted,
  }));

describe('readDocument', () => {
  it('gives new items in document order', async () => {
    const { items, total, format, publishedAts } = await result(read(rss([post(1), post(2), post(3)])));
    expect(items.map(({ change, item }) => [change, item.title])).to.deep.equal([
      ['new', 'Post 1'],
      ['new', 'Post 2'],
      ['new', 'Post 3'],
    ]);
    expect({ total, format }).to.deep.equal({ total: 3, format: 'rss' });
    expect(publishedAts).to.deep.equal([1, 2, 3].map(hours => now - hours * 3_600_000));
  });

  it('gives only what is new or edited of a document that is known', async () => {
    const known = remember(await result(read(rss([post(1), post(2), post(3)]))));
    expect((await result(read(rss([post(1), post(2), post(3)]), { known }))).items).to.deep.equal([]);
    const later = await result(
      read(rss([post(0), post(1), post(2, { text: 'Corrected' }), post(3)]), { known, now: now + 1000 }),
    );
    expect(later.items.map(({ change, item }) => [change, item.title])).to.deep.equal([
      ['new', 'Post 0'],
      ['edited', 'Post 2'],
    ]);
    expect(later.items[1]?.item).to.include({ id: known[1]?.itemId, firstSeenAt: now, orderAt: known[1]?.orderAt });
    expect(later.total).to.equal(4);
  });

  it('takes a change that nobody sees for none', async () => {
    const known = remember(
      await result(read(rss([post(1, { text: '<p>Text <img src="https://cdn.example/a.png?sig=1"></p>' })]))),
    );
    const again = rss([post(1, { text: '<p class="x2">Text <img src="https://cdn.example/a.png?sig=2"></p>' })]);
    expect((await result(read(again, { known }))).items).to.deep.equal([]);
  });

  it('leaves deleted items deleted', async () => {
    const known = remember(await result(read(rss([post(1)]))), true);
    expect((await result(read(rss([post(1, { title: 'Again' })]), { known }))).items).to.deep.equal([]);
  });

  it('survives documents that lose their items', async () => {
    expect(await result(read(rss([])))).to.include({ total: 0 });
  });

  it('refuses new items by words, counts them, and lets edits of stored ones pass', async () => {
    const source = { drop: ['football'] };
    const first = await result(read(rss([post(1), post(2, { title: 'Football' })]), { source }));
    expect(first.items.map(({ item }) => item.title)).to.deep.equal(['Post 1']);
    expect(first.refusedByWords).to.equal(1);
    const edited = await result(
      read(rss([post(1, { text: 'Now with football' })]), { source, known: remember(first) }),
    );
    expect(edited.items.map(({ change }) => change)).to.deep.equal(['edited']);
  });

  it('gives no page to items that share one', async () => {
    const shared = [1, 2].map(number => post(number, { link: 'https://blog.example/latest' }));
    expect((await result(read(rss(shared)))).items.map(({ item }) => item.canonicalUrl)).to.deep.equal([null, null]);
    const places = [1, 2].map(number => post(number, { link: `https://blog.example/news.html#n${number}` }));
    expect((await result(read(rss(places)))).items.map(({ item }) => item.canonicalUrl)).to.deep.equal([
      'https://blog.example/news.html#n1',
      'https://blog.example/news.html#n2',
    ]);
  });

  it('says which items are listed twice', async () => {
    const { items, warnings, total } = await result(read(rss([post(1), post(1)])));
    expect(items.length).to.equal(1);
    expect(total).to.equal(2);
    expect(warnings.map(({ code }) => code)).to.deep.equal(['duplicate-id']);
  });

  it('clamps the future in items and in what the schedule sees', async () => {
    const { items, publishedAts } = await result(read(rss([post(1, { date: 'Fri, 01 Jan 2038 00:00:00 GMT' })])));
    expect(items[0]?.item.publishedAt).to.equal(now);
    expect(publishedAts).to.deep.equal([]);
  });

  it('loses one item to a mistake of ours, not its siblings', async () => {
    const failing: LanguageDetector = text => {
      if (text.includes('Post 1')) throw new Error('cannot');
      return english(text);
    };
    const { items, warnings } = await result(readDocument(request(rss([post(1), post(2)])), { detector: failing }));
    expect(items.map(({ item }) => item.title)).to.deep.equal(['Post 2']);
    expect(warnings).to.deep.equal([
      { code: 'bad-item', message: 'the item could not be read: Error: cannot', item: 0 },
    ]);
  });

  it('says that a page is no feed, and where its feeds are', async () => {
    const page =
      '<!doctype html><title>A blog</title><link rel="alternate" type="application/rss+xml" title="All" href="/feed.xml"><p>Text</p>';
    const outcome = await read(page, { url: 'https://blog.example/' });
    expect(outcome).to.deep.include({ kind: 'unreadable', code: 'not-a-feed' });
    expect(outcome.kind === 'unreadable' && outcome.feedsOnPage[0]?.url).to.equal('https://blog.example/feed.xml');
  });

  it('says that a document is empty', async () => {
    expect(await read('')).to.deep.include({ kind: 'unreadable', code: 'empty-document', feedsOnPage: [] });
  });

  it('reads a page when it is told to, and recognizes its items by their links', async () => {
    const page = (titles: readonly string[]) =>
      `<!doctype html><html lang="en"><title>News</title><ul id="latest">${titles
        .map(
          (title, index) =>
            `<li><a href="/n/${titles.length - index}">${title}</a><p>About ${title}, at some length.</p></li>`,
        )
        .join('')}</ul>`;
    const given = {
      url: 'https://site.example/',
      source: { scrape: { items: '#latest li', link: 'a@href', title: 'a', summary: 'p' } },
    };
    const first = await result(read(page(['Two things', 'One thing']), given));
    expect(first.format).to.equal('html');
    expect(first.items.map(({ item }) => item.url)).to.deep.equal([
      'https://site.example/n/2',
      'https://site.example/n/1',
    ]);
    const later = await result(
      read(page(['Three things', 'Two things', 'One thing']), { ...given, known: remember(first) }),
    );
    expect(later.items.map(({ change, item }) => [change, item.title])).to.deep.equal([['new', 'Three things']]);
  });

  it('scopes identity to the source: the same feed elsewhere has items of its own', async () => {
    const one = await result(read(rss([post(1)])));
    const other = await result(read(rss([post(1)]), { source: { id: 'other' } }));
    expect(one.items[0]?.item.id).to.not.equal(other.items[0]?.item.id);
  });

  it('answers the same for the same request', async () => {
    expect(await read(rss([post(1), post(2)]))).to.deep.equal(await read(rss([post(1), post(2)])));
  });
});
