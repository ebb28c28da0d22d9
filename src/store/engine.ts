/**
 * What the shared queries need from an engine beyond Kysely. Everything in which SQLite and PostgreSQL differ is behind
 * this type (`sqlite.ts`, `postgres.ts`) and in the column types of `schema.ts`.
 */
import { type Compilable, CompiledQuery, type Kysely, type RawBuilder, type SqlBool, type Transaction } from 'kysely';
import type { Millis } from '../model.ts';
import type { SearchTerm } from './search-text.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** Partial indexes are found by literals only: `sql.lit(0)`, never a parameter, where `schema.ts` says `where … = 0`. */
export type Cell = string | number | Uint8Array | null;
export type Conflict = 'ignore' | readonly string[];

export type StoreEngine = {
  readonly kind: 'sqlite' | 'postgres';
  readonly now: () => Millis;
  /** For reading outside of a transaction: sees committed rows only. Never use it inside `write`. */
  readonly db: Db;
  /** One transaction that may write; repeated when the engine asks for it (deadlock), so `work` must have no effect of its own. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Many rows at once. A row that is there already is a mistake, or stays as it is (`ignore`), or takes the new values: then
   * `conflict` names the columns of the key.
   */
  insertRows(
    tx: Tx,
    table: keyof Tables,
    rows: readonly Readonly<Record<string, Cell>>[],
    conflict?: Conflict,
  ): Promise<void>;
  /** `column in (values)` as one parameter, so that the statement is the same for every number of values. */
  anyOf(column: string, values: readonly Cell[]): RawBuilder<SqlBool>;
  /** Ends a select whose row must not change until the transaction ends (nothing on SQLite: one writer at a time). */
  readonly forUpdate: RawBuilder<unknown>;
  readonly forUpdateSkipLocked: RawBuilder<unknown>;
  /** Held to the end of the transaction: one claimer at a time, so that bounds per host hold across processes. */
  lockClaims(tx: Tx): Promise<void>;
  /** Spreads a counter that many processes bump over several rows. */
  shard(): number;
  readonly search: {
    put(tx: Tx, documents: readonly { readonly seq: number; readonly document: string }[]): Promise<void>;
    remove(tx: Tx, seqs: readonly number[]): Promise<void>;
    /** Sequence numbers of the latest matching items, newest first, at most `limit`. */
    find(terms: readonly SearchTerm[], limit: number): RawBuilder<{ seq: number }>;
  };
  size(): Promise<{ readonly bytes: number | null; readonly freeBytes: number | null }>;
  backup(
    file: string,
    options: { signal: AbortSignal; onProgress?: (done: number, total: number) => void },
  ): Promise<void>;
  close(): Promise<void>;
};

/** What to do with a row that is there already, in the words of both engines. */
export function conflictClause(row: object | undefined, conflict: Conflict | undefined): string {
  if (conflict === undefined || row === undefined) return '';
  if (conflict === 'ignore') return 'on conflict do nothing';
  const others = Object.keys(row).filter(column => !conflict.includes(column));
  return `on conflict (${conflict.join(', ')}) do update set ${others.map(column => `${column} = excluded.${column}`).join(', ')}`;
}

/** A query compiled once: the hot paths of the collector would else spend more time building SQL than running it. */
export type Template<P> = (db: Db, parameters: P) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/**
 * @param build builds the query with `p(name)` where a value will stand; it runs once per engine, at the first use.
 * @returns a function that runs it with values.
 */
export function template<P extends Record<string, Cell>>(
  build: (db: Db, p: <K extends keyof P & string>(name: K) => P[K]) => Compilable,
): Template<P> {
  const compiled = new Map<unknown, { readonly sql: string; readonly slots: readonly unknown[] }>();
  return async (db, parameters) => {
    const executor = db.getExecutor();
    const engine = executor.adapter.constructor;
    let known = compiled.get(engine);
    if (!known) {
      // A marker travels through the builder like any value; it is typed as the value that will take its place.
      const query = build(db, name => new Slot(name) as unknown as P[typeof name]).compile();
      known = { sql: query.sql, slots: query.parameters };
      compiled.set(engine, known);
    }
    const values = known.slots.map(slot => (slot instanceof Slot ? parameters[slot.slot] : slot));
    const result = await executor.executeQuery(CompiledQuery.raw(known.sql, values));
    return result.rows as readonly Record<string, unknown>[];
  };
}

class Slot {
  readonly slot: string;

  constructor(slot: string) {
    this.slot = slot;
  }
}
