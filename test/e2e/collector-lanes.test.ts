import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';

const each = 100;

/** Sources that take the connection and never say a word, due at the same moment as good ones. */
describe('100 silent sources and 100 good ones, due at once', function () {
  this.timeout(60_000);
  const sockets = new Set<Socket>();
  let silent: Server;
  let farm: FeedFarm;
  let service: RunningService;

  before(async () => {
    silent = createServer(socket => {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    });
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    farm = await startFeedFarm({ items: 3 });
    const silentPort = (silent.address() as AddressInfo).port;
    const farmPort = Number(new URL(farm.origin).port);
    // The silent ones stand first in the configuration, and so in the queue.
    const lines = Array.from(
      { length: each },
      (_, n) => `  - { id: a-silent-${n}, url: "http://silent${n}.test:${silentPort}/" }\n`,
    );
    for (let n = 0; n < each; n++)
      lines.push(`  - { id: b-good-${n}, url: "http://good${n}.test:${farmPort}/feed/${n}.xml" }\n`);
    service = await startService(
      {
        newsfold: `roles: [web, collect]\ncollect: { allow: ["127.0.0.1:${silentPort}", "127.0.0.1:${farmPort}"], concurrency: 32, timeout: 40s }\n`,
        sources: `sources:\n${lines.join('')}`,
      },
      { resolve: async () => ['127.0.0.1'] },
    );
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await service.stop();
    await new Promise(resolve => silent.close(resolve));
    await farm.close();
  });

  it('stores every good one while the silent ones are still being waited for', async () => {
    const good = async () =>
      (await service.app.store.sources.list()).filter(
        ({ sourceId, itemCount }) => sourceId.startsWith('b-') && itemCount === 3,
      );
    await eventually(async () => (await good()).length === each, 35);
    const states = await service.app.store.sources.list();
    const waited = states.filter(({ sourceId, lastFetchAt }) => sourceId.startsWith('a-') && lastFetchAt === null);
    expect(waited).to.have.length(each);
    expect(service.app.context.operations.status().collecting?.running).to.equal(each);
    for (let n = 0; n < each; n++) expect(farm.requests.get(`/feed/${n}.xml`)).to.equal(1);
  });
});
