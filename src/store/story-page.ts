import { sql } from 'kysely';
import type { LanguageTag, StoryId, StoryWithVersions, Version } from '../model.ts';
import type { StoryQuery } from '../pipeline/ports.ts';
import type { StoreEngine } from './engine.ts';
import { itemColumns, itemOf } from './item-rows.ts';
import { searchTerms } from './search-text.ts';
import type { StoryRow } from './tables.ts';
import { allTopic } from './topic-versions.ts';

export const pageMax = 1_000;
/** Filters that the order's index cannot answer are tried on so many stories at a time: no statement runs for long. */
const scanChunk = 1_000;
const scanChunksMax = 400;
/** A search looks at the latest so many matching items; who wants more narrows it. */
const matchesMax = 10_000;
const idsPerQuery = 200;

type Place = { readonly id: StoryId; readonly published_at: number };

/** One page of stories, the latest first, with all their versions. */
export async function storyPage(engine: StoreEngine, query: StoryQuery): Promise<readonly StoryWithVersions[]> {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 0), pageMax);
  if (limit === 0) return [];
  const filtered = query.sourceIds !== undefined || query.languages !== undefined;
  const wanted = { ...query, limit };
  const places =
    query.q !== undefined
      ? await searched(engine, wanted)
      : filtered
        ? await scanned(engine, wanted)
        : await ordered(engine, wanted, limit);
  return loadStories(
    engine,
    places.map(place => place.id),
  );
}

/** The order's index alone. */
async function ordered({ db }: StoreEngine, query: StoryQuery, limit: number): Promise<readonly Place[]> {
  const { topic = allTopic, before, since } = query;
  if (topic === allTopic) {
    let stories = db.selectFrom('stories').select(['id', 'published_at']).where('item_count', '>', sql.lit(0));
    if (since !== undefined) stories = stories.where('published_at', '>=', since);
    if (before) stories = stories.where(sql<boolean>`(published_at, id) < (${before.publishedAt}, ${before.id})`);
    return stories.orderBy('published_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  }
  let entries = db.selectFrom('story_topics').select(['story_id as id', 'published_at']).where('topic_id', '=', topic);
  if (since !== undefined) entries = entries.where('published_at', '>=', since);
  if (before) entries = entries.where(sql<boolean>`(published_at, story_id) < (${before.publishedAt}, ${before.id})`);
  return entries.orderBy('published_at', 'desc').orderBy('story_id', 'desc').limit(limit).execute();
}

async function scanned(engine: StoreEngine, query: StoryQuery): Promise<readonly Place[]> {
  const found: Place[] = [];
  let before = query.before;
  for (let chunk = 0; chunk < scanChunksMax && found.length < query.limit; chunk++) {
    const places = await ordered(engine, before ? { ...query, before } : query, scanChunk);
    found.push(...(await passing(engine, places, query)));
    const last = places.at(-1);
    if (!last || places.length < scanChunk) break;
    before = { publishedAt: last.published_at, id: last.id };
    // SQLite answers at once; others want a turn too.
    await new Promise(resolve => setImmediate(resolve));
  }
  return found.slice(0, query.limit);
}

/** Stories with a version of one of the sources, and one in one of the languages (`pt` finds `pt-BR` too). */
async function passing(engine: StoreEngine, places: readonly Place[], query: StoryQuery): Promise<readonly Place[]> {
  if (places.length === 0) return [];
  let ids = places.map(place => place.id);
  if (query.sourceIds !== undefined) {
    const rows = await engine.db
      .selectFrom('versions')
      .select('story_id')
      .distinct()
      .where(engine.anyOf('story_id', ids))
      .where(engine.anyOf('source_id', query.sourceIds))
      .execute();
    ids = rows.map(row => row.story_id);
  }
  const kept = new Set(query.languages === undefined ? ids : await inLanguages(engine, ids, query.languages));
  return places.filter(place => kept.has(place.id));
}

async function inLanguages(engine: StoreEngine, ids: readonly StoryId[], languages: readonly LanguageTag[]) {
  const rows = await engine.db
    .selectFrom('stories')
    .select(['id', 'languages'])
    .where(engine.anyOf('id', ids))
    .execute();
  const wanted = languages.map(language => language.toLowerCase());
  const matches = (tag: LanguageTag) =>
    wanted.some(prefix => tag.toLowerCase() === prefix || tag.toLowerCase().startsWith(`${prefix}-`));
  return rows.filter(row => languagesOf(row).some(matches)).map(row => row.id);
}

async function searched(engine: StoreEngine, query: StoryQuery): Promise<readonly Place[]> {
  const terms = searchTerms(query.q ?? '');
  if (terms.length === 0) return [];
  const { topic = allTopic, before, since, sourceIds, languages } = query;
  let matches = engine.db
    .selectFrom('versions')
    .innerJoin('items', 'items.id', 'versions.item_id')
    .select(['versions.story_id as id', 'versions.story_published_at as published_at'])
    .distinct()
    .where(sql<boolean>`items.seq in (${engine.search.find(terms, matchesMax)})`);
  if (topic !== allTopic) {
    matches = matches.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('story_topics')
          .select('story_topics.story_id')
          .whereRef('story_topics.story_id', '=', 'versions.story_id')
          .where('story_topics.topic_id', '=', topic),
      ),
    );
  }
  if (since !== undefined) matches = matches.where('story_published_at', '>=', since);
  if (before)
    matches = matches.where(sql<boolean>`(story_published_at, story_id) < (${before.publishedAt}, ${before.id})`);
  const bound = sourceIds || languages ? matchesMax : query.limit;
  const places = await matches.orderBy('published_at', 'desc').orderBy('id', 'desc').limit(bound).execute();
  if (!sourceIds && !languages) return places;
  return (await passing(engine, places, query)).slice(0, query.limit);
}

