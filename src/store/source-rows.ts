import type { Warning } from '../model.ts';
import type { FetchRecord, SourceHealth, SourceState } from '../pipeline/ports.ts';
import { storedJson, storedText, storedTextOrNull, storedTime, storedTimeOrNull } from './stored-text.ts';
import type { FetchRow, SourceStateRow } from './tables.ts';

/** How many fetches a source's history keeps. */
export const historyMax = 40;

export function sourceStateOf(row: SourceStateRow): SourceState {
  return {
    sourceId: row.source_id,
    url: row.url,
    configuredUrl: row.configured_url,
    host: row.host,
    title: row.title,
    link: row.link,
    language: row.language,
    format: row.format,
    validators: { etag: row.etag, lastModified: row.last_modified },
    bodyHash: row.body_hash,
    nextAt: row.next_at,
    nextReason: row.next_reason,
    health: row.health as SourceHealth,
    problem: row.problem,
    failures: row.failures,
    lastFetchAt: row.last_fetch_at,
    lastSuccessAt: row.last_success_at,
    lastNewItemAt: row.last_new_item_at,
    itemCount: row.item_count,
    memory: row.memory === '{}' ? {} : (JSON.parse(row.memory) as Record<string, unknown>),
    paused: row.paused === 1,
  };
}

type StateColumns = Omit<
  SourceStateRow,
  'source_id' | 'item_count' | 'removed' | 'lease_holder' | 'lease_until' | 'token' | 'fetch_count'
>;

export function stateColumns(state: SourceState): StateColumns {
  return {
    url: storedText(state.url),
    configured_url: storedText(state.configuredUrl),
    host: state.host,
    title: storedTextOrNull(state.title),
    link: storedTextOrNull(state.link),
    language: storedTextOrNull(state.language),
    format: state.format,
    etag: storedTextOrNull(state.validators.etag),
    last_modified: storedTextOrNull(state.validators.lastModified),
    body_hash: state.bodyHash,
    next_at: storedTime(state.nextAt),
    next_reason: storedText(state.nextReason),
    health: state.health,
    problem: storedTextOrNull(state.problem),
    failures: state.failures,
    last_fetch_at: storedTimeOrNull(state.lastFetchAt),
    last_success_at: storedTimeOrNull(state.lastSuccessAt),
    last_new_item_at: storedTimeOrNull(state.lastNewItemAt),
    memory: storedJson(state.memory),
    paused: state.paused ? 1 : 0,
  };
}

/** The politeness unit of an address: host and port. An address that is none is its own host. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

export function fetchRow(record: FetchRecord, slot: number): FetchRow {
  return {
    source_id: storedText(record.sourceId),
    slot,
    at: storedTime(record.at),
    duration_ms: storedTime(record.durationMs),
    outcome: record.outcome,
    status: record.status,
    bytes: storedTime(record.bytes),
    items_total: record.itemsTotal,
    items_new: record.itemsNew,
    items_edited: record.itemsEdited,
    message: storedTextOrNull(record.message),
    warnings: storedJson(record.warnings),
  };
}

export function fetchRecordOf(row: FetchRow): FetchRecord {
  return {
    sourceId: row.source_id,
    at: row.at,
    durationMs: row.duration_ms,
    outcome: row.outcome as FetchRecord['outcome'],
    status: row.status,
    bytes: row.bytes,
    itemsTotal: row.items_total,
    itemsNew: row.items_new,
    itemsEdited: row.items_edited,
    message: row.message,
    warnings: JSON.parse(row.warnings) as readonly Warning[],
  };
}
