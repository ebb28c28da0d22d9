import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { ByteLru } from '../../src/cache/byte-lru.ts';
import { openCache } from '../../src/cache/open-cache.ts';
import { WindowCounters } from '../../src/cache/window-counters.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined) => (value === undefined ? undefined : new TextDecoder().decode(value));

describe('the cache in memory', () => {
  let now = 1000;
  const open = (bytesMax = 1_000_000) => openCache('memory:', { now: () => now, bytesMax });

  it('keeps a value until its time is over', async () => {
    const cache = await open();
    await cache.set('k', bytes('v'), 100);
    expect(text(await cache.get('k'))).to.equal('v');
    now += 99;
    expect(text(await cache.get('k'))).to.equal('v');
    now += 1;
    expect(await cache.get('k')).to.equal(undefined);
  });

  it('drops what was deleted', async () => {
    const cache = await open();
    await cache.set('k', bytes('v'), 100);
    await cache.delete('k');
    expect(await cache.get('k')).to.equal(undefined);
  });

  it('computes once for all who ask at the same time, and again when it failed', async () => {
    const cache = await open();
    let computed = 0;
    const compute = async () => {
      computed++;
      await sleep(5);
      return bytes('value');
    };
    const values = await Promise.all(Array.from({ length: 50 }, () => cache.getOrCompute('k', 1000, compute)));
    expect(values.map(text)).to.deep.equal(Array.from({ length: 50 }, () => 'value'));
    expect(computed).to.equal(1);
    const failing = () => Promise.reject(new Error('no'));
    expect(await cache.getOrCompute('f', 1000, failing).catch(error => error.message)).to.equal('no');
    expect(text(await cache.getOrCompute('f', 1000, compute))).to.equal('value');
  });

  it('does not keep a computation that was overtaken by a deletion', async () => {
    const cache = await open();
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const old = cache.getOrCompute('k', 1000, () => promise);
    await sleep(1);
    await cache.delete('k');
    resolve(bytes('old'));
    expect(text(await old)).to.equal('old');
    expect(text(await cache.getOrCompute('k', 1000, async () => bytes('new')))).to.equal('new');
  });

  it('counts events in windows', async () => {
    const cache = await open();
    expect([await cache.count('a', 50), await cache.count('a', 50), await cache.count('b', 50)]).to.deep.equal([
      1, 2, 1,
    ]);
    now += 50;
    expect(await cache.count('a', 50)).to.equal(1);
  });

  it('tells listeners of a channel, until they leave', async () => {
    const cache = await open();
    const heard: string[] = [];
    const leave = cache.subscribe('c', message => heard.push(message));
    cache.publish('c', 'one');
    cache.publish('other', 'x');
    await sleep(1);
    leave();
    cache.publish('c', 'two');
    await sleep(1);
    expect(heard).to.deep.equal(['one']);
  });

  it('says how it does', async () => {
    const cache = await open();
    await cache.set('k', bytes('v'), 100);
    await cache.get('k');
    await cache.get('none');
    expect(cache.status()).to.include({ ok: true, hits: 1, misses: 1 });
    await cache.close();
  });

  it('refuses an address that is none', async () => {
    expect(await openCache('http://x').catch(error => error.code)).to.equal('config-invalid');
  });
});

describe('bytes kept by key', () => {
  it('stay within their bound, the least recently used going first', () => {
    const lru = new ByteLru(10_000);
    const value = new Uint8Array(800);
    for (let n = 0; n < 10; n++) lru.set(`k${n}`, value, { now: 0, ttlMs: 100 });
    lru.get('k0', 0);
    for (let n = 10; n < 15; n++) lru.set(`k${n}`, value, { now: 0, ttlMs: 100 });
    expect(lru.bytes).to.be.at.most(10_000);
    expect(lru.get('k0', 0)).to.equal(value);
    expect(lru.get('k1', 0)).to.equal(undefined);
    lru.clear();
    expect(lru.bytes).to.equal(0);
  });

  it('are not thrown out by one large value', () => {
    const lru = new ByteLru(10_000);
    lru.set('small', new Uint8Array(10), { now: 0, ttlMs: 100 });
    lru.set('large', new Uint8Array(9_000), { now: 0, ttlMs: 100 });
    expect(lru.get('large', 0)).to.equal(undefined);
    expect(lru.get('small', 0)).to.not.equal(undefined);
  });

  it('do not become immortal by a clock that is set back', () => {
    const lru = new ByteLru(10_000);
    lru.set('k', new Uint8Array(1), { now: 1_000_000, ttlMs: 100 });
    expect(lru.get('k', 5)).to.equal(undefined);
  });
});

describe('windows of events', () => {
  it('do not grow with the number of keys', () => {
    const counters = new WindowCounters();
    for (let n = 0; n < 50_000; n++) counters.count(`key-${n}`, { now: 0, windowMs: 1000 });
    expect(counters.count('key-49999', { now: 0, windowMs: 1000 })).to.equal(2);
  });
});
