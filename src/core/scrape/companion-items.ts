import { shapeReader } from './address-shape.ts';
import type { ListCluster } from './cluster-lists.ts';
import { commonTokens, formOf } from './cluster-lists.ts';
import { childElements, classTokens } from './element-text.ts';
import type { ItemSketch, Sketcher } from './item-sketch.ts';
import { createRegionReader } from './list-region.ts';
import { isNoise } from './local-lists.ts';
import type { Element, Page } from './parse-page.ts';
import { hasHint } from './text-leaves.ts';

type Growing = {
  readonly best: ListCluster;
  readonly others: readonly { readonly cluster: ListCluster; readonly score: number }[];
  readonly score: number;
  readonly sketcher: Sketcher;
};

/** So many addresses of a list show all their forms. */
const shapesMax = 100;

/**
 * The best list with the rest of its posts: those that stand alone in a section or a last row, the lead above the grid,
 * and, on a front page, the other lists of the same kind of post.
 */
export function addCompanions(page: Page, growing: Growing): ItemSketch[] {
  const { best } = growing;
  // What stands in a side column or a footer is a list of its own; nothing on the page belongs to it.
  if (best.region.weight < 0.9 || best.items.some(item => item.link === null)) return [...best.items];
  const items = [...best.items];
  const sample = best.items.slice(0, shapesMax).map(item => item.link?.url ?? '');
  const shapeOf = shapeReader(sample);
  const shapes = new Set(sample.map(shapeOf));
  for (const alone of sameKind(page, growing, items)) items.push(alone);
  for (const alone of aloneInFellow(page, growing, { shapes, shapeOf })) items.push(alone);
  for (const { cluster, score } of growing.others) {
    if (cluster.region.name !== 'content' || score < growing.score * 0.3) continue;
    const isKin = isSameKindOfPost(cluster, { shapes, shapeOf }) || isSameBuild(cluster, best);
    if (!isKin || overlaps(page, cluster.items, items)) continue;
    items.push(...cluster.items.filter(item => !items.some(other => other.number === item.number)));
  }
  for (const lead of leads(page, growing, { items, shapes, shapeOf })) items.push(lead);
  return items.sort((a, b) => a.number - b.number);
}

/** Elements with the classes that all items have, where no second one stands beside them. */
function sameKind(page: Page, { best, sketcher }: Growing, items: readonly ItemSketch[]): ItemSketch[] {
  const tokens = commonTokens(best.items).filter(
    token => !/^(?:col|row|item|active|first|last)\b/.test(token) || token.length > 8,
  );
  if (tokens.length === 0) return [];
  const numbers = new Set(items.map(item => item.number));
  const regionOfList = createRegionReader(page);
  const found: ItemSketch[] = [];
  page.elements.forEach((element, number) => {
    if (element.name !== best.tag || numbers.has(number) || isNoise(element)) return;
    const classes = classTokens(element);
    if (hasFellows(page, number, { tag: best.tag, tokens, numbers })) return;
    if (!tokens.every(token => classes.includes(token)) || insideAny(page, number, [...items, ...found])) return;
    const sketch = sketcher.sketch(number);
    if (sketch?.link == null || sketch.headlines > 1 || sketch.words < 2) return;
    if (sketch.inHeading !== (best.items[0]?.inHeading ?? false)) return;
    if (regionOfList(page.parent[number] ?? 0, [element]).weight >= 0.9) found.push(sketch);
  });
  return found;
}

/** The only post of its year or section: a list like the others beside it, with a single entry. */
function aloneInFellow(page: Page, { best, sketcher }: Growing, { shapes, shapeOf }: Shapes): ItemSketch[] {
  if (commonTokens(best.items).length > 0) return [];
  const parents = new Set(best.lists.map(list => list.parent));
  const found: ItemSketch[] = [];
  for (const parent of parents) {
    const own = page.elements[parent];
    const around = page.elements[page.parent[parent] ?? -1];
    if (own === undefined || around === undefined || around.children.length > 400) continue;
    for (const fellow of childElements(around)) {
      const number = page.numberOf.get(fellow) ?? -1;
      if (fellow.name !== own.name || fellow.attribs.class !== own.attribs.class || parents.has(number)) continue;
      const [entry, ...more] = childElements(fellow).filter(child => child.name === best.tag);
      const sketch = entry && more.length === 0 ? sketcher.sketch(page.numberOf.get(entry) ?? -1) : null;
      if (sketch?.link == null || sketch.words < 2 || !shapes.has(shapeOf(sketch.link.url))) continue;
      if (!found.some(other => other.number === sketch.number)) found.push(sketch);
    }
  }
  return found;
}

