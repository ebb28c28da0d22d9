import { alerts } from '../core/schedule/alerts.ts';
import { nextFetch, type ScheduleSettings } from '../core/schedule/next-fetch.ts';
import { decideMove, type PendingMove } from '../core/schedule/redirects.ts';
import {
  emptyMemory,
  type OutcomeSummary,
  type ScheduleMemory,
  saysNothing,
} from '../core/schedule/schedule-memory.ts';
import { countsAfterReading, watchLayout } from '../core/scrape/watch-layout.ts';
import type { FetchOutcome, Millis, PublishingHints, Source } from '../model.ts';
import { explainFailure } from './explain-failure.ts';
import type { FetchRecord, FetchSave, FoundFeed, ReadResult, SourceHealth, SourceState } from './ports.ts';

type Modified = Extract<FetchOutcome, { kind: 'modified' }>;

/** How a fetch ended, reading included. */
export type FetchEnd =
  | { readonly kind: 'unmodified'; readonly fetched: Exclude<FetchOutcome, { kind: 'modified' }> }
  | { readonly kind: 'same-body'; readonly fetched: Modified; readonly bodyHash: string }
  | {
      readonly kind: 'unreadable';
      readonly fetched: Modified;
      readonly code: string;
      readonly message: string;
      readonly feedsOnPage: readonly FoundFeed[];
      /** When the usual addresses beside the page were last tried. */
      readonly searchedAt: Millis | null;
    }
  | {
      readonly kind: 'read';
      readonly fetched: Modified;
      readonly bodyHash: string;
      readonly result: ReadResult;
    };

export type ScheduleRules = ScheduleSettings;

/** What the service remembers of a source between fetches; stored as JSON. */
export type SourceMemory = {
  readonly schedule: ScheduleMemory;
  readonly move: PendingMove | null;
  readonly hints: PublishingHints;
  readonly hubs: readonly string[];
  readonly self: string | null;
  readonly feedsOnPage: readonly FoundFeed[];
  /** When the usual addresses beside the page that it has become were last tried for a feed. */
  readonly searchedAt: Millis | null;
  /** How many items a scraped page gave, latest last: what a changed layout is held against. */
  readonly counts: readonly number[];
  /** The host wants silence until then (`Retry-After`): kept, so that a restart does not forget it. */
  readonly silentUntil: Millis | null;
  /** The rules of reading that the last document was read by; `null` before the first. */
  readonly reading: string | null;
};

export function memoryOf(state: Pick<SourceState, 'memory'>): SourceMemory {
  return {
    schedule: emptyMemory,
    move: null,
    hints: {},
    hubs: [],
    self: null,
    feedsOnPage: [],
    searchedAt: null,
    counts: [],
    silentUntil: null,
    reading: null,
    ...state.memory,
  };
}

/** Other rules of reading make other items of the same bytes: they are part of what "the same" means. */
export function readingVersion(source: Source): string {
  return JSON.stringify([source.scrape ?? null, source.keep, source.drop, source.language ?? null]);
}

