import type { Alternate } from '../../model.ts';
import { cleanText } from '../text/clean-text.ts';
import { elementText } from './element-text.ts';
import type { Page } from './parse-page.ts';

/** What a page's head says about it. Addresses are absolute, texts plain. */
export type PageMeta = {
  readonly title: string | null;
  readonly siteName: string | null;
  readonly headline: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly image: string | null;
  readonly siteImage: string | null;
  readonly canonicalUrl: string | null;
  readonly alternates: readonly Alternate[];
  readonly published: string | null;
  readonly modified: string | null;
  readonly authors: readonly string[];
  readonly type: string | null;
};

const publishedKeys = [
  'article:published_time',
  'og:article:published_time',
  'datepublished',
  'date',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'dc.date',
  'dc.date.issued',
  'dcterms.created',
  'dcterms.date',
  'dcterms.issued',
  'sailthru.date',
  'parsely-pub-date',
  'citation_publication_date',
  'cxenseparse:recs:publishtime',
  'article.published',
  'last-published',
];
const modifiedKeys = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'dcterms.modified',
  'last-modified',
  'article.updated',
];

/** Reads `title`, `meta` and `link` elements: Open Graph, Twitter, Dublin Core, canonical, hreflang. */
export function readPageMeta(page: Page): PageMeta {
  const values = new Map<string, string>();
  const authors: string[] = [];
  const alternates: Alternate[] = [];
  let title: string | null = null;
  let canonical: string | null = null;
  for (const element of page.elements) {
    const { attribs } = element;
    if (element.name === 'meta') {
      const key = (attribs.property ?? attribs.name ?? attribs.itemprop ?? attribs['http-equiv'])?.toLowerCase();
      const content = cleanText(attribs.content ?? '');
      if (!key || content === '' || content.length > 5000) continue;
      if (/^(?:author|article:author|dc\.creator|byl|parsely-author|citation_author|sailthru\.author)$/.test(key))
        authors.push(content);
      else if (!values.has(key)) values.set(key, content);
    } else if (
      element.name === 'title' &&
      title === null &&
      (element.parent as { name?: string } | null)?.name !== 'svg'
    ) {
      title = cleanText(element.children.map(child => (child.type === 'text' ? child.data : '')).join(''));
    } else if (element.name === 'link') {
      const rel = (attribs.rel ?? '').toLowerCase();
      const href = address(page, attribs.href);
      if (href === null) continue;
      if (rel === 'canonical') canonical ??= href;
      const language = attribs.hreflang;
      const isPage = attribs.type === undefined || /html/.test(attribs.type);
      if (
        /\balternate\b/.test(rel) &&
        language &&
        isPage &&
        /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(language) &&
        alternates.length < 60
      ) {
        alternates.push({ language, url: href });
      }
    }
  }
  const first = (...keys: readonly string[]): string | null =>
    keys.map(key => values.get(key)).find(value => value !== undefined) ?? null;
  return {
    title: title || first('og:title'),
    siteName: first('og:site_name', 'application-name'),
    headline: first('og:title', 'twitter:title', 'dc.title'),
    description: first('og:description', 'description', 'twitter:description'),
    language: localeOf(first('og:locale', 'content-language', 'language', 'dc.language')),
    image: address(
      page,
      first('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ?? undefined,
    ),
    siteImage: null,
    canonicalUrl: canonical ?? address(page, first('og:url') ?? undefined),
    alternates,
    published: first(...publishedKeys),
    modified: first(...modifiedKeys),
    authors: [...new Set(authors)].filter(name => !/^https?:|^@/.test(name) && name.length < 100).slice(0, 5),
    type: first('og:type'),
  };
}

function localeOf(value: string | null): string | null {
  const tag = value?.split(/[,;]/)[0]?.trim().replaceAll('_', '-') ?? '';
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) ? tag : null;
}

function address(page: Page, href: string | undefined): string | null {
  const url = href === undefined || href.trim() === '' ? null : URL.parse(href.trim(), page.baseUrl);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** The page's first level-one heading in its content. */
export function firstHeading(page: Page): string | null {
  const headings = page.elements.filter(element => element.name === 'h1').slice(0, 10);
  const texts = headings.map(element => elementText(element)).filter(text => text !== '');
  return texts.sort((a, b) => Math.min(b.length, 30) - Math.min(a.length, 30))[0] ?? null;
}
