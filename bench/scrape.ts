/**
 * `node --expose-gc bench/scrape.ts [ROUNDS]`: scraping pages of 200 kB (auto-detect, and by selectors), an article, and
 * hostile pages. CPU time is of this process, medians over the rounds; hostile pages also show how much memory they took.
 */

import { findLists } from '../src/core/scrape/find-lists.ts';
import { parsePage } from '../src/core/scrape/parse-page.ts';
import { readArticle } from '../src/core/scrape/read-article.ts';
import { readContext, scrapePage } from '../src/core/scrape/scrape-page.ts';

const rounds = Number(process.argv[2] ?? 30);
const now = Date.parse('2024-05-20T12:00:00Z');
const url = 'https://paper.example/';
const kilobytes = 200;

const words =
  'council river bridge library harvest school night train harbour museum vote water village garden light'.split(' ');

/** A front page as they are: much markup and script around some sixty cards in sections, menus, a footer. */
function frontPage(): string {
  const card = (at: number): string => {
    const title = Array.from({ length: 9 }, (_, word) => words[(at * 7 + word * 3) % words.length]).join(' ');
    const href = `/news/2024/05/${String((at % 28) + 1).padStart(2, '0')}/${title.replaceAll(' ', '-')}-${at}.html`;
    return `<article class="card card--standard" data-track="front|${at}"><div class="card__media"><a href="${href}" tabindex="-1"><picture><source media="(min-width: 980px)" srcset="/img/${at}/w480.jpg 480w, /img/${at}/w960.jpg 960w"><img loading="lazy" src="/img/${at}/w320.jpg" alt=""></picture></a></div><div class="card__body"><span class="card__kicker">Local</span><h3 class="card__title"><a href="${href}">${title}</a></h3><p class="card__text">The ${title} was on the agenda again, and ${title} will be so next week, too.</p><footer class="card__meta"><time datetime="2024-05-${String((at % 19) + 1).padStart(2, '0')}T08:00:00Z">May</time><span class="card__author">By Ann Porter</span></footer></div></article>`;
  };
  const menu = Array.from(
    { length: 120 },
    (_, at) => `<li class="menu__item"><a href="/section/${at}">Section number ${at}</a></li>`,
  ).join('');
  const sections = Array.from(
    { length: 12 },
    (_, at) =>
      `<section class="band"><h2><a href="/s/${at}">Section ${at}</a></h2><div class="band__row">${[0, 1, 2, 3, 4].map(each => card(at * 5 + each)).join('')}</div></section>`,
  ).join('');
  const page = `<!doctype html><html lang="en"><head><title>The Paper</title><style>${'.card{margin:0;padding:0}'.repeat(600)}</style></head><body><header><nav><ul>${menu}</ul></nav></header><main>${sections}</main><aside class="most-read"><ol>${Array.from({ length: 10 }, (_, at) => `<li><a href="/old/${at}">Something that many people read number ${at}</a></li>`).join('')}</ol></aside><footer><ul>${menu}</ul></footer><script>window.__STATE__={"a":1};`;
  return `${page}${'var tracker = function () { return document.title; };\n'.repeat(Math.max(0, Math.floor((kilobytes * 1000 - page.length) / 54)))}</script></body></html>`;
}

/** A page of the same size that is nothing but items. */
function longList(): string {
  const row = (at: number): string =>
    `<li class="row"><span class="date">${(at % 28) + 1} May 2024</span> <a href="/press/${at}">Press release number ${at} about the ${words[at % words.length]} and the ${words[(at + 4) % words.length]}</a><p>Some words about it.</p></li>`;
  const size = row(100).length;
  return `<html lang="en"><body><h1>Press</h1><ul>${Array.from({ length: Math.floor((kilobytes * 1000) / size) }, (_, at) => row(at)).join('')}</ul></body></html>`;
}

/** Pages of the same size of one thing repeated: whatever its shape, a page must not cost much more than another. */
function repeated(one: (at: number, title: string) => string): string {
  let body = '';
  for (let at = 0; body.length < kilobytes * 1000; at += 1)
    body += one(at, `The ${words[at % words.length]} and the ${words[(at * 7) % words.length]} number ${at}`);
  return `<html lang="en"><body>${body}</body></html>`;
}

const shapes: Readonly<Record<string, string>> = {
  'nested div, no classes': repeated(
    (at, title) =>
      `<div><div><div><a href="/p/${at}-a-long-slug"><div>${title}</div></a></div><div><div>${(at % 28) + 1} May 2024</div><div>Some words about it, and some more.</div></div></div></div>`,
  ),
  'rows of a table': `<table>${repeated((at, title) => `<tr><td>${(at % 28) + 1}.05.2024</td><td><a href="/d/${at}.html">${title}</a></td><td>Office ${at % 9}</td></tr>`)}</table>`,
  'nothing but links': repeated((at, title) => `<a href="/l/${at}">${title}</a> `),
};

