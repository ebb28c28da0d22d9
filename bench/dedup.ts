/**
 * Items a second and memory at a full window, of invented news (support/invented-news.ts):
 * `node --max-semi-space-size=4 --heap-growing-percent=30 --expose-gc bench/dedup.ts [WINDOW=100000] [MEASURED=5000]`, the first two flags as the service has them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDedupEngine } from '../src/core/dedup/engine.ts';
import { openLexicon } from '../src/core/lexicon/lexicon.ts';
import { inventNews, weekMs } from './support/invented-news.ts';

const windowSize = Number(process.argv[2] ?? 100_000);
const measured = Number(process.argv[3] ?? 5000);
const loadStarted = performance.now();
const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../src/core/lexicon/lexicon.bin')));
const loadMs = performance.now() - loadStarted;

const next = inventNews(lexicon, { weekItems: windowSize + measured });

const rss = () => Math.round(process.memoryUsage().rss / 1024 / 1024);
const before = rss();
/** Enough to measure; all of them would count as memory of the window. */
const RECALLED_MAX = 20_000;

/** Processor time of `work`, in µs for each of `count`. */
function cost(count: number, work: () => void): string {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return `${((user + system) / count).toFixed(1)} µs`;
}

const engine = createDedupEngine({ lexicon, windowMs: 2 * weekMs });
const kept: { id: string; sourceId: string; storyId: string; kept: Uint8Array }[] = [];
const readCost = cost(windowSize, () => {
  for (let at = 0; at < windowSize; at += 1) {
    const item = next();
    const bytes = engine.restore(item, item.id);
    if (at < RECALLED_MAX) kept.push({ id: item.id, sourceId: item.sourceId, storyId: item.id, kept: bytes });
  }
});
const items = Array.from({ length: measured }, next);
const cpuBefore = process.cpuUsage();
const started = performance.now();
for (const item of items) engine.add(item);
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuBefore);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
const settleStarted = performance.now();
engine.settle(weekMs);
const settleMs = performance.now() - settleStarted;
const stats = engine.stats();
globalThis.gc?.();
const resident = rss();
const keptBytes = kept.reduce((sum, { kept: { length } }) => sum + length, 0) / kept.length;
const restarted = createDedupEngine({ lexicon, windowMs: 2 * weekMs });
const recallCost = cost(kept.length, () => {
  for (const version of kept) if (!restarted.recall(version)) throw new Error(`${version.id} is refused`);
});
process.stdout.write(
  `${[
    `lexicon opened in ${loadMs.toFixed(0)} ms`,
    `window of ${windowSize} items: read anew in ${readCost} of processor time each, ${kept.length} of them recalled from what was kept, ${Math.round(keptBytes)} bytes each, in ${recallCost}`,
    `${measured} more items: ${Math.round(measured / seconds)} items/s by the clock, ${Math.round(measured / cpuSeconds)} items/s of processor time`,
    `one settling: ${settleMs.toFixed(0)} ms`,
    `${stats.items} items, ${stats.stories} stories, ${stats.postings} postings`,
    `resident memory ${resident} MB, of it ${before} MB before the window`,
  ].join('\n')}\n`,
);
