import { cleanText } from '../text/clean-text.ts';
import { type AnyNode, type Element, isElement, isUnseen } from './parse-page.ts';

/** Elements that do not separate words. */
const inline = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp ' +
    'small span strike strong sub sup time tt u var wbr'
  ).split(' '),
);

const textMax = 20_000;

/**
 * The text a reader sees in a node, as one line: blocks and line breaks separate words, scripts and the like are left
 * out. Iterative and bounded.
 * @param skip elements to leave out with everything in them
 */
export function elementText(start: AnyNode, skip?: (element: Element) => boolean): string {
  if (skip !== undefined) return cleanText(rawText([start], skip));
  const known = shortTexts.get(start);
  if (known !== undefined) return known;
  const only = isElement(start) && start.children.length === 1 ? start.children[0] : undefined;
  const text =
    only?.type === 'text' && only.data.length <= textMax && !isUnseen(start as Element)
      ? cleanText(only.data)
      : cleanText(rawText([start]));
  if (text.length <= shortMax) shortTexts.set(start, text);
  return text;
}

/** Every step of the reading asks for the same titles and labels again; long texts are asked for once. */
const shortTexts = new WeakMap<AnyNode, string>();
const shortMax = 300;

function rawText(starts: readonly AnyNode[], skip?: (element: Element) => boolean): string {
  let out = '';
  for (const start of starts) {
    let node: AnyNode | null = start;
    while (node !== null && out.length < textMax) {
      let child: AnyNode | null = null;
      if (node.type === 'text') out += node.data;
      else if (node.type === 'cdata') child = node.children[0] ?? null;
      else if (isElement(node) && !isUnseen(node) && !skip?.(node)) {
        if (!inline.has(node.name)) out += ' ';
        child = node.children[0] ?? null;
      }
      if (child !== null) {
        node = child;
        continue;
      }
      while (node !== null && node !== start && node.next === null) {
        node = node.parent as AnyNode | null;
        if (node !== null && isElement(node) && !inline.has(node.name)) out += ' ';
      }
      if (node === start || node === null) break;
      if (isElement(node) && !inline.has(node.name)) out += ' ';
      node = node.next as AnyNode | null;
    }
    out += ' ';
  }
  return out.slice(0, textMax);
}

/** The elements within an element (not itself) in document order. */
export function* descendants(start: Element): Generator<Element> {
  let node: AnyNode | null = start.children[0] ?? null;
  while (node !== null) {
    if (isElement(node)) yield node;
    const child: AnyNode | null = isElement(node) ? (node.children[0] ?? null) : null;
    if (child !== null) {
      node = child;
      continue;
    }
    while (node !== null && node.next === null) {
      node = node.parent as AnyNode | null;
      if (node === start) node = null;
    }
    node = (node?.next as AnyNode | null | undefined) ?? null;
  }
}

/** The element children of an element. */
export function childElements(element: { readonly children: readonly AnyNode[] }): Element[] {
  return element.children.filter(isElement);
}

/** Class tokens, lower case as written order. */
export function classTokens(element: Element): string[] {
  const value = element.attribs.class;
  return value === undefined ? [] : value.split(/\s+/).filter(token => token !== '');
}

/**
 * How many words a title of this text has. Chinese, Japanese and Thai have no spaces: two of their characters count as
 * one word.
 */
export function wordCount(text: string): number {
  if (text === '') return 0;
  const plain = asciiWordCount(text);
  if (plain !== null) return plain;
  const dense = text.match(/[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/g)?.length ?? 0;
  const rest = dense > 0 ? text.replace(/[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+/g, ' ') : text;
  const spaced = rest.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
  return spaced + dense / 2;
}

/** The same without regular expressions, for the texts that need none; `null` for others. */
function asciiWordCount(text: string): number | null {
  let count = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return null;
    if (code === 0x20 || (code >= 9 && code <= 13)) inWord = false;
    else if (!inWord && ((code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122))) {
      inWord = true;
      count += 1;
    }
  }
  return count;
}

/** `postList__item--big` → post, list, item, big. */
export function splitTokenWords(token: string): string[] {
  return token
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(word => word !== '');
}
