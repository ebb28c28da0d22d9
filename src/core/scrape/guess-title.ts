import { cleanText } from '../text/clean-text.ts';
import { descendants, elementText, wordCount } from './element-text.ts';
import { readLink } from './page-link.ts';
import type { PageLink } from './parse-page.ts';
import { type Element, isElement, type Page } from './parse-page.ts';
import { isDateText, parseProseDate } from './prose-dates.ts';
import { isAdLabel, isMoreLink } from './region-words.ts';
import { hasHint, isTitleExtra, isWithin, type TextLeaf, textLeaves } from './text-leaves.ts';

export type ItemLink = { readonly link: PageLink; readonly element: Element; readonly text: string };
export type GuessedTitle = { readonly text: string; readonly element: Element };

/** The links of an item that could lead to it. */
export function itemLinks(page: Page, elements: readonly Element[]): ItemLink[] {
  const links: ItemLink[] = [];
  const first = elements[0];
  // An item may lie within its link.
  const around = first ? enclosingAnchor(first) : null;
  for (const element of around ? [around, ...elements] : elements) {
    if (element.name !== 'a' && element.name !== 'area') continue;
    const link = readLink(page, element.attribs.href);
    if (link !== null) links.push({ link, element, text: elementText(element, isTitleExtra) || elementText(element) });
  }
  return links;
}

export function enclosingAnchor(element: Element): Element | null {
  let above = element.parent as Element | null;
  for (let level = 0; level < 4 && above !== null; level += 1) {
    if (isElement(above) && above.name === 'a') return above;
    above = above.parent as Element | null;
  }
  return null;
}

type Parts = {
  readonly elements: readonly Element[];
  readonly leaves: readonly TextLeaf[];
  readonly links: readonly ItemLink[];
};

/** The title of an item: markup that says so, the best heading, the best link, bold text, the longest short text. */
export function guessTitle(parts: Parts, now: number): GuessedTitle | null {
  const marked = declaredTitle(parts) ?? headingTitle(parts) ?? hintedTitle(parts);
  if (marked !== null) return narrowed(marked, parts.links);
  return linkTitle(parts, now) ?? leafTitle(parts, now) ?? pictureTitle(parts);
}

