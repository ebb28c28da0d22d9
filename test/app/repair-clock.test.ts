import { expect } from 'chai';
import { repairSchedules } from '../../src/app/repair-clock.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { LiveConfig } from '../../src/config/watch-config.ts';
import { emptyMemory } from '../../src/core/schedule/schedule-memory.ts';
import { openStore } from '../../src/store/open-store.ts';
import { farmFolder, removeFolder } from '../support/child-service.ts';
import { claimed, fetchSave } from '../support/store-samples.ts';

const yearMs = 365 * 86_400_000;

describe('after the clock was set back', () => {
  it('what was due soon is due soon, not in a year', async () => {
    const dir = await farmFolder('http://127.0.0.1:1', { feeds: 2, schedule: '20m' });
    const loaded = await loadConfig(dir, {});
    if (!loaded.ok) throw new Error('the configuration has mistakes');
    const [now, store] = [Date.now(), await openStore('sqlite::memory:')];
    await store.sources.sync(loaded.config.sources, now);
    // One was fetched a year ahead of the new clock, one by a clock that was right.
    for (const [id, lastFetchAt] of [
      ['s-0', now + yearMs],
      ['s-1', now - 600_000],
    ] as const) {
      const memory = { schedule: { ...emptyMemory, lastFetchAt } };
      const state = { nextAt: lastFetchAt + 1_200_000, memory };
      await store.sources.save(fetchSave(await claimed(store, id, now), [], { state }));
    }
    const configured = new Map(loaded.config.sources.map(source => [source.id, source]));
    const repair = () =>
      repairSchedules({
        config: { current: () => loaded.config } as unknown as LiveConfig,
        sources: store.sources,
        configured: () => configured,
        now: () => now,
      });
    expect(await repair()).to.equal(1);
    expect((await store.sources.get('s-0'))?.nextAt).to.be.at.most(now + 30 * 60_000);
    expect((await store.sources.get('s-1'))?.nextAt, 'what was right stays').to.equal(now + 600_000);
    expect(await repair()).to.equal(0);
    await store.close();
    await removeFolder(dir);
  });
});
