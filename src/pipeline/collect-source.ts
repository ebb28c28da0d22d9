import { isFullFetchDue } from '../core/schedule/schedule-memory.ts';
import { hash128 } from '../core/text/hash.ts';
import type { FetchOutcome, Millis, Source } from '../model.ts';
import { afterFetch, type FetchEnd, memoryOf, readingVersion, type ScheduleRules } from './after-fetch.ts';
import type {
  Fetcher,
  FetchRecord,
  Reader,
  ReadItem,
  ReadResult,
  SourceClaim,
  SourceState,
  SourceStore,
} from './ports.ts';
import { feedsBeside } from './search-feeds.ts';

export type CollectContext = {
  readonly sources: SourceStore;
  readonly fetcher: Fetcher;
  readonly reader: Reader;
  /** Scraped pages ask robots.txt; the answer is in words when it is no. */
  readonly mayScrape: (
    url: string,
    options: { signal: AbortSignal; proxy?: string | undefined },
  ) => Promise<{ readonly allowed: boolean; readonly reason: string }>;
  readonly rules: () => ScheduleRules;
  /** A hub pushes news of this source: polling is only the safety net. */
  readonly isPushed: (source: Source) => boolean;
  /** Told to publishers, who count their readers by it. */
  readonly subscribers: () => number | undefined;
  /** Until when the host of this address wants silence (`Retry-After`), and the hosts that means. */
  readonly silenceOf: (url: string) => { readonly until: Millis; readonly hosts: readonly string[] } | null;
  readonly now: () => Millis;
  readonly random: () => number;
};

/** The latest items of a source that are held against a document; more than any feed shows. */
const knownMax = 4000;
const pagesMaxDefault = 1;

/**
 * The page to read first: what happens to one source, in order. Fetch; if not modified, note it; parse and normalize what
 * is new; save items **and** validators in one transaction, because a validator stored without its items would make the
 * next 304 lose them for ever.
 * @returns what happened, or `refused` when another process had taken the source over meanwhile
 */
export async function collectSource(
  source: Source,
  claim: SourceClaim,
  context: CollectContext,
  options: { readonly signal: AbortSignal; readonly pushed?: PushedDocument },
): Promise<FetchRecord | 'refused' | 'aborted'> {
  const startedAt = context.now();
  const { state } = claim;
  const fetched = options.pushed ?? (await fetchDocument(source, state, context, options));
  if (fetched.kind === 'failed' && fetched.class === 'aborted') {
    await context.sources.release([{ sourceId: source.id, token: claim.token }]);
    return 'aborted';
  }
  const end = await read(source, state, fetched, context, options).catch(ifStopped(options.signal));
  if (end === 'stopped') {
    await context.sources.release([{ sourceId: source.id, token: claim.token }]);
    return 'aborted';
  }
  const silence = fetched.kind === 'failed' ? context.silenceOf(state.url) : null;
  const { record, changes } = afterFetch({
    source,
    state,
    end,
    rules: context.rules(),
    startedAt,
    now: context.now(),
    jitter: context.random(),
    pushed: context.isPushed(source),
    delivered: options.pushed !== undefined,
    silentUntil: silence?.until ?? null,
  });
  const items = end.kind === 'read' ? end.result.items : [];
  const saved = await context.sources.save({ sourceId: source.id, token: claim.token, state: changes, items, record });
  // What one source was told holds for all of its host, in every process.
  if (silence !== null) await context.sources.postpone(silence.hosts, silence.until);
  return saved === 'refused' ? 'refused' : record;
}

/** Reading that a shutdown cut short is no failure: whoever comes next starts it again. */
function ifStopped(signal: AbortSignal): (error: unknown) => 'stopped' {
  return error => {
    if (signal.aborted) return 'stopped';
    throw error;
  };
}

/** A document that a hub delivered by itself takes the same way as one that was fetched. */
export type PushedDocument = Extract<FetchOutcome, { kind: 'modified' }>;

