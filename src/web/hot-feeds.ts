import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { TopicId } from '../model.ts';
import type { TopicRegistry } from '../pipeline/topic-registry.ts';
import type { PublishedFeed } from './feed-publisher.ts';
import { type Coding, chooseCoding, entityTag, isNotModified } from './http-validators.ts';

/** A feed of a public topic with everything its header says. */
export type FeedAnswer = {
  readonly topicId: TopicId;
  readonly feed: PublishedFeed;
  readonly mediaType: string;
  readonly private: boolean;
  readonly links: string;
};

export type HotFeeds = {
  /** Keeps an answer that was just given for the next requests of the same address. */
  keep(url: string, answer: FeedAnswer): void;
  /** Answers what is kept and current by itself, and leaves everything else to `listener`. */
  inFrontOf(listener: RequestListener): RequestListener;
};

export type HotFeedsDeps = {
  /** A topic's version where it needs no question, else `null`. */
  readonly trustedVersion: (topicId: TopicId) => string | null;
  /** Another one after every change of the configuration. */
  readonly topics: () => TopicRegistry;
};

type Ready = { readonly etag: string; readonly unchanged: string[]; readonly whole: string[]; readonly bytes: Buffer };
type Kept = {
  readonly answer: FeedAnswer;
  readonly registry: TopicRegistry;
  readonly ready: Map<Coding, Ready>;
};

const keptMax = 512;
const maxAgeSeconds = 120;

/**
 * The hot path of the hot path: readers ask for the same few addresses all day, and express costs more than the answer. Kept by
 * the exact address and only as long as asking the publisher could give nothing else.
 */
export function createHotFeeds({ trustedVersion, topics }: HotFeedsDeps): HotFeeds {
  const kept = new Map<string, Kept>();
  const codings = new Map<string, Coding>();

  const codingOf = (header: string | undefined): Coding => {
    if (header === undefined) return 'identity';
    let coding = codings.get(header);
    if (coding === undefined) {
      coding = chooseCoding(header);
      if (codings.size >= keptMax) codings.clear();
      codings.set(header, coding);
    }
    return coding;
  };

  const answered = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '', method, headers } = request;
    if ((method !== 'GET' && method !== 'HEAD') || !url.startsWith('/feeds/')) return false;
    const known = kept.get(url);
    if (known === undefined) return false;
    const { feed, topicId } = known.answer;
    if (known.registry !== topics() || trustedVersion(topicId) !== feed.version) {
      kept.delete(url);
      return false;
    }
    const ready = readyIn(known, codingOf(headers['accept-encoding'] as string | undefined));
    if (ready === null) return false;
    if (headers['if-none-match'] === ready.etag || isNotModified(headers, feed)) {
      response.writeHead(304, ready.unchanged).end();
    } else {
      response.writeHead(200, ready.whole).end(method === 'HEAD' ? undefined : ready.bytes);
    }
    return true;
  };

  return {
    keep: (url, answer) => {
      if (answer.private || answer.feed.staleSince !== null || url.length > 500) return;
      if (kept.size >= keptMax) kept.clear();
      kept.set(url, { answer, registry: topics(), ready: new Map() });
    },
    inFrontOf: listener => (request, response) => {
      if (!answered(request, response)) listener(request, response);
    },
  };
}

function readyIn({ answer, ready }: Kept, coding: Coding): Ready | null {
  const known = ready.get(coding);
  if (known) return known;
  const bytes = answer.feed.bytes(coding);
  if (!Buffer.isBuffer(bytes)) return null;
  const unchanged = feedHeaders(answer, coding);
  const made = {
    etag: entityTag(answer.feed.hash, coding),
    unchanged,
    whole: [...unchanged, ...contentHeaders(answer, coding, bytes)],
    bytes,
  };
  ready.set(coding, made);
  return made;
}

/** Names and values in turn, as `writeHead` takes them quickest: what a 304 says too. */
export function feedHeaders({ feed, private: isPrivate, links }: FeedAnswer, coding: Coding): string[] {
  return [
    ...['Access-Control-Allow-Origin', '*'],
    ...['ETag', entityTag(feed.hash, coding)],
    ...['Last-Modified', new Date(feed.lastModified).toUTCString()],
    ...['Cache-Control', `${isPrivate ? 'private' : 'public'}, max-age=${maxAgeSeconds}`],
    ...['Vary', 'Accept-Encoding'],
    ...['Link', links],
    ...['Access-Control-Expose-Headers', 'ETag, Last-Modified, Link'],
    ...['Content-Security-Policy', "default-src 'none'; sandbox"],
    ...['X-Content-Type-Options', 'nosniff'],
  ];
}

/** What describes the body of a 200. */
export function contentHeaders({ mediaType }: FeedAnswer, coding: Coding, bytes: Buffer): string[] {
  return [
    ...['Content-Type', mediaType],
    ...['Content-Length', String(bytes.byteLength)],
    ...(coding === 'identity' ? [] : ['Content-Encoding', coding]),
  ];
}
