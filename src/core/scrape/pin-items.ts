import { classTokens, splitTokenWords } from './element-text.ts';
import { type AnyNode, type Element, isElement, type Page } from './parse-page.ts';

const postWord =
  /^(?:post|article|entry|story|news|item|card|teaser|list|latest|recent|press|blog|feed|archive|result|row|headline)s?$/;

const kindsMax = 8;
const selectorMax = 6000;

/** CSS that selects exactly these elements of the page, as short and as lasting as can be found. */
export function pinItems(page: Page, elements: readonly Element[]): string {
  const whole = pinAlike(page, elements);
  if (whole !== null) return whole;
  // A lead above a grid is built otherwise: each kind has its own selector.
  const kinds = [...Map.groupBy(elements, kindOf).values()];
  if (kinds.length > 1 && kinds.length <= kindsMax) {
    return kinds.map(kind => pinAlike(page, kind) ?? byParents(page, kind)).join(', ');
  }
  return byParents(page, elements);
}

function pinAlike(page: Page, elements: readonly Element[]): string | null {
  const wanted = new Set(elements);
  for (const candidate of candidates(page, elements)) if (selectsExactly(page, candidate, wanted)) return candidate;
  return withoutExtras(page, elements, wanted);
}

function kindOf(element: Element): string {
  const lasting = classTokens(element).filter(token => !/\d/.test(token));
  return `${element.name}.${lasting[0] ?? ''}`;
}

function selectsExactly(page: Page, css: string, wanted: ReadonlySet<Element>): boolean {
  const found = page.$(css).get();
  return found.length === wanted.size && found.every(element => wanted.has(element as Element));
}

function* candidates(page: Page, elements: readonly Element[]): Generator<string> {
  const items = itemSelectors(elements);
  const scopes = scopeSelectors(page, elements);
  const [bare, ...classed] = items;
  for (const item of classed) yield item;
  for (const scope of scopes.slice(0, 5)) {
    for (const item of [...classed.slice(0, 2), bare ?? '']) {
      if (scope.isParent) yield `${scope.css} > ${item}`;
      yield `${scope.css} ${item}`;
    }
  }
  if (bare !== undefined) yield bare;
}

/** First the tag alone, then with classes all items have: words for posts first, generated names last. */
function itemSelectors(elements: readonly Element[]): string[] {
  const tags = new Set(elements.map(element => element.name));
  const tag = tags.size === 1 ? ([...tags][0] ?? '*') : '';
  const tokens = commonClasses(elements).slice(0, 5);
  const classed = tokens.map(token => `${tag}.${cssEscape(token)}`);
  if (tokens.length > 1) classed.push(`${tag}.${tokens.map(cssEscape).join('.')}`);
  const types = elements.map(element => /(?:\w*Article|\w*Posting)$/.exec(element.attribs.itemtype ?? '')?.[0]);
  const type = types[0];
  if (type !== undefined && types.every(each => each === type)) classed.push(`[itemtype$="${type}"]`);
  return tag === '' ? ['*', ...classed] : [tag, ...classed];
}

function commonClasses(elements: readonly Element[]): string[] {
  const [first, ...rest] = elements;
  if (first === undefined) return [];
  const sets = rest.map(element => new Set(classTokens(element)));
  const common = [...new Set(classTokens(first))].filter(token => sets.every(set => set.has(token)));
  return common.sort((a, b) => classWorth(b) - classWorth(a));
}

function classWorth(token: string): number {
  if (isGenerated(token)) return -1;
  return splitTokenWords(token).some(word => postWord.test(word)) ? 2 : /\d/.test(token) ? 0 : 1;
}

/** `css-1q2w3e`, `sc-bdVaJa`, `_3xk9Q`: names that the next build of the site will change. */
function isGenerated(token: string): boolean {
  return /^(?:css|sc|jsx|emotion|svelte|astro)-|^_|__[a-zA-Z0-9_-]{5}$|^(?=.*\d)(?=.*[a-zA-Z])[a-zA-Z0-9_-]{5,10}$|^[a-z]{1,2}$/.test(
    token,
  );
}

type ScopeSelector = { readonly css: string; readonly isParent: boolean };

