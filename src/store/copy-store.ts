/**
 * Everything from one store into another, whatever their engines: `newsfold store copy`. Interrupted it goes on where it
 * stopped; at the end every table is compared, row by row, by count and hash.
 */
import { createHash, type Hash } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { Store } from '../pipeline/ports.ts';
import type { Cell, StoreEngine } from './engine.ts';
import { engineOf } from './open-store.ts';
import { searchDocument } from './search-text.ts';
import type { Tables } from './tables.ts';

export type CopyProgress = { readonly phase: 'copy' | 'verify'; readonly done: number; readonly total: number };

type Options = { readonly signal: AbortSignal; readonly onProgress?: (progress: CopyProgress) => void };
type Row = Readonly<Record<string, Cell>>;
type TablePlan = { readonly name: keyof Tables; readonly key: readonly string[] };

const rowsPerPage = 200;
/** Facts of the copy itself and of health checks: of no meaning in the other store. */
const ownFacts = ['copy.', 'store.'];
const progressKey = 'copy.progress';

/** Every table but the schema's version; the search index is made anew from the items. */
const plans: readonly TablePlan[] = [
  { name: 'source_states', key: ['source_id'] },
  { name: 'fetches', key: ['source_id', 'slot'] },
  { name: 'source_days', key: ['source_id', 'day'] },
  { name: 'items', key: ['seq'] },
  { name: 'tombstones', key: ['item_id'] },
  { name: 'item_keys', key: ['source_id', 'key'] },
  { name: 'dedup_queue', key: ['seq'] },
  { name: 'versions', key: ['item_id'] },
  { name: 'dedup_items', key: ['seq'] },
  { name: 'stories', key: ['id'] },
  { name: 'story_topics', key: ['story_id', 'topic_id'] },
  { name: 'topic_versions', key: ['topic_id'] },
  { name: 'corrections', key: ['id'] },
  { name: 'audit', key: ['id'] },
  { name: 'tokens', key: ['id'] },
  { name: 'facts', key: ['key'] },
  { name: 'leases', key: ['name'] },
  { name: 'hubs', key: ['direction', 'key', 'topic_url'] },
  { name: 'counters', key: ['name', 'shard'] },
  { name: 'hourly', key: ['hour', 'name', 'shard'] },
];

/**
 * @returns how many rows the copy holds.
 * @throws AppError `conflict` when the target holds something else, or when the source changed meanwhile: call it again then.
 */
export async function copyStore(from: Store, to: Store, options: Options): Promise<{ readonly rows: number }> {
  const [source, target] = [engineOf(from), engineOf(to)];
  const progress = await progressOf(to, target);
  const total = await countAll(source);
  let done = 0;
  for (const plan of plans) {
    if (progress.finished.includes(plan.name)) {
      done += await count(source, plan.name);
      continue;
    }
    if (progress.table !== plan.name) await begin(to, target, { plan, progress });
    const copied = await copyTable(
      { source, target, to },
      { plan, progress, options, report: n => options.onProgress?.({ phase: 'copy', done: done + n, total }) },
    );
    done += copied;
    progress.finished.push(plan.name);
    progress.table = null;
    progress.after = null;
    await to.facts.set(progressKey, JSON.stringify(progress));
  }
  await restartNumbers(target);
  await verify({ source, target, to }, { progress, options, total });
  await to.facts.delete(progressKey);
  return { rows: total };
}

type Progress = { table: string | null; after: readonly Cell[] | null; finished: string[] };

/** A target that holds anything but a part of an earlier copy is not written to. */
async function progressOf(to: Store, target: StoreEngine): Promise<Progress> {
  const stored = await to.facts.get(progressKey);
  if (stored !== null) return JSON.parse(stored) as Progress;
  for (const { name } of plans) {
    if (name !== 'facts' && (await count(target, name)) > 0) {
      throw new AppError('conflict', `the store to copy into is not empty (${name}): name a new one`);
    }
  }
  return { table: null, after: null, finished: [] };
}

async function begin(
  to: Store,
  target: StoreEngine,
  { plan, progress }: { plan: TablePlan; progress: Progress },
): Promise<void> {
  if (plan.name === 'facts') {
    await target.write(tx => sql`delete from facts where not ${ownFact()}`.execute(tx));
  } else {
    await target.write(async tx => {
      await sql`delete from ${sql.table(plan.name)}`.execute(tx);
      if (plan.name === 'items') await sql`delete from item_search`.execute(tx);
    });
  }
  progress.table = plan.name;
  progress.after = null;
  await to.facts.set(progressKey, JSON.stringify(progress));
}

type Ends = { readonly source: StoreEngine; readonly target: StoreEngine; readonly to: Store };

