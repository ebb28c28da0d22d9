import { randomUUID } from 'node:crypto';
import type { LiveConfig } from '../config/watch-config.ts';
import type { Lexicon } from '../core/lexicon/lexicon.ts';
import { compileTopics } from '../core/topics/compile-topics.ts';
import { AppError } from '../errors.ts';
import type { HttpFetcher } from '../fetch/http-fetcher.ts';
import { probe } from '../fetch/probe.ts';
import type { Robots } from '../fetch/robots.ts';
import type { Millis, Source, SourceHttp, SourceId } from '../model.ts';
import { correctStories } from '../pipeline/correct-stories.ts';
import type { Operations } from '../pipeline/operations.ts';
import type { Cache, Reader, Store } from '../pipeline/ports.ts';
import { previewTopic } from '../pipeline/preview-topic.ts';
import { createRulesSuggester } from '../pipeline/suggest-scrape-rules.ts';
import { testSource } from '../pipeline/test-source.ts';
import type { CollectRole } from './collect-role.ts';
import type { DedupRole } from './dedup-role.ts';

export type OperationsDeps = {
  readonly config: LiveConfig;
  readonly store: Store;
  readonly cache: Cache;
  /** A fetcher of its own for each test, so that no kept connection hides the first steps. */
  readonly openFetcher: () => HttpFetcher;
  readonly fetcher: HttpFetcher;
  readonly robots: Robots;
  readonly reader: Reader;
  readonly sources: () => ReadonlyMap<SourceId, Source>;
  readonly collectRole: CollectRole;
  readonly dedup: DedupRole;
  readonly encoder: () => { readonly name: string; readonly detail: string };
  readonly lexicon: () => Promise<Lexicon>;
  readonly now: () => Millis;
  readonly startedAt: Millis;
  readonly version: string;
  readonly signal: AbortSignal;
};

/** Joins what pages, API and shell can do. */
export function createOperations(deps: OperationsDeps): Operations {
  const { config, store, signal, now } = deps;
  const corrections = correctStories({ store, now, newId: randomUUID });
  const woken = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    deps.dedup.deduper.wake();
    deps.cache.publish('items', 'correction');
    return result;
  };
  const suggest = async (url: string, how: { http?: SourceHttp; timeoutMs?: number } = {}) => {
    // Loaded when somebody asks: an HTML parser, a DOM and the article finder are a tenth of this process's memory.
    const { suggestScrape } = await import('../pipeline/suggest-scrape.ts');
    return suggestScrape(
      url,
      { fetchPage: deps.fetcher.fetchPage, mayScrape: deps.robots.check, now: now() },
      { ...how, signal },
    );
  };
  const suggestRules = createRulesSuggester(suggest);
  return {
    collectNow: id => deps.collectRole.collectNow(id, signal),
    testSource: async source => {
      const { collect } = config.current().settings;
      const fetcher = deps.openFetcher();
      try {
        return await testSource(
          source,
          {
            probe: ({ url, http }, options) => probe(url, { fetcher, http, ...options }),
            mayScrape: (url, options) => deps.robots.check(url, options),
            fetcher,
            reader: deps.reader,
            rules: {
              intervalMinMs: collect.intervalMin,
              intervalMaxMs: collect.intervalMax,
              schedule: collect.schedule,
            },
            now,
          },
          { signal },
        );
      } finally {
        await fetcher.close();
      }
    },
    suggestScrape: url => suggest(url),
    suggestRules: async id => {
      const source = deps.sources().get(id);
      if (!source) throw new AppError('not-found', `There is no source "${id}".`);
      return suggestRules({ ...source, lastFetchAt: (await store.sources.get(id))?.lastFetchAt ?? null });
    },
    previewTopic: async (topic, { days, limit }) => {
      const lexicon = await deps.lexicon();
      return previewTopic(topic, {
        stories: store.stories,
        compile: topics => compileTopics(topics, { lexicon }),
        tagsOf: id => deps.sources().get(id)?.tags ?? [],
        since: now() - days * 86_400_000,
        limit,
      });
    },
    split: (storyId, itemIds, by) => woken(corrections.split(storyId, itemIds, by)),
    merge: (storyIds, by) => woken(corrections.merge(storyIds, by)),
    neverMerge: (a, b, by) => woken(corrections.neverMerge(a, b, by)),
    undo: (action, by) => woken(corrections.undo(action, by)),
    status: () => ({
      version: deps.version,
      startedAt: deps.startedAt,
      roles: config.current().settings.roles,
      collecting: deps.collectRole.collector.activity(),
      dedup: deps.dedup.deduper.status(),
      encoder: deps.encoder(),
      cache: { engine: deps.cache.engine, ...deps.cache.status() },
      store: { engine: store.engine, ok: true, detail: '' },
      configProblem: config.problem(),
    }),
  };
}
