import { decodeEntities, htmlToText } from '../text/html-to-text.ts';
import { readLink } from './page-link.ts';
import type { Page, PageLink } from './parse-page.ts';
import { parseMarkupDate } from './prose-dates.ts';

/** An item as JSON-LD (or data embedded for a page's scripts) tells it; texts are plain. */
export type StructuredItem = {
  readonly link: PageLink | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly publishedAt: number | null;
  readonly updatedAt: number | null;
  readonly image: string | null;
  readonly authors: readonly string[];
  readonly isArticle: boolean;
};

export type StructuredData = {
  /** Lists of items, longest first. */
  readonly lists: readonly (readonly StructuredItem[])[];
  /** The page's own article, if one says so. */
  readonly article: StructuredItem | null;
  /** What is known of each link of the page. */
  readonly byKey: ReadonlyMap<string, StructuredItem>;
};

export type Json = Readonly<Record<string, unknown>>;

const articleTypes = /(?:Article|BlogPosting|Posting|Report|Review|PressRelease|Reportage)$/;
const noItemTypes =
  /^(?:BreadcrumbList|SiteNavigationElement|WPHeader|WPFooter|Product|Offer|Organization|Person|Comment|Question|Answer)$/;
const nodesMax = 20_000;
const scriptsMax = 60;

/**
 * Reads the JSON-LD of a page: ItemList, Blog, CollectionPage with their parts, and articles, `@graph` included.
 * https://schema.org. Broken JSON is left out.
 */
export function readStructuredData(page: Page, now: number): StructuredData {
  const lists: StructuredItem[][] = [];
  const articles: StructuredItem[] = [];
  let own: StructuredItem | null = null;
  const read = (node: Json): StructuredItem => readNode(page, node, now);
  for (const node of jsonLdNodes(page)) {
    const types = typesOf(node);
    if (types.some(type => noItemTypes.test(type))) continue;
    const parts = partsOf(node);
    if (parts.length >= 2) {
      const items = parts.map(part => read(unwrap(part))).filter(item => item.link !== null && item.title !== null);
      if (items.length >= 2) lists.push(items);
    }
    if (!types.some(type => articleTypes.test(type))) continue;
    const item = read(node);
    if (item.link === null) own ??= item;
    else articles.push(item);
  }
  const loose = articles.filter(item => !lists.some(list => list.some(other => other.link?.key === item.link?.key)));
  if (loose.length >= 3) lists.push(loose);
  lists.sort((a, b) => b.length - a.length);
  const byKey = new Map<string, StructuredItem>();
  for (const item of [...articles, ...lists.flat()])
    if (item.link !== null && !byKey.has(item.link.key)) byKey.set(item.link.key, item);
  return { lists, article: own ?? (articles.length === 1 ? (articles[0] ?? null) : null), byKey };
}

function* jsonLdNodes(page: Page): Generator<Json> {
  let scripts = 0;
  let nodes = 0;
  for (const element of page.elements) {
    if (element.name !== 'script' || !/^application\/ld\+json/i.test(element.attribs.type ?? '')) continue;
    scripts += 1;
    if (scripts > scriptsMax) return;
    const stack: unknown[] = [parseJson(scriptText(element))];
    while (stack.length > 0 && nodes < nodesMax) {
      nodes += 1;
      const value = stack.pop();
      if (Array.isArray(value)) stack.push(...value.slice(0, 2000).reverse());
      else if (isJson(value)) {
        yield value;
        for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'hasPart'])
          if (typeof value[key] === 'object') stack.push(value[key]);
      }
    }
  }
}

/** The source text of a `script` element. */
export function scriptText(element: { readonly children: readonly { readonly type: string }[] }): string {
  return element.children.map(child => ('data' in child ? String(child.data) : '')).join('');
}

/** @returns the value, or `undefined` for what is no JSON */
export function parseJson(text: string): unknown {
  const bare = text.trim().replace(/^(?:<!--|\/\*<!\[CDATA\[\*\/|<!\[CDATA\[)\s*|\s*(?:-->|\/\*\]\]>\*\/|\]\]>)$/g, '');
  if (bare === '' || bare.length > 4_000_000) return undefined;
  try {
    return JSON.parse(bare);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typesOf(node: Json): string[] {
  const type = node['@type'];
  return (Array.isArray(type) ? type : [type])
    .filter(each => typeof each === 'string')
    .map(each => each.replace(/^.*[/:]/, ''));
}

function partsOf(node: Json): Json[] {
  for (const key of ['itemListElement', 'blogPost', 'blogPosts', 'hasPart', 'dataFeedElement']) {
    const value = node[key];
    if (Array.isArray(value)) return value.filter(isJson).slice(0, 500);
  }
  return [];
}

/** `ListItem` holds its thing in `item`, which may be only an address. */
function unwrap(part: Json): Json {
  const item = part.item;
  if (isJson(item)) return { ...part, ...item };
  return typeof item === 'string' ? { ...part, url: item } : part;
}

function readNode(page: Page, node: Json, now: number): StructuredItem {
  const main = node.mainEntityOfPage;
  const address = firstText(node.url, isJson(main) ? main['@id'] : main, node['@id'], node.link);
  const title = firstText(node.headline, node.name, node.title);
  const summary = firstText(node.description, node.abstract, node.alternativeHeadline);
  const date = (key: string): number | null => {
    const value = firstText(node[key]);
    return value === null ? null : parseMarkupDate(value, { now });
  };
  return {
    link: address === null ? null : readLink(page, address.replace(/#[^/]*$/, '')),
    title: title === null ? null : htmlToText(decodeEntities(title)),
    summary: summary === null ? null : htmlToText(decodeEntities(summary)),
    publishedAt: date('datePublished') ?? date('dateCreated') ?? date('uploadDate'),
    updatedAt: date('dateModified'),
    image: imageAddress(node.image) ?? imageAddress(node.thumbnailUrl),
    authors: authorNames(node.author ?? node.creator),
    isArticle: typesOf(node).some(type => articleTypes.test(type)),
  };
}

function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = Array.isArray(value)
      ? value.find(each => typeof each === 'string')
      : isJson(value)
        ? value['@value']
        : value;
    if (typeof text === 'string' && text.trim() !== '' && text.length < 20_000) return text.trim();
  }
  return null;
}

function imageAddress(value: unknown): string | null {
  const one = Array.isArray(value) ? value[0] : value;
  if (typeof one === 'string') return one;
  return isJson(one) ? firstText(one.url, one.contentUrl, one['@id']) : null;
}

function authorNames(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  const names = all.map(each => (typeof each === 'string' ? each : isJson(each) ? firstText(each.name) : null));
  return [...new Set(names.filter(name => name !== null && name !== '' && !/^https?:/.test(name)))].slice(
    0,
    5,
  ) as string[];
}
