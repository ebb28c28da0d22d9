import { expect } from 'chai';
import { claimed, fetchSave, read, record, source, t0 } from '../support/store-samples.ts';
import type { FreshStore } from './store-contract.ts';

const dayMs = 24 * 3_600_000;

export function describeSources(fresh: FreshStore): void {
  describe('sources', () => {
    it('are due at once when they are new', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha'), source('beta')], t0);
      expect((await store.sources.list()).map(state => state.sourceId)).to.deep.equal(['alpha', 'beta']);
      expect(await store.sources.get('alpha')).to.include({
        nextAt: t0,
        health: 'new',
        itemCount: 0,
        host: 'alpha.example',
      });
      expect(await store.sources.nextDueAt()).to.equal(t0);
    });

    it('keep their state when the same configuration is synced again', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      const claim = await claimed(store, 'alpha');
      await store.sources.save(
        fetchSave(claim, [], { state: { nextAt: t0 + 5000, validators: { etag: '"x"', lastModified: null } } }),
      );
      await store.sources.sync([source('alpha')], t0 + 10);
      expect(await store.sources.get('alpha')).to.deep.include({
        nextAt: t0 + 5000,
        validators: { etag: '"x"', lastModified: null },
      });
    });

    it('start anew, without validators, when their address changed, and a fetch of the old address is refused', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      await store.sources.save(
        fetchSave(await claimed(store, 'alpha'), [], { state: { validators: { etag: '"x"', lastModified: null } } }),
      );
      const claim = await claimed(store, 'alpha');
      await store.sources.sync([source('alpha', 'https://new.example:8443/feed')], t0 + 10);
      const state = await store.sources.get('alpha');
      expect(state).to.deep.include({
        nextAt: t0 + 10,
        host: 'new.example:8443',
        validators: { etag: null, lastModified: null },
      });
      expect(await store.sources.save(fetchSave(claim, [read('a')]))).to.equal('refused');
    });

    it('that are saved at once are each saved or refused for themselves, and one that cannot be saved fails alone', async () => {
      const { store } = await fresh();
      const ids = Array.from({ length: 70 }, (_, n) => `s-${String(n).padStart(2, '0')}`);
      await store.sources.sync(
        ids.map(id => source(id)),
        t0,
      );
      const claims = await Promise.all(ids.map(id => claimed(store, id)));
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const saves = claims.map((claim, n) => {
        const { sourceId } = claim.state;
        const items = [read(`${sourceId}-a`, { sourceId }), read(`${sourceId}-b`, { sourceId })];
        if (n === 3) return fetchSave({ ...claim, token: claim.token - 1 }, items);
        return fetchSave(claim, items, n === 5 ? { state: { memory: circle } } : {});
      });
      const answers = await Promise.allSettled(
        saves.map(async save => {
          const answer = await store.sources.save(save);
          // Whoever hears that it is saved can read it.
          const { itemCount } = (await store.sources.get(save.sourceId)) ?? {};
          return `${answer} ${itemCount}`;
        }),
      );
      const said = answers.map(answer => (answer.status === 'fulfilled' ? answer.value : 'failed'));
      expect(said).to.deep.equal(ids.map((_, n) => (n === 3 ? 'refused 0' : n === 5 ? 'failed' : 'saved 2')));
      expect((await store.sources.get('s-05'))?.itemCount).to.equal(0);
      const { items, outcomes } = await store.maintenance.stats(t0);
      expect(items).to.equal(2 * 68);
      expect(outcomes.find(({ outcome }) => outcome === 'modified')?.count).to.equal(68);
      expect(await store.items.undeduped(1000)).to.have.length(2 * 68);
    });

    it('leave the schedule when they are removed, keep their items, and come back due', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      const before = await claimed(store, 'alpha');
      await store.sources.save(fetchSave(before, [read('a')]));
      await store.sources.sync([], t0);
      expect(await store.sources.list()).to.deep.equal([]);
      expect(await store.sources.get('alpha')).to.equal(null);
      expect(await store.sources.nextDueAt()).to.equal(null);
      expect(await store.items.get('a')).to.not.equal(null);
      await store.sources.sync([source('alpha')], t0 + 50);
      const after = await claimed(store, 'alpha', t0 + 50);
      expect(after.token).to.be.greaterThan(before.token);
      expect(after.state.itemCount).to.equal(1);
    });

    it('are not due while paused', async () => {
      const { store } = await fresh();
      await store.sources.sync([{ ...source('alpha'), paused: true }], t0);
      expect(await store.sources.nextDueAt()).to.equal(null);
      const claims = await store.sources.claimDue({ now: t0 + 1, limit: 5, perHost: 2, holder: 'h', leaseMs: 1000 });
      expect(claims).to.deep.equal([]);
      await store.sources.sync([source('alpha')], t0);
      expect(await store.sources.nextDueAt()).to.equal(t0);
    });

    it('are due at once when somebody asks', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      await store.sources.save(fetchSave(await claimed(store, 'alpha'), [], { state: { nextAt: t0 + dayMs } }));
      await store.sources.requestNow('alpha', t0 + 5);
      expect(await store.sources.nextDueAt()).to.equal(t0 + 5);
    });

    it('keep every field of their state through a save', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      const state = {
        url: 'https://moved.example/feed',
        configuredUrl: 'https://alpha.example/feed',
        host: 'moved.example',
        title: 'Alpha – الأنباء',
        link: 'https://alpha.example/',
        language: 'pt-BR',
        format: 'atom',
        validators: { etag: 'W/"ü"', lastModified: 'Fri, 01 May 2026 12:00:00 GMT' },
        bodyHash: 'hash',
        nextAt: t0 + 77,
        nextReason: 'adaptive',
        health: 'failing' as const,
        problem: 'no answer',
        failures: 3,
        lastFetchAt: t0,
        lastSuccessAt: t0 - 1,
        lastNewItemAt: null,
        memory: { intervals: [1, 2.5], nested: { a: null } },
        paused: false,
      };
      await store.sources.save(fetchSave(await claimed(store, 'alpha'), [], { state }));
      expect(await store.sources.get('alpha')).to.deep.equal({ sourceId: 'alpha', itemCount: 0, ...state });
    });

    it('find their host anew when they moved', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      await store.sources.save(
        fetchSave(await claimed(store, 'alpha'), [], { state: { url: 'https://moved.example/' } }),
      );
      expect((await store.sources.get('alpha'))?.host).to.equal('moved.example');
    });

    it('survive times that no calendar has', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      const far = { nextAt: Number.POSITIVE_INFINITY, lastFetchAt: t0 + 0.75 };
      expect(await store.sources.save(fetchSave(await claimed(store, 'alpha'), [], { state: far }))).to.equal('saved');
      const state = await store.sources.get('alpha');
      expect(state?.nextAt).to.be.greaterThan(t0 + 1000 * 365 * dayMs);
      expect(state?.lastFetchAt).to.equal(t0);
    });
  });

  describe('the history of a source', () => {
    it('lists the latest fetches first and stays bounded', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha')], t0);
      for (let n = 0; n < 50; n++) {
        const claim = await claimed(store, 'alpha', t0 + n);
        const warnings = [{ code: 'bad-date' as const, message: 'no date' }];
        await store.sources.save(
          fetchSave(claim, [], {
            record: record('alpha', { at: t0 + n, outcome: 'failed', status: null, message: 'm', warnings }),
          }),
        );
      }
      const history = await store.sources.history('alpha', 1000);
      expect(history.length).to.equal(40);
      expect(history[0]).to.deep.include({ at: t0 + 49, outcome: 'failed', status: null, message: 'm', itemsNew: 0 });
      expect(history[0]?.warnings).to.deep.equal([{ code: 'bad-date', message: 'no date' }]);
      expect((await store.sources.history('alpha', 2)).map(fetch => fetch.at)).to.deep.equal([t0 + 49, t0 + 48]);
    });

    it('counts what was really new, day by day', async () => {
      const { store } = await fresh();
      await store.sources.sync([source('alpha'), source('beta')], t0);
      const save = async (at: number, ids: readonly string[]) => {
        const claim = await claimed(store, 'alpha', at);
        await store.sources.save(
          fetchSave(
            claim,
            ids.map(id => read(id)),
            { record: record('alpha', { at, itemsNew: 99 }) },
          ),
        );
      };
      await save(t0 - dayMs, ['a', 'b']);
      await save(t0, ['b', 'c']);
      expect((await store.sources.history('alpha', 1))[0]?.itemsNew).to.equal(1);
      expect([...(await store.sources.itemsPerDay(3, t0))]).to.deep.equal([['alpha', [0, 2, 1]]]);
    });
  });
}
