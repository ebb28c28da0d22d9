import { cleanText, dropControls } from '../text/clean-text.ts';
import { lengthOf } from './atom.ts';
import type { ItemDraft } from './draft.ts';
import {
  type Context,
  type FeedFields,
  htmlOf,
  type ItemFields,
  linkOf,
  plainText,
  text,
  title,
  tree,
} from './field.ts';
import { parseDuration } from './parse-duration.ts';
import { escapeText } from './resolve-html.ts';
import { attribute, type XmlElement } from './xml-element.ts';

/** Media RSS (rssboard.org/media-rss): on the item itself or inside `media:group`. */
export const mediaItem: ItemFields = [
  ['media:content', tree(takeMedia)],
  ['media:group', tree(takeMedia)],
  ['media:thumbnail', text(takeThumbnail)],
  ['media:category', text((draft, element) => draft.category(cleanText(element.text), draft.fallbackCategories))],
  ['media:title', title('title', 20)],
  ['media:description', { mode: 'text', html: true, take: takeDescription }],
];

export const mediaFeed: FeedFields = [
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
    // What stands inside `media:content` is about the picture, not about the item.
    else if (element.parent?.name.key !== 'media:content') {
      if (element.name.key === 'media:title') draft.offerTitle('title', 21, plainText(element));
      else if (element.name.key === 'media:description') takeDescription(draft, element, context);
    }
    if (element.children) pending.unshift(...element.children);
  }
}

/** Plain text unless it says otherwise (Media RSS, `media:description`). */
function takeDescription(draft: ItemDraft, element: XmlElement, context: Context): void {
  const isHtml = element.hasMarkup || attribute(element, 'type')?.toLowerCase() === 'html';
  draft.offerHtml('summaryHtml', 20, isHtml ? htmlOf(element, context) : escapeText(dropControls(element.text).trim()));
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
