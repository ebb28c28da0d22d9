import type { AccessToken, TokenStore } from '../pipeline/ports.ts';
import type { StoreEngine } from './engine.ts';
import { storedText } from './stored-text.ts';
import type { TokenRow } from './tables.ts';

/** Expired and revoked tokens are kept so long for the list that people look at. */
const keptMs = 30 * 24 * 3_600_000;

export function tokenStore(engine: StoreEngine): TokenStore {
  const { db } = engine;
  return {
    async add(token) {
      await engine.write(tx => tx.insertInto('tokens').values(rowOf(token)).execute());
    },
    async findByHash(hash) {
      const row = await db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row ? tokenOf(row) : null;
    },
    async list(kind) {
      const rows = await db
        .selectFrom('tokens')
        .selectAll()
        .where('kind', '=', kind)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(tokenOf);
    },
    async revoke(id, now) {
      await engine.write(tx =>
        tx
          .updateTable('tokens')
          .set({ revoked_at: now })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .execute(),
      );
    },
    async touch(id, now) {
      await engine.write(tx => tx.updateTable('tokens').set({ last_used_at: now }).where('id', '=', id).execute());
    },
    async prune(now) {
      const before = now - keptMs;
      const result = await engine.write(tx =>
        tx
          .deleteFrom('tokens')
          .where(eb => eb.or([eb('expires_at', '<', before), eb('revoked_at', '<', before)]))
          .executeTakeFirst(),
      );
      return Number(result.numDeletedRows);
    },
  };
}

function rowOf(token: AccessToken): TokenRow {
  return {
    id: token.id,
    hash: token.hash,
    kind: token.kind,
    scope: token.scope,
    topic_id: token.topicId,
    label: storedText(token.label),
    created_at: token.createdAt,
    expires_at: token.expiresAt,
    last_used_at: token.lastUsedAt,
    revoked_at: token.revokedAt,
  };
}

function tokenOf(row: TokenRow): AccessToken {
  return {
    id: row.id,
    hash: row.hash,
    kind: row.kind as AccessToken['kind'],
    scope: row.scope as AccessToken['scope'],
    topicId: row.topic_id,
    label: row.label,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
