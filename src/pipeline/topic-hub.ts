import { createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { FetchOutcome, Millis, TopicId } from '../model.ts';
import { type FeedFormat, type FeedRequest, parseFeedRequest } from './feed-request.ts';
import type { FactStore, HubStore, HubSubscription } from './ports.ts';
import type { TopicRegistry } from './topic-registry.ts';

/** The publisher's side of WebSub (W3C Recommendation, 23 January 2018): a small hub of our own, or pings to another one. */
export type TopicHub = {
  /** A subscriber's POST (§5.1). Accepted requests are verified afterwards. @throws AppError invalid-input */
  request(form: URLSearchParams): Promise<void>;
  /** These topics changed: their subscribers, or the configured hub, are told, when the feed's content really differs. */
  distribute(topics: readonly TopicId[]): Promise<void>;
};

export type TopicHubDeps = {
  readonly hubs: HubStore;
  readonly facts: FactStore;
  readonly registry: () => TopicRegistry;
  readonly publicUrl: () => string;
  /** `none`, `built-in`, or the address of a hub. */
  readonly hub: () => string;
  readonly publish: (
    topicId: TopicId,
    request: FeedRequest,
  ) => Promise<{ readonly hash: string; readonly body: Buffer; readonly mediaType: string }>;
  /** Through the address guard: a callback is a foreign address like any other. */
  readonly send: (
    url: string,
    options: {
      readonly method: 'GET' | 'POST';
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ) => Promise<FetchOutcome>;
  readonly now: () => Millis;
};

const leaseSecondsDefault = 10 * 86_400;
const leaseSecondsMax = 30 * 86_400;
const subscribersMax = 2_000;
const failuresMax = 10;
const formats: readonly FeedFormat[] = ['rss', 'atom', 'json'];

export function createTopicHub(deps: TopicHubDeps): TopicHub {
  return {
    request: form => acceptRequest(form, deps),
    distribute: async topics => {
      const hub = deps.hub();
      if (hub === 'none') return;
      if (hub === 'built-in') await tellSubscribers(topics, deps);
      else await pingHub(hub, topics, deps);
    },
  };
}

async function acceptRequest(form: URLSearchParams, deps: TopicHubDeps): Promise<void> {
  const mode = form.get('hub.mode');
  const callback = form.get('hub.callback') ?? '';
  const topicUrl = form.get('hub.topic') ?? '';
  const secret = form.get('hub.secret');
  if (mode !== 'subscribe' && mode !== 'unsubscribe')
    throw new AppError('invalid-input', 'hub.mode must be subscribe or unsubscribe');
  if (!/^https?:\/\//.test(callback) || callback.length > 2000 || URL.parse(callback) === null)
    throw new AppError('invalid-input', 'hub.callback must be an http or https address');
  if (readTopicUrl(topicUrl, deps) === null)
    throw new AppError('invalid-input', 'hub.topic is none of the public feeds here');
  if (secret !== null && (secret.length === 0 || Buffer.byteLength(secret) >= 200))
    throw new AppError('invalid-input', 'hub.secret must be shorter than 200 bytes');
  const known = await deps.hubs.get('out', callback, topicUrl);
  if (!known && (await deps.hubs.list('out')).length >= subscribersMax)
    throw new AppError('too-many-requests', 'this hub has as many subscribers as it can serve');
  const asked = Number(form.get('hub.lease_seconds'));
  const leaseSeconds =
    Number.isInteger(asked) && asked > 0 ? Math.min(Math.max(asked, 300), leaseSecondsMax) : leaseSecondsDefault;
  await verifyIntent({ mode, callback, topicUrl, secret, leaseSeconds, known }, deps);
}

/** §5.3: nobody can subscribe somebody else. A callback that does not echo the challenge changes nothing. */
async function verifyIntent(
  request: {
    readonly mode: string;
    readonly callback: string;
    readonly topicUrl: string;
    readonly secret: string | null;
    readonly leaseSeconds: number;
    readonly known: HubSubscription | null;
  },
  deps: TopicHubDeps,
): Promise<void> {
  const challenge = randomBytes(24).toString('base64url');
  const url = new URL(request.callback);
  url.searchParams.set('hub.mode', request.mode);
  url.searchParams.set('hub.topic', request.topicUrl);
  url.searchParams.set('hub.challenge', challenge);
  if (request.mode === 'subscribe') url.searchParams.set('hub.lease_seconds', String(request.leaseSeconds));
  const outcome = await deps.send(url.href, { method: 'GET' });
  if (outcome.kind !== 'modified' || Buffer.from(outcome.body).toString() !== challenge) return;
  if (request.mode === 'unsubscribe') return deps.hubs.delete('out', request.callback, request.topicUrl);
  await deps.hubs.put({
    direction: 'out',
    key: request.callback,
    topicUrl: request.topicUrl,
    hubUrl: null,
    secret: request.secret,
    state: 'active',
    expiresAt: deps.now() + request.leaseSeconds * 1000,
    memory: request.known?.memory ?? {},
  });
}

/** One of our public feeds with its query, else `null`. */
function readTopicUrl(
  topicUrl: string,
  deps: TopicHubDeps,
): { readonly topicId: TopicId; readonly request: FeedRequest } | null {
  const url = URL.parse(topicUrl);
  const base = `${deps.publicUrl()}/feeds/`;
  if (url === null || !topicUrl.startsWith(base)) return null;
  const match = /^([a-z0-9-]+)\.(rss|atom|json)$/.exec(decodeURIComponent(url.pathname.split('/').at(-1) ?? ''));
  const found = match?.[1] === undefined ? null : deps.registry().find(match[1]);
  if (found?.kind !== 'found' || found.topic.private) return null;
  return { topicId: found.topic.id, request: parseFeedRequest(match?.[2] as FeedFormat, url.searchParams) };
}

async function tellSubscribers(topics: readonly TopicId[], deps: TopicHubDeps): Promise<void> {
  const touched = new Set<TopicId>(['all', ...topics]);
  for (const subscription of await deps.hubs.list('out')) {
    const target = readTopicUrl(subscription.topicUrl, deps);
    const expired = (subscription.expiresAt ?? 0) < deps.now();
    if (target === null || expired) await deps.hubs.delete('out', subscription.key, subscription.topicUrl);
    else if (touched.has(target.topicId)) await deliver(subscription, target, deps);
  }
}

async function deliver(
  subscription: HubSubscription,
  target: { readonly topicId: TopicId; readonly request: FeedRequest },
  deps: TopicHubDeps,
): Promise<void> {
  const { hash, body, mediaType } = await deps.publish(target.topicId, target.request);
  if (subscription.memory.hash === hash) return;
  const text = body.toString('utf8');
  const signature =
    subscription.secret === null
      ? {}
      : { 'x-hub-signature': `sha256=${createHmac('sha256', subscription.secret).update(body).digest('hex')}` };
  const outcome = await deps.send(subscription.key, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': mediaType,
      link: `<${deps.publicUrl()}/hub>; rel="hub", <${subscription.topicUrl}>; rel="self"`,
      ...signature,
    },
  });
  if (outcome.kind === 'gone') return deps.hubs.delete('out', subscription.key, subscription.topicUrl);
  const delivered = outcome.kind === 'modified' || (outcome.kind === 'failed' && outcome.status === 204);
  const failures = delivered ? 0 : Number(subscription.memory.failures ?? 0) + 1;
  if (failures > failuresMax) return deps.hubs.delete('out', subscription.key, subscription.topicUrl);
  await deps.hubs.put({
    ...subscription,
    memory: { ...subscription.memory, failures, ...(delivered ? { hash } : {}) },
  });
}

/** §7 leaves it open how a publisher tells its hub; all public hubs take `hub.mode=publish` with `hub.url`. */
async function pingHub(hub: string, topics: readonly TopicId[], deps: TopicHubDeps): Promise<void> {
  for (const topicId of new Set<TopicId>(['all', ...topics])) {
    const found = deps.registry().find(topicId);
    if (found.kind !== 'found' || found.topic.private) continue;
    const { hash } = await deps.publish(topicId, parseFeedRequest('json', new URLSearchParams()));
    const fact = `hub-ping:${topicId}`;
    if ((await deps.facts.get(fact)) === hash) continue;
    const form = new URLSearchParams({ 'hub.mode': 'publish' });
    for (const format of formats) form.append('hub.url', `${deps.publicUrl()}/feeds/${topicId}.${format}`);
    const outcome = await deps.send(hub, {
      method: 'POST',
      body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    if (outcome.kind === 'modified' || (outcome.kind === 'failed' && outcome.status === 204))
      await deps.facts.set(fact, hash);
  }
}
