import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { elementText, wordCount } from './element-text.ts';
import { escapeText, innerHtml } from './inner-html.ts';
import type { Element, Page } from './parse-page.ts';
import { headingRegion, regionOf } from './region-words.ts';

export type MainText = { readonly html: string; readonly byline: string | null };

/** Readability's time grows with the square of some shapes; what it gets to see is bounded. */
export const mainTextLimits = { elementsMax: 6_000, charactersMax: 600_000 } as const;

/** Attributes Readability or a reader of its output has use for. */
const kept = new Set(
  'id class itemprop itemscope itemtype rel href src srcset alt title lang dir cite datetime width height colspan rowspan style role poster controls data-src start type'.split(
    ' ',
  ),
);

/**
 * The main text of a page by Mozilla's Readability on linkedom. The page reaches it pruned (scripts, navigation,
 * comments, the `leaveOut` elements) and bounded; it parses no hostile depth and no endless page.
 */
export function mainText(page: Page, leaveOut: readonly Element[] = []): MainText | null {
  const root = page.elements.find(element => element.name === 'body') ?? page.elements[0];
  if (root === undefined) return null;
  const without = new Set(leaveOut);
  const source = textIn(page, root) > 0 ? boundedRoot(page, root) : root;
  let count = 0;
  const html = innerHtml(source, page.baseUrl, {
    keep: kept,
    skip: element => {
      count += 1;
      return count > mainTextLimits.elementsMax || without.has(element) || isNoise(page, element);
    },
  }).slice(0, mainTextLimits.charactersMax);
  return readable(html, page) ?? byMarkup(page);
}

/** On a page too large for Readability, the part that calls itself main. */
function boundedRoot(page: Page, root: Element): Element {
  const number = page.numberOf.get(root) ?? 0;
  if ((page.end[number] ?? 0) - number <= mainTextLimits.elementsMax) return root;
  const parts = page.elements.filter(
    element => /^(?:article|main)$/.test(element.name) || element.attribs.itemprop === 'articleBody',
  );
  return parts.sort((a, b) => textIn(page, b) - textIn(page, a))[0] ?? root;
}

function textIn(page: Page, element: Element): number {
  const number = page.numberOf.get(element) ?? 0;
  return (page.textEnd[number] ?? 0) - (page.textStart[number] ?? 0);
}

function isNoise(page: Page, element: Element): boolean {
  if (/^(?:nav|footer|aside|form|button)$/.test(element.name)) return true;
  if (/^h[2-6]$/.test(element.name)) {
    const said = headingRegion(elementText(element));
    return said !== null && /^(?:related|popular|comments)$/.test(said.name);
  }
  if (!/^(?:div|section|ul|ol|p|span)$/.test(element.name)) return false;
  const region = regionOf(element);
  if (region === null || region.weight > 0.25 || region.name === 'shop') return false;
  // A wrapper around most of the text only has an unlucky name.
  return textIn(page, element) < textIn(page, page.elements[0] as Element) * 0.5;
}

function readable(body: string, page: Page): MainText | null {
  if (body.trim() === '') return null;
  const title = page.elements.find(element => element.name === 'title');
  const head = title
    ? `<title>${escapeText(title.children.map(child => (child.type === 'text' ? child.data : '')).join(''))}</title>`
    : '';
  // linkedom's types speak of the DOM library, which this program does not have.
  const { document } = parseHTML(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`) as unknown as {
    document: unknown;
  };
  const article = new Readability(document as never, {
    charThreshold: 200,
    nbTopCandidates: 5,
    keepClasses: false,
    disableJSONLD: true,
  }).parse();
  const html = withoutWrapper(article?.content ?? '');
  if (html === '') return null;
  return { html, byline: article?.byline?.trim() || null };
}

/** Where Readability finds nothing (very short posts): what the markup calls the body of an article. */
function byMarkup(page: Page): MainText | null {
  const named = page.elements.filter(
    element =>
      element.attribs.itemprop === 'articleBody' ||
      /(?:^|\s)(?:entry-content|post-content|post-body|e-content|article-body|article-content)(?:\s|$)/.test(
        element.attribs.class ?? '',
      ),
  );
  const best =
    named.length === 1
      ? named[0]
      : page.elements.filter(element => element.name === 'article').length === 1
        ? page.elements.find(element => element.name === 'article')
        : undefined;
  if (best === undefined || wordCount(elementText(best)) < 20) return null;
  return { html: innerHtml(best, page.baseUrl), byline: null };
}

/** Readability wraps what it found in a `div` of its own. */
function withoutWrapper(content: string): string {
  const found = /^<div\b[^>]*\breadability-page-1\b[^>]*>([\s\S]*)<\/div>\s*$/i.exec(content.trim());
  return (found?.[1] ?? content).trim();
}
