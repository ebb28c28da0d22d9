import type { ScrapeRules } from '../../model.ts';
import { elementText } from './element-text.ts';
import { readEmbeddedItems } from './embedded-data.ts';
import {
  checkCss,
  elementValue,
  type FieldAlternative,
  fieldValue,
  matchScope,
  readFieldRule,
  type Scope,
  selectAll,
} from './field-selector.ts';
import { finishList } from './finish-list.ts';
import { type GuessedFields, guessFields } from './guess-fields.ts';
import { innerHtml } from './inner-html.ts';
import { imageOf, leadImage } from './item-image.ts';
import { languageOfItem, postIdOf } from './item-marks.ts';
import { type ItemScope, itemScopes } from './item-scope.ts';
import { decodeAddress, fragmentLink, readLink } from './page-link.ts';
import type { PageLink } from './parse-page.ts';
import { type AnyNode, type Element, isElement, type Page } from './parse-page.ts';
import type { ProseDateOptions } from './prose-date.ts';
import { numericOrder, parseMarkupDate, parseProseDate } from './prose-dates.ts';
import { publicAddress } from './public-address.ts';
import type { ReadItem } from './read-item.ts';
import { compileStrips, type Strips } from './strip-patterns.ts';
import type { StructuredData, StructuredItem } from './structured-data.ts';

export type ReadContext = {
  readonly page: Page;
  readonly dates: ProseDateOptions;
  readonly structured: StructuredData;
};

/** `items` values that are no CSS: lists that the page holds as data. */
export const dataSources = { jsonLd: '@json-ld', embedded: '@embedded' } as const;

const itemsMax = 1000;
const fieldKeys = ['link', 'title', 'summary', 'date', 'image', 'author', 'content'] as const;
type FieldKey = (typeof fieldKeys)[number];
type FieldRules = Partial<Record<FieldKey, FieldAlternative[]>>;

/**
 * Reads one list by its rules: what a rule names is read by it, all else is guessed from the markup.
 * @throws AppError `config-invalid` naming the selector or pattern that cannot be used
 */
export function readItems(context: ReadContext, rules: ScrapeRules): ReadItem[] {
  const { page } = context;
  const items = rules.items ?? '';
  const strips = compileStrips(rules.strip);
  if (items === dataSources.jsonLd || items === dataSources.embedded) {
    const list =
      items === dataSources.jsonLd ? (context.structured.lists[0] ?? []) : readEmbeddedItems(page, context.dates.now);
    return finishList(list.map(structuredItem), strips);
  }
  return readElements(context, { elements: selectAll(page, items, 'items'), rules, strips });
}

/** Reads given elements as the items of one list. */
export function readElements(
  context: ReadContext,
  list: { readonly elements: readonly Element[]; readonly rules: ScrapeRules; readonly strips?: Strips },
): ReadItem[] {
  const elements = list.elements.slice(0, itemsMax);
  const scopes = itemScopes(context.page, elements);
  const fields = compileFields(context.page, list.rules);
  const follows = Object.values(fields).some(rule => rule.some(alternative => alternative.follows));
  const own = new Set(elements);
  const options = withOrder(context, scopes);
  const read = scopes.map(scope =>
    readOne(
      { ...context, dates: options },
      { scope, fields, following: follows ? siblingsUntil(scope.item, own) : [] },
    ),
  );
  return finishList(read, list.strips ?? compileStrips(list.rules.strip), list.rules.title !== undefined);
}

/** Compiles and checks each field's rule. @throws AppError `config-invalid` */
function compileFields(page: Page, rules: ScrapeRules): FieldRules {
  const fields: FieldRules = {};
  for (const key of fieldKeys) {
    const rule = rules[key];
    if (rule === undefined) continue;
    const alternatives = readFieldRule(rule, key);
    for (const { css } of alternatives) if (css !== '') checkCss(page, css, key);
    fields[key] = alternatives;
  }
  return fields;
}

/** Whether 03/04 is in March or April: one item whose day is over 12 decides for all. */
function withOrder(context: ReadContext, scopes: readonly ItemScope[]): ProseDateOptions {
  if (context.dates.order !== undefined) return context.dates;
  for (const scope of scopes.slice(0, 30)) {
    const number = context.page.numberOf.get(scope.item) ?? 0;
    if ((context.page.textEnd[number] ?? 0) - (context.page.textStart[number] ?? 0) > 3000) continue;
    const order = numericOrder(elementText(scope.item).slice(0, 200));
    if (order !== null) return { ...context.dates, order };
  }
  return context.dates;
}

function siblingsUntil(item: Element, items: ReadonlySet<Element>): Element[] {
  const found: Element[] = [];
  for (let node = item.next as AnyNode | null; node !== null && found.length < 20; node = node.next as AnyNode | null) {
    if (!isElement(node)) continue;
    if (items.has(node)) break;
    found.push(node);
  }
  return found;
}

type OneItem = { readonly scope: ItemScope; readonly fields: FieldRules; readonly following: readonly Element[] };

