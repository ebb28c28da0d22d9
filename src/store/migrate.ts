import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { StoreEngine, Tx } from './engine.ts';
import { type SchemaStep, schemaSteps } from './schema.ts';

/** Any number: the same in every newsfold, so that two processes that start at once wait for one another. */
const migrationLock = 7_236_412;

/**
 * Brings the store to this program's version. Each step is one transaction, so a process killed in the middle leaves the
 * step undone for the next start; a second process waits, then finds nothing to do.
 * @throws AppError `store-unavailable` when the store was written by a newer version.
 */
export async function migrate(engine: StoreEngine, steps: readonly SchemaStep[] = schemaSteps): Promise<void> {
  const wanted = steps.at(-1)?.version ?? 0;
  if ((await storedVersion(engine)) === wanted) return;
  for (const step of steps) await engine.write(tx => takeStep(tx, { engine, step, wanted }));
}

async function takeStep(tx: Tx, { engine, step, wanted }: { engine: StoreEngine; step: SchemaStep; wanted: number }) {
  if (engine.kind === 'postgres') await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
  await sql`create table if not exists newsfold_schema (version bigint not null)`.execute(tx);
  const row = await tx.selectFrom('newsfold_schema').select('version').executeTakeFirst();
  const version = row?.version ?? 0;
  if (version > wanted) {
    throw new AppError(
      'store-unavailable',
      `the store has schema version ${version}, this newsfold knows ${wanted}: start the newer newsfold, or restore a backup made before the update`,
    );
  }
  if (version >= step.version) return;
  for (const statement of step.statements(engine.kind)) await sql.raw(statement).execute(tx);
  if (row) await tx.updateTable('newsfold_schema').set({ version: step.version }).execute();
  else await tx.insertInto('newsfold_schema').values({ version: step.version }).execute();
}

/** @returns the version, or 0 for a store without tables: asked first, so that an ordinary start takes no lock. */
async function storedVersion({ kind, db }: StoreEngine): Promise<number> {
  const table =
    kind === 'sqlite'
      ? sql<{ n: number }>`select count(*) as n from sqlite_master where name = 'newsfold_schema'`
      : sql<{
          n: number;
        }>`select count(*) as n from pg_tables where schemaname = current_schema() and tablename = 'newsfold_schema'`;
  const { rows } = await table.execute(db);
  if (!rows[0]?.n) return 0;
  return (await db.selectFrom('newsfold_schema').select('version').executeTakeFirst())?.version ?? 0;
}
