import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { openCache } from '../../src/cache/open-cache.ts';
import { parseRedisUrl } from '../../src/cache/redis-connection.ts';
import type { Cache } from '../../src/pipeline/ports.ts';
import { selfMadeCertificate } from '../support/self-made-certificate.ts';
import { freePort, lacking, redisUrl, type StartedServer, startRedis } from '../support/services.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined) => (value === undefined ? undefined : new TextDecoder().decode(value));
/** Far above what a command may take, far below what a person waits for. */
const answerMsMax = 900;

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await condition()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
  }
}

const connected = (...caches: readonly Cache[]) =>
  until(() => caches.every(cache => cache.status().ok), 'Redis to answer');

describe('the Redis cache', () => {
  let url: string;
  let prefix: string;
  const opened: Cache[] = [];

  before(async function () {
    url = (await redisUrl()) ?? lacking(this, 'Redis');
  });
  beforeEach(() => {
    prefix = `newsfold-test-${randomUUID()}:`;
  });
  afterEach(() => Promise.all(opened.splice(0).map(cache => cache.close())));

  const open = async (address = url) => {
    const cache = await openCache(address, { prefix });
    opened.push(cache);
    return cache;
  };

  it('shares values between processes, byte for byte', async () => {
    const [a, b] = [await open(), await open()];
    await connected(a, b);
    const value = new Uint8Array(Array.from({ length: 256 }, (_, n) => n));
    await a.set('k', value, 5000);
    expect([...((await b.get('k')) ?? [])]).to.deep.equal([...value]);
    expect(b.status()).to.include({ ok: true, hits: 1 });
  });

  it('forgets after the time given, in both tiers', async () => {
    const [a, b] = [await open(), await open()];
    await connected(a, b);
    await a.set('k', bytes('v'), 150);
    expect(text(await b.get('k'))).to.equal('v');
    await sleep(200);
    expect([await a.get('k'), await b.get('k')]).to.deep.equal([undefined, undefined]);
  });

  it('lets the other processes drop what was replaced or deleted', async () => {
    const [a, b] = [await open(), await open()];
    await connected(a, b);
    await a.set('k', bytes('one'), 60_000);
    await until(async () => text(await b.get('k')) === 'one', 'the first value');
    await a.set('k', bytes('two'), 60_000);
    await until(async () => text(await b.get('k')) === 'two', 'the second value');
    await b.delete('k');
    await until(async () => (await a.get('k')) === undefined, 'the deletion');
  });

  it('carries notices to the listeners of every process, each once', async () => {
    const [a, b] = [await open(), await open()];
    await connected(a, b);
    const heard: string[] = [];
    a.subscribe('topics', message => heard.push(`a ${message}`));
    b.subscribe('topics', message => heard.push(`b ${message}`));
    await until(() => {
      heard.length = 0;
      a.publish('topics', 'ready?');
      return sleep(50).then(() => heard.length === 2);
    }, 'both to listen');
    heard.length = 0;
    a.publish('topics', 'libya');
    await until(() => heard.length >= 2, 'the notice');
    await sleep(50);
    expect(heard.toSorted()).to.deep.equal(['a libya', 'b libya']);
  });

  it('computes once per process for 500 who ask at once, and the next process finds it', async () => {
    const [a, b] = [await open(), await open()];
    await connected(a, b);
    let computed = 0;
    const compute = async () => {
      computed++;
      await sleep(20);
      return bytes('rendered');
    };
    await Promise.all(Array.from({ length: 500 }, () => a.getOrCompute('k', 5000, compute)));
    expect(computed).to.equal(1);
    await until(async () => (await b.get('k')) !== undefined, 'the value to be shared');
    await b.getOrCompute('k', 5000, compute);
    expect(computed).to.equal(1);
  });

  it('counts events of all processes together, in windows that end', async () => {
    const [a, b] = [await open(), await open()];
    await connected(a, b);
    const counts = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? a : b).count('login', 400)));
    expect(counts.toSorted((x, y) => Number(x) - Number(y))).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await sleep(450);
    expect(await a.count('login', 400)).to.equal(1);
  });

  it('takes a key of the wrong type for a miss, and replaces it', async () => {
    const cache = await open();
    await connected(cache);
    const other = new Redis(url);
    await other.lpush(`${prefix}k`, 'list');
    expect(await cache.get('k')).to.equal(undefined);
    expect(text(await cache.getOrCompute('k', 5000, async () => bytes('v')))).to.equal('v');
    await until(async () => (await other.type(`${prefix}k`)) === 'string', 'the key to be replaced');
    await other.lpush(`${prefix}count:c`, 'list');
    expect(await cache.count('c', 100)).to.equal(null);
    expect(cache.status().ok).to.equal(true);
    await other.quit();
  });

  it('ignores what strangers say on its channel', async () => {
    const cache = await open();
    await connected(cache);
    const other = new Redis(url);
    for (const noise of ['', '{', 'null', '[]', '{"drop":1}', '{"channel":{}}'])
      await other.publish(`${prefix}notices`, noise);
    await cache.set('k', bytes('v'), 5000);
    expect(text(await cache.get('k'))).to.equal('v');
    await other.quit();
  });
});

