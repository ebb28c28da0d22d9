import { elementText, wordCount } from './element-text.ts';
import { guessDates, isSmallDate } from './guess-date.ts';
import { type GuessedTitle, guessTitle, type ItemLink, itemLinks } from './guess-title.ts';
import { imageAmong } from './item-image.ts';
import type { ItemScope } from './item-scope.ts';
import { ownFragment } from './own-fragment.ts';
import type { PageLink } from './parse-page.ts';
import { type Element, isElement, type Page } from './parse-page.ts';
import type { ProseDateOptions } from './prose-date.ts';
import { parseProseDate } from './prose-dates.ts';
import { isAdLabel, isMoreLink } from './region-words.ts';
import { hasHint, isWithin, leavesWithin, looseText, scopeElements, type TextLeaf, textLeaves } from './text-leaves.ts';

/** What an item says, as far as its markup lets us guess; texts are plain. */
export type GuessedFields = {
  readonly title: string | null;
  readonly titleElement: Element | null;
  readonly link: PageLink | null;
  readonly linkElement: Element | null;
  readonly summary: string | null;
  readonly publishedAt: number | null;
  readonly updatedAt: number | null;
  /** As written, not yet absolute. */
  readonly image: string | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly contentElement: Element | null;
};

/** Finds title, link, teaser, date, image, authors and categories of one item. */
export function guessFields(page: Page, scope: ItemScope, options: ProseDateOptions): GuessedFields {
  const elements = scopeElements(page, scope);
  const leaves =
    scope.leading === null && scope.following.length === 0 ? leavesWithin(page, scope.item) : textLeaves(elements);
  const links = itemLinks(page, elements);
  const title = guessTitle({ elements, leaves, links }, options.now);
  const found = ownFragment(page, { item: scope.item, title, links }) ?? chooseLink(links, title?.element ?? null);
  const contentElement = contentOf(elements, title);
  const dates = guessDates(
    { scope, elements, leaves, title: title?.element ?? null, url: found?.link.url ?? null },
    options,
  );
  return {
    title: title?.text ?? null,
    titleElement: title?.element ?? null,
    link: found?.link ?? null,
    linkElement: found?.element ?? null,
    summary: guessSummary({ scope, elements, leaves, title, options }),
    publishedAt: dates.published,
    updatedAt: dates.updated,
    image: imageAmong(scope.leading === null ? elements : elements.filter(element => element !== scope.leading)),
    authors: guessAuthors(elements, title),
    categories: guessCategories(elements, title),
    contentElement,
  };
}

/** The link of the title; else the one that most of the item leads to; else the first that is no list of posts. */
function chooseLink(links: readonly ItemLink[], title: Element | null): ItemLink | null {
  if (title !== null) {
    const own = links.find(link => isWithin(title, link.element)) ?? links.find(link => isWithin(link.element, title));
    if (own) return plainest(own, links);
  }
  const candidates = links.filter(link => !link.link.isListing && !isLabelLink(link.element));
  let best: ItemLink | null = null;
  let bestCount = 0;
  for (const link of candidates) {
    const count =
      candidates.filter(other => other.link.key === link.link.key).length +
      (isMoreLink(link.text) && !/pdf|download|scarica|herunter|t[ée]l[ée]ch|descarg|скач/i.test(link.text) ? 0.5 : 0);
    if (count > bestCount) [best, bestCount] = [link, count];
  }
  const found = best ?? links[0];
  return found ? plainest(found, links) : null;
}

/** Of an item's links to one page the shortest: without `?source=home`, without `#comments`. */
function plainest(found: ItemLink, links: readonly ItemLink[]): ItemLink {
  const same = links.filter(link => link.link.key === found.link.key && link.link.url.length < found.link.url.length);
  const [best] = same.sort((a, b) => a.link.url.length - b.link.url.length);
  return best ? { ...found, link: best.link } : found;
}

function isLabelLink(element: Element): boolean {
  return (
    /(?:^|\s)(?:tag|category|author)(?:\s|$)/.test(element.attribs.rel ?? '') ||
    hasHint(element, /^(?:author|category|cat|tag|byline|avatar)$/)
  );
}

