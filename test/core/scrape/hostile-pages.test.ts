import { expect } from 'chai';
import fc from 'fast-check';
import { findFeeds } from '../../../src/core/scrape/find-feeds.ts';
import { findLists } from '../../../src/core/scrape/find-lists.ts';
import { pageLimits, parsePage } from '../../../src/core/scrape/parse-page.ts';
import { readArticle } from '../../../src/core/scrape/read-article.ts';
import { readContext, scrapePage } from '../../../src/core/scrape/scrape-page.ts';

const now = Date.parse('2024-05-20T12:00:00Z');
const url = 'https://x.example/';
const hostile: Record<string, string> = {
  'depth without end': '<div>'.repeat(100_000),
  'depth of links': '<a href="/some-long-address">'.repeat(50_000),
  'end tags that close nothing': '<div>'.repeat(20_000) + '</b>'.repeat(100_000),
  'width without end': `<ul>${'<li><a href="/a-b-c">A title of several words</a></li>'.repeat(60_000)}</ul>`,
  'tables in tables': '<table><tr><td>'.repeat(20_000),
  'arrays in arrays': `<script type="application/ld+json">${'['.repeat(200_000)}</script>`,
  'a name of JavaScript’s own':
    '<div id="__proto__" class="constructor prototype __proto__"><a href="/a">x</a></div>'.repeat(5),
  'no characters': '',
  'only NUL': '\u0000'.repeat(1000),
};

describe('hostile pages', () => {
  for (const [name, html] of Object.entries(hostile)) {
    it(`are read within bounds: ${name}`, () => {
      const page = parsePage(html, url);
      expect(page.elements.length).to.be.at.most(pageLimits.elementsMax);
      expect(() => scrapePage({ html, url, rules: { article: true }, now })).to.not.throw();
      expect(() => readArticle({ html, url, now })).to.not.throw();
    });
  }

  it('never make the reading throw, whatever they are made of', () => {
    const pieces = fc.constantFrom(
      '<ul>',
      '</ul>',
      '<li>',
      '<a href="/a-b-c">',
      '</a>',
      '<h2>',
      '</h2>',
      '<time datetime="x">',
      '3 May 2024',
      'A title of some words',
      '<p>',
      '</p>',
      '<div class="post">',
      '</div>',
      '<table><tr><td>',
      '</table>',
      '<dl><dt>',
      '<dd>',
      '<script type="application/ld+json">{"@type":',
      '</script>',
      '<!--',
      '-->',
      '&amp;',
      '<',
      '>',
      '"',
      'x – y',
      '<base href="javascript:x">',
      '<img src=x srcset=",,">',
    );
    const html = fc.oneof(
      fc.array(pieces, { maxLength: 60 }).map(list => list.join('')),
      fc.string({ maxLength: 300 }),
    );
    fc.assert(
      fc.property(html, text => {
        const context = readContext({ html: text, url, now });
        findLists(context);
        findFeeds(text, url);
        const { items } = scrapePage({ html: text, url, rules: {}, now });
        for (const item of items) expect(item.url === null || /^https?:/.test(item.url)).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it('cannot point links at other schemes', () => {
    const html = `<base href="javascript:alert(1)"><ul class="posts">${['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '/fine-post-here'].map(href => `<li><a href="${href}">A title of several words</a></li>`).join('')}</ul>`;
    const urls = scrapePage({ html, url, rules: { items: '.posts li', link: 'a@href' }, now }).items.map(
      item => item.url,
    );
    expect(urls.filter(each => each !== null)).to.deep.equal(['https://x.example/fine-post-here']);
  });
});
