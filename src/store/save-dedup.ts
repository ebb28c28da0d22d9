import { AppError } from '../errors.ts';
import type { ItemId, Millis, StoryId } from '../model.ts';
import type { DedupSave, StoryAssignment } from '../pipeline/ports.ts';
import { Tally } from './counters.ts';
import { type DedupBatch, ensureStory, flushStories } from './dedup-batch.ts';
import { type StoreEngine, type Tx, template } from './engine.ts';
import { keepItems } from './keep-items.ts';
import { mergeStories, splitStories } from './merge-stories.ts';
import { searchDocument } from './search-text.ts';
import { storedJson, storedTime } from './stored-text.ts';
import { refreshStories, StoryRows } from './story-rows.ts';
import { saveTopics } from './story-topics.ts';
import type { VersionRow } from './tables.ts';
import { bumpTopics, topicsOfStories } from './topic-versions.ts';

/** The lease that `DedupSave.fence` belongs to. */
export const dedupLease = 'dedup';
const batchMax = 5_000;

/**
 * Saves a batch in one transaction and in this order: assignments, merges, splits, topics. Saving it again changes nothing.
 * @returns `refused` when the dedup lease went to somebody else.
 */
export function saveDedup(engine: StoreEngine, save: DedupSave): Promise<'saved' | 'refused'> {
  if (save.assignments.length > batchMax) {
    throw new AppError(
      'invalid-input',
      `at most ${batchMax} assignments are saved at once, not ${save.assignments.length}`,
    );
  }
  return engine.write(async tx => {
    if (save.fence !== null && !(await holdsLease(tx, { engine, fence: save.fence }))) return 'refused';
    const batch: DedupBatch = {
      engine,
      now: storedTime(save.now),
      stories: new StoryRows(tx, engine),
      tally: new Tally(),
      touched: new Set(),
      unsaved: [],
      topics: new Set(),
    };
    await batch.stories.load(storyIds(save));
    await assign(tx, batch, save.assignments);
    await keepItems(tx, engine, save);
    for (const merge of save.merges) await mergeStories(tx, batch, merge);
    for (const split of save.splits) await splitStories(tx, batch, split);
    // Before and after: an emptied story leaves its topics when it is counted.
    const ids = [...batch.touched];
    for (const topic of await topicsOfStories(tx, { engine, ids })) batch.topics.add(topic);
    await refreshStories(tx, { engine, ids, now: batch.now, tally: batch.tally });
    await saveTopics(tx, batch, save.topics);
    for (const topic of await topicsOfStories(tx, { engine, ids })) batch.topics.add(topic);
    await acknowledgeEdits(tx, batch, save.edited ?? []);
    await batch.tally.save(tx, { engine, now: batch.now });
    if (ids.length > 0 || batch.topics.size > 0) await bumpTopics(tx, batch.topics, batch.now);
    return 'saved';
  });
}

/** Locks the lease until the end: whoever takes it over waits for this batch, or this batch is refused. */
async function holdsLease(tx: Tx, { engine, fence }: { engine: StoreEngine; fence: number }): Promise<boolean> {
  const query = tx.selectFrom('leases').select('fence').where('name', '=', dedupLease).modifyEnd(engine.forUpdate);
  return (await query.executeTakeFirst())?.fence === fence;
}

function storyIds({ assignments, merges, splits, topics }: DedupSave): readonly StoryId[] {
  return [
    ...assignments.map(({ storyId }) => storyId),
    ...merges.flatMap(({ from, into }) => [from, into]),
    ...splits.flatMap(({ from, into }) => [from, into]),
    ...topics.map(({ storyId }) => storyId),
  ];
}

type AssignedItem = {
  readonly seq: number;
  readonly order_at: number;
  readonly source_id: string;
  readonly revision: number;
};