type SummaryParts = {
  readonly scope: ItemScope;
  readonly elements: readonly Element[];
  readonly leaves: readonly TextLeaf[];
  readonly title: GuessedTitle | null;
  readonly options: ProseDateOptions;
};

const summaryWords =
  /^(?:excerpt|summary|teaser|desc|descr|description|intro|introduction|lead|lede|standfirst|deck|dek|abstract|snippet|subtitle|subtitulo|sottotitolo|sommario|subhead|blurb|preview|chapo|chapeau|vorspann|anleser|bajada|entradilla|occhiello2)$/;
const metaWords =
  /^(?:date|time|author|byline|meta|category|categories|cat|tag|tags|label|kicker|eyebrow|comments?|share|readtime|reading|read|views|badge|caption|figcaption|credit|counter|published|posted|updated|avatar|button|btn|more|topline|dachzeile|price)$/;

function guessSummary({ scope, elements, leaves, title, options }: SummaryParts): string | null {
  const around = title?.element ?? null;
  const skip = (element: Element): boolean => element === around || isAside(element) || isSmallDate(element, options);
  for (const element of elements) {
    if (!hasHint(element, summaryWords) || (around !== null && isWithin(element, around))) continue;
    const text = elementText(element, skip);
    if (wordCount(text) >= 3 && !isDate(text, options)) return text;
  }
  const kept: { leaf: TextLeaf; text: string }[] = [];
  for (const leaf of leaves) {
    if (around !== null && leaf.element !== around && isWithin(leaf.element, around)) continue;
    const text = leafSummary(leaf, { around, skip, options });
    if (text !== null) kept.push({ leaf, text });
  }
  const first = kept[0];
  if (first) {
    const together = kept.filter(
      ({ leaf }) => leaf.element.parent === first.leaf.element.parent && leaf.element.name === first.leaf.element.name,
    );
    return together
      .slice(0, 4)
      .map(each => each.text)
      .join(' ');
  }
  const loose = looseText(scope).replace(/^[\s–—:|-]+/, '');
  return wordCount(loose) >= 4 && !isDate(loose, options) ? loose : null;
}

/** A leaf's text as teaser, or `null`: the title, a date, a label, a byline, "read more". */
function leafSummary(
  leaf: TextLeaf,
  { around, skip, options }: { around: Element | null; skip: (element: Element) => boolean; options: ProseDateOptions },
): string | null {
  if (leaf.element === around || isMeta(leaf.element)) return null;
  if (/^(?:h[1-6]|figcaption|button|label|th)$/.test(leaf.element.name)) return null;
  const holdsTitle = around !== null && isWithin(around, leaf.element);
  const whole = elementText(leaf.element, skip);
  const text = whole.replace(/^[\s–—:|•·,-]+|\s+[|•·]$/gu, '');
  const words = wordCount(text);
  // `<a>Title</a> – Teaser`: behind a dash even a few words are the teaser.
  if (holdsTitle && /^\s*[–—]\s/u.test(whole) && words >= 2 && !isDate(text, options)) return text;
  if (leaf.element.name === 'p' && !holdsTitle && isCutShort(text, words)) return text;
  if (words < (leaf.element.name === 'p' && !holdsTitle ? 4 : 5) || isMoreLink(text) || isAdLabel(text)) return null;
  if (isDate(text, options) || /^(?:by|di|von|par|por|автор|бy)\s\S+(?:\s\S+){0,3}$/iu.test(text)) return null;
  if (leaf.element.name === 'a' && words < 8) return null;
  return text;
}

