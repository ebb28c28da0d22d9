import type { FetchOutcome, SourceHttp } from '../model.ts';
import { acceptFeed, type Hop, type HttpFetcher } from './http-fetcher.ts';

/** One thing that happened while an address was tried, in order, for people. */
export type ProbeStep = {
  readonly step:
    | 'dns'
    | 'connect'
    | 'tls'
    | 'answer'
    | 'redirect'
    | 'validators'
    | 'caching'
    | 'body'
    | 'refetch'
    | 'failed';
  readonly ok: boolean;
  readonly text: string;
  readonly ms?: number;
};

export type Probe = {
  readonly url: string;
  readonly steps: readonly ProbeStep[];
  /** The first, unconditional fetch: its body is for the parser. */
  readonly outcome: FetchOutcome;
};

/**
 * Fetches an address as the collector would and tells what happened: DNS, connect, TLS, answers and redirects, validators,
 * size, and whether a second, conditional request is answered with 304. Use a fetcher of its own, so that no kept
 * connection hides the first steps.
 */
export async function probe(
  url: string,
  options: {
    readonly fetcher: Pick<HttpFetcher, 'fetchPage' | 'fetchSource'>;
    readonly http?: SourceHttp;
    readonly signal: AbortSignal;
  },
): Promise<Probe> {
  const steps: ProbeStep[] = [];
  const hops: Hop[] = [];
  const http = options.http ?? {};
  const outcome = await options.fetcher.fetchPage(url, {
    signal: options.signal,
    http,
    accept: acceptFeed,
    onHop: hop => {
      hops.push(hop);
      steps.push(...connectionSteps(hop), answerStep(hop));
    },
    onBroken: broken => steps.push(...connectionSteps(broken)),
  });
  steps.push(...outcomeSteps(outcome, hops.at(-1)));
  if (outcome.kind === 'modified' && (outcome.validators.etag !== null || outcome.validators.lastModified !== null)) {
    steps.push(await refetch(url, outcome, { ...options, http }));
  }
  return { url, steps, outcome };
}

function connectionSteps({ url, timings }: Pick<Hop, 'url' | 'timings'>): ProbeStep[] {
  const { dnsMs, connectMs, tlsMs } = timings;
  const host = new URL(url).host;
  const steps: ProbeStep[] = [];
  if (dnsMs !== undefined) steps.push({ step: 'dns', ok: true, text: `${host} found`, ms: dnsMs });
  if (connectMs !== undefined) steps.push({ step: 'connect', ok: true, text: `connected to ${host}`, ms: connectMs });
  if (tlsMs !== undefined)
    steps.push({ step: 'tls', ok: true, text: 'secure connection, certificate accepted', ms: tlsMs });
  return steps;
}

function answerStep(hop: Hop): ProbeStep {
  const text = `${hop.status} over HTTP/${hop.httpVersion}`;
  const ms = hop.timings.firstByteMs ?? hop.timings.totalMs;
  if (hop.location === null) return { step: 'answer', ok: hop.status < 400, text, ms };
  return { step: 'redirect', ok: true, text: `${text} to ${withoutSecrets(hop.location, hop.url)}`, ms };
}

/** What a Location says, without credentials in it. */
function withoutSecrets(location: string, base: string): string {
  const url = URL.parse(location, base);
  if (url === null) return 'something that is not a URL';
  url.username = '';
  url.password = '';
  return url.href;
}

function outcomeSteps(outcome: FetchOutcome, last: Hop | undefined): ProbeStep[] {
  if (outcome.kind === 'failed')
    return [{ step: 'failed', ok: false, text: `${outcome.message} (${outcome.class})`, ms: outcome.timings.totalMs }];
  if (outcome.kind === 'gone')
    return [
      {
        step: 'failed',
        ok: false,
        text: 'the server says that it is gone for ever (410)',
        ms: outcome.timings.totalMs,
      },
    ];
  if (outcome.kind === 'not-modified') return [];
  const { etag, lastModified } = outcome.validators;
  const given = [
    etag === null ? null : `ETag ${etag}`,
    lastModified === null ? null : `Last-Modified ${lastModified}`,
  ].filter(part => part !== null);
  const cacheControl = last?.headers['cache-control'];
  const encoding = last?.headers['content-encoding'];
  return [
    given.length > 0
      ? { step: 'validators', ok: true, text: given.join(', ') }
      : { step: 'validators', ok: false, text: 'no ETag and no Last-Modified: every fetch sends the whole document' },
    ...(cacheControl === undefined
      ? []
      : [{ step: 'caching' as const, ok: true, text: `Cache-Control: ${cacheControl}` }]),
    {
      step: 'body',
      ok: true,
      text: `${outcome.body.length} bytes${encoding === undefined ? '' : ` (${outcome.wireBytes} as ${encoding})`}, ${outcome.contentType ?? 'no content type'}`,
      ms: outcome.timings.totalMs,
    },
  ];
}

async function refetch(
  url: string,
  first: Extract<FetchOutcome, { kind: 'modified' }>,
  options: {
    readonly fetcher: Pick<HttpFetcher, 'fetchSource'>;
    readonly http: SourceHttp;
    readonly signal: AbortSignal;
  },
): Promise<ProbeStep> {
  const again = await options.fetcher.fetchSource(
    { url, validators: first.validators, http: options.http },
    { signal: options.signal },
  );
  const ms = again.timings.totalMs;
  switch (again.kind) {
    case 'not-modified':
      return { step: 'refetch', ok: true, text: 'asked again with the validators: 304, nothing was sent twice', ms };
    case 'modified':
      return {
        step: 'refetch',
        ok: false,
        text: 'asked again with the validators: the server ignores them and sends everything',
        ms,
      };
    case 'gone':
      return { step: 'refetch', ok: false, text: 'asked again: gone', ms };
    case 'failed':
      return { step: 'refetch', ok: false, text: `asked again: ${again.message}`, ms };
    default:
      return again satisfies never;
  }
}
