/**
 * Items a second and memory at a full window: `node --expose-gc bench/dedup.ts [WINDOW=100000] [MEASURED=5000]`. The news is invented from
 * the lexicon's own labels: stories of one to eight versions, each version a shuffled part of the story's words, with a teaser.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDedupEngine, type DedupInput } from '../src/core/dedup/engine.ts';
import { openLexicon } from '../src/core/lexicon/lexicon.ts';

const windowSize = Number(process.argv[2] ?? 100_000);
const measured = Number(process.argv[3] ?? 5000);
const loadStarted = performance.now();
const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../src/core/lexicon/lexicon.bin')));
const loadMs = performance.now() - loadStarted;

let state = 42;
function dice(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 0x100000000) * below);
}

const labels = Array.from({ length: lexicon.header.concepts - 1 }, (_, at) => lexicon.label(at + 1));

/** Concepts are numbered by frequency; the n-th comes 1/n as often as the first, as words do (Zipf). */
function word(): string {
  return labels[Math.floor(labels.length ** (dice(1_000_000) / 1_000_000)) - 1] as string;
}

let story: string[] = [];
let versionsLeft = 0;
let serial = 0;
const weekMs = 7 * 86_400_000;

function next(): DedupInput {
  if (versionsLeft === 0) {
    story = Array.from({ length: 50 }, word);
    versionsLeft = 1 + (dice(3) === 0 ? dice(8) : 0);
  }
  versionsLeft -= 1;
  serial += 1;
  const pick = (count: number) => Array.from({ length: count }, () => story[dice(story.length)] as string).join(' ');
  return {
    id: `item-${serial}`,
    sourceId: `source-${dice(500)}`,
    language: 'en',
    title: pick(9),
    text: pick(45),
    url: `https://source-${dice(500)}.example/${serial}`,
    at: Math.floor((serial / (windowSize + measured)) * weekMs),
  };
}

const rss = () => Math.round(process.memoryUsage().rss / 1024 / 1024);
const before = rss();
const engine = createDedupEngine({ lexicon, windowMs: 2 * weekMs });
const fillStarted = performance.now();
for (let at = 0; at < windowSize; at += 1) {
  const item = next();
  engine.restore(item, item.id);
}
const fillSeconds = (performance.now() - fillStarted) / 1000;
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
process.stdout.write(
  `${[
    `lexicon opened in ${loadMs.toFixed(0)} ms`,
    `window of ${windowSize} items restored in ${fillSeconds.toFixed(1)} s`,
    `${measured} more items: ${Math.round(measured / seconds)} items/s by the clock, ${Math.round(measured / cpuSeconds)} items/s of processor time`,
    `one settling: ${settleMs.toFixed(0)} ms`,
    `${stats.items} items, ${stats.stories} stories, ${stats.postings} postings`,
    `resident memory ${rss()} MB, of it ${before} MB before the window`,
  ].join('\n')}\n`,
);
