import type { Author, LanguageTag, PodcastField } from '../../model.ts';
import { absoluteUrl } from './absolute-url.ts';
import { alsoLine } from './also-line.ts';
import { cleanLine, cleanText, languageTag, plainText } from './clean-text.ts';
import { entryMedia, type Media, podcastFields } from './entry-media.ts';
import type { FeedDocument, FeedEntry, OtherVersion } from './feed-document.ts';

/** An entry with nothing in it that a format could not say: clean text, absolute addresses, no empty values. */
export type EntryView = {
  readonly id: string;
  readonly url: string | null;
  readonly storyUrl: string | null;
  readonly title: string;
  readonly summaryHtml: string;
  /** Content, else summary, with the quiet line of the other versions below. */
  readonly bodyHtml: string;
  readonly publishedAt: number;
  readonly updatedAt: number;
  readonly language: LanguageTag | null;
  readonly authors: readonly Author[];
  readonly categories: readonly string[];
  readonly media: readonly Media[];
  readonly image: string | null;
  readonly sourceTitle: string;
  readonly sourceUrl: string | null;
  readonly sourceFeedUrl: string | null;
  readonly commentsUrl: string | null;
  readonly podcast: readonly PodcastField[];
  readonly durationSeconds: number | null;
  readonly others: readonly OtherVersion[];
};

/** The modules, with the URIs that readers know, in the order of their prefixes. */
const moduleUris = {
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  fh: 'http://purl.org/syndication/history/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
};

export type ModulePrefix = keyof typeof moduleUris;

/** @returns the declarations of the modules that a document uses: ` xmlns:dc="…"`. */
export function namespaceDeclarations(used: ReadonlySet<ModulePrefix>): string {
  let declarations = '';
  for (const [prefix, uri] of Object.entries(moduleUris)) {
    if (used.has(prefix as ModulePrefix)) declarations += ` xmlns:${prefix}="${uri}"`;
  }
  return declarations;
}

/** @returns the document's entries as the writers use them; an id that comes twice is written once. */
export function entryViews(document: FeedDocument): readonly EntryView[] {
  const ids = new Set<string>();
  const views: EntryView[] = [];
  for (const entry of document.entries) {
    if (ids.has(entry.id)) continue;
    ids.add(entry.id);
    views.push(entryView(entry, document.readerLanguage));
  }
  return views;
}

function entryView(entry: FeedEntry, readerLanguage: LanguageTag): EntryView {
  const summaryHtml = entry.summaryHtml === null ? '' : cleanText(entry.summaryHtml).trim();
  const contentHtml = entry.contentHtml === null ? '' : cleanText(entry.contentHtml).trim();
  const storyUrl = absoluteUrl(entry.storyUrl);
  const others = cleanOthers(entry.others);
  const sourceTitle = cleanLine(entry.sourceTitle);
  const seconds = entry.durationSeconds;
  return {
    id: cleanLine(entry.id),
    url: absoluteUrl(entry.url) ?? storyUrl,
    storyUrl,
    title: cleanLine(entry.title) || titleFromText(summaryHtml || contentHtml) || sourceTitle || '…',
    summaryHtml,
    bodyHtml: (contentHtml || summaryHtml) + alsoLine(others, { storyUrl, readerLanguage }),
    publishedAt: entry.publishedAt,
    updatedAt: entry.updatedAt,
    language: languageTag(entry.language),
    authors: cleanAuthors(entry.authors),
    categories: cleanCategories(entry.categories),
    media: entryMedia(entry),
    image: absoluteUrl(entry.image),
    sourceTitle,
    sourceUrl: absoluteUrl(entry.sourceUrl),
    sourceFeedUrl: absoluteUrl(entry.sourceFeedUrl),
    commentsUrl: absoluteUrl(entry.commentsUrl),
    podcast: podcastFields(entry),
    durationSeconds: seconds !== null && seconds > 0 && seconds < 1e9 ? Math.round(seconds) : null,
    others,
  };
}

/** RSS wants a title or a description, people want a title: the first words stand in. */
function titleFromText(html: string): string {
  const text = plainText(html.slice(0, 1000));
  if (text.length <= 80) return text;
  const cut = text.lastIndexOf(' ', 80);
  return `${text.slice(0, cut > 40 ? cut : 80).toWellFormed()}…`;
}

function cleanAuthors(authors: readonly Author[]): readonly Author[] {
  const byName = new Map<string, Author>();
  for (const author of authors) {
    const name = cleanLine(author.name ?? '');
    if (name === '' || byName.has(name)) continue;
    const url = absoluteUrl(author.url);
    byName.set(name, url === null ? { name } : { name, url });
  }
  return [...byName.values()];
}

function cleanCategories(categories: readonly string[]): readonly string[] {
  if (categories.length === 0) return categories;
  const unique = new Set(categories.map(cleanLine));
  unique.delete('');
  return [...unique];
}

function cleanOthers(others: readonly OtherVersion[]): readonly OtherVersion[] {
  if (others.length === 0) return others;
  const clean: OtherVersion[] = [];
  for (const other of others) {
    const url = absoluteUrl(other.url);
    if (url === null) continue;
    const language = languageTag(other.language);
    clean.push({ language, url, title: cleanLine(other.title), sourceTitle: cleanLine(other.sourceTitle) });
  }
  return clean;
}
