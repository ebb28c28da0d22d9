import { descendants, elementText } from './element-text.ts';
import { type AnyNode, type Element, isElement, type Page } from './parse-page.ts';
import { headingRegion, type Region, regionOf } from './region-words.ts';
import { textLeaves } from './text-leaves.ts';

/** Where a list stands on its page. `weight` is the product of what its surroundings and its heading say. */
export type ListRegion = {
  readonly heading: string;
  /** `content`, or what kind of noise. */
  readonly name: string;
  readonly weight: number;
  readonly reasons: readonly string[];
};

/** Reads an element's surroundings; answers are kept per page, since many lists share ancestors. */
export function createRegionReader(page: Page): (parent: number, items: readonly Element[]) => ListRegion {
  const own = new Map<number, Region | null>();
  const titles = new Set(
    page.elements
      .filter(element => element.name === 'h1')
      .slice(0, 5)
      .map(element => elementText(element)),
  );
  const total =
    page.textEnd[0] !== undefined
      ? Math.max(...[0, 1, 2].map(at => (page.textEnd[at] ?? 0) - (page.textStart[at] ?? 0)))
      : 0;

  function ownRegion(number: number): Region | null {
    const known = own.get(number);
    if (known !== undefined) return known;
    const element = page.elements[number] as Element;
    const share = ((page.textEnd[number] ?? 0) - (page.textStart[number] ?? 0)) / Math.max(1, total);
    let region: Region | null = null;
    // A wrapper around nearly all of the page says nothing: `<div class="with-sidebar">`.
    if (
      !/^(?:html|body|main)$/.test(element.name) &&
      (share < 0.75 || element.name === 'nav' || element.name === 'footer')
    ) {
      region = isPageEdge(page, number)
        ? { name: element.name === 'header' ? 'header' : 'footer', weight: 0.08 }
        : regionOf(element);
    }
    own.set(number, region);
    return region;
  }

  return (parent, items) => {
    const reasons: string[] = [];
    let weight = 1;
    let name = 'content';
    let inMain = false;
    for (let at = parent; at >= 0; at = page.parent[at] ?? -1) {
      const element = page.elements[at] as Element;
      if (element.name === 'main' || element.attribs.role === 'main') inMain = true;
      const region = ownRegion(at);
      if (region === null) continue;
      // What is called `widget` within a footer is a footer; the strongest word counts, the rest hardly.
      if (region.weight < weight) {
        weight = region.weight;
        name = region.name;
      }
    }
    const heading = headingBefore(page, parent, items);
    const found = headingRegion(heading);
    // What the page itself is called ("Archives", "Events") is what a person chose; it is no side matter there.
    const said = found !== null && found.weight < 1 && titles.has(heading) ? null : found;
    if (said !== null) {
      reasons.push(`its heading is "${heading}"`);
      weight *= said.weight;
      // "Recent posts" in a footer or a side column are recent posts.
      if (said.name === 'latest' && /^(?:footer|aside|header)$/.test(name)) weight = Math.max(weight, 0.45);
      if (said.weight < 1) name = said.name;
    }
    if (weight < 1 && name !== 'content') reasons.push(`it stands in: ${name}`);
    if (inMain && weight > 0.3) {
      weight *= 1.2;
      reasons.push('it stands in the main part');
    }
    return { heading, name, weight, reasons };
  };
}

/** A `header` or `footer` of the page; those of an article or section are part of an item. */
function isPageEdge(page: Page, number: number): boolean {
  const element = page.elements[number] as Element;
  if (element.name !== 'header' && element.name !== 'footer') return false;
  for (let at = page.parent[number] ?? -1; at >= 0; at = page.parent[at] ?? -1) {
    if (/^(?:article|section|main|li|aside)$/.test((page.elements[at] as Element).name)) return false;
  }
  for (let at = number + 1; at < (page.end[number] ?? 0); at += 1) {
    if (/^(?:main|article)$/.test((page.elements[at] as Element).name)) return false;
  }
  return true;
}

/** The heading a list stands under: the last heading before its items, within the nearest three containers. */
export function headingBefore(page: Page, parent: number, items: readonly Element[]): string {
  const first = items[0];
  if (first === undefined) return '';
  const label = (page.elements[parent] as Element | undefined)?.attribs['aria-label'];
  if (label && label.length < 80) return label;
  const itemsInside = new Set<AnyNode>(items);
  let node: AnyNode = first;
  for (let level = 0; level < 5; level += 1) {
    let before = node.prev as AnyNode | null;
    for (let steps = 0; before !== null && steps < 12; steps += 1) {
      if (isElement(before) && !itemsInside.has(before)) {
        const found = headingIn(page, before);
        if (found !== '') return found;
        // Another block of content between: a heading above it is not this list's.
        if (
          (page.textEnd[page.numberOf.get(before) ?? 0] ?? 0) - (page.textStart[page.numberOf.get(before) ?? 0] ?? 0) >
          300
        )
          return '';
      }
      before = before.prev as AnyNode | null;
    }
    const above = node.parent as AnyNode | null;
    if (above === null || !isElement(above) || /^(?:body|html|main)$/.test(above.name)) return '';
    node = above;
  }
  return '';
}

const titleClass = /(?:^|[\s_-])(?:title|heading|header|titel|titolo|titre|headline|caption)(?:[\s_-]|$)/i;

/** A sibling that is a heading, or a small header with one. */
function headingIn(page: Page, element: Element): string {
  const number = page.numberOf.get(element);
  if (number === undefined) return '';
  const length = (page.textEnd[number] ?? 0) - (page.textStart[number] ?? 0);
  if (length === 0 || length > 200) return '';
  for (let at = number; at < (page.end[number] ?? 0) && at < number + 30; at += 1) {
    const each = page.elements[at] as Element;
    const isHeading =
      /^(?:h[1-6]|caption|legend|summary)$/.test(each.name) || titleClass.test(each.attribs.class ?? '');
    if (!isHeading || (!/^h[1-6]$/.test(each.name) && textLeaves([each, ...descendants(each)]).length > 2)) continue;
    const text = elementText(each);
    if (text !== '' && text.length < 120) return text;
  }
  // `<p><strong>Latest</strong></p>`: a short line in bold stands for a heading.
  const bold = element.children.find(child => isElement(child) && /^(?:strong|b)$/.test(child.name));
  return bold && length < 40 ? elementText(element) : '';
}
