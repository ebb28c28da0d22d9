import { sql } from 'kysely';
import type { Item, ItemId, Millis } from '../model.ts';
import type { ItemStore } from '../pipeline/ports.ts';
import { Tally } from './counters.ts';
import { editableColumns, saveArticleText } from './edit-item.ts';
import type { StoreEngine } from './engine.ts';
import { itemColumns, itemOf, openingColumns, openingOf } from './item-rows.ts';
import { removeItems } from './remove-items.ts';
import { bumpTopics } from './topic-versions.ts';

export function itemStore(engine: StoreEngine): ItemStore {
  const { db } = engine;
  const queue = (edited: 0 | 1, limit: number) =>
    db
      .selectFrom('dedup_queue')
      .innerJoin('items', 'items.seq', 'dedup_queue.seq')
      .select([...itemColumns, 'items.seq', 'items.revision'])
      .where('dedup_queue.edited', '=', sql.lit(edited))
      .orderBy('dedup_queue.seq')
      .limit(limit);
  return {
    async get(id) {
      const row = await db.selectFrom('items').select(itemColumns).where('id', '=', id).executeTakeFirst();
      return row ? itemOf(row) : null;
    },
    async undeduped(limit) {
      const rows = await queue(0, limit).execute();
      return rows.map(row => ({ seq: row.seq, item: itemOf(row), revision: row.revision }));
    },
    async edited(limit) {
      const rows = await queue(1, limit)
        .innerJoin('versions', 'versions.item_id', 'items.id')
        .select('versions.story_id')
        .execute();
      return rows.map(row => ({ seq: row.seq, item: itemOf(row), revision: row.revision, storyId: row.story_id }));
    },
    async assignedSince({ since, afterSeq, limit }) {
      const first = await db
        .selectFrom('items')
        .select('seq')
        .where('first_seen_at', '>=', since)
        .orderBy('first_seen_at')
        .limit(1)
        .executeTakeFirst();
      if (!first) return [];
      const rows = await db
        .selectFrom('dedup_items')
        .innerJoin('versions', 'versions.item_id', 'dedup_items.item_id')
        .select([
          'dedup_items.seq',
          'dedup_items.item_id',
          'versions.source_id',
          'versions.story_id',
          'dedup_items.reader',
          'dedup_items.kept',
        ])
        .where('dedup_items.seq', '>', Math.max(afterSeq, first.seq - seqSlack))
        .where('dedup_items.first_seen_at', '>=', since)
        .orderBy('dedup_items.seq')
        .limit(limit)
        .execute();
      return rows.map(({ seq, item_id, source_id, story_id, reader, kept }) => ({
        ...{ seq, id: item_id, sourceId: source_id, storyId: story_id, reader, kept },
      }));
    },
    async keptSince(since) {
      const row = await db
        .selectFrom('dedup_items')
        .select(eb => eb.fn.countAll<number>().as('n'))
        .where('kept', 'is not', null)
        .where('first_seen_at', '>=', since)
        .executeTakeFirst();
      return row?.n ?? 0;
    },
    async openings(ids, textMax) {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('items')
        .select(openingColumns(textMax))
        .where(engine.anyOf('id', ids))
        .orderBy('seq')
        .execute();
      return rows.map(row => ({ item: openingOf(row), revision: row.revision }));
    },
    async awaitingArticle({ sourceIds, limit, now }) {
      if (sourceIds.length === 0) return [];
      const rows = await db
        .selectFrom('items')
        .select(itemColumns)
        .where(engine.anyOf('source_id', sourceIds))
        .where('article_at', 'is not', null)
        .where('article_at', '<=', now)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(itemOf);
    },
    saveArticle: (id, article) => saveArticle(engine, id, article),
    async delete(id) {
      const now = engine.now();
      await engine.write(async tx => {
        const tally = new Tally();
        const topics = await removeItems(tx, { engine, ids: [id], now, tally, reason: 'deleted' });
        await tally.save(tx, { engine, now });
        if (topics) await bumpTopics(tx, topics, now);
      });
    },
  };
}

/** Numbers are given out in the order of arrival but for so many: several collectors save at the same time. */
const seqSlack = 10_000;

/** The item may be gone by now: then there is nothing to save. Its identity and dates stay as they are. */
async function saveArticle(
  engine: StoreEngine,
  id: ItemId,
  article: { readonly item: Item | null; readonly tryAgainAt: Millis | null },
): Promise<void> {
  const now = engine.now();
  await engine.write(async tx => {
    if (!article.item) {
      await tx.updateTable('items').set({ article_at: article.tryAgainAt }).where('id', '=', id).execute();
      return;
    }
    const row = await tx
      .selectFrom('items')
      .select(editableColumns)
      .where('id', '=', id)
      .modifyEnd(engine.forUpdate)
      .executeTakeFirst();
    if (!row) return;
    const tally = new Tally();
    const read = { item: article.item, keys: [], rawHash: row.raw_hash };
    const change = await saveArticleText(tx, { engine, row, read, now, tally, tryAgainAt: article.tryAgainAt });
    await tally.save(tx, { engine, now });
    if (change.topics) await bumpTopics(tx, change.topics, now);
  });
}
