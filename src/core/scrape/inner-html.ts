import { type AnyNode, type Element, isElement } from './parse-page.ts';

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const dropped = new Set(
  'script style noscript template iframe form input button select textarea object embed svg link meta'.split(' '),
);
const addressAttributes = new Set(['href', 'src', 'cite', 'poster', 'data-src']);
const lengthMax = 1_000_000;

export type Serializing = {
  /** Elements to leave out with all that is in them. */
  readonly skip?: (element: Element) => boolean;
  /** Attributes to keep; all but handlers without it. */
  readonly keep?: ReadonlySet<string>;
};

/** The HTML within an element: addresses made absolute, scripts and forms left out. Not sanitized. Iterative, bounded. */
export function innerHtml(element: Element, baseUrl: string, options: Serializing = {}): string {
  let out = '';
  let node: AnyNode | null = element.children[0] ?? null;
  while (node !== null && out.length < lengthMax) {
    let child: AnyNode | null = null;
    if (node.type === 'text') out += escapeText(node.data);
    else if (isElement(node) && !dropped.has(node.name) && !options.skip?.(node)) {
      out += openTag(node, baseUrl, options.keep);
      child = node.children[0] ?? null;
      if (child === null && !voidElements.has(node.name)) out += `</${node.name}>`;
    }
    if (child !== null) {
      node = child;
      continue;
    }
    while (node !== null && node.next === null) {
      node = node.parent as AnyNode | null;
      if (node === element) node = null;
      else if (node !== null && isElement(node)) out += `</${node.name}>`;
    }
    node = (node?.next as AnyNode | null | undefined) ?? null;
  }
  return out.trim();
}

function openTag(element: Element, baseUrl: string, keep: ReadonlySet<string> | undefined): string {
  let tag = `<${element.name}`;
  for (const [name, value] of Object.entries(element.attribs)) {
    if (!/^[a-z][\w:.-]*$/i.test(name) || /^on/i.test(name) || (keep !== undefined && !keep.has(name))) continue;
    const isAddress =
      addressAttributes.has(name) && value !== '' && !value.startsWith('#') && !value.startsWith('data:');
    const resolved = isAddress ? (URL.parse(value, baseUrl)?.href ?? value) : value;
    tag += ` ${name}="${escapeText(resolved).replaceAll('"', '&quot;')}"`;
  }
  return `${tag}>`;
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
