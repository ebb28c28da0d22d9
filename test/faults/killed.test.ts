import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { freshDatabase, lacking, type TestDatabase } from '../support/services.ts';

const feeds = 12;
const itemsPerFeed = 20;
/** `npm run faults` raises it; CI keeps it small. */
const kills = Number(process.env.NEWSFOLD_TEST_KILLS ?? 5);
/** Up again: from the start of the process to its first feed. */
const upWithinMs = 10_000;

for (const engine of ['SQLite', 'PostgreSQL'] as const) {
  describe(`kill -9 in the middle of collecting into ${engine}`, function () {
    this.timeout(60_000 + kills * 20_000);
    let farm: FeedFarm;
    let dir = '';
    let database: TestDatabase | null = null;
    let service: ChildService | null = null;

    const start = () => startChild(dir, database ? { NEWSFOLD_STORE_URL: database.url } : {});

    before(async function () {
      if (engine === 'PostgreSQL') database = (await freshDatabase()) ?? lacking(this, 'PostgreSQL');
      farm = await startFeedFarm({ items: itemsPerFeed, delayMs: 30 });
      dir = await farmFolder(farm.origin, { feeds, schedule: '10s', collect: 'perHost: 8' });
    });
    after(async () => {
      await service?.kill('SIGKILL');
      await farm?.close();
      await database?.drop();
      await removeFolder(dir);
    });

    it(`loses no item, doubles none, and changes no id in ${kills} kills`, async () => {
      let known = new Map<string, string>();
      let slowestMs = 0;
      for (let round = 0; round < kills; round++) {
        const begun = performance.now();
        service = await start();
        expect((await fetch(`${service.url}/feeds/all.json`)).status).to.equal(200);
        slowestMs = Math.max(slowestMs, performance.now() - begun);
        // A different moment every time: while leasing, fetching, reading, saving or folding.
        await sleep(150 + ((round * 397) % 1100));
        if (round % 2 === 0) farm.grow();
        const seen = await publishedIds(service.url);
        for (const [title, id] of known) expect(seen.get(title), `"${title}" after kill ${round}`).to.equal(id);
        known = new Map([...known, ...seen]);
        await service.kill('SIGKILL');
      }
      service = await start();
      const running = service;
      const all = await eventually(async () => {
        const ids = await publishedIds(running.url);
        // What grew while nobody looked and has left the feed again cannot be had any more.
        return ids.size >= feeds * itemsPerFeed && ids;
      }, 50);
      for (const [title, id] of known) expect(all.get(title)).to.equal(id);
      expect(new Set(all.values()).size).to.equal(all.size);
      expect(all.size).to.be.at.most(feeds * (itemsPerFeed + Math.ceil(kills / 2)));
      expect(slowestMs, 'up again').to.be.below(upWithinMs);
      console.log(
        `      ${kills} kills on ${engine}: ${all.size} items, lost 0, doubled 0, changed ids 0; up again after ${(slowestMs / 1000).toFixed(1)} s at most`,
      );
    });

    it('hands its work back and ends with 0 on SIGTERM', async () => {
      expect(await service?.kill('SIGTERM')).to.equal(0);
    });
  });
}
