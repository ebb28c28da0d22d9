import type { LiveConfig } from '../config/watch-config.ts';
import type { HttpFetcher } from '../fetch/http-fetcher.ts';
import type { Robots } from '../fetch/robots.ts';
import type { Millis, Source, SourceId } from '../model.ts';
import { memoryOf } from '../pipeline/after-fetch.ts';
import { type CollectContext, collectSource, type PushedDocument } from '../pipeline/collect-source.ts';
import type { FetchRecord, Log, Reader, SourceClaim, Store } from '../pipeline/ports.ts';
import { type Collector, createCollector } from '../worker/collector.ts';

export type CollectRole = {
  readonly collector: Collector;
  /** Collects one source now, due or not; `busy` while another worker has it. */
  collectNow(id: SourceId, signal: AbortSignal): Promise<FetchRecord | 'busy' | 'unknown' | 'refused' | 'aborted'>;
  /** A hub pushed a document: it takes the same way as a fetched one. */
  receive(id: SourceId, document: PushedDocument, signal: AbortSignal): Promise<void>;
};

export type CollectRoleDeps = {
  readonly config: LiveConfig;
  readonly store: Store;
  readonly fetcher: HttpFetcher;
  readonly robots: Robots;
  readonly reader: Reader;
  readonly sources: () => ReadonlyMap<SourceId, Source>;
  readonly isPushed: (source: Source) => boolean;
  readonly holder: string;
  readonly log: Log;
  readonly now: () => Millis;
  readonly random: () => number;
  readonly leaseSlackMs?: number;
  /** A source was collected: the dedup has work, hubs may be discovered, progress is shown. */
  readonly onCollected: (source: Source, record: FetchRecord) => void;
};

/** A lease outlives the longest fetch with its reading, so that only a dead or stalled worker loses one. */
const leaseSlackMsDefault = 60_000;

/** The host itself, or with `retryAfterScope: domain` every host of the configuration that is silent with it. */
function silenceOf(url: string, { fetcher, config, sources }: CollectRoleDeps) {
  const address = URL.parse(url);
  const until = address && fetcher.hosts.silentUntil(address);
  if (!until) return null;
  if (config.current().settings.collect.retryAfterScope === 'host') return { until, hosts: [address.host] };
  const hosts = new Map([...sources().values()].map(source => [new URL(source.url).host, new URL(source.url)]));
  const silent = [...hosts].filter(([, other]) => fetcher.hosts.silentUntil(other) === until).map(([host]) => host);
  return { until, hosts: [...new Set([address.host, ...silent])] };
}

/** Hosts that asked for silence before this process started are left alone all the same. */
export async function recallSilences({ store, fetcher, now }: Pick<CollectRoleDeps, 'store' | 'fetcher' | 'now'>) {
  for (const state of await store.sources.list()) {
    const leftMs = (memoryOf(state).silentUntil ?? 0) - now();
    const address = URL.parse(state.url);
    if (leftMs > 0 && address !== null) fetcher.hosts.silence(address, leftMs);
  }
}

export function createCollectRole(deps: CollectRoleDeps): CollectRole {
  const { store, config, log, holder, now } = deps;
  const leaseMs = () => config.current().settings.collect.timeout * 2 + (deps.leaseSlackMs ?? leaseSlackMsDefault);
  const context: CollectContext = {
    sources: store.sources,
    fetcher: deps.fetcher,
    reader: deps.reader,
    mayScrape: (url, options) => deps.robots.check(url, options),
    rules: () => {
      const { collect } = config.current().settings;
      return { intervalMinMs: collect.intervalMin, intervalMaxMs: collect.intervalMax, schedule: collect.schedule };
    },
    isPushed: deps.isPushed,
    subscribers: () => config.current().settings.collect.subscribers || undefined,
    silenceOf: url => silenceOf(url, deps),
    now,
    random: deps.random,
  };

  const run = async (source: Source, claim: SourceClaim, options: { signal: AbortSignal; pushed?: PushedDocument }) => {
    const record = await collectSource(source, claim, context, options);
    if (typeof record === 'string') {
      log.info('collected', { source: source.id, outcome: record });
      return record;
    }
    log.info('collected', {
      source: source.id,
      outcome: record.outcome,
      status: record.status,
      items: record.itemsTotal,
      new: record.itemsNew,
      edited: record.itemsEdited,
      bytes: record.bytes,
      durationMs: record.durationMs,
      ...(record.message === null ? {} : { reason: record.message }),
    });
    deps.onCollected(source, record);
    return record;
  };

  const claimAndRun = async (id: SourceId, options: { signal: AbortSignal; pushed?: PushedDocument }) => {
    const source = deps.sources().get(id);
    if (!source) return 'unknown' as const;
    const claim = await store.sources.claim(id, { now: now(), holder, leaseMs: leaseMs() });
    return claim ? run(source, claim, options) : ('busy' as const);
  };

  return {
    collector: createCollector({
      claimDue: limit => {
        const { perHost } = config.current().settings.collect;
        return store.sources.claimDue({ now: now(), limit, perHost, holder, leaseMs: leaseMs() });
      },
      release: claims => store.sources.release(claims.map(({ state, token }) => ({ sourceId: state.sourceId, token }))),
      collect: async (claim, signal) => {
        const source = deps.sources().get(claim.state.sourceId);
        if (source) await run(source, claim, { signal });
        else await store.sources.release([{ sourceId: claim.state.sourceId, token: claim.token }]);
      },
      concurrency: () => config.current().settings.collect.concurrency,
      log,
    }),
    collectNow: (id, signal) => claimAndRun(id, { signal }),
    receive: async (id, pushed, signal) => {
      await claimAndRun(id, { signal, pushed });
    },
  };
}
