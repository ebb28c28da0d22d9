import type { LiveConfig } from '../config/watch-config.ts';
import type { SourceAttribution } from '../core/render/build-entry.ts';
import { hash128 } from '../core/text/hash.ts';
import type { Millis, Source, SourceId } from '../model.ts';
import type { Store } from '../pipeline/ports.ts';
import { syncTopics, type TopicRegistry } from '../pipeline/topic-registry.ts';
import { sampleSources } from '../samples/newsroom.ts';

/** The sources and topics in force, with what the store knows of them by name. */
export type Catalog = {
  sources(): ReadonlyMap<SourceId, Source>;
  registry(): TopicRegistry;
  /** The configured title, else the feed's own, else the id. */
  sourceTitle(id: SourceId): string;
  attribution(id: SourceId): SourceAttribution;
  /** Takes the configuration over: states of sources, memory of topics. */
  adopt(): Promise<void>;
  readTitles(): Promise<void>;
  /** A source was collected: its own title is known from now on. */
  learnTitle(id: SourceId): Promise<void>;
  /** Changes when titles or home pages do: feeds show them. */
  titlesRevision(): string;
  stop(): void;
};

/** Titles of feeds change rarely; a new source's shows up after this. */
const titlesEveryMs = 10_000;

export async function createCatalog(deps: {
  readonly config: LiveConfig;
  readonly store: Store;
  /** Where this process listens: the samples' addresses begin with it. */
  readonly origin: () => string;
  readonly now: () => Millis;
}): Promise<Catalog> {
  const { config, store, now } = deps;
  let sources = readSources(config, deps.origin());
  let titles: Map<SourceId, { readonly title: string | null; readonly link: string | null }> = new Map();
  let revision: string | null = null;
  let registry = await syncTopics(store.facts, config.current().topics, now());
  const readTitles = async (): Promise<void> => {
    titles = new Map((await store.sources.list()).map(({ sourceId, title, link }) => [sourceId, { title, link }]));
    revision = null;
  };
  const sourceTitle = (id: SourceId) => sources.get(id)?.title ?? titles.get(id)?.title ?? id;
  const timer = setInterval(() => void readTitles().catch(() => undefined), titlesEveryMs);
  timer.unref();
  return {
    sources: () => sources,
    registry: () => registry,
    sourceTitle,
    attribution: id => ({
      title: sourceTitle(id),
      homeUrl: titles.get(id)?.link ?? null,
      feedUrl: config.current().secretAddresses.has(id) ? null : (sources.get(id)?.url ?? null),
    }),
    adopt: async () => {
      sources = readSources(config, deps.origin());
      await store.sources.sync([...sources.values()], now());
      registry = await syncTopics(store.facts, config.current().topics, now());
    },
    readTitles,
    learnTitle: async id => {
      if (titles.get(id)?.title) return;
      const state = await store.sources.get(id);
      if (!state) return;
      titles.set(id, { title: state.title, link: state.link });
      revision = null;
    },
    titlesRevision: () => {
      revision ??= hash128(JSON.stringify([...titles].toSorted(([a], [b]) => (a < b ? -1 : 1))));
      return revision;
    },
    stop: () => clearInterval(timer),
  };
}

function readSources(config: LiveConfig, origin: string): ReadonlyMap<SourceId, Source> {
  const { settings, sources } = config.current();
  return new Map([...sources, ...(settings.samples ? sampleSources(origin) : [])].map(source => [source.id, source]));
}
