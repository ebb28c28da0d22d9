import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpFetcher } from '../src/fetch/http-fetcher.ts';

/** CPU of the fetcher alone: 2,000 feeds of 57 kB on loopback, served by another process. `node bench/fetch.ts` */
if (process.argv[2] === 'serve') serve();
else await measure();

function serve(): void {
  const body = Buffer.alloc(57_000, '<item><title>words and words</title></item>');
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] !== undefined) response.writeHead(304, { etag: '"1"' }).end();
    else response.writeHead(200, { etag: '"1"', 'content-length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

async function measure(): Promise<void> {
  const server = fork(import.meta.filename, ['serve']);
  const [port] = (await once(server, 'message')) as [number];
  for (const hosts of [1, 2_000]) {
    const fetcher = createHttpFetcher({
      allow: [`127.0.0.1:${port}`],
      userAgent: 'newsfold-bench/1',
      timeoutMs: 30_000,
      bodyBytesMax: 10 * 1024 * 1024,
      perHostMax: hosts === 1 ? 32 : 2,
      now: Date.now,
      resolve: async () => ['127.0.0.1'],
    });
    for (const etag of [null, '"1"', null, '"1"']) {
      const cpuBefore = process.cpuUsage();
      const startedAt = performance.now();
      let next = 0;
      const fetchSome = async (): Promise<void> => {
        while (next < 2_000) {
          const url = `http://h${next++ % hosts}.test:${port}/${next}`;
          const outcome = await fetcher.fetchSource(
            { url, validators: { etag, lastModified: null }, http: {} },
            { signal: AbortSignal.timeout(60_000) },
          );
          if (outcome.kind === 'failed') throw new Error(outcome.message);
        }
      };
      await Promise.all(Array.from({ length: 32 }, fetchSome));
      const { user, system } = process.cpuUsage(cpuBefore);
      const label = `${hosts} host${hosts === 1 ? '' : 's'}, ${etag === null ? 'all new' : 'all 304'}`;
      const wallMs = performance.now() - startedAt;
      process.stdout.write(`${label}: ${Math.round((user + system) / 1_000)} ms CPU, ${Math.round(wallMs)} ms\n`);
    }
    await fetcher.close();
  }
  server.kill();
}
