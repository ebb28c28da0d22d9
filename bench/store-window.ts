/**
 * How fast the dedup's window comes back from the store when a leader is elected, SQLite and PostgreSQL side by side:
 * `node bench/store-window.ts [--items 100000] [--engines sqlite,postgres] [--anew 5000] [--words 150]`. The real rebuild into a real engine: from what was
 * kept of the items, then `--anew` of them as after an update, read anew and kept again. Items have `--words` of text and twice that as HTML;
 * what is kept of them is that of a thousand invented ones, each copy with keys of its own. The stores are made for this and deleted.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { createDedupEngine } from '../src/core/dedup/engine.ts';
import { emptyPack } from '../src/core/dedup/feature-store.ts';
import { decodeKept, encodeKept, type KeptItem } from '../src/core/dedup/kept-item.ts';
import { readerVersion } from '../src/core/dedup/reader-version.ts';
import { openLexicon } from '../src/core/lexicon/lexicon.ts';
import type { Store } from '../src/pipeline/ports.ts';
import { rebuildEngine } from '../src/pipeline/rebuild-engine.ts';
import { engineOf, openStore } from '../src/store/open-store.ts';
import { freshDatabase } from '../test/support/services.ts';
import { inventNews, weekMs } from './support/invented-news.ts';
import { machineLine } from './support/service-process.ts';

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    engines: { type: 'string', default: 'sqlite,postgres' },
    anew: { type: 'string', default: '5000' },
    words: { type: 'string', default: '150' },
  },
});
const total = Number(values.items);
const anew = Number(values.anew);
const textWords = Number(values.words);
const engines = values.engines.split(',');
const batch = 20_000;
const now = Date.now();
const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../src/core/lexicon/lexicon.bin')));
const reader = readerVersion(lexicon);
const templates = inventTemplates(1000);

function inventTemplates(count: number): readonly KeptItem[] {
  const next = inventNews(lexicon, { weekItems: count });
  const engine = createDedupEngine({ lexicon, windowMs: weekMs });
  return Array.from({ length: count }, () => {
    const item = next();
    return decodeKept(engine.restore(item, item.id), emptyPack()) as KeptItem;
  });
}

/** Numbers 0 … `batch` - 1, and words that differ from row to row so that nothing compresses better than news does. */
const numbers = {
  sqlite: `with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${batch - 1})`,
  postgres: `with numbers as (select n from generate_series(0, ${batch - 1}) as n)`,
};
const words = {
  sqlite: (count: number) => `hex(randomblob(${count * 3}))`,
  postgres: (count: number) =>
    `(select string_agg(md5(n::text || i::text), ' ') from generate_series(1, ${Math.ceil((count * 6) / 33)}) as i)`,
};
const idOf = (n: number) => (n * 2_654_435_761).toString(16).padStart(16, '0').slice(-16);

/** In the order of arrival, as collectors write them; each item with a story, every fourth in an earlier one's. */
async function fill(store: Store): Promise<void> {
  const engine = engineOf(store);
  const { db, kind } = engine;
  const text = words[kind];
  for (let first = 0; first < total; first += batch) {
    const at = `${now - weekMs + 60_000} + cast((n + ${first}) * ${(weekMs - 120_000) / total} as ${kind === 'sqlite' ? 'integer' : 'bigint'})`;
    await sql
      .raw(`insert into items (id, source_id, touched_at, order_at, first_seen_at, article_at, revision, raw_hash, content_hash,
        keys, published_at, updated_at, language, guid, url, canonical_url, title, image, authors, categories, enclosures, extra, summary_html,
        text, content_html)
      ${numbers[kind]} select 'item' || (n + ${first}), 's' || (n % 100), ${at}, ${at}, ${at}, null, 0, 'r', 'c', '[]', ${at}, null, 'en', 'guid' || n,
        'https://host.example/2026/' || (n + ${first}), 'https://host.example/2026/' || (n + ${first}), ${text(9)}, null, '[]', '[]', '[]', '{}', null,
        ${text(textWords)}, ${text(2 * textWords)} from numbers`)
      .execute(db);
    await sql
      .raw(`insert into versions (item_id, story_id, score, with_id, evidence, joined_at, source_id, story_published_at)
      ${numbers[kind]} select 'item' || (n + ${first}), 'item' || ((n + ${first}) - (n % 4)), 0, null, '[]', ${at}, 's' || (n % 100), ${at} from numbers`)
      .execute(db);
    for (let from = first; from < first + batch; from += 2000)
      await engine.write(tx =>
        engine.insertRows(tx, 'dedup_items', keptRows(from, Math.min(first + batch, from + 2000))),
      );
  }
  if (kind === 'postgres') await sql`analyze`.execute(db);
}

