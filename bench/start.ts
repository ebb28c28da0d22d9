/**
 * What a start costs and what the service weighs when nothing happens: `node bench/start.ts [starts]`, 5 unless told.
 * A start is a fresh process of the built service with the sample newsroom and an empty store; first byte is the first byte of
 * `GET /feeds/all.atom`. Memory is read after the samples are folded and the service has been idle for so many seconds.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  cpuMsOf,
  machineLine,
  median,
  memoryMiBOf,
  program,
  startFlags,
  startProcess,
} from './support/service-process.ts';

const starts = Number(process.argv[2] ?? 5);
const idleSeconds = Number(process.argv[3] ?? 75);
const config = 'samples: true\n';
const topics = readFileSync(join(import.meta.dirname, '../config/topics.yaml'), 'utf8');

console.log(`${machineLine()}; ${program().replace(/.*\/(?=\w+\/main)/, '')} ${startFlags().join(' ')}`);

type Start = { readonly listeningMs: number; readonly firstByteMs: number; readonly cpuMs: number };

async function start(dir: string): Promise<Start> {
  const began = performance.now();
  const service = await startProcess({ newsfold: config, topics, dir });
  const response = await fetch(`${service.url}/feeds/all.atom`);
  const firstByteMs = performance.now() - began;
  const cpuMs = cpuMsOf(service.pid);
  if (response.status !== 200) throw new Error(`the feed answered ${response.status}`);
  await response.arrayBuffer();
  await service.stop();
  return { listeningMs: service.listeningMs, firstByteMs, cpuMs };
}

const dir = await mkdtemp(join(tmpdir(), 'newsfold-bench-'));
for (const name of ['first start, empty store', 'later starts, same store']) {
  const figures: Start[] = [];
  for (let n = 0; n < (name.startsWith('first') ? 1 : starts); n++) figures.push(await start(dir));
  const of = (pick: (figure: Start) => number) => median(figures.map(pick)).toFixed(0);
  console.log(
    `${name}: listening after ${of(f => f.listeningMs)} ms, first byte after ${of(f => f.firstByteMs)} ms, ` +
      `CPU until then ${of(f => f.cpuMs)} ms (median of ${figures.length})`,
  );
}
await rm(dir, { recursive: true, force: true });

const service = await startProcess({ newsfold: config, topics });
const began = performance.now();
let folded = 0;
for (let tries = 0; tries < 300 && folded === 0; tries++) {
  const feed = (await (await fetch(`${service.url}/feeds/libya.json`)).json()) as {
    items: { _newsfold?: { versions?: unknown[] } }[];
  };
  if (feed.items.some(item => (item._newsfold?.versions?.length ?? 0) > 1)) folded = performance.now() - began;
  else await sleep(100);
}
console.log(`samples collected and folded ${(folded / 1000).toFixed(1)} s after the first line`);
const cpuBefore = cpuMsOf(service.pid);
for (let waited = 0; waited < idleSeconds; waited += 15) {
  await sleep(Math.min(15, idleSeconds - waited) * 1000);
  const { all, service: own } = memoryMiBOf(service.pid);
  console.log(
    `idle ${Math.min(idleSeconds, waited + 15)} s: resident ${all.toFixed(0)} MiB (${own.toFixed(0)} of it the service, the rest reading)`,
  );
}
const share = (cpuMsOf(service.pid) - cpuBefore) / idleSeconds / 10;
console.log(`idle CPU ${share.toFixed(2)} % of a core`);
await service.stop();
