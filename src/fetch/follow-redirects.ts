import type { FetchOutcome, FetchTimings } from '../model.ts';
import { bareHostname, effectivePort } from './address-guard.ts';
import type { Connection } from './connections.ts';
import { type ExchangeAnswer, type ExchangeRequest, exchange } from './exchange.ts';
import { FetchFailure, failureOf, isStaleConnection } from './fetch-failure.ts';
import type { Chase, FetchContext, Hop, Job } from './fetch-job.ts';
import { conclude, failed, timingsOf } from './fetch-outcome.ts';
import { requestHeaders, takeUserinfo } from './request-headers.ts';

const redirectsMax = 10;
const urlLengthMax = 8 * 1024;

/**
 * One fetch with its redirects, followed by hand: every hop is judged, waits for its place at its host, and gets the secrets
 * only if it is still at the origin they are for.
 */
export async function fetchFollowing(context: FetchContext, text: string, job: Job): Promise<FetchOutcome> {
  let chase: Chase | null = null;
  let place: Place | null = null;
  try {
    chase = begin(context, text, job);
    for (;;) {
      place = await takePlace(context, { chase, job, place });
      const answer = await ask(context, chase, job);
      if (!isRedirect(answer)) return conclude(context, { chase, job, answer });
      follow(chase, answer, job);
      refuse(context, chase.url);
    }
  } catch (error) {
    if (error instanceof HostSilent) return failed(error.failure, timingsOf(chase), { retryAfterMs: error.leftMs });
    return failed(failureOf(error, chase?.url.host ?? 'the address'), timingsOf(chase), {});
  } finally {
    place?.release();
  }
}

function begin(context: FetchContext, text: string, job: Job): Chase {
  const url = text.length > urlLengthMax ? null : URL.parse(text);
  if (url === null) throw new FetchFailure('protocol', 'the address is not a URL');
  const userinfo = takeUserinfo(url);
  url.hash = '';
  refuse(context, url);
  const startedAt = performance.now();
  return {
    url,
    origin: url.origin,
    userinfo,
    secretsOrigin: job.secretsFor === undefined ? url.origin : (URL.parse(job.secretsFor)?.origin ?? null),
    strayed: false,
    permanent: true,
    redirects: 0,
    seen: new Set([url.href]),
    startedAt,
    deadlineAt: startedAt + (job.timeoutMs ?? context.timeoutMs),
    firstByteMs: undefined,
    publicAddress: true,
  };
}

function refuse(context: FetchContext, url: URL): void {
  const refusal = context.guard.isOwn(url) ? null : context.guard.judgeUrl(url);
  if (refusal !== null)
    throw new FetchFailure(
      'address-refused',
      `the address of ${url.host || 'this URL'} is not allowed: ${refusal.reason}`,
    );
}

type Place = { readonly host: string; readonly release: () => void };

/** A place at the host of the next request; the one held already serves where the host is the same. */
async function takePlace(context: FetchContext, now: { chase: Chase; job: Job; place: Place | null }): Promise<Place> {
  const { chase, job, place } = now;
  const { host } = chase.url;
  if (place?.host === host) return place;
  place?.release();
  const silentUntil = context.hosts.silentUntil(chase.url);
  if (silentUntil !== null) throw new HostSilent(host, silentUntil - context.now());

  const waitsSince = performance.now();
  const release = await context.hosts.acquire(chase.url, { signal: job.signal }).catch(error => {
    if (job.signal.aborted) throw new FetchFailure('aborted', 'the fetch was stopped');
    throw error;
  });
  // Waiting for a place is our own affair: the server's time does not run meanwhile.
  const waitedMs = performance.now() - waitsSince;
  chase.startedAt += waitedMs;
  chase.deadlineAt += waitedMs;
  return { host, release };
}

/** The host asked for silence (`Retry-After`): nothing is sent, so there is no status; `retryAfterMs` says for how long. */
class HostSilent extends FetchFailure {
  readonly leftMs: number;

  constructor(host: string, leftMs: number) {
    super('status', `${host} asked not to be asked again yet`);
    this.leftMs = leftMs;
  }
}

async function ask(context: FetchContext, chase: Chase, job: Job): Promise<ExchangeAnswer> {
  const { proxy } = job.http;
  if (proxy !== undefined) await judgeBehindProxy(context, chase.url, proxy);
  for (let attempt = 0; ; attempt++) {
    const askedAt = performance.now();
    const connection = context.connections.take(chase.url.origin, {
      // A bad certificate is accepted from whom the source names, not from whom that one redirects to.
      insecureTls: job.http.insecureTls === true && mayHaveSecrets(chase),
      own: context.guard.isOwn(chase.url),
      ...(proxy === undefined ? {} : { proxy }),
    });
    const reused = connection.uses > 0;
    try {
      const answer = await exchange(connection, exchangeRequest(context, chase, job), job.signal);
      if (answer.cut) context.connections.drop(connection);
      else context.connections.release(connection);
      chase.firstByteMs ??= performance.now() - chase.startedAt;
      chase.publicAddress = proxy !== undefined || connection.notes.public;
      job.onHop?.(hopOf(chase.url, answer, { connection, reused, askedAt }));
      return answer;
    } catch (error) {
      context.connections.drop(connection);
      job.onBroken?.({ url: chase.url.href, timings: connectionTimings(connection, { reused, askedAt }) });
      if (!(reused && attempt < staleRetriesMax && job.method !== 'POST' && isStaleConnection(error))) throw error;
    }
  }
}

