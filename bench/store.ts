/**
 * What a store does in a second, SQLite and PostgreSQL side by side: `node bench/store.ts [--sources 500] [--items 30]
 * [--kept 320]`, the last being the bytes that the dedup keeps of an item.
 * PostgreSQL is left out, with a line that says so, when there is none. CPU is this process's own (SQLite works in it).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Item } from '../src/model.ts';
import type { ReadItem, SourceClaim, Store } from '../src/pipeline/ports.ts';
import { openStore } from '../src/store/open-store.ts';
import { freshDatabase } from '../test/support/services.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '500' },
    items: { type: 'string', default: '30' },
    kept: { type: 'string', default: '320' },
  },
});
const sourceCount = Number(values.sources);
const itemsPerSource = Number(values.items);
const keptBytes = Number(values.kept);
const batch = 100;
const now = Date.now();

type Figure = {
  readonly what: string;
  readonly perSecond: number;
  readonly cpuMsEach: number;
  readonly loopMsMax: number;
};

async function measured(what: string, work: () => Promise<number>): Promise<Figure> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const count = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  return { what, perSecond: count / seconds, cpuMsEach: (user + system) / 1000 / count, loopMsMax: delay.max / 1e6 };
}

const words =
  'government election minister school river market victory storm Libia Roma Парламент école città ليبيا'.split(' ');
const sentence = (seed: number, length: number) =>
  Array.from({ length }, (_, n) => words[(seed * 7 + n * 13) % words.length]).join(' ');

function readItem(source: number, n: number): ReadItem {
  const id = `item-${source}-${n}`;
  const text = sentence(source + n, 150);
  const url = `https://host${source}.example/${n}`;
  const item: Item = {
    id,
    sourceId: `source-${source}`,
    guid: id,
    url,
    canonicalUrl: url,
    title: sentence(n, 9),
    summaryHtml: `<p>${text.slice(0, 200)}</p>`,
    contentHtml: `<p>${text}</p>`.repeat(2),
    text,
    language: n % 2 ? 'it' : 'en',
    publishedAt: now - n * 60_000,
    updatedAt: null,
    firstSeenAt: now,
    orderAt: now - n * 60_000,
    authors: [{ name: 'Ada' }],
    categories: ['news'],
    enclosures: [],
    image: null,
    extra: {},
    contentHash: id,
  };
  return { change: 'new', item, keys: [`guid:${id}`, `url:${url}`], rawHash: id };
}

async function claimAll(store: Store): Promise<SourceClaim[]> {
  const claims: SourceClaim[] = [];
  for (;;) {
    const some = await store.sources.claimDue({ now, limit: 32, perHost: 2, holder: 'bench', leaseMs: 600_000 });
    if (some.length === 0) return claims;
    claims.push(...some);
  }
}

async function saveAll(
  store: Store,
  claims: readonly SourceClaim[],
  itemsOf: (source: number) => readonly ReadItem[],
): Promise<void> {
  let next = 0;
  const outcome = itemsOf(0).length === 0 ? 'not-modified' : 'modified';
  const worker = async () => {
    for (let claim = claims[next++]; claim; claim = claims[next++]) {
      const { sourceId } = claim.state;
      const items = itemsOf(Number(sourceId.split('-')[1]));
      const counts = { itemsTotal: items.length, itemsNew: items.length, itemsEdited: 0 };
      const record = {
        sourceId,
        at: now,
        durationMs: 1,
        outcome,
        status: 200,
        bytes: 1,
        ...counts,
        message: null,
        warnings: [],
      } as const;
      await store.sources.save({ sourceId, token: claim.token, state: { nextAt: now, health: 'ok' }, items, record });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function assignAll(store: Store): Promise<number> {
  let count = 0;
  for (;;) {
    const waiting = await store.items.undeduped(batch);
    if (waiting.length === 0) return count;
    count += waiting.length;
    const founder = (id: string, n: number) => (n % 4 === 3 ? (waiting[n - 1]?.item.id ?? id) : id);
    const assignments = waiting.map(({ item: { id } }, n) => {
      const storyId = founder(id, n);
      return {
        itemId: id,
        storyId,
        with: storyId === id ? null : storyId,
        score: 1,
        evidence: [{ kind: 'same-title' } as const],
      };
    });
    const topics = assignments
      .filter(({ itemId, storyId }) => itemId === storyId)
      .map(({ storyId }, n) => ({ storyId, topics: [{ topicId: `topic-${n % 20}`, strength: 1, evidence: [] }] }));
    const kept = waiting.map(({ item: { id: itemId } }) => ({
      itemId,
      bytes: globalThis.crypto.getRandomValues(new Uint8Array(keptBytes)),
    }));
    await store.stories.save({
      ...{ fence: null, now, assignments, merges: [], splits: [], topics },
      ...(keptBytes > 0 ? { kept: { reader: 'bench', items: kept } } : {}),
    });
  }
}

async function repeat(times: number, work: (n: number) => Promise<unknown>): Promise<number> {
  for (let n = 0; n < times; n++) await work(n);
  return times;
}

async function run(store: Store): Promise<readonly Figure[]> {
  const sources = Array.from({ length: sourceCount }, (_, n) => ({
    id: `source-${n}`,
    url: `https://host${n}.example/`,
    paused: false,
  }));
  await store.sources.sync(sources, now);
  let claims: SourceClaim[] = [];
  const claim = async () => {
    claims = await claimAll(store);
    return claims.length;
  };
  const items = sources.map((_, source) => Array.from({ length: itemsPerSource }, (_item, n) => readItem(source, n)));
  const itemsOf = (source: number) => items[source] ?? [];
  const saves = async (perSource: number) => {
    await saveAll(store, claims, perSource === 0 ? () => [] : itemsOf);
    return claims.length;
  };
  return [
    await measured('sources claimed, 32 at a time', claim),
    await measured('items saved, first fill', async () => (await saves(itemsPerSource)) * itemsPerSource),
    await measured('items given their story and topic', () => assignAll(store)),
    await measured('sources claimed again', claim),
    await measured('fetches saved, nothing new', () => saves(0)),
    await measured('sources’ known items read', () =>
      repeat(500, n => store.sources.known(`source-${n % sourceCount}`, 1000)),
    ),
    await measured('pages of 50 stories, all', () => repeat(60, () => store.stories.page({ limit: 50 }))),
    await measured('pages of 50 stories, a topic', () =>
      repeat(60, n => store.stories.page({ topic: `topic-${n % 20}`, limit: 50 })),
    ),
    await measured('pages of 50 stories, a search', () =>
      repeat(40, () => store.stories.page({ q: 'election citta', limit: 50 })),
    ),
    await measured('topic versions asked', () => repeat(2000, n => store.stories.topicVersion(`topic-${n % 20}`))),
    await measured('stats', () => repeat(100, () => store.maintenance.stats(now))),
    await measured('items pruned, 100 at a time', async () => {
      let count = 0;
      for (let rows = 1; rows > 0 && count < 4000; count += rows)
        rows = await store.maintenance.prune({ olderThan: now + 1, perSourceMax: 1e6, batch, now });
      return count;
    }),
  ];
}

function print(engine: string, figures: readonly Figure[]): void {
  console.log(`\n${engine}: ${sourceCount} sources, ${itemsPerSource} items each`);
  for (const { what, perSecond, cpuMsEach, loopMsMax } of figures) {
    const columns = [
      Math.round(perSecond).toLocaleString('en').padStart(10),
      `${cpuMsEach.toFixed(3)} ms CPU each`,
      `loop held ${loopMsMax.toFixed(0)} ms at most`,
    ];
    console.log(`${what.padEnd(36)} ${columns.join('/s   ')}`.replace(/each\/s/, 'each'));
  }
}

const folder = await mkdtemp(join(tmpdir(), 'newsfold-bench-'));
const sqlite = await openStore(`sqlite:${join(folder, 'store.db')}`);
print('SQLite', await run(sqlite));
console.log(
  `resident: ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MiB, store: ${Math.round(((await sqlite.maintenance.stats(now)).bytes ?? 0) / 1024 / 1024)} MiB`,
);
await sqlite.close();
await rm(folder, { recursive: true, force: true });

const database = await freshDatabase();
if (database) {
  const postgres = await openStore(database.url);
  print('PostgreSQL', await run(postgres));
  await postgres.close();
  await database.drop();
} else {
  console.log('PostgreSQL is lacking: not measured');
}
process.exit(0);
