import { cleanText, dropControls } from '../text/clean-text.ts';
import { htmlToText, looksLikeHtml } from '../text/html-to-text.ts';
import type { Draft, FeedDraft, ItemDraft, Slot, Warn } from './draft.ts';
import type { ParseLimits } from './limits.ts';
import { resolveHtml } from './resolve-html.ts';
import { isDangerous, resolveUrl } from './resolve-url.ts';
import type { XmlElement } from './xml-element.ts';

/** What holds for a whole document. */
export type Context = {
  /** The document's address: what links are relative to where no `xml:base` says otherwise. */
  readonly url: string | null;
  readonly limits: ParseLimits;
  readonly warn: Warn;
};

/** How one element is read: a row of a vocabulary's table. */
export type Field<D> = {
  readonly mode: 'text' | 'tree';
  /** HTML may stand in it as elements, some of them named like a vocabulary's own. */
  readonly html?: boolean;
  /** Whether the element's content is HTML as it stands in the source. */
  readonly inline?: (attributes: readonly string[]) => boolean;
  readonly take: (draft: D, element: XmlElement, context: Context) => void;
};

export type FieldTable<D> = readonly (readonly [key: string, field: Field<D>])[];
export type ItemFields = FieldTable<ItemDraft>;
export type FeedFields = FieldTable<FeedDraft>;

export function text<D>(take: Field<D>['take']): Field<D> {
  return { mode: 'text', take };
}

export function tree<D>(take: Field<D>['take']): Field<D> {
  return { mode: 'tree', take };
}

/** Plain text for titles: read as HTML when it holds tags or character references, else literal. */
export function title(slot: Slot, rank: number): Field<Draft> {
  return text((draft, element) => draft.offerTitle(slot, rank, plainText(element)));
}

export function html(slot: Slot, rank: number): Field<Draft> {
  return {
    mode: 'text',
    html: true,
    take: (draft, element, context) => draft.offerHtml(slot, rank, htmlOf(element, context)),
  };
}

/** A longer plain text: the feed's description. */
export function plain(slot: Slot, rank: number): Field<Draft> {
  return {
    mode: 'text',
    html: true,
    take: (draft, element) => draft.offerHtml(slot, rank, plainText(element)),
  };
}

/** A date; of several names for one date the lower rank is preferred. */
export function date(...slots: readonly (readonly [Slot, number])[]): Field<Draft> {
  return text((draft, element) => {
    for (const [slot, rank] of slots) draft.offerDate(slot, rank, element.text);
  });
}

export function url(slot: Slot, rank: number): Field<Draft> {
  return text((draft, element, context) => draft.offer(slot, rank, linkOf(element, element.text, context)));
}

/** Trimmed text as it came: ids and languages. */
export function token(slot: Slot, rank: number): Field<Draft> {
  return text((draft, element) => draft.offer(slot, rank, dropControls(element.text).trim()));
}

export function category(): Field<Draft> {
  return text((draft, element) => draft.category(cleanText(element.text)));
}

export function plainText(element: XmlElement): string {
  const written = withoutCdata(element.text);
  return element.hasMarkup || looksLikeHtml(written) ? htmlToText(written) : cleanText(written);
}

/** Some publishers escape the CDATA section along with its content. */
function withoutCdata(written: string): string {
  if (!written.includes('<![CDATA[')) return written;
  return /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(written)?.[1] ?? written;
}

/** The document's address is left to the sanitizer, which knows it too; only `xml:base` has to be applied here. */
export function htmlOf(element: XmlElement, context: Context): string {
  const clean = withoutCdata(dropControls(element.text).trim());
  return element.base === context.url ? clean : resolveHtml(clean, element.base);
}

/** A link of this element, absolute; a refused one is a warning. */
export function linkOf(element: XmlElement, written: string | null, context: Context): string | null {
  if (written === null || written.trim() === '') return null;
  const resolved = resolveUrl(written, element.base);
  if (resolved === null) context.warn('bad-url', refusal(written));
  return resolved;
}

/** For people, and shown to them: what would run as code is not repeated. */
export function refusal(written: string): string {
  return isDangerous(written)
    ? 'a link that would run code or carry its content was left out'
    : `not a link: ${cleanText(written).slice(0, 80)}`;
}

/** `en_US` is how many write `en-US`. */
export function languageTag(written: string | null): string | null {
  const tag = cleanText(written ?? '').replaceAll('_', '-');
  return /^[a-z]{1,8}(?:-[a-z\d]{1,8}){0,8}$/i.test(tag) ? tag : null;
}
