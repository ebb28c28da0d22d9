import type { ScrapeRules } from '../../model.ts';
import type { DetectedList } from './detected-list.ts';
import { classTokens } from './element-text.ts';
import { fieldValue, readFieldRule } from './field-selector.ts';
import { guessFields } from './guess-fields.ts';
import { itemScopes } from './item-scope.ts';
import type { Element } from './parse-page.ts';
import { cssEscape } from './pin-items.ts';
import { type ReadContext, readItems } from './read-items.ts';
import { isWithin } from './text-leaves.ts';

/**
 * Rules for link, title, date and teaser beside the list's `items`, for a person to read and correct. A rule is written
 * down only if the list read with it is exactly the list read without it.
 */
export function pinFields(context: ReadContext, list: DetectedList): ScrapeRules {
  let rules: ScrapeRules = list.rules;
  const plain = JSON.stringify(readItems(context, rules));
  for (const [key, candidates] of fieldCandidates(context, list.elements)) {
    for (const candidate of candidates) {
      const tried = { ...rules, [key]: candidate };
      if (!isFound(context, { list, key, candidate }) || JSON.stringify(readItems(context, tried)) !== plain) continue;
      rules = tried;
      break;
    }
  }
  return rules;
}

/** Whether the rule finds something in most items; one that finds nothing changes nothing, and says nothing. */
function isFound(
  context: ReadContext,
  tried: { list: DetectedList; key: keyof ScrapeRules; candidate: string },
): boolean {
  const rule = readFieldRule(tried.candidate, tried.key);
  const { elements } = tried.list;
  const found = elements.filter(item => fieldValue(context.page, { item, following: [] }, rule) !== null);
  return found.length * 2 > elements.length;
}

function fieldCandidates(context: ReadContext, elements: readonly Element[]): [keyof ScrapeRules, string[]][] {
  const scopes = itemScopes(context.page, elements.slice(0, 3));
  const [first] = scopes.map(scope => ({ scope, fields: guessFields(context.page, scope, context.dates) }));
  if (first === undefined || first.scope.following.length > 0 || first.scope.leading !== null) return [];
  const { item } = first.scope;
  const link =
    first.fields.linkElement === null
      ? []
      : namesOf(first.fields.linkElement, item).map(css => (css === '.' ? '@href' : `${css}@href`));
  const title = first.fields.titleElement === null ? [] : namesOf(first.fields.titleElement, item);
  return [
    ['link', link.slice(0, 4)],
    ['title', title.slice(0, 4)],
    ['date', ['time@datetime']],
    ['summary', ['p']],
    ['image', ['img@src']],
  ];
}

/** Ways to say where in its item an element is, plainest first. */
function namesOf(element: Element, item: Element): string[] {
  if (element === item) return ['.'];
  if (!isWithin(element, item)) return [];
  const names: string[] = [];
  const parent = element.parent as Element | null;
  if (/^(?:h[1-6]|a|time)$/.test(element.name)) names.push(element.name);
  if (parent !== null && parent !== item && /^h[1-6]$/.test(parent.name))
    names.unshift(`${parent.name} ${element.name}`);
  for (const token of classTokens(element).slice(0, 2)) names.push(`.${cssEscape(token)}`);
  if (parent !== null && parent !== item)
    for (const token of classTokens(parent).slice(0, 1)) names.push(`.${cssEscape(token)} ${element.name}`);
  return names;
}
