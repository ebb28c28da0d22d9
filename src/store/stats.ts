import { sql } from 'kysely';
import type { Millis } from '../model.ts';
import type { StoreStats } from '../pipeline/ports.ts';
import { hourMs } from './counters.ts';
import type { StoreEngine } from './engine.ts';

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
