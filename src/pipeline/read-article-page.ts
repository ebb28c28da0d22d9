import { chooseLanguage } from '../core/normalize/language.ts';
import { normalizeLanguageTag } from '../core/normalize/language-tag.ts';
import { imageAddress, mediaAddress } from '../core/normalize/safe-address.ts';
import { sanitizeHtml } from '../core/normalize/sanitize-html.ts';
import { readArticle } from '../core/scrape/read-article.ts';
import { decodePage } from './decode-page.ts';
import type { ArticleRead, Reader } from './ports.ts';
import type { ReadTools } from './read-document.ts';

type ArticlePage = Parameters<Reader['readArticle']>[0];

/** The main text of an item's own page, safe and in our terms; `null` when the page holds none. Pure. */
export function readArticlePage(page: ArticlePage, { detector }: ReadTools): ArticleRead | null {
  const { url, now } = page;
  const article = readArticle({ html: decodePage(page.body, page.contentType), url, now });
  if (article === null) return null;
  const contentHtml = sanitizeHtml(article.html, { baseUrl: url }).trim();
  const published = article.publishedAt === null ? Number.NaN : Date.parse(article.publishedAt);
  return {
    title: article.title,
    contentHtml: contentHtml === '' ? null : contentHtml,
    authors: article.authors.flatMap(author => (author.name === null ? [] : [author.name])),
    publishedAt: published > 0 && published <= now ? published : null,
    image: imageAddress(article.image ?? undefined, url),
    language: chooseLanguage(`${article.title ?? ''}. ${article.text.slice(0, 600)}`, [article.language], detector),
    canonicalUrl: mediaAddress(article.canonicalUrl ?? undefined, url),
    alternates: article.alternates.flatMap(({ language, url: address }) => {
      const tag = normalizeLanguageTag(language);
      const link = mediaAddress(address, url);
      return tag === null || link === null ? [] : [{ language: tag, url: link }];
    }),
  };
}