describe('the Redis cache without its Redis', () => {
  let server: StartedServer | undefined;
  let cache: Cache | undefined;

  const start = async (context: Mocha.Context, options: Parameters<typeof startRedis>[0] = {}) => {
    server = (await startRedis(options)) ?? lacking(context, 'Redis');
    return server;
  };
  afterEach(async () => {
    await cache?.close();
    await server?.kill();
    [cache, server] = [undefined, undefined];
  });

  /** Twenty answers in a row, each right and quick. */
  const answersWell = async (subject: Cache, key: string) => {
    for (let n = 0; n < 20; n++) {
      const begun = performance.now();
      expect(text(await subject.getOrCompute(`${key}${n}`, 1000, async () => bytes(`v${n}`)))).to.equal(`v${n}`);
      expect(performance.now() - begun).to.be.below(answerMsMax);
    }
  };

  it('works when it is absent at the start, and uses it when it comes', async function () {
    const port = await freePort();
    cache = await openCache(`redis://127.0.0.1:${port}`);
    await answersWell(cache, 'absent');
    expect(await cache.count('c', 1000)).to.equal(null);
    expect(cache.status().ok).to.equal(false);
    await start(this, { port });
    await connected(cache);
    expect(await cache.count('c', 1000)).to.equal(1);
  });

  it('works when it is killed, and again when it is back on the same port', async function () {
    const { port } = await start(this);
    cache = await openCache(`redis://127.0.0.1:${port}`);
    await connected(cache);
    await cache.set('k', bytes('v'), 60_000);
    await server?.kill();
    server = undefined;
    await answersWell(cache, 'killed');
    await start(this, { port });
    await connected(cache);
    await cache.set('k2', bytes('v'), 60_000);
    const probe = new Redis(port, '127.0.0.1');
    await until(async () => (await probe.exists('newsfold:k2')) === 1, 'values to be shared again');
    await probe.quit();
  });

  it('works while it is paused, and uses it again afterwards', async function () {
    const { url } = await start(this);
    cache = await openCache(url);
    await connected(cache);
    server?.pause();
    await answersWell(cache, 'paused');
    expect(cache.status()).to.deep.include({ ok: false });
    expect(await cache.count('c', 1000)).to.equal(null);
    server?.resume();
    const resumed = cache;
    // The breaker tries by itself only when somebody asks.
    await until(async () => {
      await resumed.get('anything');
      return resumed.status().ok;
    }, 'Redis to be used again');
    expect(await cache.count('c', 1000)).to.equal(1);
  });

  it('notices that it hears nothing any more, though it can still speak, and listens anew', async function () {
    const { url, port } = await start(this);
    const way = await tcpProxy({ host: '127.0.0.1', port });
    const [deaf, other] = [await openCache(`redis://127.0.0.1:${way.port}`), await openCache(url)];
    try {
      await connected(deaf, other);
      let heard = 0;
      deaf.subscribe('topic', () => {
        heard++;
      });
      const hears = async () => {
        heard = 0;
        other.publish('topic', 'libya');
        await sleep(50);
        return heard > 0;
      };
      await until(hears, 'the first notice');
      // The first connection asks, the second one listens.
      way.strand(1);
      expect(await hears()).to.equal(false);
      expect(deaf.status().ok).to.equal(true);
      await until(hears, 'notices again');
    } finally {
      await Promise.all([deaf.close(), other.close()]);
      await way.close();
    }
  });

  it('works when its memory is full', async function () {
    const { url } = await start(this, { settings: ['--maxmemory', '1mb', '--maxmemory-policy', 'noeviction'] });
    cache = await openCache(url);
    await connected(cache);
    for (let n = 0; n < 40; n++) await cache.set(`k${n}`, new Uint8Array(60_000), 60_000);
    await answersWell(cache, 'full');
    expect(cache.status().ok).to.equal(true);
  });

  it('ends at once', async () => {
    const other = await openCache('redis://127.0.0.1:1');
    await other.close();
    expect(await other.get('k')).to.equal(undefined);
    expect(text(await other.getOrCompute('k', 10, async () => bytes('v')))).to.equal('v');
  });
});

