import type { HubStore, HubSubscription } from '../pipeline/ports.ts';
import type { StoreEngine } from './engine.ts';
import { storedJson } from './stored-text.ts';
import type { HubRow } from './tables.ts';

export function hubStore(engine: StoreEngine): HubStore {
  const { db } = engine;
  return {
    async put(subscription) {
      const row = rowOf(subscription);
      await engine.write(tx =>
        tx
          .insertInto('hubs')
          .values(row)
          .onConflict(c => c.columns(['direction', 'key', 'topic_url']).doUpdateSet(row))
          .execute(),
      );
    },
    async get(direction, key, topicUrl) {
      const row = await db
        .selectFrom('hubs')
        .selectAll()
        .where('direction', '=', direction)
        .where('key', '=', key)
        .where('topic_url', '=', topicUrl)
        .executeTakeFirst();
      return row ? subscriptionOf(row) : null;
    },
    async list(direction) {
      const rows = await db
        .selectFrom('hubs')
        .selectAll()
        .where('direction', '=', direction)
        .orderBy('key')
        .orderBy('topic_url')
        .execute();
      return rows.map(subscriptionOf);
    },
    async delete(direction, key, topicUrl) {
      await engine.write(tx =>
        tx
          .deleteFrom('hubs')
          .where('direction', '=', direction)
          .where('key', '=', key)
          .where('topic_url', '=', topicUrl)
          .execute(),
      );
    },
  };
}

function rowOf(subscription: HubSubscription): HubRow {
  return {
    direction: subscription.direction,
    key: subscription.key,
    topic_url: subscription.topicUrl,
    hub_url: subscription.hubUrl,
    secret: subscription.secret,
    state: subscription.state,
    expires_at: subscription.expiresAt,
    memory: storedJson(subscription.memory),
  };
}

function subscriptionOf(row: HubRow): HubSubscription {
  return {
    direction: row.direction as HubSubscription['direction'],
    key: row.key,
    topicUrl: row.topic_url,
    hubUrl: row.hub_url,
    secret: row.secret,
    state: row.state as HubSubscription['state'],
    expiresAt: row.expires_at,
    memory: JSON.parse(row.memory) as Record<string, unknown>,
  };
}
