import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { killProcess, readingProcesses } from '../support/reading-processes.ts';
import { collectNow, eventually, type RunningService, startService } from '../support/running-service.ts';

const feeds = 20;
const items = 10;
const ids = Array.from({ length: feeds }, (_, n) => `s-${n}`);
const kills = Number(process.env.NEWSFOLD_TEST_KILLS ?? 8);

describe('a service whose reading process is killed again and again', function () {
  this.timeout(60_000 + kills * 2_000);
  let farm: FeedFarm;
  let service: RunningService;
  before(async function () {
    if (process.platform !== 'linux') this.skip();
    farm = await startFeedFarm({ items, bodyBytes: 20_000 });
    const sources = ids.map((id, n) => `  - { id: ${id}, url: "${farm.origin}/feed/${n}.xml", schedule: 24h }\n`);
    service = await startService({
      newsfold: `samples: false\nroles: [web, dedup]\ncollect: { allow: ["${farm.origin.slice(7)}"], perHost: 8 }\n`,
      sources: `sources:\n${sources.join('')}`,
    });
  });
  after(async () => {
    await service?.stop();
    await farm?.close();
  });

  it('reads the document it had once more: none fails, no item is lost or doubled', async () => {
    let [killed, rounds] = [0, 0];
    for (; killed < kills; rounds++) {
      const collecting = Promise.all(ids.map(id => collectNow(service, id)));
      const reader = await eventually(async () => (await readingProcesses())[0]);
      // At another moment of its work each time, its start included.
      await sleep((rounds * 37) % 150);
      if (killProcess(reader)) killed++;
      expect(new Set((await collecting).map(({ outcome }) => outcome))).to.deep.equal(new Set(['modified']));
      const states = await service.app.store.sources.list();
      expect(states.filter(({ failures }) => failures > 0)).to.deep.equal([]);
      farm.grow();
    }
    // Each round but the first found one more in each feed.
    const { items: stored } = await service.app.store.maintenance.stats(Date.now());
    expect(stored).to.equal(feeds * (items + rounds - 1));
    console.log(`      ${killed} kills: ${stored} items, lost 0, doubled 0, documents failed 0`);
  });
});
