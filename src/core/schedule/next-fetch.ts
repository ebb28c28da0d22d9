import type { Millis, PublishingHints, ServerHints, Source } from '../../model.ts';
import { adaptiveInterval, inWords, outsideSkipped } from './adaptive-interval.ts';
import { backOff } from './back-off.ts';
import { parseSchedule, type Schedule } from './parse-schedule.ts';
import { type OutcomeSummary, remember, type ScheduleMemory, saysNothing } from './schedule-memory.ts';

export type ScheduleSettings = {
  readonly intervalMinMs: number;
  readonly intervalMaxMs: number;
  /** For sources that set none of their own. */
  readonly schedule: string;
};

export type NextFetchInput = {
  readonly source: Pick<Source, 'schedule' | 'timezone'>;
  readonly settings: ScheduleSettings;
  readonly outcome: OutcomeSummary;
  readonly memory: ScheduleMemory;
  readonly now: Millis;
  /** A number in [0, 1): chance comes from outside. */
  readonly jitter: number;
  /** The hub tells us of news by itself: polling is only the safety net. */
  readonly pushed?: boolean;
};

export type NextFetch = {
  /** `never` when the source is stopped. */
  readonly nextAt: Millis;
  /** For people: why then. */
  readonly reason: string;
  readonly memory: ScheduleMemory;
};

/** The last moment a `Date` can hold: sorts after everything and fits every store. */
export const never: Millis = 8_640_000_000_000_000;

/**
 * When to fetch a source again, after a fetch. Pure: the same input gives the same answer. A schedule that cannot be read
 * (the configuration refuses it beforehand) counts as adaptive.
 */
export function nextFetch(input: NextFetchInput): NextFetch {
  const { now, outcome } = input;
  const schedule = scheduleOf(input);
  const memory = remember(input.memory, outcome, now);
  if (memory.stopped === 'gone')
    return { nextAt: never, reason: 'gone: the server has said three times that the feed is gone for ever', memory };
  const asked = retryAfter(outcome, input);
  if (saysNothing(outcome)) return { ...(asked ?? { nextAt: now, reason: 'the last fetch was interrupted' }), memory };

  const planned =
    outcome.kind === 'failed' || outcome.kind === 'gone'
      ? afterFailure(schedule, memory, input)
      : afterSuccess(schedule, memory, { ...input, hints: outcome.hints });
  const next = asked !== null && asked.nextAt > planned.nextAt ? asked : planned;
  return { ...next, memory };
}

type Planned = { readonly nextAt: Millis; readonly reason: string };

function scheduleOf(input: Pick<NextFetchInput, 'source' | 'settings'>): Schedule {
  const schedule = parseSchedule(input.source.schedule ?? input.settings.schedule, input.source.timezone);
  return schedule.kind === 'error' ? { kind: 'adaptive' } : schedule;
}

function afterSuccess(
  schedule: Schedule,
  memory: ScheduleMemory,
  input: NextFetchInput & { readonly hints: ServerHints & PublishingHints },
): Planned {
  const { now, settings, hints, jitter } = input;
  switch (schedule.kind) {
    case 'cron':
      return { nextAt: nextSlot(schedule, input.memory, now), reason: `cron ${schedule.text}` };
    case 'every':
      // Never sooner than asked for; a little later, so that equal intervals drift apart.
      return {
        nextAt: now + schedule.intervalMs * (1 + 0.05 * jitter),
        reason: `every ${inWords(schedule.intervalMs)}`,
      };
    case 'adaptive': {
      const adaptive = adaptiveInterval(memory, hints, { now, limits: settings });
      const intervalMs =
        input.pushed === true
          ? Math.min(Math.max(adaptive.intervalMs * 4, hourMs), settings.intervalMaxMs)
          : adaptive.intervalMs;
      const jittered = Math.min(intervalMs * (1 + 0.1 * jitter), Math.max(settings.intervalMaxMs, intervalMs));
      const reason = input.pushed === true ? `the hub sends news by itself (${adaptive.reason})` : adaptive.reason;
      return { nextAt: outsideSkipped(now + jittered, hints), reason };
    }
    default:
      return schedule satisfies never;
  }
}

const hourMs = 3_600_000;

function afterFailure(schedule: Schedule, memory: ScheduleMemory, input: NextFetchInput): Planned {
  const { now, jitter, outcome, settings } = input;
  const { failuresInRow } = memory;
  const reason = `failure ${failuresInRow} in a row`;
  // Three answers of "gone" should be hours apart, not minutes.
  const firstMs = outcome.kind === 'gone' ? settings.intervalMinMs * 8 : settings.intervalMinMs;
  if (schedule.kind === 'cron') {
    // Slots are kept, some are left out.
    const pauseMs = failuresInRow > 1 ? backOff(failuresInRow - 1, { firstMs, jitter }) : 0;
    return { nextAt: nextSlot(schedule, input.memory, now + pauseMs), reason: `${reason}, cron ${schedule.text}` };
  }
  return { nextAt: now + backOff(failuresInRow, { firstMs, jitter }), reason };
}

/** The server's own word, plus a few seconds of chance: all who were told the same come back at the same time. */
function retryAfter(outcome: OutcomeSummary, { now, jitter }: NextFetchInput): Planned | null {
  const waitMs = outcome.kind === 'failed' ? outcome.hints.retryAfterMs : undefined;
  if (waitMs === undefined || !(waitMs > 0)) return null;
  const wait = Math.min(waitMs, retryAfterMaxMs);
  return {
    nextAt: now + wait + Math.min(4_000, wait * 0.1) * jitter,
    reason: `the server asks to wait ${inWords(wait)}`,
  };
}

const retryAfterMaxMs = 7 * 24 * hourMs;

/** The first slot after `after` that the last fetch has not served: a clock set back a little repeats no slot. */
function nextSlot(schedule: Schedule & { kind: 'cron' }, before: ScheduleMemory, after: Millis): Millis {
  const served = before.lastFetchAt ?? after;
  return schedule.next(served > after && served - after < hourMs ? served : after) ?? never;
}

/**
 * Puts a stored time right after the clock was set back: what was due in twenty minutes is due in twenty minutes, by the
 * new clock too, and not in a day or in ten years. Call it when the service starts and when the wall clock has moved
 * against the monotonic one. A clock set forward needs nothing: what is overdue is fetched once.
 */
export function repairNextAt(
  nextAt: Millis,
  input: Pick<NextFetchInput, 'source' | 'settings' | 'memory' | 'now'>,
): Millis {
  const { memory, now } = input;
  const setBackMs = (memory.lastFetchAt ?? now) - now;
  // A time before the last fetch has been put right already: once more would make it due at every start.
  const isRight = setBackMs <= clockSlackMs || nextAt < (memory.lastFetchAt ?? nextAt);
  if (isRight || memory.stopped !== null) return nextAt;
  const schedule = scheduleOf(input);
  if (schedule.kind === 'cron' && memory.failuresInRow === 0) return nextSlot(schedule, memory, now);
  return Math.max(now, nextAt - setBackMs);
}

const clockSlackMs = 60_000;
