import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SmallSite = {
  readonly origin: string;
  /** `host:port`, for `collect.allow`. */
  readonly address: string;
  readonly pages: Map<string, { readonly type: string; readonly body: string | Uint8Array; readonly status?: number }>;
  stop(): Promise<void>;
};

/** A publisher on loopback whose pages a test writes. */
export async function startSmallSite(): Promise<SmallSite> {
  const pages: SmallSite['pages'] = new Map();
  const server: Server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page?.status ?? (page ? 200 : 404), { 'content-type': page?.type ?? 'text/plain' });
    response.end(page?.body ?? 'nothing here');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    address: `127.0.0.1:${port}`,
    pages,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

export function rssFeed(
  title: string,
  items: readonly { readonly title: string; readonly url: string; readonly author?: string; readonly text?: string }[],
): string {
  const body = items.map(
    (item, i) =>
      `<item><title>${escapeXml(item.title)}</title><link>${escapeXml(item.url)}</link><guid isPermaLink="false">${i}-${escapeXml(item.url)}</guid>${item.author ? `<author>${escapeXml(item.author)}</author>` : ''}<description>${escapeXml(item.text ?? '')}</description><pubDate>${new Date(Date.now() - (i + 1) * 3_600_000).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${escapeXml(title)}</title><link>http://site.example/</link><description>d</description>${body.join('')}</channel></rss>`;
}
