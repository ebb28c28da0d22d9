import { addressShape } from './address-shape.ts';
import { classTokens } from './element-text.ts';
import type { ItemSketch } from './item-sketch.ts';
import type { ListRegion } from './list-region.ts';
import type { LocalList } from './local-lists.ts';
import type { Element, Page } from './parse-page.ts';
import { isDateText } from './prose-dates.ts';
import { leavesWithin, subtreeOf } from './text-leaves.ts';

/** Lists of one kind, taken as one: the rows of a grid, the sections of a front page. */
export type ListCluster = {
  readonly key: string;
  readonly tag: string;
  readonly tokens: readonly string[];
  readonly lists: readonly LocalList[];
  readonly items: readonly ItemSketch[];
  readonly region: ListRegion;
};

/** Joins lists whose items are built alike and whose surroundings say the same of them. */
export function clusterLists(
  page: Page,
  lists: readonly LocalList[],
  regionOfList: (parent: number, items: readonly Element[]) => ListRegion,
): ListCluster[] {
  const groups = new Map<string, Group>();
  for (const list of lists) {
    const region = regionOfList(
      list.parent,
      list.items.map(item => item.element),
    );
    const tokens = commonTokens(list.items);
    const key = `${shapeOf(page, list, tokens)}|${region.name}`;
    const group = groups.get(key);
    if (group) {
      group.lists.push(list);
      group.regions.push(region);
    } else groups.set(key, { lists: [list], regions: [region], tokens });
  }
  return [...groups]
    .flatMap(([key, group]) => splitTerse(key, group))
    .flatMap(([key, group]) => (isPartsOfItems(group.lists) ? [] : split(page, key, group)))
    .map(([key, group]) => {
      const items = withoutStrays(innermost(page, distinct(group.lists.flatMap(list => list.items))));
      const region = group.regions.reduce((best, each) => (each.weight > best.weight ? each : best));
      return { key, tag: group.lists[0]?.tag ?? '', tokens: group.tokens, lists: group.lists, items, region };
    });
}

type Group = { readonly lists: LocalList[]; readonly regions: ListRegion[]; readonly tokens: readonly string[] };

/** Title, date and teaser of each post, wrapped alike: many small lists, none of which leads to more than one post. */
function isPartsOfItems(lists: readonly LocalList[]): boolean {
  if (lists.length < 2) return false;
  const leads = lists.map(
    list => new Set(list.items.flatMap(item => (item.link === null ? [] : [item.link.key]))).size,
  );
  return leads.some(count => count === 1) && leads.every(count => count <= 1);
}

/**
 * Lists of one build side by side that are of different things: one has dates, the others have none, and their addresses
 * are formed otherwise (news, services, vacancies of one institution).
 */
function split(page: Page, key: string, group: Group): [string, Group][] {
  if (group.lists.length < 2 || group.lists.length > 12) return [[key, group]];
  const dated = group.lists.map(list => isDated(page, list));
  if (dated.every(Boolean) || !dated.some(Boolean)) return [[key, group]];
  const shapes = (wanted: boolean): Set<string> =>
    new Set(group.lists.filter((_, at) => dated[at] === wanted).flatMap(list => list.items.map(item => formOf(item))));
  const ofOthers = shapes(false);
  if ([...shapes(true)].some(shape => ofOthers.has(shape))) return [[key, group]];
  return [true, false].map(wanted => {
    const kept = <T>(values: readonly T[]): T[] => values.filter((_, at) => dated[at] === wanted);
    return [`${key}|${wanted}`, { lists: kept(group.lists), regions: kept(group.regions), tokens: group.tokens }];
  });
}

