import type { ItemId, Millis, StoryId, TopicId } from '../model.ts';
import type { Tally } from './counters.ts';
import type { StoreEngine, Tx } from './engine.ts';
import { refreshStories } from './story-rows.ts';
import { topicsOfStories } from './topic-versions.ts';

export type Removal = {
  readonly engine: StoreEngine;
  readonly ids: readonly ItemId[];
  readonly now: Millis;
  readonly tally: Tally;
  readonly reason: 'deleted' | 'pruned';
};

/**
 * Takes items out and leaves tombstones, so that a feed which still lists them does not bring them back. Their stories keep
 * id and date.
 * @returns the topics to bump, or `null` when no story was touched.
 */
export async function removeItems(tx: Tx, removal: Removal): Promise<readonly TopicId[] | null> {
  const { engine, now, tally, reason } = removal;
  const rows = await tx
    .selectFrom('items')
    .select([
      'seq',
      'id',
      'source_id',
      'touched_at',
      'order_at',
      'first_seen_at',
      'raw_hash',
      'content_hash',
      'keys',
      'language',
    ])
    .where(engine.anyOf('id', removal.ids))
    .orderBy('id')
    .modifyEnd(engine.forUpdate)
    .execute();
  if (rows.length === 0) return null;
  const ids = rows.map(row => row.id);
  await engine.insertRows(
    tx,
    'tombstones',
    rows.map(({ id, seq: _seq, language: _language, ...row }) => ({ item_id: id, ...row, deleted_at: now, reason })),
    'ignore',
  );
  const versions = await tx.selectFrom('versions').select('story_id').where(engine.anyOf('item_id', ids)).execute();
  const stories: StoryId[] = [...new Set(versions.map(version => version.story_id))];
  const topics = await topicsOfStories(tx, { engine, ids: stories });
  await tx.deleteFrom('versions').where(engine.anyOf('item_id', ids)).execute();
  const seqs = rows.map(row => row.seq);
  await tx.deleteFrom('dedup_queue').where(engine.anyOf('seq', seqs)).execute();
  await tx.deleteFrom('dedup_items').where(engine.anyOf('seq', seqs)).execute();
  await tx.deleteFrom('items').where(engine.anyOf('id', ids)).execute();
  await engine.search.remove(tx, seqs);
  await refreshStories(tx, { engine, ids: stories, now, tally });
  for (const { language } of rows) tally.total(`items:${language ?? ''}`, -1);
  tally.total('assigned', -versions.length);
  await countDown(tx, rows);
  return stories.length === 0 ? null : topics;
}

async function countDown(tx: Tx, rows: readonly { readonly source_id: string }[]): Promise<void> {
  const perSource = new Map<string, number>();
  for (const { source_id: id } of rows) perSource.set(id, (perSource.get(id) ?? 0) + 1);
  for (const [id, n] of [...perSource].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await tx
      .updateTable('source_states')
      .set(eb => ({ item_count: eb('item_count', '-', n) }))
      .where('source_id', '=', id)
      .execute();
  }
}
