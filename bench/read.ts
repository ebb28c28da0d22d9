/**
 * What reading one changed feed costs: 57 kB, 30 items of which one is new, the rest known. CPU time of this process, after warm-up.
 *
 * Usage: node bench/read.ts [rounds]
 */
import { hash128 } from '../src/core/text/hash.ts';
import type { KnownItem, ReadOutcome, ReadRequest } from '../src/pipeline/ports.ts';
import { readDocument } from '../src/pipeline/read-document.ts';
import { loadDetector } from '../src/reader/load-detector.ts';
import { createProcessReader } from '../src/reader/process-reader.ts';

const rounds = Number(process.argv[2] ?? 300);
const detector = await loadDetector();
const source: ReadRequest['source'] = { id: 'bench', keep: [], drop: [] };
const now = Date.UTC(2026, 5, 1);

/** A post of usual make: paragraphs with links and emphasis, a picture, a list. */
function post(number: number): string {
  const link = `https://blog.example/2026/05/post-number-${number}`;
  const body = `<p>Paragraph of post ${number} with <a href="https://elsewhere.example/${number}?utm_source=blog">a link</a>, some <em>emphasis</em> and enough words to be read.</p>
<figure><img src="/images/${number}.jpg" width="800" height="600" alt="A picture" class="wp-image-${number}" srcset="/images/${number}-400.jpg 400w, /images/${number}-800.jpg 800w"></figure>
<p style="text-align:left" class="has-text">Another paragraph, which goes on for a while and says what the first one left out &#8212; as such texts do.</p>
<ul><li>One point</li><li>Two points</li><li>Three <strong>points</strong></li></ul>
<p>${'The rest of the text is plain, as most of it is. '.repeat(16)}</p>`;
  return `<item><title>Post number ${number} &#8211; a title of usual length</title><link>${link}</link>
<guid isPermaLink="false">https://blog.example/?p=${number}</guid><dc:creator><![CDATA[A. Writer]]></dc:creator>
<pubDate>${new Date(now - number * 3_600_000).toUTCString()}</pubDate><category><![CDATA[News]]></category>
<description><![CDATA[Paragraph of post ${number} with a link, some emphasis and enough words [&#8230;]]]></description>
<content:encoded><![CDATA[${body}]]></content:encoded></item>\n`;
}

function feed(from: number): Uint8Array {
  const items = Array.from({ length: 30 }, (_, index) => post(from + index)).join('');
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A blog</title><link>https://blog.example/</link><description>About things</description><language>en-US</language>${items}</channel></rss>`,
  );
}

function requestOf(body: Uint8Array, known: readonly KnownItem[]): ReadRequest {
  return { source, body, contentType: 'application/rss+xml', url: 'https://blog.example/feed/', known, now };
}

function newItems(outcome: ReadOutcome): KnownItem[] {
  if (outcome.kind !== 'read') throw new Error(outcome.message);
  return outcome.result.items.map(({ item, keys, rawHash }) => ({
    itemId: item.id,
    keys,
    rawHash,
    contentHash: item.contentHash,
    firstSeenAt: now,
    orderAt: item.orderAt,
    deleted: false,
  }));
}

async function cpuMs(work: (round: number) => unknown): Promise<number> {
  for (let round = 0; round < rounds; round++) await work(round);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) await work(round);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / rounds;
}

const before = feed(2);
const after = feed(1);
const known = newItems(await readDocument(requestOf(before, []), { detector }));
const many = Array.from({ length: 100 }, (_, copy) =>
  known.map(item => ({
    ...item,
    itemId: `${item.itemId}${copy}`,
    keys: item.keys.map(key => (copy === 0 ? key : `${key}${copy}`)),
  })),
).flat();
const found = newItems(await readDocument(requestOf(after, known), { detector })).length;
console.log(`${(after.byteLength / 1000).toFixed(0)} kB, 30 items, ${found} new; CPU time, mean of ${rounds} rounds`);

const rows: [name: string, aimMs: number | null, ms: number][] = [];
rows.push(['unchanged body: hash and compare', 0.2, await cpuMs(() => hash128(before))]);
rows.push(['one new item of 30', 3, await cpuMs(() => readDocument(requestOf(after, known), { detector }))]);
rows.push([
  `one new item of 30, ${many.length} known`,
  null,
  await cpuMs(() => readDocument(requestOf(after, many), { detector })),
]);
rows.push(['nothing new', null, await cpuMs(() => readDocument(requestOf(before, known), { detector }))]);
rows.push(['all 30 new', null, await cpuMs(() => readDocument(requestOf(before, []), { detector }))]);

const reader = createProcessReader();
const { signal } = new AbortController();
const request = requestOf(after, known);
for (let round = 0; round < 50; round++) await reader.read(request, { signal });
const startedAt = performance.now();
for (let round = 0; round < rounds; round++) await reader.read(request, { signal });
rows.push(['through the process: wall clock, there and back', null, (performance.now() - startedAt) / rounds]);
rows.push([
  'through the process, 3,000 known',
  null,
  await wallMs(() => reader.read(requestOf(after, many), { signal })),
]);
await reader.close();

for (const [name, aimMs, ms] of rows)
  console.log(`${name.padEnd(50)} ${ms.toFixed(3)} ms${aimMs === null ? '' : ` (aim: ${aimMs} ms)`}`);

async function wallMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let round = 0; round < 50; round++) await work();
  return (performance.now() - start) / 50;
}
