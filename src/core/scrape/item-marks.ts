import { type AnyNode, type Element, isElement } from './parse-page.ts';

const postId = /^(?:post|entry|article|node|item|story|news|thread|topic|nid|hentry|blog-?post|post-item)[-_:]?\d+$/i;

/**
 * The publisher's own id of a post where the markup has one: `id="post-123"`, `data-post-id`. Anything else that is
 * called id (a position, a widget) is none.
 */
export function postIdOf(item: Element): string | null {
  const inner = item.children.filter(isElement);
  const [only] = inner;
  for (const element of [
    item,
    ...(inner.length === 1 && only ? [only] : inner.filter(child => child.name === 'article')),
  ]) {
    const { id } = element.attribs;
    if (id !== undefined && postId.test(id)) return id;
    for (const key of [
      'data-post-id',
      'data-article-id',
      'data-postid',
      'data-story-id',
      'data-nid',
      'data-entry-id',
      'data-id',
    ]) {
      const value = element.attribs[key]?.trim();
      // A small number is a place in the list, not an id.
      if (value && /^[\w-]{3,64}$/.test(value) && /\d/.test(value)) return value;
    }
  }
  return null;
}

/** The language that markup gives an item apart from its page: `lang` on it or around it, `hreflang` on its link. */
export function languageOfItem(item: Element, link: Element | null): string | null {
  const hreflang = link?.attribs.hreflang;
  if (hreflang && isTag(hreflang)) return hreflang;
  for (const start of [link, item]) {
    let node = start as AnyNode | null;
    while (node !== null && isElement(node) && node.name !== 'html' && node.name !== 'body') {
      const lang = node.attribs.lang ?? node.attribs['xml:lang'];
      if (lang !== undefined && isTag(lang)) return lang.replaceAll('_', '-');
      node = node.parent as AnyNode | null;
    }
  }
  const child = item.children.filter(isElement).find(each => each.attribs.lang !== undefined);
  const lang = child?.attribs.lang;
  return lang !== undefined && isTag(lang) ? lang : null;
}

function isTag(text: string): boolean {
  return /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/.test(text);
}