async function fetchDocument(
  source: Source,
  state: SourceState,
  context: CollectContext,
  { signal }: { readonly signal: AbortSignal },
): Promise<FetchOutcome> {
  if (source.scrape !== undefined) {
    const { allowed, reason } = await context.mayScrape(state.url, { signal, proxy: source.http.proxy });
    if (!allowed)
      return { kind: 'failed', class: 'robots', status: null, message: reason, hints: {}, timings: { totalMs: 0 } };
  }
  const subscribers = context.subscribers();
  // Once a week without validators: some servers answer 304 for ever once they have begun to.
  const memory = memoryOf(state);
  // After an edit of the rules, too: a 304 would keep the items that the old rules found.
  const whole =
    isFullFetchDue(memory.schedule, context.now()) ||
    (memory.reading !== null && memory.reading !== readingVersion(source));
  return context.fetcher.fetchSource(
    {
      url: state.url,
      validators: whole ? { etag: null, lastModified: null } : state.validators,
      http: source.http,
      secretsFor: source.url,
      ...(subscribers === undefined ? {} : { subscribers }),
    },
    { signal },
  );
}

async function read(
  source: Source,
  state: SourceState,
  fetched: FetchOutcome,
  context: CollectContext,
  options: { readonly signal: AbortSignal },
): Promise<FetchEnd> {
  if (fetched.kind !== 'modified') return { kind: 'unmodified', fetched };
  const bodyHash = hash128(hash128(fetched.body) + readingVersion(source));
  // A server that ignores validators is found out here, and its document is not parsed again.
  if (bodyHash === state.bodyHash) return { kind: 'same-body', fetched, bodyHash };

  const known = await context.sources.known(source.id, knownMax);
  const request = { source, contentType: fetched.contentType, known, now: context.now() };
  const first = await context.reader.read({ ...request, body: fetched.body, url: fetched.finalUrl }, options);
  if (first.kind === 'unreadable')
    return {
      ...first,
      fetched,
      ...(await feedsBeside({ source, state, page: first, url: fetched.finalUrl }, context, options)),
    };
  const result = await readNextPages(source, first.result, request, context, options);
  return { kind: 'read', fetched, bodyHash, result };
}

/** A scraped list may go on over several pages; a later page that fails costs only its own items. */
async function readNextPages(
  source: Source,
  first: ReadResult,
  request: Omit<Parameters<Reader['read']>[0], 'body' | 'url'>,
  context: CollectContext,
  options: { readonly signal: AbortSignal },
): Promise<ReadResult> {
  let result = first;
  const pagesMax = source.scrape?.pagesMax ?? pagesMaxDefault;
  const seen = new Set<string>();
  for (let page = 2; page <= pagesMax && result.nextUrl !== null && !seen.has(result.nextUrl); page++) {
    const url = result.nextUrl;
    seen.add(url);
    const fetched = await context.fetcher.fetchSource(
      { url, validators: { etag: null, lastModified: null }, http: source.http, secretsFor: source.url },
      options,
    );
    if (fetched.kind !== 'modified') break;
    const next = await context.reader.read(
      { ...request, contentType: fetched.contentType, body: fetched.body, url: fetched.finalUrl },
      options,
    );
    if (next.kind === 'unreadable') break;
    result = joinPages(result, next.result);
  }
  return result;
}

function joinPages(a: ReadResult, b: ReadResult): ReadResult {
  const ids = new Set(a.items.map(({ item }) => item.id));
  const fresh: readonly ReadItem[] = b.items.filter(({ item }) => !ids.has(item.id));
  return {
    ...a,
    items: [...a.items, ...fresh],
    total: a.total + b.total,
    publishedAts: [...a.publishedAts, ...b.publishedAts],
    refusedByWords: a.refusedByWords + b.refusedByWords,
    warnings: [...a.warnings, ...b.warnings],
    nextUrl: b.nextUrl,
  };
}
