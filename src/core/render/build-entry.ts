import type { Millis, SourceId, Story, StoryId, Version } from '../../model.ts';
import { nameUuid } from '../text/hash.ts';
import { publicUrl } from './absolute-url.ts';
import type { FeedEntry, OtherVersion } from './feed-document.ts';

/** What an entry says about a source. */
export type SourceAttribution = {
  readonly title: string;
  readonly homeUrl: string | null;
  readonly feedUrl: string | null;
};

export type EntryOptions = {
  /** The shown version (`chooseVersion`). */
  readonly shown: Version;
  readonly versions: readonly Version[];
  /** `http://localhost:8080`, without a slash at the end. */
  readonly publicUrl: string;
  readonly sourceOf: (sourceId: SourceId) => SourceAttribution;
  /** The story whose page to link, when the entry is only a part of it. Default: the entry's own id. */
  readonly storyId?: StoryId;
  /** `full=0`: the summary only. */
  readonly full: boolean;
};

/** @returns the story as an entry: all of it from one version, the others as links. */
export function buildEntry(story: Story, options: EntryOptions): FeedEntry {
  const { shown, versions, sourceOf } = options;
  const item = shown.item;
  const source = sourceOf(item.sourceId);
  return {
    id: entryId(story.id),
    url: item.url,
    storyUrl: `${options.publicUrl}/stories/${options.storyId ?? story.id}`,
    title: item.title,
    summaryHtml: item.summaryHtml ?? excerpt(item.text, item.contentHtml),
    contentHtml: options.full ? item.contentHtml : null,
    publishedAt: story.publishedAt,
    updatedAt: Math.max(story.publishedAt, story.updatedAt),
    language: item.language,
    authors: item.authors,
    categories: item.categories,
    enclosures: item.enclosures,
    image: item.image,
    sourceTitle: source.title,
    sourceUrl: source.homeUrl,
    sourceFeedUrl: publicUrl(source.feedUrl),
    commentsUrl: item.extra.commentsUrl ?? null,
    podcast: item.extra.podcast ?? [],
    durationSeconds: item.extra.durationSeconds ?? null,
    others: otherVersions(shown, versions, sourceOf),
  };
}

/** @returns the entry id of a story, for ever and in every format. */
export function entryId(storyId: StoryId): string {
  return `urn:uuid:${storyId}`;
}

/** @returns the id of a topic's feed: the same in every format, on every page, and after a change of address or name. */
export function topicFeedId(topicId: string, installationId: string): string {
  return `urn:uuid:${nameUuid(`topic ${topicId} of ${installationId}`)}`;
}

/** @returns when the newest entry changed; `emptyAt` for a feed without entries. */
export function updatedOf(entries: readonly FeedEntry[], emptyAt: Millis): Millis {
  return entries.reduce((newest, entry) => Math.max(newest, entry.updatedAt), 0) || emptyAt;
}

function otherVersions(
  shown: Version,
  versions: readonly Version[],
  sourceOf: EntryOptions['sourceOf'],
): readonly OtherVersion[] {
  const others: OtherVersion[] = [];
  const urls = new Set<string | null>([shown.item.url]);
  for (const { item } of versions) {
    if (item.url === null || item.id === shown.item.id || urls.has(item.url)) continue;
    urls.add(item.url);
    others.push({
      language: item.language,
      sourceTitle: sourceOf(item.sourceId).title,
      title: item.title,
      url: item.url,
    });
  }
  return others;
}

const excerptMax = 280;

/** A summary for readers that show one, from the text of an item that came without. */
function excerpt(text: string, contentHtml: string | null): string | null {
  if (contentHtml === null || text === '') return null;
  if (text.length <= excerptMax) return escapeHtml(text);
  const cut = text.lastIndexOf(' ', excerptMax);
  return `${escapeHtml(text.slice(0, cut > excerptMax / 2 ? cut : excerptMax).toWellFormed())}…`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