async function assign(tx: Tx, batch: DedupBatch, assignments: readonly StoryAssignment[]): Promise<void> {
  if (assignments.length === 0) return;
  const { engine, stories, tally, touched } = batch;
  const ids = assignments.map(({ itemId }) => itemId);
  // An item deleted since it was read is simply left out; the lock keeps it from being deleted before the commit.
  const rows = await tx
    .selectFrom('items')
    .select(['id', 'seq', 'order_at', 'source_id', 'revision'])
    .where(engine.anyOf('id', ids))
    .orderBy('id')
    .modifyEnd(engine.forUpdate)
    .execute();
  const items = new Map<ItemId, AssignedItem>(rows.map(row => [row.id, row]));
  const earlier = await tx
    .selectFrom('versions')
    .select(['item_id', 'story_id', 'joined_at'])
    .where(engine.anyOf('item_id', ids))
    .execute();
  const before = new Map(earlier.map(row => [row.item_id, row]));
  const founders = foundersOf(assignments, items);
  const versions = new Map<ItemId, VersionRow>();
  for (const assignment of assignments) {
    const item = items.get(assignment.itemId);
    if (!item) continue;
    const storyId = stories.resolve(assignment.storyId);
    ensureStory(batch, { id: storyId, orderAt: founders.get(assignment.storyId) ?? item.order_at });
    const known = before.get(assignment.itemId);
    if (known && known.story_id !== storyId) touched.add(known.story_id);
    if (!known && !versions.has(assignment.itemId)) {
      tally.total('assigned');
      if (assignment.with !== null) tally.hourly(`merge:${assignment.evidence[0]?.kind ?? 'unknown'}`);
    }
    touched.add(storyId);
    const joinedAt = known?.joined_at ?? batch.now;
    versions.set(assignment.itemId, { ...versionRow(assignment, { batch, item, storyId }), joined_at: joinedAt });
  }
  await flushStories(tx, batch);
  await engine.insertRows(tx, 'versions', [...versions.values()], ['item_id']);
  await leaveQueue(tx, { engine, assignments, items });
  const added = ids.filter(id => items.has(id) && !before.has(id));
  await index(tx, { engine, ids: added });
}

/** Search finds stories, so an item is indexed when it gets one: in batches larger than a feed, which the index likes. */
async function index(tx: Tx, { engine, ids }: { engine: StoreEngine; ids: readonly ItemId[] }): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx.selectFrom('items').select(['seq', 'title', 'text']).where(engine.anyOf('id', ids)).execute();
  await engine.search.put(
    tx,
    rows.map(row => ({ seq: row.seq, document: searchDocument(row.title, row.text) })),
  );
}

/** When the item that gives a story its id was published; the first one of the batch when that item is not in it. */
function foundersOf(assignments: readonly StoryAssignment[], items: ReadonlyMap<ItemId, AssignedItem>) {
  const founders = new Map<StoryId, Millis>();
  for (const { storyId } of assignments) {
    const founder = items.get(storyId);
    if (founder) founders.set(storyId, founder.order_at);
  }
  return founders;
}

function versionRow(
  assignment: StoryAssignment,
  { batch, item, storyId }: { batch: DedupBatch; item: AssignedItem; storyId: StoryId },
): VersionRow {
  return {
    item_id: assignment.itemId,
    story_id: storyId,
    score: assignment.score,
    with_id: assignment.with,
    evidence: storedJson(assignment.evidence),
    joined_at: batch.now,
    source_id: item.source_id,
    story_published_at: batch.stories.get(storyId)?.published_at ?? batch.now,
  };
}

/** An item edited after it was read stays in the queue, as edited: its topics were matched on the old text. */
async function leaveQueue(
  tx: Tx,
  {
    engine,
    assignments,
    items,
  }: {
    engine: StoreEngine;
    assignments: readonly StoryAssignment[];
    items: ReadonlyMap<ItemId, AssignedItem>;
  },
): Promise<void> {
  const done: number[] = [];
  for (const { itemId, revision } of assignments) {
    const stored = items.get(itemId);
    if (!stored) continue;
    if (revision === undefined || revision >= stored.revision) done.push(stored.seq);
    else await markEdited(tx, { seq: stored.seq });
  }
  await tx.deleteFrom('dedup_queue').where(engine.anyOf('seq', done)).execute();
}

const dequeue = template<{ seq: number; revision: number }>((db, p) =>
  db.deleteFrom('dedup_queue').where('seq', '=', p('seq')).where('revision', '<=', p('revision')),
);
const markEdited = template<{ seq: number }>((db, p) =>
  db.updateTable('dedup_queue').set({ edited: 1 }).where('seq', '=', p('seq')),
);

async function acknowledgeEdits(tx: Tx, batch: DedupBatch, edits: NonNullable<DedupSave['edited']>): Promise<void> {
  if (edits.length === 0) return;
  const ids = edits.map(({ itemId }) => itemId);
  const rows = await tx.selectFrom('items').select(['id', 'seq']).where(batch.engine.anyOf('id', ids)).execute();
  const seqs = new Map(rows.map(row => [row.id, row.seq]));
  for (const { itemId, revision } of edits) {
    const seq = seqs.get(itemId);
    if (seq !== undefined) await dequeue(tx, { seq, revision });
  }
}
