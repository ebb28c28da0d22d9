import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import { never } from '../../src/core/schedule/next-fetch.ts';
import type { SourceState } from '../../src/pipeline/ports.ts';
import { collectNow, quiet, type RunningService, serviceFolder, startService } from '../support/running-service.ts';
import { rss, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const [hour, day] = [3_600_000, 86_400_000];
const addresses: Readonly<Record<string, string>> = { 'inside.example': '10.0.0.7' };
/** Names of the wide world lead to public addresses, which a proxy on loopback answers for. */
const resolve = async (name: string) => [addresses[name] ?? (name.endsWith('.test') ? '127.0.0.1' : '93.184.215.14')];
const feed = rss('A feed', [{ guid: 'one', date: Date.UTC(2026, 0, 1) }]);

describe('what an answer changes, through the whole service', function () {
  this.timeout(60_000);
  let world: ScriptedServer;
  let service: RunningService;
  let at = Date.UTC(2026, 4, 1, 12);

  const stateOf = async (id: string) => (await service.app.store.sources.get(id)) as SourceState;
  /** What each source's address answers now: a status, and where it leads. */
  const answers = new Map<string, { status: number; location?: string }>();
  const sourceUrl = (id: string) => `http://${id}.example/feed`;

  const agents = new Set<string | undefined>();

  before(async () => {
    world = await startScriptedServer((request, response) => {
      agents.add(request.headers['user-agent']);
      const { status, location } = answers.get(request.url ?? '') ?? { status: 200 };
      response.writeHead(status, location ? { location } : {}).end(status === 200 ? feed : 'POISON');
    });
    const ids = ['moves', 'wavers', 'wanders', 'goes-inside', 'gone', 'fails'];
    const lines = ids.map(id => `  - { id: ${id}, url: "${sourceUrl(id)}", http: { proxy: "${world.origin}" } }\n`);
    service = await startService(
      {
        newsfold: `roles: [web]\ncollect: { allow: ["${world.address}"], subscribers: 12 }\n`,
        sources: `sources:\n${lines.join('')}`,
      },
      { now: () => at, resolve },
    );
  });
  after(async () => {
    await service.stop();
    await world.close();
  });

  it('follows a permanent redirect at once, and stores its target after three days of the same answer', async () => {
    answers.set(sourceUrl('moves'), { status: 301, location: 'http://moved.example/feed' });
    const begin = at;
    for (const after of [0, day, 2 * day, 3 * day - hour]) {
      at = begin + after;
      expect((await collectNow(service, 'moves')).outcome).to.be.oneOf(['modified', 'same-body']);
      expect((await stateOf('moves')).url).to.equal(sourceUrl('moves'));
      expect((await stateOf('moves')).nextReason).to.match(/moved to .*waiting/);
    }
    at = begin + 3 * day + 1;
    await collectNow(service, 'moves');
    const moved = await stateOf('moves');
    expect([moved.url, moved.host, moved.configuredUrl]).to.deep.equal([
      'http://moved.example/feed',
      'moved.example',
      sourceUrl('moves'),
    ]);
    expect(moved.itemCount).to.equal(1);
    const before = world.count(sourceUrl('moves'));
    expect((await collectNow(service, 'moves')).outcome).to.equal('same-body');
    expect(world.count(sourceUrl('moves')), 'the old address is not asked again').to.equal(before);
  });

  it('says who asks, and how many read here', () => {
    expect([...agents].join('\n')).to.match(/^newsfold\/1 \(\+http[^\s;]+; 12 subscribers\)$/);
  });

  const unmoved: readonly { id: string; locations: readonly string[]; status: number; words: string }[] = [
    {
      id: 'wavers',
      status: 301,
      words: 'a target that changes',
      locations: ['http://a.example/', 'http://b.example/'],
    },
    { id: 'wanders', status: 302, words: 'a redirect that is not permanent', locations: ['http://c.example/'] },
    { id: 'goes-inside', status: 301, words: 'a private address by name', locations: ['http://inside.example/'] },
    { id: 'goes-inside', status: 308, words: 'a private address', locations: ['http://10.0.0.8/'] },
  ];
  for (const { id, locations, status, words } of unmoved) {
    it(`never stores ${words} (${status}), however long it is announced`, async () => {
      for (let n = 0; n < 6; n++) {
        answers.set(sourceUrl(id), { status, location: locations[n % locations.length] as string });
        at += day;
        await collectNow(service, id);
        expect((await stateOf(id)).url).to.equal(sourceUrl(id));
      }
      if (id === 'goes-inside') {
        expect((await stateOf(id)).problem)
          .to.include('private network')
          .and.not.to.match(/10\.0\.0\.7/);
        expect(world.asked.filter(({ host }) => host.startsWith('inside') || host.startsWith('10.'))).to.deep.equal([]);
      }
    });
  }

  it('stops after three times 410, hours apart, says so, and starts again with the first success', async () => {
    await collectNow(service, 'gone');
    answers.set(sourceUrl('gone'), { status: 410 });
    for (const time of [1, 2]) {
      await collectNow(service, 'gone');
      const state = await stateOf('gone');
      expect([state.health, state.failures]).to.deep.equal(['failing', time]);
      expect(state.nextAt - at).to.be.greaterThan(hour);
      at = state.nextAt;
    }
    await collectNow(service, 'gone');
    const stopped = await stateOf('gone');
    expect([stopped.health, stopped.nextAt, stopped.itemCount]).to.deep.equal(['gone', never, 1]);
    expect(stopped.problem).to.include('410');
    const claims = await service.app.store.sources.claimDue({
      now: at + 365 * day,
      limit: 100,
      perHost: 9,
      holder: 'x',
      leaseMs: 1,
    });
    expect(claims.map(({ state }) => state.sourceId)).not.to.include('gone');
    await service.app.store.sources.release(claims.map(({ state, token }) => ({ sourceId: state.sourceId, token })));

    answers.delete(sourceUrl('gone'));
    await collectNow(service, 'gone');
    const back = await stateOf('gone');
    expect([back.health, back.failures, back.problem]).to.deep.equal(['ok', 0, null]);
    expect(back.nextAt - at).to.be.lessThan(day * 1.1);
  });

  it('tries failures more and more rarely, at least once a day, for ever; success resets at once', async () => {
    answers.set(sourceUrl('fails'), { status: 500 });
    const waits: number[] = [];
    for (let n = 0; n < 14; n++) {
      await collectNow(service, 'fails');
      const { nextAt } = await stateOf('fails');
      waits.push(nextAt - at);
      at = nextAt;
    }
    for (const [n, wait] of waits.entries()) {
      expect(wait).to.be.at.most(day);
      if (n > 0 && n < 6) expect(wait).to.be.greaterThan((waits[n - 1] as number) * 1.3);
      if (n > 8) expect(wait).to.be.greaterThan(day * 0.75);
    }
    const failing = await stateOf('fails');
    expect([failing.health, failing.failures]).to.deep.equal(['failing', 14]);
    expect(failing.problem).to.include('500');
    answers.delete(sourceUrl('fails'));
    await collectNow(service, 'fails');
    const well = await stateOf('fails');
    expect([well.health, well.failures, well.problem, well.itemCount]).to.deep.equal(['ok', 0, null, 1]);
  });
});

describe('Retry-After, through the whole service', function () {
  this.timeout(60_000);
  let busy: ScriptedServer;
  let service: RunningService;
  let dir = '';
  let at = Date.UTC(2026, 4, 1, 12);
  let refuses = false;
  const many = 6;
  const ofBusy = (n: number) => `/busy/${n}`;
  const start = () => startService({ dir }, { now: () => at, resolve });
  const states = async () =>
    (await service.app.store.sources.list()).filter(({ sourceId }) => sourceId.startsWith('busy'));

  before(async () => {
    busy = await startScriptedServer((request, response) => {
      if (refuses && request.url?.startsWith('/busy')) response.writeHead(429, { 'retry-after': '7200' }).end();
      else
        response.writeHead(200).end(rss(request.url ?? '', [{ guid: `g${(request.url ?? '').replaceAll('/', '')}` }]));
    });
    const lines = Array.from(
      { length: many },
      (_, n) => `  - { id: busy-${n}, url: "http://busy.test:${busy.port}${ofBusy(n)}", schedule: 1h }\n`,
    );
    lines.push(`  - { id: free, url: "http://free.test:${busy.port}/free", schedule: 1h }\n`);
    dir = await serviceFolder({
      newsfold: `roles: [collect, web]\ncollect: { allow: ["${busy.address}"], perHost: 2 }\n`,
      sources: `sources:\n${lines.join('')}`,
    });
    service = await start();
    await quiet(service, () => at);
  });
  after(async () => {
    await service.stop();
    await busy.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('silences every source of the host, and no other', async () => {
    refuses = true;
    const before = busy.asked.length;
    at += 2 * hour;
    const told = at;
    await quiet(service, () => at);
    const asked = busy.asked.slice(before).map(({ path }) => path);
    expect(
      asked.filter(path => path.startsWith('/busy')),
      'no more than may be asked at once',
    ).to.have.length.within(1, 2);
    expect(asked).to.include('/free');
    for (const state of await states()) {
      expect(state.nextAt, state.sourceId).to.be.at.least(told + 7_200_000);
      expect(state.itemCount, 'what was stored stays').to.equal(1);
    }
    const untold = (await states()).filter(({ lastFetchAt }) => (lastFetchAt ?? 0) < told);
    expect(untold.map(({ nextReason }) => nextReason)).to.deep.equal(untold.map(() => 'the host asks to wait'));
    for (const { failures, health, nextAt } of untold) {
      expect([failures, health], 'who was not asked has not failed').to.deep.equal([0, 'ok']);
      expect(nextAt - told - 7_200_000).to.be.at.most(5_000);
    }
  });

  it('is still obeyed after a restart, also when a person asks', async () => {
    await service.stop();
    service = await start();
    const before = busy.asked.length;
    at += hour;
    await quiet(service, () => at);
    const told = (await states()).find(({ failures }) => failures > 0) as SourceState;
    const record = await collectNow(service, told.sourceId);
    expect([record.outcome, record.status]).to.deep.equal(['failed', null]);
    expect(busy.asked.slice(before).filter(({ path }) => path.startsWith('/busy'))).to.deep.equal([]);
    expect((await service.app.store.sources.get(told.sourceId))?.failures).to.equal(told.failures);
  });

  it('ends by itself: then every source is asked once', async () => {
    refuses = false;
    const before = busy.asked.length;
    at += 2 * hour;
    await quiet(service, () => at);
    const asked = busy.asked.slice(before).map(({ path }) => path);
    for (let n = 0; n < many; n++) expect(asked.filter(path => path === ofBusy(n))).to.have.length(1);
    for (const state of await states()) expect([state.failures, state.health]).to.deep.equal([0, 'ok']);
  });
});
