import { sql } from 'kysely';
import type { FactStore } from '../pipeline/ports.ts';
import type { StoreEngine } from './engine.ts';
import { storedText } from './stored-text.ts';

export function factStore(engine: StoreEngine): FactStore {
  const { db } = engine;
  return {
    async get(key) {
      const row = await db.selectFrom('facts').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value ?? null;
    },
    async set(key, value) {
      const stored = storedText(value);
      await engine.write(tx =>
        tx
          .insertInto('facts')
          .values({ key, value: stored })
          .onConflict(c => c.column('key').doUpdateSet({ value: stored }))
          .execute(),
      );
    },
    async delete(key) {
      await engine.write(tx => tx.deleteFrom('facts').where('key', '=', key).execute());
    },
    compareAndSet(key, expected, value) {
      const stored = storedText(value);
      return engine.write(async tx => {
        const result =
          expected === null
            ? await tx
                .insertInto('facts')
                .values({ key, value: stored })
                .onConflict(c => c.doNothing())
                .executeTakeFirst()
            : await tx
                .updateTable('facts')
                .set({ value: stored })
                .where('key', '=', key)
                .where('value', '=', expected)
                .executeTakeFirst();
        return ('numUpdatedRows' in result ? result.numUpdatedRows : result.numInsertedOrUpdatedRows) === 1n;
      });
    },
    async list(prefix) {
      // Not LIKE: a key may hold its wildcards, and SQLite's ignores case.
      const rows = await db
        .selectFrom('facts')
        .selectAll()
        .where('key', '>=', prefix)
        .where(sql<boolean>`substr(key, 1, ${prefix.length}) = ${prefix}`)
        .orderBy('key')
        .execute();
      return new Map(rows.map(row => [row.key, row.value]));
    },
  };
}
