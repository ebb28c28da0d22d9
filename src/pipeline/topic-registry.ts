import { hash128 } from '../core/text/hash.ts';
import type { Millis, Topic, TopicId } from '../model.ts';
import type { FactStore } from './ports.ts';

/** The topic that always exists: every story. */
export const allTopic: Topic = {
  id: 'all',
  title: 'All stories',
  description: 'Every story of every source, once',
  any: [],
  all: [],
  none: [],
  threshold: 'normal',
  sources: [],
  languages: [],
  prefer: { languages: [], sources: [] },
  perSourceMax: 10,
  private: false,
  formerIds: [],
};

export type TopicLookup =
  | { readonly kind: 'found'; readonly topic: Topic; readonly changedAt: Millis }
  | { readonly kind: 'renamed'; readonly to: TopicId }
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown' };

export type TopicRegistry = {
  find(id: TopicId): TopicLookup;
  /** What the definitions amount to: it changes when stories must be matched again. */
  readonly matchHash: string;
  readonly topics: readonly Topic[];
};

type TopicFact = { readonly hash: string; readonly changedAt: Millis; readonly removedAt: Millis | null };

const factPrefix = 'topic:';

/**
 * Brings the durable memory of topics in line with the configuration: when each definition last changed (Last-Modified),
 * and which topics existed once (410 instead of 404, so that readers stop asking).
 */
export async function syncTopics(facts: FactStore, topics: readonly Topic[], now: Millis): Promise<TopicRegistry> {
  const stored = new Map(
    [...(await facts.list(factPrefix))].map(([key, value]) => [
      key.slice(factPrefix.length),
      JSON.parse(value) as TopicFact,
    ]),
  );
  const current = new Map<TopicId, TopicFact>();
  for (const topic of [allTopic, ...topics]) {
    const hash = hash128(JSON.stringify(topic));
    const known = stored.get(topic.id);
    const fact =
      known && known.hash === hash && known.removedAt === null ? known : { hash, changedAt: now, removedAt: null };
    if (fact !== known) await facts.set(factPrefix + topic.id, JSON.stringify(fact));
    current.set(topic.id, fact);
  }
  for (const [id, fact] of stored) {
    if (current.has(id) || fact.removedAt !== null) continue;
    await facts.set(factPrefix + id, JSON.stringify({ ...fact, removedAt: now }));
  }
  return createRegistry(topics, current, new Set(stored.keys()));
}

function createRegistry(
  topics: readonly Topic[],
  facts: ReadonlyMap<TopicId, TopicFact>,
  everKnown: ReadonlySet<TopicId>,
): TopicRegistry {
  const byId = new Map([allTopic, ...topics].map(topic => [topic.id, topic]));
  const renamed = new Map(topics.flatMap(topic => topic.formerIds.map(former => [former, topic.id] as const)));
  return {
    topics,
    matchHash: hash128(JSON.stringify(topics.map(matchRules))),
    find: id => {
      const topic = byId.get(id);
      if (topic) return { kind: 'found', topic, changedAt: facts.get(id)?.changedAt ?? 0 };
      const to = renamed.get(id);
      if (to !== undefined) return { kind: 'renamed', to };
      return { kind: everKnown.has(id) ? 'removed' : 'unknown' };
    },
  };
}

/** Only what decides about membership: a new title must not match a million stories again. */
function matchRules({ id, any, all, none, about, threshold, subject, sources, languages }: Topic): unknown {
  return [id, any, all, none, about, threshold, subject, sources, languages];
}
