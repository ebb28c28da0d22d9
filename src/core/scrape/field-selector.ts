import { AppError } from '../../errors.ts';
import { elementText } from './element-text.ts';
import { imageOf } from './item-image.ts';
import { type Element, isElement, type Page } from './parse-page.ts';

/**
 * One alternative of a field's rule: `time@datetime` is `{ css: 'time', attribute: 'datetime' }`; `.` and `@href` are
 * the item itself; `~ p` looks among the siblings that follow the item, up to the next item.
 */
export type FieldAlternative = { readonly css: string; readonly attribute: string | null; readonly follows: boolean };

/** An item's elements: the item itself, and the siblings that follow it up to the next item. */
export type Scope = { readonly item: Element; readonly following: readonly Element[] };

/** Long enough for selectors made from places on a page, short enough that no rule is a program. */
const lengthMax = 8000;

/**
 * Reads a field's rule: alternatives divided by commas, tried in order, each CSS with an optional `@attribute`.
 * @throws AppError `config-invalid` when it is too long or has an empty part
 */
export function readFieldRule(rule: string, key: string): FieldAlternative[] {
  if (rule.length > lengthMax) throw badSelector(key, rule.slice(0, 60), `it is longer than ${lengthMax} characters`);
  return splitTop(rule, ',').map(part => {
    const at = lastTop(part, '@');
    const attribute = at < 0 ? null : part.slice(at + 1).trim();
    let css = (at < 0 ? part : part.slice(0, at)).trim();
    if (attribute !== null && !/^[\w:.-]+$/.test(attribute))
      throw badSelector(key, part, 'no attribute name follows the @');
    const follows = /^[~+]/.test(css);
    if (follows) css = css.slice(1).trim();
    if (css === '.' || css === ':scope') css = '';
    if (css === '' && attribute === null && !/^\s*(?:\.|:scope)\s*$/.test(part)) {
      throw badSelector(key, rule, 'it is empty, or has a comma too many');
    }
    return { css, attribute, follows };
  });
}

/** Checks CSS by using it on nothing. @throws AppError `config-invalid` */
export function checkCss(page: Page, css: string, key: string): void {
  if (css.length > lengthMax) throw badSelector(key, css.slice(0, 60), `it is longer than ${lengthMax} characters`);
  if ((css.match(/:has\(|:not\(|:is\(|:contains\(/g)?.length ?? 0) > 6)
    throw badSelector(key, css, 'it is too involved');
  if (splitTop(css, ',').some(part => (part.match(/[\s>+~]+/g)?.length ?? 0) > 80)) {
    throw badSelector(key, css.slice(0, 60), 'it has more than 80 steps');
  }
  try {
    page.$('<a></a>').is(css);
    page.$('<a></a>').find(css);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('config-invalid', badSelectorText(key, css, reason), { cause: error });
  }
}

/** @throws AppError `config-invalid` for CSS that cannot be read */
export function selectAll(page: Page, css: string, key: string): Element[] {
  checkCss(page, css, key);
  return page.$(css).get().filter(isElement);
}

/** Elements of a scope that an alternative matches, in document order, at most `max`. */
export function matchScope(page: Page, scope: Scope, alternative: FieldAlternative): Element[] {
  const { css, follows } = alternative;
  if (!follows) return css === '' ? [scope.item] : page.$(scope.item).find(css).get().filter(isElement);
  const siblings = page.$(scope.following as Element[]);
  if (css === '') return [...scope.following];
  const found: Element[] = [];
  for (const sibling of siblings.get()) {
    const one = page.$(sibling);
    if (one.is(css)) found.push(sibling);
    found.push(...one.find(css).get().filter(isElement));
  }
  return found;
}

/**
 * The first non-empty value a rule finds in an item. Without `@attribute` it is the text; images answer with their
 * address whatever attribute lazy loading keeps it in.
 */
export function fieldValue(
  page: Page,
  scope: Scope,
  rule: readonly FieldAlternative[],
): { value: string; from: Element } | null {
  for (const alternative of rule) {
    for (const element of matchScope(page, scope, alternative)) {
      const value = elementValue(element, alternative.attribute);
      if (value !== '') return { value, from: element };
    }
  }
  return null;
}

export function elementValue(element: Element, attribute: string | null): string {
  if (attribute === null) return element.name === 'img' ? (element.attribs.alt ?? '').trim() : elementText(element);
  if (attribute === 'text') return elementText(element);
  const value = (element.attribs[attribute] ?? '').trim();
  if (element.name === 'img' && attribute === 'src' && (value === '' || value.startsWith('data:'))) {
    return imageOf(element) ?? '';
  }
  return value;
}

/** Divides at a mark that is not within brackets or quotes. */
export function splitTop(text: string, mark: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const at of topMarks(text, mark)) {
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

function lastTop(text: string, mark: string): number {
  return [...topMarks(text, mark)].at(-1) ?? -1;
}

function* topMarks(text: string, mark: string): Generator<number> {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') depth -= 1;
    else if (char === mark && depth === 0) yield at;
  }
}

function badSelector(key: string, css: string, reason: string): AppError {
  return new AppError('config-invalid', badSelectorText(key, css, reason));
}

function badSelectorText(key: string, css: string, reason: string): string {
  return `scrape.${key}: the selector "${css}" cannot be used: ${reason}. Write CSS, for example "article h2 a@href".`;
}
