import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually, quiet, type RunningService, serviceFolder, startService } from '../support/running-service.ts';
import { rss, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const [minute, day] = [60_000, 86_400_000];
const year = 365 * day;
/** The collector looks once a second by a clock that no test can set. */
const tickMs = 1_300;

describe('twenty restarts within ten minutes', function () {
  this.timeout(60_000);
  let farm: FeedFarm;
  let dir = '';

  before(async () => {
    farm = await startFeedFarm({ items: 3 });
    const lines = Array.from({ length: 20 }, (_, n) => `  - { id: s-${n}, url: "${farm.origin}/feed/${n}.xml" }\n`);
    dir = await serviceFolder({
      newsfold: `roles: [collect]\ncollect: { allow: ["${farm.origin.slice(7)}"], perHost: 8 }\n`,
      sources: `sources:\n${lines.join('')}`,
    });
  });
  after(async () => {
    await farm.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('fetch each source at most once', async () => {
    let at = Date.UTC(2026, 4, 1, 12);
    for (let n = 0; n < 20; n++) {
      const service = await startService({ dir }, { now: () => at });
      // Some restarts come in the middle of the first round.
      if (n > 2) await quiet(service, () => at);
      await service.stop();
      at += 30_000;
    }
    const counts = Array.from({ length: 20 }, (_, n) => farm.requests.get(`/feed/${n}.xml`) ?? 0);
    expect(counts).to.deep.equal(counts.map(() => 1));
  });
});

describe('cron through daylight saving', function () {
  this.timeout(60_000);
  let server: ScriptedServer;
  let service: RunningService;
  const fetched: string[] = [];
  let at = Date.UTC(2026, 9, 24, 12); // Saturday noon before the hour that comes twice
  const now = () => at;

  before(async () => {
    server = await startScriptedServer((_request, response) => {
      fetched.push(new Date(at).toISOString().slice(0, 16));
      response.writeHead(200).end(rss('Daily', [{ guid: `day${at}` }]));
    });
    service = await startService(
      {
        newsfold: `roles: [collect]\ncollect: { allow: ["${server.address}"] }\n`,
        sources: `sources:\n  - { id: daily, url: "${server.origin}/", schedule: "30 2 * * *", timezone: Europe/Berlin }\n`,
      },
      { now },
    );
    await quiet(service, now);
  });
  after(async () => {
    await service.stop();
    await server.close();
  });

  /** Lets the clock come to a second before the next slot, where nothing may happen, and then to it. */
  const toNextSlot = async () => {
    const next = (await service.app.store.sources.nextDueAt()) ?? 0;
    at = next - 1_000;
    await sleep(tickMs);
    at = next;
    await quiet(service, now);
  };

  it('has the slot once in the hour that comes twice', async () => {
    fetched.length = 0;
    for (let n = 0; n < 3; n++) await toNextSlot();
    expect(fetched).to.deep.equal(['2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30']);
  });

  it('is fetched once when the clock has jumped over five months of slots', async () => {
    fetched.length = 0;
    at = Date.UTC(2027, 2, 27, 12);
    await quiet(service, now);
    await sleep(tickMs);
    expect(fetched).to.deep.equal(['2027-03-27T12:00']);
  });

  it('has the slot once in the hour that is left out', async () => {
    fetched.length = 0;
    for (let n = 0; n < 2; n++) await toNextSlot();
    expect(fetched).to.deep.equal(['2027-03-28T01:00', '2027-03-29T00:30']);
  });
});

describe('a clock that is set wrong and right again', function () {
  this.timeout(90_000);
  let farm: FeedFarm;
  let service: RunningService;
  const begin = Date.UTC(2026, 4, 1, 12);
  let at = begin;
  const now = () => at;
  const many = 10;
  const counts = () => Array.from({ length: many }, (_, n) => farm.requests.get(`/feed/${n}.xml`) ?? 0);
  const each = (count: number) => counts().map(() => count);

  before(async () => {
    farm = await startFeedFarm({ items: 3 });
    const lines = Array.from({ length: many }, (_, n) => `  - { id: s-${n}, url: "${farm.origin}/feed/${n}.xml" }\n`);
    service = await startService(
      {
        newsfold: `roles: [collect, dedup]\ncollect: { allow: ["${farm.origin.slice(7)}"], perHost: 8 }\n`,
        sources: `sources:\n${lines.join('')}`,
      },
      { now },
    );
    await quiet(service, now);
  });
  after(async () => {
    await service.stop();
    await farm.close();
  });

  it('ten years on: what is overdue is fetched once, without a burst', async () => {
    expect(counts()).to.deep.equal(each(1));
    at = begin + 10 * year;
    await quiet(service, now);
    await sleep(2 * tickMs);
    expect(counts()).to.deep.equal(each(2));
  });

  it('back again, and a day further: nothing waits for ten years', async () => {
    at = begin - day;
    await eventually(async () => ((await service.app.store.sources.nextDueAt()) ?? Infinity) < at + 2 * day, 40);
    const states = await service.app.store.sources.list();
    for (const { nextAt } of states) expect(nextAt).to.be.within(at, at + day * 1.1);
    expect(counts(), 'no burst').to.deep.equal(each(2));
  });

  it('and everything goes on: sources are fetched, items are folded', async () => {
    farm.grow();
    at += day * 1.2;
    await quiet(service, now);
    await sleep(tickMs);
    expect(counts()).to.deep.equal(each(3));
    await eventually(async () => (await service.app.store.items.undeduped(1)).length === 0);
    expect((await service.app.store.maintenance.stats(at)).items).to.equal(many * 4);
  });

  it('half an hour of ordinary time asks no source more than it should', async () => {
    const before = counts();
    for (let n = 0; n < 3; n++) {
      at += 10 * minute;
      await quiet(service, now);
    }
    for (const [n, count] of counts().entries()) expect(count - (before[n] ?? 0)).to.be.at.most(2);
  });
});
