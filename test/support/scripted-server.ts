import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { readonly path: string; readonly host: string; readonly headers: IncomingHttpHeaders };

export type ScriptedServer = {
  readonly port: number;
  /** `127.0.0.1:<port>`, as `collect.allow` takes it. */
  readonly address: string;
  readonly origin: string;
  /** Every request so far, in order. */
  readonly asked: Asked[];
  /** How often a path was asked for. */
  count(path: string): number;
  /** What is answered from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
};

/** A well-behaved HTTP server on loopback whose answers a test writes, and changes as it goes. As a proxy it sees whole addresses. */
export async function startScriptedServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    void response.writeHead(404).end(),
): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '/', host: request.headers.host ?? '', headers: request.headers });
    scripted.answer(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scripted: ScriptedServer = {
    port,
    address: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    asked,
    count: path => asked.filter(each => each.path === path).length,
    answer,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return scripted;
}

/** An RSS document. Titles are the items' own words, so that none is folded with another. */
export function rss(
  title: string,
  items: readonly { readonly guid: string; readonly title?: string; readonly date?: number | string }[],
): string {
  const rows = items.map(({ guid, title: own, date }) => {
    const when =
      date === undefined ? '' : `<pubDate>${typeof date === 'number' ? new Date(date).toUTCString() : date}</pubDate>`;
    return `<item><guid isPermaLink="false">${guid}</guid><title>${own ?? `${guid}a ${guid}b ${guid}c`}</title><link>http://posts.example/${guid}</link>${when}<description>${guid}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>http://posts.example/</link><description>d</description>${rows.join('')}</channel></rss>`;
}
