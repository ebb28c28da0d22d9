import { expect } from 'chai';
import { checkReadiness } from '../../src/app/readiness.ts';
import { openCache } from '../../src/cache/open-cache.ts';
import type { LiveConfig } from '../../src/config/watch-config.ts';
import { openStore } from '../../src/store/open-store.ts';

describe('whether a process is ready', () => {
  it('is said soon, also when the store says nothing', async function () {
    this.timeout(20_000);
    const [store, cache] = [await openStore('sqlite::memory:'), await openCache('memory:')];
    const config = { problem: () => null } as unknown as LiveConfig;
    expect(await checkReadiness({ config, store, cache })).to.deep.equal({ reasons: [], warnings: [] });
    const silent = { ...store, maintenance: { ...store.maintenance, check: () => new Promise<void>(() => undefined) } };
    expect(await checkReadiness({ config, store: silent, cache })).to.deep.equal({
      reasons: ['store: it does not answer (3 s waited)'],
      warnings: [],
    });
    await store.close();
  });
});