function readOne(context: ReadContext, { scope, fields, following }: OneItem): ReadItem {
  const { page, dates } = context;
  const guessed = guessFields(page, scope, dates);
  const selector: Scope = { item: scope.item, following };
  const text = (key: FieldKey, guess: string | null): string | null => {
    const rule = fields[key];
    return rule === undefined ? guess : (fieldValue(page, selector, rule)?.value ?? null);
  };
  const link = linkOf(page, { selector, rule: fields.link, guessed });
  const known = link === null ? undefined : context.structured.byKey.get(link.key);
  const published = dateOf(page, { selector, rule: fields.date, guess: guessed.publishedAt, dates });
  const image = fields.image === undefined ? guessed.image : imageBy(page, selector, fields.image);
  return {
    id: postIdOf(scope.item),
    url: link?.url ?? null,
    key: link?.key ?? null,
    title: text('title', guessed.title) ?? (fields.title === undefined ? (known?.title ?? null) : null),
    summary: text('summary', guessed.summary) ?? (fields.summary === undefined ? (known?.summary ?? null) : null),
    truncated: false,
    contentHtml: contentBy(page, { selector, rule: fields.content, guessed }),
    publishedAt: published ?? (fields.date === undefined ? (known?.publishedAt ?? null) : null),
    updatedAt: guessed.updatedAt ?? known?.updatedAt ?? null,
    image: absolute(page, image ?? (fields.image === undefined ? (known?.image ?? null) : null)),
    authors: fields.author === undefined ? authorsOf(guessed, known) : authorsBy(page, selector, fields.author),
    categories: guessed.categories,
    language: languageOfItem(scope.item, guessed.linkElement),
  };
}

function linkOf(
  page: Page,
  one: { selector: Scope; rule: FieldAlternative[] | undefined; guessed: GuessedFields },
): PageLink | null {
  if (one.rule === undefined) return one.guessed.link;
  for (const alternative of one.rule) {
    for (const element of matchScope(page, one.selector, alternative)) {
      const href =
        alternative.attribute === null
          ? (element.attribs.href ?? elementValue(element, null))
          : elementValue(element, alternative.attribute);
      const link = readLink(page, href) ?? samePage(page, href);
      if (link !== null) return link;
    }
  }
  return null;
}

/** A link asked for by name counts even if it leads to this very page (`#entry-5`) or to the front page. */
function samePage(page: Page, href: string): PageLink | null {
  const raw = href.trim();
  if (raw.startsWith('#') && raw.length > 1) return fragmentLink(page, decodeAddress(raw.slice(1)));
  const url = raw === '' ? null : URL.parse(raw, page.baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const own = publicAddress(url.href);
  return { url: own, key: own, sameSite: true, isListing: false, isPost: false };
}

function dateOf(
  page: Page,
  one: { selector: Scope; rule: FieldAlternative[] | undefined; guess: number | null; dates: ProseDateOptions },
): number | null {
  if (one.rule === undefined) return one.guess;
  for (const alternative of one.rule) {
    for (const element of matchScope(page, one.selector, alternative)) {
      const value = elementValue(element, alternative.attribute);
      const at =
        alternative.attribute === null
          ? parseProseDate(value.slice(0, 190), one.dates)?.at
          : parseMarkupDate(value, one.dates);
      const marked = at ?? (element.attribs.datetime ? parseMarkupDate(element.attribs.datetime, one.dates) : null);
      if (marked !== null && marked !== undefined) return marked;
    }
  }
  return null;
}

function imageBy(page: Page, selector: Scope, rule: readonly FieldAlternative[]): string | null {
  for (const alternative of rule) {
    for (const element of matchScope(page, selector, alternative)) {
      const value =
        alternative.attribute === null
          ? (imageOf(element) ?? leadImage([element]))
          : elementValue(element, alternative.attribute);
      if (value !== null && value !== '' && !value.startsWith('data:')) return value;
    }
  }
  return null;
}

function contentBy(
  page: Page,
  one: { selector: Scope; rule: FieldAlternative[] | undefined; guessed: GuessedFields },
): string | null {
  const element =
    one.rule === undefined ? one.guessed.contentElement : (fieldValue(page, one.selector, one.rule)?.from ?? null);
  return element === null ? null : innerHtml(element, page.baseUrl);
}

function authorsOf(guessed: GuessedFields, known: StructuredItem | undefined): readonly string[] {
  return guessed.authors.length > 0 ? guessed.authors : (known?.authors ?? []);
}

function authorsBy(page: Page, selector: Scope, rule: readonly FieldAlternative[]): string[] {
  for (const alternative of rule) {
    const names = matchScope(page, selector, alternative)
      .map(element => elementValue(element, alternative.attribute))
      .filter(name => name !== '');
    if (names.length > 0) return [...new Set(names)].slice(0, 10);
  }
  return [];
}

function absolute(page: Page, address: string | null): string | null {
  const url = address === null ? null : URL.parse(address, page.baseUrl);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

export function structuredItem(item: StructuredItem): ReadItem {
  return {
    id: null,
    url: item.link?.url ?? null,
    key: item.link?.key ?? null,
    title: item.title,
    summary: item.summary,
    truncated: false,
    contentHtml: null,
    publishedAt: item.publishedAt,
    updatedAt: item.updatedAt,
    image: item.image !== null && /^https?:/.test(item.image) ? item.image : null,
    authors: item.authors,
    categories: [],
    language: null,
  };
}
