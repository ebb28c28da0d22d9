/** What Node's own HTTP server can do with these bytes, and nothing else: `node bench/support/bare-server.ts FILE`; says its origin. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const body = readFileSync(process.argv[2] ?? '');
const etag = '"bare"';
const unchanged = ['ETag', etag, 'Cache-Control', 'public, max-age=120', 'Vary', 'Accept-Encoding'];
const whole = [...unchanged, 'Content-Type', 'application/atom+xml', 'Content-Length', String(body.byteLength)];
const server = createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) response.writeHead(304, unchanged).end();
  else response.writeHead(200, whole).end(body);
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
process.stdin.on('end', () => process.exit(0)).resume();
