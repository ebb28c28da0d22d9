import { Router } from 'express';
import { answerSample } from '../samples/serve-samples.ts';
import type { WebContext } from './web-context.ts';

/** The sample newsroom over real HTTP: express adds the ETag, so a second fetch is a 304 like anywhere else. */
export function sampleRoutes({ samples }: WebContext): Router {
  const router = Router();
  if (!samples) return router;
  router.get(/^\/samples\//, (request, response) => {
    const answer = answerSample(request.path, { origin: samples.origin(), startedAt: samples.startedAt });
    response.status(answer.status).setHeader('Content-Type', answer.contentType).send(answer.body);
  });
  return router;
}
