import type { DedupSave } from '../pipeline/ports.ts';
import type { StoreEngine, Tx } from './engine.ts';
import type { DedupItemRow } from './tables.ts';

/**
 * Writes what the dedup keeps of items, and for an assigned item of which nothing is kept a row that says so: a restart finds every item
 * that has a story without looking at the items themselves. An item edited since it was read is read anew then.
 */
export async function keepItems(tx: Tx, engine: StoreEngine, save: DedupSave): Promise<void> {
  const { reader, items } = save.kept ?? { reader: '', items: [] };
  const known = new Map(items.map(item => [item.itemId, item]));
  const ids = [...new Set([...save.assignments.map(({ itemId }) => itemId), ...known.keys()])];
  if (ids.length === 0) return;
  const rows = await tx
    .selectFrom('items')
    .select(['seq', 'id', 'first_seen_at', 'revision'])
    .where(engine.anyOf('id', ids))
    .orderBy('id')
    .modifyEnd(engine.forUpdate)
    .execute();
  await engine.insertRows(
    tx,
    'dedup_items',
    // Rows that grow at the end fill their pages; the order of ids would split them.
    rows
      .toSorted((one, two) => one.seq - two.seq)
      .map(({ seq, id, first_seen_at, revision }): DedupItemRow => {
        const item = known.get(id);
        const isCurrent = item !== undefined && (item.revision ?? revision) >= revision;
        const kept = isCurrent && item.bytes.length > 0 ? item.bytes : null;
        return { seq, item_id: id, first_seen_at, reader: kept === null ? '' : reader, kept };
      }),
    ['seq'],
  );
}
