import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCollectRole } from './app/collect-role.ts';
import { createDedupRole } from './app/dedup-role.ts';
import { loadLexicon } from './app/load-lexicon.ts';
import { forgetDeadHolders, holderName } from './app/local-holders.ts';
import { createMetrics } from './app/metrics.ts';
import { createOperations } from './app/operations.ts';
import { repairSchedules, watchClock } from './app/repair-clock.ts';
import { openCache } from './cache/open-cache.ts';
import { createConfigEditor } from './config/edit-config.ts';
import type { Environment } from './config/environment.ts';
import type { LiveConfig } from './config/watch-config.ts';
import { describeEvidence } from './core/dedup/describe-evidence.ts';
import { chooseEncoder } from './encoders/choose-encoder.ts';
import { createOptionalVectors } from './encoders/optional-vectors.ts';
import { createHttpFetcher, type HttpFetcher } from './fetch/http-fetcher.ts';
import { createRobots, type Robots } from './fetch/robots.ts';
import type { Millis, Source, SourceId, TopicId } from './model.ts';
import type { Cache, FetchRecord, Log, Store } from './pipeline/ports.ts';
import { readArticles } from './pipeline/read-articles.ts';
import { syncTopics, type TopicRegistry } from './pipeline/topic-registry.ts';
import { createThreadReader } from './reader/thread-reader.ts';
import { samplePath, sampleSources } from './samples/newsroom.ts';
import { openStore } from './store/open-store.ts';
import { createWeb } from './web/create-web.ts';
import { createFeedPublisher } from './web/feed-publisher.ts';
import type { WebContext } from './web/web-context.ts';
import { createArticleReader } from './worker/article-reader.ts';
import { createKeeper } from './worker/keeper.ts';

export type AppOptions = {
  readonly config: LiveConfig;
  readonly environment: Environment;
  readonly log: Log;
  readonly now?: () => Millis;
  readonly random?: () => number;
  readonly version: string;
  /** Told of every collected source: `collect --once` shows its progress with it. */
  readonly onCollected?: (source: Source, record: FetchRecord) => void;
};

export type App = {
  readonly context: WebContext;
  readonly store: Store;
  readonly cache: Cache;
  /** Listens (when this process has the web role or serves samples), then starts the workers of its roles. */
  start(): Promise<{ readonly url: string | null }>;
  /** Fetches every source once, folds what came, and answers how many sources failed. */
  collectOnce(
    ids: readonly SourceId[] | null,
    signal: AbortSignal,
  ): Promise<{ readonly collected: number; readonly failed: number }>;
  stop(): Promise<void>;
};

/** SIGTERM: running fetches may finish for so long, then their leases are handed back. */
const drainMs = 20_000;

