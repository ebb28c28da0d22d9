import type { Millis, PublishingHints, ServerHints } from '../../model.ts';
import type { ScheduleMemory } from './schedule-memory.ts';

export type IntervalLimits = { readonly intervalMinMs: number; readonly intervalMaxMs: number };

/**
 * How long to wait before asking a source again: a third of the time between its items, so that an item waits a sixth of
 * that on average, but never sooner than the publisher says. Silence counts as a gap that is still open, so a source
 * that falls silent is asked less and less by itself.
 *
 * @returns the interval, and its reason in words
 */
export function adaptiveInterval(
  memory: ScheduleMemory,
  hints: ServerHints & PublishingHints,
  at: { readonly now: Millis; readonly limits: IntervalLimits },
): { readonly intervalMs: number; readonly reason: string } {
  const { intervalMinMs, intervalMaxMs } = at.limits;
  const gapMs = usualGap(memory.itemTimes, at.now);
  const own =
    gapMs === null
      ? {
          wantedMs: unknownRhythmMs * 1.5 ** Math.min(memory.unchangedInRow, 20),
          reason: 'its rhythm is not known yet',
        }
      : { wantedMs: gapMs / 3, reason: `an item about every ${inWords(gapMs)}` };
  const askedMs = publisherWants(hints, at.now);
  if (askedMs > own.wantedMs && askedMs > intervalMinMs) {
    return {
      intervalMs: clamp(askedMs, at.limits),
      reason: `the publisher asks for ${inWords(Math.min(askedMs, intervalMaxMs))}`,
    };
  }
  return { intervalMs: clamp(own.wantedMs, at.limits), reason: own.reason };
}

const unknownRhythmMs = 3_600_000;

/** The mean gap over the latest 20 items or the latest 5, whichever is shorter: a source that wakes up is noticed. */
export function usualGap(itemTimes: readonly Millis[], now: Millis): number | null {
  if (itemTimes.length < 2) return null;
  return Math.min(meanGap(itemTimes, now), meanGap(itemTimes.slice(0, 5), now));
}

/** The time covered by these items, an open gap at its end included, divided by their number. */
export function meanGap(itemTimes: readonly Millis[], now: Millis): number {
  return Math.max(0, now - (itemTimes.at(-1) ?? now)) / itemTimes.length;
}

/** `max-age`, `Expires`, `ttl` and `sy:*` all say: not before. The longest wins. */
function publisherWants(hints: ServerHints & PublishingHints, now: Millis): number {
  return Math.max(
    0,
    hints.maxAgeMs ?? 0,
    // max-age overrides Expires (RFC 9111 §5.3)
    hints.maxAgeMs === undefined && hints.expiresAt !== undefined ? hints.expiresAt - now : 0,
    (hints.ttlMinutes ?? 0) * 60_000,
    hints.updatePeriodMs ?? 0,
  );
}

function clamp(intervalMs: number, limits: IntervalLimits): number {
  return Math.min(Math.max(intervalMs, limits.intervalMinMs), limits.intervalMaxMs);
}

/**
 * The first moment at or after `at` that is outside the hours (0–23, GMT; 24 means 0) and days in which the publisher
 * does not want to be asked (RSS `skipHours`, `skipDays`). One who excludes everything is not obeyed.
 */
export function outsideSkipped(at: Millis, hints: PublishingHints): Millis {
  const hours = new Set((hints.skipHours ?? []).map(hour => hour % 24));
  const days = new Set((hints.skipDays ?? []).map(day => dayNames.indexOf(day.slice(0, 3).toLowerCase())));
  if (hours.size === 0 && days.size === 0) return at;
  let moment = at;
  for (let step = 0; step < 8 * 24; step++) {
    const date = new Date(moment);
    if (!hours.has(date.getUTCHours()) && !days.has(date.getUTCDay())) return moment;
    moment = (Math.floor(moment / 3_600_000) + 1) * 3_600_000;
  }
  return at;
}

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** `90 s`, `20 min`, `5 h`, `3 days`: two digits are enough for a reason. */
export function inWords(durationMs: number): string {
  const [value, unit] =
    durationMs < 90_000
      ? [durationMs / 1_000, 's']
      : durationMs < 90 * 60_000
        ? [durationMs / 60_000, 'min']
        : durationMs < 36 * 3_600_000
          ? [durationMs / 3_600_000, 'h']
          : [durationMs / 86_400_000, 'days'];
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${unit}`;
}
