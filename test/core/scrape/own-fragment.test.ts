import { expect } from 'chai';
import { publicAddress } from '../../../src/core/scrape/public-address.ts';
import { scrapePage } from '../../../src/core/scrape/scrape-page.ts';

const now = Date.UTC(2026, 2, 12);
const entry = (version: string, title = `Version ${version}: quieter and quicker`) =>
  `<section class="release" id="v${version}"><h2><a href="#v${version}">${title}</a></h2><p class="date">2 March 2026</p><p>Added <a href="/docs/views">saved views</a> and more.</p></section>`;
const page = (body: string) => `<html lang="en"><body><main><h1>Changelog</h1>${body}</main></body></html>`;
const links = (html: string, url: string, rules = {}) =>
  scrapePage({ html, url, rules, now }).items.map(item => item.url);

describe('items that are places on the page itself', () => {
  const html = page(['3', '2', '1'].map(version => entry(version)).join(''));

  it('get the place as their link', () => {
    const url = 'https://loom.example/changelog';
    expect(links(html, url)).to.deep.equal([`${url}#v3`, `${url}#v2`, `${url}#v1`]);
  });

  it('get it from an id alone, where nothing else is their own link', () => {
    const bare = page(
      ['3', '2', '1'].map(version => entry(version).replace(/<a href="#[^>]*>([^<]*)<\/a>/, '$1')).join(''),
    );
    expect(links(bare, 'https://loom.example/changelog')[0]).to.equal('https://loom.example/changelog#v3');
  });

  it('never carry what is secret in the address the page is asked for by', () => {
    const url =
      'https://user:pass@loom.example/log.php?id=7&token=open-sesame&k=9f8e7d6c5b4a39281706&u=0b6f3e0a-5a1c-4d3e-9c2b-1f2e3d4c5b6a';
    for (const rules of [{}, { items: '.release', link: 'h2 a@href' }])
      expect(links(html, url, rules)[0]).to.equal('https://loom.example/log.php?id=7#v3');
    const { feed, items } = scrapePage({ html, url, rules: { article: true }, now });
    expect(JSON.stringify([feed, items])).to.not.match(/sesame|9f8e7d|0b6f3e0a|pass@/);
  });

  it('are not the sections of an article beside a list of posts', () => {
    const post = (n: number) =>
      `<li><a href="/blog/${n}-what-we-learnt-this-month">What we learnt in month ${n} of the year</a> <time datetime="2026-0${n}-01">1/${n}</time></li>`;
    const both = `<html><body><article>${['a', 'b', 'c', 'd'].map(id => `<h2 id="${id}"><a href="#${id}">A section called ${id} here</a></h2><p>Words and words about it.</p>`).join('')}</article><section><h2>Latest posts</h2><ul>${[1, 2, 3].map(post).join('')}</ul></section></body></html>`;
    expect(links(both, 'https://loom.example/about')[0]).to.match(/\/blog\/1-/);
  });
});

describe('a page’s address as readers may see it', () => {
  for (const [given, shown] of [
    ['https://x.example/news?page=2', 'https://x.example/news?page=2'],
    ['https://x.example/news?api_key=abc', 'https://x.example/news'],
    [
      'https://x.example/n?article=2026-03-12-a-long-slug-of-words',
      'https://x.example/n?article=2026-03-12-a-long-slug-of-words',
    ],
  ] as const)
    it(`${given} is ${shown}`, () => expect(publicAddress(given)).to.equal(shown));
});
