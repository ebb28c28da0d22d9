import { htmlToText } from '../text/html-to-text.ts';
import { embeddedValues } from './embedded-values.ts';
import { linkKey, readLink } from './page-link.ts';
import type { Page, PageLink } from './parse-page.ts';
import { parseMarkupDate } from './prose-dates.ts';
import { isJson, type Json, parseJson, type StructuredItem } from './structured-data.ts';

const nodesMax = 60_000;
const titleKeys = ['title', 'headline', 'name', 'heading'];
const linkKeys = [
  'url',
  'link',
  'href',
  'permalink',
  'canonicalUrl',
  'canonical_url',
  'webUrl',
  'path',
  'uri',
  'canonical',
  'slug',
];
const dateKeys = [
  'publishedAt',
  'published_at',
  'datePublished',
  'publishDate',
  'publish_date',
  'publicationDate',
  'pubDate',
  'firstPublishedAt',
  'post_date',
  'date',
  'createdAt',
  'created_at',
  'timestamp',
  'published',
];
const summaryKeys = [
  'summary',
  'excerpt',
  'description',
  'subtitle',
  'teaser',
  'dek',
  'standfirst',
  'abstract',
  'lead',
  'intro',
];
const imageKeys = [
  'image',
  'imageUrl',
  'thumbnail',
  'cover',
  'coverImage',
  'cover_image',
  'featuredImage',
  'heroImage',
];

/**
 * The list of posts in the data that a page embeds for its own scripts (`embedded-values`): the longest array of objects
 * that have titles and addresses.
 */
export function readEmbeddedItems(page: Page, now: number): readonly StructuredItem[] {
  const paths = knownPaths(page);
  let best: readonly StructuredItem[] = [];
  let bestWorth = 0;
  for (const value of embeddedValues(page)) {
    for (const array of arrays(value)) {
      const items = array
        .slice(0, 500)
        .map(each => readItem(page, { value: each, now, paths }))
        .filter(item => item !== null);
      if (items.length < 3 || items.length < array.length * 0.6) continue;
      const dated = items.filter(item => item.publishedAt !== null).length / items.length;
      const linked = items.filter(item => item.link !== null && !item.link.isListing).length / items.length;
      const worded = items.filter(item => (item.title ?? '').length > 18).length / items.length;
      const worth = Math.min(items.length, 30) * (0.3 + dated) * (0.3 + linked) * worded;
      if (worth > bestWorth) [best, bestWorth] = [items, worth];
    }
  }
  return best;
}

/** Every array of objects within a value, and maps of objects by id (`{ byId: { 1: {…}, 2: {…} } }`) as arrays. */
function* arrays(root: unknown): Generator<readonly unknown[]> {
  const stack: unknown[] = [root];
  let store: Json | null = null;
  let nodes = 0;
  while (stack.length > 0 && nodes < nodesMax) {
    nodes += 1;
    const value = stack.pop();
    if (Array.isArray(value)) {
      const items = value.slice(0, 2000).map(each => resolved(each, store));
      if (items.length >= 3 && items.every(isJson)) yield items;
      push(stack, value.slice(0, 2000));
    } else if (isJson(value)) {
      // Apollo and Relay keep every thing once, by its id; lists hold references.
      if ('ROOT_QUERY' in value || 'client:root' in value) store = value;
      const values = Object.values(value).slice(0, 2000);
      if (values.length >= 3 && values.every(isJson)) yield values;
      if (Array.isArray(value.__refs)) push(stack, [value.__refs.slice(0, 2000)]);
      push(stack, values);
    }
  }
}

function resolved(each: unknown, store: Json | null): unknown {
  if (store === null) return each;
  const id = typeof each === 'string' ? each : isJson(each) ? each.__ref : undefined;
  return typeof id === 'string' && isJson(store[id]) ? store[id] : each;
}

/** Objects and arrays to look into; a text that is JSON itself (an answer kept as it came) is one, too. */
function push(stack: unknown[], values: readonly unknown[]): void {
  for (const each of values) {
    if (typeof each === 'object' && each !== null) stack.push(each);
    else if (typeof each === 'string' && each.length > 100 && /^[{[]/.test(each)) {
      const inner = parseJson(each);
      if (typeof inner === 'object' && inner !== null) stack.push(inner);
    }
  }
}

type Reading = { readonly value: unknown; readonly now: number; readonly paths: ReadonlyMap<string, string> };

function readItem(page: Page, { value, now, paths }: Reading): StructuredItem | null {
  if (!isJson(value)) return null;
  // GraphQL lists wrap each thing: `{ node: {…} }`.
  const node = isJson(value.node) ? value.node : isJson(value.attributes) ? { ...value, ...value.attributes } : value;
  const title = textAt(node, titleKeys);
  if (title === null || title.length > 500) return null;
  const link = linkOf(page, node, paths);
  const date = scalarAt(node, dateKeys);
  if (link === null && date === null) return null;
  const summary = textAt(node, summaryKeys);
  const image = imageKeys.map(key => node[key]).map(each => (isJson(each) ? (each.url ?? each.src) : each));
  const author = node.author;
  const name = isJson(author) ? textAt(author, ['name', 'displayName']) : typeof author === 'string' ? author : null;
  return {
    link,
    title: htmlToText(title),
    summary: summary === null ? null : htmlToText(summary),
    publishedAt: date === null ? null : parseMarkupDate(date, { now }),
    updatedAt: null,
    image: (image.find(each => typeof each === 'string' && each !== '') as string | undefined) ?? null,
    authors: name === null || name.length > 80 ? [] : [name],
    isArticle: true,
  };
}

function textAt(node: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = node[key];
    const text = isJson(value) ? value.rendered : value;
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
  }
  return null;
}

function scalarAt(node: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = node[key];
    if (typeof value === 'string' && value !== '' && value.length < 80) return value;
    if (typeof value === 'number' && value > 1e9) return String(Math.trunc(value));
  }
  return null;
}

/** A slug alone is an address only if the page itself has a link that ends in it. */
function linkOf(
  page: Page,
  node: Readonly<Record<string, unknown>>,
  paths: ReadonlyMap<string, string>,
): PageLink | null {
  for (const key of linkKeys) {
    const value = isJson(node[key]) ? node[key].current : node[key];
    if (typeof value !== 'string' || value === '' || value.length > 2000) continue;
    if (/^(?:https?:)?\//.test(value)) return readLink(page, value);
    const known = paths.get(value.replace(/^.*\//, ''));
    if (known !== undefined) return readLink(page, known);
  }
  return null;
}

/** Last path segment → address, of all links of the page. */
function knownPaths(page: Page): Map<string, string> {
  const paths = new Map<string, string>();
  for (const number of page.anchors) {
    const href = page.elements[number]?.attribs.href ?? '';
    const url = URL.parse(href, page.baseUrl);
    const last = url === null ? '' : (linkKey(url).split('/').at(-1) ?? '');
    if (url !== null && last !== '' && !paths.has(last)) paths.set(last, url.href);
  }
  return paths;
}
