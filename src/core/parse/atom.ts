import { cleanText } from '../text/clean-text.ts';
import { htmlToText, looksLikeHtml } from '../text/html-to-text.ts';
import { atomContentHtml, atomPlainText, isInline } from './atom-text.ts';
import type { Draft, FeedDraft, ItemDraft, Slot } from './draft.ts';
import {
  type Context,
  date,
  type FeedFields,
  type Field,
  type ItemFields,
  linkOf,
  text,
  token,
  tree,
} from './field.ts';
import { parsePerson, person } from './parse-person.ts';
import { attribute, child, childText, wholeText, type XmlElement } from './xml-element.ts';

/**
 * Atom 1.0 (RFC 4287) and 0.3, whose elements differ in name only. The same tables read Atom's elements inside RSS,
 * where they rank behind RSS's own.
 */
export function atomEntryFields(rank: number): ItemFields {
  return [
    ['atom:id', token('id', rank)],
    ['atom:title', atomTitle('title', rank)],
    ['atom:link', text((draft, element, context) => takeEntryLink(draft, element, context, rank))],
    ['atom:summary', atomHtml('summaryHtml', rank)],
    ['atom:content', atomHtml('contentHtml', rank)],
    ['atom:published', date(['publishedAt', rank + 1])],
    ['atom:issued', date(['publishedAt', rank + 2])],
    ['atom:updated', date(['updatedAt', rank])],
    ['atom:modified', date(['updatedAt', rank + 1])],
    ['atom:author', tree((draft, element) => draft.author(atomPerson(element)))],
    ['atom:category', text(takeCategory)],
    ['atom:source', tree(takeSource)],
  ];
}

export function atomFeedFields(rank: number): FeedFields {
  return [
    ['atom:id', token('id', rank)],
    ['atom:title', atomTitle('title', rank)],
    ['atom:subtitle', atomTitle('description', rank)],
    ['atom:tagline', atomTitle('description', rank + 1)],
    ['atom:link', text((draft, element, context) => takeFeedLink(draft, element, context, rank))],
    ['atom:updated', date(['updated', rank])],
    ['atom:modified', date(['updated', rank + 1])],
    ['atom:published', date(['published', rank])],
    ['atom:issued', date(['published', rank + 1])],
    ['atom:author', tree((draft, element) => draft.author(atomPerson(element)))],
    ['atom:category', text(takeCategory)],
    [
      'atom:logo',
      text((draft, element, context) => draft.offer('image', rank, linkOf(element, element.text, context))),
    ],
    [
      'atom:icon',
      text((draft, element, context) => draft.offer('image', rank + 1, linkOf(element, element.text, context))),
    ],
    ['atom:rights', atomTitle('copyright', rank)],
    ['atom:copyright', atomTitle('copyright', rank + 1)],
  ];
}

function atomTitle(slot: Slot, rank: number): Field<Draft> {
  return {
    mode: 'text',
    inline: isInline,
    take: (draft, element) => draft.offerTitle(slot, rank, atomPlainText(element)),
  };
}

function atomHtml(slot: Slot, rank: number): Field<Draft> {
  return {
    mode: 'text',
    html: true,
    inline: isInline,
    take: (draft, element, context) => draft.offerHtml(slot, rank, atomContentHtml(element, context)),
  };
}

/** `rel` as a short name: the registry's URI form means the same (RFC 4287 §4.2.7.2). */
export function relOf(element: XmlElement): string {
  return (attribute(element, 'rel') ?? 'alternate')
    .toLowerCase()
    .replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '');
}

function takeEntryLink(draft: ItemDraft, element: XmlElement, context: Context, rank: number): void {
  const href = linkOf(element, attribute(element, 'href') ?? element.text, context);
  if (href === null) return;
  const type = attribute(element, 'type');
  const lowerType = type?.toLowerCase() ?? null;
  switch (relOf(element)) {
    case 'alternate':
      takeAlternate(draft, element, href, rank + typeRank(lowerType));
      break;
    case 'enclosure':
      draft.enclosure({ url: href, type, length: lengthOf(attribute(element, 'length')) });
      if (lowerType?.startsWith('image/')) draft.offer('image', 9, href);
      break;
    case 'replies':
      if (lowerType === null || lowerType.includes('html')) draft.offer('commentsUrl', rank, href);
      break;
  }
}

function takeAlternate(draft: ItemDraft, element: XmlElement, href: string, rank: number): void {
  const language = attribute(element, 'hreflang');
  if (language !== null && draft.alternates.length < 50) draft.alternates.push({ language, url: href });
  draft.offer('url', rank, href);
}

/** An HTML page before everything else: a reader wants to open it. */
function typeRank(type: string | null): number {
  if (type === null) return 1;
  return /html/.test(type) ? 0 : 2;
}

function takeFeedLink(draft: FeedDraft, element: XmlElement, context: Context, rank: number): void {
  const href = linkOf(element, attribute(element, 'href') ?? element.text, context);
  if (href === null) return;
  switch (relOf(element)) {
    case 'alternate':
      draft.offer('link', rank + typeRank(attribute(element, 'type')?.toLowerCase() ?? null), href);
      break;
    case 'self':
      draft.offer('feedUrl', rank, href);
      break;
    case 'hub':
      draft.hub(href);
      break;
  }
}

/** A person construct; feeds that put the name straight into `author` are read too. */
export function atomPerson(element: XmlElement): ReturnType<typeof person> {
  const nested = child(element, 'atom:person') ?? element;
  const name = childText(nested, 'atom:name', ':name', 'xhtml:name');
  const email = childText(nested, 'atom:email', ':email');
  const url = childText(nested, 'atom:uri', 'atom:url', 'atom:homepage', ':uri', ':url', ':homepage');
  if (name === null && email === null && url === null) return parsePerson(wholeText(element));
  return person({ name, email, url, base: element.base });
}

function takeCategory(draft: Draft, element: XmlElement): void {
  draft.category(cleanText(attribute(element, 'term') ?? attribute(element, 'label') ?? element.text));
}

function takeSource(draft: ItemDraft, element: XmlElement, context: Context): void {
  const titleElement = child(element, 'atom:title');
  const title = titleElement ? plainTitle(titleElement) : null;
  const links = (element.children ?? []).filter(candidate => candidate.name.key === 'atom:link');
  const link =
    links.find(candidate => relOf(candidate) === 'alternate') ?? links.find(candidate => relOf(candidate) === 'self');
  const url = link ? linkOf(link, attribute(link, 'href') ?? link.text, context) : null;
  if (title !== null || url !== null) draft.source = { title, url };
  for (const candidate of element.children ?? []) {
    if (candidate.name.key === 'atom:author') draft.author(atomPerson(candidate), draft.sourceAuthors);
  }
}

function plainTitle(element: XmlElement): string | null {
  const isHtml = /html/.test(attribute(element, 'type') ?? '') && looksLikeHtml(element.text);
  const plain = isHtml ? htmlToText(element.text) : cleanText(element.text);
  return plain === '' ? null : plain;
}

/** A count of bytes; anything else is nothing. */
export function lengthOf(written: string | null): number | null {
  const digits = /^\s*(\d{1,15})(?:\.0*)?\s*(?:bytes)?\s*$/i.exec((written ?? '').replace(/[,\s](?=\d{3})/g, ''));
  return digits ? Number(digits[1]) : null;
}
