import type { ItemId, Millis, SourceId } from '../model.ts';
import type { ReadItem } from '../pipeline/ports.ts';
import type { Tally } from './counters.ts';
import { type EditableItem, editableColumns, editItem } from './edit-item.ts';
import type { StoreEngine, Tx } from './engine.ts';
import { newItemRow } from './item-rows.ts';
import { storedText } from './stored-text.ts';
import { bumpTopics } from './topic-versions.ts';

type Batch = {
  readonly engine: StoreEngine;
  readonly sourceId: SourceId;
  readonly items: readonly ReadItem[];
  readonly now: Millis;
  readonly tally: Tally;
};

type Known = {
  readonly existing: ReadonlyMap<ItemId, EditableItem>;
  readonly tombstones: ReadonlySet<ItemId>;
  readonly owners: ReadonlyMap<string, ItemId>;
};

/**
 * Stores new items and edits. Whatever the reader thought: an item whose id or strongest key is known is that item (a second
 * reader was faster, or the item was older than the window of known ones), and a deleted item stays deleted. Weaker keys
 * belong to whom had them first.
 */
export async function saveItems(tx: Tx, batch: Batch) {
  const known = await findKnown(tx, batch);
  const fresh = new Map<ItemId, ReadItem>();
  const takenKeys = new Set<string>();
  const edits: { row: EditableItem; read: ReadItem }[] = [];
  const tombstones: ItemId[] = [];
  for (const read of batch.items) {
    const owner = ownerOf(read, known);
    const row = owner === undefined ? undefined : known.existing.get(owner);
    if (row) edits.push({ row, read });
    else if (owner !== undefined) tombstones.push(owner);
    else if (!fresh.has(read.item.id) && !takenKeys.has(read.keys[0] ?? '')) {
      fresh.set(read.item.id, read);
      if (read.keys[0] !== undefined) takenKeys.add(read.keys[0]);
    }
  }
  await insertItems(tx, { batch, fresh: [...fresh.values()] });
  const topics = new Set<string>();
  let edited = 0;
  let shown = false;
  for (const { row, read } of edits) {
    if (row.source_id !== batch.sourceId) continue;
    const change = await editItem(tx, { engine: batch.engine, row, read, now: batch.now, tally: batch.tally });
    if (change.edited) edited++;
    if (change.topics) shown = true;
    for (const topic of change.topics ?? []) topics.add(topic);
  }
  await touchTombstones(tx, { batch, ids: tombstones });
  // Rows that several processes write come last, so that they stay locked for the length of a commit only.
  const finish = () => (shown ? bumpTopics(tx, topics, batch.now) : Promise.resolve());
  return { added: fresh.size, edited, finish };
}

function ownerOf(read: ReadItem, { existing, tombstones, owners }: Known): ItemId | undefined {
  const id = storedText(read.item.id);
  if (existing.has(id) || tombstones.has(id)) return id;
  const owner = owners.get(storedText(read.keys[0] ?? ''));
  return owner !== undefined && (existing.has(owner) || tombstones.has(owner)) ? owner : undefined;
}

async function findKnown(tx: Tx, { engine, sourceId, items }: Batch): Promise<Known> {
  if (items.length === 0) return { existing: new Map(), tombstones: new Set(), owners: new Map() };
  const strongest = items.map(({ keys }) => storedText(keys[0] ?? ''));
  const owners = await tx
    .selectFrom('item_keys')
    .select(['key', 'item_id'])
    .where('source_id', '=', sourceId)
    .where(engine.anyOf('key', strongest))
    .execute();
  const ids = [...new Set([...items.map(({ item }) => storedText(item.id)), ...owners.map(row => row.item_id)])];
  const existing = await tx.selectFrom('items').select(editableColumns).where(engine.anyOf('id', ids)).execute();
  const tombstones = await tx.selectFrom('tombstones').select('item_id').where(engine.anyOf('item_id', ids)).execute();
  return {
    existing: new Map(existing.map(row => [row.id, row])),
    tombstones: new Set(tombstones.map(row => row.item_id)),
    owners: new Map(owners.map(row => [row.key, row.item_id])),
  };
}

async function insertItems(tx: Tx, { batch, fresh }: { batch: Batch; fresh: readonly ReadItem[] }): Promise<void> {
  if (fresh.length === 0) return;
  const { engine, sourceId, now, tally } = batch;
  // Elder items first: a document lists the newest first, and the elder of two tellings should found the story.
  const rows = fresh
    .map(({ item, keys, rawHash }) => newItemRow({ ...item, sourceId }, { now, rawHash, keys: keys.map(storedText) }))
    .toSorted((a, b) => a.order_at - b.order_at);
  await engine.insertRows(tx, 'items', rows);
  const keyRows = fresh.flatMap(({ item, keys }) =>
    keys.map(key => ({ source_id: sourceId, key: storedText(key), item_id: storedText(item.id) })),
  );
  await engine.insertRows(tx, 'item_keys', keyRows, 'ignore');
  const stored = await tx
    .selectFrom('items')
    .select('seq')
    .where(
      engine.anyOf(
        'id',
        rows.map(row => row.id),
      ),
    )
    .execute();
  const seqs = stored.map(row => row.seq);
  await engine.insertRows(
    tx,
    'dedup_queue',
    seqs.map(seq => ({ seq, revision: 0, edited: 0 })),
  );
  for (const { language } of rows) tally.total(`items:${language ?? ''}`);
  tally.hourly('items', rows.length);
}

async function touchTombstones(tx: Tx, { batch, ids }: { batch: Batch; ids: readonly ItemId[] }): Promise<void> {
  if (ids.length === 0) return;
  await tx.updateTable('tombstones').set({ touched_at: batch.now }).where(batch.engine.anyOf('item_id', ids)).execute();
}
