import { setTimeout as sleep } from 'node:timers/promises';
import { createCatalog } from './app/catalog.ts';
import { collectOnce, type OnceResult } from './app/collect-once.ts';
import { createCollectRole, recallSilences } from './app/collect-role.ts';
import { createDedupRole } from './app/dedup-role.ts';
import { imageKey, installationId } from './app/installation-id.ts';
import { createKeeperRole } from './app/keeper-role.ts';
import { lazyMetrics } from './app/lazy-metrics.ts';
import { loadLexicon } from './app/load-lexicon.ts';
import { forgetDeadHolders, holderName } from './app/local-holders.ts';
import { lazyFetcher, openFetcher, robotsFor } from './app/open-fetcher.ts';
import { openWorkBoard } from './app/open-work-board.ts';
import { createOperations } from './app/operations.ts';
import { createOwnServer } from './app/own-server.ts';
import { checkReadiness } from './app/readiness.ts';
import { repairSchedules, watchClock } from './app/repair-clock.ts';
import { createWebSubRole } from './app/websub-role.ts';
import { openCache } from './cache/open-cache.ts';
import { createConfigEditor } from './config/edit-config.ts';
import type { Environment } from './config/environment.ts';
import type { Role } from './config/settings.ts';
import type { LiveConfig } from './config/watch-config.ts';
import { describeEvidence } from './core/dedup/describe-evidence.ts';
import { chooseEncoder } from './encoders/choose-encoder.ts';
import { createOptionalVectors } from './encoders/optional-vectors.ts';
import type { Resolve } from './fetch/guarded-connect.ts';
import type { Millis, Source, SourceId, TopicId } from './model.ts';
import type { Cache, FetchRecord, Log, Store } from './pipeline/ports.ts';
import { createProcessReader, type ProcessReaderOptions } from './reader/process-reader.ts';
import { samplePath } from './samples/newsroom.ts';
import { openStore } from './store/open-store.ts';
import { createWeb } from './web/create-web.ts';
import { createFeedPublisher } from './web/feed-publisher.ts';
import type { WebContext } from './web/web-context.ts';
import { createArticleReader } from './worker/article-reader.ts';

