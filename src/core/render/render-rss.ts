import { absoluteUrl } from './absolute-url.ts';
import { cleanLine, cleanText, languageTag, rfc822Time } from './clean-text.ts';
import { podcastElement } from './entry-media.ts';
import { type EntryView, entryViews, type ModulePrefix, namespaceDeclarations } from './entry-view.ts';
import type { DocumentParts, FeedDocument } from './feed-document.ts';
import { escapeAttribute, escapeText, escapeUrl, htmlText, profileTitle } from './xml-text.ts';

/**
 * RSS 2.0 by the RSS Board's specification and Profile, with the modules that readers know.
 * @returns the document in parts (`DocumentParts`); equal documents give equal text. Never throws.
 */
export function renderRss(document: FeedDocument): DocumentParts {
  const views = entryViews(document);
  const namespaces = ` xmlns:atom="http://www.w3.org/2005/Atom"${namespaceDeclarations(modulesOf(document, views))}`;
  const start = `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"${namespaces}>\n<channel>\n`;
  return [start + channelHead(document), ...views.map(item), '</channel>\n</rss>\n'];
}

/** Declared only when used. */
function modulesOf(document: FeedDocument, views: readonly EntryView[]): ReadonlySet<ModulePrefix> {
  const used = new Set<ModulePrefix>();
  if (document.archive?.isArchive === true) used.add('fh');
  for (const view of views) {
    if (view.bodyHtml !== '') used.add('content');
    if (view.authors.length > 0 || view.language !== null) used.add('dc');
    if (view.image !== null || view.media.length > 1) used.add('media');
    for (const field of view.podcast) used.add(field.name.startsWith('itunes:') ? 'itunes' : 'podcast');
  }
  return used;
}

function channelHead(document: FeedDocument): string {
  const title = cleanLine(document.title) || document.homeUrl;
  const home = absoluteUrl(document.homeUrl) ?? '';
  const description = cleanText(document.description ?? '').trim() || title;
  const language = languageTag(document.language);
  const icon = absoluteUrl(document.iconUrl);
  const archive = document.archive;
  return (
    `<title>${profileTitle(title)}</title>\n<link>${escapeText(home)}</link>\n` +
    `<description>${escapeText(description)}</description>\n` +
    (language === null ? '' : `<language>${language}</language>\n`) +
    `<lastBuildDate>${rfc822Time(document.updated)}</lastBuildDate>\n<generator>newsfold</generator>\n` +
    (icon === null
      ? ''
      : `<image><url>${escapeUrl(icon)}</url><title>${profileTitle(title)}</title><link>${escapeText(home)}</link></image>\n`) +
    link('self', document.selfUrl, ' type="application/rss+xml"') +
    document.hubUrls.map(url => link('hub', url)).join('') +
    link('next', document.nextUrl) +
    link('current', archive?.currentUrl) +
    link('prev-archive', archive?.prevArchiveUrl) +
    link('next-archive', archive?.nextArchiveUrl) +
    (archive?.isArchive === true ? '<fh:archive/>\n' : '')
  );
}

function link(relation: string, address: string | null | undefined, more = ''): string {
  const url = absoluteUrl(address);
  return url === null ? '' : `<atom:link rel="${relation}" href="${escapeUrl(url)}"${more}/>\n`;
}

function item(view: EntryView): string {
  const language = view.language;
  let xml = language === null ? '<item>\n' : `<item xml:lang="${language}">\n`;
  xml += `<title>${profileTitle(view.title)}</title>\n`;
  if (view.url !== null) xml += `<link>${escapeUrl(view.url)}</link>\n`;
  xml += `<guid isPermaLink="false">${escapeText(view.id)}</guid>\n<pubDate>${rfc822Time(view.publishedAt)}</pubDate>\n`;
  if (view.summaryHtml !== '') xml += `<description>${htmlText(view.summaryHtml)}</description>\n`;
  if (view.bodyHtml !== '') xml += `<content:encoded>${htmlText(view.bodyHtml)}</content:encoded>\n`;
  for (const author of view.authors) xml += `<dc:creator>${escapeText(author.name ?? '')}</dc:creator>\n`;
  if (language !== null) xml += `<dc:language>${language}</dc:language>\n`;
  for (const category of view.categories) xml += `<category>${escapeText(category)}</category>\n`;
  xml += mediaElements(view);
  if (view.commentsUrl !== null) xml += `<comments>${escapeUrl(view.commentsUrl)}</comments>\n`;
  const feedUrl = view.sourceFeedUrl ?? view.sourceUrl;
  if (feedUrl !== null) {
    xml += `<source url="${escapeUrl(feedUrl)}">${escapeText(view.sourceTitle || feedUrl)}</source>\n`;
  }
  for (const field of view.podcast) xml += `${podcastElement(field)}\n`;
  return `${xml}${relatedLinks(view)}</item>\n`;
}

/** RSS allows one enclosure an item (Profile §4.1.1.20.3); the others and the lead picture go into Media RSS. */
function mediaElements(view: EntryView): string {
  let xml = '';
  const [first, ...further] = view.media;
  if (first !== undefined) {
    xml += `<enclosure url="${escapeUrl(first.url)}" length="${first.lengthBytes}" type="${escapeAttribute(first.type)}"/>\n`;
  }
  for (const media of further) {
    const size = media.lengthBytes === 0 ? '' : ` fileSize="${media.lengthBytes}"`;
    xml += `<media:content url="${escapeUrl(media.url)}" type="${escapeAttribute(media.type)}"${size}/>\n`;
  }
  if (view.image !== null) {
    const url = escapeUrl(view.image);
    if (!further.some(media => media.url === view.image)) xml += `<media:content url="${url}" medium="image"/>\n`;
    xml += `<media:thumbnail url="${url}"/>\n`;
  }
  return xml;
}

function relatedLinks(view: EntryView): string {
  let xml = '';
  for (const other of view.others) {
    const language = other.language === null ? '' : ` hreflang="${other.language}"`;
    const title = other.title || other.sourceTitle;
    const label = title === '' ? '' : ` title="${escapeAttribute(title)}"`;
    xml += `<atom:link rel="related" href="${escapeUrl(other.url)}"${language}${label}/>\n`;
  }
  return xml;
}
