import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openStore } from '../../src/store/open-store.ts';
import { SqliteConnection } from '../../src/store/sqlite-dialect.ts';
import { claimed, fetchSave, read, saved, t0 } from '../support/store-samples.ts';
import { dedupSave, topic } from './contract-dedup-saves.ts';

/** Tables that a service may have millions of rows in: no query of its daily work may read one from end to end. */
const large = [
  'items',
  'item_keys',
  'tombstones',
  'versions',
  'stories',
  'story_topics',
  'fetches',
  'source_states',
  'source_days',
];
/** These read the table of sources (thousands of short rows) on purpose: lists of all sources, and the search for overfull ones. */
const exempt = [
  /select \* from "source_states" where "removed" = \? order by/,
  /select "source_id", "configured_url"/,
  /select "source_id", "item_count" from "source_states" where "item_count" > /,
];

describe('the queries of daily work', () => {
  it('find their rows by an index, whatever the size of the table', async () => {
    const statements = new Map<string, readonly unknown[]>();
    const run = SqliteConnection.prototype.run;
    SqliteConnection.prototype.run = function (sql, parameters) {
      statements.set(sql, parameters);
      return run.call(this, sql, parameters);
    };
    const store = await openStore('sqlite::memory:', { now: () => t0 });
    try {
      await saved(store, [read('a'), read('b'), read('c')], { stories: true });
      await store.sources.save(
        fetchSave(await claimed(store, 'alpha', t0 + 1e6), [
          read('a', { text: 'x', contentHash: 'x' }, { change: 'edited' }),
        ]),
      );
      await store.stories.save(
        dedupSave({
          merges: [{ from: 'b', into: 'a', evidence: [] }],
          topics: [{ storyId: 'a', topics: [topic('t')] }],
          edited: [{ itemId: 'a', revision: 1 }],
        }),
      );
      await store.stories.save(dedupSave({ splits: [{ from: 'a', into: 'b', itemIds: ['b'], evidence: [] }] }));
      await store.sources.claimDue({ now: t0, limit: 5, perHost: 2, holder: 'h', leaseMs: 10 });
      await store.sources.known('alpha', 10);
      await store.sources.nextDueAt();
      await store.sources.history('alpha', 5);
      await store.items.undeduped(5);
      await store.items.edited(5);
      await store.items.awaitingArticle({ sourceIds: ['alpha'], limit: 5, now: t0 });
      await store.items.assignedSince({ since: t0, afterSeq: 0, limit: 5 });
      await store.items.keptSince(t0);
      await store.items.openings(['a', 'b'], 4);
      const before = { publishedAt: t0, id: 'z' };
      for (const query of [
        {},
        { topic: 't' },
        { before },
        { topic: 't', before, since: 5 },
        { sourceIds: ['alpha'], languages: ['en'] },
        { q: 'text' },
      ]) {
        await store.stories.page({ limit: 5, ...query });
      }
      await store.stories.get('b');
      await store.stories.topicsOf('a');
      await store.stories.topicVersion('t');
      await store.stories.topicCounts(t0);
      await store.stories.storiesPerDay('all', 5, t0);
      await store.stories.idsSince({ since: t0, before: null, limit: 5 });
      await store.maintenance.stats(t0);
      await store.items.delete('c');
      for (const olderThan of [0, t0 + 1])
        await store.maintenance.prune({ olderThan, perSourceMax: 5, batch: 5, now: t0, windowFrom: t0 });
      const { connection } = planner(statements);
      const scans = [...statements].flatMap(([sql, parameters]) => scansOf(connection, sql, parameters));
      expect(scans).to.deep.equal([]);
      // Asked before each reading of a document, for up to thousands of items: none of their rows is touched.
      const known = [...statements.keys()].find(sql => sql.startsWith('select "id", "keys", "raw_hash"')) ?? '';
      expect(plansOf(connection, known, ['alpha', 10])).to.deep.equal([
        'SEARCH items USING COVERING INDEX items_known (source_id=?)',
      ]);
    } finally {
      SqliteConnection.prototype.run = run;
      await store.close();
    }
  });
});

/** A second, empty store to plan on, so that planning does not watch itself. */
function planner(statements: ReadonlyMap<string, readonly unknown[]>) {
  const connection = new DatabaseSync(':memory:');
  for (const sql of statements.keys()) if (/^(?:create|drop) /i.test(sql)) connection.exec(sql);
  return { connection };
}

function scansOf(connection: DatabaseSync, sql: string, parameters: readonly unknown[]): readonly string[] {
  if (!/^\s*(?:select|with|update|delete|insert)/i.test(sql) || exempt.some(pattern => pattern.test(sql))) return [];
  return plansOf(connection, sql, parameters)
    .filter(detail =>
      large.some(
        table =>
          detail === `SCAN ${table}` ||
          (detail.startsWith(`SCAN ${table} `) && !/USING (?:COVERING )?INDEX/.test(detail)),
      ),
    )
    .map(detail => `${detail}: ${sql.replace(/\s+/g, ' ').slice(0, 160)}`);
}

function plansOf(connection: DatabaseSync, sql: string, parameters: readonly unknown[]): readonly string[] {
  const plan = connection.prepare(`explain query plan ${sql}`).all(...(parameters as string[]));
  return plan.map(row => String(row.detail));
}
