import { escapeAttribute, isUrlAttribute, resolveSrcset } from './resolve-html.ts';
import { resolveUrl } from './resolve-url.ts';

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** HTML elements that have no end tag. */
export function isVoid(local: string): boolean {
  return voidElements.has(local);
}

/**
 * An element that stood in the document as markup, as a tag of HTML: without prefix, links resolved.
 * @param attributes name, decoded value, …
 */
export function startTag(local: string, attributes: readonly string[], base: string | null): string {
  let tag = `<${local}`;
  for (let index = 0; index + 1 < attributes.length; index += 2) {
    const name = attributes[index] ?? '';
    const value = attributes[index + 1] ?? '';
    if (name === 'xml:lang') tag += ` lang="${escapeAttribute(value)}"`;
    else if (!name.startsWith('xml') && !/["'<>]/.test(name))
      tag += ` ${name}="${escapeAttribute(resolved(name, value, base))}"`;
  }
  return `${tag}>`;
}

function resolved(name: string, value: string, base: string | null): string {
  if (name === 'srcset') return resolveSrcset(value, base);
  // A refused link keeps its form: dropping it is the sanitizer's decision.
  return isUrlAttribute(name) ? (resolveUrl(value, base) ?? value) : value;
}
