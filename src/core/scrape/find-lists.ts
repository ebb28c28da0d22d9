import type { ParsedItem, ScrapeRules } from '../../model.ts';
import { clusterLists, type ListCluster } from './cluster-lists.ts';
import { addCompanions } from './companion-items.ts';
import type { DetectedList } from './detected-list.ts';
import { createSketcher, type ItemSketch, type Sketcher } from './item-sketch.ts';
import { createRegionReader } from './list-region.ts';
import { findLocalLists } from './local-lists.ts';
import type { Element, Page } from './parse-page.ts';
import { pinFields } from './pin-fields.ts';
import { pinItems } from './pin-items.ts';
import type { ReadItem } from './read-item.ts';
import { dataSources, type ReadContext, readItems } from './read-items.ts';
import { isAdLabel } from './region-words.ts';
import { fullScore, roughScore } from './score-list.ts';
import { leavesWithin, subtreeOf } from './text-leaves.ts';
import { toParsedItem } from './to-parsed-item.ts';

/** A list that was found on a page, with the rules that give exactly its items again. */
export type ScoredList = {
  /** For people: its heading, or what it is. */
  readonly name: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly items: readonly ParsedItem[];
  readonly rules: ScrapeRules;
};

const listsMax = 6;
/** Below this a list is a menu, a footer, a tag cloud: no list at all is the better answer. */
export const scoreMin = 0.12;

/** The lists of a page that could be its posts, best first, each with rules that pin it and the items they give. */
export function findLists(context: ReadContext): ScoredList[] {
  return detectLists(context).map(list => {
    const rules = list.elements.length > 0 ? pinFields(context, list) : list.rules;
    const items = readItems(context, rules).map(toParsedItem);
    return { name: list.name, score: Math.round(list.score * 1000) / 1000, reasons: list.reasons, items, rules };
  });
}

/** The lists of a page, best first, only those worth showing. */
export function detectLists(context: ReadContext, max = listsMax): DetectedList[] {
  const markup = markupLists(context);
  const found = [...markup, ...dataLists(context, markup)].filter(list => list.score >= scoreMin);
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, max)
    .map(list => pinned(context, list));
}

type Draft = Omit<DetectedList, 'rules'> & { readonly rules: ScrapeRules | null; readonly keys: ReadonlySet<string> };

function pinned(context: ReadContext, list: Draft): DetectedList {
  const { name, score, reasons, elements } = list;
  return { name, score, reasons, elements, rules: list.rules ?? { items: pinItems(context.page, elements) } };
}

function markupLists(context: ReadContext): Draft[] {
  const { page } = context;
  const sketcher = createSketcher(page);
  const clusters = clusterLists(page, findLocalLists(page, sketcher), createRegionReader(page));
  const ranked = clusters
    .map(cluster => ({ cluster, score: roughScore(cluster) }))
    .filter(each => each.score > 0.04)
    .sort((a, b) => b.score - a.score)
    .slice(0, listsMax + 2);
  // Reading items costs; what is far behind by its markup alone will not come first.
  const rough = ranked.filter(each => each.score > (ranked[0]?.score ?? 0) * 0.12);
  const scored = rough.map(({ cluster }) => {
    const { score, reasons } = fullScore(page, cluster, context.dates);
    const agreed = agreement(context, cluster);
    return {
      cluster,
      score: score * (1 + agreed),
      reasons: agreed > 0.3 ? [...reasons, 'the page lists them as data'] : reasons,
    };
  });
  scored.sort((a, b) => b.score - a.score);
  const best = scored[0];
  if (best === undefined || best.score < scoreMin) {
    const only = onlyPost(page, sketcher);
    if (only !== null) return [only];
  }
  if (best === undefined) return [];
  const drafts = withoutRepeats(scored).map(each => draftOf(page, each));
  const grown = addCompanions(page, { best: best.cluster, others: scored.slice(1), score: best.score, sketcher });
  if (grown.length === best.cluster.items.length) return drafts;
  return drafts.map((draft, at) =>
    at === 0
      ? {
          ...draft,
          elements: elementsOf(page, grown),
          reasons: [
            ...draft.reasons,
            `${grown.length - best.cluster.items.length} more of its posts stand elsewhere on the page`,
          ],
        }
      : draft,
  );
}