function articlePage(): string {
  const paragraph = `<p>${'The river rose again in the night and the village waited for news from upstream, as it does every spring. '.repeat(6)}</p>`;
  return frontPage().replace(
    '<main>',
    `<main><article class="post"><h1>The river rose again</h1>${paragraph.repeat(12)}</article>`,
  );
}

function medianCpuMs(run: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < rounds + 5; round += 1) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    // The first rounds are the engine's, not ours.
    if (round >= 5) times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

const front = frontPage();
const list = longList();
const article = articlePage();
const rules = {
  items: 'article.card',
  link: 'h3 a@href',
  title: 'h3',
  summary: 'p',
  date: 'time@datetime',
  image: 'img@src',
};
const cases: readonly (readonly [string, string, () => number])[] = [
  ['front page, parse only', front, () => parsePage(front, url).elements.length],
  ['front page, auto-detect', front, () => scrapePage({ html: front, url, rules: {}, now }).items.length],
  ['front page, by selectors', front, () => scrapePage({ html: front, url, rules, now }).items.length],
  ['list of items only, auto-detect', list, () => scrapePage({ html: list, url, rules: {}, now }).items.length],
  ...Object.entries(shapes).map(
    ([name, html]) =>
      [`${name}, auto-detect`, html, () => scrapePage({ html, url, rules: {}, now }).items.length] as const,
  ),
  ['front page, all suggestions', front, () => findLists(readContext({ html: front, url, now })).length],
  ['article', article, () => readArticle({ html: article, url, now })?.text.length ?? 0],
];
for (const [name, html, run] of cases) {
  process.stdout.write(
    `${name.padEnd(34)} ${(html.length / 1000).toFixed(0).padStart(5)} kB  ${medianCpuMs(run).toFixed(1).padStart(7)} ms CPU  (${run()} found)\n`,
  );
}

const hostile: Readonly<Record<string, string>> = {
  'deep: 200,000 nested div': '<div>'.repeat(200_000),
  'deep: 100,000 nested links': '<a href="/some-long-address-here">'.repeat(100_000),
  'unmatched end tags': '<div>'.repeat(50_000) + '</b>'.repeat(800_000),
  'wide: 150,000 list items': `<ul>${'<li><a href="/a-post-with-a-name">A title of several words here</a></li>'.repeat(150_000)}</ul>`,
  'unclosed: 300,000 p': '<p>word word word <a href=x-y-z>link with four words</a>'.repeat(300_000),
  'tables in tables': '<table><tr><td>'.repeat(40_000),
  'one text of 10 MB': `<p>${'word '.repeat(2_000_000)}</p>`,
  'one class of 2 MB': `<div class="${'a-b '.repeat(500_000)}"><a href=/x>y</a></div>`.repeat(2),
  'many attributes': `<div ${Array.from({ length: 200_000 }, (_, at) => `a${at}="1"`).join(' ')}>x</div>`,
  'json-ld: deep arrays': `<script type="application/ld+json">${'['.repeat(500_000)}${']'.repeat(500_000)}</script>`,
  'json-ld: 100,000 articles': `<script type="application/ld+json">[${'{"@type":"NewsArticle","url":"/a-b-c","headline":"A title of words"},'.repeat(60_000)}{}]</script>`,
  'dates without end': `<ul>${`<li><a href="/a-b-c">Title of some words</a><span class="date">${'1 May '.repeat(30)}</span></li>`.repeat(8000)}</ul>`,
  dashes: `<ul>${`<li><a href="/a-b-c">${'word – '.repeat(200)}</a></li>`.repeat(2000)}</ul>`,
};
for (const [name, html] of Object.entries(hostile)) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const started = process.cpuUsage();
  const found = scrapePage({ html, url, rules: {}, now });
  const scraped = process.cpuUsage(started);
  const again = process.cpuUsage();
  readArticle({ html, url, now });
  const read = process.cpuUsage(again);
  const megabytes = Math.max(0, process.memoryUsage().rss - before) / 1e6;
  const ms = (usage: NodeJS.CpuUsage): string => ((usage.user + usage.system) / 1000).toFixed(0).padStart(6);
  process.stdout.write(
    `hostile ${name.padEnd(28)} ${(html.length / 1e6).toFixed(1).padStart(5)} MB  scrape ${ms(scraped)} ms, article ${ms(read)} ms, +${megabytes.toFixed(0)} MB  (${found.items.length} items)\n`,
  );
}
