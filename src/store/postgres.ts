/** PostgreSQL through `pg`. The connection pool is the driver's; an outage rejects, and the next call tries again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import pg from 'pg';
import { AppError } from '../errors.ts';
import type { Millis } from '../model.ts';
import { type Cell, type Conflict, conflictClause, type StoreEngine, type Tx } from './engine.ts';
import { isRetryable, postgresError } from './postgres-error.ts';
import { tsQuery, tsVector } from './search-text.ts';
import type { Tables } from './tables.ts';

const connectTimeoutMs = 5_000;
/** No statement of ours takes long; one that does is a lock or a dead server. */
const statementTimeoutMs = 30_000;
/** A process that stalls in the middle of a transaction keeps its locks no longer: less than a dedup lease (worker/deduper.ts). */
const idleInTransactionMs = 10_000;
const idleMs = 60_000;
const attemptsMax = 5;
const connectionsMaxDefault = 8;
/** Any number, the same in every newsfold. */
const claimLock = 7_236_413;
const shards = 8;

/** @param url as libpq reads it: `postgres://user:password@host:5432/name?sslmode=verify-full&sslrootcert=…`. */
export function openPostgres(
  url: string,
  options: { readonly now: () => Millis; readonly connectionsMax?: number },
): StoreEngine {
  const pool = openPool(url, options.connectionsMax ?? connectionsMaxDefault);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withOwnErrors(pool) }) });
  const shard = Math.floor(Math.random() * shards);
  let closed: Promise<void> | undefined;
  return {
    kind: 'postgres',
    now: options.now,
    db,
    write: work => write(db, work),
    insertRows,
    anyOf: (column, values) => sql`${sql.ref(column)} = any(${values})`,
    forUpdate: sql`for update`,
    forUpdateSkipLocked: sql`for update skip locked`,
    async lockClaims(tx) {
      await sql`select pg_advisory_xact_lock(${claimLock})`.execute(tx);
    },
    shard: () => shard,
    search: {
      put: putDocuments,
      async remove(tx, seqs) {
        await sql`delete from item_search where seq = any(${seqs})`.execute(tx);
      },
      find: (terms, limit) =>
        sql`select seq from item_search where document @@ ${tsQuery(terms)}::tsquery order by seq desc limit ${limit}`,
    },
    async size() {
      const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
      return { bytes: rows[0]?.bytes ?? null, freeBytes: null };
    },
    backup: () =>
      Promise.reject(
        new AppError(
          'invalid-input',
          'a PostgreSQL store is backed up with pg_dump; newsfold store copy makes a SQLite file of it',
        ),
      ),
    close() {
      closed ??= db.destroy();
      return closed;
    },
  };
}

function openPool(url: string, max: number): pg.Pool {
  const types = new pg.TypeOverrides();
  // Times and counts stay far below 2^53; sums are cast to bigint by the queries.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + connectTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    application_name: 'newsfold',
    // A pool that is idle must not keep a command from ending.
    allowExitOnIdle: true,
  });
  // An idle connection that breaks is replaced by the pool; whoever asks next learns of an outage from its own query.
  pool.on('error', () => undefined);
  return pool;
}

function withOwnErrors(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      try {
        const client = await pool.connect();
        const known = clients.get(client) ?? wrapped(client);
        clients.set(client, known);
        return known;
      } catch (error) {
        throw postgresError(error);
      }
    },
  };
}

function wrapped(client: pg.PoolClient): PostgresPoolClient {
  let broken = false;
  // Between checkout and the first query nobody else listens, and an unheard 'error' would end the process.
  client.on('error', () => {
    broken = true;
  });
  const query = async (statement: string, parameters: readonly unknown[]) => {
    try {
      return await client.query(statement, parameters as unknown[]);
    } catch (error) {
      const known = postgresError(error);
      if (known instanceof AppError && known.code === 'store-unavailable') broken = true;
      throw known;
    }
  };
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(broken) };
}

async function write<T>(db: Kysely<Tables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isRetryable(error) || attempt === attemptsMax) throw postgresError(error);
      await sleep(attempt * 20 * (0.5 + Math.random()));
    }
  }
}

/** One statement whatever the number of rows: they travel as one JSON text, and the table itself gives the types. */
async function insertRows(
  tx: Tx,
  table: keyof Tables,
  rows: readonly Readonly<Record<string, Cell>>[],
  conflict?: Conflict,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = sql.join(Object.keys(first).map(column => sql.ref(column)));
  const end = sql.raw(conflictClause(first, conflict));
  await sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows.map(plainRow))}::json) ${end}`.execute(
    tx,
  );
}

/** JSON has no bytes; the table's own type reads them from their hexadecimal digits. */
function plainRow(row: Readonly<Record<string, Cell>>): object {
  const cells = Object.entries(row);
  if (!cells.some(([, cell]) => cell instanceof Uint8Array)) return row;
  return Object.fromEntries(
    cells.map(([column, cell]) => [
      column,
      cell instanceof Uint8Array ? `\\x${Buffer.from(cell).toString('hex')}` : cell,
    ]),
  );
}

async function putDocuments(
  tx: Tx,
  documents: readonly { readonly seq: number; readonly document: string }[],
): Promise<void> {
  if (documents.length === 0) return;
  const seqs = documents.map(({ seq }) => seq);
  const vectors = documents.map(({ document }) => tsVector(document));
  await sql`insert into item_search (seq, document)
    select seq, vector::tsvector from unnest(${seqs}::bigint[], ${vectors}::text[]) as given (seq, vector)
    on conflict (seq) do update set document = excluded.document`.execute(tx);
}
