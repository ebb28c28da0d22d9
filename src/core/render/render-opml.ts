import type { LanguageTag } from '../../model.ts';
import { absoluteUrl, publicUrl } from './absolute-url.ts';
import { cleanLine, languageTag } from './clean-text.ts';
import { escapeAttribute, escapeText } from './xml-text.ts';

/** One feed of a subscription list. */
export type OpmlFeed = {
  readonly title: string;
  readonly feedUrl: string;
  readonly homeUrl: string | null;
  readonly description: string | null;
  readonly language: LanguageTag | null;
  readonly format: 'rss' | 'atom' | 'json';
  /** Written as OPML 2.0 `category`; the first one is the folder it lies in. */
  readonly tags: readonly string[];
};

/**
 * OPML 2.0 (opml.org/spec2.opml), for import into any reader: topic feeds, or a export of the sources. User names,
 * passwords and queries that sound like secrets are left out of the addresses.
 */
export function renderOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const folders = new Map<string, string>();
  for (const feed of feeds) {
    const outline = feedOutline(feed);
    const folder = cleanLine(feed.tags[0] ?? '');
    if (outline !== '') folders.set(folder, (folders.get(folder) ?? '') + outline);
  }
  let body = '';
  for (const [folder, outlines] of folders) {
    body += folder === '' ? outlines : `<outline text="${escapeAttribute(folder)}">\n${outlines}</outline>\n`;
  }
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n` +
    `<head><title>${escapeText(cleanLine(title))}</title></head>\n<body>\n${body}</body>\n</opml>\n`
  );
}

function feedOutline(feed: OpmlFeed): string {
  const feedUrl = publicUrl(feed.feedUrl);
  if (feedUrl === null) return '';
  const title = escapeAttribute(cleanLine(feed.title) || feedUrl);
  // Readers that know only `rss` import every feed so marked; `version` tells the formats apart where it is read.
  let xml = `<outline type="rss" text="${title}" title="${title}" xmlUrl="${escapeAttribute(feedUrl)}"`;
  const homeUrl = absoluteUrl(feed.homeUrl);
  const description = cleanLine(feed.description ?? '');
  const language = languageTag(feed.language);
  const categories = feed.tags.map(tag => cleanLine(tag).replaceAll(',', ' ')).filter(tag => tag !== '');
  if (homeUrl !== null) xml += ` htmlUrl="${escapeAttribute(homeUrl)}"`;
  if (description !== '') xml += ` description="${escapeAttribute(description)}"`;
  if (language !== null) xml += ` language="${language}"`;
  if (feed.format === 'rss') xml += ' version="RSS2"';
  if (categories.length > 0) xml += ` category="${escapeAttribute(categories.join(','))}"`;
  return `${xml}/>\n`;
}
