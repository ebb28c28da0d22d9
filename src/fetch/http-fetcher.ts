import type { IncomingHttpHeaders } from 'node:http';
import type { FetchOutcome, FetchTimings, Millis, SourceHttp, Validators } from '../model.ts';
import { type AddressGuard, bareHostname, createAddressGuard, effectivePort } from './address-guard.ts';
import { type Connection, type Connections, createConnections } from './connections.ts';
import { decodeBody } from './decode-body.ts';
import { type ExchangeAnswer, exchange } from './exchange.ts';
import { type Failure, FetchFailure, failureOf, isStaleConnection, statusText } from './fetch-failure.ts';
import { createResolver, type Resolve } from './guarded-connect.ts';
import { createHostLimits, type HostLimits } from './host-limits.ts';
import { readLinkHeader } from './link-header.ts';
import { requestHeaders, takeUserinfo } from './request-headers.ts';
import { readServerHints } from './response-hints.ts';

export type HttpFetcher = {
  /** A conditional GET of a source. Every way it can end is a value; it never throws for what a server does. */
  fetchSource(request: SourceRequest, options: { readonly signal: AbortSignal }): Promise<FetchOutcome>;
  /** Anything else the service asks for (articles, icons, robots.txt, OPML, hubs), by the same rules. */
  fetchPage(url: string, options: PageOptions): Promise<FetchOutcome>;
  /** Who may be asked when: shared by everything that goes through this fetcher. */
  readonly hosts: HostLimits;
  /** Ends idle connections. Fetches under way end by their own signal. */
  close(): Promise<void>;
};

export type SourceRequest = {
  readonly url: string;
  readonly validators: Validators;
  readonly http: SourceHttp;
  /** Shown to the publisher in the User-Agent. */
  readonly subscribers?: number;
  readonly accept?: string;
};

export type PageOptions = {
  readonly signal: AbortSignal;
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly http?: SourceHttp;
  readonly bodyBytesMax?: number;
  readonly timeoutMs?: number;
  /** Take the beginning of a longer body instead of failing. */
  readonly cut?: boolean;
  /** Told of every hop as it happens: `probe` shows it to people. */
  readonly onHop?: (hop: Hop) => void;
  /** Told how far a request came that got no answer. */
  readonly onBroken?: (broken: Pick<Hop, 'url' | 'timings'>) => void;
};

/** One request of a chain of redirects. */
export type Hop = {
  readonly url: string;
  readonly status: number;
  readonly location: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly httpVersion: '1.1' | '2';
  readonly reused: boolean;
  readonly timings: FetchTimings;
};

export type HttpFetcherOptions = {
  readonly allow: readonly string[];
  readonly allowOwn?: { readonly origin: string; readonly pathPrefix: string } | undefined;
  readonly userAgent: string;
  /** For one fetch with all its redirects, from the moment its host is free. */
  readonly timeoutMs: number;
  /** Until the header of one answer is there. Default: two thirds of `timeoutMs`. */
  readonly firstByteMs?: number;
  readonly connectTimeoutMs?: number;
  readonly bodyBytesMax: number;
  readonly perHostMax: number;
  /** Does a Retry-After silence a host, or all hosts of its registrable domain? */
  readonly retryAfterScope?: 'host' | 'domain';
  readonly now: () => Millis;
  readonly resolve?: Resolve;
};

