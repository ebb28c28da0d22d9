import { htmlToText } from '../text/html-to-text.ts';
import { cleanTeaser } from './clean-teaser.ts';
import { wordCount } from './element-text.ts';
import { postIdOf } from './item-marks.ts';
import { linkKey } from './page-link.ts';
import { readPageMeta } from './page-meta.ts';
import { publicAddress } from './public-address.ts';
import { type Article, articleOf } from './read-article.ts';
import type { ReadItem } from './read-item.ts';
import type { ReadContext } from './read-items.ts';

/** The page's own article as an item of its list (`article: true`), or `null` when the page has none. */
export function articleOfPage(context: ReadContext): ReadItem | null {
  const article = articleOf(context);
  if (article === null) return null;
  const { page } = context;
  const url = URL.parse(publicAddress(article.canonicalUrl ?? page.url));
  const own = page.elements
    .filter(element => element.name === 'article')
    .map(postIdOf)
    .find(id => id !== null);
  const teaser = cleanTeaser({ title: article.title, summary: summaryOf(context, article) });
  return {
    id: own ?? null,
    url: url?.href ?? null,
    key: url === null ? null : linkKey(url),
    title: article.title,
    summary: teaser.summary,
    truncated: article.truncated,
    contentHtml: article.html,
    publishedAt: article.publishedAt === null ? null : Date.parse(article.publishedAt),
    updatedAt: article.updatedAt === null ? null : Date.parse(article.updatedAt),
    image: article.image,
    authors: article.authors.map(author => author.name ?? '').filter(name => name !== ''),
    categories: [],
    language: null,
    // Evidence for the dedup: which pages tell the same in other languages.
    alternates: article.alternates,
  };
}

/** The head's description, else the first paragraph. */
function summaryOf(context: ReadContext, article: Article): string | null {
  const said = readPageMeta(context.page).description;
  if (said !== null && wordCount(said) >= 6) return said;
  for (const found of article.html.matchAll(/<p\b[^>]*>([\s\S]{20,4000}?)<\/p>/gi)) {
    const text = htmlToText(found[1] ?? '');
    if (wordCount(text) >= 6) return text;
  }
  return null;
}
