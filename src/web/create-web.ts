import type { RequestListener } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import { AppError } from '../errors.ts';
import { createGate } from './access/gate.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import { apiRoutes } from './api/api-routes.ts';
import { createDeskEdits } from './desk-edits.ts';
import { feedRoutes } from './feeds.ts';
import { healthRoutes } from './health.ts';
import { createHotFeeds } from './hot-feeds.ts';
import { imageRoutes } from './images.ts';
import { errorPage, pageRoutes } from './pages/page-routes.ts';
import { sendProblem, statusOf } from './problem.ts';
import { sampleRoutes } from './samples.ts';
import { hashSecret } from './secret-hash.ts';
import { securityHeaders } from './security-headers.ts';
import type { WebContext } from './web-context.ts';
import { webSubRoutes } from './websub.ts';

/**
 * The whole web side, built without listening: one express app, and in front of it the feeds that are asked for again and again
 * (`hot-feeds.ts`). A request's life: security headers → feeds (the hot
 * path, before anything that costs) → health → samples → pages → admin and API → 404 → the one place where errors become answers.
 */
export function createWeb(context: WebContext): RequestListener {
  const hot = createHotFeeds({ trustedVersion: context.publisher.trustedVersion, topics: context.registry });
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', 'strong');
  // `true` believes one proxy, the one in front: believing every hop lets a visitor choose his own address.
  const { trustProxy } = context.config.current().settings.server;
  app.set('trust proxy', trustProxy === true ? 1 : trustProxy);
  app.set('query parser', 'simple');
  app.use(
    feedRoutes({
      publisher: context.publisher,
      hot,
      topics: context.registry,
      mayRead: (topicId, token) => mayReadTopic(context, topicId, token),
      publicUrl: context.publicUrl,
      hubUrls: context.hubUrls,
      now: context.now,
    }),
  );
  app.use(securityHeaders);
  app.use(healthRoutes(context));
  app.use(sampleRoutes(context));
  app.use(webSubRoutes(context.webSub));
  app.use(imageRoutes(context));
  const gate = createGate(context);
  const tools = { context, gate, edits: createDeskEdits(context, () => gate.tagger()) };
  app.use(apiRoutes(tools));
  app.use('/admin', adminRoutes(tools));
  app.use(pageRoutes(context));
  app.use(refuseOtherMethods);
  app.use((request, _response, next) => next(new AppError('not-found', `There is nothing at ${request.path}.`)));
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    if (statusOf(error) >= 500)
      context.log.error('request failed', { method: request.method, path: request.path, error });
    if (response.headersSent) response.destroy();
    else if (request.accepts(['json', 'html']) === 'html' && !request.path.startsWith('/api/')) {
      response
        .status(statusOf(error))
        .type('text/html; charset=utf-8')
        .send(errorPage(context, request, error, statusOf(error)));
    } else sendProblem(response, error);
  });
  return hot.inFrontOf(app);
}

/** Everything that is not under `/api` or `/admin` is only read. */
function refuseOtherMethods(request: Request, response: Response, next: NextFunction): void {
  if (/^(GET|HEAD)$/.test(request.method)) {
    next();
    return;
  }
  response.setHeader('Allow', 'GET, HEAD');
  if (request.method === 'OPTIONS') response.status(204).end();
  else next(new AppError('method-not-allowed', `${request.path} can only be read.`));
}

/** A feed token is looked up by its hash; `touch` is not needed to read. */
async function mayReadTopic(context: WebContext, topicId: string, token: string | null): Promise<boolean> {
  if (token === null || token.length < 16 || token.length > 200) return false;
  const known = await context.store.tokens.findByHash(hashSecret(token));
  if (known?.kind !== 'feed' || known.revokedAt !== null) return false;
  return (
    (known.topicId === null || known.topicId === topicId) &&
    (known.expiresAt === null || known.expiresAt > context.now())
  );
}