/** Throws `AppError('config-invalid')` for an unreadable `allow`. Opens nothing before the first fetch. */
export function createHttpFetcher(options: HttpFetcherOptions): HttpFetcher {
  const guard = createAddressGuard(options);
  const resolve = createResolver(options.resolve);
  const ownPort = options.allowOwn === undefined ? 0 : effectivePort(new URL(options.allowOwn.origin));
  const ownHost = options.allowOwn === undefined ? '' : bareHostname(new URL(options.allowOwn.origin));
  const connections = createConnections({
    guard,
    ownGuard: { allows: (_address, target) => target.hostname === ownHost && target.port === ownPort },
    resolve,
    connectTimeoutMs: options.connectTimeoutMs ?? Math.min(10_000, options.timeoutMs),
    readBytesMax: options.bodyBytesMax + readBytesSlack,
    headerBytesMax,
  });
  const hosts = createHostLimits({
    perHostMax: options.perHostMax,
    scope: options.retryAfterScope ?? 'host',
    now: options.now,
  });
  const context: Context = { ...options, guard, resolve, connections, hosts };

  return {
    hosts,
    fetchSource: (request, { signal }) =>
      fetchFollowing(context, request.url, {
        signal,
        http: request.http,
        validators: request.validators,
        subscribers: request.subscribers,
        accept: request.accept ?? acceptFeed,
      }),
    fetchPage: (url, page) =>
      fetchFollowing(context, url, {
        ...page,
        http: page.http ?? {},
        validators: null,
        subscribers: undefined,
        accept: page.accept ?? acceptPage,
      }),
    close: () => connections.close(),
  };
}

const acceptFeed =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5';
const acceptPage = 'text/html, application/xhtml+xml, */*;q=0.8';
const headerBytesMax = 32 * 1024;
/** Chunk framing, headers and interim answers on top of the body. */
const readBytesSlack = 2 * 1024 * 1024;
const redirectsMax = 10;
const urlLengthMax = 8 * 1024;

type Context = HttpFetcherOptions & {
  readonly guard: AddressGuard;
  readonly resolve: Resolve;
  readonly connections: Connections;
  readonly hosts: HostLimits;
};

type Job = PageOptions & {
  readonly http: SourceHttp;
  readonly validators: Validators | null;
  readonly subscribers: number | undefined;
  readonly accept: string;
};

/** What one fetch knows while it follows redirects. */
type Chase = {
  url: URL;
  readonly origin: string;
  readonly userinfo: { user: string; password: string } | null;
  /** False from the first redirect to another origin on, even if a later one leads back. */
  trusted: boolean;
  permanent: boolean;
  redirects: number;
  readonly seen: Set<string>;
  startedAt: number;
  deadlineAt: number;
  firstByteMs: number | undefined;
  publicAddress: boolean;
};

async function fetchFollowing(context: Context, text: string, job: Job): Promise<FetchOutcome> {
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

function begin(context: Context, text: string, job: Job): Chase {
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
    trusted: true,
    permanent: true,
    redirects: 0,
    seen: new Set([url.href]),
    startedAt,
    deadlineAt: startedAt + (job.timeoutMs ?? context.timeoutMs),
    firstByteMs: undefined,
    publicAddress: true,
  };
}

function refuse(context: Context, url: URL): void {
  const refusal = context.guard.isOwn(url) ? null : context.guard.judgeUrl(url);
  if (refusal !== null)
    throw new FetchFailure(
      'address-refused',
      `the address of ${url.host || 'this URL'} is not allowed: ${refusal.reason}`,
    );
}

type Place = { readonly host: string; readonly release: () => void };

