import type { Millis } from '../model.ts';
import type { FetchSave, SourceState } from '../pipeline/ports.ts';
import { dayMs, Tally } from './counters.ts';
import { type StoreEngine, type Tx, template } from './engine.ts';
import { fetchTimeCounter } from './fetch-times.ts';
import { saveItems } from './save-items.ts';
import { fetchRow, historyMax, hostOf, sourceStateOf, stateColumns } from './source-rows.ts';
import { storedTime } from './stored-text.ts';
import type { FetchRow, SourceStateRow } from './tables.ts';

/** How far back a source's sparkline can reach. */
const daysKept = 100;

/**
 * Everything one fetch changes, in ONE transaction: were the validators stored without their items, the next 304 would lose
 * the items for ever. The claim ends with it.
 * @returns `refused` when the source was claimed by somebody else since, or removed: nothing was written.
 */
export async function saveFetch(engine: StoreEngine, save: FetchSave): Promise<'saved' | 'refused'> {
  const [saved] = await saveFetches(engine, [save]);
  return saved ?? 'refused';
}

/** Several fetches in ONE transaction, each with its own answer. What several processes write comes last, and once. */
export function saveFetches(
  engine: StoreEngine,
  saves: readonly FetchSave[],
): Promise<readonly ('saved' | 'refused')[]> {
  return engine.write(async tx => {
    const tally = new Tally();
    const finishes: (() => Promise<void>)[] = [];
    const saved: ('saved' | 'refused')[] = [];
    for (const save of saves) saved.push(await saveOne(tx, { engine, save, tally, finishes }));
    for (const finish of finishes) await finish();
    await tally.save(tx, { engine, now: storedTime(Math.max(...saves.map(({ record }) => record.at))) });
    return saved;
  });
}

async function saveOne(
  tx: Tx,
  {
    engine,
    save,
    tally,
    finishes,
  }: { engine: StoreEngine; save: FetchSave; tally: Tally; finishes: (() => Promise<void>)[] },
): Promise<'saved' | 'refused'> {
  const row = await claimedRow(tx, { engine, save });
  if (!row) return 'refused';
  const now = storedTime(save.record.at);
  const counts = await saveItems(tx, { engine, sourceId: save.sourceId, items: save.items, now, tally });
  await writeState(tx, {
    ...row,
    ...stateColumns(merged(sourceStateOf(row), save.state)),
    item_count: row.item_count + counts.added,
  });
  const record = { ...save.record, itemsNew: counts.added, itemsEdited: counts.edited };
  await writeRecord(tx, fetchRow(record, row.fetch_count % historyMax));
  if (counts.added > 0) {
    await addDay(tx, { source_id: save.sourceId, day: dayOf(now), items: counts.added });
    await dropDays(tx, { source_id: save.sourceId, before: dayOf(now) - daysKept });
  }
  tally.hourly(`fetch:${record.outcome}`);
  tally.hourly(fetchTimeCounter(record.durationMs));
  finishes.push(counts.finish);
  return 'saved';
}

export function dayOf(at: Millis): number {
  return Math.floor(at / dayMs);
}

async function claimedRow(tx: Tx, { engine, save }: { engine: StoreEngine; save: FetchSave }) {
  const find = engine.kind === 'sqlite' ? findRow : lockRow;
  const [found] = await find(tx, { id: save.sourceId });
  const row = found as SourceStateRow | undefined;
  return row && row.removed === 0 && row.token === save.token ? row : undefined;
}

function merged(state: SourceState, change: FetchSave['state']): SourceState {
  const host = change.host ?? (change.url === undefined ? state.host : hostOf(change.url));
  return { ...state, ...change, host };
}

const findRow = template<{ id: string }>((db, p) =>
  db.selectFrom('source_states').selectAll().where('source_id', '=', p('id')),
);
const lockRow = template<{ id: string }>((db, p) =>
  db.selectFrom('source_states').selectAll().where('source_id', '=', p('id')).forUpdate(),
);

const writeState = template<SourceStateRow>((db, p) =>
  db
    .updateTable('source_states')
    .set({
      url: p('url'),
      configured_url: p('configured_url'),
      host: p('host'),
      title: p('title'),
      link: p('link'),
      language: p('language'),
      format: p('format'),
      etag: p('etag'),
      last_modified: p('last_modified'),
      body_hash: p('body_hash'),
      next_at: p('next_at'),
      next_reason: p('next_reason'),
      health: p('health'),
      problem: p('problem'),
      failures: p('failures'),
      last_fetch_at: p('last_fetch_at'),
      last_success_at: p('last_success_at'),
      last_new_item_at: p('last_new_item_at'),
      item_count: p('item_count'),
      memory: p('memory'),
      paused: p('paused'),
      lease_holder: '',
      lease_until: 0,
      fetch_count: eb => eb('fetch_count', '+', 1),
    })
    .where('source_id', '=', p('source_id')),
);

const writeRecord = template<FetchRow>((db, p) => {
  const values = {
    at: p('at'),
    duration_ms: p('duration_ms'),
    outcome: p('outcome'),
    status: p('status'),
    bytes: p('bytes'),
    items_total: p('items_total'),
    items_new: p('items_new'),
    items_edited: p('items_edited'),
    message: p('message'),
    warnings: p('warnings'),
  };
  return db
    .insertInto('fetches')
    .values({ source_id: p('source_id'), slot: p('slot'), ...values })
    .onConflict(c => c.columns(['source_id', 'slot']).doUpdateSet(values));
});

const addDay = template<{ source_id: string; day: number; items: number }>((db, p) =>
  db
    .insertInto('source_days')
    .values({ source_id: p('source_id'), day: p('day'), items: p('items') })
    .onConflict(c =>
      c
        .columns(['source_id', 'day'])
        .doUpdateSet(eb => ({ items: eb('source_days.items', '+', eb.ref('excluded.items')) })),
    ),
);

const dropDays = template<{ source_id: string; before: number }>((db, p) =>
  db.deleteFrom('source_days').where('source_id', '=', p('source_id')).where('day', '<', p('before')),
);
