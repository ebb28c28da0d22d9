import type { FetchTimings, Millis, SourceHttp, Validators } from '../model.ts';
import type { AddressGuard } from './address-guard.ts';
import type { Connections } from './connections.ts';
import type { AnswerHeaders } from './exchange.ts';
import type { Resolve } from './guarded-connect.ts';
import type { HostLimits } from './host-limits.ts';

export type PageOptions = {
  readonly signal: AbortSignal;
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly http?: SourceHttp;
  /** The address whose origin the secrets in `http` are for, where that is not this one: a source's pages, or after a move. */
  readonly secretsFor?: string | undefined;
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
  readonly headers: AnswerHeaders;
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

/** What all fetches of one fetcher share. */
export type FetchContext = HttpFetcherOptions & {
  readonly guard: AddressGuard;
  readonly resolve: Resolve;
  readonly connections: Connections;
  readonly hosts: HostLimits;
};

/** One fetch, whoever asked for it. */
export type Job = PageOptions & {
  readonly http: SourceHttp;
  readonly validators: Validators | null;
  readonly subscribers: number | undefined;
  readonly accept: string;
};

/** What one fetch knows while it follows redirects. */
export type Chase = {
  url: URL;
  readonly origin: string;
  readonly userinfo: { user: string; password: string } | null;
  /** The origin that the source's secrets are for; `null` when its address is no URL. */
  readonly secretsOrigin: string | null;
  /** True from the first redirect to another origin on, even if a later one leads back. */
  strayed: boolean;
  permanent: boolean;
  redirects: number;
  readonly seen: Set<string>;
  startedAt: number;
  deadlineAt: number;
  firstByteMs: number | undefined;
  publicAddress: boolean;
};