/**
 * The composition root: configuration in, everything wired, one way to stop it. Nothing listens or runs before `start`.
 * @throws AppError store-unavailable when the store cannot be opened
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, log, now = Date.now, random = Math.random } = options;
  const settings = () => config.current().settings;
  const startedAt = now();
  const holder = holderName();
  const store = await openStore(settings().store.url, { now });
  const cache = await openCache(settings().cache.url, { now });
  const abort = new AbortController();
  const has = (role: 'web' | 'collect' | 'dedup') => settings().roles.includes(role);

  // ── Configuration that lives ──────────────────────────────────────────────────────────────────────────────────
  let origin = `http://127.0.0.1:${settings().server.port}`;
  let sources: ReadonlyMap<SourceId, Source> = new Map();
  let titles: ReadonlyMap<SourceId, { title: string | null; link: string | null }> = new Map();
  let registry: TopicRegistry = await syncTopics(store.facts, config.current().topics, now());
  const readSources = (): void => {
    const all = [...config.current().sources, ...(settings().samples ? sampleSources(origin) : [])];
    sources = new Map(all.map(source => [source.id, source]));
  };
  const adoptConfig = async (): Promise<void> => {
    readSources();
    await store.sources.sync([...sources.values()], now());
    registry = await syncTopics(store.facts, config.current().topics, now());
  };
  const readTitles = async (): Promise<void> => {
    titles = new Map((await store.sources.list()).map(({ sourceId, title, link }) => [sourceId, { title, link }]));
  };
  readSources();

  // ── Adapters and roles ────────────────────────────────────────────────────────────────────────────────────────
  const { collect } = settings();
  const openFetcher = () =>
    createHttpFetcher({
      allow: collect.allow,
      // The only private address that may be fetched without being listed: our own samples.
      allowOwn: settings().samples ? { origin, pathPrefix: samplePath } : undefined,
      userAgent: collect.userAgent.replace('{publicUrl}', settings().server.publicUrl),
      timeoutMs: collect.timeout,
      bodyBytesMax: collect.bodyMax,
      perHostMax: collect.perHost,
      retryAfterScope: collect.retryAfterScope,
      now,
    });
  // Opened by the first fetch, when the port that serves the samples is known.
  let opened: HttpFetcher | null = null;
  const realFetcher = (): HttpFetcher => {
    opened ??= openFetcher();
    return opened;
  };
  const fetcher: HttpFetcher = {
    fetchSource: (request, how) => realFetcher().fetchSource(request, how),
    fetchPage: (url, how) => realFetcher().fetchPage(url, how),
    get hosts() {
      return realFetcher().hosts;
    },
    close: async () => opened?.close(),
  };
  const reader = createThreadReader();
  const robotsOfOthers = createRobots({ fetcher, productToken: 'newsfold', now });
  const robots: Robots = {
    // Our own sample newsroom has no robots.txt, and the guard lets only its pages through.
    check: async (url, how) =>
      settings().samples && url.startsWith(`${origin}${samplePath}`)
        ? { allowed: true, crawlDelayMs: 0, reason: 'these are newsfold’s own samples' }
        : robotsOfOthers.check(url, how),
  };
  const notify = (topics: readonly TopicId[]): void => {
    for (const topic of ['all', ...topics]) {
      publisher.drop(topic);
      cache.publish('topic', topic);
    }
  };
  const vectors = createOptionalVectors(chooseEncoder(settings().dedup, { fetch }), { now });
  const dedup = createDedupRole({
    config,
    store,
    lexicon: loadLexicon,
    registry: () => registry,
    sources: () => sources,
    encode: (texts, how) => vectors.vectorsOf(texts, how),
    holder,
    log,
    now,
    onTouched: notify,
  });
  const collectRole = createCollectRole({
    config,
    store,
    fetcher,
    robots,
    reader,
    sources: () => sources,
    isPushed: () => false,
    holder,
    log,
    now,
    random,
    onCollected: (source, record) => {
      if (record.itemsNew + record.itemsEdited > 0) {
        dedup.deduper.wake();
        cache.publish('items', source.id);
        if (record.itemsEdited > 0) notify([]);
      }
      options.onCollected?.(source, record);
    },
  });
  const articles = createArticleReader({
    log,
    read: async signal => {
      const sourceIds = [...sources.values()].filter(source => source.fullText && !source.paused).map(({ id }) => id);
      if (sourceIds.length === 0) return 0;
      const read = await readArticles(
        {
          items: store.items,
          reader,
          fetchPage: (url, how) => fetcher.fetchPage(url, how),
          mayScrape: (url, how) => robots.check(url, how),
          now,
        },
        { sourceIds, limit: 8, signal },
      );
      if (read > 0) dedup.deduper.wake();
      return read;
    },
  });
  const keeper = createKeeper({
    leases: store.leases,
    holder,
    now,
    log,
    prune: () => {
      const { retention } = settings();
      return store.maintenance.prune({
        olderThan: now() - retention.items,
        perSourceMax: retention.itemsPerSource,
        batch: 200,
        now: now(),
      });
    },
  });

  // ── Web ───────────────────────────────────────────────────────────────────────────────────────────────────────
  const installationId = await installation(store);
  const publicUrl = () => settings().server.publicUrl;
  const hubUrls = () => {
    const { hub } = settings().server;
    return hub === 'none' ? [] : [hub === 'built-in' ? `${publicUrl()}/hub` : hub];
  };
  const sourceTitle = (id: SourceId) => sources.get(id)?.title ?? titles.get(id)?.title ?? id;
  const publisher = createFeedPublisher({
    stories: store.stories,
    cache,
    now,
    installationId,
    site: () => ({
      publicUrl: publicUrl(),
      hubUrls: hubUrls(),
      sourceOf: id => ({
        title: sourceTitle(id),
        homeUrl: titles.get(id)?.link ?? null,
        feedUrl: sources.get(id)?.url ?? null,
      }),
      revision: config.current().revisions.sources,
    }),
  });
  const metrics = createMetrics({
    store,
    cache,
    config,
    startedAt,
    now,
    collecting: () => collectRole.collector.activity(),
  });
  const operations = createOperations({
    config,
    store,
    cache,
    fetcher,
    openFetcher,
    encoder: () => ({ name: vectors.name, detail: vectors.status().detail }),
    reader,
    robots,
    sources: () => sources,
    collectRole,
    dedup,
    lexicon: loadLexicon,
    now,
    startedAt,
    version: options.version,
    signal: abort.signal,
  });
  const context: WebContext = {
    config,
    store,
    cache,
    publisher,
    publicUrl,
    hubUrls,
    operations,
    log,
    now,
    sourceTitle,
    describeEvidence,
    editor: createConfigEditor({ dir: config.current().dir, environment: options.environment, now }),
    registry: () => registry,
    sources: () => sources,
    samples: settings().samples ? { origin: () => origin, startedAt } : null,
    readiness: () => readiness(),
    metrics: () => metrics.render(),
  };
  const readiness = async (): Promise<string[]> => {
    const reasons: string[] = [];
    const problem = config.problem();
    if (problem !== null) reasons.push(`config: ${problem}`);
    await store.maintenance.check().catch((error: Error) => reasons.push(`store: ${error.message}`));
    const cacheStatus = cache.status();
    if (!cacheStatus.ok) reasons.push(`cache: ${cacheStatus.detail} (feeds are served all the same)`);
    return reasons;
  };

  let server: Server | null = null;
  const unsubscribe = [
    cache.subscribe('topic', topic => publisher.drop(topic)),
    cache.subscribe('items', () => dedup.deduper.wake()),
  ];
  config.onChange((next, previous) => {
    adoptConfig()
      .then(() => {
        log.info('configuration taken over', { sources: next.sources.length, topics: next.topics.length });
        if (JSON.stringify(next.settings) !== JSON.stringify(previous.settings))
          log.info('some settings take effect at the next start');
        notify(registry.topics.map(({ id }) => id));
        collectRole.collector.wake();
        dedup.deduper.wake();
      })
      .catch(error => log.error('the new configuration could not be taken over', { error }));
  });
  const titleTimer = setInterval(() => void readTitles().catch(() => undefined), 10_000);
  titleTimer.unref();

  const repair = async (): Promise<void> => {
    const repaired = await repairSchedules({ config, sources: store.sources, configured: () => sources, now });
    if (repaired > 0) log.warn('the clock was set back; schedules were put right', { sources: repaired });
  };
  const endClockWatch = watchClock(now, () => {
    repair().catch(error => log.warn('schedules could not be put right', { error }));
  });

  const listen = async (port: number): Promise<string> => {
    const { host } = settings().server;
    server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000 }, createWeb(context));
    const listening = server;
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(port, host, resolve);
    });
    const address = listening.address() as AddressInfo;
    origin = `http://${address.address === '::' || address.address === '0.0.0.0' ? '127.0.0.1' : address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
    return origin;
  };

  return {
    context,
    store,
    cache,
    start: async () => {
      const url = has('web') || settings().samples ? await listen(settings().server.port) : null;
      await forgetDeadHolders(store.leases, holder);
      await adoptConfig();
      await repair();
      await readTitles();
      if (has('dedup')) dedup.deduper.start();
      if (has('collect')) {
        collectRole.collector.start();
        articles.start();
      }
      keeper.start();
      return { url };
    },
    collectOnce: async (ids, signal) => {
      // Samples are collected over real HTTP, so they need their server; any free port will do when one is taken.
      if (settings().samples) await listen(settings().server.port).catch(() => listen(0));
      await forgetDeadHolders(store.leases, holder);
      await adoptConfig();
      dedup.deduper.start();
      const wanted = ids ?? [...sources.keys()];
      let failed = 0;
      const queue = [...wanted];
      const work = async (): Promise<void> => {
        for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift()) {
          const record = await collectRole.collectNow(id, signal);
          if (
            typeof record === 'string' ||
            record.outcome === 'failed' ||
            record.outcome === 'unreadable' ||
            record.outcome === 'gone'
          )
            failed++;
        }
      };
      await Promise.all(Array.from({ length: Math.min(settings().collect.concurrency, wanted.length) }, work));
      await dedup.deduper.idle();
      return { collected: wanted.length, failed };
    },
    stop: async () => {
      clearInterval(titleTimer);
      endClockWatch();
      for (const end of unsubscribe) end();
      await Promise.all([collectRole.collector.stop(drainMs), articles.stop()]);
      await dedup.deduper.stop();
      await keeper.stop();
      abort.abort(new Error('newsfold is shutting down'));
      await new Promise<void>(resolve => {
        if (!server?.listening) return resolve();
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server?.closeAllConnections(), 2000).unref();
      });
      await fetcher.close();
      await reader.close();
      await cache.close();
      await store.close();
      config.stop();
    },
  };
}

/** Part of every feed's id, so that two installations never publish the same one. */
async function installation(store: Store): Promise<string> {
  const known = await store.facts.get('installation');
  if (known !== null) return known;
  await store.facts.compareAndSet('installation', null, randomUUID());
  return (await store.facts.get('installation')) ?? randomUUID();
}
