import { monthNumber } from '../text/month-names.ts';
import type { ListCluster } from './cluster-lists.ts';
import { classTokens, elementText, splitTokenWords } from './element-text.ts';
import { guessFields } from './guess-fields.ts';
import { itemScopes } from './item-scope.ts';
import type { ItemSketch } from './item-sketch.ts';
import type { Element, Page } from './parse-page.ts';
import type { ProseDateOptions } from './prose-date.ts';
import { isDateText } from './prose-dates.ts';

export type ListScore = { readonly score: number; readonly reasons: readonly string[] };

/** How well a title of so many words speaks for an item rather than a menu entry. */
function titleWorth(words: number): number {
  if (words > 45) return 0.35;
  const steps = [0.02, 0.06, 0.16, 0.4, 0.65, 0.85, 0.95];
  return steps[Math.floor(words)] ?? 1;
}

function mean(items: readonly ItemSketch[], value: (item: ItemSketch) => number): number {
  return items.length === 0 ? 0 : items.reduce((sum, item) => sum + value(item), 0) / items.length;
}

function sizeWorth(count: number): number {
  const steps = [0, 0.1, 0.45, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.99];
  return steps[count] ?? Math.min(1.15, 1 + Math.log10(count / 10) * 0.15);
}

/** What markup alone says: cheap, for all lists of a page. */
export function roughScore(cluster: ListCluster): number {
  const { items, region } = cluster;
  const titles = mean(items, item => titleWorth(item.words));
  const keys = new Set(items.map(item => item.link?.key ?? `#${item.number}`)).size;
  const linked = mean(items, item => (item.link === null ? 0 : 1));
  const posts = mean(items, item => (item.link?.isPost ? 1 : 0));
  const listing = mean(items, item => (item.link?.isListing ? 1 : 0));
  const foreign = mean(items, item => (item.link !== null && !item.link.sameSite ? 1 : 0));
  const composite = mean(items, item => (item.headlines > 1 ? 1 : 0));
  const prose = mean(items, item => (isProse(item) ? 1 : 0));
  const headed = mean(items, item => (item.inHeading ? 1 : 0));
  return (
    titles *
    (0.5 + 0.3 * headed + 0.25 * posts) *
    sizeWorth(keys) *
    region.weight *
    (keys / items.length) ** 0.5 *
    (1 - 0.92 * listing) *
    (1 - 0.25 * foreign) *
    (1 - 0.9 * Math.max(0, composite - 0.3) * 1.4) *
    (1 - 0.95 * prose) *
    (linked < 0.3 ? 0.35 : 0.5 + 0.5 * linked)
  );
}

/** A link in the middle of a paragraph. */
function isProse(item: ItemSketch): boolean {
  if (item.inHeading || item.element.name === 'tr') return false;
  if (item.link === null || item.isMore) return item.words > 40;
  return (
    item.before > 60 ||
    (item.before > 25 && /^(?:p|dd|blockquote)$/.test(item.element.name) && item.linkLength < item.textLength * 0.5)
  );
}

const sampleMax = 5;

/** What reading some of its items adds: dates, teasers, pictures, class names, and what speaks against it. */
export function fullScore(page: Page, cluster: ListCluster, options: ProseDateOptions): ListScore {
  const { items, region } = cluster;
  const step = Math.max(1, Math.floor(items.length / sampleMax));
  const scopes = itemScopes(
    page,
    items.map(item => item.element),
  )
    .filter((_, at) => at % step === 0)
    .slice(0, sampleMax);
  const read = scopes.map(scope => guessFields(page, scope, options));
  const share = (test: (fields: (typeof read)[number]) => boolean): number =>
    read.filter(test).length / Math.max(1, read.length);
  const dated = share(fields => fields.publishedAt !== null);
  const summed = share(fields => fields.summary !== null || fields.contentElement !== null);
  const pictured = share(fields => fields.image !== null);
  const untitled = share(fields => fields.title === null);
  let score = roughScore(cluster) * (0.55 + 0.35 * dated + 0.25 * summed + 0.15 * pictured) * (1 - 0.8 * untitled);
  const reasons = [
    `${items.length} items`,
    `titles of ${Math.round(mean(items, item => Math.min(item.words, 40)))} words`,
  ];
  if (dated > 0.5) reasons.push('they have dates');
  if (summed > 0.5) reasons.push('they have teasers');
  if (pictured > 0.5) reasons.push('they have pictures');
  if (namesPosts(items)) {
    score *= 1.3;
    reasons.push('their markup calls them posts');
  }
  const against = whatSpeaksAgainst(
    items,
    read.map(fields => fields.title ?? ''),
  );
  if (against !== null) {
    score *= against.weight;
    reasons.push(against.reason);
  }
  return { score, reasons: [...reasons, ...region.reasons] };
}

const postWords =
  /^(?:post|posts|article|articles|entry|hentry|story|news|newsitem|teaser|blogpost|stream|artikel|articolo|noticia|nota|press|release|liveblog|headline|feed)$/;

function namesPosts(items: readonly ItemSketch[]): boolean {
  const named = items.filter(({ element }) => {
    if (element.name === 'article' || /Article|BlogPosting|Posting/.test(element.attribs.itemtype ?? '')) return true;
    return classTokens(element)
      .flatMap(splitTokenWords)
      .some(word => postWords.test(word));
  });
  return named.length * 2 > items.length;
}

function whatSpeaksAgainst(
  items: readonly ItemSketch[],
  titles: readonly string[],
): { weight: number; reason: string } | null {
  const part = (test: (title: string) => boolean): number => titles.filter(test).length / Math.max(1, titles.length);
  if (part(isDateText) > 0.5) return { weight: 0.03, reason: 'they are dates' };
  if (part(isMonthArchive) > 0.5) return { weight: 0.05, reason: 'they are months of an archive' };
  if (part(title => /\(\d+\)$/.test(title) && title.split(' ').length < 5) > 0.5)
    return { weight: 0.1, reason: 'they are categories with counts' };
  const texts = items.slice(0, 8).map(item => (item.textLength < 3000 ? elementText(item.element) : ''));
  const prices = texts.filter(
    text =>
      /(?:[€$£¥₽₺]|USD|EUR|CHF|zł|kr\.?|ر\.س|درهم|руб\.?)\s?\d|\d(?:[.,]\d{2})?\s?(?:[€$£¥₽₺]|USD|EUR|CHF|zł|kr\b|руб|درهم|ر\.س)/u.test(
        text,
      ) && text.length < 250,
  );
  if (prices.length > texts.length * 0.6) return { weight: 0.15, reason: 'they have prices' };
  const replies = items.filter(item => /^(?:li|div|article)$/.test(item.element.name) && isComment(item.element));
  return replies.length > items.length / 2 ? { weight: 0.05, reason: 'they are comments' } : null;
}

function isComment(element: Element): boolean {
  const { id, class: classes, itemtype } = element.attribs;
  return (
    /^comment-?\d+/.test(id ?? '') || /\bcomment\b(?!s-)/.test(classes ?? '') || /\/Comment\b/.test(itemtype ?? '')
  );
}

/** "August 2023", "agosto 2023 (12)". */
export function isMonthArchive(title: string): boolean {
  const found = /^(\p{L}[\p{L}\p{M}.]*)\s+(?:de\s+)?\d{4}(?:\s*\(\d+\))?$/u.exec(title.trim());
  return found !== null && monthNumber(found[1] ?? '') !== null;
}
