import { contentHash } from '../core/normalize/normalize-item.ts';
import { htmlToText } from '../core/text/html-to-text.ts';
import type { FetchOutcome, Item, Millis, SourceId } from '../model.ts';
import type { ArticleRead, ItemStore, Reader } from './ports.ts';

export type ArticlesContext = {
  readonly items: ItemStore;
  readonly reader: Reader;
  readonly fetchPage: (url: string, options: { signal: AbortSignal }) => Promise<FetchOutcome>;
  readonly mayScrape: (
    url: string,
    options: { signal: AbortSignal },
  ) => Promise<{ readonly allowed: boolean; readonly reason: string }>;
  readonly now: () => Millis;
};

const textBytesMax = 200_000;
const tryAgainMs = 3_600_000;
/** A page that could not be read is asked again for a day; then only when its item changes. */
const triesForMs = 86_400_000;

/**
 * Sources with `fullText`: each item's own page once, again only when the item changed, politely (robots.txt, per-host
 * bounds of the fetcher). A page that cannot be read costs nothing but the longer text.
 * @returns how many items were looked at
 */
export async function readArticles(
  context: ArticlesContext,
  options: { readonly sourceIds: readonly SourceId[]; readonly limit: number; readonly signal: AbortSignal },
): Promise<number> {
  const { sourceIds, limit, signal } = options;
  const waiting = await context.items.awaitingArticle({ sourceIds, limit, now: context.now() });
  await Promise.all(
    waiting.map(async item => {
      const article = item.url === null ? 'never' : await readPage(item.url, context, signal);
      if (signal.aborted) return;
      if (article === 'later' || article === 'never') {
        const tryAgainAt =
          article === 'later' && context.now() - item.firstSeenAt < triesForMs ? context.now() + tryAgainMs : null;
        await context.items.saveArticle(item.id, { item: null, tryAgainAt });
      } else {
        await context.items.saveArticle(item.id, { item: withArticle(item, article), tryAgainAt: null });
      }
    }),
  );
  return waiting.length;
}

async function readPage(
  url: string,
  context: ArticlesContext,
  signal: AbortSignal,
): Promise<ArticleRead | 'later' | 'never'> {
  if (!(await context.mayScrape(url, { signal })).allowed) return 'never';
  const outcome = await context.fetchPage(url, { signal });
  if (outcome.kind === 'gone') return 'never';
  if (outcome.kind !== 'modified') return 'later';
  const page = { body: outcome.body, contentType: outcome.contentType, url: outcome.finalUrl, now: context.now() };
  return (await context.reader.readArticle(page, { signal })) ?? 'never';
}

/** The article's text where it says more than the feed did; identity and dates of the item stay. */
function withArticle(item: Item, article: ArticleRead): Item | null {
  const text = article.contentHtml === null ? '' : htmlToText(article.contentHtml);
  const alternates = article.alternates.length > 0 ? { alternates: article.alternates } : {};
  const longer = text.length > item.text.length;
  const { truncated: _, ...extra } = item.extra;
  const { contentHash: __, ...rest } = item;
  const changed: Omit<Item, 'contentHash'> = {
    ...rest,
    contentHtml: longer ? article.contentHtml : item.contentHtml,
    text: longer ? text.slice(0, textBytesMax) : item.text,
    image: item.image ?? article.image,
    language: item.language ?? article.language,
    authors: item.authors.length > 0 ? item.authors : article.authors.map(name => ({ name })),
    extra: { ...(longer ? extra : item.extra), ...alternates },
  };
  const hash = contentHash(changed);
  return hash === item.contentHash && alternates.alternates === undefined ? null : { ...changed, contentHash: hash };
}
