import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createHttpFetcher, type HttpFetcher } from '../../src/fetch/http-fetcher.ts';
import { probe } from '../../src/fetch/probe.ts';

// Never aborts: mocha loads every file long before it runs this one.
const { signal } = new AbortController();

describe('probe: what happened, in order', () => {
  const server = createServer((request, response) => {
    if (request.url === '/old') response.writeHead(301, { location: 'http://us:secret@feeds.test/new' }).end();
    else if (request.url === '/bare') response.end('<rss/>');
    else if (request.url === '/ignores') response.writeHead(200, { etag: '"1"' }).end('<rss/>');
    else if (request.url === '/missing') response.writeHead(404).end();
    else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else
      response
        .writeHead(200, { etag: '"1"', 'content-type': 'application/rss+xml', 'cache-control': 'max-age=60' })
        .end('<rss/>');
  });
  let base = '';
  let fetcher: HttpFetcher;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    base = `http://feeds.test:${port}`;
    fetcher = createHttpFetcher({
      allow: [`127.0.0.1:${port}`],
      userAgent: 'test',
      timeoutMs: 2_000,
      bodyBytesMax: 10_000,
      perHostMax: 2,
      now: Date.now,
      resolve: async () => ['127.0.0.1'],
    });
  });
  beforeEach(() => fetcher.close());
  after(async () => {
    await fetcher.close();
    await new Promise(resolve => server.close(resolve));
  });

  const rows: [string, string[], boolean][] = [
    ['/feed', ['dns', 'connect', 'answer', 'validators', 'caching', 'body', 'refetch'], true],
    ['/bare', ['dns', 'connect', 'answer', 'validators', 'body'], false],
    ['/ignores', ['dns', 'connect', 'answer', 'validators', 'body', 'refetch'], false],
    ['/missing', ['dns', 'connect', 'answer', 'failed'], false],
  ];
  for (const [path, steps, ok] of rows) {
    it(`${path}: ${steps.join(', ')}`, async () => {
      const own = createHttpFetcher({
        allow: [new URL(base).host.replace('feeds.test', '127.0.0.1')],
        userAgent: 'test',
        timeoutMs: 2_000,
        bodyBytesMax: 10_000,
        perHostMax: 2,
        now: Date.now,
        resolve: async () => ['127.0.0.1'],
      });
      const result = await probe(`${base}${path}`, { fetcher: own, signal });
      await own.close();
      expect(result.steps.map(({ step }) => step)).to.deep.equal(steps);
      expect(result.steps.every(step => step.ok)).to.equal(ok);
      for (const step of result.steps) if (step.ms !== undefined) expect(step.ms).to.be.at.least(0);
    });
  }

  it('tells how far it came', async () => {
    const own = createHttpFetcher({
      allow: ['127.0.0.99'],
      userAgent: 'test',
      timeoutMs: 2_000,
      bodyBytesMax: 10_000,
      perHostMax: 2,
      now: Date.now,
      resolve: async () => ['127.0.0.99'],
    });
    const result = await probe('http://closed.test:1234/', { fetcher: own, signal });
    expect(result.steps.map(({ step, ok, text }) => `${step} ${ok} ${text}`)).to.deep.equal([
      'dns true closed.test:1234 found',
      'failed false closed.test:1234 refused the connection (connect)',
    ]);
  });

  it('shows a redirect without the secrets in it', async () => {
    const result = await probe(`${base}/old`, { fetcher, signal });
    const redirect = result.steps.find(({ step }) => step === 'redirect');
    expect(redirect?.text).to.equal('301 over HTTP/1.1 to http://feeds.test/new');
    expect(JSON.stringify(result.steps)).not.to.include('secret');
  });
});