/** Pure: what one fetch changes in the source's state, and its line in the history. */
export function afterFetch(input: {
  readonly source: Source;
  readonly state: SourceState;
  readonly end: FetchEnd;
  readonly rules: ScheduleRules;
  readonly startedAt: Millis;
  readonly now: Millis;
  readonly jitter: number;
  readonly pushed: boolean;
  /** A hub delivered this document: it may hold only what is new, so its length says nothing. */
  readonly delivered: boolean;
  readonly silentUntil: Millis | null;
}): { readonly record: FetchRecord; readonly changes: FetchSave['state'] } {
  const { source, state, end, now } = input;
  const memory = memoryOf(state);
  // What other rules found says nothing about these.
  const counts = memory.reading === null || memory.reading === readingVersion(source) ? memory.counts : [];
  const hints = end.kind === 'read' ? (end.result.feed.hints ?? {}) : memory.hints;
  const outcome = summarize(end, hints, input.delivered ? (memory.schedule.itemCountUsual ?? 0) : 0);
  const next = nextFetch({
    source,
    settings: input.rules,
    outcome,
    memory: memory.schedule,
    now,
    jitter: input.jitter,
    pushed: input.pushed,
  });
  const failed = isFailure(end);
  const move = failed
    ? { pending: memory.move, moveTo: null, reason: null }
    : decideMove({ sourceUrl: state.url, permanentUrl: permanentUrlOf(end), pending: memory.move, now });
  // A host that asked for silence was not asked: that says nothing about the source.
  const { health, problem } = saysNothing(outcome) ? state : judgeHealth(end, { schedule: next.memory, counts }, now);
  const hubs = end.kind === 'read' ? [...new Set([...end.result.feed.hubs, ...end.fetched.links.hubs])] : memory.hubs;
  const changes: FetchSave['state'] = {
    ...(move.moveTo === null ? {} : { url: move.moveTo, host: new URL(move.moveTo).host }),
    ...documentFacts(end),
    ...(failed ? {} : { lastSuccessAt: now }),
    ...(end.kind === 'read' && end.result.items.some(({ change }) => change === 'new') ? { lastNewItemAt: now } : {}),
    // Nothing was learnt: what was planned stays planned, unless the host asks for longer.
    nextAt: saysNothing(outcome) ? Math.max(state.nextAt, next.nextAt) : next.nextAt,
    nextReason: move.reason ?? next.reason,
    health,
    problem,
    failures: next.memory.failuresInRow,
    lastFetchAt: now,
    memory: {
      schedule: next.memory,
      move: move.pending,
      hints,
      hubs,
      self: end.kind === 'read' ? (end.result.feed.feedUrl ?? end.fetched.links.self ?? null) : memory.self,
      feedsOnPage: end.kind === 'unreadable' ? end.feedsOnPage : failed ? memory.feedsOnPage : [],
      searchedAt: end.kind === 'unreadable' ? end.searchedAt : failed ? memory.searchedAt : null,
      counts: countsAfter(end, counts),
      silentUntil: input.silentUntil,
      reading: failed ? memory.reading : readingVersion(source),
    } satisfies SourceMemory,
  };
  return { record: recordOf(input, problem), changes };
}

function countsAfter(end: FetchEnd, counts: readonly number[]): readonly number[] {
  if (end.kind !== 'read' || end.result.format !== 'html') return counts;
  return countsAfterReading(counts, end.result.total);
}

/** What the schedule needs to know of a fetch that brought no document. */
export function summarizeRefusal(fetched: Extract<FetchOutcome, { kind: 'gone' | 'failed' }>): OutcomeSummary {
  return fetched.kind === 'gone'
    ? { kind: 'gone' }
    : { kind: 'failed', class: fetched.class, status: fetched.status, hints: fetched.hints };
}

function summarize(end: FetchEnd, hints: PublishingHints, itemCountMin: number): OutcomeSummary {
  if (end.kind === 'unmodified') {
    const { fetched } = end;
    if (fetched.kind === 'not-modified') return { kind: 'not-modified', hints: { ...hints, ...fetched.hints } };
    return summarizeRefusal(fetched);
  }
  if (end.kind === 'same-body')
    return { kind: 'not-modified', hints: { ...hints, ...end.fetched.hints }, bodyRead: true };
  if (end.kind === 'unreadable')
    return { kind: 'failed', class: 'not-a-feed', status: end.fetched.status, hints: end.fetched.hints };
  return {
    kind: 'modified',
    newItemTimes: end.result.items.filter(({ change }) => change === 'new').map(({ item }) => item.publishedAt),
    itemCount: Math.max(end.result.total, itemCountMin),
    hints: { ...hints, ...end.fetched.hints },
  };
}

function isFailure(end: FetchEnd): boolean {
  return end.kind === 'unreadable' || (end.kind === 'unmodified' && end.fetched.kind !== 'not-modified');
}

