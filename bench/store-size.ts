/**
 * Bytes an item costs in each table with its indexes, SQLite and PostgreSQL side by side: `node bench/store-size.ts [--items 20000]`. Items of
 * 150 words of text, a summary and twice the text as HTML, each with a story (every fourth joins an earlier one) and a topic.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { ReadItem, Store } from '../src/pipeline/ports.ts';
import { engineOf, openStore } from '../src/store/open-store.ts';
import { freshDatabase } from '../test/support/services.ts';
import { fetchSave, item, record } from '../test/support/store-samples.ts';

const { values } = parseArgs({ options: { items: { type: 'string', default: '20000' } } });
const total = Number(values.items);
const perFetch = 50;
/** What the dedup keeps of an item with a teaser. */
const keptBytes = 320;
const now = Date.now();

/** Twenty thousand invented words, some far more common than others, as in any language. */
function words(seed: number, count: number): string {
  let state = seed * 2_654_435_761 + 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return `w${Math.floor(20_000 * (state / 2 ** 32) ** 3).toString(36)}`;
  }).join(' ');
}

function readItem(n: number): ReadItem {
  const id = `f3a9c1d2e4b5${n.toString(16).padStart(20, '0')}`;
  const url = `https://host${n % 100}.example/2026/05/01/${words(n, 5).replaceAll(' ', '-')}-${n}`;
  const text = words(n, 150);
  return {
    change: 'new',
    item: item(id, {
      ...{ sourceId: `s${n % 100}`, guid: url, url, canonicalUrl: url, title: words(n + 7, 9), text },
      ...{ summaryHtml: `<p>${text.slice(0, 200)}</p>`, contentHtml: `<p>${text}</p>`.repeat(2) },
      ...{ firstSeenAt: now, orderAt: now - n * 1000, publishedAt: now - n * 1000, contentHash: id },
    }),
    keys: [`guid:${url}`, `url:${url}`],
    rawHash: id,
  };
}

async function fill(store: Store): Promise<void> {
  const sources = Array.from({ length: 100 }, (_, n) => ({
    id: `s${n}`,
    url: `https://host${n}.example/`,
    paused: false,
  }));
  await store.sources.sync(sources, now);
  for (let first = 0; first < total; first += perFetch * 100) {
    for (const { id } of sources) {
      const claim = await store.sources.claim(id, { now: now + first, holder: 'bench', leaseMs: 1 });
      if (!claim) throw new Error(`${id} is held`);
      const place = Number(id.slice(1));
      const items = Array.from({ length: perFetch }, (_, n) => readItem(first + n * 100 + place));
      await store.sources.save(fetchSave(claim, items, { record: record(id, { at: now }) }));
    }
  }
  for (let waiting = await store.items.undeduped(200); waiting.length > 0; waiting = await store.items.undeduped(200)) {
    const assignments = waiting.map(({ item: { id } }, n) => {
      const storyId = n % 4 === 3 ? (waiting[n - 1]?.item.id ?? id) : id;
      const evidence = [{ kind: 'same-title' } as const];
      return { itemId: id, storyId, with: storyId === id ? null : storyId, score: 1, evidence };
    });
    const founders = assignments.filter(({ itemId, storyId }) => itemId === storyId);
    const topics = founders.map(({ storyId }, n) => ({
      storyId,
      topics: [{ topicId: `topic-${n % 20}`, strength: 1, evidence: [] }],
    }));
    const kept = waiting.map(({ item: { id: itemId } }) => ({
      itemId,
      bytes: globalThis.crypto.getRandomValues(new Uint8Array(keptBytes)),
    }));
    await store.stories.save({
      ...{ fence: null, now, assignments, merges: [], splits: [], topics },
      kept: { reader: 'bench', items: kept },
    });
  }
}

async function sizes(store: Store): Promise<ReadonlyMap<string, number>> {
  const { db, kind } = engineOf(store);
  const query =
    kind === 'sqlite'
      ? sql<{ name: string; bytes: number }>`
          select coalesce(m.tbl_name, d.name) as name, sum(d.pgsize) as bytes from dbstat d
          left join sqlite_master m on m.name = d.name group by 1`
      : sql<{ name: string; bytes: number }>`
          select relname as name, pg_total_relation_size(oid) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  const found = new Map<string, number>();
  for (const { name, bytes } of (await query.execute(db)).rows) {
    const table = name.startsWith('item_search') ? 'item_search' : name;
    found.set(table, (found.get(table) ?? 0) + Number(bytes));
  }
  return found;
}

const folder = await mkdtemp(join(tmpdir(), 'newsfold-bench-'));
const database = await freshDatabase();
const results: [string, ReadonlyMap<string, number>][] = [];
for (const url of [`sqlite:${join(folder, 'store.db')}`, ...(database ? [database.url] : [])]) {
  const store = await openStore(url);
  await fill(store);
  results.push([store.engine, await sizes(store)]);
  await store.close();
}
await database?.drop();
await rm(folder, { recursive: true, force: true });
if (!database) console.log('PostgreSQL is lacking: not measured');
console.log(
  `bytes an item, ${total} items\n| table with its indexes | ${results.map(([engine]) => engine).join(' | ')} |\n|---|${results.map(() => '---').join('|')}|`,
);
const tables = [...new Set(results.flatMap(([, found]) => [...found.keys()]))];
const cell = (found: ReadonlyMap<string, number>, table: string) => Math.round((found.get(table) ?? 0) / total);
for (const table of tables.toSorted(
  (a, b) => cell(results[0]?.[1] ?? new Map(), b) - cell(results[0]?.[1] ?? new Map(), a),
)) {
  const cells = results.map(([, found]) => cell(found, table));
  if (cells.some(n => n > 0)) console.log(`| ${table} | ${cells.join(' | ')} |`);
}
console.log(
  `| all | ${results.map(([, found]) => Math.round([...found.values()].reduce((a, b) => a + b, 0) / total)).join(' | ')} |`,
);
process.exit(0);
