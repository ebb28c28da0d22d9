import { AppError } from '../../errors.ts';
import type { Author, ParsedFeed } from '../../model.ts';
import { cleanText, dropControls } from '../text/clean-text.ts';
import { type Draft, FeedDraft, ItemDraft } from './draft.ts';
import { languageTag, refusal } from './field.ts';
import { finishFeed, type WarningList } from './finish-feed.ts';
import type { ParseLimits } from './limits.ts';
import { parseDuration } from './parse-duration.ts';
import { parsePerson, person } from './parse-person.ts';
import { readDamagedJson } from './read-damaged-json.ts';
import { escapeText } from './resolve-html.ts';
import { resolveUrl } from './resolve-url.ts';

type Json = Readonly<Record<string, unknown>>;
type Options = { url: string | null; limits: ParseLimits; warnings: WarningList };

/**
 * JSON Feed 1.0 and 1.1 (jsonfeed.org). Values of the wrong type are nothing, numbers serve as text.
 * @throws AppError `not-a-feed` when it is no JSON or no feed
 */
export function parseJsonFeed(text: string, options: Options): ParsedFeed {
  const { warnings, limits } = options;
  const document = readDocument(text, warnings);
  if (!isFeed(document)) {
    throw new AppError('not-a-feed', 'The document is JSON, but not a JSON Feed: it has no version of jsonfeed.org.');
  }
  const context = { warn: warnings.warn, limits };
  const feed = new FeedDraft(context);
  takeFeed(feed, document, options);
  const list = listOf(document.items);
  const items: { draft: ItemDraft; language: null }[] = [];
  for (const [index, value] of list.entries()) {
    if (items.length >= limits.itemsMax) {
      warnings.at(null);
      warnings.warn('too-many-items', `${list.length - index} items after the first ${limits.itemsMax} were left out`);
      break;
    }
    warnings.at(items.length);
    if (!isObject(value)) {
      warnings.warn('bad-item', 'the item is not an object');
      continue;
    }
    const draft = new ItemDraft(context);
    takeItem(draft, value, options);
    items.push({ draft, language: null });
  }
  warnings.at(null);
  return finishFeed({ format: 'json', feed, feedLanguage: null, items, warnings });
}

function readDocument(text: string, warnings: WarningList): Json {
  const source = text.replace(/^[\s\ufeff\0]+/, '');
  try {
    const value: unknown = JSON.parse(source);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const repaired = readDamagedJson(source);
    if (isObject(repaired)) {
      warnings.warn('malformed', 'the JSON is damaged; what is complete was read');
      return repaired;
    }
  }
  throw new AppError('not-a-feed', 'The document begins like JSON, but it is not JSON.');
}

/** The version says so, or the shape is unmistakable: a titled list of things with texts and links. */
function isFeed(document: Json): boolean {
  if (/jsonfeed\.org/i.test(stringOf(document.version) ?? '')) return true;
  if (!Array.isArray(document.items)) return false;
  const titled = ['title', 'home_page_url', 'feed_url'].some(key => typeof document[key] === 'string');
  const first: unknown = document.items[0];
  if (!titled) return false;
  if (first === undefined) return typeof document.feed_url === 'string' || typeof document.home_page_url === 'string';
  return (
    isObject(first) &&
    ['content_html', 'content_text', 'url', 'external_url', 'date_published'].some(key => Object.hasOwn(first, key))
  );
}

function takeFeed(draft: FeedDraft, document: Json, options: Options): void {
  draft.offerTitle('title', 0, cleaned(document.title));
  draft.offer('link', 0, link(document.home_page_url, options));
  draft.offer('feedUrl', 0, link(document.feed_url, options));
  draft.offerTitle('description', 0, cleaned(document.description));
  draft.offer('image', 0, link(document.icon, options));
  draft.offer('image', 1, link(document.favicon, options));
  draft.offer('language', 0, languageTag(stringOf(document.language)));
  takeAuthors(draft, document, options);
  for (const hub of listOf(document.hubs)) draft.hub(link(isObject(hub) ? hub.url : hub, options));
}

function takeItem(draft: ItemDraft, item: Json, options: Options): void {
  draft.offer('id', 0, dropControls(stringOf(item.id) ?? '').trim());
  draft.offer('url', 0, link(item.url, options));
  draft.offer('url', 1, link(item.external_url, options));
  draft.offerTitle('title', 0, cleaned(item.title));
  draft.offerHtml('contentHtml', 0, htmlText(item.content_html));
  draft.offerHtml('contentHtml', 1, escaped(item.content_text));
  draft.offerHtml('summaryHtml', 0, escaped(item.summary));
  draft.offer('image', 0, link(item.image, options));
  draft.offer('image', 1, link(item.banner_image, options));
  draft.offerDate('publishedAt', 0, stringOf(item.date_published));
  draft.offerDate('updatedAt', 0, stringOf(item.date_modified));
  draft.offer('language', 0, languageTag(stringOf(item.language)));
  for (const tag of listOf(item.tags)) draft.category(cleaned(tag));
  takeAuthors(draft, item, options);
  for (const attachment of listOf(item.attachments))
    if (isObject(attachment)) takeAttachment(draft, attachment, options);
}

function takeAttachment(draft: ItemDraft, attachment: Json, options: Options): void {
  const url = link(attachment.url, options);
  if (url === null) return;
  const size = Number(stringOf(attachment.size_in_bytes) ?? Number.NaN);
  const type = cleaned(attachment.mime_type);
  draft.enclosure({
    url,
    type: type === '' ? null : type,
    length: Number.isFinite(size) && size >= 0 ? Math.round(size) : null,
  });
  draft.durationSeconds ??= parseDuration(stringOf(attachment.duration_in_seconds));
}

/** 1.1's `authors`; 1.0's `author` where there are none. */
function takeAuthors(draft: Draft, value: Json, options: Options): void {
  for (const author of listOf(value.authors)) draft.author(authorOf(author, options));
  if (draft.authors.length === 0) for (const author of listOf(value.author)) draft.author(authorOf(author, options));
}

function authorOf(value: unknown, options: Options): Author | null {
  if (!isObject(value)) return parsePerson(stringOf(value));
  return person({
    name: stringOf(value.name),
    email: stringOf(value.email),
    url: stringOf(value.url),
    base: options.url,
  });
}

function link(value: unknown, { url, warnings }: Options): string | null {
  const written = stringOf(value);
  if (written === null || written.trim() === '') return null;
  const resolved = resolveUrl(written, url);
  if (resolved === null) warnings.warn('bad-url', refusal(written));
  return resolved;
}

function cleaned(value: unknown): string | null {
  const written = stringOf(value);
  return written === null ? null : cleanText(written);
}

function htmlText(value: unknown): string | null {
  const written = stringOf(value);
  return written === null ? null : dropControls(written).trim();
}

function escaped(value: unknown): string | null {
  const written = htmlText(value);
  return written === null ? null : escapeText(written);
}

function stringOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