/** Without any class a menu and the posts are built alike (`tr > td > a`): entries of a word or two are apart from titles. */
function splitTerse(key: string, group: Group): [string, Group][] {
  if (group.tokens.length > 0 || group.lists.length < 2 || group.lists.length > 12) return [[key, group]];
  const words = group.lists.map(list => median(list.items.map(item => item.words)));
  if (Math.max(...words) < 4 || Math.min(...words) > 2.5) return [[key, group]];
  return [true, false].map(wanted => {
    const kept = <T>(values: readonly T[]): T[] => values.filter((_, at) => (words[at] ?? 0) > 2.5 === wanted);
    return [`${key}|${wanted}`, { lists: kept(group.lists), regions: kept(group.regions), tokens: group.tokens }];
  });
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function isDated(page: Page, list: LocalList): boolean {
  const sample = list.items.slice(0, 3);
  return sample.filter(item => hasDate(page, item.element)).length * 2 > sample.length;
}

function hasDate(page: Page, element: Element): boolean {
  return (
    subtreeOf(page, element).some(each => each.name === 'time') ||
    leavesWithin(page, element).some(leaf => isDateText(leaf.text))
  );
}

/** The form of an address behind its section: `/news/2026/x` and `/sport/2026/y` are alike. */
export function formOf({ link }: ItemSketch): string {
  return link === null ? '' : addressShape(link.url).replace(/\/[^/?]*/, '');
}

/** Classes that all items (but for one stray) have; names with numbers in them belong to one post. */
export function commonTokens(items: readonly ItemSketch[]): string[] {
  const counts = new Map<string, number>();
  for (const item of items)
    for (const token of new Set(classTokens(item.element))) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= items.length)
    .map(([token]) => token)
    .sort();
}

function shapeOf(page: Page, list: LocalList, tokens: readonly string[]): string {
  const headed = list.items.filter(item => item.inHeading).length * 2 > list.items.length;
  // Alternating classes (odd, even, first) and grid widths are no difference of kind.
  const lasting = tokens.filter(
    token =>
      !/^(?:odd|even|first|last|active|alt)$/.test(token) &&
      !/^(?:col|span|grid|w|large|medium|small)-?(?:[a-z]{2}-)?\d+/.test(token),
  );
  const around = lasting.length > 0 ? '' : aroundOf(page, list.parent) + depthOf(page, list.parent);
  return `${list.tag}.${lasting.join('.')}|${headed}|${around}`;
}

/** Where nothing around has a name either, lists as deep in the page are of one kind. */
function depthOf(page: Page, parent: number): string {
  let depth = 0;
  for (let at = parent; at >= 0; at = page.parent[at] ?? -1) {
    if (depth < 3 && classTokens(page.elements[at] as Element).length > 0) return '';
    depth += 1;
  }
  return `@${depth}`;
}

/** Items without a class are told apart by the elements around them: the lists of a menu, and the list of the page. */
function aroundOf(page: Page, parent: number): string {
  return [parent, page.parent[parent] ?? -1]
    .map(number => page.elements[number])
    .map(element =>
      element === undefined
        ? ''
        : `${element.name}.${classTokens(element)
            .filter(token => !/\d/.test(token))
            .sort()
            .join('.')}`,
    )
    .join('<');
}

function distinct(items: readonly ItemSketch[]): ItemSketch[] {
  const seen = new Set<number>();
  return items.filter(item => !seen.has(item.number) && seen.add(item.number) !== undefined);
}

/** Where wrappers of one look lie within one another, the inner ones are the items. */
function innermost(page: Page, items: readonly ItemSketch[]): ItemSketch[] {
  const sorted = [...items].sort((a, b) => a.number - b.number);
  return sorted.filter(
    (item, at) => (sorted[at + 1]?.number ?? Number.MAX_SAFE_INTEGER) >= (page.end[item.number] ?? 0),
  );
}

/** "Archive", "More": a link of one word at the end of a list of sentences is none of its items. */
function withoutStrays(items: readonly ItemSketch[]): readonly ItemSketch[] {
  const words = items.map(item => item.words).sort((a, b) => a - b);
  if ((words[words.length >> 1] ?? 0) < 4) return items;
  const isStray = (item: ItemSketch): boolean =>
    !item.inHeading && (item.words < 2 || (item.words < 3 && item.link?.isListing === true));
  const kept = items.filter(item => !isStray(item));
  return kept.length >= 2 && items.length - kept.length <= items.length * 0.3 ? kept : items;
}