function permanentUrlOf(end: FetchEnd): string | null {
  if (end.kind === 'unmodified') return end.fetched.kind === 'not-modified' ? end.fetched.permanentUrl : null;
  return end.fetched.permanentUrl;
}

/** Validators move only together with what they validate: a document that could not be read leaves the old ones. */
function documentFacts(end: FetchEnd): FetchSave['state'] {
  switch (end.kind) {
    case 'unmodified':
      return end.fetched.kind === 'not-modified' ? { validators: end.fetched.validators } : {};
    case 'same-body':
      return { validators: end.fetched.validators, bodyHash: end.bodyHash };
    case 'unreadable':
      return {};
    case 'read':
      return {
        validators: end.fetched.validators,
        bodyHash: end.bodyHash,
        title: end.result.feed.title,
        link: end.result.feed.link,
        language: end.result.feed.language,
        format: end.result.format,
      };
    default:
      return end satisfies never;
  }
}

/** A scraped page that suddenly gives nothing, or half, has another layout; its items stay. */
function layoutProblem(end: FetchEnd, counts: readonly number[]): string | null {
  const read = countsAfter(end, counts);
  const now = read.at(-1);
  // A page that did not change since has the layout it had then.
  if (now === undefined || (end.kind === 'read' && end.result.format !== 'html')) return null;
  const { verdict, message } = watchLayout(read.slice(0, -1), now);
  return verdict === 'ok' ? null : `${message} Look at the new guess and correct the selectors.`;
}

function judgeHealth(
  end: FetchEnd,
  memory: { readonly schedule: ScheduleMemory; readonly counts: readonly number[] },
  now: Millis,
): { health: SourceHealth; problem: string | null } {
  const { schedule } = memory;
  if (schedule.stopped === 'gone')
    return {
      health: 'gone',
      problem:
        'The publisher says three times that this feed is gone (410). It is no longer asked; remove it, or give it a new address.',
    };
  if (end.kind === 'unreadable')
    return {
      health: 'failing',
      problem: explainFailure({
        class: end.code === 'not-a-feed' ? 'not-a-feed' : 'document',
        status: null,
        message: end.message,
        feedsOnPage: end.feedsOnPage,
      }),
    };
  if (end.kind === 'unmodified' && end.fetched.kind === 'failed')
    return { health: 'failing', problem: explainFailure({ ...end.fetched, feedsOnPage: [] }) };
  if (end.kind === 'unmodified' && end.fetched.kind === 'gone')
    return {
      health: 'failing',
      problem: 'The publisher says that this feed is gone (410). It is asked again to be sure.',
    };
  const layout = layoutProblem(end, memory.counts);
  if (layout !== null) return { health: 'layout-changed', problem: layout };
  const alert = alerts(schedule, now)[0];
  return alert
    ? { health: alert.kind === 'silent' ? 'silent' : 'failing', problem: alert.message }
    : { health: 'ok', problem: null };
}

function recordOf(input: Parameters<typeof afterFetch>[0], problem: string | null): FetchRecord {
  const { end, source, startedAt, now } = input;
  const read = end.kind === 'read' ? end.result : null;
  const fetched = end.fetched;
  return {
    sourceId: source.id,
    at: startedAt,
    durationMs: Math.max(0, now - startedAt),
    outcome: end.kind === 'read' ? 'modified' : end.kind === 'unmodified' ? fetchedOutcome(end.fetched) : end.kind,
    status: fetched.status,
    bytes: fetched.kind === 'modified' ? fetched.wireBytes : 0,
    itemsTotal: read?.total ?? 0,
    itemsNew: read?.items.filter(({ change }) => change === 'new').length ?? 0,
    itemsEdited: read?.items.filter(({ change }) => change === 'edited').length ?? 0,
    message: isFailure(end) ? problem : null,
    warnings: read?.warnings.slice(0, 20) ?? [],
  };
}

function fetchedOutcome(fetched: Exclude<FetchOutcome, { kind: 'modified' }>): FetchRecord['outcome'] {
  return fetched.kind;
}