describe('the Redis cache of several servers', () => {
  const servers: StartedServer[] = [];
  const opened: Cache[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(cache => cache.close()));
    await Promise.all(servers.splice(0).map(server => server.kill()));
  });

  const roundTrip = async (url: string) => {
    const [a, b] = [await openCache(url), await openCache(url)];
    opened.push(a, b);
    await connected(a, b);
    await a.set('k', bytes('one'), 60_000);
    await until(async () => text(await b.get('k')) === 'one', 'the value');
    await a.set('k', bytes('two'), 60_000);
    await until(async () => text(await b.get('k')) === 'two', 'the notice');
    expect([await a.count('c', 5000), await b.count('c', 5000)]).to.deep.equal([1, 2]);
  };

  it('finds its primary by sentinels', async function () {
    const primary = (await startRedis()) ?? lacking(this, 'Redis');
    servers.push(primary);
    const settings = [
      'sentinel resolve-hostnames no',
      `sentinel monitor main 127.0.0.1 ${primary.port} 1`,
      'sentinel down-after-milliseconds main 5000',
    ];
    const sentinel = (await startRedis({ sentinel: settings })) ?? lacking(this, 'Redis');
    servers.push(sentinel);
    await roundTrip(`redis+sentinel://127.0.0.1:${sentinel.port}/main`);
  });

  it('follows the sentinels to the next primary when the first one dies', async function () {
    this.timeout(60_000);
    const primary = (await startRedis()) ?? lacking(this, 'Redis');
    const replica = (await startRedis({ settings: ['--replicaof', '127.0.0.1', String(primary.port)] })) ?? primary;
    servers.push(replica);
    const settings = [
      'sentinel resolve-hostnames no',
      `sentinel monitor main 127.0.0.1 ${primary.port} 1`,
      'sentinel down-after-milliseconds main 1000',
      'sentinel failover-timeout main 3000',
    ];
    const sentinel = (await startRedis({ sentinel: settings })) ?? lacking(this, 'Redis');
    servers.push(sentinel);
    const cache = await openCache(`redis+sentinel://127.0.0.1:${sentinel.port}/main`);
    opened.push(cache);
    await connected(cache);
    const admin = new Redis(sentinel.port, '127.0.0.1');
    await until(
      async () => String(await admin.call('SENTINEL', 'REPLICAS', 'main')).includes(String(replica.port)),
      'the replica',
    );
    const begun = performance.now();
    await primary.kill();
    expect(text(await cache.getOrCompute('meanwhile', 1000, async () => bytes('v')))).to.equal('v');
    const probe = new Redis(replica.port, '127.0.0.1');
    const until30 = performance.now() + 30_000;
    while ((await probe.exists('newsfold:after')) === 0 && performance.now() < until30) {
      await cache.set('after', bytes('v'), 60_000);
      await sleep(100);
    }
    expect(await probe.exists('newsfold:after')).to.equal(1);
    expect(performance.now() - begun).to.be.below(30_000);
    probe.disconnect();
    admin.disconnect();
  });
});

