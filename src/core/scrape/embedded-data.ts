import { htmlToText } from '../text/html-to-text.ts';
import { linkKey, readLink } from './page-link.ts';
import type { Page, PageLink } from './parse-page.ts';
import { parseMarkupDate } from './prose-dates.ts';
import { isJson, parseJson, type StructuredItem, scriptText } from './structured-data.ts';

const nodesMax = 60_000;
const scriptMax = 4_000_000;
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
 * The list of posts in the data that a page embeds for its own scripts: `__NEXT_DATA__`, `__NUXT__`,
 * `window.__INITIAL_STATE__ = {…}`, `application/json` scripts. It is the longest array of objects that have titles
 * and addresses.
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

function* embeddedValues(page: Page): Generator<unknown> {
  for (const element of page.elements) {
    if (element.name !== 'script' || element.attribs.src !== undefined) continue;
    const type = element.attribs.type ?? '';
    if (/ld\+json/i.test(type)) continue;
    const text = scriptText(element);
    if (text.length > scriptMax || text.length < 100) continue;
    if (/json/i.test(type) || element.attribs.id === '__NEXT_DATA__') yield parseJson(text);
    else yield* assignedValues(text);
  }
}

/** `window.__STATE__ = {…};` and `JSON.parse("…")`, each read as JSON. */
function* assignedValues(text: string): Generator<unknown> {
  const pattern =
    /(?:window|self|globalThis)(?:\.([\w$]{2,60})|\[\s*["']([\w$.-]{2,60})["']\s*\])\s*=\s*(JSON\.parse\(\s*)?(?=[{["'])/g;
  let found = 0;
  for (const match of text.matchAll(pattern)) {
    found += 1;
    if (found > 10) return;
    const from = match.index + match[0].length;
    const end = jsonEnd(text, from);
    if (end < 0) continue;
    const literal = text.slice(from, end);
    const value = parseJson(literal.startsWith("'") ? `"${literal.slice(1, -1).replaceAll('"', '\\"')}"` : literal);
    yield typeof value === 'string' ? parseJson(value) : value;
  }
}

/** Where the JSON value that begins at `from` ends, or -1. */
function jsonEnd(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) {
        quote = '';
        if (depth === 0) return at + 1;
      }
    } else if (char === '"' || (char === "'" && depth === 0)) quote = char;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function* arrays(root: unknown): Generator<readonly unknown[]> {
  const stack: unknown[] = [root];
  let nodes = 0;
  while (stack.length > 0 && nodes < nodesMax) {
    nodes += 1;
    const value = stack.pop();
    if (Array.isArray(value)) {
      if (value.length >= 3 && value.every(isJson)) yield value;
      for (const each of value.slice(0, 2000)) if (typeof each === 'object' && each !== null) stack.push(each);
    } else if (isJson(value)) {
      for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) stack.push(each);
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
