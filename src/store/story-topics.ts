import type { StoryId, TopicId } from '../model.ts';
import type { DedupSave } from '../pipeline/ports.ts';
import type { DedupBatch } from './dedup-batch.ts';
import type { Tx } from './engine.ts';
import { storedJson } from './stored-text.ts';
import type { StoryRow, StoryTopicRow } from './tables.ts';
import { allTopic } from './topic-versions.ts';

type Earlier = ReadonlyMap<TopicId, StoryTopicRow>;

/** The whole set of each story's topics; the time of an earlier match stays. Every story is in `all` without a row. */
export async function saveTopics(tx: Tx, batch: DedupBatch, entries: DedupSave['topics']): Promise<void> {
  const { engine, stories } = batch;
  // Under the id that lives: two entries may have become one story, and the later one counts.
  const wanted = new Map(entries.map(entry => [stories.resolve(entry.storyId), entry.topics]));
  const earlier = await earlierTopics(tx, batch, [...wanted.keys()]);
  const rows: StoryTopicRow[] = [];
  for (const [id, topics] of wanted) {
    const story = stories.get(id);
    if (!story) continue;
    const before: Earlier = earlier.get(id) ?? new Map();
    rows.push(...changedRows(batch, { story, topics, before }));
    const gone = [...before.keys()].filter(topic => !topics.some(({ topicId }) => topicId === topic));
    if (gone.length === 0) continue;
    for (const topic of gone) batch.topics.add(topic);
    await tx.deleteFrom('story_topics').where('story_id', '=', id).where(engine.anyOf('topic_id', gone)).execute();
  }
  await engine.insertRows(tx, 'story_topics', rows, ['story_id', 'topic_id']);
}

async function earlierTopics(tx: Tx, { engine }: DedupBatch, ids: readonly StoryId[]) {
  const topics = new Map<StoryId, Map<TopicId, StoryTopicRow>>();
  if (ids.length === 0) return topics;
  const rows = await tx.selectFrom('story_topics').selectAll().where(engine.anyOf('story_id', ids)).execute();
  for (const row of rows) {
    const own = topics.get(row.story_id) ?? new Map<TopicId, StoryTopicRow>();
    own.set(row.topic_id, row);
    topics.set(row.story_id, own);
  }
  return topics;
}

/** Only what differs is written, and only a story that enters a topic changes the topic's feed. */
function changedRows(
  batch: DedupBatch,
  { story, topics, before }: { story: StoryRow; topics: DedupSave['topics'][number]['topics']; before: Earlier },
): readonly StoryTopicRow[] {
  const rows = new Map<TopicId, StoryTopicRow>();
  for (const { topicId, strength, evidence } of topics) {
    if (topicId === allTopic) continue;
    const known = before.get(topicId);
    const json = storedJson(evidence);
    if (known && known.strength === strength && known.evidence === json) continue;
    if (!known) batch.topics.add(topicId);
    rows.set(topicId, {
      story_id: story.id,
      topic_id: topicId,
      published_at: story.published_at,
      strength,
      evidence: json,
      added_at: known?.added_at ?? batch.now,
    });
  }
  return [...rows.values()];
}
