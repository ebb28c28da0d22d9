import type { DedupSave } from '../pipeline/ports.ts';
import { type Tx, template } from './engine.ts';
import type { DedupBatch } from './save-dedup.ts';
import { storedJson } from './stored-text.ts';
import type { StoryTopicRow } from './tables.ts';
import { allTopic } from './topic-versions.ts';

const put = template<StoryTopicRow>((db, p) => {
  const values = { published_at: p('published_at'), strength: p('strength'), evidence: p('evidence') };
  return db
    .insertInto('story_topics')
    .values({ story_id: p('story_id'), topic_id: p('topic_id'), added_at: p('added_at'), ...values })
    .onConflict(c => c.columns(['story_id', 'topic_id']).doUpdateSet(values));
});

/** The whole set of a story's topics; the time of an earlier match stays. Every story is in `all` without a row. */
export async function saveTopics(tx: Tx, batch: DedupBatch, entry: DedupSave['topics'][number]): Promise<void> {
  const id = batch.stories.resolve(entry.storyId);
  const story = batch.stories.get(id);
  if (!story) return;
  const wanted = new Map(entry.topics.filter(topic => topic.topicId !== allTopic).map(topic => [topic.topicId, topic]));
  const earlier = await tx
    .selectFrom('story_topics')
    .select(['topic_id', 'strength', 'evidence'])
    .where('story_id', '=', id)
    .execute();
  const before = new Map(earlier.map(row => [row.topic_id, row]));
  const gone = earlier.map(row => row.topic_id).filter(topic => !wanted.has(topic));
  if (gone.length > 0) {
    await tx
      .deleteFrom('story_topics')
      .where('story_id', '=', id)
      .where(batch.engine.anyOf('topic_id', gone))
      .execute();
  }
  for (const topic of gone) batch.topics.add(topic);
  for (const [topicId, { strength, evidence }] of wanted) {
    const known = before.get(topicId);
    const json = storedJson(evidence);
    if (known && known.strength === strength && known.evidence === json) continue;
    if (!known) batch.topics.add(topicId);
    await put(tx, {
      story_id: id,
      topic_id: topicId,
      published_at: story.published_at,
      strength,
      evidence: json,
      added_at: batch.now,
    });
  }
}
