import { sql } from 'kysely';
import type { Millis, StoryId, TopicId } from '../model.ts';
import type { StoryStore, StoryTopic } from '../pipeline/ports.ts';
import { dayMs } from './counters.ts';
import type { StoreEngine } from './engine.ts';
import { saveDedup } from './save-dedup.ts';
import { loadStories, storyPage } from './story-page.ts';
import { allTopic, topicVersion } from './topic-versions.ts';

export function storyStore(engine: StoreEngine): StoryStore {
  const { db } = engine;
  return {
    save: save => saveDedup(engine, save),
    page: query => storyPage(engine, query),
    async get(id) {
      const [story] = await loadStories(engine, [await livingId(engine, id)]);
      return story ?? null;
    },
    async topicsOf(id) {
      const rows = await db
        .selectFrom('story_topics')
        .selectAll()
        .where('story_id', '=', await livingId(engine, id))
        .orderBy('strength', 'desc')
        .orderBy('topic_id')
        .execute();
      return rows.map(row => ({
        topicId: row.topic_id,
        strength: row.strength,
        evidence: JSON.parse(row.evidence) as StoryTopic['evidence'],
        addedAt: row.added_at,
      }));
    },
    topicVersion: topic => topicVersion(db, topic),
    topicCounts: since => topicCounts(engine, since),
    storiesPerDay: (topic, days, now) => storiesPerDay(engine, { topic, days, now }),
    async idsSince({ since, before, limit }) {
      let stories = db
        .selectFrom('stories')
        .select(['id', 'published_at'])
        .where('item_count', '>', sql.lit(0))
        .where('published_at', '>=', since);
      if (before) stories = stories.where(sql<boolean>`(published_at, id) < (${before.publishedAt}, ${before.id})`);
      const rows = await stories.orderBy('published_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(row => ({ id: row.id, publishedAt: row.published_at }));
    },
  };
}

/** Merges keep aliases one hop long; the id of a story that is nobody's alias is its own. */
async function livingId({ db }: StoreEngine, id: StoryId): Promise<StoryId> {
  const row = await db.selectFrom('stories').select('merged_into').where('id', '=', id).executeTakeFirst();
  return row?.merged_into ?? id;
}

async function topicCounts({ db }: StoreEngine, since: Millis) {
  const count = sql<number>`count(*)`;
  const topics = await db
    .selectFrom('story_topics')
    .select(['topic_id', count.as('stories'), sql<number>`max(published_at)`.as('latest_at')])
    .where('published_at', '>=', since)
    .groupBy('topic_id')
    .execute();
  const all = await db
    .selectFrom('stories')
    .select([count.as('stories'), sql<number | null>`max(published_at)`.as('latest_at')])
    .where('item_count', '>', sql.lit(0))
    .where('published_at', '>=', since)
    .executeTakeFirst();
  const rows = [...topics, { topic_id: allTopic, stories: all?.stories ?? 0, latest_at: all?.latest_at ?? null }];
  return new Map(rows.map(row => [row.topic_id, { stories: row.stories, latestAt: row.latest_at }]));
}

async function storiesPerDay(
  { db }: StoreEngine,
  { topic, days, now }: { topic: TopicId; days: number; now: Millis },
): Promise<readonly number[]> {
  const first = Math.floor(now / dayMs) - days + 1;
  const places =
    topic === allTopic
      ? sql`select published_at from stories where item_count > 0`
      : sql`select published_at from story_topics where topic_id = ${topic}`;
  // Divided after the remainder is taken off: a whole number on both engines, whatever type the parameter has.
  const { rows } = await sql<{ day: number; n: number }>`
    select cast((published_at - published_at % 86400000) / 86400000 as bigint) as day, count(*) as n
    from (${places} and published_at >= ${first * dayMs} and published_at < ${(first + days) * dayMs}) as places
    group by 1`.execute(db);
  const line = new Array<number>(days).fill(0);
  for (const { day, n } of rows) line[day - first] = n;
  return line;
}
