import type { FailureClass, Millis, PublishingHints, ServerHints } from '../../model.ts';

/** What a source's past says about its future: stored with the source as JSON, changed only by `nextFetch`. */
export type ScheduleMemory = {
  readonly failuresInRow: number;
  readonly failingSince: Millis | null;
  readonly lastSuccessAt: Millis | null;
  /** When a whole document was last read, changed or not. */
  readonly lastBodyAt: Millis | null;
  /** Answers 410 since the last success; three stop the source. */
  readonly goneInRow: number;
  readonly stopped: 'gone' | null;
  /** When its latest items were published, newest first, at most 20: the source's own rhythm. */
  readonly itemTimes: readonly Millis[];
  /** Fetches since the last one that brought a new item. */
  readonly unchangedInRow: number;
  /** How many items its document usually has, how many the last one had, and for how many fetches it has been far below. */
  readonly itemCountUsual: number | null;
  readonly itemCountLast: number | null;
  readonly collapsedInRow: number;
  /** When the last fetch ended, however it ended. A time after now tells that the clock was set back. */
  readonly lastFetchAt: Millis | null;
};

export const emptyMemory: ScheduleMemory = {
  failuresInRow: 0,
  failingSince: null,
  lastSuccessAt: null,
  lastBodyAt: null,
  goneInRow: 0,
  stopped: null,
  itemTimes: [],
  unchangedInRow: 0,
  itemCountUsual: null,
  itemCountLast: null,
  collapsedInRow: 0,
  lastFetchAt: null,
};

/** How a fetch ended, as far as the schedule is concerned. */
export type OutcomeSummary =
  | {
      readonly kind: 'modified';
      /** Publication times of the items that were new; `null` for an item without a date. */
      readonly newItemTimes: readonly (Millis | null)[];
      /** Items in the document, new or not. */
      readonly itemCount: number;
      readonly hints: ServerHints & PublishingHints;
    }
  /** 304, or (`bodyRead`) a body with the hash of the last one. */
  | { readonly kind: 'not-modified'; readonly hints: ServerHints & PublishingHints; readonly bodyRead?: boolean }
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'failed';
      readonly class: FailureClass;
      readonly status: number | null;
      readonly hints: ServerHints;
    };

/** @returns the memory with this outcome in it. A success forgets every failure at once. */
export function remember(before: ScheduleMemory, outcome: OutcomeSummary, now: Millis): ScheduleMemory {
  if (saysNothing(outcome)) return before;
  const memory = { ...before, lastFetchAt: now };
  switch (outcome.kind) {
    case 'failed':
      return { ...memory, failuresInRow: memory.failuresInRow + 1, failingSince: memory.failingSince ?? now };
    case 'gone': {
      const goneInRow = memory.goneInRow + 1;
      return {
        ...memory,
        failuresInRow: memory.failuresInRow + 1,
        failingSince: memory.failingSince ?? now,
        goneInRow,
        stopped: goneInRow >= goneConfirmations ? 'gone' : null,
      };
    }
    case 'not-modified':
      return {
        ...recovered(memory, now),
        unchangedInRow: memory.unchangedInRow + 1,
        lastBodyAt: outcome.bodyRead === true ? now : memory.lastBodyAt,
      };
    case 'modified':
      return {
        ...recovered(memory, now),
        lastBodyAt: now,
        ...counted(memory, outcome.itemCount),
        ...rhythm(memory, outcome.newItemTimes, now),
      };
    default:
      return outcome satisfies never;
  }
}

/**
 * Nothing was learnt about the source: the service was stopped in mid-fetch, or the host had asked for silence and was not
 * asked (class `status` without a status).
 */
export function saysNothing(outcome: OutcomeSummary): boolean {
  return (
    outcome.kind === 'failed' &&
    (outcome.class === 'aborted' || (outcome.class === 'status' && outcome.status === null))
  );
}

/**
 * Should the next fetch leave the validators out? Once a week: some servers answer 304 for ever once they have begun to.
 */
export function isFullFetchDue(memory: ScheduleMemory, now: Millis): boolean {
  return memory.lastBodyAt === null || now - memory.lastBodyAt >= fullFetchMs || memory.lastBodyAt > now;
}

const fullFetchMs = 7 * 24 * 3_600_000;

/** RFC 9110 §15.5.11 lets us stop; three answers, hours apart, rule out a bad afternoon. */
export const goneConfirmations = 3;
export const itemTimesMax = 20;

function recovered(memory: ScheduleMemory, now: Millis): ScheduleMemory {
  return { ...memory, failuresInRow: 0, failingSince: null, goneInRow: 0, stopped: null, lastSuccessAt: now };
}

function rhythm(
  memory: ScheduleMemory,
  newItemTimes: readonly (Millis | null)[],
  now: Millis,
): Partial<ScheduleMemory> {
  if (newItemTimes.length === 0) return { unchangedInRow: memory.unchangedInRow + 1 };
  const firstFetch = memory.lastSuccessAt === null;
  const times = newItemTimes
    // An undated item appeared since the last fetch; of a first fetch's undated items nothing is known.
    .map(time => time ?? (firstFetch ? null : now))
    .filter(time => time !== null)
    .map(time => Math.min(time, now));
  const itemTimes = [...times, ...memory.itemTimes].sort((a, b) => b - a).slice(0, itemTimesMax);
  return { unchangedInRow: 0, itemTimes };
}

/** The usual count follows growth at once and shrinking slowly: a collapse must stand out against it. */
function counted(memory: ScheduleMemory, itemCount: number): Partial<ScheduleMemory> {
  const usual = memory.itemCountUsual;
  if (usual === null || itemCount >= usual)
    return { itemCountUsual: itemCount, itemCountLast: itemCount, collapsedInRow: 0 };
  const collapsed = usual >= collapseCountMin && itemCount < usual * collapseShare;
  return {
    // After ten times it is no collapse any more, but how the source is now.
    itemCountUsual: collapsed && memory.collapsedInRow < 10 ? usual : usual * 0.9 + itemCount * 0.1,
    itemCountLast: itemCount,
    collapsedInRow: collapsed ? memory.collapsedInRow + 1 : 0,
  };
}

const collapseCountMin = 8;
const collapseShare = 0.25;
