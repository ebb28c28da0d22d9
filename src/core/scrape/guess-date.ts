import { timeOfDay } from './clock-times.ts';
import { descendants, elementText, wordCount } from './element-text.ts';
import type { ItemScope } from './item-scope.ts';
import { type AnyNode, type Element, isElement } from './parse-page.ts';
import type { ProseDateOptions } from './prose-date.ts';
import { parseMarkupDate, parseProseDate } from './prose-dates.ts';
import { hasHint, isWithin, type TextLeaf, textLeaves } from './text-leaves.ts';
import { millisToWallTime, wallTimeToMillis } from './wall-time.ts';

type Parts = {
  readonly scope: ItemScope;
  readonly elements: readonly Element[];
  readonly leaves: readonly TextLeaf[];
  readonly title: Element | null;
  readonly url: string | null;
};

export type GuessedDates = { readonly published: number | null; readonly updated: number | null };

/** When an item was published: markup first, then text that looks like a date, its address, the heading above it. */
export function guessDates(parts: Parts, options: ProseDateOptions): GuessedDates {
  const marked = markedDates(parts, options);
  if (marked.published !== null) return marked;
  const published =
    hintedDate(parts, options) ??
    leafDate(parts, options) ??
    withClock(headingDate(parts.scope.item, options), parts, options) ??
    withClock(urlDate(parts.url), parts, { ...options, isUtcDay: true });
  return published === null && marked.updated !== null
    ? { published: marked.updated, updated: marked.updated }
    : { published, updated: marked.updated };
}

const updatedWords = /^(?:updated|modified|datemodified|lastmod|aktualisiert|aggiornato|maj)$/;

function markedDates({ elements, title }: Parts, options: ProseDateOptions): GuessedDates {
  let published: number | null = null;
  let updated: number | null = null;
  for (const element of elements) {
    const value = markedValue(element, title);
    if (value === null) continue;
    const at = parseMarkupDate(value, options) ?? parseProseDate(elementText(element), options)?.at ?? null;
    if (at === null) continue;
    const isUpdate = hasHint(element, updatedWords) && !hasHint(element, /^published$/);
    if (isUpdate) updated ??= at;
    else published ??= at;
  }
  return { published, updated };
}

