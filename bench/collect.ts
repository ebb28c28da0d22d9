/**
 * The collector against a farm of feeds on 127.0.0.1 (57 kB, 30 items each): first fill, nothing changed, one new item each, and
 * then, when asked, a soak of many such rounds in which memory has to stay flat.
 *
 * `node bench/collect.ts [--feeds 2000] [--soak rounds] [--minutes soak] [--dedup]`: `--feeds 10000 --minutes 60` is the long one. CPU and memory are the service's own, its reading process included; the farm and this
 * program are others. `--dedup` folds the items as well, in the same process; without it only collecting is measured, which is what
 * readers that do not fold are compared by.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cpuMsOf, machineLine, memoryMiBOf, startProcess, threadCpuMsOf } from './support/service-process.ts';
import { farmSources, startFarm } from './support/start-farm.ts';

const { values } = parseArgs({
  options: {
    feeds: { type: 'string', default: '2000' },
    soak: { type: 'string', default: '0' },
    minutes: { type: 'string', default: '0' },
    dedup: { type: 'boolean', default: false },
    threads: { type: 'boolean', default: false },
  },
});
const feeds = Number(values.feeds);
/** A busy machine takes its time; a round that takes longer than this stands still. */
const roundMsMax = Math.max(300_000, feeds * 300);

console.log(machineLine());
const farm = await startFarm();
const sample = await (await fetch(`${farm.origin}/feed/0.xml`)).text();
console.log(
  `${feeds} feeds of ${(Buffer.byteLength(sample) / 1000).toFixed(0)} kB, ${values.dedup ? 'collected and folded' : 'collected'}`,
);
const service = await startProcess({
  newsfold: `samples: false
roles: [web, collect${values.dedup ? ', dedup' : ''}]
collect: { allow: ["${new URL(farm.origin).host}"], perHost: 32, concurrency: 32, intervalMin: 6h, intervalMax: 24h }
`,
  sources: farmSources(farm, feeds),
});
const store = new DatabaseSync(join(service.dir, 'newsfold.db'), { timeout: 10_000 });
const count = (sql: string, ...values: number[]) => Number(store.prepare(sql).get(...values)?.n ?? 0);
let startedAt = Date.now() - service.listeningMs;
let cpuMs = 0;
let memoryPeak = 0;

/** Until every source was fetched since the round began and, with `--dedup`, every item has its story. */
async function round(name: string, since: number): Promise<void> {
  const began = performance.now();
  for (let looked = 0; ; looked++) {
    await sleep(100);
    if (looked % 10 === 0) memoryPeak = Math.max(memoryPeak, memoryMiBOf(service.pid).all);
    const left = count('select count(*) as n from source_states where coalesce(last_fetch_at, 0) < ?', since);
    if (left === 0 && (!values.dedup || count('select count(*) as n from dedup_queue') === 0)) break;
    if (performance.now() - began > roundMsMax) throw new Error(`${name}: ${left} sources left after ${roundMsMax} ms`);
  }
  const cpu = cpuMsOf(service.pid);
  const memory = memoryMiBOf(service.pid);
  const wall = (performance.now() - began) / 1000;
  const items = count('select count(*) as n from items');
  console.log(
    `${name.padEnd(22)} ${((cpu - cpuMs) / 1000).toFixed(2).padStart(6)} s CPU ${wall.toFixed(1).padStart(6)} s wall   ` +
      `resident ${memory.all.toFixed(0)} MiB (${memory.service.toFixed(0)} of it the service, the rest reading), highest seen ${memoryPeak.toFixed(0)} MiB, ${items} items`,
  );
  cpuMs = cpu;
  if (values.threads) console.log(`  ${threadLine(threadCpuMsOf(service.pid))}`);
}

function threadLine(sums: ReadonlyMap<string, number>): string {
  const rows = [...sums].filter(([, ms]) => ms >= 100).toSorted(([, a], [, b]) => b - a);
  return `so far: ${rows.map(([name, ms]) => `${name} ${(ms / 1000).toFixed(1)} s`).join(', ')}`;
}

function makeAllDue(): number {
  startedAt = Date.now();
  store.prepare('update source_states set next_at = ?').run(startedAt - 1000);
  return startedAt;
}

await round('first fill, with start', startedAt);
await round('nothing changed', makeAllDue());
farm.grow();
await round('one new item each', makeAllDue());
console.log(`the farm answered ${JSON.stringify(await farm.answered())}`);
const soakEndsAt = performance.now() + Number(values.minutes) * 60_000;
for (let n = 1; n <= Number(values.soak) || performance.now() < soakEndsAt; n++) {
  if (n % 4 === 0) farm.grow();
  await round(`soak ${n}: ${n % 4 === 0 ? 'one new each' : 'unchanged'}`, makeAllDue());
}
store.close();
await service.stop();
await farm.stop();
