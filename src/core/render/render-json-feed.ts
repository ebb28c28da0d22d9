import { absoluteUrl } from './absolute-url.ts';
import { cleanLine, cleanText, isoTime, languageTag, plainText } from './clean-text.ts';
import { type EntryView, entryViews } from './entry-view.ts';
import type { FeedDocument } from './feed-document.ts';

/** Where the `_newsfold` extension is described, as JSON Feed asks of extensions. */
const extensionUrl = 'https://github.com/newsfold/newsfold/blob/main/docs/feeds.md';

/**
 * JSON Feed 1.1, with the other versions and the source in `_newsfold` (docs/feeds.md).
 * @returns the document, one entry a line; equal documents give equal text. Never throws.
 */
export function renderJsonFeed(document: FeedDocument): string {
  const head = JSON.stringify(feedHead(document));
  let items = '';
  for (const view of entryViews(document)) {
    items += items === '' ? '\n' : ',\n';
    items += JSON.stringify(item(view));
  }
  return `${head.slice(0, -1)},"items":[${items}\n]}\n`;
}

/** `undefined` values are left out by JSON.stringify. */
function feedHead(document: FeedDocument): object {
  const hubs = document.hubUrls.map(absoluteUrl).filter(url => url !== null);
  const archive = document.archive;
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: cleanLine(document.title) || document.homeUrl,
    home_page_url: absoluteUrl(document.homeUrl) ?? undefined,
    feed_url: absoluteUrl(document.selfUrl) ?? undefined,
    description: cleanText(document.description ?? '').trim() || undefined,
    next_url: absoluteUrl(document.nextUrl) ?? undefined,
    icon: absoluteUrl(document.iconUrl) ?? undefined,
    language: languageTag(document.language) ?? undefined,
    hubs: hubs.length === 0 ? undefined : hubs.map(url => ({ type: 'WebSub', url })),
    _newsfold: {
      about: extensionUrl,
      id: cleanLine(document.id),
      updated: isoTime(document.updated),
      archive: archive?.isArchive === true ? true : undefined,
      current_url: absoluteUrl(archive?.currentUrl) ?? undefined,
      prev_archive_url: absoluteUrl(archive?.prevArchiveUrl) ?? undefined,
      next_archive_url: absoluteUrl(archive?.nextArchiveUrl) ?? undefined,
    },
  };
}

function item(view: EntryView): object {
  return {
    id: view.id,
    url: view.url ?? undefined,
    title: view.title,
    // An item must have content (JSON Feed 1.1, items); a bare title is its own.
    content_html: view.bodyHtml === '' ? undefined : view.bodyHtml,
    content_text: view.bodyHtml === '' ? view.title : undefined,
    summary: view.summaryHtml === '' ? undefined : plainText(view.summaryHtml) || undefined,
    image: view.image ?? undefined,
    date_published: isoTime(view.publishedAt),
    date_modified: isoTime(view.updatedAt),
    authors: view.authors.length === 0 ? undefined : view.authors,
    tags: view.categories.length === 0 ? undefined : view.categories,
    language: view.language ?? undefined,
    attachments: view.media.length === 0 ? undefined : attachments(view),
    _newsfold: {
      story: view.storyUrl ?? undefined,
      source: {
        title: view.sourceTitle,
        url: view.sourceUrl ?? undefined,
        feed_url: view.sourceFeedUrl ?? undefined,
      },
      comments_url: view.commentsUrl ?? undefined,
      podcast: view.podcast.length === 0 ? undefined : view.podcast.map(cleanField),
      versions: view.others.length === 0 ? undefined : view.others.map(version),
    },
  };
}

function attachments(view: EntryView): object[] {
  const seconds = view.durationSeconds ?? undefined;
  return view.media.map((media, index) => ({
    url: media.url,
    mime_type: media.type,
    size_in_bytes: media.lengthBytes === 0 ? undefined : media.lengthBytes,
    duration_in_seconds: index === 0 && /^(?:audio|video)\//.test(media.type) ? seconds : undefined,
  }));
}

function version(other: EntryView['others'][number]): object {
  return {
    language: other.language ?? undefined,
    source: other.sourceTitle || undefined,
    title: other.title || undefined,
    url: other.url,
  };
}

function cleanField(field: EntryView['podcast'][number]): object {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(field.attributes)) {
    if (/^[A-Za-z_][\w.-]*$/.test(name) && name !== '__proto__') attributes[name] = cleanText(value);
  }
  return { name: field.name, text: field.text === null ? undefined : cleanText(field.text), attributes };
}
