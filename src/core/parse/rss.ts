import type { Author } from '../../model.ts';
import { cleanText, dropControls } from '../text/clean-text.ts';
import { atomEntryFields, atomFeedFields, atomPerson, lengthOf, relOf } from './atom.ts';
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
  plainText,
  text,
  title,
  token,
  tree,
  url,
} from './field.ts';
import { parsePerson } from './parse-person.ts';
import { attribute, child, type XmlElement } from './xml-element.ts';

/** RSS 0.9x, 1.0 and 2.0 (rssboard.org/rss-specification); names in lower case, as publishers write them in every case. */
export const rssItemFields: ItemFields = [
  [':title', title('title', 0)],
  [':link', text(takeItemLink)],
  [':description', html('summaryHtml', 0)],
  [':summary', html('summaryHtml', 5)],
  [':body', { ...html('contentHtml', 4), inline: () => true }],
  [':content', html('contentHtml', 5)],
  [':fullitem', html('contentHtml', 6)],
  [':guid', text(takeGuid)],
  [':id', token('id', 6)],
  [':pubdate', date(['publishedAt', 0])],
  [':published', date(['publishedAt', 1])],
  [':issued', date(['publishedAt', 2])],
  [':updated', date(['updatedAt', 0])],
  [':modified', date(['updatedAt', 1])],
  [':date', date(['publishedAt', 19], ['updatedAt', 19])],
  [':author', tree((draft, element) => draft.author(rssPerson(element)))],
  [':category', category()],
  [':enclosure', text(takeEnclosure)],
  [':comments', url('commentsUrl', 0)],
  [':source', text(takeSource)],
  [':language', text((draft, element) => draft.offer('language', 1, languageTag(element.text)))],
  [':image', tree((draft, element, context) => draft.offer('image', 3, imageUrl(element, context)))],
  ...atomEntryFields(10),
];

export const rssChannelFields: FeedFields = [
  [':title', title('title', 0)],
  [
    ':link',
    text((draft, element, context) =>
      draft.offer('link', element.text.trim() === '' ? 1 : 0, channelLink(element, context)),
    ),
  ],
  [':description', plain('description', 0)],
  [':tagline', plain('description', 5)],
  [':language', text((draft, element) => draft.offer('language', 0, languageTag(element.text)))],
  [':lastbuilddate', date(['updated', 0])],
  [':updated', date(['updated', 1])],
  [':modified', date(['updated', 2])],
  [':pubdate', date(['published', 0])],
  [':published', date(['published', 1])],
  [':date', date(['updated', 19], ['published', 19])],
  [':copyright', title('copyright', 0)],
  [':managingeditor', tree((draft, element) => draft.author(rssPerson(element)))],
  [':author', tree((draft, element) => draft.author(rssPerson(element)))],
  [':webmaster', tree((draft, element) => draft.author(rssPerson(element), draft.fallbackAuthors))],
  [':category', category()],
  [':image', tree((draft, element, context) => draft.offer('image', 0, imageUrl(element, context)))],
  [':ttl', text((draft, element) => takeTtl(draft, element.text))],
  [':skiphours', tree((draft, element) => takeSkipHours(draft, element))],
  [':skipdays', tree((draft, element) => takeSkipDays(draft, element))],
  ...atomFeedFields(10),
];

function takeItemLink(draft: ItemDraft, element: XmlElement, context: Context): void {
  const written = element.text.trim();
  if (written !== '') draft.offer('url', 0, linkOf(element, written, context));
  // Atom's form of the element without Atom's namespace.
  else if (relOf(element) === 'alternate') draft.offer('url', 2, linkOf(element, attribute(element, 'href'), context));
}

function channelLink(element: XmlElement, context: Context): string | null {
  const written = element.text.trim();
  if (written !== '') return linkOf(element, written, context);
  return relOf(element) === 'alternate' ? linkOf(element, attribute(element, 'href'), context) : null;
}

/** A guid is an id and, unless it says otherwise, a link; only one that is an address can be followed. */
function takeGuid(draft: ItemDraft, element: XmlElement, context: Context): void {
  const guid = dropControls(element.text).trim();
  draft.offer('id', 0, guid);
  const permalink = attribute(element, 'ispermalink')?.toLowerCase() ?? null;
  if (permalink === 'false' || guid === '') return;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(guid)) draft.offer('url', 5, linkOf(element, guid, context));
  else if (permalink === 'true' && element.base !== null) draft.offer('url', 5, linkOf(element, guid, context));
}

function takeEnclosure(draft: ItemDraft, element: XmlElement, context: Context): void {
  const href = linkOf(element, attribute(element, 'url') ?? attribute(element, 'href') ?? element.text, context);
  if (href === null) return;
  const type = attribute(element, 'type');
  draft.enclosure({ url: href, type, length: lengthOf(attribute(element, 'length')) });
  if (type?.toLowerCase().startsWith('image/')) draft.offer('image', 9, href);
}

function takeSource(draft: ItemDraft, element: XmlElement, context: Context): void {
  const name = plainText(element);
  const href = linkOf(element, attribute(element, 'url') ?? attribute(element, 'href'), context);
  if (draft.source === null && (name !== '' || href !== null))
    draft.source = { title: name === '' ? null : name, url: href };
}

/** `mail (Name)`, or Atom's parts under an RSS name. */
export function rssPerson(element: XmlElement): Author | null {
  return element.children === null ? parsePerson(cleanText(element.text)) : atomPerson(element);
}

/** `<image><url>`, and the shorter forms people write. */
function imageUrl(element: XmlElement, context: Context): string | null {
  const inner = child(element, ':url');
  if (inner) return linkOf(inner, inner.text, context);
  const written = attribute(element, 'href') ?? attribute(element, 'url') ?? attribute(element, 'resource');
  if (written !== null) return linkOf(element, written, context);
  return /^\s*https?:/i.test(element.text) ? linkOf(element, element.text, context) : null;
}

function takeTtl(draft: FeedDraft, written: string): void {
  const minutes = Number.parseInt(written.trim(), 10);
  if (minutes > 0 && minutes <= 60 * 24 * 365) draft.ttlMinutes = minutes;
}

function takeSkipHours(draft: FeedDraft, element: XmlElement): void {
  for (const hour of element.children ?? []) {
    const value = Number.parseInt(hour.text.trim(), 10);
    // RSS 0.91 counts 1–24, RSS 2.0 0–23.
    if (value >= 0 && value <= 24 && !draft.skipHours.includes(value % 24)) draft.skipHours.push(value % 24);
  }
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function takeSkipDays(draft: FeedDraft, element: XmlElement): void {
  for (const day of element.children ?? []) {
    const written = day.text.trim().toLowerCase();
    const name = dayNames.find(known => written.length >= 3 && known.toLowerCase().startsWith(written));
    if (name !== undefined && !draft.skipDays.includes(name)) draft.skipDays.push(name);
  }
}
