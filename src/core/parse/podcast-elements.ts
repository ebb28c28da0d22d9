import { cleanText } from '../text/clean-text.ts';
import type { FeedDraft, ItemDraft } from './draft.ts';
import { type Context, type FeedFields, html, type ItemFields, linkOf, plain, text, title, tree } from './field.ts';
import { parseDuration } from './parse-duration.ts';
import { parsePerson } from './parse-person.ts';
import { attribute, child, type XmlElement } from './xml-element.ts';

/** iTunes and Google podcast elements; all of them are kept as they came besides (see podcast-fields.ts). */
export const podcastItem: ItemFields = ['itunes', 'googleplay'].flatMap(
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

export const podcastFeed: FeedFields = ['itunes', 'googleplay'].flatMap(
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
