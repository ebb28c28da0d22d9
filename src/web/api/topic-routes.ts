import { z } from 'zod';
import { topicSchema, toTopic } from '../../config/topics.ts';
import { describeMatch } from '../../core/topics/describe-match.ts';
import { AppError } from '../../errors.ts';
import { createToken, revokeToken } from '../access/credentials.ts';
import type { Entry } from '../desk-edits.ts';
import { InvalidInput } from '../problem.ts';
import * as shapes from './answer-schemas.ts';
import { type ApiRoute, type ApiTools, route } from './api-route.ts';
import { isoTime, presentToken } from './present.ts';

const params = z.object({ id: shapes.id });
const topicSent = {
  description: 'the topic as it is written, with its stories of the last 14 days counted',
  schema: shapes.topicAnswer,
};
const countedMs = 14 * 86_400_000;

export const topicRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/topics',
    right: 'read',
    summary: 'List topics in their order',
    answers: { 200: { description: 'all topics', schema: shapes.pageOf(shapes.topicAnswer) } },
    run: async tools => {
      const counts = await tools.context.store.stories.topicCounts(tools.context.now() - countedMs);
      const items = (await tools.edits.readAll('topics')).map(entry => ({
        ...entry,
        stories: counts.get(String(entry.id))?.stories ?? 0,
      }));
      return { json: { items, next: null, total: items.length } };
    },
  }),
  route({
    method: 'post',
    path: '/topics',
    right: 'write',
    summary: 'Add a topic',
    body: shapes.topicBody,
    answers: { 201: topicSent },
    edits: true,
    errors: ['conflict'],
    run: async ({ body, raw, how, ...tools }) => {
      const tag = await tools.edits.create('topics', withoutCounts(raw), how);
      return {
        status: 201,
        json: await present(tools, body.id),
        tag,
        headers: { Location: `/api/v1/topics/${body.id}` },
      };
    },
  }),
  route({
    method: 'post',
    path: '/topics/preview',
    right: 'read',
    summary: 'What a definition would match, with the reasons; nothing is saved',
    body: shapes.topicBody.extend({
      id: topicSchema.shape.id.default('preview'),
      title: topicSchema.shape.title.default('Preview'),
    }),
    query: z.object({ days: z.coerce.number().int().min(1).max(90).default(7), limit: shapes.limit(200, 50) }),
    answers: { 200: { description: 'the stories', schema: shapes.topicPreview } },
    run: async ({ body, query, context }) => {
      const { stories: _, changedAt: __, ...rest } = body;
      const preview = await context.operations.previewTopic(toTopic(topicSchema.parse(rest)), query);
      return {
        json: {
          ...preview,
          matched: preview.matched.map(match => ({
            ...match,
            publishedAt: isoTime(match.publishedAt),
            why: describeMatch(match.evidence, 'en'),
          })),
        },
      };
    },
  }),
  route({
    method: 'put',
    path: '/topics',
    right: 'write',
    summary: 'Set the order of the topics',
    body: z.strictObject({ order: z.array(shapes.id).max(5000) }),
    answers: { 204: { description: 'in order' } },
    edits: true,
    run: async ({ body, how, edits }) => {
      await edits.order('topics', body.order, how);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/topics/{id}',
    right: 'read',
    summary: 'One topic',
    params,
    answers: { 200: topicSent },
    errors: ['not-found'],
    run: async ({ params: { id }, ...tools }) => {
      const known = await tools.edits.read('topics', id);
      if (!known) throw new AppError('not-found', `There is no topic "${id}" in topics.yaml.`);
      return { json: await present(tools, id), tag: known.tag };
    },
  }),
  route({
    method: 'put',
    path: '/topics/{id}',
    right: 'write',
    summary: 'Create or replace a topic; the same request twice changes nothing more',
    params,
    body: shapes.topicBody.extend({ id: topicSchema.shape.id.optional() }),
    guarded: true,
    answers: { 200: topicSent, 201: topicSent },
    edits: true,
    run: async ({ params: { id }, body, raw, how, ...tools }) => {
      if (body.id !== undefined && body.id !== id)
        throw new AppError('invalid-input', `The body says "${body.id}", the address "${id}".`);
      const entry = { id, ...withoutCounts(raw) };
      checkTopic(entry);
      const { tag, created } = await tools.edits.replace('topics', id, entry, how);
      return { status: created ? 201 : 200, json: await present(tools, id), tag };
    },
  }),
  route({
    method: 'patch',
    path: '/topics/{id}',
    right: 'write',
    summary: 'Change some keys of a topic',
    params,
    body: shapes.mergePatch,
    guarded: true,
    answers: { 200: topicSent },
    edits: true,
    errors: ['not-found'],
    run: async ({ params: { id }, body, how, ...tools }) => {
      if (body.id !== undefined && body.id !== id)
        throw new AppError('invalid-input', 'A new id is a new topic: create it with the old id under formerIds.');
      const tag = await tools.edits.patch('topics', id, withoutCounts(body), { ...how, check: checkTopic });
      return { json: await present(tools, id), tag };
    },
  }),
  route({
    method: 'delete',
    path: '/topics/{id}',
    right: 'write',
    summary: 'Remove a topic; its feed answers 410 from then on',
    params,
    edits: true,
    guarded: true,
    answers: { 204: { description: 'removed' } },
    errors: ['not-found'],
    run: async ({ params: { id }, how, edits }) => {
      await edits.remove('topics', id, how);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/topics/{id}/tokens',
    right: 'read',
    summary: 'Feed tokens of a topic',
    params,
    answers: { 200: { description: 'without their secrets', schema: z.object({ items: z.array(shapes.token) }) } },
    errors: ['not-found'],
    run: async ({ params: { id }, context, edits }) => {
      if (!(await edits.read('topics', id)))
        throw new AppError('not-found', `There is no topic "${id}" in topics.yaml.`);
      const all = await context.store.tokens.list('feed');
      return { json: { items: all.filter(({ topicId }) => topicId === id).map(presentToken) } };
    },
  }),
  route({
    method: 'post',
    path: '/topics/{id}/tokens',
    right: 'write',
    summary: 'Create a token with which a reader gets the feed of a private topic',
    params,
    body: z.strictObject({ label: z.string().max(200).default('') }),
    answers: { 201: { description: 'with the secret, which is shown once', schema: shapes.newToken } },
    errors: ['not-found'],
    run: async ({ params: { id }, body, how, context, edits }) => {
      if (!(await edits.read('topics', id)))
        throw new AppError('not-found', `There is no topic "${id}" in topics.yaml.`);
      const wish = { kind: 'feed', scope: 'read', label: body.label, topicId: id, expiresAt: null } as const;
      const { secret, token } = await createToken(context.store, wish, { now: context.now(), by: how.by });
      return { status: 201, json: { ...presentToken(token), secret } };
    },
  }),
  route({
    method: 'delete',
    path: '/topics/{id}/tokens/{token}',
    right: 'write',
    summary: 'Revoke a feed token; it is dead at once',
    params: params.extend({ token: shapes.uuid }),
    answers: { 204: { description: 'revoked' } },
    errors: ['not-found'],
    run: async ({ params: { id, token }, how, context }) => {
      const known = (await context.store.tokens.list('feed')).find(each => each.id === token && each.topicId === id);
      if (!known) throw new AppError('not-found', `The topic "${id}" has no such token.`);
      await revokeToken(context.store, token, { now: context.now(), by: how.by });
      return { status: 204 };
    },
  }),
];

async function present({ context, edits }: ApiTools, id: string): Promise<Record<string, unknown>> {
  const known = await edits.read('topics', id);
  const counts = await context.store.stories.topicCounts(context.now() - countedMs);
  return { ...(known?.entry ?? { id }), stories: counts.get(id)?.stories ?? 0 };
}

function withoutCounts({ stories: _, changedAt: __, ...entry }: Entry): Entry {
  return entry;
}

export function checkTopic(entry: Entry): void {
  const result = topicSchema.safeParse(entry);
  if (result.success) return;
  throw new InvalidInput(
    'The topic would not be valid.',
    result.error.issues.map(issue => ({ at: issue.path.join('.'), message: issue.message })),
  );
}
