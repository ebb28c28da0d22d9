import type { Alternate, Author, IsoTime, LanguageTag, Millis } from '../../model.ts';
import { htmlToText } from '../text/html-to-text.ts';
import { breaksOff } from './clean-teaser.ts';
import type { DetectedList } from './detected-list.ts';
import { elementText, wordCount } from './element-text.ts';
import { detectLists } from './find-lists.ts';
import { urlDate } from './guess-date.ts';
import { mainText } from './main-text.ts';
import { firstHeading, type PageMeta, readPageMeta } from './page-meta.ts';
import { type AnyNode, type Element, isElement, type Page, parsePage } from './parse-page.ts';
import type { ProseDateOptions } from './prose-date.ts';
import { parseMarkupDate, parseProseDate } from './prose-dates.ts';
import type { ReadContext } from './read-items.ts';
import { headingRegion } from './region-words.ts';
import { readStructuredData, type StructuredItem } from './structured-data.ts';
import { hasHint, textLeaves } from './text-leaves.ts';
import { isoTime } from './to-parsed-item.ts';

export type Article = {
  readonly title: string | null;
  /** Main text as HTML with absolute addresses; not sanitized. */
  readonly html: string;
  readonly text: string;
  readonly authors: readonly Author[];
  readonly publishedAt: IsoTime | null;
  readonly updatedAt: IsoTime | null;
  readonly image: string | null;
  readonly language: LanguageTag | null;
  readonly canonicalUrl: string | null;
  readonly alternates: readonly Alternate[];
  /** The page shows only the beginning: a pay wall, a "read more". */
  readonly truncated: boolean;
};

const wordsMin = 20;

/**
 * The article of a page: main text by Readability over a bounded DOM, the rest from markup, JSON-LD, Open Graph and the
 * address.
 * @returns `null` when the page holds no text that could be one
 */
export function readArticle(input: {
  readonly html: string;
  readonly url: string;
  readonly now: Millis;
}): Article | null {
  const page = parsePage(input.html, input.url);
  const dates = { now: input.now, language: page.language };
  return articleOf({ page, dates, structured: readStructuredData(page, input.now) });
}

/** `readArticle` for a page already parsed. */
export function articleOf(context: ReadContext): Article | null {
  const { page, structured } = context;
  // Lists of other posts are no text of this one, wherever they stand.
  const lists = detectLists(context, 3).filter(list => list.elements.length >= 3);
  const main = mainText(
    page,
    lists.flatMap(list => (holdsText(page, list) ? [] : withSurroundings(page, list))),
  );
  if (main === null) return null;
  const text = htmlToText(main.html);
  if (wordCount(text) < wordsMin) return null;
  const meta = readPageMeta(page);
  const known = structured.article;
  const published = publishedOf(page, { meta, known, dates: context.dates });
  return {
    title: titleOf(page, { meta, known }),
    html: main.html,
    text,
    authors: authorsOf(page, { meta, known, byline: main.byline }).map(name => ({ name })),
    publishedAt: isoTime(published),
    updatedAt: isoTime(
      known?.updatedAt ?? (meta.modified === null ? null : parseMarkupDate(meta.modified, context.dates)),
    ),
    image: meta.image ?? known?.image ?? null,
    language: page.language ?? meta.language,
    canonicalUrl: meta.canonicalUrl,
    alternates: meta.alternates,
    truncated: isCut(page, text),
  };
}

/** A list with the element that holds nothing else, and with its heading. */
function withSurroundings(page: Page, list: DetectedList): Element[] {
  const found = [...list.elements];
  const listed = list.elements.reduce((sum, element) => sum + textIn(page, element), 0);
  let container = list.elements[0]?.parent as AnyNode | null;
  while (container !== null && isElement(container) && textIn(page, container) <= (listed + list.name.length) * 1.1) {
    found.push(container);
    container = container.parent as AnyNode | null;
  }
  const heading = page.elements.find(
    element =>
      /^(?:h[1-6]|p|div)$/.test(element.name) && textIn(page, element) < 100 && elementText(element) === list.name,
  );
  return heading === undefined ? found : [...found, heading];
}

function textIn(page: Page, element: Element): number {
  const number = page.numberOf.get(element) ?? 0;
  return (page.textEnd[number] ?? 0) - (page.textStart[number] ?? 0);
}

/** An article whose sections look like a list (long texts) is not taken apart. */
function holdsText(page: Page, { name, elements }: DetectedList): boolean {
  if (headingRegion(name) !== null) return false;
  const long = elements.filter(element => {
    const number = page.numberOf.get(element) ?? 0;
    const text = (page.textEnd[number] ?? 0) - (page.textStart[number] ?? 0);
    const linked = (page.linkEnd[number] ?? 0) - (page.linkStart[number] ?? 0);
    return text > 500 || linked === 0;
  });
  return long.length > elements.length / 2;
}

type Sources = { readonly meta: PageMeta; readonly known: StructuredItem | null };

function titleOf(page: Page, { meta, known }: Sources): string | null {
  const heading = firstHeading(page);
  const said = known?.title ?? meta.headline ?? meta.title;
  if (heading !== null && said !== null && comparable(said).startsWith(comparable(heading)) && wordCount(heading) >= 2)
    return heading;
  const title = known?.title ?? meta.headline ?? heading ?? meta.title;
  return title === null ? null : withoutSiteName(title, meta);
}

