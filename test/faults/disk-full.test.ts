import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';

const run = promisify(execFile);
const feeds = 8;
const itemsPerFeed = 5;

/** A file that may not grow answers a write as a full disk does; the limit is lifted from outside while the service runs. */
describe('a service whose disk is full', function () {
  this.timeout(90_000);
  let farm: FeedFarm;
  let service: ChildService;
  let dir = '';

  const limit = (bytes: number | 'unlimited') =>
    run('prlimit', ['--pid', String(service.process.pid), `--fsize=${bytes}:`]);

  before(async function () {
    const known = await run('prlimit', ['--version']).catch(() => null);
    if (!known) {
      console.log('  prlimit is lacking: a full disk under a running service is not tested');
      return this.skip();
    }
    farm = await startFeedFarm({ items: itemsPerFeed, bodyBytes: 30_000 });
    dir = await farmFolder(farm.origin, { feeds, schedule: '10s' });
    service = await startChild(dir);
    await eventually(async () => (await publishedIds(service.url)).size === feeds * itemsPerFeed);
  });
  after(async () => {
    await service?.kill('SIGKILL');
    await farm?.close();
    await removeFolder(dir);
  });

  it('says so, goes on showing feeds, is not damaged, and collects again when there is space', async () => {
    // Less than what is there: neither the store nor its log can take a byte.
    await limit(4096);
    farm.grow();
    const ready = await eventually(async () => {
      const response = await fetch(`${service.url}/readyz`);
      return response.status === 503 && ((await response.json()) as { reasons: string[] });
    });
    expect(ready.reasons.join()).to.match(/^store: the disk of the store is full: free some space/);
    expect((await fetch(`${service.url}/healthz`)).status).to.equal(200);
    for (const path of ['/feeds/all.rss', '/feeds/all.json?limit=7', '/'])
      expect((await fetch(service.url + path)).status, path).to.equal(200);
    expect((await publishedIds(service.url)).size).to.equal(feeds * itemsPerFeed);
    await eventually(
      async () => /"(?:store-full|the disk of the store is full)|disk of the store is full/.test(service.said()),
      25,
    );
    await limit('unlimited');
    await eventually(async () => (await publishedIds(service.url)).size === feeds * (itemsPerFeed + 1), 40);
    expect((await fetch(`${service.url}/readyz`)).status).to.equal(200);
    expect(await service.kill('SIGTERM')).to.equal(0);
    const file = join(dir, 'newsfold.db');
    expect((await stat(file)).size).to.be.greaterThan(4096);
    const database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare('pragma integrity_check').get()).to.deep.include({ integrity_check: 'ok' });
    database.close();
  });
});
