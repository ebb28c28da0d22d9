import { expect } from 'chai';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { freePort, freshDatabase, lacking, type TestDatabase } from '../support/services.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';

const feeds = 6;
const itemsPerFeed = 5;
/** `npm run faults` keeps the database away for a minute. */
const awayMs = process.env.NEWSFOLD_TEST_KILLS ? 60_000 : 4_000;
const kept = '/feeds/all.json?dedup=none&limit=200';

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly ms: number };

describe('a service whose database goes away', function () {
  this.timeout(120_000 + awayMs * 4);
  let database: TestDatabase;
  let way: TcpProxy;
  let farm: FeedFarm;
  let service: ChildService;
  let dir = '';
  let storeUrl = '';
  const figures: string[] = [];

  const ask = async (path: string, base = service.url): Promise<Answer> => {
    const begun = performance.now();
    const response = await fetch(base + path, { signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, ms: performance.now() - begun };
  };
  const count = (answer: Answer) => (JSON.parse(answer.text) as { items: unknown[] }).items.length;

  before(async function () {
    database = (await freshDatabase()) ?? lacking(this, 'PostgreSQL');
    const direct = new URL(database.url);
    way = await tcpProxy({ host: direct.hostname, port: Number(direct.port || 5432) });
    const indirect = new URL(direct);
    indirect.port = String(way.port);
    storeUrl = indirect.href;
    farm = await startFeedFarm({ items: itemsPerFeed });
    dir = await farmFolder(farm.origin, { feeds, schedule: '10s' });
    service = await startChild(dir, { NEWSFOLD_STORE_URL: storeUrl });
    await eventually(async () => (await publishedIds(service.url)).size === feeds * itemsPerFeed, 60);
  });
  after(async () => {
    await service?.kill('SIGKILL');
    await farm?.close();
    await way?.close();
    await database?.drop();
    await removeFolder(dir);
    for (const line of figures) console.log(`      ${line}`);
  });

  /** What readers get while the store cannot be asked, in one kind of outage. */
  const outage = async (name: string, begin: () => Promise<void>, end: () => Promise<void>) => {
    const before = (await publishedIds(service.url)).size;
    await ask(kept);
    farm.grow();
    await begin();
    const slowest = { kept: 0, other: 0, ready: 0 };
    let unseen = 1;
    for (const until = performance.now() + awayMs; performance.now() < until; ) {
      const known = await ask(kept);
      expect(known.status, `${name}: a feed that was asked for before`).to.equal(200);
      expect(count(known)).to.be.at.least(before);
      slowest.kept = Math.max(slowest.kept, known.ms);
      const other = await ask(`/feeds/all.json?limit=${unseen++}`);
      // A version that is still believed lets a feed be shown as it is; else nothing can be.
      if (other.status === 200) expect(count(other)).to.be.greaterThan(0);
      else {
        expect(other.status).to.equal(503);
        expect(other.headers.get('retry-after')).to.match(/^\d+$/);
      }
      slowest.other = Math.max(slowest.other, other.ms);
      const ready = await ask('/readyz');
      expect(ready.status).to.equal(503);
      expect((JSON.parse(ready.text) as { reasons: string[] }).reasons.join()).to.match(/^store: /);
      slowest.ready = Math.max(slowest.ready, ready.ms);
      expect((await ask('/healthz')).status).to.equal(200);
    }
    const stale = await ask(kept);
    expect(stale.headers.get('warning'), 'marked as stale').to.match(/^110 /);
    expect(Number(stale.headers.get('age'))).to.be.at.least(1);
    expect(slowest.kept, 'what is known is shown soon').to.be.below(5_000);
    expect(slowest.ready).to.be.below(5_000);
    await end();
    const back = performance.now();
    await eventually(async () => (await ask('/readyz').catch(() => null))?.status === 200, 60);
    const readyAfter = performance.now() - back;
    await eventually(async () => (await publishedIds(service.url).catch(() => new Map())).size === before + feeds, 60);
    const fresh = await ask(kept);
    expect(fresh.headers.get('warning')).to.equal(null);
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    figures.push(
      `${name} for ${awayMs / 1000} s: stale feeds within ${seconds(slowest.kept)}, 503 within ${seconds(slowest.other)}; ready ${seconds(readyAfter)}, new items ${seconds(performance.now() - back)} after its return`,
    );
  };

  it('shows feeds as they were, marked, or says 503, and goes on by itself', () =>
    outage('refused connections', way.cut, way.mend));

  it('does so too while packets are lost and nothing breaks', () =>
    outage(
      'silence',
      async () => way.hold(),
      async () => way.release(),
    ));

  it('started before its database, lives, says why it is not ready, and begins when it is there', async () => {
    await service.kill('SIGTERM');
    await way.cut();
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const starting = startChild(dir, { NEWSFOLD_STORE_URL: storeUrl, NEWSFOLD_SERVER_PORT: String(port) });
    await eventually(async () => (await ask('/healthz', base).catch(() => null))?.status === 200);
    const ready = await ask('/readyz', base);
    expect(ready.status).to.equal(503);
    expect(ready.text).to.include('"reasons":["store: PostgreSQL cannot be used now');
    for (const path of [kept, '/', '/api/v1/sources']) {
      const answer = await ask(path, base);
      expect([answer.status, answer.headers.get('retry-after')], path).to.deep.equal([503, '10']);
    }
    await way.mend();
    service = await starting;
    expect(service.url).to.equal(base);
    expect(count(await ask(kept))).to.be.greaterThan(0);
  });

  it('started with a wrong password or for a database that is not there, ends at once and says so', async () => {
    const wrong = new URL(storeUrl);
    wrong.pathname = '/no_such_database';
    const end = await startChild(dir, { NEWSFOLD_STORE_URL: wrong.href }).then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(end).to.match(/ended with 1: .*refuses the login or the database of store\.url/s);
  });
});