function markedValue(element: Element, title: Element | null): string | null {
  const { attribs, name } = element;
  if (name === 'time') return attribs.datetime ?? attribs.title ?? elementText(element);
  const itemprop = attribs.itemprop ?? '';
  if (/datePublished|dateCreated|dateModified/.test(itemprop)) {
    return attribs.content ?? attribs.datetime ?? attribs.title ?? elementText(element);
  }
  if (name === 'relative-time' || name === 'time-ago') return attribs.datetime ?? null;
  if (name === 'abbr' && attribs.title && hasHint(element, /^(?:published|updated|date|time|timeago|dt)$/))
    return attribs.title;
  if (title !== null && isWithin(title, element)) return null;
  for (const key of ['data-date', 'data-published', 'data-timestamp', 'data-time', 'data-datetime', 'data-utime']) {
    const value = attribs[key];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}

const dateWords =
  /^(?:date|datum|data|fecha|time|timestamp|published|posted|pubdate|postdate|calendar|created|day|when|ago|dateline|tarih|datetime|zeit|ora|meta|byline|info|details|submitted)$/;

/** An element that its class calls a date: its whole text, since day, month and year may be apart in it. */
function hintedDate({ elements, title }: Parts, options: ProseDateOptions): number | null {
  for (const element of elements) {
    if (
      !hasHint(element, dateWords) ||
      (title !== null && (isWithin(title, element) || (isWithin(element, title) && element === title)))
    )
      continue;
    const own = elementText(element);
    // Day and month each in an element that is called a date: their parent has both.
    const text = own.length < 4 && isElement(element.parent as AnyNode) ? elementText(element.parent as AnyNode) : own;
    if (text.length > 160) continue;
    const found = parseProseDate(text, options);
    if (found !== null && (found.share > 0.15 || text.length < 60)) return found.at;
    const apart = own.length < 24 ? parseProseDate(spaced(element), options) : null;
    if (apart !== null && apart.share > 0.8) return apart.at;
    const titled = element.attribs.title ? parseProseDate(element.attribs.title, options) : null;
    if (titled !== null) return titled.at;
  }
  return null;
}

/** Day, month and year as a block, without a space between: `<b>17</b><span>2026-03</span>`. */
function spaced(element: Element): string {
  return textLeaves([...descendants(element)])
    .map(leaf => leaf.text)
    .join(' ');
}

/** Any short text that is mostly a date; within the title only in brackets or after it. */
function leafDate({ elements, leaves, title }: Parts, options: ProseDateOptions): number | null {
  for (const { element, text } of leaves) {
    const holdsTitle = title !== null && (isWithin(title, element) || isWithin(element, title));
    if (holdsTitle && element === title) continue;
    const rest = holdsTitle && title !== null ? elementText(element, each => each === title) : text;
    if (rest.length > 100 || wordCount(rest) > 16) continue;
    const found = parseProseDate(rest, options);
    if (found !== null && found.share >= 0.4) return found.at;
  }
  // "Teaser text <small>22 August 2023</small>": a small part of a leaf that is nothing but a date.
  for (const element of elements) {
    if (!/^(?:small|span|em|i|b|strong|font)$/.test(element.name) || element === title) continue;
    if (isSmallDate(element, options)) return parseProseDate(elementText(element), options)?.at ?? null;
  }
  // "By Ann | 22 August 2023 | News": a line of small facts.
  for (const { element, text } of leaves) {
    if (title !== null && (isWithin(title, element) || isWithin(element, title))) continue;
    if (text.length > 90 || !/[|·•,/–—-]/.test(text)) continue;
    const found = parseProseDate(text, options);
    if (found !== null && found.share >= 0.2) return found.at;
  }
  return null;
}

/** An inline element that holds a date and nothing else. */
export function isSmallDate(element: Element, options: ProseDateOptions): boolean {
  if (!/^(?:small|span|em|i|b|strong|font|time)$/.test(element.name)) return false;
  const text = elementText(element);
  return text.length > 3 && text.length < 50 && (parseProseDate(text, options)?.share ?? 0) >= 0.6;
}

/** The day stands above the item or in its address, the item itself says only "12:41". */
function withClock(
  day: number | null,
  { leaves, title }: Parts,
  options: ProseDateOptions & { readonly isUtcDay?: boolean },
): number | null {
  if (day === null) return null;
  const { year, month, day: date } = millisToWallTime(day, options.isUtcDay ? undefined : options.timezone);
  for (const { element, text } of leaves.slice(0, 20)) {
    if (text.length > 9 || element === title || !/^\d{1,2}\s?[:.h]\s?\d{2}(?:\s?(?:uhr|h|[ap]\.?m\.?))?$/i.test(text))
      continue;
    const clock = timeOfDay('', text.toLowerCase().replace(/^(\d{1,2})\.(\d{2})/, '$1:$2'));
    const at = clock && wallTimeToMillis({ ...clock.wall, year, month, day: date }, options.timezone);
    if (at && at <= options.now + 86_400_000) return at;
  }
  return day;
}

/** Lists under a heading for each day, and definition lists with the day in `dt`. */
function headingDate(item: Element, options: ProseDateOptions): number | null {
  let level: AnyNode = item;
  for (let up = 0; up < 4; up += 1) {
    let node = level.prev as AnyNode | null;
    for (let back = 0; node !== null && back < 80; back += 1) {
      if (
        isElement(node) &&
        (/^(?:h[1-6]|dt|th|caption|time)$/.test(node.name) || (up < 2 && hasHint(node, /^(?:date|day|datum|month)$/)))
      ) {
        const text = elementText(node);
        const found = text.length < 60 ? parseProseDate(text, options) : null;
        if (found !== null && found.share > 0.6) return found.at;
        if (/^(?:h[1-6]|dt)$/.test(node.name)) return null;
      }
      node = node.prev as AnyNode | null;
    }
    const above = level.parent as AnyNode | null;
    if (above === null || !isElement(above) || /^(?:body|main)$/.test(above.name)) return null;
    level = above;
  }
  return null;
}

/** `/2023/08/22/slug`, `/2023-08-22-slug`, `/20230822/slug`: a day, never a month alone. */
export function urlDate(url: string | null): number | null {
  if (url === null) return null;
  const path = URL.parse(url)?.pathname ?? '';
  const found =
    /\/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/._-]|$)/.exec(path) ??
    /[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/._-]|$)/.exec(path);
  if (!found) return null;
  const at = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Date(at).getUTCDate() === Number(found[3]) ? at : null;
}
