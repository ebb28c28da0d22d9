import { type AnyNode, type Element, isElement, type Page } from './parse-page.ts';

/**
 * What belongs to one item. Most items are one element. Where a page writes title, date and teaser as siblings without a
 * wrapper, the item is its title (or link) and the siblings up to the next one are its own.
 */
export type ItemScope = {
  readonly item: Element;
  /** Sibling nodes after the item that belong to it. */
  readonly following: readonly AnyNode[];
  /** A sibling before the item that belongs to it: a date above each title. */
  readonly leading: Element | null;
};

const followingMax = 12;

/** The scopes of a list's items; siblings are taken in only where the items are nothing but their titles. */
export function itemScopes(page: Page, items: readonly Element[]): ItemScope[] {
  const set = new Set(items);
  const outer = around(items);
  const between = items.map(item => nodesUntilNext(item, set, outer));
  const elementCounts = between.map(nodes => nodes.filter(isElement).length);
  // The last item has no next one to stop at; whatever follows the list (a pager) must not become its teaser.
  const usual = Math.max(0, ...elementCounts.slice(0, -1));
  const filled = elementCounts.slice(0, -1).filter(count => count > 0).length;
  const own = items.map(item => ({ item, following: [] as AnyNode[], leading: null }));
  if (items.length < 2 || filled < (items.length - 1) * 0.7 || usual > followingMax) return own;
  if (!items.every(item => isBare(page, item))) return own;
  const lastNodes = between.at(-1) ?? [];
  between[between.length - 1] = firstElements(lastNodes, usual);
  return withLeading(items, between);
}

function nodesUntilNext(item: Element, items: ReadonlySet<Element>, outer: ReadonlySet<AnyNode>): AnyNode[] {
  const nodes: AnyNode[] = [];
  let node = item.next as AnyNode | null;
  while (node !== null && nodes.length < followingMax * 4) {
    if (isElement(node)) {
      if (items.has(node) || isHigherHeading(node, item) || node.name === 'nav' || node.name === 'footer') break;
      if (outer.has(node)) break;
    }
    nodes.push(node);
    node = node.next as AnyNode | null;
  }
  return nodes;
}

/** The elements around the items: none of these can belong to one of them. */
function around(items: readonly Element[]): Set<AnyNode> {
  const found = new Set<AnyNode>();
  for (const item of items) {
    for (
      let above = item.parent as AnyNode | null;
      above !== null && !found.has(above);
      above = above.parent as AnyNode | null
    ) {
      found.add(above);
    }
  }
  return found;
}

function isHigherHeading(node: Element, item: Element): boolean {
  const level = /^h([1-6])$/.exec(node.name);
  const own = /^h([1-6])$/.exec(item.name);
  return level !== null && own !== null && Number(level[1]) < Number(own[1]);
}

/** The item is its title and hardly more: a heading, a link, a `dt`, a row of a two-row table. */
function isBare(page: Page, item: Element): boolean {
  if (/^(?:h[1-6]|dt|time)$/.test(item.name)) return true;
  const number = page.numberOf.get(item);
  if (number === undefined) return false;
  if ((page.end[number] ?? 0) - number > 14) return false;
  const text = (page.textEnd[number] ?? 0) - (page.textStart[number] ?? 0);
  const linked = item.name === 'a' ? text : (page.linkEnd[number] ?? 0) - (page.linkStart[number] ?? 0);
  const share = item.name === 'tr' ? 0.6 : 0.85;
  return text > 0 && text < 400 && linked >= text * share;
}

function firstElements(nodes: readonly AnyNode[], max: number): AnyNode[] {
  const kept: AnyNode[] = [];
  let count = 0;
  for (const node of nodes) {
    if (isElement(node)) {
      count += 1;
      if (count > max) break;
    }
    kept.push(node);
  }
  return kept;
}

/**
 * Each item may begin with a sibling above its title: `time, h3, p, time, h3, p`. It does when every title, the first one
 * too, comes right after an element of one kind, and no such element ends the list.
 */
function withLeading(items: readonly Element[], between: readonly AnyNode[][]): ItemScope[] {
  const before = items.map(previousElement);
  const first = before[0];
  const kind = first ? kindOf(first) : null;
  const leads =
    kind !== null &&
    before.every(element => element !== null && kindOf(element) === kind) &&
    !items.some(item => kindOf(item) === kind) &&
    !(between.at(-1) ?? []).some(node => isElement(node) && kindOf(node) === kind);
  if (!leads) return items.map((item, at) => ({ item, following: between[at] ?? [], leading: null }));
  return items.map((item, at) => ({
    item,
    following: (between[at] ?? []).filter(node => !(isElement(node) && before.includes(node))),
    leading: before[at] ?? null,
  }));
}

function previousElement(item: Element): Element | null {
  let node = item.prev as AnyNode | null;
  while (node !== null && !isElement(node)) node = node.prev as AnyNode | null;
  return node;
}

function kindOf(element: Element): string {
  return `${element.name}.${element.attribs.class ?? ''}`;
}
