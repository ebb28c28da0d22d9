import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { type ChildService, farmFolder, removeFolder, startProgram } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';
import { freshDatabase, lacking, type TestDatabase } from '../support/services.ts';

const program = join(import.meta.dirname, '../support/short-lease-service.ts');
/** `npm run faults`: as many as one asks of a cluster. */
const feeds = process.env.NEWSFOLD_TEST_KILLS ? 1_000 : 40;
const workers = 4;
const hosts = 10;
const perHost = 4;
const itemsPerFeed = 3;

/** Whole services that collect into one PostgreSQL, over real HTTP. */
describe(`${workers} collecting processes that share ${feeds} due sources`, function () {
  this.timeout(240_000 + feeds * 2_000);
  let database: TestDatabase;
  let client: pg.Client;
  let farms: readonly FeedFarm[] = [];
  let dir = '';
  const running: ChildService[] = [];

  before(async function () {
    database = (await freshDatabase()) ?? lacking(this, 'PostgreSQL');
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    farms = await Promise.all(Array.from({ length: hosts }, () => startFeedFarm({ items: itemsPerFeed, delayMs: 40 })));
    dir = await farmFolder(
      farms.map(farm => farm.origin),
      { feeds, schedule: '24h', collect: `perHost: ${perHost}, concurrency: 16` },
    );
  });
  after(async () => {
    await Promise.all(running.map(child => child.kill('SIGKILL')));
    await Promise.all(farms.map(farm => farm.close()));
    await client?.end();
    await database?.drop();
    await removeFolder(dir);
  });

  /** A claim lasts 2 × `timeout` and a second. */
  const start = async (timeout: string) => {
    const environment = {
      NEWSFOLD_STORE_URL: database.url,
      NEWSFOLD_ROLES: 'collect',
      NEWSFOLD_COLLECT_TIMEOUT: timeout,
    };
    const children = Array.from({ length: workers }, () => startProgram([program, dir, '1000'], dir, environment));
    running.splice(0, running.length, ...(await Promise.all(children)));
  };
  const count = async (statement: string) => Number((await client.query(statement)).rows[0]?.n);
  const requests = () =>
    Array.from({ length: feeds }, (_, feed) => farms[feed % hosts]?.requests.get(`/feed/${feed}.xml`) ?? 0);
  const collected = (generation: number) =>
    eventually(
      async () => (await count('select count(*) as n from items')) === feeds * (itemsPerFeed + generation),
      120 + feeds,
    );
  const twice = () =>
    count('select count(*) as n from (select 1 from items group by source_id, title having count(*) > 1) as doubled');

  it('fetch each once, and never more of a host at a time than one may', async () => {
    await start('60s');
    const begun = performance.now();
    await collected(0);
    // A machine that does too much lets a connection fail, which is tried again; what two had claimed would be refused to one.
    const saved = await client.query<{ id: string; n: number }>(
      'select source_id as id, fetch_count as n from source_states',
    );
    const fetched = requests();
    expect(saved.rows.filter(({ id, n }) => (fetched[Number(id.slice(2))] ?? 0) > Number(n))).to.deep.equal([]);
    for (const child of running) expect(child.said()).to.not.include('"outcome":"refused"');
    for (const farm of farms) expect(farm.waitedMost()).to.be.at.most(perHost);
    console.log(
      `      ${feeds} sources, ${workers} processes: each claimed and fetched once, stored after ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    );
  });

  it('lose and double nothing when one dies and one hangs in the middle', async () => {
    expect(await Promise.all(running.map(child => child.kill('SIGTERM')))).to.deep.equal([0, 0, 0, 0]);
    for (const farm of farms) farm.grow();
    const before = requests();
    await client.query('update source_states set next_at = 0');
    await start('10s');
    const fetched = () => requests().filter((times, feed) => times > (before[feed] ?? 0)).length;
    await eventually(async () => fetched() > feeds / 4, 60);
    const [dying, hanging] = running;
    await dying?.kill('SIGKILL');
    await hanging?.kill('SIGSTOP');
    await collected(1);
    await hanging?.kill('SIGCONT');
    const again = requests().filter((times, feed) => times - (before[feed] ?? 0) > 1).length;
    await eventually(
      async () => (await count("select count(*) as n from source_states where lease_holder <> ''")) === 0,
    );
    expect([await count('select count(*) as n from items'), await twice()]).to.deep.equal([
      feeds * (itemsPerFeed + 1),
      0,
    ]);
    console.log(
      `      one killed, one stopped for longer than its claims last: ${again} sources fetched again, 0 items doubled`,
    );
  });
});
