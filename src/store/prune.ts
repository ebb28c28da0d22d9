import { sql } from 'kysely';
import type { ItemId, SourceId } from '../model.ts';
import type { MaintenanceStore } from '../pipeline/ports.ts';
import { hourMs, Tally } from './counters.ts';
import type { StoreEngine, Tx } from './engine.ts';
import { removeItems } from './remove-items.ts';
import { bumpTopics } from './topic-versions.ts';

type Prune = Parameters<MaintenanceStore['prune']>[0];

/** A feed lists its latest posts: tombstones beyond so many of a source guard nothing any more. */
const tombstonesPerSourceMax = 5_000;
const hoursKept = 14 * 24;

/** One small batch: items by age, then by number per source, then what they leave behind. @returns how many rows went. */
export function prune(engine: StoreEngine, options: Prune): Promise<number> {
  return engine.write(async tx => {
    const aged = await tx
      .selectFrom('items')
      .select('id')
      .where('first_seen_at', '<', options.olderThan)
      .orderBy('first_seen_at')
      .limit(options.batch)
      .execute();
    if (aged.length > 0) return pruneItems(tx, { engine, options, ids: aged.map(row => row.id) });
    const surplus = await surplusItems(tx, options);
    if (surplus.length > 0) return pruneItems(tx, { engine, options, ids: surplus });
    return (
      (await pruneStories(tx, { engine, options })) ||
      (await forgetKept(tx, { engine, options })) ||
      (await pruneHours(tx, options))
    );
  });
}

async function surplusItems(tx: Tx, { perSourceMax, batch }: Prune): Promise<readonly ItemId[]> {
  const source = await tx
    .selectFrom('source_states')
    .select(['source_id', 'item_count'])
    .where('item_count', '>', perSourceMax)
    .limit(1)
    .executeTakeFirst();
  if (!source) return [];
  const rows = await tx
    .selectFrom('items')
    .select('id')
    .where('source_id', '=', source.source_id)
    .orderBy('touched_at')
    .orderBy('order_at')
    .limit(Math.min(batch, source.item_count - perSourceMax))
    .execute();
  return rows.map(row => row.id);
}

async function pruneItems(
  tx: Tx,
  { engine, options, ids }: { engine: StoreEngine; options: Prune; ids: readonly ItemId[] },
): Promise<number> {
  const { now } = options;
  const tally = new Tally();
  const sources = await tx.selectFrom('items').select('source_id').distinct().where(engine.anyOf('id', ids)).execute();
  const topics = await removeItems(tx, { engine, ids, now, tally, reason: 'pruned' });
  for (const { source_id: id } of sources) await pruneTombstones(tx, { engine, sourceId: id });
  await tally.save(tx, { engine, now });
  if (topics) await bumpTopics(tx, topics, now);
  return ids.length;
}

async function pruneTombstones(
  tx: Tx,
  { engine, sourceId }: { engine: StoreEngine; sourceId: SourceId },
): Promise<void> {
  const rows = await tx
    .selectFrom('tombstones')
    .select('item_id')
    .where('source_id', '=', sourceId)
    .where('reason', '=', 'pruned')
    .orderBy('touched_at', 'desc')
    .limit(tombstonesPerSourceMax)
    .offset(tombstonesPerSourceMax)
    .execute();
  if (rows.length === 0) return;
  const ids = rows.map(row => row.item_id);
  await tx.deleteFrom('item_keys').where('source_id', '=', sourceId).where(engine.anyOf('item_id', ids)).execute();
  await tx.deleteFrom('tombstones').where(engine.anyOf('item_id', ids)).execute();
}

/** A story that has been empty for as long as items are kept: nobody asks for its id any more, nor for its aliases. */
async function pruneStories(tx: Tx, { engine, options }: { engine: StoreEngine; options: Prune }): Promise<number> {
  const rows = await tx
    .selectFrom('stories')
    .select('id')
    .where('item_count', '=', sql.lit(0))
    .where('merged_into', 'is', null)
    .where('updated_at', '<', options.olderThan)
    .limit(options.batch)
    .execute();
  if (rows.length === 0) return 0;
  const ids = rows.map(row => row.id);
  await tx
    .deleteFrom('stories')
    .where(eb => eb.or([engine.anyOf('id', ids), engine.anyOf('merged_into', ids)]))
    .execute();
  return rows.length;
}

/** What the dedup keeps of an item serves it while the item is in its window, thirteen times shorter than the retention. */
async function forgetKept(tx: Tx, { engine, options }: { engine: StoreEngine; options: Prune }): Promise<number> {
  if (options.windowFrom === undefined) return 0;
  const rows = await tx
    .selectFrom('dedup_items')
    .select('seq')
    .where('kept', 'is not', null)
    .where('first_seen_at', '<', options.windowFrom)
    .orderBy('first_seen_at')
    .limit(options.batch)
    .execute();
  if (rows.length === 0) return 0;
  const seqs = rows.map(row => row.seq);
  await tx.updateTable('dedup_items').set({ reader: '', kept: null }).where(engine.anyOf('seq', seqs)).execute();
  return rows.length;
}

async function pruneHours(tx: Tx, { now }: Prune): Promise<number> {
  const result = await tx
    .deleteFrom('hourly')
    .where('hour', '<', Math.floor(now / hourMs) - hoursKept)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
