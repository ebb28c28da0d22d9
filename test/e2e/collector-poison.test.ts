import { expect } from 'chai';
import type { SourceState } from '../../src/pipeline/ports.ts';
import { collectNow, eventually, type RunningService, startService } from '../support/running-service.ts';
import { rss, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const [hour, day] = [3_600_000, 86_400_000];
/** Ten megabytes that become hundreds when they are read. */
const large = `{"version":"https://jsonfeed.org/version/1.1","title":"Large","items":[${'[],'.repeat(3_300_000)}[]]}`;

describe('poison and floods, through the whole service', function () {
  this.timeout(90_000);
  let world: ScriptedServer;
  let service: RunningService;
  const begin = Date.UTC(2026, 4, 20, 12);
  let at = begin;
  const feeds = new Map<string, string>();
  const stateOf = async (id: string) => (await service.app.store.sources.get(id)) as SourceState;
  const folded = () => eventually(async () => (await service.app.store.items.undeduped(1)).length === 0, 60);
  type Entry = { title: string; date_published: string };
  const entries = async (query = ''): Promise<Entry[]> =>
    ((await (await fetch(`${service.url}/feeds/all.json?dedup=none${query}`)).json()) as { items: Entry[] }).items;

  before(async () => {
    world = await startScriptedServer((request, response) => {
      const feed = feeds.get((request.url ?? '').slice(1));
      response.writeHead(feed === undefined ? 404 : 200).end(feed);
    });
    const ids = ['poison', 'well', 'lively', 'flood', 'redated', 'future'];
    const lines = ids.map(id => `  - { id: ${id}, url: "${world.origin}/${id}", schedule: 1h, language: en }\n`);
    service = await startService(
      {
        newsfold: `roles: [web, dedup]\ncollect: { allow: ["${world.address}"] }\n`,
        sources: `sources:\n${lines.join('')}`,
      },
      { now: () => at, reading: { heapMaxMiB: 96, timeBudgetMs: 6_000 } },
    );
  });
  after(async () => {
    await service.stop();
    await world.close();
  });

  it('a document that the reading thread cannot bear fails alone, in words, and is backed off', async () => {
    feeds.set('poison', large);
    feeds.set(
      'well',
      rss(
        'Well',
        [1, 2, 3].map(i => ({ guid: `well${i}`, date: begin - i * hour })),
      ),
    );
    const waits: number[] = [];
    for (let n = 0; n < 2; n++) {
      const [poison, well] = await Promise.all([collectNow(service, 'poison'), collectNow(service, 'well')]);
      expect([poison.outcome, poison.itemsNew]).to.deep.equal(['unreadable', 0]);
      expect(well.outcome).to.equal(n === 0 ? 'modified' : 'same-body');
      waits.push((await stateOf('poison')).nextAt - at);
      at += 5 * 60_000;
    }
    const { health, problem, failures, bodyHash } = await stateOf('poison');
    expect([health, failures, bodyHash]).to.deep.equal(['failing', 2, null]);
    expect(problem).to.match(/longer than|more memory/);
    expect(waits[1]).to.be.greaterThan((waits[0] as number) * 1.3);
    expect((await stateOf('well')).itemCount).to.equal(3);
    feeds.set('poison', rss('Healed', [{ guid: 'healed', date: begin - day }]));
    expect((await collectNow(service, 'poison')).itemsNew).to.equal(1);
    expect((await stateOf('poison')).health).to.equal('ok');
  });

  it('a new source’s backlog of 2,000 posts enters in the past and takes no more than its share of a page', async () => {
    const lively = Array.from({ length: 30 }, (_, i) => ({ guid: `lively${i}`, date: begin - i * hour }));
    const backlog = Array.from({ length: 2_000 }, (_, i) => ({ guid: `flood${i}`, date: begin - day - i * hour }));
    feeds.set('lively', rss('Lively', lively));
    feeds.set('flood', rss('Flood', backlog));
    await collectNow(service, 'lively');
    await folded();
    const before = (await entries('&limit=20')).map(({ title }) => title);
    expect((await collectNow(service, 'flood')).itemsNew).to.equal(2_000);
    await folded();
    const page = await entries('&limit=20');
    const others = page.map(({ title }) => title).filter(title => !title.startsWith('flood'));
    expect(others.slice(0, 10), 'the news stays in its place').to.deep.equal(before.slice(0, 10));
    expect(page[0]?.title).to.equal(before[0]);
    const limited = await entries('&limit=60');
    const share = limited.filter(({ title }) => title.startsWith('flood'));
    expect(share.length).to.be.within(1, 15);
    expect(limited.some(({ title }) => title.startsWith('lively'))).to.equal(true);
  });

  it('a flood that calls itself new takes no more than its share either', async () => {
    const burst = Array.from({ length: 300 }, (_, i) => ({ guid: `burst${i}` }));
    feeds.set('flood', rss('Flood', burst));
    await collectNow(service, 'flood');
    await folded();
    const page = await entries('&limit=40');
    expect(page.filter(({ title }) => title.startsWith('burst')).length).to.be.at.most(10);
    expect(page.some(({ title }) => title.startsWith('lively'))).to.equal(true);
  });

  it('a feed that is dated anew moves nothing', async () => {
    const posts = (shift: number) =>
      rss(
        'Redated',
        [1, 2, 3, 4].map(i => ({ guid: `redated${i}`, date: begin - 2 * day - i * hour + shift })),
      );
    feeds.set('redated', posts(0));
    await collectNow(service, 'redated');
    await folded();
    const order = async () => (await entries('&limit=200')).map(({ title }) => title);
    const before = await order();
    for (const shift of [day, 2 * day]) {
      at += hour;
      feeds.set('redated', posts(shift));
      await collectNow(service, 'redated');
      await folded();
      expect(await order()).to.deep.equal(before);
    }
  });

  it('a date in the future is the moment of first sight, and leads no page for ever', async () => {
    at += hour;
    const seen = at;
    feeds.set(
      'future',
      rss('Future', [
        { guid: 'future1', date: at + 3650 * day },
        { guid: 'future2', date: 'Fri, 31 Dec 9999 23:59:59 GMT' },
      ]),
    );
    await collectNow(service, 'future');
    await folded();
    const found = (await entries('&limit=200')).filter(({ title }) => title.startsWith('future'));
    expect(found).to.have.length(2);
    for (const { date_published } of found) expect(Date.parse(date_published)).to.be.at.most(seen);
    at += hour;
    feeds.set('well', rss('Well', [{ guid: 'wellnew', date: at }]));
    await collectNow(service, 'well');
    await folded();
    expect((await entries('&limit=1'))[0]?.title).to.match(/^wellnew/);
  });
});
