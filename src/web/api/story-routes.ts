import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { ItemId } from '../../model.ts';
import type { Store, StoredCorrection } from '../../pipeline/ports.ts';
import * as shapes from './answer-schemas.ts';
import { type ApiRoute, route } from './api-route.ts';
import { isoOrNull, isoTime, presentStory } from './present.ts';

const params = z.object({ id: shapes.uuid });
const ids = z.array(z.string().min(1).max(200));
const done = { description: 'done; the action is for undo', schema: z.object({ action: z.string() }) };

export const storyRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/stories',
    right: 'read',
    summary: 'Search stories, the latest first',
    query: z.object({
      q: z.string().max(300).optional(),
      topic: z.string().max(100).default('all'),
      source: z.string().max(100).optional(),
      language: z.string().max(20).optional(),
      since: z.iso.datetime({ offset: true }).optional(),
      limit: shapes.limit(200, 50),
      cursor: shapes.cursor,
    }),
    answers: { 200: { description: 'a page of stories', schema: shapes.pageOf(shapes.story) } },
    run: async ({ query, context }) => {
      const before = readCursor(query.cursor);
      const stories = await context.store.stories.page({
        topic: query.topic,
        limit: query.limit,
        ...(query.q?.trim() ? { q: query.q } : {}),
        ...(query.source ? { sourceIds: [query.source] } : {}),
        ...(query.language ? { languages: [query.language] } : {}),
        ...(query.since ? { since: Date.parse(query.since) } : {}),
        ...(before ? { before } : {}),
      });
      const last = stories.length === query.limit ? stories.at(-1) : undefined;
      return {
        json: {
          items: stories.map(story => presentStory(story, context)),
          next: last ? `${last.publishedAt}~${last.id}` : null,
        },
      };
    },
  }),
  route({
    method: 'get',
    path: '/stories/{id}',
    right: 'read',
    summary:
      'One story with its versions, their evidence and its topics; the id of a merged story answers with the one it went into',
    params,
    answers: { 200: { description: 'the story', schema: shapes.storyDetail } },
    errors: ['not-found'],
    run: async ({ params: { id }, context }) => {
      const story = await context.store.stories.get(id);
      if (!story) throw new AppError('not-found', `There is no story ${id}.`);
      const topics = await context.store.stories.topicsOf(story.id);
      return {
        json: {
          ...presentStory(story, context),
          topics: topics.map(topic => ({ ...topic, addedAt: isoTime(topic.addedAt) })),
        },
      };
    },
  }),
  route({
    method: 'post',
    path: '/stories/{id}/split',
    right: 'write',
    summary: 'Take versions out of a story; they stay apart from it',
    params,
    body: z.strictObject({ items: ids.min(1).max(200) }),
    answers: { 200: done },
    errors: ['not-found'],
    run: async ({ params: { id }, body, how, context }) => ({
      json: { action: await context.operations.split(id, body.items, how.by) },
    }),
  }),
  route({
    method: 'post',
    path: '/stories/merge',
    right: 'write',
    summary: 'Make several stories one',
    body: z.strictObject({ stories: z.array(shapes.uuid).min(2).max(50) }),
    answers: { 200: done },
    errors: ['not-found'],
    run: async ({ body, how, context }) => ({ json: { action: await context.operations.merge(body.stories, how.by) } }),
  }),
  route({
    method: 'post',
    path: '/stories/never-merge',
    right: 'write',
    summary: 'Two stories that must stay two',
    body: z.strictObject({ stories: z.tuple([shapes.uuid, shapes.uuid]) }),
    answers: { 200: done },
    errors: ['not-found'],
    run: async ({ body, how, context }) => ({
      json: { action: await context.operations.neverMerge(...body.stories, how.by) },
    }),
  }),
  route({
    method: 'get',
    path: '/corrections',
    right: 'read',
    summary: 'What people said about stories, the latest first, undone ones included',
    query: z.object({ limit: shapes.limit(500, 100), cursor: shapes.cursor }),
    answers: { 200: { description: 'a page of corrections', schema: shapes.pageOf(shapes.correction) } },
    run: async ({ query, context }) => {
      const all = groupCorrections(await context.store.corrections.list({ includeUndone: true }));
      const start = query.cursor === undefined ? 0 : all.findIndex(({ action }) => action === query.cursor) + 1;
      const page = all.slice(start, start + query.limit);
      const items = page.map(each => ({ ...each, at: isoTime(each.at), undoneAt: isoOrNull(each.undoneAt) }));
      return {
        json: {
          items,
          next: start + query.limit < all.length ? (page.at(-1)?.action ?? null) : null,
          total: all.length,
        },
      };
    },
  }),
  route({
    method: 'post',
    path: '/corrections/{action}/undo',
    right: 'write',
    summary: 'Take a split, merge or never-merge back',
    params: z.object({ action: z.string().min(1).max(100) }),
    answers: { 200: { description: 'undone', schema: z.object({ pairs: z.number() }) } },
    errors: ['not-found'],
    run: async ({ params: { action }, how, context }) => ({
      json: { pairs: await context.operations.undo(action, how.by) },
    }),
  }),
  route({
    method: 'get',
    path: '/corrections/export',
    right: 'read',
    summary: 'Corrections as labelled pairs, one JSON line each, for `newsfold eval dedup`',
    answers: { 200: { description: 'JSON Lines', type: 'application/x-ndjson' } },
    run: async ({ context }) => {
      const body = (await exportCorrections(context.store)).map(line => `${line}\n`).join('');
      return { text: { type: 'application/x-ndjson; charset=utf-8', body, fileName: 'newsfold-corrections.jsonl' } };
    },
  }),
];

export type CorrectionGroup = {
  readonly action: string;
  readonly kind: StoredCorrection['kind'];
  readonly by: string;
  readonly at: number;
  readonly undoneAt: number | null;
  readonly pairs: readonly (readonly [ItemId, ItemId])[];
};

/** One click made several pairs: they are shown and undone together. */
export function groupCorrections(corrections: readonly StoredCorrection[]): readonly CorrectionGroup[] {
  const groups = new Map<string, CorrectionGroup & { pairs: [ItemId, ItemId][] }>();
  for (const { action, kind, by, at, undoneAt, a, b } of corrections) {
    const group = groups.get(action) ?? { action, kind, by, at, undoneAt, pairs: [] };
    group.pairs.push([a, b]);
    groups.set(action, group);
  }
  return [...groups.values()].sort((a, b) => b.at - a.at);
}

/** Items of corrections are few; one that was pruned leaves its pair out. */
async function exportCorrections(store: Store): Promise<readonly string[]> {
  const { correctionLines } = await import('../../eval/corrections.ts');
  const corrections = await store.corrections.list();
  const items = new Map<ItemId, Awaited<ReturnType<Store['items']['get']>>>();
  for (const id of new Set(corrections.flatMap(({ a, b }) => [a, b]))) items.set(id, await store.items.get(id));
  return correctionLines(corrections, id => items.get(id) ?? undefined);
}

export function readCursor(text: string | undefined): { publishedAt: number; id: string } | null {
  if (text === undefined) return null;
  const match = /^(\d{1,15})~([0-9a-f-]{36})$/.exec(text);
  if (!match) throw new AppError('invalid-input', 'This cursor is not one of ours.');
  return { publishedAt: Number(match[1]), id: match[2] ?? '' };
}
