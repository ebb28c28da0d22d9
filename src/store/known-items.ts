import type { SourceId } from '../model.ts';
import type { KnownItem } from '../pipeline/ports.ts';
import { type StoreEngine, template } from './engine.ts';

const items = template<{ source: string; limit: number }>((db, p) =>
  db
    .selectFrom('items')
    .select(['id', 'keys', 'raw_hash', 'content_hash', 'first_seen_at', 'order_at', 'touched_at'])
    .where('source_id', '=', p('source'))
    .orderBy('touched_at', 'desc')
    .orderBy('order_at', 'desc')
    .limit(p('limit')),
);

const tombstones = template<{ source: string; limit: number }>((db, p) =>
  db
    .selectFrom('tombstones')
    .select(['item_id as id', 'keys', 'raw_hash', 'content_hash', 'first_seen_at', 'order_at', 'touched_at'])
    .where('source_id', '=', p('source'))
    .orderBy('touched_at', 'desc')
    .limit(p('limit')),
);

type Row = {
  readonly id: string;
  readonly keys: string;
  readonly raw_hash: string;
  readonly content_hash: string;
  readonly first_seen_at: number;
  readonly order_at: number;
  readonly touched_at: number;
};

/**
 * The latest items of a source by last sight, deleted ones among them. An item beyond the limit that is still in the feed
 * is read as new, recognized by `saveItems`, and thereby seen again: the next time it is among these.
 */
export async function knownItems(
  { db }: StoreEngine,
  sourceId: SourceId,
  limit: number,
): Promise<readonly KnownItem[]> {
  const parameters = { source: sourceId, limit };
  const living = (await items(db, parameters)) as readonly Row[];
  const dead = (await tombstones(db, parameters)) as readonly Row[];
  const all = [...living.map(row => knownOf(row, false)), ...dead.map(row => knownOf(row, true))];
  if (all.length > limit) all.sort((a, b) => b.touchedAt - a.touchedAt);
  return all.slice(0, limit).map(({ known }) => known);
}

function knownOf(row: Row, deleted: boolean): { readonly touchedAt: number; readonly known: KnownItem } {
  const known = {
    itemId: row.id,
    keys: JSON.parse(row.keys) as readonly string[],
    rawHash: row.raw_hash,
    contentHash: row.content_hash,
    firstSeenAt: row.first_seen_at,
    orderAt: row.order_at,
    deleted,
  };
  return { touchedAt: row.touched_at, known };
}
