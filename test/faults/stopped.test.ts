import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import {
  type ChildService,
  farmFolder,
  publishedIds,
  removeFolder,
  startChild,
  startProgram,
} from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { freshDatabase, lacking, type TestDatabase } from '../support/services.ts';

const program = join(import.meta.dirname, '../support/short-lease-service.ts');

/** Processes that are asked to end, or stall without ending, on one PostgreSQL. */
describe('a process that stops in the middle of its work', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let client: pg.Client;
  let farms: FeedFarm[] = [];
  let dir = '';
  const running: ChildService[] = [];
  const figures: string[] = [];

  const query = async <T extends pg.QueryResultRow>(text: string) => (await client.query<T>(text)).rows;
  const start = async (roles: string, environment: Record<string, string> = {}) => {
    const child = await startChild(dir, { NEWSFOLD_STORE_URL: database.url, NEWSFOLD_ROLES: roles, ...environment });
    running.push(child);
    return child;
  };
  /** Its claims last 2 × `collect.timeout` + 1 s. */
  const startShort = async (roles: string) => {
    const child = await startProgram([program, dir, '1000'], dir, {
      NEWSFOLD_STORE_URL: database.url,
      NEWSFOLD_ROLES: roles,
    });
    running.push(child);
    return child;
  };
  const prepare = async (feeds: number, options: { items: number; delayMs: number; collect: string }) => {
    // Two hosts, since one is asked by 32 at most.
    farms = [await startFeedFarm(options), await startFeedFarm(options)];
    dir = await farmFolder(
      farms.map(farm => farm.origin),
      { feeds, schedule: '24h', collect: options.collect },
    );
  };

  beforeEach(async function () {
    database = (await freshDatabase()) ?? lacking(this, 'PostgreSQL');
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(child => child.kill('SIGKILL')));
    await Promise.all(farms.map(farm => farm.close()));
    await client?.end();
    await database?.drop();
    await removeFolder(dir);
  });
  after(() => {
    for (const line of figures) console.log(`      ${line}`);
  });

  it('on SIGTERM in the middle of 50 fetches ends with 0 within 30 s, and its successor starts them at once', async () => {
    await prepare(50, { items: 2, delayMs: 600_000, collect: 'perHost: 32, concurrency: 50, timeout: 120s' });
    const worker = await start('collect');
    const waiting = () => farms.reduce((sum, farm) => sum + farm.waiting(), 0);
    await eventually(async () => waiting() === 50, 40);
    const begun = performance.now();
    expect(await worker.kill('SIGTERM')).to.equal(0);
    const tookMs = performance.now() - begun;
    expect(tookMs).to.be.below(30_000);
    expect(await query("select source_id from source_states where lease_holder <> ''")).to.deep.equal([]);
    for (const farm of farms) farm.slow(0);
    const again = performance.now();
    await start('collect');
    await eventually(async () => (await query('select 1 from items')).length === 100, 30);
    figures.push(
      `SIGTERM in 50 fetches: ended after ${(tookMs / 1000).toFixed(1)} s; its successor had collected all 50 ${((performance.now() - again) / 1000).toFixed(1)} s after its start`,
    );
  });

  it('stalled for longer than its lease, is relieved once, and its late write is refused', async () => {
    await prepare(8, { items: 3, delayMs: 800, collect: 'perHost: 8, timeout: 3s' });
    const stalled = await startShort('collect');
    await eventually(async () => farms.reduce((sum, farm) => sum + farm.waiting(), 0) === 8, 20);
    await stalled.kill('SIGSTOP');
    const other = await startShort('collect');
    await eventually(async () => (await query('select 1 from items')).length === 24, 30);
    const before = await query('select source_id, token, fetch_count from source_states order by source_id');
    // Claimed twice, saved once: the stalled process's token is the elder one. On a machine that starves the other one for the 7 s of a
    // claim as well, it relieves itself: one claim more, and still one save.
    expect(before.map(({ fetch_count }) => Number(fetch_count))).to.deep.equal(Array.from({ length: 8 }, () => 1));
    const claimsAfterwards = before.map(({ token }) => Number(token) - 1);
    expect(Math.min(...claimsAfterwards)).to.equal(1);
    const starved = claimsAfterwards.reduce((sum, n) => sum + n - 1, 0);
    if (starved > 0) console.log(`      ${starved} claims of the other process ended before it could save`);
    expect(starved, 'the machine gives the other process some time').to.be.at.most(4);
    await stalled.kill('SIGCONT');
    await eventually(async () => (stalled.said().match(/"outcome":"refused"/g) ?? []).length === 8, 20);
    expect(await query('select source_id, token, fetch_count from source_states order by source_id')).to.deep.equal(
      before,
    );
    expect(await query('select 1 from items')).to.have.length(24);
    expect(other.said().match(/"outcome":"refused"/g) ?? []).to.have.length.at.most(starved);
  });

  it('stalled as leader of the dedup, is relieved within 15 s, and never writes again', async () => {
    await prepare(4, { items: 5, delayMs: 0, collect: 'perHost: 8' });
    const web = await start('web,collect');
    const children = [await start('dedup'), await start('dedup')];
    await eventually(async () => (await publishedIds(web.url)).size === 20, 40);
    const lease = async () => {
      const [row] = await query<{ holder: string; fence: string }>(
        "select holder, fence from leases where name = 'dedup'",
      );
      return { pid: Number(row?.holder.split('/')[1]), fence: Number(row?.fence) };
    };
    const first = await lease();
    const leader = children.find(child => child.process.pid === first.pid);
    if (!leader) throw new Error('nobody leads');
    await leader.kill('SIGSTOP');
    const begun = performance.now();
    for (const farm of farms) farm.grow();
    await query('update source_states set next_at = 0');
    const next = await eventually(async () => {
      const now = await lease();
      return now.pid !== first.pid && Number.isInteger(now.pid) && now.pid > 0 && now;
    });
    const tookMs = performance.now() - begun;
    expect(tookMs).to.be.below(15_000);
    expect(next.fence).to.be.greaterThan(first.fence);
    await eventually(async () => (await publishedIds(web.url)).size === 24, 20);
    const foldedMs = performance.now() - begun;
    await leader.kill('SIGCONT');
    await eventually(async () => /another process took the dedup over|the dedup pauses/.test(leader.said()), 20);
    for (const farm of farms) farm.grow();
    await query('update source_states set next_at = 0');
    await eventually(async () => (await publishedIds(web.url)).size === 28, 20);
    expect(await lease()).to.deep.equal(next);
    expect(await query('select item_id from versions group by item_id having count(*) > 1')).to.deep.equal([]);
    expect(await query('select 1 from versions')).to.have.length(28);
    figures.push(
      `leader of the dedup stalled: taken over after ${(tookMs / 1000).toFixed(1)} s, new items published after ${(foldedMs / 1000).toFixed(1)} s`,
    );
  });
});
