import { type CheerioAPI, load } from 'cheerio/slim';
import { DomHandler, Parser } from 'htmlparser2';

type Root = ReturnType<CheerioAPI['root']>[number];
type ChildNode = Root['children'][number];
/** The nodes cheerio works on (those of `domhandler`). */
export type AnyNode = ChildNode | Root;
export type Element = Extract<ChildNode, { attribs: object }>;

/** Where a link leads (see `readLink`). */
export type PageLink = {
  /** Absolute, as the publisher wrote it. */
  readonly url: string;
  /** Without fragment, `www.`, scheme and final slash: equal for equal pages. */
  readonly key: string;
  readonly sameSite: boolean;
  /** A list of posts by its address (category, tag, author, archive, page 2), not a post. */
  readonly isListing: boolean;
  /** The path has the look of one post: a slug of several words, a date, a long number. */
  readonly isPost: boolean;
};

/**
 * A page, read once. Elements stand in `elements` in document order, and an element's position there is its number:
 * the subtree of number `i` is the numbers from `i` up to but not including `end[i]`.
 */
export type Page = {
  readonly url: string;
  /** What relative links are resolved against: `<base href>` if it is http(s), else the page's address. */
  readonly baseUrl: string;
  readonly language: string | null;
  readonly isXml: boolean;
  /** The page was larger than the limits and only its beginning was read. */
  readonly cut: boolean;
  readonly $: CheerioAPI;
  readonly elements: readonly Element[];
  readonly numberOf: ReadonlyMap<Element, number>;
  readonly end: Int32Array;
  readonly parent: Int32Array;
  /** Visible characters (no white space) before the start of element `i` / of its end: differences are lengths. */
  readonly textStart: Int32Array;
  readonly textEnd: Int32Array;
  /** The same, counting only text within links. */
  readonly linkStart: Int32Array;
  readonly linkEnd: Int32Array;
  /** Numbers of `a[href]`, ascending. */
  readonly anchors: readonly number[];
  /** What each `href` of the page was found to lead to (see `readLink`). */
  readonly links: Map<string, PageLink | null>;
};

export const pageLimits = {
  charactersMax: 4_000_000,
  elementsMax: 40_000,
  /** Deeper elements become leaves of their ancestor at this depth: no walk over a page needs more stack or time. */
  depthMax: 256,
  /** A page nested deeper than any tag soup is an attack: reading stops. */
  nestingMax: 2_000,
} as const;

/** Elements whose text no reader sees as text. */
const unseen = new Set(
  'script style noscript template svg iframe textarea select option button head object math canvas'.split(' '),
);

/**
 * Reads HTML (or XML, if it begins like a sitemap) into a page with htmlparser2, bounded in length, elements and depth.
 * Never throws on bad markup.
 */
export function parsePage(html: string, url: string): Page {
  const isXml = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:urlset|sitemapindex)\b/.test(
    html.slice(0, 2000),
  );
  const handler = new BoundedHandler(isXml);
  const parser = new Parser(handler, { xmlMode: isXml, decodeEntities: true });
  handler.onFull = () => parser.pause();
  const text = html.length > pageLimits.charactersMax ? html.slice(0, pageLimits.charactersMax) : html;
  // In pieces, so that reading stops soon after a limit is reached.
  for (let at = 0; at < text.length && !handler.full; at += 65_536) parser.write(text.slice(at, at + 65_536));
  if (!handler.full) parser.end();
  return measure(handler, { html, url, isXml, cut: handler.full || html.length > text.length });
}

class BoundedHandler extends DomHandler {
  full = false;
  elements = 0;
  onFull: () => void = () => undefined;
  #tooDeep = 0;

  constructor(xmlMode: boolean) {
    super(undefined, { xmlMode });
  }

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.full) return;
    this.elements += 1;
    super.onopentag(name, attributes);
    if (this.tagStack.length > pageLimits.depthMax) {
      // Stays a leaf: what follows is added to the ancestor.
      this.tagStack.pop();
      this.#tooDeep += 1;
    }
    if (this.elements >= pageLimits.elementsMax || this.#tooDeep > pageLimits.nestingMax) {
      this.full = true;
      this.onFull();
    }
  }

  override onclosetag(): void {
    if (this.full) return;
    if (this.#tooDeep > 0) {
      this.#tooDeep -= 1;
      this.lastNode = null;
    } else super.onclosetag();
  }

  override ontext(data: string): void {
    if (!this.full) super.ontext(data);
  }

  override oncomment(): void {
    // Comments are never needed, and text on both sides of one is one text.
  }

  override oncommentend(): void {}
}