describe('the Redis cache over TLS', () => {
  let folder = '';
  let server: StartedServer;
  let port = 0;
  const opened: Cache[] = [];

  before(async function () {
    folder = await mkdtemp(join(tmpdir(), 'newsfold-redis-tls-'));
    const dayMs = 86_400_000;
    const { key, cert } = selfMadeCertificate({
      name: 'localhost',
      notBefore: new Date(Date.now() - dayMs),
      notAfter: new Date(Date.now() + dayMs),
    });
    await Promise.all([writeFile(join(folder, 'key.pem'), key), writeFile(join(folder, 'cert.pem'), cert)]);
    port = await freePort();
    const files = ['cert-file', 'cert.pem', 'key-file', 'key.pem', 'ca-cert-file', 'cert.pem'];
    const settings = ['--tls-port', String(port), '--tls-auth-clients', 'no'];
    for (let n = 0; n < files.length; n += 2) settings.push(`--tls-${files[n]}`, join(folder, files[n + 1] ?? ''));
    server = (await startRedis({ settings })) ?? lacking(this, 'Redis');
  });
  afterEach(() => Promise.all(opened.splice(0).map(cache => cache.close())));
  after(async () => {
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (query: string) => {
    const cache = await openCache(`rediss://localhost:${port}/0${query}`);
    opened.push(cache);
    return cache;
  };

  it('trusts the authority it is told of', async () => {
    const cache = await open(`?sslrootcert=${join(folder, 'cert.pem')}`);
    await connected(cache);
    await cache.set('k', bytes('v'), 5000);
    const other = await open(`?sslrootcert=${join(folder, 'cert.pem')}`);
    await connected(other);
    expect(text(await other.get('k'))).to.equal('v');
  });

  it('trusts nobody else, works without, and says why', async () => {
    const cache = await open('');
    await until(() => /certificate/.test(cache.status().detail), 'the refusal');
    expect(cache.status().ok).to.equal(false);
    expect(text(await cache.getOrCompute('k2', 1000, async () => bytes('v')))).to.equal('v');
  });

  it('says so when the authority cannot be read', async () => {
    const refused = await openCache('rediss://localhost/0?sslrootcert=/no/such/file.pem').catch(
      (error: { code?: string }) => error.code,
    );
    expect(refused).to.equal('config-invalid');
  });
});

describe('the address of a Redis', () => {
  const table: readonly [string, object][] = [
    ['redis://host', { kind: 'single', tls: false, nodes: [{ host: 'host', port: 6379 }], path: [] }],
    [
      'rediss://u:p%40ss@host:6380/2',
      {
        kind: 'single',
        tls: true,
        username: 'u',
        password: 'p@ss',
        nodes: [{ host: 'host', port: 6380 }],
        path: ['2'],
      },
    ],
    [
      'redis://:secret@[::1]:6379/0',
      { kind: 'single', password: 'secret', nodes: [{ host: '::1', port: 6379 }], path: ['0'] },
    ],
    [
      'redis+cluster://a:7000,b:7001',
      {
        kind: 'cluster',
        nodes: [
          { host: 'a', port: 7000 },
          { host: 'b', port: 7001 },
        ],
      },
    ],
    [
      'rediss://host/1?sslrootcert=/etc/ca.pem',
      { tls: true, sslrootcert: '/etc/ca.pem', nodes: [{ host: 'host', port: 6379 }], path: ['1'] },
    ],
    [
      'rediss+sentinel://:x@a,b:26380/main/1',
      {
        kind: 'sentinel',
        tls: true,
        nodes: [
          { host: 'a', port: 26379 },
          { host: 'b', port: 26380 },
        ],
        path: ['main', '1'],
      },
    ],
  ];
  for (const [address, expected] of table) {
    it(`${address} is understood`, () => expect(parseRedisUrl(address)).to.deep.include(expected));
  }
});
