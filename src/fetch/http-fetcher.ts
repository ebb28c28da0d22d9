import type { FetchOutcome, SourceHttp, Validators } from '../model.ts';
import { bareHostname, createAddressGuard, effectivePort } from './address-guard.ts';
import { createConnections } from './connections.ts';
import type { FetchContext, HttpFetcherOptions, PageOptions } from './fetch-job.ts';
import { fetchFollowing } from './follow-redirects.ts';
import { createResolver } from './guarded-connect.ts';
import { createHostLimits, type HostLimits } from './host-limits.ts';

export type { Hop, HttpFetcherOptions, PageOptions } from './fetch-job.ts';

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
  /** The source's configured address where `url` is another one: secrets are sent to its origin only. Default: `url`. */
  readonly secretsFor?: string;
  /** Shown to the publisher in the User-Agent. */
  readonly subscribers?: number;
  readonly accept?: string;
};

/** Throws `AppError('config-invalid')` for an unreadable `allow`. Opens nothing before the first fetch. */
export function createHttpFetcher(options: HttpFetcherOptions): HttpFetcher {
  const guard = createAddressGuard(options);
  const resolve = createResolver(options.resolve);
  const connections = createConnections({
    guard,
    ownGuard: { allows: (_address, target) => isOwnTarget(options.allowOwn?.origin, target) },
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
  const context: FetchContext = { ...options, guard, resolve, connections, hosts };

  return {
    hosts,
    fetchSource: (request, { signal }) =>
      fetchFollowing(context, request.url, {
        signal,
        http: request.http,
        secretsFor: request.secretsFor,
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

/** Asked anew each time: the service knows its own port only once it listens. */
function isOwnTarget(
  origin: string | undefined,
  target: { readonly hostname: string; readonly port: number },
): boolean {
  if (origin === undefined) return false;
  const own = new URL(origin);
  return target.hostname === bareHostname(own) && target.port === effectivePort(own);
}

/** What a feed may be served as, in order of preference. */
export const acceptFeed =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5';
const acceptPage = 'text/html, application/xhtml+xml, */*;q=0.8';
const headerBytesMax = 32 * 1024;
/** Chunk framing, headers and interim answers on top of the body. */
const readBytesSlack = 2 * 1024 * 1024;
