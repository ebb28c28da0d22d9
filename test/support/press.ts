import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { escapeText } from '../../src/core/render/xml-text.ts';

export type Post = {
  readonly guid: string;
  readonly title: string;
  readonly text: string;
  readonly at?: string;
  readonly image?: string;
  /** Instead of `http://press.example/<path>/<guid>`. */
  readonly link?: string;
};

export type Press = {
  readonly origin: string;
  /** `127.0.0.1:port`, for `collect.allow`. */
  readonly host: string;
  /** Publishes bytes at a path, or other bytes in their place. */
  put(path: string, body: string | Uint8Array, contentType?: string): void;
  /** Publishes an RSS feed of these posts. */
  print(path: string, language: string, posts: readonly Post[]): void;
  /** How often a path was asked for. */
  readonly requests: ReadonlyMap<string, number>;
  close(): Promise<void>;
};

/** A loopback publisher whose feeds a test edits while the service reads them. */
export async function startPress(): Promise<Press> {
  const documents = new Map<string, { body: Buffer; contentType: string }>();
  const requests = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.set(path, (requests.get(path) ?? 0) + 1);
    const document = documents.get(path);
    if (!document) return void response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(document.body).digest('hex').slice(0, 16)}"`;
    const headers = { ETag: etag, 'Content-Type': document.contentType };
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
    response.writeHead(200, headers).end(document.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const put: Press['put'] = (path, body, contentType = 'application/rss+xml') => {
    documents.set(path, { body: Buffer.from(body), contentType });
  };
  return {
    origin: `http://${host}`,
    host,
    put,
    print: (path, language, posts) => put(path, rssText(path, language, posts)),
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function rssText(path: string, language: string, posts: readonly Post[]): string {
  const home = `http://press.example${path}`;
  const items = posts.map(
    ({ guid, title, text, at, image, link }) =>
      `<item><guid isPermaLink="false">${guid}</guid><title>${escapeText(title)}</title><link>${escapeText(link ?? `${home}/${guid}`)}</link>` +
      `${at ? `<pubDate>${new Date(at).toUTCString()}</pubDate>` : ''}<description>${escapeText(text)}</description>` +
      `${image ? `<enclosure url="${image}" type="image/png" length="100"/>` : ''}</item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Press ${path}</title><link>${home}</link><description>d</description><language>${language}</language>${items.join('')}</channel></rss>`;
}
