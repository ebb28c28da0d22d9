import type { Millis, Source, SourceId } from '../model.ts';
import { memoryOf } from './after-fetch.ts';
import type { HubStore, HubSubscription, SourceState } from './ports.ts';

/** The subscriber's side of WebSub: which sources' hubs push to us. Requests and signatures are `fetch/websub`'s. */
export type HubSubscriptions = {
  /** After a fetch: subscribes where the feed names a hub and none pushes yet, renews what is about to run out. */
  keep(source: Source, state: SourceState): Promise<void>;
  /** The subscription behind a callback; `null` when nobody here asked for it. */
  findByToken(token: string): Promise<HubSubscription | null>;
  confirm(subscription: HubSubscription, leaseSeconds: number): Promise<void>;
  deny(subscription: HubSubscription): Promise<void>;
  isPushed(id: SourceId): boolean;
  load(): Promise<void>;
};

export type HubSubscriptionsDeps = {
  readonly hubs: HubStore;
  readonly enabled: () => boolean;
  readonly publicUrl: () => string;
  readonly newSecrets: () => { readonly token: string; readonly secret: string };
  readonly ask: (request: {
    readonly hub: string;
    readonly topic: string;
    readonly callback: string;
    readonly secret: string;
  }) => Promise<{ readonly accepted: boolean; readonly message: string }>;
  readonly renewAt: (confirmedAt: Millis, leaseSeconds: number) => Millis;
  readonly now: () => Millis;
};

/** A hub that does not verify within this is asked again. */
const pendingMs = 3_600_000;

export function createHubSubscriptions(deps: HubSubscriptionsDeps): HubSubscriptions {
  const known = new Map<SourceId, HubSubscription>();
  const put = async (subscription: HubSubscription): Promise<void> => {
    await deps.hubs.put(subscription);
    known.set(subscription.key, subscription);
  };

  return {
    load: async () => {
      for (const subscription of await deps.hubs.list('in')) known.set(subscription.key, subscription);
    },
    isPushed: id => {
      const subscription = known.get(id);
      return deps.enabled() && subscription?.state === 'active' && (subscription.expiresAt ?? 0) > deps.now();
    },
    findByToken: async token => {
      for (const subscription of await deps.hubs.list('in'))
        if (subscription.memory.token === token) return subscription;
      return null;
    },
    keep: async (source, state) => {
      const { hubs, self } = memoryOf(state);
      const hub = hubs.find(url => /^https?:\/\//.test(url));
      if (!deps.enabled() || hub === undefined || source.paused) return;
      const topic = self ?? state.url;
      const current = known.get(source.id);
      const isSame = current?.hubUrl === hub && current.topicUrl === topic;
      if (isSame && Number(current.memory.askAgainAt ?? 0) > deps.now()) return;
      const { token, secret } =
        isSame && current.secret !== null
          ? { token: String(current.memory.token), secret: current.secret }
          : deps.newSecrets();
      const subscription: HubSubscription = {
        direction: 'in',
        key: source.id,
        topicUrl: topic,
        hubUrl: hub,
        secret,
        state: isSame && current.state === 'active' ? 'active' : 'pending',
        expiresAt: isSame ? current.expiresAt : null,
        memory: { token, askAgainAt: deps.now() + pendingMs },
      };
      // Stored before the hub is asked: its verification may arrive before its answer.
      if (current && !isSame) await deps.hubs.delete('in', current.key, current.topicUrl);
      await put(subscription);
      const answer = await deps.ask({ hub, topic, callback: `${deps.publicUrl()}/websub/${token}`, secret });
      if (!answer.accepted)
        await put({
          ...subscription,
          state: 'denied',
          memory: { ...subscription.memory, askAgainAt: deps.now() + 24 * pendingMs, message: answer.message },
        });
    },
    confirm: (subscription, leaseSeconds) =>
      put({
        ...subscription,
        state: 'active',
        expiresAt: deps.now() + leaseSeconds * 1000,
        memory: { ...subscription.memory, askAgainAt: deps.renewAt(deps.now(), leaseSeconds) },
      }),
    deny: subscription =>
      put({
        ...subscription,
        state: 'denied',
        memory: { ...subscription.memory, askAgainAt: deps.now() + 24 * pendingMs },
      }),
  };
}
