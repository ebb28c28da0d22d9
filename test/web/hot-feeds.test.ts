import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { allTopic, type TopicRegistry } from '../../src/pipeline/topic-registry.ts';
import type { PublishedFeed } from '../../src/web/feed-publisher.ts';
import { createHotFeeds, type FeedAnswer } from '../../src/web/hot-feeds.ts';

const feed: PublishedFeed = {
  version: '7',
  hash: 'abc',
  lastModified: Date.UTC(2026, 0, 1),
  staleSince: null,
  bytes: coding => (coding === 'br' ? Promise.resolve(Buffer.from('later')) : Buffer.from(`<feed>${coding}</feed>`)),
};
const answer: FeedAnswer = {
  topicId: 'all',
  feed,
  mediaType: 'application/atom+xml; charset=utf-8',
  private: false,
  links: '<http://here/feeds/all.atom>; rel="self"',
};
const registry = (): TopicRegistry => ({
  find: () => ({ kind: 'found', topic: allTopic, changedAt: 0 }),
  matchHash: '',
  topics: [],
});

describe('feeds asked for again', () => {
  let server: Server;
  let url = '';
  let version: string | null = '7';
  let topics = registry();
  const hot = createHotFeeds({ trustedVersion: () => version, topics: () => topics });
  before(async () => {
    server = createServer(hot.inFrontOf((_request, response) => response.writeHead(299).end('express')));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feeds/all.atom`;
  });
  beforeEach(() => {
    version = '7';
    topics = registry();
    hot.keep('/feeds/all.atom', answer);
  });
  after(() => server.close());

  const get = (headers: Record<string, string> = {}, method = 'GET') =>
    fetch(url, { method, headers: { 'accept-encoding': 'identity', ...headers } });

  it('are answered whole, with all their headers', async () => {
    const response = await get();
    expect(response.status).to.equal(200);
    expect(await response.text()).to.equal('<feed>identity</feed>');
    expect(response.headers.get('etag')).to.equal('"abc"');
    expect(response.headers.get('content-length')).to.equal('21');
    expect(response.headers.get('last-modified')).to.equal('Thu, 01 Jan 2026 00:00:00 GMT');
    expect(response.headers.get('cache-control')).to.equal('public, max-age=120');
    expect(response.headers.get('link')).to.equal(answer.links);
  });

  const table: [name: string, headers: Record<string, string>, status: number][] = [
    ['304 for their tag', { 'if-none-match': '"abc"' }, 304],
    ['304 for the tag of another coding', { 'if-none-match': 'W/"abc-gzip", "x"' }, 304],
    [
      '200 for another tag, whatever the date',
      { 'if-none-match': '"x"', 'if-modified-since': 'Fri, 02 Jan 2026 00:00:00 GMT' },
      200,
    ],
    ['304 for their date', { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 304],
    ['200 for an elder date', { 'if-modified-since': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 200],
    ['200 in gzip', { 'accept-encoding': 'gzip' }, 200],
  ];
  for (const [name, headers, status] of table) {
    it(`are answered ${name}`, async () => {
      const response = await get(headers, headers['accept-encoding'] ? 'HEAD' : 'GET');
      expect(response.status).to.equal(status);
      if (headers['accept-encoding']) expect(response.headers.get('etag')).to.equal('"abc-gzip"');
    });
  }

  it('have no body for HEAD', async () => {
    const response = await get({}, 'HEAD');
    expect(response.headers.get('content-length')).to.equal('21');
    expect(await response.text()).to.equal('');
  });

  const others: [name: string, change: () => void, headers?: Record<string, string>, method?: string][] = [
    ['whose topic changed', () => (version = '8')],
    ['whose version must be asked for', () => (version = null)],
    ['after the configuration changed', () => (topics = registry())],
    ['in a coding that is not packed yet', () => undefined, { 'accept-encoding': 'br' }],
    ['with another method', () => undefined, {}, 'POST'],
  ];
  for (const [name, change, headers, method] of others) {
    it(`are left to the rest ${name}`, async () => {
      change();
      expect((await get(headers, method)).status).to.equal(299);
    });
  }

  it('are never kept for private topics, nor when stale', async () => {
    topics = registry();
    await get();
    hot.keep('/feeds/all.atom', { ...answer, private: true });
    hot.keep('/feeds/all.atom', { ...answer, feed: { ...feed, staleSince: 1 } });
    expect((await get()).status).to.equal(299);
  });
});
