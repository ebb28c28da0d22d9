/**
 * One store, several processes: `node bench/cluster.ts [--feeds 400] [--items 20] [--seconds 5]`. For SQLite and PostgreSQL side by side, items
 * collected over real HTTP and stored per second by 1, 2 and 4 collecting processes, and feeds (50 entries each) served per second by
 * 1, 2 and 4 web processes. The feeds, the readers and the database run on the same machine and take their share of it, so that
 * more processes than cores show what contention costs, not what more machines would give.
 */
import { Agent, get } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openStore } from '../src/store/open-store.ts';
import { type ChildService, farmFolder, removeFolder, startChild } from '../test/support/child-service.ts';
import { startFeedFarm } from '../test/support/feed-farm.ts';
import { eventually } from '../test/support/running-service.ts';
import { freshDatabase } from '../test/support/services.ts';

const { values } = parseArgs({
  options: {
    feeds: { type: 'string', default: '400' },
    items: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '5' },
    processes: { type: 'string', default: '1,2,4' },
  },
});
const feeds = Number(values.feeds);
const items = Number(values.items);
const seconds = Number(values.seconds);
const readers = 16;
const farmsCount = 8;

type Row = {
  readonly processes: number;
  readonly storedPerS: number;
  readonly foldedPerS: number;
  readonly servedPerS: number;
  readonly p99Ms: number;
};

async function measure(storeUrl: string | null, processes: number): Promise<Row> {
  const farms = await Promise.all(Array.from({ length: farmsCount }, () => startFeedFarm({ items })));
  const dir = await farmFolder(
    farms.map(farm => farm.origin),
    { feeds, schedule: '24h', collect: 'perHost: 32, concurrency: 32' },
  );
  const url = storeUrl ?? `sqlite:${dir}/newsfold.db`;
  const running: ChildService[] = [];
  const start = async (roles: string) => {
    const child = await startChild(dir, { NEWSFOLD_STORE_URL: url, NEWSFOLD_ROLES: roles });
    running.push(child);
    return child;
  };
  const store = await openStore(url, { connectionsMax: 1 });
  try {
    // From the first item in the store to the last: what starting costs is another figure (bench/start.ts).
    const count = async () => (await store.maintenance.stats(Date.now())).items;
    const total = feeds * items;
    const collectors = Array.from({ length: processes }, () => start('collect'));
    await eventually(async () => (await count()) > 0, 60);
    const [begun, first] = [performance.now(), await count()];
    await eventually(async () => (await count()) === total, 300);
    const storedPerS = ((total - first) / (performance.now() - begun)) * 1000;
    await Promise.all((await Promise.all(collectors)).map(child => child.kill('SIGTERM')));

    await start('dedup');
    const waiting = async () => (await store.maintenance.stats(Date.now())).undeduped;
    await eventually(async () => (await waiting()) < total, 60);
    const [foldBegun, left] = [performance.now(), await waiting()];
    await eventually(async () => (await waiting()) === 0, 300);
    const foldedPerS = (left / (performance.now() - foldBegun)) * 1000;

    const webs = await Promise.all(Array.from({ length: processes }, () => start('web')));
    const { perS, p99Ms } = await read(webs.map(web => `${web.url}/feeds/all.atom?limit=50`));
    return { processes, storedPerS, foldedPerS, servedPerS: perS, p99Ms };
  } finally {
    await store.close();
    await Promise.all(running.map(child => child.kill('SIGKILL')));
    await Promise.all(farms.map(farm => farm.close()));
    await removeFolder(dir);
  }
}

async function read(urls: readonly string[]): Promise<{ readonly perS: number; readonly p99Ms: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: readers });
  const took: number[] = [];
  const begun = performance.now();
  const reader = async (n: number) => {
    for (let round = n; performance.now() - begun < seconds * 1000; round++) {
      const at = performance.now();
      await ask(urls[round % urls.length] ?? '', agent);
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: readers }, (_, n) => reader(n)));
  const perS = (took.length / (performance.now() - begun)) * 1000;
  agent.destroy();
  took.sort((a, b) => a - b);
  return { perS, p99Ms: took[Math.ceil(took.length * 0.99) - 1] ?? 0 };
}

function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'Accept-Encoding': 'gzip' } }, response => {
      if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
      response.resume().once('end', () => resolve());
    }).once('error', reject);
  });
}

function print(engine: string, rows: readonly Row[]): void {
  console.log(
    `\n| ${engine} | items stored/s | items folded/s (one leader) | feeds served/s | p99 |\n|---|---|---|---|---|`,
  );
  for (const row of rows) {
    const figures = [row.storedPerS, row.foldedPerS, row.servedPerS].map(figure =>
      Math.round(figure).toLocaleString('en'),
    );
    console.log(`| ${row.processes} | ${figures.join(' | ')} | ${Math.round(row.p99Ms)} ms |`);
  }
}

console.log(
  `${feeds} feeds × ${items} items; ${availableParallelism()} cores, load ${loadavg()
    .map(n => n.toFixed(1))
    .join(' ')}`,
);
const counts = String(values.processes).split(',').map(Number);
const sqlite: Row[] = [];
for (const processes of counts) sqlite.push(await measure(null, processes));
print('SQLite, processes', sqlite);
const probe = await freshDatabase();
if (probe === null) console.log('PostgreSQL is lacking: not measured');
else {
  await probe.drop();
  const rows: Row[] = [];
  for (const processes of counts) {
    const database = await freshDatabase();
    if (!database) break;
    rows.push(await measure(database.url, processes));
    await database.drop();
  }
  print('PostgreSQL, processes', rows);
}
process.exit(0);
