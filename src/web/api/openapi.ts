import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../../errors.ts';
import { statusOfCode } from '../problem.ts';
import { problem } from './answer-schemas.ts';
import type { ApiRoute } from './api-route.ts';

/** OpenAPI 3.1 of the table of routes: the schemas are those that check. */
export function describeApi(
  routes: readonly ApiRoute[],
  options: { readonly version: string; readonly serverUrl: string },
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path}`;
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'newsfold',
      version: options.version,
      description:
        'Administration of a newsfold service. Public feeds, pages and health need no credentials and are not described here.',
    },
    servers: [{ url: options.serverUrl }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem) },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'an API token with scope read or write' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'newsfold',
          description: 'a person who signed in; changes must come from our own pages',
        },
      },
    },
  };
}

/** Every code a route may answer with: its own, and those that follow from its shape. */
export function errorsOf(route: ApiRoute): readonly ErrorCode[] {
  const all: ErrorCode[] = [
    'unauthorized',
    'forbidden',
    'too-many-requests',
    'store-unavailable',
    ...(route.errors ?? []),
  ];
  if (route.params || route.query || route.body) all.push('invalid-input');
  if (route.body || route.textTypes) all.push('document-too-large', 'unsupported-media-type');
  if (route.edits) all.push('config-invalid');
  if (route.guarded) all.push('config-conflict');
  return [...new Set(all)];
}

function describeRoute(route: ApiRoute): Record<string, unknown> {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  if (route.guarded)
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: false,
      description: 'the ETag that was seen',
      schema: { type: 'string' },
    });
  const answers: Record<string, unknown> = {};
  for (const [status, { description, schema, type }] of Object.entries(route.answers)) {
    const content = schema
      ? { 'application/json': { schema: jsonSchema(schema, 'output') } }
      : type
        ? { [type]: { schema: { type: 'string' } } }
        : null;
    answers[status] = { description, ...(content ? { content } : {}) };
  }
  for (const code of errorsOf(route)) {
    const status = String(statusOfCode(code));
    const known = answers[status] as { description: string } | undefined;
    const description = `${known ? `${known.description}; ` : ''}\`${code}\`: ${errorCodes[code]}`;
    answers[status] = {
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  const body = route.textTypes
    ? { content: Object.fromEntries(route.textTypes.map(type => [type, { schema: { type: 'string' } }])) }
    : route.body
      ? {
          content: {
            [/merge patch/.test(route.body.meta()?.description ?? '')
              ? 'application/merge-patch+json'
              : 'application/json']: { schema: jsonSchema(route.body) },
          },
        }
      : null;
  return {
    operationId: `${route.method}${route.path.replace(/[^a-zA-Z]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/[^a-zA-Z]/g, '')}`,
    summary: route.summary,
    tags: [route.path.split('/')[1] ?? ''],
    'x-right': route.right,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, ...body } } : {}),
    responses: answers,
  };
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Record<string, unknown>[] {
  if (!schema) return [];
  const { properties = {} } = jsonSchema(schema) as { properties?: Record<string, { description?: string }> };
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: where,
    required: where === 'path',
    ...(inner.description ? { description: inner.description } : {}),
    schema: inner,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return rest;
}
