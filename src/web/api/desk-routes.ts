import { z } from 'zod';
import { configFiles } from '../../config/load-config.ts';
import { AppError } from '../../errors.ts';
import { concealText } from '../../pipeline/conceal-secrets.ts';
import { createToken, hasPassword, isPassword, revokeToken } from '../access/credentials.ts';
import { exportOpml } from '../export-opml.ts';
import { readServiceReport } from '../service-report.ts';
import * as shapes from './answer-schemas.ts';
import { type ApiRoute, route } from './api-route.ts';
import { streamEvents } from './event-stream.ts';
import { isoOrNull, isoTime, presentToken } from './present.ts';

const file = z.enum(configFiles);
const revisionName = z.string().regex(/^[a-z]+-\d{1,15}-[0-9a-f]{32}\.yaml$/);
const textSent = { description: 'the text, secrets as dots', schema: shapes.configText };
const opmlTypes = [
  'text/x-opml',
  'text/x-opml+xml',
  'application/xml',
  'text/xml',
  'application/octet-stream',
  'text/plain',
];

/** OPML, configuration, status, audit, tokens, events. */
export const deskRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/opml',
    right: 'read',
    summary: 'All sources as OPML, without credentials',
    answers: { 200: { description: 'OPML 2.0', type: 'text/x-opml' } },
    run: async ({ context, edits }) => {
      const body = await exportOpml(context, edits);
      return { text: { type: 'text/x-opml; charset=utf-8', body, fileName: 'newsfold-sources.opml' } };
    },
  }),
  route({
    method: 'post',
    path: '/opml',
    right: 'write',
    summary: 'Add every feed of an OPML file; what is there already stays as it is',
    textTypes: opmlTypes,
    answers: { 200: { description: 'what became of each line', schema: shapes.importReport } },
    edits: true,
    errors: ['not-a-feed'],
    run: async ({ body, how, edits }) => ({ json: await edits.importOpml(body, how) }),
  }),
  route({
    method: 'get',
    path: '/config/{file}',
    right: 'read',
    summary: 'One of the three files',
    params: z.object({ file }),
    answers: { 200: textSent },
    run: async ({ params, edits }) => {
      const { text, tag } = await edits.readText(params.file);
      return { json: { file: params.file, text }, tag };
    },
  }),
  route({
    method: 'put',
    path: '/config/{file}',
    right: 'write',
    summary: 'Replace a file; dots in the place of a secret leave it as it is',
    params: z.object({ file }),
    body: z.strictObject({ text: z.string().max(4_000_000), file: z.string().optional() }),
    guarded: true,
    answers: { 200: textSent },
    edits: true,
    run: async ({ params, body, how, edits }) => {
      await edits.replaceText(params.file, body.text, how);
      const { text, tag } = await edits.readText(params.file);
      return { json: { file: params.file, text }, tag };
    },
  }),
  route({
    method: 'get',
    path: '/config/{file}/revisions',
    right: 'read',
    summary: 'Earlier texts of a file, the latest first',
    params: z.object({ file }),
    answers: { 200: { description: 'revisions', schema: z.object({ items: z.array(shapes.revision) }) } },
    run: async ({ params, context }) => {
      const all = await context.editor.revisions(params.file);
      return { json: { items: all.map(({ name, at, hash }) => ({ name, at: isoTime(at), hash: hash.slice(0, 8) })) } };
    },
  }),
  route({
    method: 'get',
    path: '/config/{file}/revisions/{name}',
    right: 'read',
    summary: 'The text of a revision',
    params: z.object({ file, name: revisionName }),
    answers: { 200: textSent },
    errors: ['not-found'],
    run: async ({ params, context }) => ({
      json: { file: params.file, text: concealText(await context.editor.revisionText(params.file, params.name)) },
    }),
  }),
  route({
    method: 'post',
    path: '/config/{file}/revisions/{name}/restore',
    right: 'write',
    summary: 'Go back to a revision; the text before becomes one',
    params: z.object({ file, name: revisionName }),
    guarded: true,
    answers: { 200: textSent },
    edits: true,
    errors: ['not-found'],
    run: async ({ params, how, edits }) => {
      await edits.restore(params.file, params.name, how);
      const { text, tag } = await edits.readText(params.file);
      return { json: { file: params.file, text }, tag };
    },
  }),
  route({
    method: 'get',
    path: '/status',
    right: 'read',
    summary: 'How the service is: alerts, counts, queues, charts',
    answers: { 200: { description: 'the status', schema: shapes.status } },
    run: async ({ context }) => {
      const { status, stats, disk, health, alerts, rematch, work } = await readServiceReport(context);
      return {
        json: {
          ...status,
          startedAt: isoTime(status.startedAt),
          store: { ...status.store, ...stats, forecast: disk },
          sources: health,
          alerts,
          work: work.map(each => ({ ...each, startedAt: isoTime(each.startedAt) })),
          rematch: rematch && {
            done: rematch.done,
            startedAt: isoTime(rematch.startedAt),
            finishedAt: isoOrNull(rematch.finishedAt),
          },
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/audit',
    right: 'read',
    summary: 'Who changed what, the latest first',
    query: z.object({ limit: shapes.limit(500, 100), cursor: z.coerce.number().int().positive().optional() }),
    answers: { 200: { description: 'a page of the log', schema: shapes.pageOf(shapes.auditEntry) } },
    run: async ({ query, context }) => {
      const entries = await context.store.audit.list({
        limit: query.limit,
        ...(query.cursor === undefined ? {} : { beforeId: query.cursor }),
      });
      const last = entries.length === query.limit ? entries.at(-1) : undefined;
      return {
        json: {
          items: entries.map(entry => ({ ...entry, at: isoTime(entry.at) })),
          next: last ? String(last.id) : null,
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/tokens',
    right: 'read',
    summary: 'API tokens, without their secrets',
    answers: { 200: { description: 'tokens', schema: z.object({ items: z.array(shapes.token) }) } },
    run: async ({ context }) => ({ json: { items: (await context.store.tokens.list('api')).map(presentToken) } }),
  }),
  route({
    method: 'post',
    path: '/tokens',
    right: 'person',
    summary: 'Create an API token; a person who signed in repeats the password',
    body: z.strictObject({
      label: z.string().min(1).max(200),
      scope: z.enum(['read', 'write']).default('read'),
      days: z.number().int().min(1).max(3650).optional(),
      password: z.string().max(1000).optional(),
    }),
    answers: { 201: { description: 'with the secret, which is shown once', schema: shapes.newToken } },
    run: async ({ body, how, context, gate, request }) => {
      if (await hasPassword(context.store)) {
        gate.checkLimit(request);
        if (!(await isPassword(context.store, body.password ?? '')))
          await gate.refuse(request, 'The password is wrong.');
      }
      const now = context.now();
      const expiresAt = body.days === undefined ? null : now + body.days * 86_400_000;
      const wish = { kind: 'api', scope: body.scope, label: body.label, topicId: null, expiresAt } as const;
      const { secret, token } = await createToken(context.store, wish, { now, by: how.by });
      return { status: 201, json: { ...presentToken(token), secret } };
    },
  }),
  route({
    method: 'delete',
    path: '/tokens/{id}',
    right: 'write',
    summary: 'Revoke an API or feed token',
    params: z.object({ id: shapes.uuid }),
    answers: { 204: { description: 'revoked' } },
    errors: ['not-found'],
    run: async ({ params: { id }, how, context }) => {
      await revokeToken(context.store, id, { now: context.now(), by: how.by });
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/events',
    right: 'read',
    summary: 'What happens now, as server-sent events: fetched, items, topic, work, config',
    answers: { 200: { description: 'a stream that does not end', type: 'text/event-stream' } },
    errors: ['too-many-requests'],
    run: async ({ context, request, response }) => {
      if (!streamEvents(context, request, response))
        throw new AppError('too-many-requests', 'Too many are listening already.');
      return { streaming: true };
    },
  }),
];