/** `Title (site.example)`, `Title [PDF]`: what stands behind the title's link is not of it. */
function narrowed(title: GuessedTitle, links: readonly ItemLink[]): GuessedTitle {
  const link = links.find(each => each.element !== title.element && isWithin(each.element, title.element));
  if (link === undefined || wordCount(link.text) < 3 || !title.text.startsWith(link.text)) return title;
  return /^\s*[([|·•–—/]/.test(title.text.slice(link.text.length)) ? { text: link.text, element: link.element } : title;
}

function declaredTitle({ elements }: Parts): GuessedTitle | null {
  for (const element of elements) {
    const itemprop = element.attribs.itemprop;
    const declared =
      (itemprop !== undefined && /(?:^|\s)(?:headline|name)(?:\s|$)/.test(itemprop) && !isInPerson(element)) ||
      hasHint(element, /^(?:pname)$/) ||
      /(?:^|\s)(?:p-name|entry-title)(?:\s|$)/.test(element.attribs.class ?? '');
    if (!declared) continue;
    const text = element.name === 'meta' ? (element.attribs.content ?? '').trim() : titleText(element);
    if (text !== '') return { text, element };
  }
  return null;
}

function isInPerson(element: Element): boolean {
  let above: Element | null = element;
  for (let level = 0; level < 3 && above !== null && isElement(above); level += 1) {
    if (
      /author|publisher|creator|image|person|organization/i.test(`${above.attribs.itemprop} ${above.attribs.itemtype}`)
    ) {
      return true;
    }
    if (level > 0 && above.attribs.itemscope !== undefined) return false;
    above = above.parent as Element | null;
  }
  return false;
}

function headingTitle({ elements, links }: Parts): GuessedTitle | null {
  let best: (GuessedTitle & { score: number }) | null = null;
  for (const element of elements) {
    const level = /^h[1-6]$/.test(element.name)
      ? Number(element.name.charAt(1))
      : element.attribs.role === 'heading'
        ? 3
        : 0;
    if (level === 0) continue;
    const text = titleText(element);
    if (text === '' || isMoreLink(text) || isDateText(text)) continue;
    const link = links.find(each => isWithin(each.element, element) || isWithin(element, each.element));
    const words = wordCount(text);
    const score =
      (link === undefined ? 0 : link.link.isListing ? -2 : 4) +
      // A subtitle is longer than its title: from three words on, rank counts and length hardly.
      Math.min(words, 3) +
      Math.min(words, 5) * 0.1 -
      level * 0.5 -
      (isKicker(element) ? 5 : 0);
    if (best === null || score > best.score) best = { text, element, score };
  }
  return best;
}

function isKicker(element: Element): boolean {
  return hasHint(
    element,
    /^(?:kicker|eyebrow|overline|topline|dachzeile|occhiello|surtitre|category|cat|label|tag|section|author|byline)$/,
  );
}

function hintedTitle({ elements }: Parts): GuessedTitle | null {
  const hinted = elements.filter(element =>
    hasHint(
      element,
      /^(?:title|ttl|headline|heading|titolo|titre|titel|titulo|titlu|tytul|tittel|overskrift|otsikko|naslov|nadpis|baslik|judul|subject|hed|header)$/,
    ),
  );
  for (const element of hinted) {
    if (element.name === 'img' || element.name === 'header') continue;
    const text = titleText(element);
    const words = wordCount(text);
    if (words >= 2 && words <= 50 && !isMoreLink(text) && !isDateText(text)) return { text, element };
  }
  return null;
}

function linkTitle({ elements, links, leaves }: Parts, now: number): GuessedTitle | null {
  let best: { link: ItemLink; score: number } | null = null;
  const leadingTo = new Map<string, number>();
  for (const { link } of links.length > 1 ? links : []) leadingTo.set(link.key, (leadingTo.get(link.key) ?? 0) + 1);
  links.forEach((link, at) => {
    const words = wordCount(link.text);
    if (words === 0 || isMoreLink(link.text) || isAdLabel(link.text) || isDateText(link.text)) return;
    const rel = link.element.attribs.rel ?? '';
    const aside =
      /tag|category|author/.test(rel) || hasHint(link.element, /^(?:author|category|cat|tag|byline|comments?|date)$/);
    const score =
      Math.min(words, 12) +
      (link.link.isPost ? 3 : 0) -
      (link.link.isListing ? 6 : 0) -
      (aside ? 6 : 0) +
      // Picture, title and "read more" lead to the post, its categories are linked once each.
      Math.min(2, (leadingTo.get(link.link.key) ?? 1) - 1) -
      Math.min(at, 20) * 0.3;
    if (words > 1.4 || score > 1) if (best === null || score > best.score) best = { link, score };
  });
  const found = best as { link: ItemLink; score: number } | null;
  if (found === null || found.score < 0.5) return null;
  const { element, text } = firstOfPost(links, found.link);
  if (wordCount(text) <= 30 && !hasSeveralLeaves(element, leaves)) return { text: fuller(element, text), element };
  return (
    leafTitle({ elements, links: [], leaves: leaves.filter(leaf => isWithin(leaf.element, element)) }, now) ?? {
      text,
      element,
    }
  );
}

/** Title and subtitle may both lead to the post: the first one is the title, unless it is a label or counts comments. */
function firstOfPost(links: readonly ItemLink[], found: ItemLink): ItemLink {
  const first = links.find(
    link =>
      link.link.key === found.link.key &&
      !/#/.test(link.link.url) &&
      wordCount(link.text) >= 2 &&
      !isMoreLink(link.text) &&
      !isDateText(link.text) &&
      !isAdLabel(link.text) &&
      !/^\d+\s+\p{L}+$/u.test(link.text) &&
      !isKicker(link.element) &&
      !hasHint(link.element, /^(?:comments?|date|time|meta|image|img|thumb|thumbnail|media|picture)$/),
  );
  return first ?? found;
}

function hasSeveralLeaves(element: Element, leaves: readonly TextLeaf[]): boolean {
  return leaves.filter(leaf => leaf.element !== element && isWithin(leaf.element, element)).length > 1;
}

/** The first text that could be a title: bold text first, then by order, no dates, no labels, no "read more". */
function leafTitle({ elements, leaves }: Parts, now: number): GuessedTitle | null {
  const bold = elements.find(element => /^(?:strong|b)$/.test(element.name) && wordCount(elementText(element)) >= 3);
  if (bold) return { text: titleText(bold), element: bold };
  const candidates = leaves.filter(({ text, element }) => {
    const words = wordCount(text);
    if (words < 2 || isMoreLink(text) || isAdLabel(text) || isTitleExtra(element)) return false;
    return (parseProseDate(text, { now })?.share ?? 0) < 0.5;
  });
  const long = candidates.find(({ text }) => wordCount(text) >= 4) ?? candidates[0];
  return long ? { text: titleText(long.element), element: long.element } : null;
}

/** A tile that is a picture within its link has its title in `alt`. */
function pictureTitle({ elements, links }: Parts): GuessedTitle | null {
  const picture = elements.find(element => element.name === 'img' && wordCount(element.attribs.alt ?? '') >= 3);
  if (picture === undefined || !links.some(link => isWithin(picture, link.element))) return null;
  return { text: cleanText(picture.attribs.alt ?? ''), element: picture };
}

/** A title's text without the labels inside it. */
export function titleText(element: Element): string {
  const bare = elementText(withoutKicker(element), isTitleExtra);
  const text = bare === '' ? elementText(element) : bare;
  if (text === '' && element.name === 'img') return (element.attribs.alt ?? '').trim();
  return fuller(element, text);
}

/**
 * `<h2><span>Politics</span><span>Long title</span></h2>`: a short first part built otherwise than the second is a
 * label, whatever its class. Two lines of one title are built alike.
 */
function withoutKicker(element: Element): Element {
  const leaves = textLeaves([element, ...descendants(element)].slice(0, 60)).filter(
    leaf => !isTitleExtra(leaf.element),
  );
  const [first, second] = leaves;
  if (leaves.length !== 2 || first === undefined || second === undefined || first.element === element) return element;
  const isLabel = wordCount(first.text) <= 4 && wordCount(second.text) >= 4 && !/[:–—-]$/.test(first.text);
  const isAlike =
    first.element.name === second.element.name && first.element.attribs.class === second.element.attribs.class;
  return isLabel && !isAlike ? second.element : element;
}

/** A title cut for the eye often stands whole in the `title` attribute. */
function fuller(element: Element, text: string): string {
  const cut = /^(.{8,}?)\s*(?:…|\.\.\.)$/.exec(text);
  if (!cut) return text;
  const anchors = [element, ...(element.children ?? []).filter(isElement)];
  for (const anchor of anchors) {
    const whole = (anchor.attribs.title ?? anchor.attribs['aria-label'] ?? '').trim();
    if (whole.length > text.length - 3 && whole.toLowerCase().startsWith((cut[1] ?? '').toLowerCase())) return whole;
  }
  return text;
}
