import { expect } from 'chai';
import { nextUrl, scrapePage, scrapePageAndNext } from '../../../src/core/scrape/scrape-page.ts';
import type { ParsedItem, ScrapeRules } from '../../../src/model.ts';

const now = Date.parse('2024-05-20T12:00:00Z');
const url = 'https://blog.example/news/';
const scrape = (html: string, rules: ScrapeRules = {}): readonly ParsedItem[] =>
  scrapePage({ html, url, rules, now }).items;

const page = `<html lang="en"><body><ul id="latest">
  <li id="post-71"><a href="first">First post of ours | Blog</a><p>What it says.</p><time datetime="2024-05-19T08:00:00Z">x</time><img src="data:image/gif;base64,R0" data-src="/1.jpg"></li>
  <li data-id="902"><a href="/second#part">Second post of ours | Blog</a><p>More <b>words</b>.</p><span class="when">2 days ago</span></li>
  <li lang="it"><a href="https://other.example/third">Terzo articolo | Blog</a><p></p></li>
</ul><a class="next" href="?page=2">older</a><a rel="next" href="https://elsewhere.example/">x</a></body></html>`;

const rules: ScrapeRules = {
  items: '#latest li',
  link: 'a@href',
  title: 'a',
  summary: 'p',
  date: 'time@datetime, .when',
  image: 'img@src',
  strip: { title: ' \\| Blog$' },
};

