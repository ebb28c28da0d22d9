import { cleanText } from '../text/clean-text.ts';
import { elementText, splitTokenWords } from './element-text.ts';
import type { ItemScope } from './item-scope.ts';
import { type AnyNode, type Element, isElement, isUnseen, type Page } from './parse-page.ts';

/** A piece of text as a reader sees it, with the element that holds it directly. */
export type TextLeaf = { readonly element: Element; readonly text: string };

const elementsMax = 3000;

/** All elements of an item, siblings that belong to it included, in document order; bounded. */
export function scopeElements(page: Page, scope: ItemScope): readonly Element[] {
  const roots = [...(scope.leading ? [scope.leading] : []), scope.item, ...scope.following.filter(isElement)];
  const subtrees = roots.map(root => subtreeOf(page, root));
  const [first] = subtrees;
  return first !== undefined && subtrees.length === 1 ? first : subtrees.flat().slice(0, elementsMax);
}

/**
 * The innermost elements that hold text of their own: `<p>a <b>b</b></p>` is one leaf, the two spans of
 * `<div><span>a</span> <span>b</span></div>` are two.
 */
export function textLeaves(elements: readonly Element[]): TextLeaf[] {
  const leaves: TextLeaf[] = [];
  const inside = new Set<AnyNode>();
  for (const element of elements) {
    const parent = element.parent as AnyNode | null;
    if ((parent !== null && inside.has(parent)) || isUnseen(element)) {
      inside.add(element);
      continue;
    }
    const hasText = element.children.some(child => child.type === 'text' && /[\p{L}\p{N}]/u.test(child.data));
    if (!hasText) continue;
    inside.add(element);
    const text = elementText(element);
    if (text !== '') leaves.push({ element, text });
  }
  return leaves;
}

/** The text leaves of one element's subtree; the list's search and the reading of its items ask for the same ones. */
export function leavesWithin(page: Page, root: Element): readonly TextLeaf[] {
  const known = knownLeaves.get(root);
  if (known !== undefined) return known;
  const leaves = textLeaves(subtreeOf(page, root));
  knownLeaves.set(root, leaves);
  return leaves;
}

const knownLeaves = new WeakMap<Element, readonly TextLeaf[]>();

/** An element with all within it, in document order; bounded. */
export function subtreeOf(page: Page, root: Element): readonly Element[] {
  const number = page.numberOf.get(root) ?? 0;
  return page.elements.slice(number, Math.min(page.end[number] ?? 0, number + elementsMax));
}

/** Class names repeat over a page: what they are made of is found out once. Emptied when full, so that it stays small. */
const knownWords = new Map<string, readonly string[]>();
const knownWordsMax = 10_000;

/** Words of an element's class, id and itemprop. */
export function hintWords(element: Element): readonly string[] {
  const { class: classes, id, itemprop } = element.attribs;
  const words = classes === undefined ? [] : wordsOf(classes);
  if (itemprop === undefined && id === undefined) return words;
  return [...words, ...(itemprop === undefined ? [] : wordsOf(itemprop)), ...(id === undefined ? [] : wordsOf(id))];
}

function wordsOf(value: string): readonly string[] {
  if (value.length > 1000) return [];
  const known = knownWords.get(value);
  if (known !== undefined) return known;
  const words = value
    .split(/\s+/)
    .filter(token => token !== '' && token.length < 60)
    .flatMap(splitTokenWords);
  if (knownWords.size >= knownWordsMax) knownWords.clear();
  knownWords.set(value, words);
  return words;
}

export function hasHint(element: Element, words: RegExp): boolean {
  const { class: classes, itemprop, id } = element.attribs;
  if (classes === undefined && itemprop === undefined && id === undefined) return false;
  return hintWords(element).some(word => words.test(word));
}

/** Text for screen readers only, and the small labels that stand inside titles. */
export function isTitleExtra(element: Element): boolean {
  if (element.name === 'time' || element.name === 'sup' || element.attribs.hidden !== undefined) return true;
  if (/^(?:em|i|small|span|b|strong|font|mark)$/.test(element.name) && isMediaLabel(element)) return true;
  return hasHint(
    element,
    /^(?:kicker|comments|replies|eyebrow|overline|flag|badge|label|tag|category|cat|rubrik|section|topline|dachzeile|spitzmarke|occhiello|surtitre|hidden|invisible|sronly|sr|visuallyhidden|a11y|screenreader|screen|offscreen|counter|count|duration|date|time|icon|premium|plus|live|number|meta|byline|descriptor)$/,
  );
}

const mediaLabel =
  /^(?:photos?|fotos?|videos?|v[ií]deos?|audio|podcast|live|live ?blog|diretta|en direct|en vivo|ao vivo|new!?|neu|nuevo|novo|nouveau|nowe|hot|exclusive|esclusiva|exklusiv|exclusif|exclusivo|update[dt]?|infographics?|infografi[ck]a?|galerie|galleria|galer[ií]a|gallery|fotogalerie|фото|видео|відео|аудио|аудіо|фоторепортаж|инфографика|інфографіка|эксклюзив|ексклюзив|обновлено|оновлено|дополняется|доповнено|new|新着|新|图|組圖|组图|视频|動画|사진|영상|صور|فيديو|مباشر|عاجل|تصاویر|فیلم)$/iu;

/** `Title <em>PHOTO</em>`: a word that says what else the post holds. */
function isMediaLabel(element: Element): boolean {
  const [only] = element.children;
  if (element.children.length !== 1 || only?.type !== 'text' || only.data.length > 24) return false;
  return mediaLabel.test(only.data.replace(/[[\]()+*]/g, '').trim());
}

/** Whether one node is the other or lies within it. */
export function isWithin(node: AnyNode, ancestor: AnyNode): boolean {
  for (let above: AnyNode | null = node; above !== null; above = above.parent as AnyNode | null) {
    if (above === ancestor) return true;
  }
  return false;
}

/** Loose text between an item's elements: `<a>Title</a><br>Teaser<br>`. */
export function looseText(scope: ItemScope): string {
  return cleanText(scope.following.map(node => (node.type === 'text' ? node.data : ' ')).join(' '));
}
