import type { Millis, StoryId, TopicId } from '../model.ts';
import { type Db, type StoreEngine, type Tx, template } from './engine.ts';

export const allTopic: TopicId = 'all';

// Never below the clock: a restored backup must not hand out a version again that a cache remembers with other content.
const bump = template<{ topic: string; now: number }>((db, p) =>
  db
    .insertInto('topic_versions')
    .values({ topic_id: p('topic'), version: p('now'), changed_at: p('now') })
    .onConflict(c =>
      c.column('topic_id').doUpdateSet(eb => ({
        version: eb
          .case()
          .when('topic_versions.version', '>=', eb.ref('excluded.version'))
          .then(eb('topic_versions.version', '+', 1))
          .else(eb.ref('excluded.version'))
          .end(),
        changed_at: eb.ref('excluded.changed_at'),
      })),
    ),
);

const read = template<{ topic: string }>((db, p) =>
  db.selectFrom('topic_versions').select(['version', 'changed_at']).where('topic_id', '=', p('topic')),
);

/** Marks the feeds of these topics, and of `all`, as changed. In the order of their ids: see counters.ts. */
export async function bumpTopics(tx: Tx, topics: Iterable<TopicId>, now: Millis): Promise<void> {
  for (const topic of [...new Set([...topics, allTopic])].toSorted()) await bump(tx, { topic, now });
}

export async function topicVersion(db: Db, topic: TopicId): Promise<{ version: string; changedAt: Millis }> {
  const [row] = await read(db, { topic });
  return { version: String(row?.version ?? 0), changedAt: Number(row?.changed_at ?? 0) };
}

export async function topicsOfStories(tx: Tx, { engine, ids }: { engine: StoreEngine; ids: readonly StoryId[] }) {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('story_topics')
    .select('topic_id')
    .distinct()
    .where(engine.anyOf('story_id', ids))
    .execute();
  return rows.map(row => row.topic_id);
}
