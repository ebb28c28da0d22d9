import { Router } from 'express';
import type { WebContext } from './web-context.ts';

/** `/healthz`: the process lives. `/readyz`: it can do its work, or says why not. `/metrics`: Prometheus. */
export function healthRoutes(context: WebContext): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    const stale = context.config.problem() !== null;
    response.json({
      status: 'ok',
      ...(stale ? { config: 'config stale: the files have mistakes, the last good configuration runs' } : {}),
    });
  });
  router.get('/readyz', (_request, response, next) => {
    context
      .readiness()
      .then(({ reasons, warnings }) =>
        response
          .status(reasons.length === 0 ? 200 : 503)
          .json({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons, warnings }),
      )
      .catch(next);
  });
  router.get('/metrics', (_request, response, next) => {
    context
      .metrics()
      .then(({ contentType, body }) => response.type(contentType).send(body))
      .catch(next);
  });
  return router;
}
