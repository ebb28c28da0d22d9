import type { LiveConfig } from '../config/watch-config.ts';
import type { HttpFetcher } from '../fetch/http-fetcher.ts';
import { askHub, isSignedWith, newSubscriptionSecrets, readHubRequest, renewAt } from '../fetch/websub.ts';
import type { Millis, Source, SourceId, TopicId } from '../model.ts';
import { createHubSubscriptions, type HubSubscriptions } from '../pipeline/hub-subscriptions.ts';
import type { Cache, Log, Store } from '../pipeline/ports.ts';
import { createTopicHub } from '../pipeline/topic-hub.ts';
import { allTopic, type TopicRegistry } from '../pipeline/topic-registry.ts';
import type { FeedPublisher } from '../web/feed-publisher.ts';
import { feedMediaTypes } from '../web/feeds.ts';
import type { WebSubContext } from '../web/websub.ts';
import type { CollectRole } from './collect-role.ts';
import { createCountRequests } from './count-requests.ts';

export type WebSubRole = {
  readonly subscriptions: HubSubscriptions;
  readonly web: WebSubContext;
  /** Topics changed: told to hubs a little later, many changes at once. */
  touched(topics: readonly TopicId[]): void;
  /** After a fetch. */
  collected(source: Source): void;
  stop(): void;
};

export type WebSubRoleDeps = {
  readonly config: LiveConfig;
  readonly store: Store;
  readonly cache: Cache;
  readonly fetcher: HttpFetcher;
  readonly publisher: () => FeedPublisher;
  readonly registry: () => TopicRegistry;
  readonly sources: () => ReadonlyMap<SourceId, Source>;
  readonly collect: () => CollectRole;
  readonly publicUrl: () => string;
  readonly log: Log;
  readonly now: () => Millis;
  readonly signal: AbortSignal;
};

const distributeAfterMs = 3_000;
const leaseSeconds = 10 * 86_400;

/** Both ends of WebSub joined: our sources' hubs push to us, our feeds' subscribers are pushed to. */
export function createWebSubRole(deps: WebSubRoleDeps): WebSubRole {
  const { config, store, fetcher, log, now, signal } = deps;
  const settings = () => config.current().settings;
  const count = createCountRequests(deps.cache, now);
  const subscriptions = createHubSubscriptions({
    hubs: store.hubs,
    enabled: () => settings().collect.websub,
    publicUrl: deps.publicUrl,
    newSecrets: newSubscriptionSecrets,
    ask: request => askHub(fetcher, { ...request, mode: 'subscribe', leaseSeconds }, { signal }),
    renewAt,
    now,
  });
  const hub = createTopicHub({
    hubs: store.hubs,
    facts: store.facts,
    registry: deps.registry,
    publicUrl: deps.publicUrl,
    hub: () => settings().server.hub,
    publish: async (topicId, request) => {
      const found = deps.registry().find(topicId);
      const [topic, definedAt] = found.kind === 'found' ? [found.topic, found.changedAt] : [allTopic, 0];
      const feed = await deps.publisher().publish(topic, definedAt, request, null);
      return { hash: feed.hash, body: await feed.bytes('identity'), mediaType: feedMediaTypes[request.format] };
    },
    send: (url, options) =>
      fetcher.fetchPage(url, { ...options, signal, accept: '*/*', bodyBytesMax: 64 * 1024, cut: true }),
    now,
  });

  const waiting = new Set<TopicId>();
  let timer: NodeJS.Timeout | null = null;
  const distribute = (): void => {
    timer = null;
    const topics = [...waiting];
    waiting.clear();
    hub.distribute(topics).catch(error => log.warn('hubs could not be told', { error }));
  };

  return {
    subscriptions,
    touched: topics => {
      if (settings().server.hub === 'none') return;
      for (const topic of topics) waiting.add(topic);
      timer ??= setTimeout(distribute, distributeAfterMs);
    },
    collected: source => {
      if (!settings().collect.websub) return;
      store.sources
        .get(source.id)
        .then(state => state && subscriptions.keep(source, state))
        .catch(error => log.warn('a hub could not be subscribed to', { source: source.id, error }));
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
    web: {
      hub: () => (settings().server.hub === 'built-in' ? hub : null),
      findByToken: subscriptions.findByToken,
      readRequest: readHubRequest,
      confirm: subscriptions.confirm,
      deny: subscriptions.deny,
      isSigned: isSignedWith,
      bodyBytesMax: () => settings().collect.bodyMax,
      count: address => count(`hub:${address}`, 60_000),
      receive: (subscription, { body, contentType }) => {
        const source = deps.sources().get(subscription.key);
        if (!source) return;
        const document = {
          ...{
            kind: 'modified' as const,
            status: 200,
            body,
            contentType,
            finalUrl: source.url,
            permanentUrl: null,
            hints: {},
          },
          validators: { etag: null, lastModified: null },
          links: { hubs: [], self: null },
          timings: { totalMs: 0 },
          wireBytes: body.byteLength,
        };
        deps
          .collect()
          .receive(source.id, document, signal)
          .catch(error => log.warn('a push could not be taken', { source: source.id, error }));
      },
    },
  };
}
