import { type Request, type Response, Router } from 'express';
import { AppError } from '../errors.ts';
import type { Millis, TopicId } from '../model.ts';
import { type FeedFormat, parseFeedRequest } from '../pipeline/feed-request.ts';
import { allTopic, type TopicRegistry } from '../pipeline/topic-registry.ts';
import type { FeedPublisher } from './feed-publisher.ts';
import { contentHeaders, type FeedAnswer, feedHeaders, type HotFeeds } from './hot-feeds.ts';
import { chooseCoding, isNotModified } from './http-validators.ts';
import { sendProblem } from './problem.ts';
import { setSecurityHeaders } from './security-headers.ts';

export type FeedRoutesDeps = {
  readonly publisher: FeedPublisher;
  readonly hot: HotFeeds;
  readonly topics: () => TopicRegistry;
  /** Whether a token opens a private topic. */
  readonly mayRead: (topicId: TopicId, token: string | null) => Promise<boolean>;
  readonly publicUrl: () => string;
  readonly hubUrls: () => readonly string[];
  readonly now: () => Millis;
};

export const feedMediaTypes: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** `GET /feeds/:topic.rss|.atom|.json`, with HTTP as readers and proxies rely on it. */
export function feedRoutes(deps: FeedRoutesDeps): Router {
  const router = Router({ caseSensitive: true });
  router.get(/^\/feeds\/([a-z0-9-]+)\.(rss|atom|json)$/, (request, response, next) => {
    const [id = '', format = 'rss'] = [request.params[0], request.params[1]];
    answerFeed(request, response, { id, format: format as FeedFormat }, deps).catch(error => {
      setSecurityHeaders(response);
      next(error);
    });
  });
  router.options(/^\/feeds\//, (_request, response) => {
    setSecurityHeaders(response);
    response
      .set({
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'GET, HEAD',
        'Access-Control-Allow-Headers': '*',
      })
      .status(204)
      .end();
  });
  return router;
}

async function answerFeed(
  request: Request,
  response: Response,
  wanted: { id: TopicId; format: FeedFormat },
  deps: FeedRoutesDeps,
): Promise<void> {
  response.setHeader('Access-Control-Allow-Origin', '*');
  const search = request.originalUrl.indexOf('?');
  const query = new URLSearchParams(search < 0 ? '' : request.originalUrl.slice(search + 1));
  const found = deps.topics().find(wanted.id);
  // A feed has its own headers (hot-feeds.ts); what is no feed has those of every other answer.
  if (found.kind !== 'found') setSecurityHeaders(response);
  switch (found.kind) {
    case 'unknown':
      return sendProblem(response, new AppError('not-found', `There is no topic "${wanted.id}".`));
    case 'removed':
      response.status(410).type('text/plain').send(`The topic "${wanted.id}" was removed. Please unsubscribe.\n`);
      return;
    case 'renamed':
      response.redirect(
        301,
        `${deps.publicUrl()}/feeds/${found.to}.${wanted.format}${search < 0 ? '' : request.originalUrl.slice(search)}`,
      );
      return;
    case 'found':
      break;
    default:
      found satisfies never;
      return;
  }
  const feedRequest = parseFeedRequest(wanted.format, query);
  const token = query.get('token');
  if (found.topic.private && !(await deps.mayRead(found.topic.id, token))) {
    setSecurityHeaders(response);
    return sendProblem(
      response,
      new AppError(
        'unauthorized',
        'This topic is private: its feed address carries a token. Ask the owner for a new one.',
      ),
    );
  }
  // `all` has no definition of its own: its cap grows with the page, so that small installations see everything.
  const topic =
    found.topic.id === allTopic.id
      ? { ...found.topic, perSourceMax: Math.max(10, Math.ceil(feedRequest.limit / 4)) }
      : found.topic;
  const feed = await deps.publisher.publish(topic, found.changedAt, feedRequest, topic.private ? token : null);
  const answer: FeedAnswer = {
    topicId: topic.id,
    feed,
    mediaType: feedMediaTypes[wanted.format],
    private: topic.private,
    links: linkHeader(request, topic.private ? [] : deps.hubUrls(), deps.publicUrl()),
  };
  deps.hot.keep(request.originalUrl, answer);
  await sendFeed(request, response, { answer, now: deps.now() });
}

function linkHeader(request: Request, hubUrls: readonly string[], publicUrl: string): string {
  return [
    `<${publicUrl}${encodeURI(decodeURI(request.originalUrl))}>; rel="self"`,
    ...hubUrls.map(url => `<${url}>; rel="hub"`),
  ].join(', ');
}

async function sendFeed(
  request: Request,
  response: Response,
  { answer, now }: { readonly answer: FeedAnswer; readonly now: Millis },
): Promise<void> {
  const { feed } = answer;
  const coding = chooseCoding(request.headers['accept-encoding']);
  setAll(response, feedHeaders(answer, coding));
  if (feed.staleSince !== null) {
    response.setHeader('Age', String(Math.max(0, Math.round((now - feed.staleSince) / 1000))));
    response.setHeader('Warning', '110 - "Response is Stale"');
  }
  if (isNotModified(request.headers, feed)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  const bytes = await feed.bytes(coding);
  setAll(response, contentHeaders(answer, coding, bytes));
  response.statusCode = 200;
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function setAll(response: Response, headers: readonly string[]): void {
  for (let i = 0; i < headers.length; i += 2) response.setHeader(headers[i] ?? '', headers[i + 1] ?? '');
}
