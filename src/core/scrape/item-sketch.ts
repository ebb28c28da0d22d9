import { elementText, wordCount } from './element-text.ts';
import { readLink } from './page-link.ts';
import type { Element, Page, PageLink } from './parse-page.ts';
import type { ProseDateOptions } from './prose-date.ts';
import { isDateText, parseProseDate } from './prose-dates.ts';
import { isMoreLink } from './region-words.ts';
import { isTitleExtra } from './text-leaves.ts';

/** What can be told cheaply about an element that may be an item. */
export type ItemSketch = {
  readonly element: Element;
  readonly number: number;
  readonly link: PageLink | null;
  /** Words of what would be its title. */
  readonly words: number;
  /** The title stands in a heading. */
  readonly inHeading: boolean;
  /** How many different posts its headings (or else its long links) lead to: more than one means it is a list itself. */
  readonly headlines: number;
  readonly textLength: number;
  readonly linkLength: number;
  /** Its only link says "read more": the title has none of its own. */
  readonly isMore: boolean;
  /** Characters before the title's link. */
  readonly before: number;
};

type Anchor = {
  readonly link: PageLink | null;
  readonly text: string;
  readonly words: number;
  readonly isMore: boolean;
};

/** Reads anchors and headings of a page once, for all sketches. */
export type Sketcher = {
  readonly sketch: (number: number) => ItemSketch | null;
  readonly anchor: (number: number) => Anchor;
  readonly anchorsWithin: (number: number) => readonly number[];
  readonly headingAt: Uint8Array;
};

export function createSketcher(page: Page): Sketcher {
  const headings: number[] = [];
  const headingAt = new Uint8Array(page.elements.length);
  page.elements.forEach((element, number) => {
    if (!/^h[1-6]$/.test(element.name) && element.attribs.role !== 'heading') return;
    headings.push(number);
    headingAt.fill(1, number, page.end[number]);
  });
  const cache = new Map<number, Anchor>();

  function anchor(number: number): Anchor {
    const known = cache.get(number);
    if (known) return known;
    const element = page.elements[number] as Element;
    const heading = within(headings, number, page.end[number] ?? number)[0];
    const inner = heading === undefined ? element : (page.elements[heading] as Element);
    const text = elementText(inner, isTitleExtra) || elementText(inner);
    const found = {
      link: readLink(page, element.attribs.href),
      text,
      // The day a post links to is no title of another post.
      words: wordsOf(page, number, text),
      isMore: text.length < 60 && isMoreLink(text),
    };
    cache.set(number, found);
    return found;
  }

  function anchorsWithin(number: number): readonly number[] {
    return within(page.anchors, number, page.end[number] ?? number);
  }

  function sketch(number: number): ItemSketch | null {
    const element = page.elements[number] as Element;
    const textLength = length(page.textStart, page.textEnd, number);
    const linkLength = length(page.linkStart, page.linkEnd, number);
    let best: { number: number; anchor: Anchor; score: number; inHeading: boolean } | null = null;
    const headingKeys = new Set<string>();
    const longKeys = new Set<string>();
    for (const at of anchorsWithin(number).slice(0, 80)) {
      const found = anchor(at);
      if (found.link === null) continue;
      const inHeading = headingAt[at] === 1 || within(headings, at, page.end[at] ?? at).length > 0;
      if (inHeading && !found.link.isListing && found.words > 1) headingKeys.add(found.link.key);
      if (found.words >= 4 && !found.link.isListing && !found.isMore) longKeys.add(found.link.key);
      const score =
        (inHeading ? 8 : 0) +
        Math.min(found.words, 12) +
        (found.link.isPost ? 2 : 0) -
        (found.link.isListing ? 6 : 0) -
        (found.isMore ? 20 : 0);
      if (best === null || score > best.score) best = { number: at, anchor: found, score, inHeading };
    }
    const firstHeading = within(headings, number, page.end[number] ?? number)[0];
    if (best === null && (textLength < 8 || (headingAt[number] === 1 && textLength < 12))) return null;
    // A title without a link: what is linked in a sentence below it (`Added <a>saved views</a>`) is only mentioned.
    if (best !== null && firstHeading !== undefined && !best.inHeading && isMentioned(page, best.number)) best = null;
    const unlinked = best === null || best.anchor.isMore || best.anchor.words < 1;
    const headingWords =
      unlinked && firstHeading !== undefined ? wordCount(elementText(page.elements[firstHeading] as Element)) : 0;
    const described = element.name === 'dt' && (best?.anchor.words ?? 0) < 3 ? descriptionWords(element) : 0;
    const words =
      described > 3
        ? described
        : !unlinked && best
          ? best.anchor.words
          : headingWords > 0
            ? headingWords
            : textWords(page, number, textLength);
    return {
      element,
      number,
      link: best?.anchor.link ?? null,
      words,
      inHeading: (best?.inHeading ?? false) || headingWords > 0,
      headlines: headingKeys.size > 0 ? headingKeys.size : longKeys.size,
      textLength,
      linkLength,
      isMore: best?.anchor.isMore ?? false,
      before: best ? (page.textStart[best.number] ?? 0) - (page.textStart[number] ?? 0) : 0,
    };
  }

  return { sketch, anchor, anchorsWithin, headingAt };
}

const anyMoment: ProseDateOptions = { now: 0 };

/** The words of a link; of one that is a picture with perhaps a date, those that stand for the picture. */
function wordsOf(page: Page, number: number, text: string): number {
  const isBare =
    text === '' || (text.length < 30 && /\d/.test(text) && (parseProseDate(text, anyMoment)?.share ?? 0) > 0.6);
  if (!isBare) return isDateText(text) ? 0.5 : wordCount(text);
  const own = text === '' ? 0 : 0.5;
  for (let at = number + 1; at < Math.min(page.end[number] ?? 0, number + 8); at += 1) {
    const { name, attribs } = page.elements[at] as Element;
    // Beside a title's link a picture's words weigh a little less than the same words written.
    if (name === 'img' && attribs.alt) return Math.max(own, Math.min(12, wordCount(attribs.alt)) - 0.1);
  }
  return own;
}

/** A link within a sentence, not one that is all its block says. */
function isMentioned(page: Page, anchor: number): boolean {
  const own = length(page.textStart, page.textEnd, anchor);
  const block = page.parent[anchor] ?? -1;
  return (
    block >= 0 &&
    /^(?:p|li|dd|span)$/.test(page.elements[block]?.name ?? '') &&
    length(page.textStart, page.textEnd, block) > own * 1.3
  );
}

/** A `dt` that is a number or a code has its title in the `dd` that follows. */
function descriptionWords(term: Element): number {
  let next = term.next;
  while (next !== null && next.type === 'text') next = next.next;
  return next !== null && next.type === 'tag' && next.name === 'dd' ? Math.min(12, wordCount(elementText(next))) : 0;
}

/** Words of an item without a heading and without a link that says more than "more". */
function textWords(page: Page, number: number, textLength: number): number {
  return textLength > 1500 ? 60 : wordCount(elementText(page.elements[number] as Element));
}

function length(start: Int32Array, end: Int32Array, number: number): number {
  return (end[number] ?? 0) - (start[number] ?? 0);
}

/** The numbers of an ascending list from `from` up to but not including `to`. */
export function within(sorted: readonly number[], from: number, to: number): readonly number[] {
  const first = lowerBound(sorted, from);
  const last = lowerBound(sorted, to);
  return first === last ? [] : sorted.slice(first, last);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
