import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../src/store/open-store.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { runNewsfold } from '../support/run-newsfold.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';

const statsOf = async (url: string) => {
  const store = await openStore(url);
  const { items, stories } = await store.maintenance.stats(Date.now());
  await store.close();
  return { items, stories };
};

describe('newsfold store copy, beside a running service', function () {
  this.timeout(60_000);
  let farm: FeedFarm;
  let service: RunningService;
  const run = (...words: string[]) => runNewsfold(service.dir, words);
  const path = (name: string) => join(service.dir, name);

  before(async () => {
    farm = await startFeedFarm({ items: 6 });
    service = await startService({
      newsfold: `collect: { allow: ["${farm.origin.slice(7)}"] }\n`,
      sources: `sources:\n  - { id: farm, url: "${farm.origin}/feed/1.xml", schedule: 24h }\n`,
    });
    await eventually(async () => (await service.app.store.maintenance.stats(Date.now())).stories === 6);
  });
  after(async () => {
    await service.stop();
    await farm.close();
  });

  it('moves everything into another store, and never over one that is in use', async () => {
    const copied = await run('store', 'copy', `sqlite:${path('other.db')}`);
    expect([copied.status, copied.stdout], copied.stderr).to.deep.equal([0, 'copied and verified\n']);
    const again = await run('store', 'copy', `sqlite:${path('other.db')}`);
    expect([again.status, again.stdout]).to.deep.equal([1, '']);
    expect(again.stderr).to.include('not empty').and.to.include('name a new one');
    expect((await statsOf(`sqlite:${path('other.db')}`)).items).to.equal(6);
    const nowhere = await run('store', 'copy', 'mysql://x');
    expect([nowhere.status, nowhere.stdout]).to.deep.equal([1, '']);
    expect(nowhere.stderr).to.match(/sqlite: or postgres:/);
  });
});
