import { expect } from 'chai';
import { claimed, fetchSave, read, source, t0 } from '../support/store-samples.ts';
import type { FreshStore } from './store-contract.ts';

const due = { now: t0, limit: 100, perHost: 2, holder: 'h', leaseMs: 1000 };

export function describeClaims(fresh: FreshStore): void {
  describe('claims', () => {
    it('take the longest due first, each source once, at most so many of a host', async () => {
      const { store } = await fresh();
      const many = Array.from({ length: 10 }, (_, n) => source(`s${n}`, `https://host${n % 2}.example/${n}`));
      await store.sources.sync(many, t0);
      const first = await store.sources.claimDue(due);
      expect(first.map(({ state }) => state.host).toSorted()).to.deep.equal([
        'host0.example',
        'host0.example',
        'host1.example',
        'host1.example',
      ]);
      expect(await store.sources.claimDue({ ...due, holder: 'other' })).to.deep.equal([]);
      const [one] = first;
      if (one) await store.sources.save(fetchSave(one, []));
      const next = await store.sources.claimDue({ ...due, holder: 'other' });
      expect(next.map(({ state }) => state.host)).to.deep.equal([one?.state.host]);
    });

    it('reach hosts that stand behind a host with very many due sources', async () => {
      const { store } = await fresh();
      const crowd = Array.from({ length: 300 }, (_, n) => source(`crowd-${n}`, `https://crowd.example/${n}`));
      await store.sources.sync(crowd, t0 - 1000);
      await store.sources.sync([...crowd, source('alone', 'https://alone.example/feed')], t0);
      const claims = await store.sources.claimDue({ ...due, limit: 4 });
      expect(claims.map(({ state }) => state.sourceId))
        .to.include('alone')
        .and.to.have.length(3);
    });

    it('come back when the lease ends, with a higher token, and the late save of the first holder is refused', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      const [first] = await store.sources.claimDue(due);
      const [second] = await store.sources.claimDue({ ...due, now: t0 + 1000, holder: 'other' });
      if (!first || !second) throw new Error('both claims were to succeed');
      expect(second.token).to.be.greaterThan(first.token);
      expect(await store.sources.save(fetchSave(first, [read('late')]))).to.equal('refused');
      expect(await store.items.get('late')).to.equal(null);
      expect(await store.sources.history('alpha', 10)).to.deep.equal([]);
      expect(await store.sources.save(fetchSave(second, [read('right')]))).to.equal('saved');
      expect(await store.items.get('late')).to.equal(null);
      expect(await store.items.get('right')).to.not.equal(null);
    });

    it('of one source are refused while somebody holds it, due or not', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0 + 10_000);
      await claimed(store, 'alpha');
      expect(await store.sources.claim('alpha', { now: t0, holder: 'b', leaseMs: 10 })).to.equal(null);
      expect(await store.sources.claim('nobody', { now: t0, holder: 'b', leaseMs: 10 })).to.equal(null);
    });

    it('are given back unfetched, but not when they are somebody else’s by now', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      const [first] = await store.sources.claimDue(due);
      if (!first) throw new Error('the claim was to succeed');
      const handle = { sourceId: 'alpha', token: first.token };
      await store.sources.release([handle]);
      expect(await store.sources.claimDue(due)).to.have.length(1);
      await store.sources.release([handle]);
      expect(await store.sources.claimDue(due)).to.have.length(0);
    });

    it('are not kept for years by a clock that was wrong', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      const future = t0 + 10 * 365 * 24 * 3_600_000;
      expect(await store.sources.claimDue({ ...due, now: future })).to.have.length(1);
      expect(await store.sources.claimDue(due)).to.have.length(1);
    });

    it('wait for a host that asked for silence: what was due earlier, and nothing else', async () => {
      const { store } = await fresh();
      const [soon, until] = [t0 + 1000, t0 + 60_000];
      await store.sources.sync(
        [
          source('due', 'https://busy.example/1'),
          source('later', 'https://busy.example/2'),
          source('never', 'https://busy.example/3'),
          source('elsewhere', 'https://free.example/1'),
        ],
        t0,
      );
      await store.sources.save(fetchSave(await claimed(store, 'later'), [], { state: { nextAt: until + 1 } }));
      await store.sources.save(
        fetchSave(await claimed(store, 'never'), [], { state: { nextAt: 8_640_000_000_000_000 } }),
      );
      await store.sources.postpone(['busy.example', 'unknown.example'], until);
      await store.sources.postpone([], until);
      const at = async (id: string) => (await store.sources.get(id))?.nextAt;
      expect([await at('due'), await at('later'), await at('never'), await at('elsewhere')]).to.deep.equal([
        until,
        until + 1,
        8_640_000_000_000_000,
        t0,
      ]);
      expect((await store.sources.get('due'))?.nextReason).to.equal('the host asks to wait');
      const claims = await store.sources.claimDue({ ...due, now: soon });
      expect(claims.map(({ state }) => state.sourceId)).to.deep.equal(['elsewhere']);
    });

    it('tell when the next source can be had, leases included', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha'), source('beta')], t0);
      await store.sources.save(fetchSave(await claimed(store, 'beta'), [], { state: { nextAt: t0 + 5000 } }));
      await store.sources.claimDue(due);
      expect(await store.sources.nextDueAt()).to.equal(t0 + 1000);
    });

    it('of several workers at once never share a source and keep the bound per host together', async () => {
      const { store, again } = await fresh();
      const others = [await again(), await again(), await again()];
      const many = Array.from({ length: 40 }, (_, n) => source(`s${n}`, `https://host${n % 5}.example/${n}`));
      await store.sources.sync(many, t0);
      const taken = await Promise.all(
        [store, ...others].map((worker, n) => worker.sources.claimDue({ ...due, limit: 10, holder: `w${n}` })),
      );
      const claims = taken.flat();
      expect(new Set(claims.map(({ state }) => state.sourceId)).size).to.equal(claims.length);
      expect(claims.length).to.equal(10);
    });
  });
}
