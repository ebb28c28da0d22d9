import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { openCache } from '../../src/cache/open-cache.ts';
import type { Cache } from '../../src/pipeline/ports.ts';
import { eventually } from '../support/running-service.ts';
import { lacking, type StartedServer, startRedis } from '../support/services.ts';

const processes = 3;
const askers = 200;

/** Several caches stand for several processes: they share nothing but the Redis. */
describe('a value that several processes want at once', function () {
  this.timeout(30_000);
  let server: StartedServer;
  let admin: Redis;
  let caches: readonly Cache[] = [];
  let prefix = '';
  let computations: number[] = [];

  before(async function () {
    server = (await startRedis()) ?? lacking(this, 'Redis');
    admin = new Redis(server.url);
    admin.on('error', () => undefined);
  });
  after(async () => {
    admin?.disconnect();
    await server?.stop();
  });
  beforeEach(async () => {
    prefix = `turn-${randomUUID()}:`;
    computations = [];
    caches = await Promise.all(Array.from({ length: processes }, () => openCache(server.url, { prefix })));
    await eventually(async () => caches.every(cache => cache.status().ok));
  });
  afterEach(() => Promise.all(caches.map(cache => cache.close())));

  const claim = () => `${prefix}claim:{${prefix}k}`;
  const compute = (process_: number, tookMs: number) => async () => {
    computations.push(process_);
    await sleep(tookMs);
    return new TextEncoder().encode('the same for all');
  };
  /** How long it took until everybody had the value. */
  const crowd = async ({ tookMs = 50, perProcess = askers } = {}) => {
    const begun = performance.now();
    const values = await Promise.all(
      caches.flatMap((cache, process_) =>
        Array.from({ length: perProcess }, () => cache.getOrCompute('k', 60_000, compute(process_, tookMs))),
      ),
    );
    expect(new Set(values.map(value => new TextDecoder().decode(value)))).to.deep.equal(new Set(['the same for all']));
    expect(caches.reduce((sum, cache) => sum + cache.status().computed, 0)).to.equal(computations.length);
    return performance.now() - begun;
  };

  it('is computed once, and nothing is left of the claim', async () => {
    await crowd();
    expect(computations).to.have.length(1);
    await eventually(async () => (await admin.exists(claim())) === 0);
    expect(await admin.pttl(`${prefix}k`)).to.be.within(1, 60_000);
  });

  it('is computed once when that takes longer than a claim lasts', async () => {
    await crowd({ tookMs: 1_600 });
    expect(computations).to.have.length(1);
  });

  it('is computed by the next one when whoever holds the claim died', async () => {
    await admin.set(claim(), '1', 'PX', 1_000);
    const tookMs = await crowd();
    expect(computations).to.have.length(1);
    expect(tookMs).to.be.within(500, 1_900);
  });

  it('is not waited for longer than five seconds', async () => {
    const [holder, ...others] = caches;
    const slow = holder?.getOrCompute('k', 60_000, compute(0, 6_000));
    await eventually(async () => (await admin.exists(claim())) === 1);
    const begun = performance.now();
    await Promise.all(others.map((cache, n) => cache.getOrCompute('k', 60_000, compute(n + 1, 10))));
    expect(performance.now() - begun).to.be.within(4_500, 5_900);
    expect(computations.toSorted()).to.deep.equal([0, 1, 2]);
    await slow;
  });

  it('is computed by another when the first one fails, who alone hears of it', async () => {
    const [first, second] = caches;
    const failing = first?.getOrCompute('k', 60_000, async () => {
      await sleep(300);
      throw new Error('no store');
    });
    const outcome = failing?.then(
      () => 'computed',
      (error: Error) => error.message,
    );
    await eventually(async () => (await admin.exists(claim())) === 1);
    const value = await second?.getOrCompute('k', 60_000, compute(1, 10));
    expect(new TextDecoder().decode(value)).to.equal('the same for all');
    expect([await outcome, computations]).to.deep.equal(['no store', [1]]);
  });

  it('is not held up by a key of a stranger where the claim would be', async () => {
    // Who waits for a claim gives up after five seconds.
    const heldUpMs = 5_000;
    await admin.lpush(claim(), 'a list');
    expect(await crowd()).to.be.below(heldUpMs);
    await admin.del(`${prefix}k`, claim());
    await admin.set(claim(), 'for ever');
    for (const cache of caches) await cache.delete('k');
    expect(await crowd()).to.be.below(heldUpMs);
  });

  it('is computed once by each process while Redis is full, or away', async () => {
    await admin.config('SET', 'maxmemory', '1');
    try {
      await crowd();
    } finally {
      await admin.config('SET', 'maxmemory', '0');
    }
    expect(computations.toSorted()).to.deep.equal([0, 1, 2]);
    computations = [];
    for (const cache of caches) await cache.delete('k');
    const before = caches.map(cache => cache.status().computed);
    server.pause();
    try {
      const values = await Promise.all(
        caches.flatMap((cache, process_) =>
          Array.from({ length: askers }, () => cache.getOrCompute('k', 60_000, compute(process_, 50))),
        ),
      );
      expect(values).to.have.length(processes * askers);
    } finally {
      server.resume();
    }
    expect(caches.map((cache, n) => cache.status().computed - (before[n] ?? 0))).to.deep.equal([1, 1, 1]);
  });
});
