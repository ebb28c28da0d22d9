/**
 * SQLite through `node:sqlite`. WAL with synchronous=NORMAL: a killed process loses nothing that was committed; a power cut
 * may lose the last commits, never consistency, and since items are saved with their validators the next fetch brings them
 * back (docs/store.md).
 */
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { Millis } from '../model.ts';
import { backupSqlite } from './backup-sqlite.ts';
import { type Cell, conflictClause, type StoreEngine, type Tx } from './engine.ts';
import { fts5Query } from './search-text.ts';
import { SqliteConnection, sqliteDialect } from './sqlite-dialect.ts';
import { sqliteError } from './sqlite-error.ts';
import type { Tables } from './tables.ts';

const inMemory = ':memory:';
/** Page cache per connection, KiB: the kernel caches the file anyway, and a Raspberry Pi has better uses for memory. */
const pageCacheKib = 2048;
/** 16 MiB of log: keys of items are hashes, so that every checkpoint writes pages all over the file, and the next one again. */
const pagesPerCheckpoint = 4000;
const openWaitMs = 10_000;
/** Afterwards whoever wants to write waits in `await` (sqlite-dialect.ts); this is for the moments in which a log is reset. */
const busyWaitMs = 20;

/**
 * @param path a file, or `:memory:`.
 * @throws AppError `store-unavailable` when the file cannot be opened or is no store.
 */
export function openSqlite(
  path: string,
  options: { readonly now: () => Millis; readonly bytesMax?: number },
): StoreEngine {
  const writer = open(path, options.bytesMax);
  const reader = path === inMemory ? writer : open(path);
  const shared = path === inMemory;
  const writeDb = new Kysely<Tables>({ dialect: sqliteDialect(writer, { exclusive: true }) });
  const readDb = shared ? writeDb : new Kysely<Tables>({ dialect: sqliteDialect(reader, { exclusive: false }) });
  let closed = false;
  return {
    kind: 'sqlite',
    now: options.now,
    db: readDb,
    write: work => writeDb.transaction().execute(work),
    insertRows: (_, table, rows, conflict) =>
      insertRows(writer, { table, rows, conflict: conflictClause(rows[0], conflict) }),
    anyOf: (column, values) => sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
    forUpdate: sql``,
    forUpdateSkipLocked: sql``,
    lockClaims: () => Promise.resolve(),
    shard: () => 0,
    search: {
      put: (tx, documents) => putDocuments(writer, tx, documents),
      async remove(tx, seqs) {
        await sql`delete from item_search where rowid in (select value from json_each(${JSON.stringify(seqs)}))`.execute(
          tx,
        );
      },
      find: (terms, limit) =>
        sql`select rowid as seq from item_search where item_search match ${fts5Query(terms)} order by rowid desc limit ${limit}`,
    },
    size: () => size(reader, path),
    backup: (file, how) => backupSqlite(reader.database, { path, file, ...how }),
    close() {
      if (closed) return Promise.resolve();
      closed = true;
      reader.database.close();
      if (!shared) writer.database.close();
      return Promise.resolve();
    },
  };
}

function open(path: string, bytesMax?: number): SqliteConnection {
  try {
    if (path !== inMemory) mkdirSync(dirname(path), { recursive: true });
    // Another process may be repairing the log of one that was killed: opening waits for it, in SQLite's own way.
    const database = new DatabaseSync(path, { timeout: openWaitMs, enableDoubleQuotedStringLiterals: false });
    database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -${pageCacheKib};
      pragma journal_size_limit = 16777216; pragma wal_autocheckpoint = ${pagesPerCheckpoint}; pragma temp_store = memory; pragma trusted_schema = off`);
    if (bytesMax !== undefined) {
      const { page_size: pageSize } = database.prepare('pragma page_size').get() as { page_size: number };
      database.exec(`pragma max_page_count = ${Math.floor(bytesMax / pageSize)}`);
    }
    database.exec(`pragma busy_timeout = ${busyWaitMs}`);
    return new SqliteConnection(database);
  } catch (error) {
    const known = sqliteError(error);
    if (known instanceof AppError) throw known;
    throw new AppError(
      'store-unavailable',
      `the store ${path} cannot be opened: check that its folder may be written to`,
      {
        cause: error,
      },
    );
  }
}

async function insertRows(
  connection: SqliteConnection,
  batch: { table: string; rows: readonly Readonly<Record<string, Cell>>[]; conflict: string },
): Promise<void> {
  const [firstRow] = batch.rows;
  if (!firstRow) return;
  const columns = Object.keys(firstRow);
  const statement = `insert into ${batch.table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')}) ${batch.conflict}`;
  for (const row of batch.rows) {
    connection.run(
      statement,
      columns.map(column => row[column] as SQLInputValue),
    );
    await connection.turn();
  }
}

async function putDocuments(
  connection: SqliteConnection,
  _: Tx,
  documents: readonly { readonly seq: number; readonly document: string }[],
): Promise<void> {
  for (const { seq, document } of documents) {
    connection.run('insert or replace into item_search (rowid, document) values (?, ?)', [seq, document]);
    await connection.turn();
  }
}

async function size(connection: SqliteConnection, path: string) {
  const { rows } = connection.run(
    'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()',
    [],
  );
  const { bytes } = rows[0] as { bytes: number };
  if (path === inMemory) return { bytes, freeBytes: null };
  const { bavail, bsize } = await statfs(path);
  return { bytes, freeBytes: bavail * bsize };
}
