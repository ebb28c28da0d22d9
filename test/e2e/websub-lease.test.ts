import { expect } from 'chai';
import type { HubSubscription, SourceState } from '../../src/pipeline/ports.ts';
import { collectNow, eventually, type RunningService, startService } from '../support/running-service.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const [hour, day] = [3_600_000, 86_400_000];

/** A hub and a publisher that a test plays by hand, and a clock that it sets. */
describe('a WebSub subscription in the course of time', function () {
  this.timeout(60_000);
  let world: ScriptedServer;
  let service: RunningService;
  let at = Date.UTC(2026, 4, 20, 12);
  let items = 1;
  const asked: URLSearchParams[] = [];
  const subscription = async () => (await service.app.store.hubs.list('in'))[0] as HubSubscription;
  const state = async () => (await service.app.store.sources.get('pushed')) as SourceState;
  const untilAsked = (count: number) => eventually(async () => asked.length === count);
  const fetched = async () => {
    items++;
    await collectNow(service, 'pushed');
  };
  /** The hub's word to the callback it was given. */
  const say = (words: Record<string, string>) => {
    const callback = new URL(asked.at(-1)?.get('hub.callback') ?? '');
    const url = new URL(callback.pathname, service.url);
    for (const [name, value] of Object.entries(words)) url.searchParams.set(`hub.${name}`, value);
    return fetch(url);
  };
  const confirm = () =>
    say({
      mode: 'subscribe',
      topic: `${world.origin}/feed`,
      challenge: 'echo-me',
      lease_seconds: String((10 * day) / 1000),
    });

  before(async () => {
    world = await startScriptedServer((request, response) => {
      if (request.url === '/hub') {
        let body = '';
        request.on('data', chunk => {
          body += String(chunk);
        });
        return void request.on('end', () => {
          asked.push(new URLSearchParams(body));
          response.writeHead(202).end();
        });
      }
      const rows = Array.from({ length: items }, (_, n) => `<item><guid>p${n}</guid><title>Post p${n}x</title></item>`);
      response
        .writeHead(200, { link: `<${world.origin}/hub>; rel="hub", <${world.origin}/feed>; rel="self"` })
        .end(`<rss version="2.0"><channel><title>Pushed</title>${rows.join('')}</channel></rss>`);
    });
    service = await startService(
      {
        newsfold: `roles: [web]\nserver: { publicUrl: "http://news.example" }\ncollect: { websub: true, allow: ["${world.address}"] }\n`,
        sources: `sources:\n  - { id: pushed, url: "${world.origin}/feed" }\n`,
      },
      { now: () => at },
    );
  });
  after(async () => {
    await service.stop();
    await world.close();
  });

  it('is asked for after the first fetch, with a secret and a lease, and polls as usual until it is confirmed', async () => {
    await collectNow(service, 'pushed');
    await untilAsked(1);
    const [form] = asked;
    expect(form?.get('hub.mode')).to.equal('subscribe');
    expect(form?.get('hub.topic')).to.equal(`${world.origin}/feed`);
    expect(form?.get('hub.callback')).to.match(/^http:\/\/news\.example\/websub\/[\w-]{30,}$/);
    expect(form?.get('hub.secret')?.length).to.be.greaterThan(30);
    expect((await subscription()).state).to.equal('pending');
    expect((await state()).nextReason).not.to.include('hub');
  });

  it('is confirmed only for what was asked; then polling is the safety net', async () => {
    expect((await say({ mode: 'subscribe', topic: 'http://other.example/', challenge: 'x' })).status).to.equal(404);
    const confirmed = await confirm();
    expect([confirmed.status, await confirmed.text()]).to.deep.equal([200, 'echo-me']);
    expect(await subscription()).to.include({ state: 'active', expiresAt: at + 10 * day });
    await fetched();
    const { nextAt, nextReason } = await state();
    expect(nextReason).to.include('the hub sends news by itself');
    expect(nextAt - at).to.be.at.least(hour);
  });

  it('is not asked for again meanwhile, and is renewed before it ends, by the same callback', async () => {
    at += 7 * day;
    await fetched();
    expect(asked).to.have.length(1);
    at += 1.1 * day; // four fifths of the lease are over
    await fetched();
    await untilAsked(2);
    expect(asked[1]?.get('hub.callback')).to.equal(asked[0]?.get('hub.callback'));
    expect((await subscription()).state, 'pushes go on meanwhile').to.equal('active');
    await confirm();
    expect((await subscription()).expiresAt).to.equal(at + 10 * day);
  });

  it('that its hub ends falls back to polling, and is asked for again a day later', async () => {
    expect((await say({ mode: 'denied', topic: `${world.origin}/feed`, reason: 'no' })).status).to.be.within(200, 299);
    expect((await subscription()).state).to.equal('denied');
    await fetched();
    expect((await state()).nextReason).not.to.include('hub');
    expect(asked).to.have.length(2);
    at += 1.1 * day;
    await fetched();
    await untilAsked(3);
  });

  it('whose hub never verifies, or that has run out, polls as usual and is asked for every so often', async () => {
    at += 2 * hour;
    await fetched();
    await untilAsked(4);
    expect((await state()).nextReason).not.to.include('hub');
    await confirm();
    at += 11 * day;
    await fetched();
    expect((await state()).nextReason, 'the lease is over').not.to.include('hub');
    await untilAsked(5);
  });
});
