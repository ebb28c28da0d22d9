import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { SourceAttribution } from '../core/render/build-entry.ts';
import { hash128 } from '../core/text/hash.ts';
import { AppError, errorCode } from '../errors.ts';
import type { Millis, SourceId, Topic, TopicId } from '../model.ts';
import type { FeedRequest } from '../pipeline/feed-request.ts';
import type { Cache, StoryStore } from '../pipeline/ports.ts';
import { publishTopic } from '../pipeline/publish-topic.ts';
import type { Coding } from './http-validators.ts';

/** A finished feed: its bytes in every coding asked for so far. */
export type PublishedFeed = {
  /** The topic's version that these bytes show. */
  readonly version: string;
  readonly hash: string;
  readonly lastModified: Millis;
  /** Set while the store cannot be asked: when these bytes were last known to be right. */
  readonly staleSince: Millis | null;
  bytes(coding: Coding): Buffer | Promise<Buffer>;
};

export type FeedPublisher = {
  /** @throws AppError store-unavailable when the store is down and nothing is left to show. */
  publish(topic: Topic, definedAt: Millis, request: FeedRequest, token: string | null): Promise<PublishedFeed>;
  /** The topic's version where it was asked for a moment ago, else `null`. */
  trustedVersion(topicId: TopicId): string | null;
  /** A topic changed: forget what is known of its version. */
  drop(topicId: TopicId): void;
};

export type PublisherDeps = {
  readonly stories: StoryStore;
  readonly cache: Cache;
  readonly now: () => Millis;
  /** Read at every publication: the configuration changes while the service runs. */
  readonly site: () => {
    readonly publicUrl: string;
    readonly hubUrls: readonly string[];
    readonly sourceOf: (id: SourceId) => SourceAttribution;
    /** Changes when titles or addresses of sources do. */
    readonly revision: string;
  };
  readonly installationId: string;
};

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

/** A store that says nothing for so long counts as away: stale bytes at once are better than right ones in half a minute. */
const answerWithinMs = 2_000;
/** With nothing to show there is more patience, but no reader waits longer than this to be told 503. */
const firstAnswerWithinMs = 10_000;
/** For so long a topic's version is believed without asking; change notices end it earlier. */
const versionTrustMs = 500;
const cachedForMs = 3_600_000;
const hotBytesMax = 48 * 1024 * 1024;

/** Version → hot bytes → shared cache → store: every step that is missing costs only time. */
export function createFeedPublisher(deps: PublisherDeps): FeedPublisher {
  const versions = new Map<TopicId, { version: string; changedAt: Millis; readAt: Millis }>();
  const asking = new Map<TopicId, Promise<{ version: string; changedAt: Millis; readAt: Millis }>>();
  const hot = createHotFeeds();

  const ask = async (topicId: TopicId) => {
    const running = asking.get(topicId);
    if (running !== undefined) return running;
    const question = deps.stories
      .topicVersion(topicId)
      .then(answer => {
        const fresh = { ...answer, readAt: deps.now() };
        versions.set(topicId, fresh);
        return fresh;
      })
      .finally(() => asking.delete(topicId));
    asking.set(topicId, question);
    return question;
  };
  const versionOf = async (topicId: TopicId) => {
    const known = versions.get(topicId);
    return known && deps.now() - known.readAt < versionTrustMs ? known : ask(topicId);
  };

  return {
    trustedVersion: topicId => {
      const known = versions.get(topicId);
      if (!known) return null;
      const age = deps.now() - known.readAt;
      // Asked again before trust ends: else all readers of a busy topic would come to express in the same moment. A question
      // that fails is asked again by the next reader, who then hears why.
      if (age >= versionTrustMs / 2 && !asking.has(topicId)) ask(topicId).catch(() => undefined);
      return age < versionTrustMs ? known.version : null;
    },
    drop: topicId => {
      const known = versions.get(topicId);
      if (known) versions.set(topicId, { ...known, readAt: 0 });
    },
    publish: async (topic, definedAt, request, token) => {
      const site = deps.site();
      const address = hash128(JSON.stringify([topic, request, token, site.publicUrl, site.hubUrls, site.revision]));
      const known = hot.get(address);
      const fresh = async (): Promise<PublishedFeed> => {
        const { version, changedAt } = await versionOf(topic.id);
        if (known?.version === version) return known.feed;
        const key = `feed:${address}:${version}`;
        const bytes = await deps.cache.getOrCompute(key, cachedForMs, async () => {
          const parts = await publishTopic(topic, request, {
            stories: deps.stories,
            publicUrl: site.publicUrl,
            installationId: deps.installationId,
            hubUrls: site.hubUrls,
            sourceOf: site.sourceOf,
            emptyAt: definedAt,
            token,
          });
          return Buffer.concat(parts.map(part => Buffer.from(part)));
        });
        // Of many who waited for these bytes the first makes the feed, and each coding of it is packed once.
        const made = hot.get(address);
        if (made?.version === version) return made.feed;
        const feed = createPublishedFeed(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
          version,
          lastModified: laterThan(made?.feed, Math.max(changedAt, definedAt)),
        });
        hot.set(address, { version, feed, bytes: bytes.byteLength });
        return feed;
      };
      try {
        return await inTime(fresh(), known ? answerWithinMs : firstAnswerWithinMs);
      } catch (error) {
        if (errorCode(error) !== 'store-unavailable' || !known) throw error;
        return { ...known.feed, staleSince: versions.get(topic.id)?.readAt ?? deps.now() };
      }
    },
  };
}

/** @throws AppError store-unavailable when `answer` is not there in time; it is not waited for any more. */
async function inTime<T>(answer: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('store-unavailable', `the store did not answer within ${withinMs / 1000} s`)),
      withinMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Last-Modified counts in seconds: two states of a feed in one second would have the same, and the second stay unseen. */
function laterThan(previous: PublishedFeed | undefined, changedAt: Millis): Millis {
  if (!previous || Math.floor(previous.lastModified / 1000) < Math.floor(changedAt / 1000)) return changedAt;
  return (Math.floor(previous.lastModified / 1000) + 1) * 1000;
}

function createPublishedFeed(
  identity: Buffer,
  { version, lastModified }: Pick<PublishedFeed, 'version' | 'lastModified'>,
): PublishedFeed {
  const coded = new Map<Coding, Buffer | Promise<Buffer>>([['identity', identity]]);
  return {
    version,
    hash: hash128(identity),
    lastModified,
    staleSince: null,
    bytes: coding => {
      const known = coded.get(coding);
      if (known) return known;
      const work =
        coding === 'br'
          ? compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
          : compressGzip(identity, { level: 6 });
      const settled = work.then(bytes => {
        coded.set(coding, bytes);
        return bytes;
      });
      coded.set(coding, settled);
      return settled;
    },
  };
}

type HotFeed = { readonly version: string; readonly feed: PublishedFeed; readonly bytes: number };

/** The newest bytes of each address, oldest use out first, bounded by size; codings count about as much again. */
function createHotFeeds(): { get(address: string): HotFeed | undefined; set(address: string, feed: HotFeed): void } {
  const feeds = new Map<string, HotFeed>();
  let total = 0;
  return {
    get: address => feeds.get(address),
    set: (address, feed) => {
      total += feed.bytes * 2 - (feeds.get(address)?.bytes ?? 0) * 2;
      feeds.delete(address);
      feeds.set(address, feed);
      for (const [oldest, { bytes }] of feeds) {
        if (total <= hotBytesMax || oldest === address) break;
        feeds.delete(oldest);
        total -= bytes * 2;
      }
    },
  };
}
