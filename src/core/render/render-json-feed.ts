import { absoluteUrl } from './absolute-url.ts';
import { cleanLine, cleanText, isoTime, languageTag, plainText } from './clean-text.ts';
import { type EntryView, entryViews } from './entry-view.ts';
import type { DocumentParts, FeedDocument } from './feed-document.ts';

/**
 * JSON Feed 1.1, with the other versions and the source in `_newsfold` (docs/feeds.md).
 * @returns the document in parts (`DocumentParts`), one entry a line; equal documents give equal text. Never throws.
 */
export function renderJsonFeed(document: FeedDocument): DocumentParts {
  const head = JSON.stringify(feedHead(document));
  const items = entryViews(document).map((view, index) => (index === 0 ? '\n' : ',\n') + item(view));
  return [`${head.slice(0, -1)},"items":[`, ...items, '\n]}\n'];
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
 * JSON would escape (`absoluteUrl`, `isoTime`, `languageTag`), what is on one line (`cleanLine`) only quotes and backslashes.
 */
function item(view: EntryView): string {
  let json = `{"id":${line(view.id)}`;
  if (view.url !== null) json += `,"url":"${view.url}"`;
  json += `,"title":${line(view.title)}`;
  // An item must have content (JSON Feed 1.1, items); a bare title is its own.
  json += view.bodyHtml === '' ? `,"content_text":${line(view.title)}` : `,"content_html":${text(view.bodyHtml)}`;
  const summary = view.summaryHtml === '' ? '' : plainText(view.summaryHtml);
  if (summary !== '') json += `,"summary":${line(summary)}`;
  if (view.image !== null) json += `,"image":"${view.image}"`;
  json += `,"date_published":"${isoTime(view.publishedAt)}","date_modified":"${isoTime(view.updatedAt)}"`;
  if (view.authors.length > 0) json += `,"authors":[${view.authors.map(author).join(',')}]`;
  if (view.categories.length > 0) json += `,"tags":[${view.categories.map(line).join(',')}]`;
  if (view.language !== null) json += `,"language":"${view.language}"`;
  if (view.media.length > 0) json += `,"attachments":${JSON.stringify(attachments(view))}`;
  return `${json},"_newsfold":${extension(view)}}`;
}

function text(value: string): string {
  return JSON.stringify(value);
}

/** A short text on one line: most hold nothing to escape, and to ask is quicker than to call JSON.stringify. */
function line(value: string): string {
  return value.includes('"') || value.includes('\\') ? JSON.stringify(value) : `"${value}"`;
}

function author({ name, url }: EntryView['authors'][number]): string {
  return `{"name":${line(name ?? '')}${url === undefined ? '' : `,"url":"${url}"`}}`;
}

function extension(view: EntryView): string {
  let json = view.storyUrl === null ? '{' : `{"story":"${view.storyUrl}",`;
  json += `"source":{"title":${line(view.sourceTitle)}`;
  if (view.sourceUrl !== null) json += `,"url":"${view.sourceUrl}"`;
  if (view.sourceFeedUrl !== null) json += `,"feed_url":"${view.sourceFeedUrl}"`;
  json += '}';
  if (view.commentsUrl !== null) json += `,"comments_url":"${view.commentsUrl}"`;
  if (view.podcast.length > 0) json += `,"podcast":${JSON.stringify(view.podcast.map(cleanField))}`;
  if (view.others.length > 0) json += `,"versions":[${view.others.map(version).join(',')}]`;
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

function version(other: EntryView['others'][number]): string {
  let json = other.language === null ? '{' : `{"language":"${other.language}",`;
  if (other.sourceTitle !== '') json += `"source":${line(other.sourceTitle)},`;
  if (other.title !== '') json += `"title":${line(other.title)},`;
  return `${json}"url":"${other.url}"}`;
}

function cleanField(field: EntryView['podcast'][number]): object {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(field.attributes)) {
    if (/^[A-Za-z_][\w.-]*$/.test(name) && name !== '__proto__') attributes[name] = cleanText(value);
  }
  return { name: field.name, text: field.text === null ? undefined : cleanText(field.text), attributes };
}
