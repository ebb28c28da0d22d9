import { type NextFunction, type Request, type Response, Router } from 'express';
import { AppError } from '../../errors.ts';
import type { Visitor } from '../access/gate.ts';
import type { ApiTools } from '../api/api-route.ts';
import { html } from '../html.ts';
import { readPageRequest } from '../pages/page-request.ts';
import { statusOf } from '../problem.ts';
import * as access from './access-pages.ts';
import * as adding from './add-source-page.ts';
import * as config from './config-pages.ts';
import { heading, seeOther, sendDesk } from './desk-page.ts';
import { type Desk, emptyForm, readForm, wantsPart } from './desk-request.ts';
import { deskText } from './desk-text.ts';
import { adoptFeed } from './feed-offer.ts';
import * as importing from './import-pages.ts';
import { showOverview } from './overview-page.ts';
import { problemWords } from './problem-words.ts';
import { showSources } from './source-list-page.ts';
import * as sources from './source-page.ts';
import * as stories from './story-pages.ts';
import * as topics from './topic-pages.ts';

type Handler = (desk: Desk, params: Readonly<Record<string, string>>) => void | Promise<void>;

/** Pages that only show. */
const shows: Readonly<Record<string, Handler>> = {
  '/': showOverview,
  '/sources': showSources,
  '/sources/add': desk => adding.showAdd(desk, { url: desk.query.get('url') ?? '' }),
  '/sources/:id': (desk, { id = '' }) => sources.showSource(desk, id),
  '/import': desk => importing.showImport(desk),
  '/export.opml': importing.exportFile,
  '/packs': desk => importing.showPacks(desk),
  '/topics': topics.showTopics,
  '/topics/add': desk => topics.showTopic(desk, null),
  '/topics/:id': (desk, { id = '' }) => topics.showTopic(desk, id),
  '/stories': desk => stories.showStories(desk),
  '/stories/corrections': stories.showCorrections,
  '/stories/:id': (desk, { id = '' }) => stories.showStory(desk, id),
  '/config': desk => config.showConfig(desk),
  '/config/:file/:name': (desk, { file = '', name = '' }) => config.showRevision(desk, file, name),
  '/audit': config.showAudit,
  '/access': desk => access.showAccess(desk),
};

/** Forms that change something, or ask the outside world. */
const posts: Readonly<Record<string, Handler>> = {
  '/sources/look': adding.look,
  '/sources/try': adding.tryRules,
  '/sources': adding.addSource,
  '/sources/:id': (desk, { id = '' }) => sources.saveSource(desk, id),
  '/sources/:id/collect': (desk, { id = '' }) => sources.collectSource(desk, id),
  '/sources/:id/test': (desk, { id = '' }) => sources.testSource(desk, id),
  '/sources/:id/rules': (desk, { id = '' }) => sources.adoptRules(desk, id),
  '/sources/:id/address': (desk, { id = '' }) => adoptFeed(desk, id),
  '/sources/:id/pause': (desk, { id = '' }) => sources.pauseSource(desk, id),
  '/sources/:id/delete': (desk, { id = '' }) => sources.removeSource(desk, id),
  '/import': importing.importFile,
  '/packs/:id': (desk, { id = '' }) => importing.addPack(desk, id),
  '/topics': desk => topics.saveTopic(desk, null),
  '/topics/order': topics.orderTopics,
  '/topics/preview': topics.previewTopic,
  '/topics/:id': (desk, { id = '' }) => topics.saveTopic(desk, id),
  '/topics/:id/delete': (desk, { id = '' }) => topics.removeTopic(desk, id),
  '/topics/:id/tokens': (desk, { id = '' }) => topics.addFeedToken(desk, id),
  '/topics/:id/tokens/:token/revoke': (desk, { id = '', token = '' }) => topics.removeFeedToken(desk, id, token),
  '/stories/merge': stories.mergeStories,
  '/stories/never-merge': stories.neverMerge,
  '/stories/:id/split': (desk, { id = '' }) => stories.splitStory(desk, id),
  '/stories/corrections/:action/undo': (desk, { action = '' }) => stories.undoCorrection(desk, action),
  '/config': config.saveConfig,
  '/config/:file/:name/restore': (desk, { file = '', name = '' }) => config.restoreRevision(desk, file, name),
  '/access/password': access.changePassword,
  '/access/tokens': access.addToken,
  '/access/tokens/:id/revoke': (desk, { id = '' }) => access.removeToken(desk, id),
  '/access/sessions/:id/end': (desk, { id = '' }) => access.removeSession(desk, id),
  '/logout': access.logout,
};

