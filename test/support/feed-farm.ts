import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FeedFarm = {
  readonly origin: string;
  /** Requests answered so far, by path. */
  readonly requests: ReadonlyMap<string, number>;
  /** Adds one new item to every feed. */
  grow(): void;
  /** Every answer comes so much later from now on. */
  slow(delayMs: number): void;
  /** What a feed lists now. */
  titles(feed: string): readonly string[];
  /** Requests that wait for their answer now. */
  waiting(): number;
  /** The most that waited at the same time so far. */
  waitedMost(): number;
  close(): Promise<void>;
};

/** Loopback feeds at `/feed/<n>.xml`, each with `items` items, with ETags and 304s, as a well-kept site would serve them. */
export async function startFeedFarm(options: {
  readonly items: number;
  readonly delayMs?: number;
  readonly bodyBytes?: number;
}): Promise<FeedFarm> {
  const requests = new Map<string, number>();
  let generation = 0;
  let delayMs = options.delayMs ?? 0;
  let waiting = 0;
  let waitedMost = 0;
  const filler = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(
    Math.ceil((options.bodyBytes ?? 600) / 57),
  );
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.set(path, (requests.get(path) ?? 0) + 1);
    const feed = /^\/feed\/(\d+)\.xml$/.exec(path)?.[1];
    if (feed === undefined) return void response.writeHead(404).end();
    const etag = `"${feed}-${generation}"`;
    const answer = () => {
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { ETag: etag }).end();
      response
        .writeHead(200, { 'Content-Type': 'application/rss+xml', ETag: etag })
        .end(feedText(feed, generation, options.items, filler));
    };
    waiting++;
    waitedMost = Math.max(waitedMost, waiting);
    const timer = setTimeout(answer, delayMs);
    response.once('close', () => {
      waiting--;
      clearTimeout(timer);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    grow: () => {
      generation++;
    },
    slow: ms => {
      delayMs = ms;
    },
    titles: feed => Array.from({ length: options.items }, (_, i) => titleOf(feed, generation + options.items - i)),
    waiting: () => waiting,
    waitedMost: () => waitedMost,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function feedText(feed: string, generation: number, items: number, filler: string): string {
  const base = Date.UTC(2026, 0, 1);
  const rows = Array.from({ length: items }, (_, i) => {
    const n = generation + items - i;
    const word = wordOf(feed, n);
    return `<item><guid isPermaLink="false">${feed}-${n}</guid><title>${titleOf(feed, n)}</title><link>http://farm.example/${feed}/${n}</link><pubDate>${new Date(base + n * 3_600_000).toUTCString()}</pubDate><description>${word} ${filler}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>http://farm.example/${feed}</link><description>d</description><language>en</language>${rows.join('')}</channel></rss>`;
}

/** Titles share no word, so that none of them is folded with another. */
function titleOf(feed: string, n: number): string {
  const word = wordOf(feed, n);
  return `${word}a ${word}b ${word}c`;
}

function wordOf(feed: string, n: number): string {
  return `q${Number(feed).toString(36)}x${n.toString(36)}`;
}
