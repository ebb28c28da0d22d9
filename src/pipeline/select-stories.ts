import { chooseVersion } from '../core/render/choose-version.ts';
import { newestWanted, parseCursor, selectEntries } from '../core/render/select-entries.ts';
import type { Millis, StoryId, StoryWithVersions, Topic, Version } from '../model.ts';
import type { FeedRequest } from './feed-request.ts';
import { foldVersions } from './fold-versions.ts';
import type { StoryQuery, StoryStore } from './ports.ts';

/** The entries of one document, and where the others are. */
export type Selection = {
  readonly selected: readonly {
    /** The story, or the part of it that is an entry of its own; `storyId` is that of the whole. */
    readonly story: StoryWithVersions;
    readonly storyId: StoryId;
    readonly shown: Version;
  }[];
  /** `before=` of the next page. */
  readonly next: string | null;
  /** What the previous archive is asked for by (RFC 5005 §4); `null` when there is none. */
  readonly prevArchive: ArchivePlace | null;
};

/** A day (UTC), and where in it to begin when it holds more than one document's worth. */
export type ArchivePlace = { readonly day: string; readonly before: string | null };

type Candidate = {
  readonly storyId: string;
  readonly partId: string | undefined;
  readonly publishedAt: Millis;
  readonly sourceId: string;
  readonly story: StoryWithVersions;
  readonly shown: Version;
};

/** How often the store is asked for more when a flooding source was passed over; more often while the page is empty. */
const loadsMax = 4;
const loadsMaxEmpty = 40;
const loadMin = 50;
const archivedMax = 200;
const dayMs = 86_400_000;

/** The stories of a document: an archived day, or a page that holds at most `perSourceMax` of one source. */
export function selectStories(topic: Topic, request: FeedRequest, stories: StoryStore): Promise<Selection> {
  return request.archive === null
    ? selectPage(topic, request, stories)
    : selectArchive(topic, { ...request, archive: request.archive }, stories);
}

/** Newest first; loads on while a flooding source left the page unfilled. */
async function selectPage(topic: Topic, request: FeedRequest, stories: StoryStore): Promise<Selection> {
  const before = parseCursor(request.before);
  const limit = Math.max(loadMin, request.limit * 2);
  const loaded: StoryWithVersions[] = [];
  let cursor = newestWanted(before);
  for (let load = 1; ; load++) {
    const batch = await stories.page({ ...queryOf(topic, request), limit, ...(cursor ? { before: cursor } : {}) });
    loaded.push(...batch);
    const more = batch.length === limit;
    const candidates = loaded.flatMap(story => toCandidates(story, topic, request));
    const page = selectEntries(candidates, { limit: request.limit, perSourceMax: topic.perSourceMax, before, more });
    const last = batch.at(-1);
    const isEnough = load >= (page.selected.length === 0 ? loadsMaxEmpty : loadsMax);
    if (!more || !last || page.selected.length === request.limit || isEnough) {
      const isSubscription = before === null;
      return { ...page, prevArchive: isSubscription ? await firstArchive(loaded, { topic, request, stories }) : null };
    }
    cursor = last;
  }
}

/**
 * Every story of one day, whoever floods it. Days, because a story keeps its date for ever, so that a day that is over changes
 * no more, but for posts that come late and for what is deleted.
 */
async function selectArchive(
  topic: Topic,
  request: FeedRequest & { readonly archive: string },
  stories: StoryStore,
): Promise<Selection> {
  const start = Date.parse(request.archive);
  const query = queryOf(topic, request);
  const before = newestWanted(parseCursor(request.before)) ?? { publishedAt: start + dayMs, id: '' };
  const batch = await stories.page({ ...query, limit: archivedMax, since: start, before });
  const last = batch.at(-1);
  const prevArchive =
    last && batch.length === archivedMax
      ? { day: request.archive, before: `${last.publishedAt}~${last.id}` }
      : await lastDayBefore(start, query, stories);
  return { selected: batch.flatMap(story => toCandidates(story, topic, request)), next: null, prevArchive };
}

/** The day before that of the newest story: today's is not over. Told from the stories, not from the clock. */
async function firstArchive(
  loaded: readonly StoryWithVersions[],
  { topic, request, stories }: { topic: Topic; request: FeedRequest; stories: StoryStore },
): Promise<ArchivePlace | null> {
  const newest = loaded[0]?.publishedAt;
  if (newest === undefined) return null;
  const start = newest - (newest % dayMs);
  const earlier = loaded.find(({ publishedAt }) => publishedAt < start);
  return earlier ? dayOf(earlier) : lastDayBefore(start, queryOf(topic, request), stories);
}

async function lastDayBefore(
  start: Millis,
  query: Omit<StoryQuery, 'limit'>,
  stories: StoryStore,
): Promise<ArchivePlace | null> {
  const [story] = await stories.page({ ...query, limit: 1, before: { publishedAt: start, id: '' } });
  return story ? dayOf(story) : null;
}

function dayOf({ publishedAt }: StoryWithVersions): ArchivePlace {
  return { day: new Date(publishedAt).toISOString().slice(0, 10), before: null };
}

function queryOf(topic: Topic, request: FeedRequest): Omit<StoryQuery, 'limit'> {
  return {
    topic: topic.id,
    ...(request.sources.length > 0 ? { sourceIds: request.sources } : {}),
    ...(request.q === null ? {} : { q: request.q }),
  };
}

function toCandidates(whole: StoryWithVersions, topic: Topic, request: FeedRequest): Candidate[] {
  return foldVersions(whole, request.dedup).flatMap(story => {
    const wanted =
      request.sources.length === 0
        ? story.versions
        : story.versions.filter(({ item }) => request.sources.includes(item.sourceId));
    if (wanted.length === 0) return [];
    const shown = chooseVersion(wanted, { languages: request.languages, prefer: topic.prefer });
    // The order and the cursor are the whole story's, also for its parts: a page never tears a story's date apart.
    const { id: storyId, publishedAt } = whole;
    const partId = story === whole ? undefined : story.id;
    return [{ storyId, partId, publishedAt, sourceId: shown.item.sourceId, story, shown }];
  });
}
