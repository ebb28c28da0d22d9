import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { AppError } from '../errors.ts';
import { feedRoutes } from './feeds.ts';
import { healthRoutes } from './health.ts';
import { errorPage, pageRoutes } from './pages/page-routes.ts';
import { sendProblem, statusOf } from './problem.ts';
import { sampleRoutes } from './samples.ts';
import { hashSecret } from './secret-hash.ts';
import { securityHeaders } from './security-headers.ts';
import type { WebContext } from './web-context.ts';

/**
 * The whole web side as one express app, built without listening. A request's life: security headers → feeds (the hot
 * path, before anything that costs) → health → samples → pages → admin and API → 404 → the one place where errors become answers.
 */
export function createWeb(context: WebContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', 'strong');
  app.set('trust proxy', context.config.current().settings.server.trustProxy);
  app.set('query parser', 'simple');
  app.use(
    feedRoutes({
      publisher: context.publisher,
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
  app.use(pageRoutes(context));
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
  return app;
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
