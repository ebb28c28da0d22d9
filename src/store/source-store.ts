import { sql } from 'kysely';
import type { Millis, Source, SourceId } from '../model.ts';
import type { SourceStore } from '../pipeline/ports.ts';
import { claimDue, claimOne, releaseClaims } from './claim-sources.ts';
import { dayMs } from './counters.ts';
import { type StoreEngine, type Tx, template } from './engine.ts';
import { groupSaves } from './group-saves.ts';
import { knownItems } from './known-items.ts';
import { saveFetch } from './save-fetch.ts';
import { fetchRecordOf, historyMax, hostOf, sourceStateOf } from './source-rows.ts';
import { storedText, storedTime } from './stored-text.ts';
import type { SourceStateRow } from './tables.ts';

export function sourceStore(engine: StoreEngine): SourceStore {
  const { db } = engine;
  return {
    sync: (sources, now) => engine.write(tx => syncSources(tx, { engine, sources, now: storedTime(now) })),
    claimDue: options => claimDue(engine, options),
    claim: (sourceId, options) => claimOne(engine, sourceId, options),
    release: claims => releaseClaims(engine, claims),
    // PostgreSQL saves several at the same time, SQLite one after the other: there they share a transaction.
    save: engine.kind === 'sqlite' ? groupSaves(engine) : save => saveFetch(engine, save),
    known: (sourceId, limit) => knownItems(engine, sourceId, limit),
    async get(sourceId) {
      const [row] = await findState(db, { id: sourceId });
      return row ? sourceStateOf(row as SourceStateRow) : null;
    },
    async list() {
      const rows = await db
        .selectFrom('source_states')
        .selectAll()
        .where('removed', '=', 0)
        .orderBy('source_id')
        .execute();
      return rows.map(sourceStateOf);
    },
    async requestNow(sourceId, now) {
      await engine.write(tx =>
        tx
          .updateTable('source_states')
          .set({ next_at: storedTime(now), next_reason: 'requested' })
          .where('source_id', '=', sourceId)
          .where('removed', '=', 0)
          .execute(),
      );
    },
    async postpone(hosts, until) {
      if (hosts.length === 0) return;
      await engine.write(tx =>
        tx
          .updateTable('source_states')
          .set({ next_at: storedTime(until), next_reason: 'the host asks to wait' })
          .where(engine.anyOf('host', hosts.map(storedText)))
          .where('next_at', '<', storedTime(until))
          .where('removed', '=', 0)
          .execute(),
      );
    },
    nextDueAt: () => nextDueAt(engine),
    async history(sourceId, limit) {
      const rows = await db
        .selectFrom('fetches')
        .selectAll()
        .where('source_id', '=', sourceId)
        .orderBy('at', 'desc')
        .limit(Math.min(limit, historyMax))
        .execute();
      return rows.map(fetchRecordOf);
    },
    itemsPerDay: (days, now) => itemsPerDay(engine, { days, now }),
  };
}

const findState = template<{ id: string }>((db, p) =>
  db.selectFrom('source_states').selectAll().where('source_id', '=', p('id')).where('removed', '=', 0),
);

type Sync = {
  readonly engine: StoreEngine;
  readonly sources: readonly Pick<Source, 'id' | 'url' | 'paused'>[];
  readonly now: Millis;
};

