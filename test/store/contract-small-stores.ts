import { expect } from 'chai';
import type { AccessToken, HubSubscription, StoredCorrection } from '../../src/pipeline/ports.ts';
import { t0 } from '../support/store-samples.ts';
import type { FreshStore } from './store-contract.ts';

const dayMs = 24 * 3_600_000;

function correction(id: string, change: Partial<StoredCorrection> = {}): StoredCorrection {
  return { id, kind: 'apart', a: 'x', b: 'y', at: t0, by: 'ada', undoneAt: null, action: 'click', ...change };
}

function token(id: string, change: Partial<AccessToken> = {}): AccessToken {
  const fixed = { kind: 'api', scope: 'read', topicId: null, label: 'script', createdAt: t0 } as const;
  return { id, hash: `hash-${id}`, ...fixed, expiresAt: null, lastUsedAt: null, revokedAt: null, ...change };
}

export function describeSmallStores(fresh: FreshStore): void {
  describe('corrections', () => {
    it('are listed, undone by action, and kept', async () => {
      const { store } = await fresh();
      await store.corrections.add([
        correction('1'),
        correction('2', { kind: 'together', at: t0 + 1 }),
        correction('3', { action: 'other', at: t0 + 2 }),
      ]);
      await store.corrections.add([correction('1')]);
      expect(await store.corrections.undo('click', t0 + 5)).to.equal(2);
      expect(await store.corrections.undo('click', t0 + 6)).to.equal(0);
      expect(await store.corrections.list()).to.deep.equal([correction('3', { action: 'other', at: t0 + 2 })]);
      expect((await store.corrections.list({ includeUndone: true })).map(({ undoneAt }) => undoneAt)).to.deep.equal([
        t0 + 5,
        t0 + 5,
        null,
      ]);
    });
  });

  describe('the audit log', () => {
    it('lists the latest first, page by page', async () => {
      const { store } = await fresh();
      for (const n of [1, 2, 3])
        await store.audit.add({ at: t0 + n, by: 'ada', action: 'split', subject: `s${n}`, detail: { n } });
      const page = await store.audit.list({ limit: 2 });
      expect(page.map(({ subject, detail }) => [subject, detail])).to.deep.equal([
        ['s3', { n: 3 }],
        ['s2', { n: 2 }],
      ]);
      const beforeId = page[1]?.id ?? 0;
      expect((await store.audit.list({ limit: 9, beforeId })).map(({ subject }) => subject)).to.deep.equal(['s1']);
    });
  });

  describe('tokens', () => {
    it('are found by their hash, listed by kind, touched, revoked and pruned', async () => {
      const { store } = await fresh();
      await store.tokens.add(token('a'));
      await store.tokens.add(token('b', { kind: 'feed', topicId: 't' }));
      await store.tokens.add(token('c', { kind: 'session', expiresAt: t0 }));
      await store.tokens.touch('a', t0 + 1);
      await store.tokens.revoke('a', t0 + 2);
      await store.tokens.revoke('a', t0 + 3);
      expect(await store.tokens.findByHash('hash-a')).to.deep.equal(
        token('a', { lastUsedAt: t0 + 1, revokedAt: t0 + 2 }),
      );
      expect(await store.tokens.findByHash('hash-z')).to.equal(null);
      expect(await store.tokens.list('feed')).to.deep.equal([token('b', { kind: 'feed', topicId: 't' })]);
      expect(await store.tokens.prune(t0 + 10)).to.equal(0);
      expect(await store.tokens.prune(t0 + 40 * dayMs)).to.equal(2);
      expect(await store.tokens.findByHash('hash-b')).to.not.equal(null);
    });
  });

  describe('facts', () => {
    it('are set, read, listed by prefix and deleted', async () => {
      const { store } = await fresh();
      await store.facts.set('a.one', '1');
      await store.facts.set('a.one', 'one');
      await store.facts.set('a_two', '2');
      await store.facts.set('A.one', '3');
      expect(await store.facts.get('a.one')).to.equal('one');
      expect(await store.facts.get('none')).to.equal(null);
      expect([...(await store.facts.list('a.'))]).to.deep.equal([['a.one', 'one']]);
      expect([...(await store.facts.list('a_'))]).to.deep.equal([['a_two', '2']]);
      await store.facts.delete('a.one');
      expect(await store.facts.get('a.one')).to.equal(null);
    });

    it('are compared and set at once: of many at the same time one wins', async () => {
      const { store, again } = await fresh();
      const other = await again();
      const tries = Array.from({ length: 10 }, (_, n) =>
        (n % 2 ? store : other).facts.compareAndSet('k', null, String(n)),
      );
      const won = (await Promise.all(tries)).filter(Boolean);
      expect(won).to.have.length(1);
      const value = await store.facts.get('k');
      expect(await store.facts.compareAndSet('k', 'wrong', 'x')).to.equal(false);
      expect(await store.facts.compareAndSet('k', value, 'x')).to.equal(true);
      expect(await store.facts.compareAndSet('none', 'x', 'y')).to.equal(false);
    });
  });

  describe('leases', () => {
    const lease = { now: t0, leaseMs: 100 };

    it('have one holder at a time, with a fence that only grows', async () => {
      const { store } = await fresh();
      const fence = await store.leases.acquire('dedup', { ...lease, holder: 'a' });
      expect(await store.leases.acquire('dedup', { ...lease, holder: 'b' })).to.equal(null);
      expect(await store.leases.renew('dedup', { ...lease, now: t0 + 50, holder: 'a', fence: fence ?? 0 })).to.equal(
        true,
      );
      expect(await store.leases.acquire('dedup', { ...lease, now: t0 + 149, holder: 'b' })).to.equal(null);
      const second = await store.leases.acquire('dedup', { ...lease, now: t0 + 150, holder: 'b' });
      expect(second).to.be.greaterThan(fence ?? 0);
      expect(await store.leases.renew('dedup', { ...lease, now: t0 + 151, holder: 'a', fence: fence ?? 0 })).to.equal(
        false,
      );
      await store.leases.release('dedup', { holder: 'a', fence: fence ?? 0 });
      expect(await store.leases.acquire('dedup', { ...lease, now: t0 + 152, holder: 'c' })).to.equal(null);
      await store.leases.release('dedup', { holder: 'b', fence: second ?? 0 });
      expect(await store.leases.acquire('dedup', { ...lease, now: t0 + 153, holder: 'c' })).to.be.greaterThan(
        second ?? 0,
      );
      expect(await store.leases.acquire('other', { ...lease, holder: 'z' })).to.equal(1);
    });

    it('of several that try at once go to one', async () => {
      const { store, again } = await fresh();
      const other = await again();
      const tries = Array.from({ length: 8 }, (_, n) =>
        (n % 2 ? store : other).leases.acquire('dedup', { ...lease, holder: `h${n}` }),
      );
      expect((await Promise.all(tries)).filter(fence => fence !== null)).to.have.length(1);
    });

    it('taken by a clock ten years ahead are not kept for ten years', async () => {
      const { store } = await fresh();
      await store.leases.acquire('dedup', { ...lease, now: t0 + 3650 * dayMs, holder: 'a' });
      expect(await store.leases.acquire('dedup', { ...lease, holder: 'b' })).to.equal(2);
    });
  });

  describe('hub subscriptions', () => {
    it('are put, found, listed by direction and deleted', async () => {
      const { store } = await fresh();
      const common = {
        hubUrl: 'https://hub.example/',
        secret: 's',
        state: 'pending',
        expiresAt: null,
        memory: {},
      } as const;
      const incoming: HubSubscription = {
        direction: 'in',
        key: 'alpha',
        topicUrl: 'https://alpha.example/feed',
        ...common,
      };
      await store.hubs.put(incoming);
      await store.hubs.put({ ...incoming, direction: 'out' });
      await store.hubs.put({ ...incoming, state: 'active', expiresAt: t0, memory: { tries: 1 } });
      const active = { ...incoming, state: 'active', expiresAt: t0, memory: { tries: 1 } };
      expect(await store.hubs.get('in', 'alpha', incoming.topicUrl)).to.deep.equal(active);
      expect(await store.hubs.list('in')).to.deep.equal([active]);
      await store.hubs.delete('in', 'alpha', incoming.topicUrl);
      expect(await store.hubs.get('in', 'alpha', incoming.topicUrl)).to.equal(null);
      expect(await store.hubs.list('out')).to.have.length(1);
    });
  });
}