function measure(handler: BoundedHandler, page: { html: string; url: string; isXml: boolean; cut: boolean }): Page {
  const $ = load(handler.root as unknown as AnyNode, { xml: { xmlMode: page.isXml, decodeEntities: true } });
  const root = $.root()[0] as unknown as { children: AnyNode[] };
  const count = handler.elements;
  const elements: Element[] = [];
  const numberOf = new Map<Element, number>();
  const anchors: number[] = [];
  const [end, parent, textStart, textEnd, linkStart, linkEnd] = Array.from({ length: 6 }, () => new Int32Array(count));
  if (!end || !parent || !textStart || !textEnd || !linkStart || !linkEnd) throw new Error('unreachable');
  let text = 0;
  let linked = 0;
  let inLink = 0;
  let inUnseen = 0;
  let node: AnyNode | null = root.children[0] ?? null;
  const open: number[] = [];
  while (node !== null) {
    if (node.type === 'text') {
      if (inUnseen === 0) {
        const length = inkLength(node.data);
        text += length;
        if (inLink > 0) linked += length;
      }
    } else if (isElement(node)) {
      const number = elements.length;
      elements.push(node);
      numberOf.set(node, number);
      parent[number] = open.at(-1) ?? -1;
      textStart[number] = text;
      linkStart[number] = linked;
      const isAnchor = node.name === 'a' && node.attribs.href !== undefined;
      if (isAnchor) anchors.push(number);
      if (isAnchor) inLink += 1;
      if (unseen.has(node.name)) inUnseen += 1;
      open.push(number);
      const child: AnyNode | undefined = node.children[0];
      if (child) {
        node = child;
        continue;
      }
      close();
    }
    while (node !== null && node.next === null) {
      const above: AnyNode | null = node.parent as AnyNode | null;
      if (above === null || !isElement(above)) {
        node = null;
        break;
      }
      close();
      node = above;
    }
    node = (node?.next as AnyNode | null | undefined) ?? null;
  }

  function close(): void {
    const number = open.pop();
    if (number === undefined || !end || !textEnd || !linkEnd) return;
    const element = elements[number] as Element;
    end[number] = elements.length;
    textEnd[number] = text;
    linkEnd[number] = linked;
    if (element.name === 'a' && element.attribs.href !== undefined) inLink -= 1;
    if (unseen.has(element.name)) inUnseen -= 1;
  }

  return {
    url: page.url,
    baseUrl: baseUrlOf(elements, page.url),
    language: languageOf(elements),
    isXml: page.isXml,
    cut: page.cut,
    $,
    elements,
    numberOf,
    end,
    parent,
    textStart,
    textEnd,
    linkStart,
    linkEnd,
    anchors,
    links: new Map(),
  };
}

export function isElement(node: AnyNode | null | undefined): node is Element {
  return node != null && (node.type === 'tag' || node.type === 'script' || node.type === 'style');
}

export function isUnseen(element: Element): boolean {
  return unseen.has(element.name);
}

function inkLength(data: string): number {
  let length = 0;
  for (let at = 0; at < data.length; at += 1) {
    const code = data.charCodeAt(at);
    if (code > 0x20 && code !== 0xa0) length += 1;
  }
  return length;
}

function baseUrlOf(elements: readonly Element[], url: string): string {
  const base = elements.slice(0, 400).find(element => element.name === 'base' && element.attribs.href);
  const resolved = base ? URL.parse(base.attribs.href ?? '', url) : null;
  return resolved !== null && /^https?:$/.test(resolved.protocol) ? resolved.href : url;
}

function languageOf(elements: readonly Element[]): string | null {
  const html = elements.slice(0, 50).find(element => element.name === 'html' || element.name === 'body');
  const tag = html?.attribs.lang ?? html?.attribs['xml:lang'];
  return tag !== undefined && /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/.test(tag.trim())
    ? tag.trim().replaceAll('_', '-')
    : null;
}