function keptRows(from: number, to: number) {
  return Array.from({ length: to - from }, (_, place) => {
    const n = from + place;
    const template = templates[n % templates.length] as KeptItem;
    const at = Math.floor(now - weekMs + 60_000 + (n * (weekMs - 120_000)) / total);
    const keys = template.keys.map(({ shared }, key) => ({
      shared,
      hash: Number.parseInt(idOf(n * 8 + key), 16) % 2 ** 53,
    }));
    const kept = encodeKept({ ...template, at, keys });
    return { seq: n + 1, item_id: `item${n}`, first_seen_at: at, reader, kept };
  });
}

type Measured = {
  rows: number;
  seconds: number;
  cpuMicros: number;
  slowestMs: number;
  peakRss: number;
  readAnew: number;
};

/** @param stopAt ends the rebuild after so many items. */
async function rebuild(store: Store, by: string, stopAt: number): Promise<Measured> {
  const engine = createDedupEngine({ lexicon, windowMs: weekMs });
  const context = { store, engine, now: () => now, fence: () => null, reader: () => by };
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  let [asked, slowestMs, peakRss, rows] = [begun, 0, 0, 0];
  const stop = new AbortController();
  const onPage = (done: number) => {
    slowestMs = Math.max(slowestMs, performance.now() - asked);
    asked = performance.now();
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
    rows = done;
    if (done >= stopAt) stop.abort(new Error('enough'));
    return Promise.resolve();
  };
  const rebuilt = await rebuildEngine(context, { windowMs: weekMs, signal: stop.signal, onPage }).catch(error => {
    if (!stop.signal.aborted) throw error;
    return { items: rows, readAnew: rows };
  });
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { rows: rebuilt.items, seconds, cpuMicros: user + system, slowestMs, peakRss, readAnew: rebuilt.readAnew };
}

function print(where: string, { rows, seconds, cpuMicros, slowestMs, peakRss }: Measured): void {
  console.log(
    `${where}: ${rows.toLocaleString('en')} items in ${seconds.toFixed(1)} s, ${(cpuMicros / 1e6).toFixed(1)} s of processor time of this process, ` +
      `${(cpuMicros / rows).toFixed(1)} µs an item; slowest page ${Math.round(slowestMs)} ms; resident at most ${Math.round(peakRss / 2 ** 20)} MiB`,
  );
}

async function measure(store: Store, where: string): Promise<void> {
  const filling = performance.now();
  await fill(store);
  console.log(`${where}: filled in ${Math.round((performance.now() - filling) / 1000)} s`);
  const kept = await rebuild(store, reader, Number.POSITIVE_INFINITY);
  if (kept.rows !== total || kept.readAnew > 0) throw new Error(`${kept.rows} of ${total} came, ${kept.readAnew} anew`);
  print(`${where}, from what was kept`, kept);
  globalThis.gc?.();
  if (anew > 0) print(`${where}, read anew and kept`, await rebuild(store, 'another', anew));
}

console.log(machineLine());
if (engines.includes('sqlite')) {
  const dir = await mkdtemp(join(tmpdir(), 'newsfold-window-'));
  const store = await openStore(`sqlite:${join(dir, 'window.db')}`);
  try {
    await measure(store, 'SQLite');
    console.log(`  ${((await stat(join(dir, 'window.db'))).size / 2 ** 20).toFixed(0)} MiB of file`);
  } finally {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  }
}
if (engines.includes('postgres')) {
  const database = await freshDatabase();
  if (!database) console.log('PostgreSQL is lacking: not measured');
  else {
    const store = await openStore(database.url);
    try {
      await measure(store, 'PostgreSQL');
    } finally {
      await store.close();
      await database.drop();
    }
  }
}
process.exit(0);
