import { absoluteUrl } from './absolute-url.ts';
import { cleanLine, cleanText, languageTag, rfc822Time } from './clean-text.ts';
import { podcastElement } from './entry-media.ts';
import { type EntryView, entryViews } from './entry-view.ts';
import type { FeedDocument } from './feed-document.ts';
import { escapeAttribute, escapeText, htmlText, profileTitle } from './xml-text.ts';

/**
 * RSS 2.0 by the RSS Board's specification and Profile, with the modules that readers know.
 * @returns the document; equal documents give equal text. Never throws.
 */
export function renderRss(document: FeedDocument): string {
  let items = '';
  for (const view of entryViews(document)) items += item(view);
  const body = channelHead(document) + items;
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"${namespaces(body)}>\n<channel>\n${body}</channel>\n</rss>\n`;
}

const modules: readonly (readonly [string, string])[] = [
  ['atom', 'http://www.w3.org/2005/Atom'],
  ['content', 'http://purl.org/rss/1.0/modules/content/'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['fh', 'http://purl.org/syndication/history/1.0'],
  ['itunes', 'http://www.itunes.com/dtds/podcast-1.0.dtd'],
  ['media', 'http://search.yahoo.com/mrss/'],
  ['podcast', 'https://podcastindex.org/namespace/1.0'],
];

/** Declared when used; every element of a module is written at the beginning of a line. */
function namespaces(body: string): string {
  let declarations = '';
  for (const [prefix, uri] of modules) {
    if (body.includes(`\n<${prefix}:`)) declarations += ` xmlns:${prefix}="${uri}"`;
  }
  return declarations;
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
      : `<image><url>${escapeText(icon)}</url><title>${profileTitle(title)}</title><link>${escapeText(home)}</link></image>\n`) +
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
  return url === null ? '' : `<atom:link rel="${relation}" href="${escapeAttribute(url)}"${more}/>\n`;
}

function item(view: EntryView): string {
  const language = view.language;
  let xml = language === null ? '<item>\n' : `<item xml:lang="${language}">\n`;
  xml += `<title>${profileTitle(view.title)}</title>\n`;
  if (view.url !== null) xml += `<link>${escapeText(view.url)}</link>\n`;
  xml += `<guid isPermaLink="false">${escapeText(view.id)}</guid>\n<pubDate>${rfc822Time(view.publishedAt)}</pubDate>\n`;
  if (view.summaryHtml !== '') xml += `<description>${htmlText(view.summaryHtml)}</description>\n`;
  if (view.bodyHtml !== '') xml += `<content:encoded>${htmlText(view.bodyHtml)}</content:encoded>\n`;
  for (const author of view.authors) xml += `<dc:creator>${escapeText(author.name ?? '')}</dc:creator>\n`;
  if (language !== null) xml += `<dc:language>${language}</dc:language>\n`;
  for (const category of view.categories) xml += `<category>${escapeText(category)}</category>\n`;
  xml += mediaElements(view);
  if (view.commentsUrl !== null) xml += `<comments>${escapeText(view.commentsUrl)}</comments>\n`;
  const feedUrl = view.sourceFeedUrl ?? view.sourceUrl;
  if (feedUrl !== null) {
    xml += `<source url="${escapeAttribute(feedUrl)}">${escapeText(view.sourceTitle || feedUrl)}</source>\n`;
  }
  for (const field of view.podcast) xml += `${podcastElement(field)}\n`;
  return `${xml}${relatedLinks(view)}</item>\n`;
}

/** RSS allows one enclosure an item (Profile §4.1.1.20.3); the others and the lead picture go into Media RSS. */
function mediaElements(view: EntryView): string {
  let xml = '';
  const [first, ...further] = view.media;
  if (first !== undefined) {
    xml += `<enclosure url="${escapeAttribute(first.url)}" length="${first.lengthBytes}" type="${escapeAttribute(first.type)}"/>\n`;
  }
  for (const media of further) {
    const size = media.lengthBytes === 0 ? '' : ` fileSize="${media.lengthBytes}"`;
    xml += `<media:content url="${escapeAttribute(media.url)}" type="${escapeAttribute(media.type)}"${size}/>\n`;
  }
  if (view.image !== null) {
    const url = escapeAttribute(view.image);
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
    xml += `<atom:link rel="related" href="${escapeAttribute(other.url)}"${language}${label}/>\n`;
  }
  return xml;
}
