import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Millis } from '../model.ts';
import type { HttpFetcher } from './http-fetcher.ts';

/**
 * The subscriber's side of WebSub (W3C Recommendation, 23 January 2018), as small functions: the HTTP endpoint and the
 * storage are wired elsewhere. A push is a fetch that came by itself, and takes the same way as one.
 */
export type Subscription = {
  readonly hub: string;
  /** The feed's own rel=self, else its address. */
  readonly topic: string;
  /** Unguessable, one for each subscription: it alone tells which one a request is about. */
  readonly callback: string;
  readonly secret: string;
};

export type HubAnswer = { readonly accepted: boolean; readonly message: string };

/** Asks a hub to subscribe or unsubscribe (§5.1). Accepted means that a verification request will come. */
export async function askHub(
  fetcher: Pick<HttpFetcher, 'fetchPage'>,
  request: Subscription & { readonly mode: 'subscribe' | 'unsubscribe'; readonly leaseSeconds: number },
  options: { readonly signal: AbortSignal },
): Promise<HubAnswer> {
  const form = new URLSearchParams({
    'hub.mode': request.mode,
    'hub.topic': request.topic,
    'hub.callback': request.callback,
    ...(request.mode === 'subscribe'
      ? { 'hub.secret': request.secret, 'hub.lease_seconds': String(request.leaseSeconds) }
      : {}),
  });
  const outcome = await fetcher.fetchPage(request.hub, {
    signal: options.signal,
    method: 'POST',
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    accept: '*/*',
    bodyBytesMax: 64 * 1024,
    cut: true,
  });
  // 202 is what the specification says, 204 what the old protocol said.
  const accepted = outcome.kind === 'modified' || (outcome.kind === 'failed' && outcome.status === 204);
  return {
    accepted,
    message: accepted
      ? 'the hub will verify the subscription'
      : outcome.kind === 'failed'
        ? outcome.message
        : 'the hub is gone',
  };
}

/** A fresh callback path and secret (§4: under 200 bytes). */
export function newSubscriptionSecrets(): { readonly token: string; readonly secret: string } {
  return { token: randomBytes(24).toString('base64url'), secret: randomBytes(32).toString('base64url') };
}

export type HubRequest =
  /** Answer 200 with exactly this text, as plain text; renew before `renewAt`. */
  | {
      readonly kind: 'confirm';
      readonly mode: 'subscribe' | 'unsubscribe';
      readonly challenge: string;
      readonly leaseSeconds: number;
    }
  /** The hub refuses or ended the subscription (§5.2): poll. */
  | { readonly kind: 'denied'; readonly reason: string }
  /** Answer 404: nobody here asked for that. */
  | { readonly kind: 'unknown' };

/**
 * The hub's GET to the callback: does it ask what we asked for (§5.3)? A request about another topic, or to unsubscribe
 * where nobody wants to, is answered with 404: that is what protects against subscriptions made by others.
 *
 * @param expected what was last asked for with this callback; `null` when nothing was
 */
export function readHubRequest(
  query: Readonly<Record<string, string | undefined>>,
  expected: { readonly topic: string; readonly mode: 'subscribe' | 'unsubscribe' } | null,
): HubRequest {
  const mode = query['hub.mode'];
  if (expected === null || query['hub.topic'] !== expected.topic) return { kind: 'unknown' };
  if (mode === 'denied') return { kind: 'denied', reason: cleanReason(query['hub.reason']) };
  const challenge = query['hub.challenge'];
  if (mode !== expected.mode || challenge === undefined || challenge === '' || challenge.length > challengeLengthMax)
    return { kind: 'unknown' };
  return { kind: 'confirm', mode: expected.mode, challenge, leaseSeconds: readLease(query['hub.lease_seconds']) };
}

const challengeLengthMax = 4_096;

function cleanReason(reason: string | undefined): string {
  return (reason ?? '')
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
    .slice(0, 200)
    .trim();
}

/** What the hub gave, between an hour and thirty days; ten days where it does not say. */
function readLease(text: string | undefined): number {
  const seconds = /^\d{1,12}$/.test(text ?? '') ? Number(text) : 10 * daySeconds;
  return Math.min(Math.max(seconds, 3_600), 30 * daySeconds);
}

const daySeconds = 24 * 3_600;

/** When to renew: after four fifths of the lease, so that a hub that is down for hours loses nothing. */
export function renewAt(confirmedAt: Millis, leaseSeconds: number): Millis {
  return confirmedAt + leaseSeconds * 800;
}

/**
 * Was this push signed with our secret (§7.1)? One that was not must be answered like any other (2xx) and thrown away.
 *
 * @param header `X-Hub-Signature`: `sha256=…`; sha1, sha256, sha384 and sha512
 */
export function isSignedWith(secret: string, body: Uint8Array, header: string | undefined): boolean {
  const [, method, hex] = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(header?.trim() ?? '') ?? [];
  if (method === undefined || hex === undefined) return false;
  const given = Buffer.from(hex, 'hex');
  const right = createHmac(method.toLowerCase(), secret).update(body).digest();
  return given.length === right.length && timingSafeEqual(given, right);
}
