/**
 * Small sums that pages show, kept as they grow, so that no page counts millions of rows. Bumped last in a transaction and
 * in the order of their names: a row stays locked for the length of a commit only, and never in a circle.
 */
import type { Millis } from '../model.ts';
import { type StoreEngine, type Tx, template } from './engine.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

const addCounter = template<{ name: string; shard: number; n: number }>((db, p) =>
  db
    .insertInto('counters')
    .values({ name: p('name'), shard: p('shard'), n: p('n') })
    .onConflict(c =>
      c.columns(['name', 'shard']).doUpdateSet(eb => ({ n: eb('counters.n', '+', eb.ref('excluded.n')) })),
    ),
);

const addHourly = template<{ hour: number; name: string; shard: number; n: number }>((db, p) =>
  db
    .insertInto('hourly')
    .values({ hour: p('hour'), name: p('name'), shard: p('shard'), n: p('n') })
    .onConflict(c =>
      c.columns(['hour', 'name', 'shard']).doUpdateSet(eb => ({ n: eb('hourly.n', '+', eb.ref('excluded.n')) })),
    ),
);

/** Sums by name: `items:it`, `stories`, `assigned`; hourly ones: `items`, `stories`, `fetch:modified`, `merge:same-url`. */
export class Tally {
  readonly #totals = new Map<string, number>();
  readonly #hourly = new Map<string, number>();

  total(name: string, n = 1): void {
    this.#totals.set(name, (this.#totals.get(name) ?? 0) + n);
  }

  hourly(name: string, n = 1): void {
    this.#hourly.set(name, (this.#hourly.get(name) ?? 0) + n);
  }

  async save(tx: Tx, { engine, now }: { engine: Pick<StoreEngine, 'shard'>; now: Millis }): Promise<void> {
    const shard = engine.shard();
    for (const [name, n] of sorted(this.#totals)) await addCounter(tx, { name, shard, n });
    const hour = Math.floor(now / hourMs);
    for (const [name, n] of sorted(this.#hourly)) await addHourly(tx, { hour, name, shard, n });
  }
}

function sorted(sums: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...sums].filter(([, n]) => n !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
