import { Router } from 'express';
import type { ApiRoute, ApiTools } from './api-route.ts';
import { apiRouter } from './api-router.ts';
import { deskRoutes } from './desk-routes.ts';
import { describeApi } from './openapi.ts';
import { sourceRoutes } from './source-routes.ts';
import { storyRoutes } from './story-routes.ts';
import { topicRoutes } from './topic-routes.ts';

/** The whole API as data. */
export const apiTable: readonly ApiRoute[] = [...sourceRoutes, ...topicRoutes, ...storyRoutes, ...deskRoutes];

export function apiRoutes(tools: ApiTools): Router {
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    const { version } = tools.context.operations.status();
    response.json(describeApi(apiTable, { version, serverUrl: tools.context.publicUrl() }));
  });
  router.use('/api/v1', apiRouter(apiTable, tools));
  return router;
}
