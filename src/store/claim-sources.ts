import { sql } from 'kysely';
import type { Millis, SourceId } from '../model.ts';
import type { SourceClaim, SourceStore } from '../pipeline/ports.ts';
import { dayMs } from './counters.ts';
import type { StoreEngine, Tx } from './engine.ts';
import { sourceStateOf } from './source-rows.ts';
import { storedText, storedTime } from './stored-text.ts';
import type { SourceStateRow } from './tables.ts';

type ClaimDue = Parameters<SourceStore['claimDue']>[0];

/** A lease that ends later than this was taken by a clock that has been set back since: it counts for nothing. */
const leaseMsMax = dayMs;
/** Most claims are served from so many of the longest due; all due ones are looked at only when these do not suffice. */
const windowPerClaim = 6;

/**
 * The longest due first, at most `perHost` of a host counting those that any process holds now. One claimer at a time: two
 * that count at the same moment would each take `perHost`.
 */
export function claimDue(engine: StoreEngine, options: ClaimDue): Promise<readonly SourceClaim[]> {
  if (options.limit <= 0) return Promise.resolve([]);
  return engine.write(async tx => {
    await engine.lockClaims(tx);
    const window = options.limit * windowPerClaim;
    const near = await takeDue(tx, { engine, options, window });
    if (near.length === options.limit || !(await dueBeyond(tx, storedTime(options.now), window - near.length)))
      return near;
    // A host with many due sources may have filled the window: the others must not starve behind it.
    const rest = { ...options, limit: options.limit - near.length };
    const far = await takeDue(tx, { engine, options: rest, window: null });
    return [...near, ...far];
  });
}

/** What the window left out, if anything. */
async function dueBeyond(tx: Tx, now: Millis, window: number): Promise<boolean> {
  const row = await tx
    .selectFrom('source_states')
    .select('source_id')
    .where('next_at', '<=', now)
    .where('paused', '=', sql.lit(0))
    .where('removed', '=', sql.lit(0))
    .where('lease_until', '<=', now)
    .orderBy('next_at')
    .limit(1)
    .offset(window)
    .executeTakeFirst();
  return row !== undefined;
}

async function takeDue(
  tx: Tx,
  { engine, options, window }: { engine: StoreEngine; options: ClaimDue; window: number | null },
): Promise<readonly SourceClaim[]> {
  const now = storedTime(options.now);
  const farAway = now + leaseMsMax;
  const limited = window === null ? sql`` : sql`limit ${window}`;
  const { rows } = await sql<SourceStateRow>`
    with due as (
      select source_id, host, next_at from source_states
      where next_at <= ${now} and paused = 0 and removed = 0 and (lease_until <= ${now} or lease_until > ${farAway})
      order by next_at ${limited} ${engine.forUpdateSkipLocked}
    ), held as (
      select host, count(*) as n from source_states where lease_until > 0 and lease_until > ${now} and lease_until <= ${farAway} group by host
    ), ranked as (
      select source_id, host, next_at, row_number() over (partition by host order by next_at, source_id) as place from due
    ), chosen as (
      select ranked.source_id from ranked left join held on held.host = ranked.host
      where ranked.place + coalesce(held.n, 0) <= ${options.perHost}
      order by ranked.next_at, ranked.source_id limit ${options.limit}
    )
    update source_states
    set lease_until = ${now + options.leaseMs}, lease_holder = ${storedText(options.holder)}, token = token + 1
    where source_id in (select source_id from chosen)
    returning *`.execute(tx);
  return rows.map(claimOf).toSorted((a, b) => a.state.nextAt - b.state.nextAt);
}

export function claimOne(
  engine: StoreEngine,
  sourceId: SourceId,
  { now, holder, leaseMs }: { readonly now: Millis; readonly holder: string; readonly leaseMs: number },
): Promise<SourceClaim | null> {
  return engine.write(async tx => {
    const row = await tx
      .updateTable('source_states')
      .set(eb => ({
        lease_until: storedTime(now) + leaseMs,
        lease_holder: storedText(holder),
        token: eb('token', '+', 1),
      }))
      .where('source_id', '=', sourceId)
      .where('removed', '=', 0)
      .where(eb =>
        eb.or([eb('lease_until', '<=', storedTime(now)), eb('lease_until', '>', storedTime(now) + leaseMsMax)]),
      )
      .returningAll()
      .executeTakeFirst();
    return row ? claimOf(row) : null;
  });
}

/** A claim that was lost meanwhile is somebody else's now and stays theirs. */
export async function releaseClaims(
  engine: StoreEngine,
  claims: readonly { readonly sourceId: SourceId; readonly token: number }[],
): Promise<void> {
  if (claims.length === 0) return;
  await engine.write(async tx => {
    for (const { sourceId, token } of claims.toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1))) {
      await tx
        .updateTable('source_states')
        .set({ lease_until: 0, lease_holder: '' })
        .where('source_id', '=', sourceId)
        .where('token', '=', token)
        .execute();
    }
  });
}

function claimOf(row: SourceStateRow): SourceClaim {
  return { state: sourceStateOf(row), token: row.token };
}