/** "In Francia, il": a teaser that a machine cut after so few words that it could be a name, but does not end like one. */
function isCutShort(text: string, words: number): boolean {
  if (words < 2 || words > 4 || (words < 3 && !/[,’']/.test(text)) || isMoreLink(text) || isAdLabel(text)) return false;
  return /^\p{Lu}.*(?:,|\s\p{Ll}[\p{L}\p{M}]*)$/u.test(text);
}

function isDate(text: string, options: ProseDateOptions): boolean {
  return text.length < 80 && (parseProseDate(text, options)?.share ?? 0) > 0.4;
}

function isMeta(element: Element): boolean {
  let above: Element | null = element;
  for (let level = 0; level < 3 && above !== null && isElement(above); level += 1) {
    if (level > 0 && /^(?:article|li|main|section|tr|body)$/.test(above.name)) return false;
    if (hasHint(above, metaWords) && !hasHint(above, /^(?:content|body|text)$/)) return true;
    above = above.parent as Element | null;
  }
  return false;
}

function isAside(element: Element): boolean {
  if (element.name === 'time' || element.name === 'figcaption') return true;
  if (element.name === 'a')
    return isMoreLink(elementText(element)) || hasHint(element, /^(?:more|readmore|btn|button)$/);
  return element.name === 'span' && hasHint(element, /^(?:date|time|more|readmore|author|byline|meta|sr|hidden)$/);
}

const byWords =
  /^(?:by|posted by|written by|di|a cura di|von|par|por|door|av|af|przez|автор:?|от|بقلم:?|الكاتب:?|کاتب:?|نویسنده:?|yazan:?|του|της|作者[:：]?|文[/／]|文[:：]|記者[:：]?|撰文[:：]?)\s*/iu;

function guessAuthors(elements: readonly Element[], title: GuessedTitle | null): string[] {
  const names: string[] = [];
  for (const element of elements) {
    const { rel, itemprop } = element.attribs;
    const linked = rel !== undefined && /(?:^|\s)author(?:\s|$)/.test(rel);
    const marked =
      linked ||
      itemprop === 'author' ||
      hasHint(element, /^(?:author|byline|autor|autore|auteur|writer|creator|pauthor)$/);
    if (!marked || element.name === 'img' || (title !== null && isWithin(title.element, element))) continue;
    const text = elementText(element, isTitleExtraInByline)
      .replace(byWords, '')
      .replace(/[\s|•·,–-]+$/u, '')
      .trim();
    if (text === '' || wordCount(text) > 6 || text.length > 80 || /\d{4}/.test(text)) continue;
    if (!names.some(name => name.includes(text) || text.includes(name))) names.push(text);
    if (names.length >= 5) break;
  }
  return names;
}

function isTitleExtraInByline(element: Element): boolean {
  return element.name === 'time' || hasHint(element, /^(?:date|time|avatar|hidden|sr)$/);
}

function guessCategories(elements: readonly Element[], title: GuessedTitle | null): string[] {
  const found: string[] = [];
  for (const element of elements) {
    const rel = element.attribs.rel ?? '';
    const inside = element.parent as Element | null;
    const labelled =
      element.name === 'a' &&
      inside !== null &&
      isElement(inside) &&
      hasHint(inside, /^(?:cat|category|categories|tags?|tagged|topics?|labels?|kicker)$/);
    const own =
      /(?:^|\s)(?:tag|category)(?:\s|$)/.test(rel) ||
      hasHint(element, /^(?:category|kicker|eyebrow|topline|dachzeile|occhiello|tag|label)$/);
    if (!labelled && !own) continue;
    if (title !== null && isWithin(title.element, element)) continue;
    const text = elementText(element).replace(/^[#\s]+/, '');
    if (text === '' || wordCount(text) > 4 || text.length > 40 || isMoreLink(text)) continue;
    if (!found.includes(text)) found.push(text);
    if (found.length >= 10) break;
  }
  return found;
}

/** The element that holds a whole post: a blog's front page often shows its posts in full. */
function contentOf(elements: readonly Element[], title: GuessedTitle | null): Element | null {
  for (const element of elements) {
    const named =
      hasHint(element, /^(?:articlebody)$/) ||
      /(?:^|\s)(?:entry-content|post-content|post-body|e-content|article-content|entry-body)(?:\s|$)/.test(
        element.attribs.class ?? '',
      ) ||
      element.attribs.itemprop === 'articleBody';
    if (!named || (title !== null && isWithin(title.element, element))) continue;
    const paragraphs = element.children.filter(
      child => isElement(child) && /^(?:p|h[2-6]|ul|ol|blockquote|figure|div|pre)$/.test(child.name),
    );
    const text = elementText(element);
    const last = paragraphs.at(-1);
    const breaksOff =
      /(?:…|\.\.\.|\[…\])\s*$/.test(text) || (last !== undefined && isElement(last) && isMoreLink(elementText(last)));
    if (paragraphs.length >= 2 && text.length >= 400 && !breaksOff) return element;
  }
  return null;
}