export type AppOptions = {
  readonly config: LiveConfig;
  readonly environment: Environment;
  readonly log: Log;
  readonly now?: () => Millis;
  readonly random?: () => number;
  /** How much longer than its fetch may take a source stays leased; tests make it short. */
  readonly leaseSlackMs?: number;
  readonly version: string;
  /** Looks names up; the system's resolver by default. The address guard judges what it answers. */
  readonly resolve?: Resolve;
  /** Bounds of one document's reading. */
  readonly reading?: ProcessReaderOptions;
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
  /** A round of housekeeping now. @returns how many rows went */
  keepNow(): Promise<number>;
  collectOnce(ids: readonly SourceId[] | null, signal: AbortSignal): Promise<OnceResult>;
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
  const has = (role: Role) => settings().roles.includes(role);
  const startedAt = now();
  const holder = holderName();
  const abort = new AbortController();
  let origin = `http://127.0.0.1:${settings().server.port}`;

  // ── Adapters ──────────────────────────────────────────────────────────────────────────────────────────────────
  const store = await openStore(settings().store.url, { now });
  const cache = await openCache(settings().cache.url, { now });
  const catalog = await createCatalog({ config, store, origin: () => origin, now });
  const { sources, registry, sourceTitle } = catalog;
  const ownFetcher = () => openFetcher(settings(), origin, { now, resolve: options.resolve });
  const fetcher = lazyFetcher(ownFetcher);
  const robots = robotsFor(fetcher, {
    now,
    isOwnSample: url => settings().samples && url.startsWith(origin + samplePath),
  });
  const reader = createProcessReader(options.reading);
  const vectors = createOptionalVectors(chooseEncoder(settings().dedup, { fetch, cacheFolder: 'data/models' }), {
    now,
  });
  const server = createOwnServer();

  // ── Roles ─────────────────────────────────────────────────────────────────────────────────────────────────────
  const notify = (topics: readonly TopicId[]): void => {
    for (const topic of ['all', ...topics]) {
      publisher.drop(topic);
      cache.publish('topic', topic);
    }
  };
  const dedup = createDedupRole({
    ...{ config, store, registry, sources, holder, log, now },
    lexicon: loadLexicon,
    encoder: vectors.name,
    encode: (texts, how) => vectors.vectorsOf(texts, how),
    onTouched: topics => {
      notify(topics);
      webSub.touched(topics);
    },
  });
  const collect = createCollectRole({
    ...{ config, store, fetcher, robots, reader, sources, holder, log, now, random },
    ...(options.leaseSlackMs === undefined ? {} : { leaseSlackMs: options.leaseSlackMs }),
    isPushed: source => webSub.subscriptions.isPushed(source.id),
    onCollected: (source, record) => {
      if (record.outcome === 'modified')
        catalog.learnTitle(source.id).catch(error => log.warn('titles could not be read', { error }));
      cache.publish('fetched', JSON.stringify({ source: source.id, outcome: record.outcome, new: record.itemsNew }));
      if (record.itemsNew + record.itemsEdited > 0) {
        dedup.deduper.wake();
        cache.publish('items', source.id);
        if (record.itemsEdited > 0) notify([]);
      }
      webSub.collected(source);
      options.onCollected?.(source, record);
    },
  });
  const articles = createArticleReader({
    log,
    read: async signal => {
      const sourceIds = [...sources().values()].filter(source => source.fullText && !source.paused).map(({ id }) => id);
      if (sourceIds.length === 0) return 0;
      // Most installations have no such source, and need no sanitizer outside the reading processes.
      const { readArticles } = await import('./pipeline/read-articles.ts');
      const context = {
        ...{ items: store.items, reader, now },
        fetchPage: fetcher.fetchPage,
        mayScrape: robots.check,
      };
      const read = await readArticles(context, { sourceIds, limit: 8, signal });
      if (read > 0) dedup.deduper.wake();
      return read;
    },
  });
  const keeper = createKeeperRole({ store, cache, config, now, holder, log });

  // ── Web ───────────────────────────────────────────────────────────────────────────────────────────────────────
  const publicUrl = () => settings().server.publicUrl;
  const hubUrls = () => {
    const { hub } = settings().server;
    return hub === 'none' ? [] : [hub === 'built-in' ? `${publicUrl()}/hub` : hub];
  };
  const publisher = createFeedPublisher({
    ...{ stories: store.stories, cache, now },
    installationId: await installationId(store.facts),
    site: () => ({
      publicUrl: publicUrl(),
      hubUrls: hubUrls(),
      sourceOf: catalog.attribution,
      revision: `${config.current().revisions.sources} ${catalog.titlesRevision()}`,
    }),
  });
  const webSub = createWebSubRole({
    ...{ config, store, cache, fetcher, registry, sources, publicUrl, log, now },
    publisher: () => publisher,
    collect: () => collect,
    signal: abort.signal,
  });
  const metrics = lazyMetrics({ store, cache, config, startedAt, now, collecting: collect.collector.activity });
  const operations = createOperations({
    ...{ config, store, cache, fetcher, reader, robots, sources, dedup, now, startedAt },
    openFetcher: ownFetcher,
    encoder: () => ({ name: vectors.name, detail: vectors.status().detail }),
    collectRole: collect,
    lexicon: loadLexicon,
    version: options.version,
    signal: abort.signal,
  });
  const context: WebContext = {
    ...{
      config,
      store,
      cache,
      publisher,
      publicUrl,
      hubUrls,
      operations,
      work: openWorkBoard({ store, cache, now, log }),
      log,
      now,
      sourceTitle,
      describeEvidence,
      registry,
      sources,
    },
    editor: createConfigEditor({
      dir: config.current().dir,
      environment: options.environment,
      now,
      current: config.current,
    }),
    samples: settings().samples ? { origin: () => origin, startedAt } : null,
    webSub: webSub.web,
    images: {
      key: await imageKey(store.facts),
      fetch: (url, how) => fetcher.fetchPage(url, { ...how, accept: 'image/avif, image/webp, image/*;q=0.8' }),
    },
    readiness: () => checkReadiness({ config, store, cache }),
    metrics: metrics.render,
  };

  // ── What happens meanwhile ────────────────────────────────────────────────────────────────────────────────────
  const endings = [
    cache.subscribe('topic', topic => publisher.drop(topic)),
    cache.subscribe('items', () => dedup.deduper.wake()),
    watchClock(now, () => {
      repair().catch(error => log.warn('schedules could not be put right', { error }));
    }),
    catalog.stop,
    webSub.stop,
    config.stop,
  ];
  const repair = async (): Promise<void> => {
    const repaired = await repairSchedules({ config, sources: store.sources, configured: sources, now });
    if (repaired > 0) log.warn('the clock was set back; schedules were put right', { sources: repaired });
  };
  config.onChange((next, previous) => {
    catalog
      .adopt()
      .then(() => {
        log.info('configuration taken over', { sources: next.sources.length, topics: next.topics.length });
        const changed = JSON.stringify(next.settings) !== JSON.stringify(previous.settings);
        if (changed) log.info('some settings take effect at the next start');
        notify(registry().topics.map(({ id }) => id));
        collect.collector.wake();
        dedup.deduper.wake();
      })
      .catch(error => log.error('the new configuration could not be taken over', { error }));
  });
  const listen = async (port: number): Promise<string> => {
    origin = await server.listen(createWeb(context), { host: settings().server.host, port });
    return origin;
  };
  const begin = async (): Promise<void> => {
    await forgetDeadHolders(store.leases, holder);
    await catalog.adopt();
    await catalog.readTitles();
    await webSub.subscriptions.load();
    await repair();
    if (has('collect')) await recallSilences({ store, fetcher, now });
  };

  return {
    context,
    store,
    cache,
    start: async () => {
      const url = has('web') || settings().samples ? await listen(settings().server.port) : null;
      await begin();
      if (has('dedup')) dedup.deduper.start();
      if (has('collect')) {
        collect.collector.start();
        articles.start();
      }
      keeper.start();
      return { url };
    },
    collectOnce: async (ids, signal) => {
      // Samples are collected over real HTTP, so they need their server; any free port will do when theirs is taken.
      if (settings().samples) await listen(settings().server.port).catch(() => listen(0));
      await begin();
      dedup.deduper.start();
      const { concurrency } = settings().collect;
      const result = await collectOnce(ids ?? [...sources().keys()], { role: collect, concurrency, signal });
      // Folded here, or by the process that leads the dedup already.
      while (!signal.aborted && (await store.items.undeduped(1)).length > 0) await sleep(50);
      return result;
    },
    keepNow: keeper.keepNow,
    stop: async () => {
      for (const end of endings) end();
      await Promise.all([collect.collector.stop(drainMs), articles.stop()]);
      await dedup.deduper.stop();
      await keeper.stop();
      abort.abort(new Error('newsfold is shutting down'));
      await server.close();
      await Promise.all([fetcher.close(), reader.close()]);
      await cache.close();
      await store.close();
    },
  };
}
