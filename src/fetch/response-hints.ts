import type { Millis, ServerHints } from '../model.ts';
import type { AnswerHeaders } from './exchange.ts';

/**
 * What an answer's header says about when to come again: `Cache-Control: max-age` less `Age` (RFC 9111 §5.2),
 * `Expires`, and `Retry-After` in both its forms (RFC 9110 §10.2.3), capped at seven days. What makes no sense is ignored.
 */
export function readServerHints(headers: AnswerHeaders, now: Millis): ServerHints {
  const maxAgeMs = readMaxAge(headers['cache-control'], headers.age);
  const expiresAt = headers.expires === undefined ? null : parseHttpDate(headers.expires);
  const retryAfterMs = readRetryAfter(headers['retry-after'], headers.date, now);
  return {
    ...(maxAgeMs === null ? {} : { maxAgeMs }),
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
}

export const retryAfterMaxMs = 7 * 24 * 3_600_000;

/** @returns milliseconds to wait, `null` for none, negative, or nonsense. A date counts from the server's own clock. */
export function readRetryAfter(value: string | undefined, serverDate: string | undefined, now: Millis): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return Math.min(Number(text) * 1_000, retryAfterMaxMs);
  const at = parseHttpDate(text);
  if (at === null) return null;
  // Either clock may be wrong; the difference between two times of the same clock is not.
  const from = (serverDate === undefined ? null : parseHttpDate(serverDate)) ?? now;
  return at <= from ? null : Math.min(at - from, retryAfterMaxMs);
}

function readMaxAge(cacheControl: string | undefined, age: string | undefined): number | null {
  const value = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,15})/i.exec(cacheControl ?? '')?.[1];
  if (value === undefined) return null;
  const ageSeconds = /^\d{1,15}$/.test(age ?? '') ? Number(age) : 0;
  return Math.max(0, Number(value) - ageSeconds) * 1_000;
}

/** The three forms of RFC 9110 §5.6.7; anything else is `null` (`Date.parse` alone would read "120" as a year). */
export function parseHttpDate(text: string): Millis | null {
  if (
    !/^[A-Z][a-z]{2,8},? +(?:\d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} |[A-Z][a-z]{2} +\d{1,2} )\d{2}:\d{2}:\d{2}/.test(text)
  ) {
    return null;
  }
  const zoned = /GMT|UTC|[+-]\d{4}$/.test(text) ? text : `${text} GMT`; // asctime has no zone and means GMT
  const at = Date.parse(zoned);
  return Number.isFinite(at) ? at : null;
}
