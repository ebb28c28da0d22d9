import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import pg from 'pg';
import {
  type ChildService,
  farmFolder,
  publishedIds,
  removeFolder,
  startChild,
  waitedForProcessorMs,
} from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { freshDatabase, lacking, type TestDatabase } from '../support/services.ts';

const feeds = 12;
const itemsPerFeed = 20;
const delayMs = 30;
/** `npm run faults` raises it; CI keeps it small. */
const kills = Number(process.env.NEWSFOLD_TEST_KILLS ?? 5);
/** Up again: from the start of the process to its first feed, but for the time in which a busy machine gave it no processor. */
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
      farm = await startFeedFarm({ items: itemsPerFeed, delayMs });
      dir = await farmFolder(farm.origin, { feeds, schedule: '10s', collect: 'perHost: 8' });
    });
    after(async () => {
      await service?.kill('SIGKILL');
      await farm?.close();
      await database?.drop();
      await removeFolder(dir);
    });

    /** All sources are due at the next start: whatever is killed was at work. */
    const makeDue = async () => {
      const statement = 'update source_states set next_at = 0';
      if (database) {
        const client = new pg.Client({ connectionString: database.url });
        await client.connect();
        await client.query(statement);
        await client.end();
      } else {
        const file = new DatabaseSync(join(dir, 'newsfold.db'), { timeout: 5000 });
        file.exec(statement);
        file.close();
      }
    };
    const requests = () => [...farm.requests.values()].reduce((sum, n) => sum + n, 0);

    /**
     * The first feed that is served. A machine that starves everything lets the database be late too: then a service may say so, with 503 and
     * when to come again, as long as it is up in time by its own clock.
     */
    const firstFeed = (url: string) =>
      eventually(async () => {
        const answer = await fetch(`${url}/feeds/all.json`, { headers: { Connection: 'close' } });
        await answer.arrayBuffer();
        if (answer.status === 503) late++;
        expect(answer.status === 200 || answer.headers.has('retry-after'), `status ${answer.status}`).to.equal(true);
        return answer.status === 200;
      }, 60);
    /** What is published; a 503 says nothing about that. */
    const published = (url: string) =>
      eventually(
        () =>
          publishedIds(url).catch((error: Error) => {
            if (!error.message.startsWith('status 503')) throw error;
            late++;
            return false as const;
          }),
        60,
      );
    let late = 0;

    /** A different moment every time: while starting, leasing and fetching, reading, saving, folding, resting. */
    const moment = async (round: number, running: ChildService, known: number) => {
      const before = requests();
      const happens = async (event: () => Promise<boolean>) => {
        for (let n = 0; n < 600 && !(await event()); n++) await sleep(10);
      };
      if (round % 4 === 1) await happens(async () => requests() > before);
      if (round % 4 === 2) await happens(async () => (await published(running.url)).size > known);
      if (round % 4 === 3) await happens(async () => farm.waiting() === 0 && requests() > before);
      await sleep((round * 397) % ([1100, 200, 60, 2500][round % 4] ?? 1));
    };

    it(`loses no item, doubles none, and changes no id in ${kills} kills`, async () => {
      let known = new Map<string, string>();
      const ups: { readonly ms: number; readonly waitedMs: number }[] = [];
      let inFetch = 0;
      for (let round = 0; round < kills; round++) {
        const begun = performance.now();
        service = await start();
        await firstFeed(service.url);
        ups.push({ ms: performance.now() - begun, waitedMs: await waitedForProcessorMs(service) });
        farm.grow();
        farm.slow(round % 4 === 1 ? 2_000 : delayMs);
        await moment(round, service, known.size);
        // Where the moment is a fetch under way, nobody looks first: looking takes longer than the fetch.
        const seen = round % 4 === 1 ? known : await published(service.url);
        if (farm.waiting() > 0) inFetch++;
        await service.kill('SIGKILL');
        for (const [title, id] of known) expect(seen.get(title), `"${title}" after kill ${round}`).to.equal(id);
        known = new Map([...known, ...seen]);
        await makeDue();
      }
      farm.slow(delayMs);
      service = await start();
      const running = service;
      const all = await eventually(async () => {
        const ids = await published(running.url);
        // The newest posts of every feed are there; what grew and left a feed again between two looks cannot be had any more.
        return (
          Array.from({ length: feeds }, (_, feed) => farm.titles(String(feed)).every(title => ids.has(title))).every(
            Boolean,
          ) && ids
        );
      }, 50);
      for (const [title, id] of known) expect(all.get(title)).to.equal(id);
      expect(new Set(all.values()).size).to.equal(all.size);
      expect(all.size).to.be.greaterThan(feeds * itemsPerFeed);
      const [byTheClock, ran] = [ups.map(({ ms }) => ms), ups.map(({ ms, waitedMs }) => ms - waitedMs)];
      console.log(
        `      ${kills} kills on ${engine}, ${inFetch} of them while feeds were awaited: ${all.size} items, lost 0, doubled 0, changed ids 0; ${late} times 503; up again after ${medianAndMost(byTheClock)}; less the wait for a processor, ${medianAndMost(ran)}`,
      );
      expect(Math.max(...ran), 'up again').to.be.below(upWithinMs);
    });

    it('hands its work back and ends with 0 on SIGTERM', async () => {
      expect(await service?.kill('SIGTERM')).to.equal(0);
    });
  });
}

function medianAndMost(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [median = 0, most = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
  return `${(median / 1000).toFixed(1)} s, ${(most / 1000).toFixed(1)} s at most`;
}