/** The elements around all items, nearest first, as far as they have a name. */
function scopeSelectors(page: Page, elements: readonly Element[]): ScopeSelector[] {
  const scopes: ScopeSelector[] = [];
  const parent = elements[0]?.parent ?? null;
  const isShared = elements.every(element => element.parent === parent);
  let above = parent as AnyNode | null;
  while (above !== null && isElement(above) && above.name !== 'html') {
    const number = page.numberOf.get(above) ?? 0;
    const holdsAll = elements.every(element => {
      const at = page.numberOf.get(element) ?? -1;
      return at > number && at < (page.end[number] ?? 0);
    });
    if (holdsAll || above === parent) {
      for (const css of namesOf(above)) scopes.push({ css, isParent: above === parent && (isShared || !holdsAll) });
    }
    above = above.parent as AnyNode | null;
  }
  return scopes;
}

function namesOf(element: Element): string[] {
  const names: string[] = [];
  const { id } = element.attribs;
  if (id && !/\d{3,}/.test(id) && !/\s/.test(id)) names.push(`#${cssEscape(id)}`);
  const tokens = classTokens(element)
    .filter(token => !isGenerated(token))
    .sort((a, b) => classWorth(b) - classWorth(a));
  const [best] = tokens;
  if (best !== undefined) names.push(`${element.name}.${cssEscape(best)}`);
  if (element.name === 'main') names.push('main');
  return names;
}

/** A selector that matches too much, less what the other elements have and the items have not. */
function withoutExtras(page: Page, elements: readonly Element[], wanted: ReadonlySet<Element>): string | null {
  let tries = 0;
  for (const candidate of candidates(page, elements)) {
    tries += 1;
    if (tries > 12) return null;
    const found = page.$(candidate).get() as Element[];
    if (found.length > wanted.size * 3 + 10 || !elements.every(element => found.includes(element))) continue;
    const extra = found.filter(element => !wanted.has(element));
    const used = new Set(elements.flatMap(classTokens));
    const telling = [...new Set(extra.flatMap(classTokens))].filter(token => !used.has(token)).slice(0, 4);
    const without = telling.map(token => `:not(.${cssEscape(token)})`);
    const refinements = [
      ...without,
      without.join(''),
      ...'a,h2,h3,h4,h2 a,h3 a,td a,time,img,p'.split(',').map(css => `:has(${css})`),
    ];
    for (const refinement of refinements) {
      if (refinement !== '' && selectsExactly(page, candidate + refinement, wanted)) return candidate + refinement;
    }
  }
  return null;
}

/** Last resort: each parent by its place on the page. */
function byParents(page: Page, elements: readonly Element[]): string {
  const parents = new Map<AnyNode | null, Element[]>();
  for (const element of elements) {
    const parent = element.parent as AnyNode | null;
    const group = parents.get(parent);
    if (group) group.push(element);
    else parents.set(parent, [element]);
  }
  const parts: string[] = [];
  for (const [parent, group] of parents) {
    const path = parent !== null && isElement(parent) ? placeOf(parent) : '';
    const whole = path === '' ? [] : itemSelectors(group).map(item => `${path} > ${item}`);
    const fitting = whole.find(css => selectsExactly(page, css, new Set(group)));
    if (fitting !== undefined) parts.push(fitting);
    else parts.push(...group.map(placeOf));
  }
  return within(parts, selectorMax);
}

/** As many of the parts as make a selector of bounded length: a page so built is better described by a person. */
function within(parts: readonly string[], max: number): string {
  let css = parts[0] ?? '';
  for (const part of parts.slice(1)) if (css.length + part.length + 2 <= max) css += `, ${part}`;
  return css;
}

function placeOf(element: Element): string {
  const steps: string[] = [];
  let node: AnyNode | null = element;
  while (node !== null && isElement(node)) {
    const { id } = node.attribs;
    if (node.name === 'html' || node.name === 'body') {
      steps.unshift(node.name);
      if (node.name === 'html') break;
    } else if (id && /^[A-Za-z][\w-]*$/.test(id) && !/\d{3,}/.test(id) && steps.length > 0) {
      // An id may stand twice on a page; the tag and the place in its parent go with it.
      steps.unshift(`${node.name}#${id}:nth-child(${place(node)})`);
    } else steps.unshift(`${node.name}:nth-child(${place(node)})`);
    node = node.parent as AnyNode | null;
  }
  return steps.join(' > ');
}

function place(element: Element): number {
  let count = 1;
  for (let node = element.prev as AnyNode | null; node !== null; node = node.prev as AnyNode | null)
    if (isElement(node)) count += 1;
  return count;
}

/** CSS.escape for what stands in class names and ids. https://drafts.csswg.org/cssom/#serialize-an-identifier */
export function cssEscape(name: string): string {
  return name
    .replace(/^(-?)(\d)/, (_, dash: string, digit: string) => `${dash}\\3${digit} `)
    .replace(/[^\w\u0080-\uffff\\ -]/g, '\\$&');
}
