import { childElements, classTokens } from './element-text.ts';
import type { ItemSketch, Sketcher } from './item-sketch.ts';
import type { Element, Page } from './parse-page.ts';
import { regionOf } from './region-words.ts';

/** Similar children of one parent, each of which could be an item. */
export type LocalList = { readonly parent: number; readonly tag: string; readonly items: readonly ItemSketch[] };

const itemTags = new Set(
  'li article div section tr a p h1 h2 h3 h4 h5 h6 dt dd td figure span header details blockquote ytd-item time b strong main td'.split(
    ' ',
  ),
);
const listsMax = 400;
const childrenMax = 5000;

/** Every group of two or more similar children with links (or, without links, with text) on the page. */
export function findLocalLists(page: Page, sketcher: Sketcher): LocalList[] {
  const lists: LocalList[] = [];
  for (let number = 0; number < page.elements.length && lists.length < listsMax; number += 1) {
    const parent = page.elements[number] as Element;
    if (parent.children.length < 2 || (page.end[number] ?? 0) - number < 3 || isInline(parent)) continue;
    for (const [tag, children] of byTag(parent)) {
      if (children.length < 2) continue;
      const sketches: ItemSketch[] = [];
      for (const child of children.slice(0, childrenMax)) {
        const sketch = sketcher.sketch(page.numberOf.get(child) ?? -1);
        if (sketch !== null && !isNoise(child)) sketches.push(sketch);
      }
      for (const items of families(withoutSecondParts(sketches)))
        if (items.length >= 2) lists.push({ parent: number, tag, items });
    }
  }
  return lists;
}

function isInline(element: Element): boolean {
  return /^(?:script|style|svg|select|head|h[1-6])$/.test(element.name);
}

function byTag(parent: Element): Map<string, Element[]> {
  const groups = new Map<string, Element[]>();
  for (const child of childElements(parent)) {
    if (!itemTags.has(child.name)) continue;
    const group = groups.get(child.name);
    if (group) group.push(child);
    else groups.set(child.name, [child]);
  }
  return groups;
}

/** An element that its own class calls an advertisement, a pager, a menu: never an item. */
export function isNoise(element: Element): boolean {
  const region = regionOf(element);
  return region !== null && region.weight <= 0.06 && element.name !== 'article';
}

/** Each post in two rows, title and teaser, both with a link to it: the first is the item, the second follows it. */
function withoutSecondParts(sketches: readonly ItemSketch[]): readonly ItemSketch[] {
  if (sketches.length < 4 || sketches.length % 2 === 1) return sketches;
  const firsts = sketches.filter((_, at) => at % 2 === 0);
  const keys = firsts.map(sketch => sketch.link?.key);
  const inPairs = firsts.every(
    (sketch, at) => sketch.words >= 2 && keys[at] !== undefined && sketches[at * 2 + 1]?.link?.key === keys[at],
  );
  return inPairs && new Set(keys).size === firsts.length ? firsts : sketches;
}

/**
 * Children of one tag that are two kinds: posts and, say, widgets. They are told apart by a class that some have, if
 * those with it look different from those without.
 */
function families(all: readonly ItemSketch[]): (readonly ItemSketch[])[] {
  const linked = all.filter(sketch => sketch.link !== null);
  const sketches = linked.length >= 2 ? linked : all;
  if (sketches.length < 3) return [sketches];
  const counts = new Map<string, number>();
  for (const sketch of sketches)
    for (const token of new Set(classTokens(sketch.element))) counts.set(token, (counts.get(token) ?? 0) + 1);
  const partial = [...counts].filter(([, count]) => count >= 2 && count < sketches.length).sort((a, b) => b[1] - a[1]);
  for (const [token] of partial.slice(0, 4)) {
    const having = sketches.filter(sketch => classTokens(sketch.element).includes(token));
    const rest = sketches.filter(sketch => !classTokens(sketch.element).includes(token));
    if (looksDifferent(having, rest)) return [having, rest];
  }
  // Without classes the titles' place tells: `h2` items and link-only items do not mix.
  const headed = sketches.filter(sketch => sketch.inHeading);
  const plain = sketches.filter(sketch => !sketch.inHeading);
  return headed.length >= 2 && plain.length >= 1 ? [headed, ...(plain.length >= 3 ? [plain] : [])] : [sketches];
}

function looksDifferent(some: readonly ItemSketch[], others: readonly ItemSketch[]): boolean {
  const headed = (list: readonly ItemSketch[]): number => list.filter(sketch => sketch.inHeading).length / list.length;
  const words = (list: readonly ItemSketch[]): number =>
    list.reduce((sum, sketch) => sum + Math.min(sketch.words, 20), 0) / list.length;
  if (Math.abs(headed(some) - headed(others)) > 0.6) return true;
  const ratio = (words(some) + 0.5) / (words(others) + 0.5);
  return ratio > 2 || ratio < 0.5;
}
