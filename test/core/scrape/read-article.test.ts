import { expect } from 'chai';
import { readArticle } from '../../../src/core/scrape/read-article.ts';

const now = Date.parse('2024-05-20T12:00:00Z');
const url = 'https://paper.example/2024/05/18/the-river';
const paragraph = (words: string): string =>
  `<p>${`${words} and the village waited for news from upstream, as it does every spring. `.repeat(4)}</p>`;
const body = ['The river rose in the night', 'Nobody slept', 'In the morning it fell'].map(paragraph).join('');
const html = (head: string, around = ''): string =>
  `<html lang="en-GB"><head><title>The river rises again | The Paper</title>${head}</head><body><nav><a href="/">Home</a></nav><main><article><h1>The river rises again</h1>${body}</article>${around}</main><footer>About</footer></body></html>`;

describe('reading an article', () => {
  it('finds main text, title and what the head says', () => {
    const head = `<link rel="canonical" href="/2024/05/18/the-river/"><link rel="alternate" hreflang="fr" href="/fr/la-riviere"><link rel="alternate" hreflang="x-default" href="/"><link rel="alternate" type="application/rss+xml" hreflang="de" href="/feed">
      <meta property="og:image" content="/river.jpg"><meta name="author" content="Ann Porter"><meta property="article:published_time" content="2024-05-18T06:00:00+01:00"><meta property="article:modified_time" content="2024-05-19">`;
    const article = readArticle({ html: html(head), url, now });
    expect(article).to.deep.include({
      title: 'The river rises again',
      authors: [{ name: 'Ann Porter' }],
      publishedAt: '2024-05-18T05:00:00.000Z',
      updatedAt: '2024-05-19T00:00:00.000Z',
      image: 'https://paper.example/river.jpg',
      language: 'en-GB',
      canonicalUrl: 'https://paper.example/2024/05/18/the-river/',
      alternates: [{ language: 'fr', url: 'https://paper.example/fr/la-riviere' }],
      truncated: false,
    });
    expect(article?.text).to.contain('Nobody slept').and.not.contain('Home');
  });

  it('takes JSON-LD before all, and the address for a date where nothing else has one', () => {
    const data = {
      '@type': 'NewsArticle',
      headline: 'The river rises again',
      datePublished: '2024-05-17T10:00:00Z',
      author: [{ name: 'Tom Hale' }],
    };
    const told = readArticle({
      html: html(`<script type="application/ld+json">${JSON.stringify({ '@graph': [data] })}</script>`),
      url,
      now,
    });
    expect(told).to.deep.include({ publishedAt: '2024-05-17T10:00:00.000Z', authors: [{ name: 'Tom Hale' }] });
    expect(readArticle({ html: html(''), url, now })?.publishedAt).to.equal('2024-05-18T00:00:00.000Z');
  });

  it('leaves out the lists of other posts around it', () => {
    const list = `<section><h2>Latest posts</h2><ul>${['One other title of words', 'Two other titles of words', 'Three other titles of words'].map((title, at) => `<li><a href="/p/${at}-a-b-c">${title}</a><p>A teaser of it.</p></li>`).join('')}</ul></section>`;
    expect(readArticle({ html: html('', list), url, now })?.text).to.not.match(/other title|Latest posts/);
  });

  it('says of a text behind a pay wall that it is not all', () => {
    const head = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","isAccessibleForFree":false}</script>`;
    expect(readArticle({ html: html(head), url, now })?.truncated).to.equal(true);
  });

  it('finds none on a page without text', () => {
    expect(readArticle({ html: '<html><body><a href="/x">x</a></body></html>', url, now })).to.equal(null);
    expect(readArticle({ html: '', url, now })).to.equal(null);
  });
});