function comparable(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** "Title | Site", "Title - Site". */
function withoutSiteName(title: string, meta: PageMeta): string {
  const parts = title.split(/\s+[|–—·»-]\s+/);
  if (parts.length < 2) return title;
  const last = parts.at(-1) ?? '';
  const isSite = meta.siteName !== null && comparable(last) === comparable(meta.siteName);
  const cut = title.slice(0, title.length - last.length).replace(/\s+[|–—·»-]\s+$/, '');
  return isSite || (/\s\|\s/.test(title) && wordCount(last) <= 4 && wordCount(cut) >= 3) ? cut : title;
}

function publishedOf(page: Page, { meta, known, dates }: Sources & { dates: ProseDateOptions }): number | null {
  if (known?.publishedAt != null) return known.publishedAt;
  const said = meta.published === null ? null : parseMarkupDate(meta.published, dates);
  return said ?? markedDate(page, dates) ?? urlDate(page.url);
}

/** The first date in the article's own header: `time`, microdata, or a line that its class calls a date. */
function markedDate(page: Page, dates: ProseDateOptions): number | null {
  const start = page.elements.findIndex(element => element.name === 'h1' || element.name === 'article');
  const from = Math.max(0, start - 30);
  const elements = page.elements.slice(from, from + 400);
  for (const element of elements) {
    const { attribs } = element;
    const isMarked = element.name === 'time' || /datePublished/.test(attribs.itemprop ?? '');
    const value = isMarked ? (attribs.datetime ?? attribs.content ?? attribs.title ?? elementText(element)) : null;
    const at = value === null ? null : parseMarkupDate(value, dates);
    if (at !== null) return at;
  }
  for (const element of elements) {
    if (!hasHint(element, /^(?:date|published|posted|pubdate|meta|byline|dateline|datum|fecha|data|time|timestamp)$/))
      continue;
    const text = elementText(element);
    const found = text.length < 160 ? parseProseDate(text, dates) : null;
    if (found !== null) return found.at;
  }
  return (
    bylines(page)
      .map(text => parseProseDate(text, dates))
      .find(found => found !== null && found.share > 0.15)?.at ?? null
  );
}

/** The short lines right after the title: "Von Jana Koch | 18. Mai 2024". */
function bylines(page: Page): string[] {
  const start = page.elements.findIndex(element => element.name === 'h1');
  if (start < 0) return [];
  const leaves = textLeaves(
    page.elements.slice(page.end[start] ?? start + 1, (page.end[start] ?? start + 1) + 60),
  ).slice(0, 6);
  const long = leaves.findIndex(leaf => leaf.text.length > 160);
  return leaves.slice(0, long < 0 ? leaves.length : long).map(leaf => leaf.text);
}

function authorsOf(page: Page, { meta, known, byline }: Sources & { byline: string | null }): readonly string[] {
  if (known !== null && known.authors.length > 0) return known.authors;
  if (meta.authors.length > 0) return meta.authors;
  const linked = page.elements.filter(
    element => /(?:^|\s)author(?:\s|$)/.test(element.attribs.rel ?? '') || element.attribs.itemprop === 'author',
  );
  const names = linked.map(element => elementText(element)).filter(name => name !== '' && wordCount(name) <= 6);
  if (names.length > 0) return [...new Set(names)].slice(0, 5);
  const line = bylines(page)
    .map(text => authorLine.exec(text)?.[1])
    .find(name => name !== undefined);
  if (line !== undefined) return [line];
  const said = byline?.replace(/^(?:by|di|von|par|por|door|av|автор:?)\s+/i, '').trim() ?? '';
  return said !== '' && wordCount(said) <= 6 && !/\d{4}/.test(said) ? [said] : [];
}

const authorLine =
  /^(?:by|von|par|por|di|door|av|af|przez|автор:?|بقلم:?|yazan:?)\s+(\p{Lu}[\p{L}.'’-]+(?:\s+(?:\p{Lu}[\p{L}.'’-]+|de|da|van|von|al)){1,4})(?=$|\s*[|,•·–—(-])/iu;

const payWall =
  /(?:subscribe to (?:continue|read)|already a subscriber|riservato agli abbonati|réservé aux abonnés|weiterlesen mit|nur für abonnenten|contenido exclusivo para suscriptores|только для подписчиков|هذا المحتوى للمشتركين)/i;

function isCut(page: Page, text: string): boolean {
  if (
    /"isAccessibleForFree"\s*:\s*"?(?:false)/i.test(
      page.elements
        .filter(element => element.name === 'script')
        .map(scriptStart)
        .join(' '),
    )
  )
    return true;
  if (payWall.test(text.slice(-400))) return true;
  return /(?:…|\.\.\.|\[…\])$/.test(text.trim()) || (wordCount(text) < 120 && breaksOff(text));
}

function scriptStart(element: Element): string {
  if (!/ld\+json/.test(element.attribs.type ?? '')) return '';
  return element.children.map(child => (child.type === 'text' ? child.data.slice(0, 20_000) : '')).join('');
}