/** A removed source keeps its row, so that its fencing token goes on growing if it comes back. */
async function syncSources(tx: Tx, { engine, sources, now }: Sync): Promise<void> {
  const columns = ['source_id', 'configured_url', 'paused', 'removed'] as const;
  const rows = await tx
    .selectFrom('source_states')
    .select(columns)
    .orderBy('source_id')
    .modifyEnd(engine.forUpdate)
    .execute();
  const before = new Map(rows.map(row => [row.source_id, row]));
  const added: SourceStateRow[] = [];
  for (const source of sources) {
    const url = storedText(source.url);
    const known = before.get(source.id);
    const paused = source.paused ? 1 : 0;
    if (!known) added.push(newState(source, { url, paused, now }));
    else if (known.removed === 1 || known.configured_url !== url)
      await restart(tx, { id: source.id, url, paused, now });
    else if (known.paused !== paused) {
      await tx.updateTable('source_states').set({ paused }).where('source_id', '=', source.id).execute();
    }
    before.delete(source.id);
  }
  // Another process may read the same configuration at the same moment.
  await engine.insertRows(tx, 'source_states', added, 'ignore');
  const gone = [...before.values()].filter(row => row.removed === 0).map(row => row.source_id);
  if (gone.length === 0) return;
  await tx
    .updateTable('source_states')
    .set(eb => ({ removed: 1, lease_until: 0, lease_holder: '', token: eb('token', '+', 1) }))
    .where(engine.anyOf('source_id', gone))
    .execute();
}

type Start = { readonly url: string; readonly paused: number; readonly now: Millis };

function newState(source: Pick<Source, 'id'>, { url, paused, now }: Start): SourceStateRow {
  return {
    source_id: storedText(source.id),
    configured_url: url,
    title: null,
    link: null,
    language: null,
    format: null,
    last_fetch_at: null,
    last_success_at: null,
    last_new_item_at: null,
    item_count: 0,
    memory: '{}',
    paused,
    removed: 0,
    lease_holder: '',
    lease_until: 0,
    token: 0,
    fetch_count: 0,
    ...startOf(url, now),
  };
}

/** The validators of an old address say nothing about a new one. */
function startOf(url: string, now: Millis) {
  return {
    url,
    host: hostOf(url),
    etag: null,
    last_modified: null,
    body_hash: null,
    next_at: now,
    next_reason: 'new',
    health: 'new',
    problem: null,
    failures: 0,
  };
}

async function restart(tx: Tx, { id, url, paused, now }: Start & { readonly id: SourceId }): Promise<void> {
  await tx
    .updateTable('source_states')
    .set(eb => ({
      ...startOf(url, now),
      configured_url: url,
      paused,
      removed: 0,
      memory: '{}',
      // Whoever fetches the old address now must not save it under the new one.
      token: eb('token', '+', 1),
      lease_until: 0,
      lease_holder: '',
    }))
    .where('source_id', '=', id)
    .execute();
}

/** Claimed sources count from the end of their lease: nobody can have them earlier. */
async function nextDueAt({ db }: StoreEngine): Promise<Millis | null> {
  const free = db
    .selectFrom('source_states')
    .select('next_at as at')
    .where('paused', '=', sql.lit(0))
    .where('removed', '=', sql.lit(0))
    .where('lease_until', '=', sql.lit(0))
    .orderBy('next_at')
    .limit(1);
  const leased = db
    .selectFrom('source_states')
    .select(eb => eb.fn.max<number>(sql`case when next_at > lease_until then next_at else lease_until end`).as('at'))
    .where('lease_until', '>', sql.lit(0))
    .where('paused', '=', sql.lit(0))
    .where('removed', '=', sql.lit(0))
    .groupBy('source_id')
    .orderBy('at')
    .limit(1);
  const [one, other] = [await free.executeTakeFirst(), await leased.executeTakeFirst()];
  if (!one) return other?.at ?? null;
  return other ? Math.min(one.at, other.at) : one.at;
}

async function itemsPerDay({ db }: StoreEngine, { days, now }: { days: number; now: Millis }) {
  const today = Math.floor(now / dayMs);
  const first = today - days + 1;
  const rows = await db
    .selectFrom('source_days')
    .selectAll()
    .where('day', '>=', first)
    .where('day', '<=', today)
    .execute();
  const perDay = new Map<SourceId, number[]>();
  for (const row of rows) {
    const line = perDay.get(row.source_id) ?? new Array<number>(days).fill(0);
    line[row.day - first] = row.items;
    perDay.set(row.source_id, line);
  }
  return perDay;
}