/** Whether elements of its kind stand beside it that are not in the list: then these are a list of their own. */
function hasFellows(
  page: Page,
  number: number,
  kind: { tag: string; tokens: readonly string[]; numbers: ReadonlySet<number> },
): boolean {
  const parent = page.elements[page.parent[number] ?? -1];
  if (parent === undefined) return false;
  if (parent.children.length > 400) return true;
  return childElements(parent).some(element => {
    const at = page.numberOf.get(element) ?? -1;
    if (at === number || element.name !== kind.tag || kind.numbers.has(at)) return false;
    const classes = classTokens(element);
    return kind.tokens.every(token => classes.includes(token));
  });
}

function insideAny(page: Page, number: number, items: readonly ItemSketch[]): boolean {
  return items.some(item => {
    const end = page.end[item.number] ?? 0;
    return (number >= item.number && number < end) || (item.number >= number && item.number < (page.end[number] ?? 0));
  });
}

function overlaps(page: Page, some: readonly ItemSketch[], others: readonly ItemSketch[]): boolean {
  return some.some(item => insideAny(page, item.number, others));
}

type Shapes = { readonly shapes: ReadonlySet<string>; readonly shapeOf: (address: string) => string };

function isSameKindOfPost(cluster: ListCluster, { shapes, shapeOf }: Shapes): boolean {
  const headed = cluster.items.filter(item => item.inHeading).length;
  const alike = cluster.items.filter(item => item.link !== null && shapes.has(shapeOf(item.link.url))).length;
  return headed * 2 > cluster.items.length && alike >= cluster.items.length * 0.8;
}

/** Sections of one front page: cards of one class whose addresses differ in nothing but the section. */
function isSameBuild(cluster: ListCluster, best: ListCluster): boolean {
  const tokens = commonTokens(best.items);
  const others = commonTokens(cluster.items);
  const [some, more] = tokens.length < others.length ? [tokens, others] : [others, tokens];
  if (some.length === 0 || cluster.tag !== best.tag || !some.every(token => more.includes(token))) return false;
  const isHeaded = (items: readonly ItemSketch[]): boolean => items.every(item => item.inHeading);
  const forms = new Set(best.items.slice(0, shapesMax).map(item => formOf(item)));
  return isHeaded(best.items) && isHeaded(cluster.items) && cluster.items.every(item => forms.has(formOf(item)));
}

const leadWords = /^(?:pinned|sticky|featured|hero|lead|spotlight|topstory)$/;

/** A post that its surroundings call pinned, featured, the hero of the page. */
function isCalledLead(page: Page, number: number): boolean {
  for (let at = number, up = 0; at > 0 && up < 8; at = page.parent[at] ?? -1, up += 1)
    if (hasHint(page.elements[at] as Element, leadWords)) return true;
  return false;
}

/** Posts with a heading of their own above or between the list's items: the lead of a front page. */
function leads(
  page: Page,
  { best, sketcher }: Growing,
  known: Shapes & { items: readonly ItemSketch[] },
): ItemSketch[] {
  const areHeaded = best.items.filter(item => item.inHeading).length * 2 >= best.items.length;
  const keys = new Set(known.items.map(item => item.link?.key));
  const last = Math.max(...best.items.map(item => item.number));
  const regionOfList = createRegionReader(page);
  const found: ItemSketch[] = [];
  for (const number of page.anchors) {
    if (number > last || found.length >= 12) break;
    const anchor = sketcher.anchor(number);
    const { link } = anchor;
    if (link === null || keys.has(link.key) || link.isListing || anchor.words < 3 || anchor.isMore) continue;
    const isHeaded = areHeaded && (sketcher.headingAt[number] === 1 || hasHeading(page, number));
    if (!(isHeaded || isCalledLead(page, number)) || !known.shapes.has(known.shapeOf(link.url))) continue;
    const container = widest(page, number, { sketcher, items: [...known.items, ...found], key: link.key });
    const region = regionOfList(page.parent[container] ?? 0, [page.elements[container] as Element]);
    const sketch = sketcher.sketch(container);
    if (sketch === null || region.weight < 0.9 || sketch.link?.key !== link.key) continue;
    found.push(sketch);
    keys.add(link.key);
  }
  return found;
}

function hasHeading(page: Page, number: number): boolean {
  for (let at = number; at < (page.end[number] ?? 0); at += 1)
    if (/^h[1-6]$/.test(page.elements[at]?.name ?? '')) return true;
  return false;
}

/** The largest element around a link that holds no other post. */
function widest(
  page: Page,
  number: number,
  { sketcher, items, key }: { sketcher: Sketcher; items: readonly ItemSketch[]; key: string },
): number {
  let container = number;
  for (let at = page.parent[number] ?? -1; at > 0; at = page.parent[at] ?? -1) {
    const element = page.elements[at] as Element;
    if (/^(?:body|main|html)$/.test(element.name) || insideAny(page, at, items)) break;
    const others = sketcher.anchorsWithin(at).some(each => {
      const anchor = sketcher.anchor(each);
      return (
        anchor.link !== null && anchor.link.key !== key && anchor.words >= 4 && !anchor.link.isListing && !anchor.isMore
      );
    });
    if (others) break;
    container = at;
  }
  return container;
}
