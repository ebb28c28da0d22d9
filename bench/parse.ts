/**
 * `node bench/parse.ts [ROUNDS]`: reading 200 realistic feeds, side by side with rss-parser and feedsmith in one process.
 * Every round measures each parser once over the whole set, in turn; medians are printed.
 */
import { parseFeed as feedsmithParse } from 'feedsmith';
import RssParser from 'rss-parser';
import { parseFeed } from '../src/core/parse/parse-feed.ts';
import { generateFeeds } from './support/generate-feeds.ts';

const rounds = Number(process.argv[2] ?? 5);
const feeds = generateFeeds(200);
const megabytes = feeds.reduce((sum, feed) => sum + feed.body.byteLength, 0) / 1e6;
const rssParser = new RssParser();

const contenders: readonly { name: string; run: () => number | Promise<number> }[] = [
  {
    name: 'newsfold (bytes → ParsedFeed)',
    run: () =>
      feeds.reduce((n, feed) => n + parseFeed({ body: feed.body, url: 'https://news.example/feed' }).items.length, 0),
  },
  {
    name: 'feedsmith (text → feed)',
    run: () => feeds.reduce((n, feed) => n + itemCount(feedsmithParse(feed.text)), 0),
  },
  {
    name: 'rss-parser (text → feed)',
    run: async () => {
      let items = 0;
      for (const feed of feeds) items += (await rssParser.parseString(feed.text)).items.length;
      return items;
    },
  },
];

function itemCount(parsed: ReturnType<typeof feedsmithParse>): number {
  const { feed } = parsed;
  if ('items' in feed && Array.isArray(feed.items)) return feed.items.length;
  return 'entries' in feed && Array.isArray(feed.entries) ? feed.entries.length : 0;
}

/** CPU time, not the clock: the machine has other things to do. */
function cpuMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const timesMs = new Map<string, number[]>();
let items = 0;
for (let round = 0; round <= rounds; round++) {
  for (const { name, run } of contenders) {
    const start = process.cpuUsage();
    items = await run();
    // The first round warms the compiler up.
    if (round > 0) timesMs.set(name, [...(timesMs.get(name) ?? []), cpuMs(start)]);
  }
}

console.log(
  `${feeds.length} feeds, ${megabytes.toFixed(1)} MB, ${items} items; CPU time, median of ${rounds} rounds, Node ${process.version}`,
);
for (const [name, times] of timesMs) {
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  console.log(
    `${name.padEnd(32)} ${median.toFixed(0).padStart(6)} ms ${(megabytes / (median / 1000)).toFixed(1).padStart(7)} MB/s`,
  );
}
