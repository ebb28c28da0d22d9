import { sql } from 'kysely';
import type { Millis } from '../model.ts';
import type { StoreStats } from '../pipeline/ports.ts';
import { hourMs } from './counters.ts';
import type { StoreEngine } from './engine.ts';
import { fetchTimeAt, fetchTimePrefix } from './fetch-times.ts';

const hoursShown = 48;

/** From the sums that grow with the writes: the cost does not depend on the size of the store. */
export async function stats(engine: StoreEngine, now: Millis): Promise<StoreStats> {
  const { db } = engine;
  const totals = new Map(
    (
      await db
        .selectFrom('counters')
        .select(['name', sql<number>`cast(sum(n) as bigint)`.as('n')])
        .groupBy('name')
        .execute()
    ).map(row => [row.name, row.n]),
  );
  const lastHour = Math.floor(now / hourMs);
  const firstHour = lastHour - hoursShown + 1;
  const hourly = await db
    .selectFrom('hourly')
    .select(['hour', 'name', sql<number>`cast(sum(n) as bigint)`.as('n')])
    .where('hour', '>=', firstHour)
    .where('hour', '<=', lastHour)
    .groupBy(['hour', 'name'])
    .execute();
  const undeduped = await db
    .selectFrom('dedup_queue')
    .select(sql<number>`count(*)`.as('n'))
    .where('edited', '=', sql.lit(0))
    .executeTakeFirst();
  const line = (name: string) => {
    const hours = new Array<number>(hoursShown).fill(0);
    for (const row of hourly) if (row.name === name) hours[row.hour - firstHour] = row.n;
    return hours;
  };
  const perHour = <T>(read: (sums: ReadonlyMap<string, number>) => T): readonly T[] => {
    const sums = Array.from({ length: hoursShown }, () => new Map<string, number>());
    for (const row of hourly) sums[row.hour - firstHour]?.set(row.name, row.n);
    return sums.map(read);
  };
  const fetchTime = (share: number) =>
    perHour(sums => {
      const times = [...sums].filter(([name]) => name.startsWith(fetchTimePrefix));
      return fetchTimeAt(new Map(times.map(([name, n]) => [Number(name.slice(fetchTimePrefix.length)), n])), share);
    });
  const languages = byPrefix(
    [...totals].map(([name, n]) => ({ name, n })),
    'items:',
  );
  const stories = totals.get('stories') ?? 0;
  return {
    items: languages.reduce((sum, { count }) => sum + count, 0),
    stories,
    foldedItems: (totals.get('assigned') ?? 0) - stories,
    undeduped: undeduped?.n ?? 0,
    ...(await engine.size()),
    languages: languages.map(({ key, count }) => ({ language: key, items: count })),
    itemsPerHour: line('items'),
    storiesPerHour: line('stories'),
    fetchMs: { median: fetchTime(0.5), p95: fetchTime(0.95) },
    cacheReads: perHour(sums => ({ hits: sums.get('cache:hits') ?? 0, misses: sums.get('cache:misses') ?? 0 })),
    queuePerHour: perHour(sums => {
      const looks = sums.get('queue:looks') ?? 0;
      return looks === 0 ? null : Math.round((sums.get('queue:sum') ?? 0) / looks);
    }),
    outcomes: byPrefix(hourly, 'fetch:').map(({ key, count }) => ({ outcome: key, count })),
    mergesByKind: byPrefix(hourly, 'merge:').map(({ key, count }) => ({ kind: key, count })),
  };
}

function byPrefix(rows: readonly { readonly name: string; readonly n: number }[], prefix: string) {
  const sums = new Map<string, number>();
  for (const { name, n } of rows) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length);
    sums.set(key, (sums.get(key) ?? 0) + n);
  }
  return [...sums]
    .map(([key, count]) => ({ key, count }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}
