/**
 * Feeds on 127.0.0.1 in a process of their own, so that their cost is nobody else's: `/feed/<n>.xml`, 30 items and 57 kB each, in
 * five languages, with ETags and 304s. A line `grow` on stdin adds one item to every feed; the end of stdin ends the process.
 *
 * Usage: node bench/support/feed-farm.ts [items per feed]; the first line of stdout is the origin.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

const items = Number(process.argv[2] ?? 30);
const firstAt = Date.now() - 40 * 3_600_000;
let generation = 0;
const answered = { whole: 0, unchanged: 0 };

const languages = {
  en: 'the council voted on tuesday to extend the ferry line beyond the old harbour after months of talks with residents and owners of the larger ships',
  it: 'il consiglio ha approvato la nuova linea del traghetto dopo mesi di confronto con gli abitanti del quartiere più antico della città e del porto',
  de: 'der Stadtrat hat am Dienstag beschlossen die Fährverbindung über den alten Hafen hinaus zu verlängern damit größere Schiffe anlegen können',
  fr: 'le conseil municipal a décidé mardi de prolonger la ligne de bateaux après des mois de débats très animés à l’hôtel de ville avec les habitants',
  es: 'el ayuntamiento aprobó el martes ampliar la línea de barcos más allá del puerto viejo tras meses de conversaciones con los vecinos del barrio',
} as const;

const syllables = 'ka lo mi ren tas vo bel dur fin gor hal nis pra sel tov zum'.split(' ');

/** A name that no other item has. */
function name(seed: number): string {
  const mixed = Math.imul(seed + 1, 2654435761) >>> 0;
  const parts = [0, 4, 8, 12].map(shift => syllables[(mixed >>> shift) & 15] ?? '');
  return parts.join('').replace(/^./, first => first.toUpperCase());
}

/** Usual words of a language around names of its own, so that no two items tell the same. */
function sentence(words: readonly string[], seed: number, length: number): string {
  const picked = Array.from({ length }, (_, n) =>
    n % 3 === 2 ? name(seed * 8 + (n % 8)) : (words[(seed * 31 + n * 7) % words.length] ?? ''),
  );
  return `${picked.join(' ')}.`;
}

function item(feed: number, n: number, words: readonly string[]): string {
  const seed = feed * 1009 + n;
  const link = `http://farm.example/${feed}/2026/post-number-${n}`;
  const paragraphs = Array.from(
    { length: 4 },
    (_, k) =>
      `<p class="has-text">${sentence(words, seed + k, 24)} <a href="http://elsewhere.example/${seed}?utm_source=feed&amp;p=${k}">${sentence(words, seed + k, 3)}</a> <em>${sentence(words, seed, 4)}</em></p>`,
  );
  const picture = `<figure><img src="http://farm.example/images/${seed}.jpg" width="800" height="600" alt="" srcset="/images/${seed}-400.jpg 400w"></figure>`;
  return `<item><title>${sentence(words, seed, 8)}</title><link>${link}</link>
<guid isPermaLink="false">http://farm.example/${feed}/?p=${n}</guid><dc:creator><![CDATA[A. Writer]]></dc:creator>
<pubDate>${new Date(firstAt + n * 3_600_000).toUTCString()}</pubDate><category><![CDATA[News]]></category>
<description><![CDATA[${sentence(words, seed, 20)} [&#8230;]]]></description>
<content:encoded><![CDATA[${picture}${paragraphs.join('\n')}]]></content:encoded></item>\n`;
}

function feedText(feed: number): string {
  const names = Object.keys(languages) as (keyof typeof languages)[];
  const language = names[feed % names.length] ?? 'en';
  const words = languages[language].split(' ');
  const posts = Array.from({ length: items }, (_, k) => item(feed, generation + items - k, words));
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed ${feed}</title><link>http://farm.example/${feed}/</link><description>About things</description><language>${language}</language>${posts.join('')}</channel></rss>`;
}

const server = createServer((request, response) => {
  const feed = /^\/feed\/(\d+)\.xml$/.exec(request.url ?? '')?.[1];
  if (feed === undefined) {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answered));
    return;
  }
  const etag = `"${feed}-${generation}"`;
  if (request.headers['if-none-match'] === etag) {
    answered.unchanged++;
    response.writeHead(304, { ETag: etag }).end();
    return;
  }
  answered.whole++;
  response
    .writeHead(200, { 'Content-Type': 'application/rss+xml; charset=utf-8', ETag: etag })
    .end(feedText(Number(feed)));
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
const lines = createInterface({ input: process.stdin });
lines.on('line', line => {
  if (line === 'grow') generation++;
});
lines.on('close', () => process.exit(0));
