import type { NextFunction, Request, Response } from 'express';
import type { z } from 'zod';
import { AppError } from '../../errors.ts';
import { InvalidInput, sendProblem } from '../problem.ts';
import type { ApiAnswer, ApiRoute, ApiTools } from './api-route.ts';
import { mediaType, readBody, readJson } from './read-body.ts';

type Compiled = { readonly route: ApiRoute; readonly pattern: RegExp; readonly names: readonly string[] };

/** Runs the table of routes under `/api/v1`: who may, what was sent, what comes back; every mistake is a problem document. */
export function apiRouter(routes: readonly ApiRoute[], tools: ApiTools) {
  const compiled = routes.map(compile);
  return (request: Request, response: Response, _next: NextFunction): void => {
    answer(compiled, tools, request, response).catch(error => {
      if (!(error instanceof AppError))
        tools.context.log.error('request failed', {
          method: request.method,
          path: request.baseUrl + request.path,
          error,
        });
      if (response.headersSent) response.destroy();
      else {
        if (error instanceof AppError && error.code === 'unauthorized')
          response.setHeader('WWW-Authenticate', 'Bearer realm="newsfold"');
        sendProblem(response, error, request.originalUrl.split('?')[0]);
      }
    });
  };
}

async function answer(
  routes: readonly Compiled[],
  tools: ApiTools,
  request: Request,
  response: Response,
): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  const here = routes.filter(({ pattern }) => pattern.test(request.path));
  if (here.length === 0) throw new AppError('not-found', 'There is no such route; /openapi.json lists them.');
  const allow = [
    ...new Set(here.flatMap(({ route }) => (route.method === 'get' ? ['GET', 'HEAD'] : [route.method.toUpperCase()]))),
    'OPTIONS',
  ].join(', ');
  if (request.method === 'OPTIONS') {
    response.setHeader('Allow', allow);
    response.status(204).end();
    return;
  }
  const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
  const found = here.find(({ route }) => route.method === method);
  if (!found) {
    response.setHeader('Allow', allow);
    throw new AppError('method-not-allowed', `${request.method.slice(0, 20)} is not known here, only ${allow}.`);
  }
  const { route } = found;
  const visitor = await tools.gate.admit(request, route.right);
  const raw = route.textTypes
    ? await readTextBody(request, route.textTypes)
    : route.body
      ? await readJson(request)
      : undefined;
  const call = {
    ...tools,
    request,
    response,
    visitor,
    raw,
    body: route.body ? check(route.body, raw, 'body') : raw,
    params: route.params ? check(route.params, paramsOf(found, request.path), 'path') : {},
    query: route.query ? check(route.query, queryOf(request), 'query') : {},
    how: {
      by: visitor.by,
      ifMatch: route.guarded ? tagsOf(request.headers['if-match']) : undefined,
      mustBeNew: route.guarded === true && request.headers['if-none-match'] === '*',
    },
  };
  send(response, await route.run(call as never));
}

function send(response: Response, { status = 200, json, text, headers = {}, tag, streaming }: ApiAnswer): void {
  if (streaming) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.status(status);
  if (tag !== undefined) response.setHeader('ETag', `"${tag}"`);
  if (text) {
    if (text.fileName) response.setHeader('Content-Disposition', `attachment; filename="${text.fileName}"`);
    response.type(text.type).send(text.body);
  } else if (json === undefined) response.end();
  else {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    // With a tag of the entry a 304 would hide the state, which changes by itself: those answers are always whole.
    if (tag === undefined) response.send(JSON.stringify(json));
    else response.end(response.req.method === 'HEAD' ? undefined : JSON.stringify(json));
  }
}

function check<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(
    `The ${where} is not valid.`,
    result.error.issues.slice(0, 50).map(issue => ({ at: [where, ...issue.path].join('.'), message: issue.message })),
  );
}

async function readTextBody(request: Request, types: readonly string[]): Promise<string> {
  const type = mediaType(request);
  if (!types.includes(type)) {
    request.resume();
    throw new AppError('unsupported-media-type', `Send one of ${types.join(', ')}.`);
  }
  return readBody(request);
}

/** RFC 9110 §13.1.1; weak tags never match. */
function tagsOf(header: string | undefined): readonly string[] | undefined {
  return header?.split(',').map(part => part.trim().replace(/^"|"$/g, ''));
}

function queryOf(request: Request): Record<string, string> {
  const search = request.originalUrl.indexOf('?');
  return Object.fromEntries(new URLSearchParams(search < 0 ? '' : request.originalUrl.slice(search + 1)));
}

function compile(route: ApiRoute): Compiled {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '');
  return { route, names, pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}/?$`) };
}

function paramsOf({ pattern, names }: Compiled, path: string): Record<string, string> {
  const values = pattern.exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, i) => [name, decodePart(values[i] ?? '')]));
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AppError('invalid-input', 'The address holds a broken percent escape.');
  }
}
