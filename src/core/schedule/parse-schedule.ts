import { Cron } from 'croner';
import type { Millis } from '../../model.ts';

export type Schedule =
  | { readonly kind: 'adaptive' }
  | { readonly kind: 'every'; readonly intervalMs: number }
  /** `next` gives the first slot after a moment, `null` when there is none. */
  | { readonly kind: 'cron'; readonly text: string; readonly next: (after: Millis) => Millis | null };

/**
 * Reads what a source's `schedule` can be: `adaptive`, a duration (`20m`, `1h30m`, `2d`), or a cron expression of five
 * fields in a time zone (IANA name, UTC by default).
 *
 * Through daylight saving: fixed times (`30 2 * * *`, also lists and ranges) have every slot once, at the end of the gap in
 * spring and in the first of the two hours in autumn; wildcards and steps follow real time.
 */
export function parseSchedule(
  text: string,
  timezone?: string,
): Schedule | { readonly kind: 'error'; readonly message: string } {
  const trimmed = text.trim();
  if (trimmed === 'adaptive') return { kind: 'adaptive' };
  if (timezone !== undefined && !isTimezone(timezone)) {
    return error(`there is no time zone "${timezone}"; write one such as Europe/Rome`);
  }
  const intervalMs = parseInterval(trimmed);
  if (intervalMs !== null) {
    if (intervalMs < intervalMinMs || intervalMs > intervalMaxMs)
      return error(`"${trimmed}" is not between 1s and 30d`);
    return { kind: 'every', intervalMs };
  }
  try {
    const cron = new Cron(trimmed, {
      paused: true,
      mode: '5-part',
      fixedTimeRule: 'no-wildcard',
      timezone: timezone ?? 'UTC',
    });
    const next = (after: Millis): Millis | null => cron.nextRun(new Date(after))?.getTime() ?? null;
    if (next(Date.UTC(2024, 0, 1)) === null) return error(`"${trimmed}" never comes: there is no such day`);
    return { kind: 'cron', text: trimmed, next };
  } catch (cause) {
    return error(
      `"${trimmed}" is neither "adaptive", nor a duration such as 20m, nor a cron expression of five fields (${reasonOf(cause)})`,
    );
  }
}

/** @returns what is wrong with a schedule, for the configuration's reader, or `null`. */
export function checkSchedule(text: string, timezone?: string): string | null {
  const schedule = parseSchedule(text, timezone);
  return schedule.kind === 'error' ? schedule.message : null;
}

const intervalMinMs = 1_000;
const intervalMaxMs = 30 * 24 * 3_600_000;
const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function parseInterval(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?\s*[smhdw]\s*)+$/.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*([smhdw])/g))
    total += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  return total;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/^CronPattern: /, '').replace(/\.$/, '');
}

function error(message: string): { readonly kind: 'error'; readonly message: string } {
  return { kind: 'error', message };
}
