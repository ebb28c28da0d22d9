import type { Enclosure, PodcastField } from '../../model.ts';
import { absoluteUrl } from './absolute-url.ts';
import { cleanText } from './clean-text.ts';
import type { FeedEntry } from './feed-document.ts';
import { escapeAttribute, escapeText } from './xml-text.ts';

/** An enclosure that every format can say: absolute URL, a media type, a length in bytes (0 when unknown). */
export type Media = { readonly url: string; readonly type: string; readonly lengthBytes: number };

/** @returns the entry's enclosures, each address once, the one for RSS first: sound and film before pictures and files. */
export function entryMedia(entry: FeedEntry): readonly Media[] {
  if (entry.enclosures.length === 0) return [];
  const byUrl = new Map<string, Media>();
  for (const enclosure of entry.enclosures) {
    const url = absoluteUrl(enclosure.url);
    if (url !== null && !byUrl.has(url)) {
      byUrl.set(url, { url, type: mediaType(enclosure, url), lengthBytes: lengthBytes(enclosure.length) });
    }
  }
  return [...byUrl.values()].sort((a, b) => rank(a) - rank(b));
}

function rank(media: Media): number {
  if (/^(?:audio|video)\//.test(media.type)) return 0;
  return media.type.startsWith('image/') ? 2 : 1;
}

function lengthBytes(length: number | null): number {
  return length !== null && Number.isSafeInteger(length) && length > 0 ? length : 0;
}

function mediaType(enclosure: Enclosure, url: string): string {
  const declared = enclosure.type?.trim().toLowerCase() ?? '';
  if (/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/.test(declared)) return declared;
  const extension = /\.([a-z0-9]{2,4})(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return typesByExtension[extension] ?? 'application/octet-stream';
}

const typesByExtension: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  pdf: 'application/pdf',
  zip: 'application/zip',
};

/** Elements that speak of the publisher's own feed: repeated in ours they would move or silence it. */
const feedLevel: ReadonlySet<string> = new Set([
  'itunes:new-feed-url',
  'itunes:owner',
  'itunes:type',
  'itunes:complete',
  'podcast:guid',
  'podcast:locked',
  'podcast:medium',
  'podcast:podping',
]);

/** @returns the entry's fields that can be written, without repeated `itunes:*` (each at most once an item). */
export function podcastFields(entry: FeedEntry): readonly PodcastField[] {
  if (entry.podcast.length === 0 && entry.durationSeconds === null) return [];
  const seen = new Set<string>();
  const fields = entry.podcast.filter(field => {
    if (!/^(?:itunes|podcast):[A-Za-z][\w-]*$/.test(field.name) || feedLevel.has(field.name.toLowerCase()))
      return false;
    if (hasBadAddress(field)) return false;
    if (field.name.startsWith('itunes:') && seen.has(field.name)) return false;
    seen.add(field.name);
    return true;
  });
  const seconds = entry.durationSeconds;
  if (seconds === null || !(seconds > 0) || seconds >= 1e9 || seen.has('itunes:duration')) return fields;
  return [...fields, { name: 'itunes:duration', text: String(Math.round(seconds)), attributes: {} }];
}

function hasBadAddress(field: PodcastField): boolean {
  const { url, href } = field.attributes;
  return (url !== undefined && absoluteUrl(url) === null) || (href !== undefined && absoluteUrl(href) === null);
}

/** @returns the field as an XML element. */
export function podcastElement(field: PodcastField): string {
  let attributes = '';
  for (const [name, value] of Object.entries(field.attributes)) {
    if (!/^(?!xmlns$)[A-Za-z_][\w.-]*$/.test(name)) continue;
    const address = name === 'url' || name === 'href' ? absoluteUrl(value) : null;
    attributes += ` ${name}="${escapeAttribute(address ?? cleanText(value))}"`;
  }
  return field.text === null
    ? `<${field.name}${attributes}/>`
    : `<${field.name}${attributes}>${escapeText(cleanText(field.text))}</${field.name}>`;
}
