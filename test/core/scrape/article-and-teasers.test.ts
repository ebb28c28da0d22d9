import { expect } from 'chai';
import { type ItemContext, normalizeItem } from '../../../src/core/normalize/normalize-item.ts';
import { scrapePage } from '../../../src/core/scrape/scrape-page.ts';
import { loadDetector } from '../../../src/reader/load-detector.ts';
import { seedTeasers } from '../../support/seed-teasers.ts';

/**
 * The page this project began with: an article in English, and beside it the latest posts in Italian and French, each with a
 * teaser broken off after some words, one post listed twice. Here in the markups such a list is written in.
 */
const title = 'Russian army officials visit Libya after Haftar invite';
const paragraphs = [
  'Russian military officials including Moscow’s deputy defense minister arrived in Libya on Tuesday after receiving an invite from pro-Moscow military strongman Khalifa Haftar.',
  'Haftar, who backs the country’s eastern administration, is close to Russia’s private Wagner mercenary group, whose troops guard military and oil infrastructure in the country.',
  '“This is the first official visit of a Russian military delegation to Libya,” Moscow’s defense ministry said.',
  'It said the visit, led by Deputy Defense Minister Yunus-bek Yevkurov, was organized after talks with Libya at the Army-2023 expo and Moscow Conference on International Security earlier this month.',
  '“During the visit, it is planned to discuss prospects for cooperation in combating international terrorism and other issues of joint action,” it added.',
  'The meeting came amid renewed focus on Russia’s activities in Africa, after Wagner chief Yevgeny Prigozhin announced in a video published Monday that his group was making the continent “freer.”',
  'Wagner maintains a strong military presence in Africa, where it has partnered with several nations, including Mali and the Central African Republic.',
];
const href = (at: number): string => `/2025/01/post-number-${at}/`;
const joined = (at: number): string => {
  const [, name = '', teaser = ''] = seedTeasers[at] ?? [];
  return teaser === '' ? name : `${name} – ${teaser}`;
};
const each = (row: (at: number, name: string, teaser: string) => string): string =>
  seedTeasers.map(([, name, teaser], at) => row(at, name, teaser)).join('\n');

const markups: Readonly<Record<string, string>> = {
  'rows that are one link': `<h2>Latest from Blog</h2><ul>${each(at => `<li><a href="${href(at)}">${joined(at)}</a></li>`)}</ul>`,
  'a link and the teaser behind a dash': `<h3 class="widget-title">Latest from Blog</h3><ul class="recent">${each((at, name, teaser) => `<li><a href="${href(at)}">${name}</a>${teaser ? ` – ${teaser}` : ''}</li>`)}</ul>`,
  'cards whose text begins with the title': `<section class="latest"><h2>Latest from Blog</h2>${each((at, name) => `<article class="card"><h3><a href="${href(at)}">${name}</a></h3><p>${joined(at)}</p></article>`)}</section>`,
  'a block of latest posts': `<h2 class="wp-block-heading">Latest from Blog</h2><ul class="wp-block-latest-posts__list wp-block-latest-posts">${each((at, name) => `<li><a class="wp-block-latest-posts__post-title" href="${href(at)}">${name}</a><div class="wp-block-latest-posts__post-excerpt">${joined(at)}</div></li>`)}</ul>`,
  'boxes with a headline and a text': `<div class="blog-latest"><div class="heading">Latest from Blog</div>${each((at, name, teaser) => `<div class="box"><a href="${href(at)}"><img src="/i/${at}.jpg" alt=""></a><h4><a href="${href(at)}">${name}</a></h4><p>${teaser}</p></div>`)}</div>`,
  'boxes without any class': `<div><h2>Latest from Blog</h2>${each(at => `<div><a href="${href(at)}">${joined(at)}</a></div>`)}</div>`,
};

const now = Date.parse('2025-02-01T12:00:00Z');

describe('an article with the latest posts beside it', () => {
  for (const [name, list] of Object.entries(markups)) {
    for (const isWithin of [false, true]) {
      it(`gives the article and its eleven teasers in their languages: ${name}${isWithin ? ', within the article' : ''}`, async () => {
        const text = paragraphs.map(paragraph => `<p>${paragraph}</p>`).join('');
        const main = `<article class="post"><h1>${title}</h1>${text}${isWithin ? list : ''}</article>${isWithin ? '' : `<div class="side">${list}</div>`}`;
        const html = `<!doctype html><html lang="en-US"><head><title>${title} – A blog</title><meta property="og:type" content="article"></head><body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>${main}<footer><a href="/privacy">Privacy</a></footer></body></html>`;
        const url = 'https://blog.example/2023/08/russian-army-officials/';
        const scraped = scrapePage({ html, url, rules: { article: true }, now });
        const context: ItemContext = {
          sourceId: 'blog',
          feed: scraped.feed,
          documentUrl: url,
          languageHint: null,
          now,
          detector: await loadDetector(),
          frontPage: null,
          sharedPages: new Set(),
        };
        const [article, ...items] = scraped.items.map((item, at) =>
          normalizeItem(item, { itemId: `i${at}`, known: null }, context),
        );
        expect(article?.title).to.equal(title);
        expect(article?.language).to.match(/^en/);
        for (const paragraph of paragraphs) expect(article?.text).to.include(paragraph.slice(0, 60));
        expect(article?.text).to.not.include('Retailleau');
        expect(items.map(item => item.title.replace(/…$/, ''))).to.deep.equal(seedTeasers.map(([, each]) => each));
        expect(items.map(item => item.language)).to.deep.equal(seedTeasers.map(([language]) => language));
        expect(items.map(item => item.url)).to.deep.equal(
          seedTeasers.map((_, at) => `https://blog.example${href(at)}`),
        );
        for (const [at, item] of items.entries()) {
          const teaser = seedTeasers[at]?.[2] ?? '';
          expect(item.text.replace(/…$/, '').trim(), item.title).to.equal(teaser.replace(/,$/, '').trim());
          if (teaser !== '') expect(item.text).to.match(/…$/);
          expect(item.contentHtml).to.equal(null);
        }
      });
    }
  }
});
