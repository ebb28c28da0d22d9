/**
 * Kysely on Node's own `node:sqlite`: no native add-on. Two connections to one file: the writer, behind a lock, and a reader,
 * which in WAL mode always sees the last commit and waits for nobody. Statements are prepared once and kept (at most
 * `statementsMax` per connection). The calls are synchronous; what waits (another process's write) waits in `await`, never
 * in SQLite's own busy handler, so that the event loop goes on.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep, setImmediate as yieldToOthers } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { isBusy, sqliteError } from './sqlite-error.ts';

const statementsMax = 128;
const busyWaitMsMax = 15_000;
const busyRetryMs = 15;
const busyMsPerTurn = 5;

export class SqliteConnection implements DatabaseConnection {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, { readonly statement: StatementSync; readonly reads: boolean }>();
  #tail: Promise<void> = Promise.resolve();
  #busyMs = 0;

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  /** @returns how to give the connection back: one user at a time. */
  async take(): Promise<() => void> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    return resolve;
  }

  prepare(sql: string): { readonly statement: StatementSync; readonly reads: boolean } {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    const entry = { statement, reads: statement.columns().length > 0 };
    if (this.#statements.size >= statementsMax) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest);
        break;
      }
    }
    this.#statements.set(sql, entry);
    return entry;
  }

  /**
   * Everything here is synchronous: after a few milliseconds of it, everybody else gets a turn, in the middle of a transaction
   * too. Readers have a connection of their own and see the last commit.
   */
  async turn(): Promise<void> {
    if (this.#busyMs < busyMsPerTurn) return;
    this.#busyMs = 0;
    await yieldToOthers();
  }

  /** Throws `AppError` for a full disk and for a store that cannot be used; a mistake in SQL stays what it is. */
  run(sql: string, parameters: readonly unknown[]): QueryResult<unknown> {
    const start = performance.now();
    try {
      const { statement, reads } = this.prepare(sql);
      if (reads) return { rows: statement.all(...(parameters as SQLInputValue[])) };
      const { changes } = statement.run(...(parameters as SQLInputValue[]));
      return { rows: [], numAffectedRows: BigInt(changes) };
    } catch (error) {
      throw sqliteError(error);
    } finally {
      this.#busyMs += performance.now() - start;
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = this.run(query.sql, query.parameters) as QueryResult<R>;
    await this.turn();
    return result;
  }

  // biome-ignore lint/correctness/useYield: nothing here streams; pages are bounded instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported: ask for pages');
  }
}

/** @param connection is closed by whoever opened it, not by Kysely: reader and writer may share one (`sqlite::memory:`). */
export function sqliteDialect(connection: SqliteConnection, { exclusive }: { exclusive: boolean }): Dialect {
  return {
    createDriver: () => sqliteDriver(connection, exclusive),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: db => new SqliteIntrospector(db),
  };
}

function sqliteDriver(connection: SqliteConnection, exclusive: boolean): Driver {
  let giveBack: (() => void) | undefined;
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      if (exclusive) giveBack = await connection.take();
      return connection;
    },
    beginTransaction: () => begin(connection),
    commitTransaction: () => retryWhileBusy(() => connection.run('commit', [])),
    rollbackTransaction() {
      // After SQLITE_FULL the engine has rolled back by itself.
      if (connection.database.isTransaction) connection.run('rollback', []);
      return Promise.resolve();
    },
    releaseConnection() {
      if (exclusive) giveBack?.();
      return Promise.resolve();
    },
    destroy: () => Promise.resolve(),
  };
}

/** Takes the write lock at once: a transaction that reads first and writes later could be refused in the middle. */
function begin(connection: SqliteConnection): Promise<void> {
  return retryWhileBusy(() => connection.run('begin immediate', []));
}

async function retryWhileBusy(work: () => unknown): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += busyRetryMs) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || waitedMs >= busyWaitMsMax) throw error;
      await sleep(busyRetryMs);
    }
  }
}
