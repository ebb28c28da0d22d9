/**
 * One computation of a value in all processes: whoever comes first holds a short claim in Redis, the others wait for the value. A holder
 * that dies is followed by the next one as soon as its claim ends. A claim only saves work: whoever cannot get one computes alone.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisLink } from './redis-link.ts';

/** For so long others wait for a holder that died. */
const claimMs = 1_000;
const renewEveryMs = 300;
const lookAgainMs = 25;
/** A computation may hang for reasons of its own; nobody waits longer for another's. */
const waitMsMax = 5_000;

export type Turn =
  /** Another process computed it meanwhile. */
  | { readonly kind: 'found'; readonly value: Uint8Array; readonly ttlMs: number }
  /** It is ours: `end` when it is computed or has failed; `giveBack` when its value can be read, or never will be. */
  | { readonly kind: 'ours'; end(): void; giveBack(): Promise<void> }
  /** No claim can be had: Redis is away or full, or its holder takes too long. */
  | { readonly kind: 'alone' };

const alone: Turn = { kind: 'alone' };

/** @param name the value's key in Redis, without braces: the claim's key takes it as its hash tag, so that both are on one node of a cluster. */
export async function takeTurn(link: RedisLink, name: string, prefix: string): Promise<Turn> {
  const claim = `${prefix}claim:{${name}}`;
  for (const until = performance.now() + waitMsMax; performance.now() < until; await sleep(lookAgainMs)) {
    // In this order: holders write the value before they give back, so who gets the claim afterwards sees the value.
    const replies = await link.askAll(client =>
      client.pipeline().set(claim, '1', 'PX', claimMs, 'NX').getBuffer(name).pttl(name).pttl(claim),
    );
    const [claimed, value, ttlMs, leftMs] = replies ?? [];
    if (replies === undefined || claimed instanceof Error) return alone;
    if (value instanceof Uint8Array && Number(ttlMs) > 0) {
      if (claimed === 'OK') await link.ask(client => client.del(claim));
      return { kind: 'found', value, ttlMs: Number(ttlMs) };
    }
    if (claimed === 'OK') return ours(link, claim);
    if (isStrange(leftMs)) {
      await link.ask(client => client.set(claim, '1', 'PX', claimMs));
      return ours(link, claim);
    }
  }
  return alone;
}

/** No claim of ours is without an end, or has one so far away. */
function isStrange(leftMs: unknown): boolean {
  return Number(leftMs) === -1 || Number(leftMs) > claimMs;
}

function ours(link: RedisLink, claim: string): Turn {
  const renewing = setInterval(() => void link.ask(client => client.pexpire(claim, claimMs)), renewEveryMs);
  renewing.unref();
  return {
    kind: 'ours',
    end: () => clearInterval(renewing),
    giveBack: async () => {
      await link.ask(client => client.del(claim));
    },
  };
}