/** A new blog with a single post: an element that calls itself a post, whose heading leads somewhere. */
function onlyPost(page: Page, sketcher: Sketcher): Draft | null {
  const regionOfList = createRegionReader(page);
  const posts = page.elements.flatMap((element, number) => {
    const isNamed =
      element.name === 'article' || /(?:^|\s)(?:hentry|h-entry|post)(?:\s|$)/.test(element.attribs.class ?? '');
    const sketch =
      isNamed && regionOfList(page.parent[number] ?? 0, [element]).weight > 0.9 ? sketcher.sketch(number) : null;
    return sketch?.inHeading && sketch.headlines === 1 && sketch.words >= 2 ? [sketch] : [];
  });
  const [post] = posts;
  if (post === undefined || posts.length !== 1) return null;
  return {
    name: 'the only post',
    score: 0.2,
    reasons: ['1 item', 'its markup calls it a post'],
    rules: null,
    elements: [post.element],
    keys: keysOf([post]),
  };
}

function draftOf(page: Page, { cluster, score, reasons }: Scored): Draft {
  const name = cluster.region.heading || `${cluster.items.length} × ${cluster.tag}`;
  return { name, score, reasons, rules: null, elements: elementsOf(page, cluster.items), keys: keysOf(cluster.items) };
}

function keysOf(items: readonly ItemSketch[]): Set<string> {
  return new Set(items.flatMap(item => (item.link === null ? [] : [item.link.key])));
}

function elementsOf(page: Page, items: readonly ItemSketch[]): Element[] {
  const elements = [...items].sort((a, b) => a.number - b.number).map(item => item.element);
  const posts = elements.filter(element => !isAdvertisement(page, element));
  return posts.length * 2 > elements.length ? posts : elements;
}

/** An item among others that says "Sponsored" of itself. */
function isAdvertisement(page: Page, element: Element): boolean {
  if (
    subtreeOf(page, element).some(each => each.name === 'a' && /(?:^|\s)sponsored(?:\s|$)/.test(each.attribs.rel ?? ''))
  )
    return true;
  return leavesWithin(page, element).some(leaf => isAdLabel(leaf.text));
}

type Scored = { readonly cluster: ListCluster; readonly score: number; readonly reasons: readonly string[] };

/** Wrappers within wrappers give the same items again; only the best of them is shown. */
function withoutRepeats(scored: readonly Scored[]): Scored[] {
  const kept: { keys: Set<string>; each: Scored }[] = [];
  for (const each of scored) {
    const keys = new Set(each.cluster.items.map(item => item.link?.key ?? `#${item.number}`));
    const repeats = kept.some(other => [...keys].filter(key => other.keys.has(key)).length > keys.size * 0.7);
    if (!repeats) kept.push({ keys, each });
  }
  return kept.map(each => each.each);
}

/** How much of a list the page's own structured data lists, too. */
function agreement(context: ReadContext, cluster: ListCluster): number {
  const articles = new Set(context.structured.lists.flat().map(item => item.link?.key));
  if (articles.size < 3) return 0;
  return cluster.items.filter(item => item.link !== null && articles.has(item.link.key)).length / cluster.items.length;
}

/** Lists the page holds as data count where its markup does not show them. */
function dataLists(context: ReadContext, markup: readonly Draft[]): Draft[] {
  const drafts: Draft[] = [];
  const best = markup[0];
  const shown = best?.keys ?? new Set();
  const add = (source: string, name: string, base: number): void => {
    const items = readItems(context, { items: source });
    if (items.length < 2 || items.filter(item => item.key !== null && shown.has(item.key)).length > items.length * 0.5)
      return;
    drafts.push({
      name,
      score: dataScore(items, base),
      reasons: [`${items.length} items`, 'the page holds them as data'],
      rules: { items: source },
      elements: [],
      keys: new Set(),
    });
  };
  if (context.structured.lists.length > 0) add(dataSources.jsonLd, 'Structured data (JSON-LD)', 0.9);
  if (best === undefined || best.score < 0.6) add(dataSources.embedded, 'Data embedded for scripts', 0.6);
  return drafts;
}

function dataScore(items: readonly ReadItem[], base: number): number {
  const dated = items.filter(item => item.publishedAt !== null).length / items.length;
  return base * Math.min(1, 0.5 + items.length / 12) * (0.7 + 0.3 * dated);
}
