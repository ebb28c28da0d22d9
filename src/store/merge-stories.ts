import type { StoryId } from '../model.ts';
import type { DedupSave } from '../pipeline/ports.ts';
import { type DedupBatch, ensureStory, flushStories } from './dedup-batch.ts';
import type { Tx } from './engine.ts';
import { storedJson } from './stored-text.ts';

/** `from` becomes an alias of `into`, whose id and date stay; topics are united, each with its earliest date. */
export async function mergeStories(tx: Tx, batch: DedupBatch, merge: DedupSave['merges'][number]): Promise<void> {
  const { stories, touched } = batch;
  const from = stories.resolve(merge.from);
  const into = stories.resolve(merge.into);
  const gone = stories.get(from);
  if (from === into || !gone) return;
  ensureStory(batch, { id: into, orderAt: gone.published_at });
  await flushStories(tx, batch);
  const publishedAt = stories.get(into)?.published_at ?? gone.published_at;
  // The founder of the merged story has no evidence of its own: why the two are one is its evidence now.
  await tx
    .updateTable('versions')
    .set({ evidence: storedJson(merge.evidence) })
    .where('story_id', '=', from)
    .where('evidence', '=', '[]')
    .execute();
  await tx
    .updateTable('versions')
    .set({ story_id: into, story_published_at: publishedAt })
    .where('story_id', '=', from)
    .execute();
  await uniteTopics(tx, batch, { from, into, publishedAt });
  await tx
    .updateTable('stories')
    .set({ merged_into: into })
    .where(eb => eb.or([eb('id', '=', from), eb('merged_into', '=', from)]))
    .execute();
  for (const row of stories.rows())
    if (row.id === from || row.merged_into === from) stories.put({ ...row, merged_into: into });
  touched.add(from).add(into);
}

async function uniteTopics(
  tx: Tx,
  batch: DedupBatch,
  { from, into, publishedAt }: { from: StoryId; into: StoryId; publishedAt: number },
): Promise<void> {
  await copyTopics(tx, batch, { from, into, publishedAt });
  await tx.deleteFrom('story_topics').where('story_id', '=', from).execute();
}

async function copyTopics(
  tx: Tx,
  batch: DedupBatch,
  { from, into, publishedAt }: { from: StoryId; into: StoryId; publishedAt: number },
): Promise<void> {
  const theirs = await tx.selectFrom('story_topics').selectAll().where('story_id', '=', from).execute();
  for (const row of theirs) {
    batch.topics.add(row.topic_id);
    await tx
      .insertInto('story_topics')
      .values({ ...row, story_id: into, published_at: publishedAt })
      .onConflict(c => c.doNothing())
      .execute();
  }
}

/** Moves versions out of a story. An id that was published before, and merged away since, comes back with its own date. */
export async function splitStories(tx: Tx, batch: DedupBatch, split: DedupSave['splits'][number]): Promise<void> {
  const { engine, stories, touched } = batch;
  const from = stories.resolve(split.from);
  if (split.into === from || split.itemIds.length === 0) return;
  const items = await tx
    .selectFrom('items')
    .innerJoin('versions', 'versions.item_id', 'items.id')
    .select(['items.id', 'items.order_at', 'versions.story_id'])
    .where(engine.anyOf('items.id', split.itemIds))
    .where('versions.story_id', 'in', [from, split.into])
    .orderBy('items.order_at')
    .execute();
  const [first] = items;
  if (!first) return;
  const founder = items.find(({ id }) => id === split.into) ?? first;
  await revive(tx, batch, split.into);
  ensureStory(batch, { id: split.into, orderAt: founder.order_at });
  await flushStories(tx, batch);
  const publishedAt = stories.get(split.into)?.published_at ?? founder.order_at;
  await tx
    .updateTable('versions')
    .set({ story_id: split.into, story_published_at: publishedAt })
    .where(
      engine.anyOf(
        'item_id',
        items.map(({ id }) => id),
      ),
    )
    .execute();
  await tx
    .updateTable('versions')
    .set({ evidence: storedJson(split.evidence), with_id: null, score: 1 })
    .where('item_id', '=', founder.id)
    .execute();
  // Until its own are matched, which is another save: a process that dies between the two must not leave it in no topic.
  await copyTopics(tx, batch, { from, into: split.into, publishedAt });
  touched.add(from).add(split.into);
}

async function revive(tx: Tx, { stories }: DedupBatch, id: StoryId): Promise<void> {
  const row = stories.get(id);
  if (!row?.merged_into) return;
  await tx.updateTable('stories').set({ merged_into: null }).where('id', '=', id).execute();
  stories.put({ ...row, merged_into: null });
}