/** Everything under `/admin`: who may, then which page. */
export function adminRoutes(tools: ApiTools): Router {
  const router = Router();
  // With no referrer at all browsers hide the origin of our own forms, and without TLS nothing else tells where they come from.
  router.use((_request, response, next) => {
    response.setHeader('Referrer-Policy', 'same-origin');
    next();
  });
  const doors: Readonly<
    Record<
      string,
      { show?: (door: access.Doorway) => void | Promise<void>; post: (door: access.Doorway) => Promise<void> }
    >
  > = {
    '/login': { show: door => access.showLogin(door), post: access.login },
    '/setup': { show: door => access.showSetup(door), post: access.setup },
  };
  for (const [path, { show, post }] of Object.entries(doors)) {
    if (show)
      router.get(
        path,
        caught(async (request, response) =>
          show({ ...(await openDoor(tools, request, response)), formToken: await tools.gate.formToken(anybody) }),
        ),
      );
    router.post(
      path,
      caught(async (request, response) => {
        const door = { ...(await openDoor(tools, request, response)), formToken: await tools.gate.formToken(anybody) };
        await tools.gate.checkForm(request, anybody, door.form.get('csrf'));
        await post(door);
      }),
    );
  }
  for (const [path, handler] of Object.entries(shows))
    router.get(
      path,
      caught((request, response) => serve(tools, handler, request, response)),
    );
  for (const [path, handler] of Object.entries(posts))
    router.post(
      path,
      caught((request, response) => serve(tools, handler, request, response)),
    );
  router.use(refuseMethod);
  return router;
}

/** At the door it does not matter who one was before: an old tab signs in as well as a fresh one. */
const anybody: Visitor = { kind: 'stranger', passwordSet: true, key: 'door' };

type OpenedDoor = access.Doorway & { readonly visitor: Visitor };

/** What any request has, before it is known who asks. */
async function openDoor(
  tools: ApiTools,
  request: Request,
  response: Response,
  form?: Desk['form'],
): Promise<OpenedDoor> {
  const visitor = await tools.gate.identify(request);
  const { shell, query } = readPageRequest(request, tools.context);
  return {
    ...tools,
    request,
    response,
    visitor,
    query,
    shell: { ...shell, showAdmin: true },
    t: deskText(shell.language),
    say: message => problemWords(message, shell.language),
    form: form ?? (await readForm(request)),
    formToken: await tools.gate.formToken(visitor),
    now: tools.context.now(),
  };
}

async function serve(tools: ApiTools, handler: Handler, request: Request, response: Response): Promise<void> {
  const visitor = await tools.gate.identify(request);
  if (visitor.kind === 'stranger') {
    const isRead = /^(GET|HEAD)$/.test(request.method);
    const door = await openDoor(tools, request, response, emptyForm());
    // A part of a page cannot become a place to sign in: the browser goes there as a whole.
    if (wantsPart(request)) response.setHeader('HX-Redirect', '/admin/login');
    if (!visitor.passwordSet) return access.showClosed(door);
    if (!isRead || wantsPart(request)) return access.showLogin(door, null, 401);
    return seeOther(door, `/admin/login?next=${encodeURIComponent(request.originalUrl)}`);
  }
  if (visitor.kind === 'token') throw new AppError('forbidden', 'The pages are for people; a token is for /api/v1.');
  const door = await openDoor(tools, request, response);
  const desk: Desk = { ...door, visitor };
  try {
    if (request.method === 'POST') await tools.gate.checkForm(request, visitor, desk.form.get('csrf'));
    await handler(desk, request.params as Record<string, string>);
  } catch (error) {
    // What a person did wrong is said in the frame they are in; outages go the common way.
    if (!(error instanceof AppError) || statusOf(error) >= 500) throw error;
    const body = html`${heading(desk.t('errorTitle'))}<p class="notice bad" role="alert">${desk.say(error.message)}</p><p><a class="button" href="/admin/">${desk.t('overview')}</a></p>`;
    sendDesk(desk, { title: desk.t('errorTitle'), area: 'overview', body, status: statusOf(error) });
  }
}

function caught(handler: (request: Request, response: Response) => Promise<void>) {
  return (request: Request, response: Response, next: NextFunction): void => {
    handler(request, response).catch(next);
  };
}

function refuseMethod(request: Request, response: Response, next: NextFunction): void {
  if (/^(GET|HEAD|POST)$/.test(request.method)) {
    next();
    return;
  }
  response.setHeader('Allow', 'GET, HEAD, POST');
  next(new AppError('method-not-allowed', 'Pages are read and forms are posted.'));
}
