import type { Millis, StoryId, TopicId } from '../model.ts';
import type { Tally } from './counters.ts';
import type { StoreEngine, Tx } from './engine.ts';
import type { StoryRows } from './story-rows.ts';

/** What one batch of the dedup stage has read and changed so far. */
export type DedupBatch = {
  readonly engine: StoreEngine;
  readonly now: Millis;
  readonly stories: StoryRows;
  readonly tally: Tally;
  /** Stories whose versions changed. */
  readonly touched: Set<StoryId>;
  /** Founded and not written yet. */
  readonly unsaved: StoryId[];
  /** Topics whose feeds may have changed. */
  readonly topics: Set<TopicId>;
};

/** A story's date is frozen here: its founder's, and never in the future. A story that was there before keeps its date. */
export function ensureStory(batch: DedupBatch, story: { readonly id: StoryId; readonly orderAt: Millis }): void {
  const { stories, tally, now } = batch;
  if (stories.get(story.id)) return;
  const publishedAt = Math.min(story.orderAt, now);
  stories.put({
    id: story.id,
    published_at: publishedAt,
    updated_at: publishedAt,
    item_count: 0,
    languages: '[]',
    merged_into: null,
  });
  batch.unsaved.push(story.id);
  tally.hourly('stories');
}

/** Writes the stories that `ensureStory` founded. */
export async function flushStories(tx: Tx, { engine, stories, unsaved }: DedupBatch): Promise<void> {
  const rows = unsaved.splice(0).flatMap(id => stories.get(id) ?? []);
  await engine.insertRows(tx, 'stories', rows, 'ignore');
}
