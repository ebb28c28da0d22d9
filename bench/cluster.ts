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
import { cpuMsOf } from './support/service-process.ts';

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
  /** By the processor time of all collecting processes: what other work on the machine hardly changes. */
  readonly storedPerCpuS: number;
  readonly foldedPerS: number;
  readonly foldedPerCpuS: number;
  readonly servedPerS: number;
  readonly servedPerCpuS: number;
  readonly p99Ms: number;
};

/** Processor time of the processes so far, the ones that read for them included, in seconds. */
function cpuSeconds(children: readonly ChildService[]): number {
  return children.reduce((sum, child) => sum + cpuMsOf(child.process.pid as number), 0) / 1000;
}

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
    // What a start costs by the processor is another figure too.
    let startCpu = 0;
    const starting = Array.from({ length: processes }, async () => {
      const child = await start('collect');
      startCpu += cpuSeconds([child]);
      return child;
    });
    await eventually(async () => (await count()) > 0, 60);
    const [begun, first] = [performance.now(), await count()];
    await eventually(async () => (await count()) === total, 300);
    const storedPerS = ((total - first) / (performance.now() - begun)) * 1000;
    const collectors = await Promise.all(starting);
    const storedPerCpuS = total / (cpuSeconds(collectors) - startCpu);
    await Promise.all(collectors.map(child => child.kill('SIGTERM')));

    const leader = await start('dedup');
    const waiting = async () => (await store.maintenance.stats(Date.now())).undeduped;
    await eventually(async () => (await waiting()) < total, 60);
    const [foldBegun, left, foldCpu] = [performance.now(), await waiting(), cpuSeconds([leader])];
    await eventually(async () => (await waiting()) === 0, 300);
    const foldedPerS = (left / (performance.now() - foldBegun)) * 1000;
    const foldedPerCpuS = left / (cpuSeconds([leader]) - foldCpu);

    const webs = await Promise.all(Array.from({ length: processes }, () => start('web')));
    const webCpu = cpuSeconds(webs);
    const { perS, p99Ms, count: served } = await read(webs.map(web => `${web.url}/feeds/all.atom?limit=50`));
    const servedPerCpuS = served / (cpuSeconds(webs) - webCpu);
    return { processes, storedPerS, storedPerCpuS, foldedPerS, foldedPerCpuS, servedPerS: perS, servedPerCpuS, p99Ms };
  } finally {
    await store.close();
    await Promise.all(running.map(child => child.kill('SIGKILL')));
    await Promise.all(farms.map(farm => farm.close()));
    await removeFolder(dir);
  }
}

async function read(
  urls: readonly string[],
): Promise<{ readonly perS: number; readonly p99Ms: number; readonly count: number }> {
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
  return { perS, p99Ms: took[Math.ceil(took.length * 0.99) - 1] ?? 0, count: took.length };
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
    `\n| ${engine} | items stored/s, per CPU s | items folded/s (one leader), per CPU s | feeds served/s, per CPU s | p99 |\n|---|---|---|---|---|`,
  );
  const show = (figure: number) => Math.round(figure).toLocaleString('en');
  for (const row of rows) {
    const pairs = [
      [row.storedPerS, row.storedPerCpuS],
      [row.foldedPerS, row.foldedPerCpuS],
      [row.servedPerS, row.servedPerCpuS],
    ].map(([perS = 0, perCpuS = 0]) => `${show(perS)}, ${show(perCpuS)}`);
    console.log(`| ${row.processes} | ${pairs.join(' | ')} | ${Math.round(row.p99Ms)} ms |`);
  }
  console.log(
    `load ${loadavg()
      .map(n => n.toFixed(1))
      .join(' ')}`,
  );
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
