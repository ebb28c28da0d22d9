/**
 * How fast the dedup's window comes out of the store when a leader is elected, SQLite and PostgreSQL side by side:
 * `node bench/store-window.ts [--items 100000] [--engines sqlite,postgres]`. Only the reading, in the pages that the rebuild asks for; what the
 * engine does with the items is bench/dedup.ts. Items have 150 words of text and twice that as HTML. The stores are made for this and deleted.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { TEXT_READ_MAX } from '../src/core/dedup/item-features.ts';
import type { Store } from '../src/pipeline/ports.ts';
import { engineOf, openStore } from '../src/store/open-store.ts';
import { freshDatabase } from '../test/support/services.ts';
import { machineLine } from './support/service-process.ts';

const { values } = parseArgs({
  options: { items: { type: 'string', default: '100000' }, engines: { type: 'string', default: 'sqlite,postgres' } },
});
const total = Number(values.items);
const engines = values.engines.split(',');
const batch = 20_000;
const page = 500;
const windowMs = 7 * 86_400_000;
const now = Date.now();

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

/** In the order of arrival, as collectors write them; each item with a story, every fourth in an earlier one's. */
async function fill(store: Store): Promise<void> {
  const { db, kind } = engineOf(store);
  const text = words[kind];
  for (let first = 0; first < total; first += batch) {
    const at = `${now - windowMs + 60_000} + cast((n + ${first}) * ${(windowMs - 120_000) / total} as ${kind === 'sqlite' ? 'integer' : 'bigint'})`;
    await sql
      .raw(`insert into items (id, source_id, touched_at, order_at, first_seen_at, article_at, revision, raw_hash, content_hash,
        keys, published_at, updated_at, language, guid, url, canonical_url, title, image, authors, categories, enclosures, extra, summary_html,
        text, content_html)
      ${numbers[kind]} select 'item' || (n + ${first}), 's' || (n % 100), ${at}, ${at}, ${at}, null, 0, 'r', 'c', '[]', ${at}, null, 'en', 'guid' || n,
        'https://host.example/2026/' || (n + ${first}), 'https://host.example/2026/' || (n + ${first}), ${text(9)}, null, '[]', '[]', '[]', '{}', null,
        ${text(150)}, ${text(300)} from numbers`)
      .execute(db);
    await sql
      .raw(`insert into versions (item_id, story_id, score, with_id, evidence, joined_at, source_id, story_published_at)
      ${numbers[kind]} select 'item' || (n + ${first}), 'item' || ((n + ${first}) - (n % 4)), 0, null, '[]', ${at}, 's' || (n % 100), ${at} from numbers`)
      .execute(db);
  }
  if (kind === 'postgres') await sql`analyze`.execute(db);
}

async function measure(store: Store, where: string): Promise<void> {
  const filling = performance.now();
  await fill(store);
  const filledMs = performance.now() - filling;
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  let [afterSeq, rows, characters, peak] = [0, 0, 0, 0];
  let slowestMs = 0;
  for (;;) {
    const asked = performance.now();
    const found = await store.items.assignedSince({
      since: now - windowMs,
      afterSeq,
      limit: page,
      textMax: TEXT_READ_MAX,
    });
    slowestMs = Math.max(slowestMs, performance.now() - asked);
    const last = found.at(-1);
    if (!last) break;
    for (const { item } of found) characters += item.title.length + item.text.length;
    rows += found.length;
    afterSeq = last.seq;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (rows !== total) throw new Error(`${rows} of ${total} came`);
  console.log(
    `${where}: ${rows.toLocaleString('en')} items in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds).toLocaleString('en')}/s by the clock, ` +
      `${Math.round((rows / (user + system)) * 1e6).toLocaleString('en')}/s of CPU time of this process; ${(characters / 1e6).toFixed(0)} million characters; ` +
      `slowest page ${Math.round(slowestMs)} ms; resident at most ${Math.round(peak / 2 ** 20)} MiB; filled in ${Math.round(filledMs / 1000)} s`,
  );
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