async function copyTable(
  { source, target, to }: Ends,
  {
    plan,
    progress,
    options,
    report,
  }: { plan: TablePlan; progress: Progress; options: Options; report: (done: number) => void },
): Promise<number> {
  let copied = 0;
  for (;;) {
    options.signal.throwIfAborted();
    const rows = await page(source, plan, progress.after);
    if (rows.length > 0) {
      await target.write(async tx => {
        await target.insertRows(tx, plan.name, rows, 'ignore');
        if (plan.name === 'items') await target.search.put(tx, rows.map(documentOf));
      });
      progress.after = keyOf(plan, rows.at(-1));
      // After the rows, not with them: rows that are copied twice are ignored the second time.
      await to.facts.set(progressKey, JSON.stringify(progress));
      copied += rows.length;
      report(copied);
    }
    if (rows.length < rowsPerPage) return copied;
  }
}

function documentOf(row: Row) {
  return { seq: Number(row.seq), document: searchDocument(String(row.title), String(row.text)) };
}

function keyOf(plan: TablePlan, row: Row | undefined): readonly Cell[] {
  return plan.key.map(column => row?.[column] ?? null);
}

async function page({ db }: StoreEngine, plan: TablePlan, after: readonly Cell[] | null): Promise<readonly Row[]> {
  const key = sql.join(plan.key.map(column => sql.ref(column)));
  const follows = after === null ? sql`true` : sql`(${key}) > (${sql.join([...after])})`;
  const own = plan.name === 'facts' ? ownFact() : sql`false`;
  const { rows } = await sql<Row>`
    select * from ${sql.table(plan.name)} where ${follows} and not ${own} order by ${key} limit ${rowsPerPage}`.execute(
    db,
  );
  return rows;
}

function ownFact() {
  return sql`(${sql.join(
    ownFacts.map(prefix => sql`substr(key, 1, ${prefix.length}) = ${prefix}`),
    sql` or `,
  )})`;
}

async function count({ db }: StoreEngine, name: keyof Tables): Promise<number> {
  const own = name === 'facts' ? sql`where not ${ownFact()}` : sql``;
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)} ${own}`.execute(db);
  return rows[0]?.n ?? 0;
}

async function countAll(engine: StoreEngine): Promise<number> {
  let sum = 0;
  for (const { name } of plans) sum += await count(engine, name);
  return sum;
}

/** PostgreSQL's own counters know nothing of numbers that were given. */
async function restartNumbers(target: StoreEngine): Promise<void> {
  if (target.kind !== 'postgres') return;
  for (const [table, column] of [
    ['items', 'seq'],
    ['audit', 'id'],
  ]) {
    await target.write(tx =>
      sql`select setval(pg_get_serial_sequence(${table}, ${column}), coalesce((select max(${sql.ref(column ?? '')}) from ${sql.table(table ?? '')}), 0) + 1, false)`.execute(
        tx,
      ),
    );
  }
}

async function verify(
  { source, target, to }: Ends,
  { progress, options, total }: { progress: Progress; options: Options; total: number },
): Promise<void> {
  let done = 0;
  const differing: string[] = [];
  for (const plan of plans) {
    const report = (rows: number) => {
      done += rows;
      options.onProgress?.({ phase: 'verify', done, total });
    };
    const wanted = await hashTable(source, plan, { options, report });
    const found = await hashTable(target, plan, { options, report: () => undefined });
    if (wanted !== found) differing.push(plan.name);
  }
  if (differing.length === 0) return;
  progress.finished = progress.finished.filter(name => !differing.includes(name));
  await to.facts.set(progressKey, JSON.stringify(progress));
  throw new AppError(
    'conflict',
    `the copy differs in ${differing.join(', ')}: end what writes to the store, then copy again`,
  );
}

async function hashTable(
  engine: StoreEngine,
  plan: TablePlan,
  { options, report }: { options: Options; report: (rows: number) => void },
): Promise<string> {
  const hash = createHash('sha256');
  for (let after: readonly Cell[] | null = null; ; ) {
    options.signal.throwIfAborted();
    const rows = await page(engine, plan, after);
    for (const row of rows) addRow(hash, row);
    report(rows.length);
    if (rows.length < rowsPerPage) return hash.digest('hex');
    after = keyOf(plan, rows.at(-1));
  }
}

function addRow(hash: Hash, row: Row): void {
  const columns = Object.keys(row).toSorted();
  // Bytes have a class of their own on each engine.
  const plain = (cell: Cell | undefined) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('base64') : cell);
  hash.update(JSON.stringify(columns.map(column => plain(row[column]))));
}
