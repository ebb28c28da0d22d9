import { inWords } from '../core/schedule/adaptive-interval.ts';
import { never, nextFetch } from '../core/schedule/next-fetch.ts';
import { emptyMemory, type OutcomeSummary } from '../core/schedule/schedule-memory.ts';
import type { FetchOutcome, Millis, Source } from '../model.ts';
import { type ScheduleRules, summarizeRefusal } from './after-fetch.ts';
import { explainFailure } from './explain-failure.ts';
import type { SourceTest } from './operations.ts';
import type { Fetcher, FoundFeed, Reader } from './ports.ts';
import { searchFeeds } from './search-feeds.ts';

export type TestSourceContext = {
  /** A first, unconditional fetch with everything that happened, in order (`fetch/probe`). */
  readonly probe: (
    source: Source,
    options: { signal: AbortSignal },
  ) => Promise<{
    readonly steps: readonly {
      readonly step: string;
      readonly ok: boolean;
      readonly text: string;
      readonly ms?: number;
    }[];
    readonly outcome: FetchOutcome;
  }>;
  readonly mayScrape: (
    url: string,
    options: { signal: AbortSignal; proxy?: string | undefined },
  ) => Promise<{ readonly allowed: boolean; readonly reason: string }>;
  readonly fetcher: Fetcher;
  readonly reader: Reader;
  readonly rules: ScheduleRules;
  readonly now: () => Millis;
};

/** Takes the way of `collectSource` once, stores nothing, and tells what happened. */
export async function testSource(
  source: Source,
  context: TestSourceContext,
  options: { readonly signal: AbortSignal },
): Promise<SourceTest> {
  const steps: SourceTest['steps'][number][] = [];
  const empty = {
    finalUrl: null,
    format: null,
    title: null,
    language: null,
    items: [],
    total: 0,
    warnings: [],
    feedsOnPage: [],
    nextAt: null,
  };
  const stop = (problem: string): SourceTest => ({ ok: false, steps, ...empty, problem });

  if (source.scrape !== undefined) {
    const { allowed, reason } = await context.mayScrape(source.url, { ...options, proxy: source.http.proxy });
    steps.push({ name: 'robots', ok: allowed, detail: reason, ms: null });
    if (!allowed) return stop(explainFailure({ class: 'robots', status: null, message: reason, feedsOnPage: [] }));
  }
  const probed = await context.probe(source, options);
  steps.push(
    ...probed.steps.map(({ step, ok, text, ms }) => ({
      name: step,
      ok,
      detail: text,
      ms: ms === undefined ? null : Math.round(ms),
    })),
  );
  const { outcome } = probed;
  const now = context.now();
  const planNext = (summary: OutcomeSummary) => {
    const next = nextFetch({
      ...{ source, settings: context.rules, outcome: summary },
      ...{ memory: emptyMemory, now, jitter: 0 },
    });
    const when = next.nextAt === never ? '' : `in ${inWords(next.nextAt - now)}: `;
    steps.push({ name: 'next', ok: true, detail: when + next.reason, ms: null });
    return next.nextAt;
  };
  if (outcome.kind === 'failed' || outcome.kind === 'gone') {
    planNext(summarizeRefusal(outcome));
    return stop(
      outcome.kind === 'gone'
        ? 'The publisher says that this feed is gone.'
        : explainFailure({ ...outcome, feedsOnPage: [] }),
    );
  }
  if (outcome.kind === 'not-modified')
    return stop('The server answers that nothing has changed (304), though it was not asked for that.');

  const read = await context.reader.read(
    { source, body: outcome.body, contentType: outcome.contentType, url: outcome.finalUrl, known: [], now },
    options,
  );
  if (read.kind === 'unreadable') {
    steps.push({ name: 'read', ok: false, detail: read.message, ms: null });
    let { feedsOnPage } = read;
    if (read.code === 'not-a-feed' && source.scrape === undefined && feedsOnPage.length === 0) {
      const { feeds, asked } = await searchFeeds({ url: outcome.finalUrl, source }, context, options);
      steps.push({ name: 'search', ok: feeds.length > 0, detail: searchWords(feeds, asked), ms: null });
      feedsOnPage = feeds;
    }
    planNext({ kind: 'failed', class: 'not-a-feed', status: outcome.status, hints: outcome.hints });
    const problem = explainFailure({
      class: read.code === 'not-a-feed' ? 'not-a-feed' : 'document',
      status: null,
      message: read.message,
      feedsOnPage,
    });
    return { ...stop(problem), finalUrl: outcome.finalUrl, feedsOnPage };
  }
  const { result } = read;
  steps.push({
    name: 'read',
    ok: true,
    detail: `${result.format}, ${result.total} items, ${result.warnings.length} warnings`,
    ms: null,
  });
  const nextAt = planNext({
    kind: 'modified',
    newItemTimes: result.items.map(({ item }) => item.publishedAt),
    itemCount: result.total,
    hints: { ...result.feed.hints, ...outcome.hints },
  });
  return {
    ok: true,
    steps,
    finalUrl: outcome.finalUrl,
    format: result.format,
    title: result.feed.title,
    language: result.feed.language,
    items: result.items.map(({ item }) => item),
    total: result.total,
    warnings: result.warnings,
    feedsOnPage: [],
    problem: result.total === 0 ? 'It can be read, but it has no items now.' : null,
    nextAt: nextAt === never ? null : nextAt,
  };
}

function searchWords([feed]: readonly FoundFeed[], asked: number): string {
  if (asked === 0) return 'the page names no feed, and robots.txt does not let the usual addresses be tried';
  return `the page names no feed; ${feed ? `found one at ${feed.url}` : `none at the usual addresses (${asked} asked)`}`;
}
