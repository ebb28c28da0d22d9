import type { AuditStore } from '../pipeline/ports.ts';
import type { StoreEngine } from './engine.ts';
import { storedJson, storedText } from './stored-text.ts';

export function auditStore(engine: StoreEngine): AuditStore {
  return {
    async add({ at, by, action, subject, detail }) {
      const row = { at, by_whom: storedText(by), action, subject: storedText(subject), detail: storedJson(detail) };
      await engine.write(tx => tx.insertInto('audit').values(row).execute());
    },
    async list({ limit, beforeId }) {
      let query = engine.db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
      if (beforeId !== undefined) query = query.where('id', '<', beforeId);
      const rows = await query.execute();
      return rows.map(({ by_whom: by, detail, ...rest }) => ({
        ...rest,
        by,
        detail: JSON.parse(detail) as Record<string, unknown>,
      }));
    },
  };
}
