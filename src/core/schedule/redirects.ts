import type { Millis } from '../../model.ts';
import { redact } from '../text/redact.ts';

/** A move that the server announces and that has not been stable for long enough yet. */
export type PendingMove = { readonly url: string; readonly since: Millis; readonly seen: number };

export type MoveDecision = {
  readonly pending: PendingMove | null;
  /** The source's new address: store it in the configuration. */
  readonly moveTo: string | null;
  /** For people; `null` when there is nothing to say. */
  readonly reason: string | null;
};

/**
 * May a source's stored address follow a permanent redirect (301, 308)? Only after the same target was announced for three
 * days and in three answers: a hotel's captive portal, an expired domain or a wrong deployment also answer 301. Never from
 * https down to http. That it leads to no private network was decided by the fetcher, which then gives no `permanentUrl`.
 *
 * Call it after every successful fetch (modified or not); a failed fetch neither confirms nor withdraws anything.
 */
export function decideMove(input: {
  readonly sourceUrl: string;
  readonly permanentUrl: string | null;
  readonly pending: PendingMove | null;
  readonly now: Millis;
}): MoveDecision {
  const { sourceUrl, permanentUrl, pending, now } = input;
  if (permanentUrl === null || permanentUrl === sourceUrl) return { pending: null, moveTo: null, reason: null };
  if (sourceUrl.startsWith('https:') && !permanentUrl.startsWith('https:')) {
    return {
      pending: null,
      moveTo: null,
      reason: 'the server redirects to an address without encryption: not followed for good',
    };
  }
  // A clock set back leaves a beginning in the future: begin again.
  if (pending?.url !== permanentUrl || pending.since > now) {
    return {
      pending: { url: permanentUrl, since: now, seen: 1 },
      moveTo: null,
      reason: `moved to ${redact(permanentUrl)}: waiting whether it stays so`,
    };
  }
  const seen = pending.seen + 1;
  if (now - pending.since < stableMs || seen < seenMin) {
    return {
      pending: { ...pending, seen },
      moveTo: null,
      reason: `moved to ${redact(permanentUrl)}: waiting whether it stays so`,
    };
  }
  return {
    pending: null,
    moveTo: permanentUrl,
    reason: `moved for good: the server has said so for ${Math.floor((now - pending.since) / dayMs)} days`,
  };
}

const dayMs = 24 * 3_600_000;
const stableMs = 3 * dayMs;
const seenMin = 3;