const staleRetriesMax = 3;

function exchangeRequest(context: FetchContext, chase: Chase, job: Job): ExchangeRequest {
  const { url } = chase;
  const path = `${url.pathname}${url.search}`;
  const viaProxy = job.http.proxy !== undefined && url.protocol === 'http:';
  const proxy = viaProxy ? new URL(job.http.proxy as string) : null;
  const headers = requestHeaders({
    userAgent: context.userAgent,
    subscribers: job.subscribers,
    accept: job.accept,
    validators: job.validators,
    extra: job.headers ?? {},
    http: job.http,
    userinfo: chase.strayed ? null : chase.userinfo,
    trusted: mayHaveSecrets(chase),
  });
  if (proxy !== null) {
    headers.host = url.host;
    const credentials = takeUserinfo(proxy);
    if (credentials !== null) {
      headers['proxy-authorization'] =
        `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
    }
  }
  return {
    method: job.method ?? 'GET',
    origin: proxy?.origin ?? url.origin,
    path: proxy === null ? path : `${url.origin}${path}`,
    headers,
    ...(job.body === undefined ? {} : { body: job.body }),
    firstByteMs: context.firstByteMs ?? (context.timeoutMs * 2) / 3,
    deadlineAt: chase.deadlineAt,
    wireBytesMax: job.bodyBytesMax ?? context.bodyBytesMax,
    cut: job.cut === true,
  };
}

/**
 * Behind a proxy the guard no longer sees the address connected to. It still judges the URL, and the addresses that the
 * name has here; a name that only the proxy can resolve is the proxy's responsibility (docs/technotes/006-address-guard.md).
 */
async function judgeBehindProxy(context: FetchContext, url: URL, proxy: string): Promise<void> {
  const proxyUrl = URL.parse(proxy);
  if (proxyUrl?.protocol !== 'http:' && proxyUrl?.protocol !== 'https:') {
    throw new FetchFailure('protocol', 'the proxy of this source is not an http or https address');
  }
  const hostname = bareHostname(url);
  const port = effectivePort(url);
  const addresses = await context.resolve(hostname).catch(() => []);
  if (addresses.length > 0 && !addresses.some(address => context.guard.allows(address, { hostname, port }))) {
    throw new FetchFailure('address-refused', `the address of ${url.host} is not allowed`);
  }
}

function mayHaveSecrets(chase: Chase): boolean {
  return !chase.strayed && chase.url.origin === chase.secretsOrigin;
}

function isRedirect(answer: ExchangeAnswer): boolean {
  return redirectStatuses.has(answer.status) && answer.headers.location !== undefined;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function follow(chase: Chase, answer: ExchangeAnswer, job: Job): void {
  const from = chase.url;
  const next = URL.parse(utf8OfLatin1(answer.headers.location ?? ''), from.href);
  if (next === null)
    throw new FetchFailure('redirects', `${from.host} redirects to something that is not a URL`, answer.status);
  takeUserinfo(next);
  next.hash = '';
  if (++chase.redirects > redirectsMax || next.href.length > urlLengthMax) {
    throw new FetchFailure('redirects', `more than ${redirectsMax} redirects`, answer.status);
  }
  if (chase.seen.has(next.href)) throw new FetchFailure('redirects', 'the redirects go in a circle', answer.status);
  if (job.method === 'POST' && (next.origin !== chase.origin || (answer.status !== 307 && answer.status !== 308))) {
    // The body of a post (a hub's secret) is for whom it was addressed to.
    throw new FetchFailure(
      'redirects',
      `${from.host} redirects a request that must not be repeated elsewhere`,
      answer.status,
    );
  }
  chase.seen.add(next.href);
  if (next.origin !== chase.origin) chase.strayed = true;
  if (answer.status !== 301 && answer.status !== 308) chase.permanent = false;
  chase.url = next;
}

/** Servers put raw UTF-8 into Location; the HTTP client reads Latin-1. */
function utf8OfLatin1(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

function hopOf(
  url: URL,
  answer: ExchangeAnswer,
  at: { connection: Connection; reused: boolean; askedAt: number },
): Hop {
  const { socket } = at.connection.notes;
  return {
    url: url.href,
    status: answer.status,
    location: answer.headers.location ?? null,
    headers: answer.headers,
    httpVersion: (socket as { alpnProtocol?: unknown } | null)?.alpnProtocol === 'h2' ? '2' : '1.1',
    reused: at.reused,
    timings: { ...connectionTimings(at.connection, at), firstByteMs: answer.firstByteMs },
  };
}

function connectionTimings(connection: Connection, at: { reused: boolean; askedAt: number }): FetchTimings {
  const { dnsMs, connectMs, tlsMs } = connection.notes;
  return {
    ...(at.reused || dnsMs === undefined ? {} : { dnsMs }),
    ...(at.reused || connectMs === undefined ? {} : { connectMs }),
    ...(at.reused || tlsMs === undefined ? {} : { tlsMs }),
    totalMs: performance.now() - at.askedAt,
  };
}
