import { cleanText } from '../text/clean-text.ts';
import { lengthOf } from './atom.ts';
import type { FeedDraft, ItemDraft } from './draft.ts';
import {
  type Context,
  category,
  date,
  type FeedFields,
  html,
  type ItemFields,
  languageTag,
  linkOf,
  plain,
  text,
  title,
  tree,
} from './field.ts';
import { parseDuration } from './parse-duration.ts';
import { parsePerson } from './parse-person.ts';
import { rssPerson } from './rss.ts';
import { attribute, child, type XmlElement } from './xml-element.ts';

/** Dublin Core elements and terms (dublincore.org), in RSS 1.0 the usual names for author, date and subject. */
const dublinCoreItem: ItemFields = [
  ['dc:title', title('title', 5)],
  ['dcterms:title', title('title', 6)],
  ['dc:description', html('summaryHtml', 3)],
  ['dcterms:abstract', html('summaryHtml', 4)],
  ['dc:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:author', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dcterms:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:subject', category()],
  ['dcterms:subject', category()],
  ['dc:language', text((draft, element) => draft.offer('language', 0, languageTag(element.text)))],
  ['dcterms:issued', date(['publishedAt', 7])],
  ['dcterms:modified', date(['updatedAt', 7])],
  ['dc:date', date(['publishedAt', 8], ['updatedAt', 8])],
];

const dublinCoreFeed: FeedFields = [
  ['dc:title', title('title', 5)],
  ['dc:description', plain('description', 5)],
  ['dc:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:author', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dcterms:creator', tree((draft, element) => draft.author(rssPerson(element)))],
  ['dc:subject', category()],
  ['dc:language', text((draft, element) => draft.offer('language', 1, languageTag(element.text)))],
  ['dcterms:issued', date(['published', 7])],
  ['dcterms:modified', date(['updated', 7])],
  ['dc:date', date(['updated', 8], ['published', 8])],
  ['dc:rights', title('copyright', 5)],
  ['dcterms:rights', title('copyright', 6)],
];

/** `content:encoded` and inline XHTML (web.resource.org/rss/1.0/modules/content). */
const contentItem: ItemFields = [
  ['content:encoded', html('contentHtml', 0)],
  ['xhtml:body', { ...html('contentHtml', 1), inline: () => true }],
  ['xhtml:div', { ...html('contentHtml', 2), inline: () => true }],
];

/** Media RSS (rssboard.org/media-rss): on the item itself or inside `media:group`. */
const mediaItem: ItemFields = [
  ['media:content', tree(takeMedia)],
  ['media:group', tree(takeMedia)],
  ['media:thumbnail', text(takeThumbnail)],
  ['media:category', text((draft, element) => draft.category(cleanText(element.text), draft.fallbackCategories))],
  ['media:title', title('title', 20)],
  ['media:description', html('summaryHtml', 20)],
];

const mediaFeed: FeedFields = [
  [
    'media:thumbnail',
    text((draft, element, context) => draft.offer('image', 5, linkOf(element, attribute(element, 'url'), context))),
  ],
  ['media:copyright', title('copyright', 7)],
];

function takeThumbnail(draft: ItemDraft, element: XmlElement, context: Context): void {
  draft.offer('image', 1, linkOf(element, attribute(element, 'url') ?? element.text, context));
}

function takeMedia(draft: ItemDraft, root: XmlElement, context: Context): void {
  const pending = [root];
  for (let element = pending.shift(); element; element = pending.shift()) {
    if (element.name.key === 'media:content') takeMediaContent(draft, element, context);
    else if (element.name.key === 'media:thumbnail') takeThumbnail(draft, element, context);
    else if (element.name.key === 'media:title') draft.offerTitle('title', 21, cleanText(element.text));
    else if (element.name.key === 'media:description') draft.offerHtml('summaryHtml', 21, element.text.trim());
    if (element.children) pending.unshift(...element.children);
  }
}

function takeMediaContent(draft: ItemDraft, element: XmlElement, context: Context): void {
  const href = linkOf(element, attribute(element, 'url'), context);
  const duration = parseDuration(attribute(element, 'duration'));
  if (duration !== null) draft.durationSeconds ??= duration;
  if (href === null) return;
  const type = attribute(element, 'type');
  draft.enclosure({ url: href, type, length: lengthOf(attribute(element, 'filesize')) });
  const medium = attribute(element, 'medium')?.toLowerCase() ?? type?.toLowerCase().split('/')[0];
  if (medium === 'image') draft.offer('image', 2, href);
}

/** iTunes and Google podcast elements; all of them are kept as they came besides (see podcast-fields.ts). */
const podcastItem: ItemFields = ['itunes', 'googleplay'].flatMap(
  (prefix): ItemFields => [
    [`${prefix}:title`, title('title', 12)],
    [`${prefix}:image`, tree((draft, element, context) => draft.offer('image', 0, podcastImage(element, context)))],
    [`${prefix}:author`, tree((draft, element) => draft.author(parsePerson(element.text), draft.fallbackAuthors))],
    [`${prefix}:summary`, html('summaryHtml', 15)],
    [`${prefix}:description`, html('summaryHtml', 16)],
    [`${prefix}:subtitle`, html('summaryHtml', 17)],
    [`${prefix}:keywords`, text((draft, element) => takeKeywords(draft, element))],
    [`${prefix}:duration`, text((draft, element) => takeDuration(draft, element))],
  ],
);

const podcastFeed: FeedFields = ['itunes', 'googleplay'].flatMap(
  (prefix): FeedFields => [
    [`${prefix}:title`, title('title', 12)],
    [`${prefix}:image`, tree((draft, element, context) => draft.offer('image', 1, podcastImage(element, context)))],
    [`${prefix}:author`, tree((draft, element) => draft.author(parsePerson(element.text), draft.fallbackAuthors))],
    [`${prefix}:summary`, plain('description', 15)],
    [`${prefix}:description`, plain('description', 16)],
    [`${prefix}:subtitle`, plain('description', 17)],
    [`${prefix}:keywords`, text((draft, element) => takeKeywords(draft, element))],
    [`${prefix}:category`, tree((draft, element) => takePodcastCategory(draft, element))],
  ],
);

function podcastImage(element: XmlElement, context: Context): string | null {
  const written = attribute(element, 'href') ?? attribute(element, 'url');
  if (written !== null) return linkOf(element, written, context);
  const inner = child(element, ':url', 'itunes:url');
  return linkOf(inner ?? element, (inner ?? element).text, context);
}

function takeKeywords(draft: ItemDraft | FeedDraft, element: XmlElement): void {
  for (const word of element.text.split(',')) draft.category(cleanText(word), draft.fallbackCategories);
}

function takePodcastCategory(draft: FeedDraft, element: XmlElement): void {
  draft.category(cleanText(attribute(element, 'text') ?? element.text));
  for (const inner of element.children ?? []) takePodcastCategory(draft, inner);
}

function takeDuration(draft: ItemDraft, element: XmlElement): void {
  draft.durationSeconds = parseDuration(element.text) ?? draft.durationSeconds;
}

/** Places: GeoRSS simple and GML, the W3C's geo, ICBM. Latitude first. */
const geoItem: ItemFields = [
  ['georss:point', text((draft, element) => takePoint(draft, element.text))],
  ['georss:where', tree((draft, element) => takeGml(draft, element))],
  ['gml:point', tree((draft, element) => takeGml(draft, element))],
  ['geo:point', tree((draft, element) => takeGml(draft, element))],
  ['geo:lat', text((draft, element) => takePlace(draft, element.text, null))],
  ['geo:long', text((draft, element) => takePlace(draft, null, element.text))],
  ['geo:lon', text((draft, element) => takePlace(draft, null, element.text))],
  ['icbm:latitude', text((draft, element) => takePlace(draft, element.text, null))],
  ['icbm:longitude', text((draft, element) => takePlace(draft, null, element.text))],
];

function takePoint(draft: ItemDraft, written: string): void {
  const [latitude, longitude, ...more] = written.trim().split(/[\s,]+/);
  if (more.length === 0) takePlace(draft, latitude ?? null, longitude ?? null);
}

function takePlace(draft: ItemDraft, latitude: string | null, longitude: string | null): void {
  const lat = coordinate(latitude, 90);
  const lon = coordinate(longitude, 180);
  if (latitude !== null && lat !== null) draft.latitude ??= lat;
  if (longitude !== null && lon !== null) draft.longitude ??= lon;
}

function coordinate(written: string | null, max: number): number | null {
  if (written === null || !/^\s*[+-]?\d{1,3}(?:\.\d{1,20})?\s*$/.test(written)) return null;
  const value = Number(written);
  return Math.abs(value) <= max ? value : null;
}

function takeGml(draft: ItemDraft, root: XmlElement): void {
  for (const element of root.children ?? []) {
    if (element.name.key === 'gml:pos') takePoint(draft, element.text);
    else if (element.name.key === 'gml:point') takeGml(draft, element);
    else if (element.name.key === 'geo:lat') takePlace(draft, element.text, null);
    else if (/^geo:lon/.test(element.name.key)) takePlace(draft, null, element.text);
  }
}

/** RSS 1.0's syndication module: how often the feed changes. */
const syndicationFeed: FeedFields = [
  ['sy:updateperiod', text((draft, element) => takePeriod(draft, element.text))],
  ['sy:updatefrequency', text((draft, element) => takeFrequency(draft, element.text))],
];

const hourMs = 3_600_000;
const periodsMs: Readonly<Record<string, number>> = {
  hourly: hourMs,
  daily: 24 * hourMs,
  weekly: 7 * 24 * hourMs,
  monthly: 30 * 24 * hourMs,
  yearly: 365 * 24 * hourMs,
};

function takePeriod(draft: FeedDraft, written: string): void {
  const period = written.trim().toLowerCase();
  if (Object.hasOwn(periodsMs, period)) draft.updatePeriodMs = periodsMs[period] ?? null;
}

function takeFrequency(draft: FeedDraft, written: string): void {
  const times = Number.parseInt(written.trim(), 10);
  if (times >= 1 && times <= 1000) draft.updateFrequency = times;
}

export const extensionItemFields: ItemFields = [
  ...dublinCoreItem,
  ...contentItem,
  ...mediaItem,
  ...podcastItem,
  ...geoItem,
];
export const extensionFeedFields: FeedFields = [...dublinCoreFeed, ...mediaFeed, ...podcastFeed, ...syndicationFeed];
