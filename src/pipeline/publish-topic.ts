import { buildEntry, type SourceAttribution, topicFeedId, updatedOf } from '../core/render/build-entry.ts';
import { chooseVersion } from '../core/render/choose-version.ts';
import type { FeedDocument } from '../core/render/feed-document.ts';
import { renderAtom } from '../core/render/render-atom.ts';
import { renderJsonFeed } from '../core/render/render-json-feed.ts';
import { renderRss } from '../core/render/render-rss.ts';
import { newestWanted, parseCursor, selectEntries } from '../core/render/select-entries.ts';
import type { Millis, SourceId, StoryWithVersions, Topic, Version } from '../model.ts';
import { type FeedRequest, formatFeedQuery } from './feed-request.ts';
import { foldVersions } from './fold-versions.ts';
import type { StoryStore } from './ports.ts';

export type PublishContext = {
  readonly stories: StoryStore;
  readonly publicUrl: string;
  readonly installationId: string;
  readonly hubUrls: readonly string[];
  readonly sourceOf: (id: SourceId) => SourceAttribution;
  /** Last-Modified of a feed without entries. */
  readonly emptyAt: Millis;
  /** The reader's token of a private topic: it must stand in the document's links to itself. */
  readonly token: string | null;
};

type Candidate = {
  readonly storyId: string;
  readonly publishedAt: Millis;
  readonly sourceId: SourceId;
  readonly story: StoryWithVersions;
  readonly shown: Version;
};

/** How often the store is asked for more when a flooding source was passed over. */
const loadsMax = 4;

/** One page of a topic as a document, ready to be sent. The item's way out: store → choose → select → entries → text. */
export async function publishTopic(topic: Topic, request: FeedRequest, context: PublishContext): Promise<string> {
  const { selected, next } = await selectPage(topic, request, context.stories);
  const base = `${context.publicUrl}/feeds/${topic.id}.${request.format}`;
  const entries = selected.map(({ story, shown }) =>
    buildEntry(story, {
      shown,
      versions: story.versions,
      publicUrl: context.publicUrl,
      sourceOf: context.sourceOf,
      full: request.full,
    }),
  );
  const document: FeedDocument = {
    id: topicFeedId(topic.id, context.installationId),
    title: topic.title,
    description: topic.description ?? null,
    language: oneLanguage(entries.map(({ language }) => language)),
    readerLanguage: request.languages[0] ?? topic.prefer.languages[0] ?? 'en',
    homeUrl: topic.id === 'all' ? `${context.publicUrl}/` : `${context.publicUrl}/topics/${topic.id}`,
    selfUrl: base + formatFeedQuery(request, context.token),
    nextUrl: next === null ? null : base + formatFeedQuery({ ...request, before: next }, context.token),
    hubUrls: topic.private ? [] : context.hubUrls,
    updated: updatedOf(entries, context.emptyAt),
    iconUrl: `${context.publicUrl}/icon.png`,
    archive: null,
    entries,
  };
  return render(document, request.format);
}

function render(document: FeedDocument, format: FeedRequest['format']): string {
  switch (format) {
    case 'rss':
      return renderRss(document);
    case 'atom':
      return renderAtom(document);
    case 'json':
      return renderJsonFeed(document);
    default:
      return format satisfies never;
  }
}

/** Newest first, at most `perSourceMax` of one source; loads on while a flooding source left the page unfilled. */
async function selectPage(
  topic: Topic,
  request: FeedRequest,
  stories: StoryStore,
): Promise<{ selected: readonly Candidate[]; next: string | null }> {
  const before = parseCursor(request.before);
  const from = newestWanted(before);
  const candidates: Candidate[] = [];
  let cursor: { publishedAt: Millis; id: string } | undefined =
    from === null ? undefined : { publishedAt: from, id: '\uffff' };
  for (let load = 1; ; load++) {
    const batch = await stories.page({
      topic: topic.id,
      limit: request.limit * 2,
      ...(cursor ? { before: cursor } : {}),
      ...(request.sources.length > 0 ? { sourceIds: request.sources } : {}),
      ...(request.q === null ? {} : { q: request.q }),
    });
    candidates.push(...batch.flatMap(story => toCandidates(story, topic, request)));
    const more = batch.length === request.limit * 2;
    const page = selectEntries(candidates, { limit: request.limit, perSourceMax: topic.perSourceMax, before, more });
    const last = batch.at(-1);
    if (!more || !last || page.selected.length === request.limit || load === loadsMax) return page;
    cursor = { publishedAt: last.publishedAt, id: last.id };
  }
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
    return [{ storyId: story.id, publishedAt: whole.publishedAt, sourceId: shown.item.sourceId, story, shown }];
  });
}

function oneLanguage(languages: readonly (string | null)[]): string | null {
  const known = new Set(languages);
  return known.size === 1 ? (languages[0] ?? null) : null;
}