/** A place at the host of the next request; the one held already serves where the host is the same. */
async function takePlace(context: Context, now: { chase: Chase; job: Job; place: Place | null }): Promise<Place> {
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

async function ask(context: Context, chase: Chase, job: Job): Promise<ExchangeAnswer> {
  const { proxy } = job.http;
  if (proxy !== undefined) await judgeBehindProxy(context, chase.url, proxy);
  for (let attempt = 0; ; attempt++) {
    const askedAt = performance.now();
    const connection = context.connections.take(chase.url.origin, {
      // A bad certificate is accepted from whom the source names, not from whom that one redirects to.
      insecureTls: job.http.insecureTls === true && chase.trusted,
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

function exchangeRequest(context: Context, chase: Chase, job: Job) {
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
    userinfo: chase.userinfo,
    trusted: chase.trusted,
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
async function judgeBehindProxy(context: Context, url: URL, proxy: string): Promise<void> {
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
  if (next.origin !== chase.origin) chase.trusted = false;
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

type Ending = { readonly chase: Chase; readonly job: Job; readonly answer: ExchangeAnswer };

function conclude(context: Context, { chase, job, answer }: Ending): FetchOutcome {
  const { status, headers } = answer;
  const timings = timingsOf(chase);
  const hints = readServerHints(headers, context.now());
  if (hints.retryAfterMs !== undefined && (status === 429 || status === 503))
    context.hosts.silence(chase.url, hints.retryAfterMs);
  if (status === 304) {
    if (!hasValidators(job.validators))
      return failed(
        { class: 'protocol', status, message: `${chase.url.host} says "not modified" without having been asked` },
        timings,
        hints,
      );
    const validators = renewed(job.validators, headers);
    return { kind: 'not-modified', status, validators, permanentUrl: permanentUrlOf(chase), hints, timings };
  }
  if (status === 410) return { kind: 'gone', status, timings };
  if (status === 206)
    return failed({ class: 'truncated', status, message: `${chase.url.host} sent only a part` }, timings, hints);
  if (status < 200 || status > 299 || status === 204 || status === 205) {
    return failed(
      { class: 'status', status, message: `${chase.url.host} answered ${statusText(status)}` },
      timings,
      hints,
    );
  }
  const bytesMax = job.bodyBytesMax ?? context.bodyBytesMax;
  const wire = answer.chunks.length === 1 ? (answer.chunks[0] as Buffer) : Buffer.concat(answer.chunks);
  const decoded = decodeBody(wire, headers['content-encoding'], bytesMax);
  if (!decoded.ok) return failed({ class: decoded.problem, status, message: decoded.message }, timings, hints);
  return {
    kind: 'modified',
    status,
    body: decoded.body,
    contentType: headers['content-type'] ?? null,
    validators: { etag: validator(headers.etag), lastModified: validator(headers['last-modified']) },
    finalUrl: chase.url.href,
    permanentUrl: permanentUrlOf(chase),
    hints,
    links: readLinkHeader(headers.link, chase.url.href),
    timings,
    wireBytes: answer.wireBytes,
  };
}

function hasValidators(validators: Validators | null): validators is Validators {
  return validators !== null && (validators.etag !== null || validators.lastModified !== null);
}

/**
 * A 304 may renew either validator; what it leaves out stays as it was. But one that names another ETag than we sent speaks
 * of a document that we never saw: to keep either would lose its items for ever, so the next fetch asks without.
 */
function renewed(sent: Validators, headers: IncomingHttpHeaders): Validators {
  const etag = validator(headers.etag);
  const lastModified = validator(headers['last-modified']) ?? sent.lastModified;
  if (etag !== null && sent.etag !== null && opaquePart(etag) !== opaquePart(sent.etag))
    return { etag: null, lastModified: null };
  return { etag: etag ?? sent.etag, lastModified };
}

/** Weak comparison (RFC 9110 §8.8.3.2), and without the suffix that compressing servers add and forget. */
function opaquePart(etag: string): string {
  return etag.replace(/^W\//, '').replace(/[-;:]+(?:gzip|br|zstd|deflate)(?="?$)/, '');
}

/** A validator as it came; one that no honest server sends (4 kB) is not worth carrying about. */
function validator(value: string | string[] | undefined): string | null {
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === '' || text.length > 4_096 ? null : text;
}

/** Never a move into a private network, even where an exception lets fetches through. */
function permanentUrlOf(chase: Chase): string | null {
  return chase.redirects > 0 && chase.permanent && chase.publicAddress ? chase.url.href : null;
}

function failed(failure: Failure, timings: FetchTimings, hints: ReturnType<typeof readServerHints>): FetchOutcome {
  return { kind: 'failed', class: failure.class, status: failure.status, message: failure.message, hints, timings };
}

function timingsOf(chase: Chase | null): FetchTimings {
  if (chase === null) return { totalMs: 0 };
  const totalMs = performance.now() - chase.startedAt;
  return chase.firstByteMs === undefined ? { totalMs } : { firstByteMs: chase.firstByteMs, totalMs };
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