/** The stories of these ids, in this order; an id without versions is left out. */
export async function loadStories(engine: StoreEngine, ids: readonly StoryId[]): Promise<readonly StoryWithVersions[]> {
  const stories = new Map<StoryId, StoryWithVersions>();
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const some = ids.slice(start, start + idsPerQuery);
    const rows = await engine.db.selectFrom('stories').selectAll().where(engine.anyOf('id', some)).execute();
    const versions = await versionsOf(engine, some);
    for (const row of rows) {
      const own = versions.get(row.id);
      if (own) stories.set(row.id, { ...storyOf(row), itemCount: own.length, versions: own });
    }
  }
  return ids.flatMap(id => stories.get(id) ?? []);
}

/** In the order in which they joined: the first one founded the story. */
async function versionsOf(
  engine: StoreEngine,
  ids: readonly StoryId[],
): Promise<ReadonlyMap<StoryId, readonly Version[]>> {
  const rows = await engine.db
    .selectFrom('versions')
    .innerJoin('items', 'items.id', 'versions.item_id')
    .select([
      ...itemColumns,
      'items.seq',
      'versions.story_id',
      'versions.score',
      'versions.with_id',
      'versions.evidence',
      'versions.joined_at',
    ])
    .where(engine.anyOf('versions.story_id', ids))
    .execute();
  // Sorted here: the engine would carry whole articles through its sorter.
  rows.sort((a, b) => a.joined_at - b.joined_at || a.seq - b.seq);
  const versions = new Map<StoryId, Version[]>();
  for (const row of rows) {
    const own = versions.get(row.story_id) ?? [];
    own.push({
      item: itemOf(row),
      score: row.score,
      with: row.with_id,
      evidence: JSON.parse(row.evidence) as Version['evidence'],
      joinedAt: row.joined_at,
    });
    versions.set(row.story_id, own);
  }
  return versions;
}

function storyOf(row: StoryRow) {
  return {
    id: row.id,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    itemCount: row.item_count,
    languages: languagesOf(row),
  };
}

function languagesOf(row: Pick<StoryRow, 'languages'>): readonly LanguageTag[] {
  return JSON.parse(row.languages) as readonly LanguageTag[];
}
