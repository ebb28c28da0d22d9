import { createRequire } from 'node:module';
import type { Millis } from '../model.ts';

/**
 * Manners towards a host: so many requests at once, not before it said, and with a pause between two where it asks for
 * one (Crawl-delay). A host is host name and port: what runs on another port is another server.
 */
export type HostLimits = {
  /** Waits for a place at the host and its pause between requests; rejects when the signal aborts. Call `release` once. */
  acquire(url: URL, options: { readonly signal: AbortSignal }): Promise<() => void>;
  /** The host asked not to be asked for so long (`Retry-After`). */
  silence(url: URL, durationMs: number): void;
  /** Until when the host wants silence; `null` when it may be asked. Fetches do not wait for it: schedulers do. */
  silentUntil(url: URL): Millis | null;
  /** At least so long between the starts of two requests; `0` lifts it. */
  space(url: URL, spacingMs: number): void;
};

export function createHostLimits(options: {
  readonly perHostMax: number;
  readonly scope: 'host' | 'domain';
  readonly now: () => Millis;
}): HostLimits {
  const hosts = new Map<string, Host>();
  const silences = new Map<string, Millis>();

  function hostOf(url: URL): Host {
    let host = hosts.get(url.host);
    if (host === undefined) {
      host = { active: 0, waiting: [], spacingMs: 0, nextStartAt: 0, timer: null };
      hosts.set(url.host, host);
    }
    return host;
  }

  function startNext(key: string, host: Host): void {
    while (host.waiting.length > 0 && mayStart(host, options.perHostMax)) {
      begin(host);
      host.waiting.shift()?.();
    }
    if (host.waiting.length > 0 && host.active < options.perHostMax) {
      host.timer ??= setTimeout(() => {
        host.timer = null;
        startNext(key, host);
      }, host.nextStartAt - performance.now());
    }
    const restsFor = performance.now() - host.nextStartAt;
    if (host.active === 0 && host.waiting.length === 0 && (host.spacingMs === 0 || restsFor > spacingMaxMs))
      hosts.delete(key);
  }

  return {
    acquire(url, { signal }) {
      const key = url.host;
      const host = hostOf(url);
      const release = () =>
        once(() => {
          host.active--;
          startNext(key, host);
        });
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      if (host.waiting.length === 0 && mayStart(host, options.perHostMax)) {
        begin(host);
        return Promise.resolve(release());
      }
      return new Promise((resolve, reject) => {
        const start = () => {
          signal.removeEventListener('abort', onAbort);
          resolve(release());
        };
        const onAbort = () => {
          const at = host.waiting.indexOf(start);
          if (at >= 0) host.waiting.splice(at, 1);
          reject(signal.reason as Error);
          startNext(key, host);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        host.waiting.push(start);
        startNext(key, host);
      });
    },
    silence(url, durationMs) {
      const key = silenceKey(url, options.scope);
      const until = options.now() + durationMs;
      silences.delete(key);
      silences.set(key, until);
      if (silences.size > silencesMax) silences.delete(silences.keys().next().value as string);
    },
    silentUntil(url) {
      const key = silenceKey(url, options.scope);
      const until = silences.get(key);
      if (until === undefined) return null;
      const left = until - options.now();
      // More than the cap can only mean that the clock was set back.
      if (left > 0 && left <= silenceMaxMs) return until;
      silences.delete(key);
      return null;
    },
    space(url, spacingMs) {
      hostOf(url).spacingMs = Math.min(Math.max(0, spacingMs), spacingMaxMs);
    },
  };
}

type Host = {
  active: number;
  readonly waiting: (() => void)[];
  spacingMs: number;
  nextStartAt: number;
  timer: NodeJS.Timeout | null;
};

const silencesMax = 20_000;
const silenceMaxMs = 7 * 24 * 3_600_000;
const spacingMaxMs = 60_000;

function mayStart(host: Host, perHostMax: number): boolean {
  return host.active < perHostMax && (host.spacingMs === 0 || host.nextStartAt <= performance.now());
}

function begin(host: Host): void {
  host.active++;
  host.nextStartAt = performance.now() + host.spacingMs;
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}

/** Names under a public suffix such as github.io belong to different people (tldts knows the list). */
function silenceKey(url: URL, scope: 'host' | 'domain'): string {
  if (scope === 'host') return url.host;
  // The list is half a megabyte: loaded only where this setting asks for it.
  const { getDomain } = createRequire(import.meta.url)('tldts') as typeof import('tldts');
  return getDomain(url.hostname, { allowPrivateDomains: true }) ?? url.host;
}
