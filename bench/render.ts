/**
 * Entries per second of the three writers on pages of 50 stories, as text in parts, and the time of one page as bytes, on one core.
 * `node bench/render.ts [seconds per writer]`
 */
import type { FeedDocument, FeedEntry } from '../src/core/render/feed-document.ts';
import { renderAtom } from '../src/core/render/render-atom.ts';
import { renderJsonFeed } from '../src/core/render/render-json-feed.ts';
import { renderRss } from '../src/core/render/render-rss.ts';

const secondsMax = Number(process.argv[2] ?? 3);

const paragraphs = [
  'Le président du conseil s’est entretenu vendredi avec les maires de la région, a annoncé son cabinet.',
  'حفتر يستقبل وفدا من البلديات الشرقية في بنغازي لبحث ملف إعادة الإعمار بعد الفيضانات.',
  'The talks, held behind closed doors, went on for more than three hours &amp; ended without a statement.',
  'Переговоры, которые длились более трёх часов, завершились без заявления для печати.',
];

/** 1–2 kB of HTML each, in several scripts, with links; every third has other versions, every tenth an enclosure. */
function entry(n: number): FeedEntry {
  const uuid = `7d9c1c3e-51a4-8b0e-a3f1-${n.toString(16).padStart(12, '0')}`;
  const body = paragraphs.map(
    (text, k) => `<p>${text} <a href="https://source${k}.example/${n}?a=1&amp;b=2">…</a></p>`,
  );
  const count = n % 5 === 0 ? 2 : 1;
  return {
    id: `urn:uuid:${uuid}`,
    url: `https://source${n % 40}.example/2026/11/28/story-${n}?ref=rss&id=${n}`,
    storyUrl: `https://news.example/stories/${uuid}`,
    title: `Story ${n}: ${paragraphs[n % 4]?.slice(0, 70)}`,
    summaryHtml: `<p>${paragraphs[n % 4]}</p>`,
    contentHtml: Array.from({ length: count }, () => body.join('\n')).join('\n'),
    publishedAt: 1_790_000_000_000 - n * 60_000,
    updatedAt: 1_790_000_000_000 - n * 59_000,
    language: ['fr', 'ar', 'en', 'ru'][n % 4] ?? null,
    authors: [{ name: `Author ${n % 17}` }],
    categories: ['Politics', 'Afrique & Moyen-Orient'],
    enclosures:
      n % 10 === 0 ? [{ url: `https://cdn.example/${n}.mp3`, type: 'audio/mpeg', length: 1_000_000 + n }] : [],
    image: `https://cdn.example/images/${n}.jpg`,
    sourceTitle: `Source ${n % 40}`,
    sourceUrl: `https://source${n % 40}.example/`,
    sourceFeedUrl: `https://source${n % 40}.example/feed.xml`,
    commentsUrl: null,
    podcast: n % 10 === 0 ? [{ name: 'itunes:episode', text: String(n), attributes: {} }] : [],
    durationSeconds: n % 10 === 0 ? 1800 : null,
    others:
      n % 3 === 0
        ? [
            { language: 'it', sourceTitle: 'ANSA', title: 'Haftar riceve i sindaci', url: `https://ansa.example/${n}` },
            {
              language: 'en',
              sourceTitle: 'Reuters',
              title: 'Haftar meets mayors',
              url: `https://reuters.example/${n}`,
            },
          ]
        : [],
  };
}

function feed(count: number): FeedDocument {
  return {
    id: 'urn:uuid:0b1f7a52-6f3e-8d11-9a3c-2f5a9f0d7c11',
    title: 'Libya',
    description: null,
    language: null,
    readerLanguage: 'en',
    homeUrl: 'https://news.example/topics/libya',
    selfUrl: 'https://news.example/feeds/libya.rss',
    nextUrl: null,
    hubUrls: [],
    updated: 1_790_000_000_000,
    iconUrl: null,
    archive: null,
    entries: Array.from({ length: count }, (_, n) => entry(n)),
  };
}

const page = feed(50);
const writers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed };

for (const [name, render] of Object.entries(writers)) {
  const bytes = Buffer.byteLength(render(page).join('')) / page.entries.length;
  let entries = 0;
  let sum = 0;
  const begin = performance.now();
  const cpuBefore = process.cpuUsage();
  while (performance.now() - begin < secondsMax * 1000) {
    // Reading a character makes V8 join what the writer concatenated.
    for (const part of render(page)) sum += part.charCodeAt(1);
    entries += page.entries.length;
  }
  const seconds = (performance.now() - begin) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const times: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    const start = performance.now();
    Buffer.concat(render(page).map(part => Buffer.from(part)));
    times.push(performance.now() - start);
  }
  if (Number.isNaN(sum)) throw new Error('nothing was written');
  times.sort((a, b) => a - b);
  const [perSecond, perCpuSecond] = [entries / seconds, entries / cpuSeconds].map(n =>
    Math.round(n).toLocaleString('en'),
  );
  console.log(
    `${name.padEnd(5)} ${perSecond} entries/s, ${perCpuSecond} per CPU second (${Math.round(bytes)} B each), ` +
      `page of 50 as bytes: median ${times[100]?.toFixed(2)} ms, p99 ${times[197]?.toFixed(2)} ms`,
  );
}
