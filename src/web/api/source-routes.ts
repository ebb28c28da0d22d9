import { z } from 'zod';
import { sourceSchema, toSource } from '../../config/sources.ts';
import { AppError } from '../../errors.ts';
import { revealEntry } from '../../pipeline/conceal-secrets.ts';
import { sourceIdFor } from '../../pipeline/edit-sources.ts';
import type { Entry } from '../desk-edits.ts';
import { InvalidInput } from '../problem.ts';
import { findTwin, listSources } from '../source-listing.ts';
import * as shapes from './answer-schemas.ts';
import { type ApiRoute, type ApiTools, route } from './api-route.ts';
import { presentRecord, presentSource, presentTest } from './present.ts';

const params = z.object({ id: shapes.id });
const sourceSent = { description: 'the source as it is written, with its state', schema: shapes.sourceAnswer };
const historyMax = 200;

export const sourceRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/sources',
    right: 'read',
    summary: 'List sources',
    query: z.object({
      q: z.string().max(200).optional(),
      state: shapes.health.optional(),
      tag: z.string().max(100).optional(),
      language: z.string().max(20).optional(),
      sort: z.enum(['id', 'title', 'health', 'items', 'last', 'next']).default('id'),
      limit: shapes.limit(500, 100),
      cursor: shapes.cursor,
    }),
    answers: { 200: { description: 'a page of sources', schema: shapes.pageOf(shapes.sourceAnswer) } },
    run: async ({ context, edits, query }) => {
      const all = await listSources(context, query);
      const start = query.cursor === undefined ? 0 : all.findIndex(({ source }) => source.id === query.cursor) + 1;
      const written = new Map((await edits.readAll('sources')).map(entry => [String(entry.id), entry]));
      const page = all.slice(start, start + query.limit);
      const items = page.map(({ source, state }) => presentSource(source, written.get(source.id) ?? null, state));
      const next = start + query.limit < all.length ? (page.at(-1)?.source.id ?? null) : null;
      return { json: { items, next, total: all.length } };
    },
  }),
  route({
    method: 'post',
    path: '/sources',
    right: 'write',
    summary: 'Add a source; without an id one is made from the address',
    body: shapes.newSourceBody,
    query: z.object({ duplicate: z.enum(['refuse', 'allow']).default('refuse') }),
    answers: { 201: sourceSent },
    edits: true,
    errors: ['conflict'],
    run: async ({ body, raw, query, how, ...tools }) => {
      const { context, edits } = tools;
      const twin = findTwin(context.sources(), body.url);
      if (twin && query.duplicate === 'refuse')
        throw new AppError('conflict', `This address is collected already, as "${twin.id}".`);
      const id = body.id ?? sourceIdFor(body.url, [...context.sources().values()]);
      if (context.sources().has(id)) throw new AppError('conflict', `There is already a source "${id}".`);
      const tag = await edits.create('sources', { id, ...withoutState(raw) }, how);
      const json = await present(tools, id);
      return { status: 201, json, tag, headers: { Location: `/api/v1/sources/${id}` } };
    },
  }),
  route({
    method: 'get',
    path: '/sources/{id}',
    right: 'read',
    summary: 'One source',
    params,
    answers: { 200: sourceSent },
    errors: ['not-found'],
    run: async ({ params: { id }, ...tools }) => {
      const known = await tools.edits.read('sources', id);
      return { json: await present(tools, id), ...(known ? { tag: known.tag } : {}) };
    },
  }),
  route({
    method: 'put',
    path: '/sources/{id}',
    right: 'write',
    summary: 'Create or replace a source; the same request twice changes nothing more',
    params,
    body: shapes.newSourceBody,
    guarded: true,
    answers: { 200: sourceSent, 201: sourceSent },
    edits: true,
    errors: ['conflict'],
    run: async ({ params: { id }, body, raw, how, ...tools }) => {
      if (body.id !== undefined && body.id !== id)
        throw new AppError('invalid-input', `The body says "${body.id}", the address "${id}".`);
      refuseSample(tools, id, await tools.edits.read('sources', id));
      const { tag, created } = await tools.edits.replace('sources', id, withoutState(raw), how);
      return { status: created ? 201 : 200, json: await present(tools, id), tag };
    },
  }),
  route({
    method: 'patch',
    path: '/sources/{id}',
    right: 'write',
    summary: 'Change some keys of a source',
    params,
    body: shapes.mergePatch,
    guarded: true,
    answers: { 200: sourceSent },
    edits: true,
    errors: ['not-found', 'conflict'],
    run: async ({ params: { id }, body, how, ...tools }) => {
      refuseSample(tools, id, await tools.edits.read('sources', id));
      if (body.id !== undefined && body.id !== id) throw new AppError('invalid-input', 'A source keeps its id.');
      const tag = await tools.edits.patch('sources', id, withoutState(body), { ...how, check: checkSource });
      return { json: await present(tools, id), tag };
    },
  }),
  route({
    method: 'delete',
    path: '/sources/{id}',
    right: 'write',
    summary: 'Remove a source; its items stay until they age out',
    params,
    guarded: true,
    answers: { 204: { description: 'removed' } },
    edits: true,
    errors: ['not-found', 'conflict'],
    run: async ({ params: { id }, how, ...tools }) => {
      refuseSample(tools, id, await tools.edits.read('sources', id));
      await tools.edits.remove('sources', id, how);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/sources/{id}/test',
    right: 'write',
    summary: 'Fetch and read a source once, step by step; nothing is stored',
    params,
    answers: { 200: { description: 'what happened', schema: shapes.sourceTest } },
    errors: ['not-found'],
    run: async ({ params: { id }, context }) => {
      const source = context.sources().get(id);
      if (!source) throw new AppError('not-found', `There is no source "${id}".`);
      return { json: presentTest(await context.operations.testSource(source)) };
    },
  }),
  route({
    method: 'post',
    path: '/sources/test',
    right: 'write',
    summary: 'The same for a source that is not saved yet',
    body: shapes.newSourceBody,
    answers: { 200: { description: 'what happened', schema: shapes.sourceTest } },
    run: async ({ body, raw, context, edits }) => {
      const saved = body.id === undefined ? null : await edits.read('sources', body.id);
      const entry = revealEntry(withoutState(raw), saved?.entry ?? null);
      const source = toSource(sourceSchema.parse({ ...entry, id: body.id ?? 'test' }));
      return { json: presentTest(await context.operations.testSource(source)) };
    },
  }),
  route({
    method: 'post',
    path: '/sources/suggest',
    right: 'write',
    summary: 'Lists found on a page without a feed, with the selectors that pin them',
    body: z.strictObject({ url: sourceSchema.shape.url }),
    answers: { 200: { description: 'best first', schema: z.object({ items: z.array(shapes.scrapeGuess) }) } },
    errors: ['fetch-failed', 'no-items-found'],
    run: async ({ body, context }) => ({ json: { items: await context.operations.suggestScrape(body.url) } }),
  }),
  route({
    method: 'post',
    path: '/sources/{id}/suggest',
    right: 'write',
    summary: 'Lists found on a scraped source’s page now, each with the `patch` of the source that takes it',
    params,
    answers: { 200: { description: 'best first', schema: z.object({ items: z.array(shapes.rulesProposal) }) } },
    errors: ['not-found', 'fetch-failed', 'document-too-large', 'no-items-found'],
    run: async ({ params: { id }, context }) => ({ json: { items: await context.operations.suggestRules(id) } }),
  }),
  route({
    method: 'post',
    path: '/sources/{id}/collect',
    right: 'write',
    summary: 'Collect a source now',
    params,
    answers: { 200: { description: 'the fetch', schema: shapes.fetchRecord } },
    errors: ['not-found', 'conflict'],
    run: async ({ params: { id }, context }) => {
      if (!context.sources().has(id)) throw new AppError('not-found', `There is no source "${id}".`);
      const record = await context.operations.collectNow(id);
      if (record === 'unknown') throw new AppError('not-found', `There is no source "${id}".`);
      if (typeof record === 'string') throw new AppError('conflict', 'It is being collected right now.');
      return { json: presentRecord(record) };
    },
  }),
  route({
    method: 'get',
    path: '/sources/{id}/history',
    right: 'read',
    summary: 'The last fetches of a source, the latest first',
    params,
    query: z.object({ limit: shapes.limit(historyMax, 50) }),
    answers: { 200: { description: 'fetches', schema: z.object({ items: z.array(shapes.fetchRecord) }) } },
    errors: ['not-found'],
    run: async ({ params: { id }, query, context }) => {
      if (!context.sources().has(id)) throw new AppError('not-found', `There is no source "${id}".`);
      return { json: { items: (await context.store.sources.history(id, query.limit)).map(presentRecord) } };
    },
  }),
];

async function present({ context, edits }: ApiTools, id: string): Promise<Record<string, unknown>> {
  const source = context.sources().get(id);
  if (!source) throw new AppError('not-found', `There is no source "${id}".`);
  const known = await edits.read('sources', id);
  return presentSource(source, known?.entry ?? null, (await context.store.sources.get(id)) ?? undefined);
}

function refuseSample({ context }: ApiTools, id: string, known: unknown): void {
  if (known === null && context.sources().has(id))
    throw new AppError(
      'conflict',
      `"${id}" is a sample; samples are switched on and off with \`samples:\` in newsfold.yaml.`,
    );
}

/** Only what the file may hold. */
function withoutState({ state: _, sample: __, ...entry }: Entry): Entry {
  return entry;
}

export function checkSource(entry: Entry): void {
  const result = sourceSchema.safeParse(entry);
  if (result.success) return;
  throw new InvalidInput(
    'The source would not be valid.',
    result.error.issues.map(issue => ({ at: issue.path.join('.'), message: issue.message })),
  );
}
