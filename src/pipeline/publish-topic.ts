import { buildEntry, type SourceAttribution, topicFeedId, updatedOf } from '../core/render/build-entry.ts';
import type { DocumentParts, FeedArchive, FeedDocument } from '../core/render/feed-document.ts';
import { renderAtom } from '../core/render/render-atom.ts';
import { renderJsonFeed } from '../core/render/render-json-feed.ts';
import { renderRss } from '../core/render/render-rss.ts';
import type { Millis, SourceId, Topic } from '../model.ts';
import { type FeedRequest, formatFeedQuery } from './feed-request.ts';
import type { StoryStore } from './ports.ts';
import { type ArchivePlace, selectStories } from './select-stories.ts';

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

/** One page of a topic, or one of its archived days, as a document, ready to be sent. The item's way out: store → choose → select → entries → text. */
export async function publishTopic(
  topic: Topic,
  request: FeedRequest,
  context: PublishContext,
): Promise<DocumentParts> {
  const { selected, next, prevArchive } = await selectStories(topic, request, context.stories);
  const base = `${context.publicUrl}/feeds/${topic.id}.${request.format}`;
  const addressOf = (other: Partial<FeedRequest>) => base + formatFeedQuery({ ...request, ...other }, context.token);
  const entries = selected.map(({ story, storyId, shown }) =>
    buildEntry(story, {
      shown,
      storyId,
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
    selfUrl: addressOf({}),
    nextUrl: next === null ? null : addressOf({ before: next }),
    hubUrls: topic.private ? [] : context.hubUrls,
    updated: updatedOf(entries, context.emptyAt),
    iconUrl: `${context.publicUrl}/icon.png`,
    archive: archiveOf(request, prevArchive, addressOf),
    entries,
  };
  return render(document, request.format);
}

/** RFC 5005 §4: a page of §3 has none; the subscription document leads to the archives, each of them to the one before. */
function archiveOf(
  request: FeedRequest,
  prevArchive: ArchivePlace | null,
  addressOf: (other: Partial<FeedRequest>) => string,
): FeedArchive | null {
  if (request.archive === null && prevArchive === null) return null;
  return {
    isArchive: request.archive !== null,
    currentUrl: request.archive === null ? null : addressOf({ archive: null, before: null }),
    prevArchiveUrl: prevArchive && addressOf({ archive: prevArchive.day, before: prevArchive.before }),
    // Would change a document that shall not change any more; nobody who goes back in time needs it.
    nextArchiveUrl: null,
  };
}

function render(document: FeedDocument, format: FeedRequest['format']): DocumentParts {
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

function oneLanguage(languages: readonly (string | null)[]): string | null {
  const known = new Set(languages);
  return known.size === 1 ? (languages[0] ?? null) : null;
}
