import { absoluteUrl } from './absolute-url.ts';
import { cleanLine, cleanText, isoTime, languageTag, plainText } from './clean-text.ts';
import { type EntryView, entryViews } from './entry-view.ts';
import type { FeedDocument } from './feed-document.ts';

/** Where the `_newsfold` extension is described, as JSON Feed asks of extensions. */

/**
 * JSON Feed 1.1, with the other versions and the source in `_newsfold` (docs/feeds.md).
 * @returns the document, one entry a line; equal documents give equal text. Never throws.
 */
export function renderJsonFeed(document: FeedDocument): string {
  const head = JSON.stringify(feedHead(document));
  let json = `${head.slice(0, -1)},"items":[`;
  let separator = '\n';
  for (const view of entryViews(document)) {
    json += separator;
    json += item(view);
    separator = ',\n';
  }
  return `${json}\n]}\n`;
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
      id: cleanLine(document.id),
      updated: isoTime(document.updated),
      archive: archive?.isArchive === true ? true : undefined,
      current_url: absoluteUrl(archive?.currentUrl) ?? undefined,
      prev_archive_url: absoluteUrl(archive?.prevArchiveUrl) ?? undefined,
      next_archive_url: absoluteUrl(archive?.nextArchiveUrl) ?? undefined,
    },
  };
}

/**
 * Written by hand, twice as fast as JSON.stringify of an object: addresses, times and language tags hold nothing that
 * JSON would escape (`absoluteUrl`, `isoTime`, `languageTag`); all other text goes through JSON.stringify.
 */
function item(view: EntryView): string {
  let json = `{"id":${text(view.id)}`;
  if (view.url !== null) json += `,"url":"${view.url}"`;
  json += `,"title":${text(view.title)}`;
  // An item must have content (JSON Feed 1.1, items); a bare title is its own.
  json += view.bodyHtml === '' ? `,"content_text":${text(view.title)}` : `,"content_html":${text(view.bodyHtml)}`;
  const summary = view.summaryHtml === '' ? '' : plainText(view.summaryHtml);
  if (summary !== '') json += `,"summary":${text(summary)}`;
  if (view.image !== null) json += `,"image":"${view.image}"`;
  json += `,"date_published":"${isoTime(view.publishedAt)}","date_modified":"${isoTime(view.updatedAt)}"`;
  if (view.authors.length > 0) json += `,"authors":${JSON.stringify(view.authors)}`;
  if (view.categories.length > 0) json += `,"tags":${JSON.stringify(view.categories)}`;
  if (view.language !== null) json += `,"language":"${view.language}"`;
  if (view.media.length > 0) json += `,"attachments":${JSON.stringify(attachments(view))}`;
  return `${json},"_newsfold":${extension(view)}}`;
}

function text(value: string): string {
  return JSON.stringify(value);
}

function extension(view: EntryView): string {
  let json = view.storyUrl === null ? '{' : `{"story":"${view.storyUrl}",`;
  json += `"source":{"title":${text(view.sourceTitle)}`;
  if (view.sourceUrl !== null) json += `,"url":"${view.sourceUrl}"`;
  if (view.sourceFeedUrl !== null) json += `,"feed_url":"${view.sourceFeedUrl}"`;
  json += '}';
  if (view.commentsUrl !== null) json += `,"comments_url":"${view.commentsUrl}"`;
  if (view.podcast.length > 0) json += `,"podcast":${JSON.stringify(view.podcast.map(cleanField))}`;
  if (view.others.length > 0) json += `,"versions":${JSON.stringify(view.others.map(version))}`;
  return `${json}}`;
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
