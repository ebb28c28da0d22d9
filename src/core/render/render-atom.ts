import { absoluteUrl } from './absolute-url.ts';
import { cleanLine, isoTime, languageTag } from './clean-text.ts';
import { podcastElement } from './entry-media.ts';
import { type EntryView, entryViews, type ModulePrefix, namespaceDeclarations } from './entry-view.ts';
import type { DocumentParts, FeedDocument } from './feed-document.ts';
import { escapeAttribute, escapeText, escapeUrl, htmlText } from './xml-text.ts';

/**
 * Atom 1.0 (RFC 4287) with RFC 5005 archives, RFC 4685 replies and `atom:source` for every entry.
 * @returns the document in parts (`DocumentParts`); equal documents give equal text. Never throws.
 */
export function renderAtom(document: FeedDocument): DocumentParts {
  const views = entryViews(document);
  const language = languageTag(document.language);
  let head = `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"`;
  head += namespaceDeclarations(modulesOf(document, views));
  head += `${language === null ? '' : ` xml:lang="${language}"`}>\n${feedHead(document)}`;
  return [head, ...views.map(entry), '</feed>\n'];
}

/** Declared only when used. */
function modulesOf(document: FeedDocument, views: readonly EntryView[]): ReadonlySet<ModulePrefix> {
  const used = new Set<ModulePrefix>();
  if (document.archive?.isArchive === true) used.add('fh');
  for (const view of views) {
    if (view.image !== null) used.add('media');
    for (const field of view.podcast) used.add(field.name.startsWith('itunes:') ? 'itunes' : 'podcast');
  }
  return used;
}

function feedHead(document: FeedDocument): string {
  const title = cleanLine(document.title) || document.homeUrl;
  const subtitle = cleanLine(document.description ?? '');
  const icon = absoluteUrl(document.iconUrl);
  const archive = document.archive;
  return (
    `<id>${escapeText(cleanLine(document.id))}</id>\n<title>${escapeText(title)}</title>\n` +
    (subtitle === '' ? '' : `<subtitle>${escapeText(subtitle)}</subtitle>\n`) +
    `<updated>${isoTime(document.updated)}</updated>\n<generator>newsfold</generator>\n` +
    // RFC 4287 §4.1.1: an author for entries without one; every entry of ours has its own all the same.
    `<author><name>${escapeText(title)}</name></author>\n` +
    (icon === null ? '' : `<icon>${escapeUrl(icon)}</icon>\n`) +
    link('self', document.selfUrl, ' type="application/atom+xml"') +
    link('alternate', document.homeUrl, ' type="text/html"') +
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
  return url === null ? '' : `<link rel="${relation}" href="${escapeUrl(url)}"${more}/>\n`;
}

function entry(view: EntryView): string {
  const updated = isoTime(view.updatedAt);
  let xml = view.language === null ? '<entry>\n' : `<entry xml:lang="${view.language}">\n`;
  xml += `<id>${escapeText(view.id)}</id>\n<title>${escapeText(view.title)}</title>\n`;
  xml += `<published>${isoTime(view.publishedAt)}</published>\n<updated>${updated}</updated>\n`;
  xml += authors(view);
  for (const category of view.categories) xml += `<category term="${escapeAttribute(category)}"/>\n`;
  xml += links(view);
  if (view.summaryHtml !== '') xml += `<summary type="html">${htmlText(view.summaryHtml)}</summary>\n`;
  if (view.bodyHtml !== '') xml += `<content type="html">${htmlText(view.bodyHtml)}</content>\n`;
  // RFC 4287 §4.1.2: an entry without an alternate link must have content.
  else if (view.url === null) xml += `<content>${escapeText(view.title)}</content>\n`;
  xml += source(view, updated);
  if (view.image !== null) xml += `<media:thumbnail url="${escapeUrl(view.image)}"/>\n`;
  for (const field of view.podcast) xml += `${podcastElement(field)}\n`;
  return `${xml}</entry>\n`;
}

/** Without an author of its own an entry would inherit ours (RFC 4287 §4.2.1): then its source is the author. */
function authors(view: EntryView): string {
  const [first] = view.authors;
  if (first === undefined) {
    const uri = view.sourceUrl === null ? '' : `<uri>${escapeUrl(view.sourceUrl)}</uri>`;
    return view.sourceTitle === '' ? '' : `<author><name>${escapeText(view.sourceTitle)}</name>${uri}</author>\n`;
  }
  let xml = '';
  for (const author of view.authors) {
    const uri = author.url === undefined ? '' : `<uri>${escapeUrl(author.url)}</uri>`;
    xml += `<author><name>${escapeText(author.name ?? '')}</name>${uri}</author>\n`;
  }
  return xml;
}

function links(view: EntryView): string {
  let xml = '';
  if (view.url !== null) {
    const language = view.language === null ? '' : ` hreflang="${view.language}"`;
    xml += `<link rel="alternate" type="text/html" href="${escapeUrl(view.url)}"${language}/>\n`;
  }
  for (const media of view.media) {
    const length = media.lengthBytes === 0 ? '' : ` length="${media.lengthBytes}"`;
    xml += `<link rel="enclosure" href="${escapeUrl(media.url)}" type="${escapeAttribute(media.type)}"${length}/>\n`;
  }
  for (const other of view.others) {
    const language = other.language === null ? '' : ` hreflang="${other.language}"`;
    const title = other.title || other.sourceTitle;
    const label = title === '' ? '' : ` title="${escapeAttribute(title)}"`;
    xml += `<link rel="related" href="${escapeUrl(other.url)}"${language}${label}/>\n`;
  }
  if (view.commentsUrl !== null) {
    xml += `<link rel="replies" type="text/html" href="${escapeUrl(view.commentsUrl)}"/>\n`;
  }
  return xml;
}

/** RFC 4287 §4.2.11: a copied entry says where it is from. `updated` is the entry's: a later one we cannot know. */
function source(view: EntryView, updated: string): string {
  const id = view.sourceFeedUrl ?? view.sourceUrl;
  if (id === null) return '';
  const home = view.sourceUrl === null ? '' : `<link rel="alternate" href="${escapeUrl(view.sourceUrl)}"/>`;
  const self = view.sourceFeedUrl === null ? '' : `<link rel="self" href="${escapeUrl(view.sourceFeedUrl)}"/>`;
  return (
    `<source><id>${escapeUrl(id)}</id><title>${escapeText(view.sourceTitle || id)}</title>` +
    `<updated>${updated}</updated>${self}${home}</source>\n`
  );
}
