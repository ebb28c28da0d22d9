import { expect } from 'chai';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';
import { freePort } from '../support/services.ts';

describe('WebSub: one newsfold subscribes to the hub of another', function () {
  this.timeout(90_000);
  let farm: FeedFarm;
  let publisher: RunningService;
  let subscriber: RunningService;

  before(async () => {
    const [portA, portB] = [await freePort(), await freePort()];
    farm = await startFeedFarm({ items: 5 });
    publisher = await startService({
      port: portA,
      newsfold: `server: { publicUrl: "http://127.0.0.1:${portA}", hub: built-in }\ncollect: { allow: ["${farm.origin.slice(7)}", "127.0.0.1:${portB}"] }\n`,
      sources: `sources:\n  - { id: farm, url: "${farm.origin}/feed/1.xml", schedule: 24h }\n`,
    });
    await eventually(async () => (await publisher.app.store.maintenance.stats(Date.now())).stories === 5);
    subscriber = await startService({
      port: portB,
      newsfold: `server: { publicUrl: "http://127.0.0.1:${portB}" }\ncollect: { websub: true, allow: ["127.0.0.1:${portA}"] }\n`,
      sources: `sources:\n  - { id: upstream, url: "http://127.0.0.1:${portA}/feeds/all.atom", schedule: 24h }\n`,
    });
  });
  after(async () => {
    await subscriber.stop();
    await publisher.stop();
    await farm.close();
  });

  it('subscribes by itself, and is verified by a challenge', async () => {
    const subscription = await eventually(async () => {
      const [first] = await subscriber.app.store.hubs.list('in');
      return first?.state === 'active' && first;
    });
    expect(subscription.key).to.equal('upstream');
    // The hub stores the subscription once it has the answer that made the subscriber sure of it.
    await eventually(async () => (await publisher.app.store.hubs.list('out')).length === 1);
  });

  it('is pushed what is new, without asking', async () => {
    const before = await subscriber.app.store.sources.history('upstream', 10);
    farm.grow();
    await publisher.app.context.operations.collectNow('farm');
    await eventually(async () => (await subscriber.app.store.maintenance.stats(Date.now())).items === 6);
    const history = await subscriber.app.store.sources.history('upstream', 10);
    expect(history.length).to.equal(before.length + 1);
    expect(history[0]?.itemsNew).to.equal(1);
  });

  it('throws away a push that is not signed with its secret', async () => {
    const [subscription] = await subscriber.app.store.hubs.list('in');
    const forged =
      '<rss version="2.0"><channel><title>x</title><item><guid>forged</guid><title>Forged news</title></item></channel></rss>';
    const response = await fetch(`${subscriber.url}/websub/${String(subscription?.memory.token)}`, {
      method: 'POST',
      body: forged,
      headers: { 'content-type': 'application/rss+xml', 'x-hub-signature': `sha256=${'0'.repeat(64)}` },
    });
    expect(response.status).to.equal(202);
    expect((await fetch(`${subscriber.url}/websub/nobody`, { method: 'POST', body: forged })).status).to.equal(404);
    expect((await subscriber.app.store.maintenance.stats(Date.now())).items).to.equal(6);
  });

  it('refuses subscriptions to what is no public feed here, and callbacks that do not echo', async () => {
    const post = (form: Record<string, string>) =>
      fetch(`${publisher.url}/hub`, { method: 'POST', body: new URLSearchParams(form) });
    expect(
      (
        await post({
          'hub.mode': 'subscribe',
          'hub.callback': 'http://example.org/',
          'hub.topic': 'http://example.org/feed',
        })
      ).status,
    ).to.equal(400);
    expect((await post({ 'hub.mode': 'nonsense' })).status).to.equal(400);
    const topic = `${publisher.url}/feeds/all.rss`;
    expect(
      (await post({ 'hub.mode': 'subscribe', 'hub.callback': `${farm.origin}/feed/1.xml`, 'hub.topic': topic })).status,
    ).to.equal(202);
    expect((await publisher.app.store.hubs.list('out')).length).to.equal(1);
  });

  it('advertises its hub in every format and in the Link header', async () => {
    for (const format of ['rss', 'atom', 'json']) {
      const response = await fetch(`${publisher.url}/feeds/all.${format}`);
      expect(response.headers.get('link')).to.include('rel="hub"');
      expect(await response.text()).to.include(`${publisher.url}/hub`);
    }
  });
});
