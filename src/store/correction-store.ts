import type { CorrectionStore, StoredCorrection } from '../pipeline/ports.ts';
import type { StoreEngine } from './engine.ts';
import { storedText } from './stored-text.ts';

export function correctionStore(engine: StoreEngine): CorrectionStore {
  return {
    async add(corrections) {
      const rows = corrections.map(({ by, undoneAt, ...rest }) => ({
        ...rest,
        by_whom: storedText(by),
        undone_at: undoneAt,
      }));
      await engine.write(tx => engine.insertRows(tx, 'corrections', rows, 'ignore'));
    },
    async undo(action, now) {
      const result = await engine.write(tx =>
        tx
          .updateTable('corrections')
          .set({ undone_at: now })
          .where('action', '=', action)
          .where('undone_at', 'is', null)
          .executeTakeFirst(),
      );
      return Number(result.numUpdatedRows);
    },
    async list(options = {}) {
      let query = engine.db.selectFrom('corrections').selectAll().orderBy('at').orderBy('id');
      if (!options.includeUndone) query = query.where('undone_at', 'is', null);
      const rows = await query.execute();
      return rows.map(({ by_whom: by, undone_at: undoneAt, kind, ...rest }) => ({
        ...rest,
        kind: kind as StoredCorrection['kind'],
        by,
        undoneAt,
      }));
    },
  };
}