describe('scraping by selectors', () => {
  it('reads each field by its rule, relative to the item', () => {
    const [first, second, third] = scrape(page, rules);
    expect(first).to.deep.include({
      id: 'post-71',
      url: 'https://blog.example/news/first',
      title: 'First post of ours',
      summaryHtml: 'What it says.',
      publishedAt: '2024-05-19T08:00:00.000Z',
      image: 'https://blog.example/1.jpg',
    });
    expect(second).to.deep.include({
      id: '902',
      url: 'https://blog.example/second#part',
      summaryHtml: 'More words.',
      publishedAt: '2024-05-18T12:00:00.000Z',
    });
    expect(third).to.deep.include({
      id: null,
      title: 'Terzo articolo',
      language: 'it',
      summaryHtml: null,
      publishedAt: null,
    });
  });

  it('knows the item itself as "." and "@href", and its following siblings as "~"', () => {
    const html = `<div><a class="t" href="/a">Title of a</a><p>Text of a.</p><a class="t" href="/b">Title of b</a><p>Text of b.</p></div>`;
    const items = scrape(html, { items: 'a.t', link: '@href', title: '.', summary: '~ p' });
    expect(items.map(item => [item.title, item.url, item.summaryHtml])).to.deep.equal([
      ['Title of a', 'https://blog.example/a', 'Text of a.'],
      ['Title of b', 'https://blog.example/b', 'Text of b.'],
    ]);
  });

  it('tries alternatives in order, commas in brackets and quotes not counting', () => {
    const html = `<div class="i"><h2>By heading</h2><a href="/1">x</a></div><div class="i"><b data-k="a,b">By bold</b><a href="/2">y</a></div>`;
    const titles = scrape(html, { items: '.i', title: 'h2, b[data-k="a,b"], :is(h1, h5)' }).map(item => item.title);
    expect(titles).to.deep.equal(['By heading', 'By bold']);
  });

  it('reads several lists of a page, each by its own rules', () => {
    const html = `<ul class="a"><li><a href="/1">One of the first</a></li></ul><ol class="b"><li><a href="/2">One of the second</a></li><li><a href="/1">One of the first</a></li></ol>`;
    const items = scrape(html, {
      lists: [
        { items: '.a li', title: 'a' },
        { items: '.b li', title: 'a' },
      ],
    });
    expect(items.map(item => item.url)).to.deep.equal(['https://blog.example/1', 'https://blog.example/2']);
  });

  it('keeps the HTML of a content rule, with absolute addresses and no scripts', () => {
    const [item] = scrape(
      `<div class="p"><h2>T</h2><div class="c"><p>Hi <a href="x">there</a></p><script>1</script></div></div>`,
      { items: '.p', content: '.c' },
    );
    expect(item?.contentHtml).to.equal('<p>Hi <a href="https://blog.example/news/x">there</a></p>');
  });

  it('follows the next page by its rule or by rel=next, within the site only', () => {
    expect(nextUrl({ html: page, url, rules: { ...rules, next: 'a.next@href' } })).to.equal(
      'https://blog.example/news/?page=2',
    );
    expect(nextUrl({ html: page, url, rules })).to.equal(null);
    expect(nextUrl({ html: page, url, rules: { pagesMax: 3 } }), 'a link that says "older"').to.equal(
      'https://blog.example/news/?page=2',
    );
    const own = scrapePageAndNext({ html: '<link rel="next" href="/p/2">', url, rules: { pagesMax: 3 }, now });
    expect(own.nextUrl).to.equal('https://blog.example/p/2');
  });

  const bad: [string, ScrapeRules, RegExp][] = [
    ['CSS that cannot be read', { items: 'li[' }, /scrape\.items.*li\[/],
    ['an unknown pseudo-class', { items: 'li', title: 'a:shiny' }, /scrape\.title.*a:shiny/],
    ['an empty alternative', { items: 'li', title: 'a,' }, /scrape\.title/],
    ['an @ without an attribute', { items: 'li', link: 'a@' }, /scrape\.link/],
    ['a pattern RE2 cannot read', { items: 'li', strip: { title: '(?=x)y' } }, /scrape\.strip\.title.*Look-around/],
    ['a field that cannot be stripped', { items: 'li', strip: { colour: 'x' } }, /scrape\.strip\.colour/],
  ];
  for (const [name, wrong, message] of bad) {
    it(`refuses ${name}, saying which and why`, () => {
      expect(() => scrape(page, wrong))
        .to.throw(message)
        .with.property('code', 'config-invalid');
    });
  }

  it('gives no items and no error where the selector matches nothing', () => {
    expect(scrape(page, { items: '.gone' })).to.deep.equal([]);
  });
});

describe('a scraped list', () => {
  it('has a post that is listed twice once, with the richer fields', () => {
    const html = `<ul class="posts"><li><a href="/a">A title of several words</a></li><li><a href="/a?utm_source=x">A title of several words</a><p>And here is its teaser, too.</p></li><li><a href="/b">Another title of several words</a></li></ul>`;
    const items = scrape(html, { items: '.posts li' });
    expect(items.map(item => [item.url, item.summaryHtml])).to.deep.equal([
      ['https://blog.example/a', 'And here is its teaser, too.'],
      ['https://blog.example/b', null],
    ]);
  });

  it('tells posts apart by title where they have no links at all', () => {
    const html = `<div class="x">${['One title of four', 'One title of four – And a teaser that says more of it but breaks off in the', 'Two titles of four words here'].map(text => `<p>${text}</p>`).join('')}</div>`;
    const items = scrape(html, { items: '.x p' });
    expect(items.map(item => item.url)).to.deep.equal(items.map(() => null));
  });

  it('says so of a page that scripts fill, and of a page without a list', () => {
    const shell =
      '<html><body><div id="root"></div><noscript>You need to enable JavaScript.</noscript><script src="/app.js"></script></body></html>';
    const codes = (html: string): string[] =>
      scrapePage({ html, url, rules: {}, now }).warnings.map(warning => warning.code);
    expect(codes(shell)).to.include('needs-javascript');
    expect(codes('<p>Nothing here.</p>')).to.deep.equal(['no-items-found']);
  });

  it('has the page’s own article first, if it is asked for', () => {
    const text = 'The river rose again in the night, and the village waited for news from upstream. '.repeat(8);
    const html = `<html><head><title>The river | Blog</title></head><body><main><article><h1>The river rises</h1><p>${text}</p><p>${text}</p></article><ul class="list"><li><a href="/a">A title of several words</a></li><li><a href="/b">Another title of several words</a></li></ul></main></body></html>`;
    const [article, ...rest] = scrape(html, { items: '.list li', article: true });
    expect(article).to.include({ title: 'The river rises', url });
    expect(article?.contentHtml).to.contain('waited for news').and.not.contain('Another title');
    expect(rest).to.have.length(2);
  });

  it('knows of the page’s own article in which languages it is told elsewhere', () => {
    const text = 'The river rose again in the night, and the village waited for news from upstream. '.repeat(8);
    const html = `<html lang="en"><head><title>The river</title><link rel="alternate" hreflang="it" href="/it/fiume"></head><body><article><h1>The river rises</h1><p>${text}</p></article></body></html>`;
    const [article] = scrape(html, { article: true });
    expect(article?.alternates).to.deep.equal([{ language: 'it', url: new URL('/it/fiume', url).href }]);
  });

  const posts = [1, 2, 3].map(n => ({
    '@type': 'NewsArticle',
    headline: `A headline with number ${n}`,
    url: `https://x.example/p/${n}`,
    datePublished: `2024-05-0${n}`,
  }));
  const data: readonly (readonly [string, unknown])[] = [
    ['a Blog', { '@type': 'Blog', blogPost: posts }],
    ['an ItemList', { '@type': 'ItemList', itemListElement: posts.map(item => ({ '@type': 'ListItem', item })) }],
    [
      'an ItemList of names and addresses',
      {
        '@type': 'ItemList',
        itemListElement: posts.map(({ headline: name, url }) => ({ '@type': 'ListItem', name, url })),
      },
    ],
    ['a CollectionPage', { '@type': 'CollectionPage', hasPart: posts }],
    ['a graph', { '@graph': posts }],
    ['an array', posts],
  ];
  for (const [name, value] of data) {
    it(`reads the posts of a page that shows none: JSON-LD, ${name}`, () => {
      const html = `<html><head><script type="application/ld+json">${JSON.stringify(value)}</script></head><body><div id="app"></div></body></html>`;
      expect(scrape(html, {}).map(item => [item.title, item.url])).to.deep.equal(
        posts.map(post => [post.headline, post.url]),
      );
    });
  }
});
