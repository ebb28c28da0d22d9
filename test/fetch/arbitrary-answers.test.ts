import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { createHttpFetcher } from '../../src/fetch/http-fetcher.ts';

/** Pieces of HTTP in any order, whole and broken, between arbitrary bytes. */
const piece = fc.oneof(
  fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 304 Not Modified\r\n',
    'HTTP/1.1 302 Found\r\n',
    'HTTP/1.1 103 Early Hints\r\n',
    'HTTP/1.0 500 No\r\n',
    'Location: /\r\n',
    'Location: //\r\n',
    'Location: http://[::1]/\r\n',
    'Location:\r\n',
    'ETag: \xff\r\n',
    'Content-Length: 3\r\n',
    'Content-Length: 0\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip\r\n',
    'Content-Encoding: gzip\r\n',
    'Content-Encoding: br, zstd\r\n',
    'Retry-After: x\r\n',
    'Cache-Control: max-age=9\r\n',
    'Link: <>; rel=hub\r\n',
    'Connection: close\r\n',
    'Connection: upgrade\r\n',
    'Keep-Alive: timeout=0\r\n',
    '__proto__: x\r\n',
    '\r\n',
    '\n',
    '\r',
    '3\r\nabc\r\n',
    '0\r\n\r\n',
    'ffffffff\r\n',
    '<rss/>',
    '\x1f\x8b\x08\x00',
    '\0',
    ' ',
  ),
  fc.uint8Array({ maxLength: 12 }).map(bytes => Buffer.from(bytes).toString('latin1')),
);
const answer = fc.array(piece, { maxLength: 14 }).map(pieces => Buffer.from(pieces.join(''), 'latin1'));

describe('arbitrary answers', () => {
  it('never make the fetcher throw, hang or connect elsewhere, on kept connections too', async () => {
    let bytes = Buffer.alloc(0);
    const server = createServer(socket => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        socket.write(bytes);
        // Half of all answers leave the connection open.
        if (bytes.length % 2 === 0) socket.end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const fetcher = createHttpFetcher({
      allow: [`127.0.0.1:${port}`],
      userAgent: 'test',
      timeoutMs: 60,
      bodyBytesMax: 10_000,
      perHostMax: 1,
      now: Date.now,
      resolve: async () => ['127.0.0.1'],
    });
    const signal = AbortSignal.timeout(60_000);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(answer, async generated => {
        bytes = generated;
        const outcome = await fetcher.fetchSource(
          { url: `http://a${run++ % 50}.test:${port}/`, validators: { etag: '"1"', lastModified: null }, http: {} },
          { signal },
        );
        expect(['modified', 'not-modified', 'gone', 'failed']).to.include(outcome.kind);
        expect(outcome.timings.totalMs).to.be.below(5_000);
      }),
      { numRuns: 200 },
    );
    await fetcher.close();
    await new Promise(resolve => server.close(resolve));
  });
});
