import { descendants, elementText } from './element-text.ts';
import { enclosingAnchor, type GuessedTitle, type ItemLink } from './guess-title.ts';
import { decodeAddress, fragmentLink } from './page-link.ts';
import { type Element, isElement, type Page } from './parse-page.ts';
import { isMoreLink } from './region-words.ts';

/**
 * The address of an item that is a part of this page, not a page of its own: its title leads to itself
 * (`<h2 id="v2"><a href="#v2">`), or nowhere and no other link is the item's own. `null` where it has no id.
 */
export function ownFragment(
  page: Page,
  { item, title, links }: { item: Element; title: GuessedTitle | null; links: readonly ItemLink[] },
): ItemLink | null {
  if (title === null) return null;
  const inside = [title.element, ...descendants(title.element)];
  const anchor =
    inside.find(element => element.name === 'a' && element.attribs.href !== undefined) ??
    enclosingAnchor(title.element);
  const href = anchor?.attribs.href?.trim() ?? '';
  if (href !== '' && !href.startsWith('#')) return null;
  if (href === '' && links.some(isOwn)) return null;
  const carriers = [item, ...inside, ...ancestorsUntil(title.element, item)];
  const ids = carriers.flatMap(({ attribs, name }) => attribs.id ?? (name === 'a' ? (attribs.name ?? []) : []));
  const said = decodeAddress(href.slice(1));
  const id = said === '' ? ids[0] : ids.find(each => each === said);
  if (id === undefined || !/^\S{1,200}$/.test(id)) return null;
  return { link: fragmentLink(page, id), element: anchor ?? title.element, text: title.text };
}

/** "Read more", or a link that is all its block says; what is linked in a sentence is only mentioned. */
function isOwn({ element, text }: ItemLink): boolean {
  const block = element.parent as Element | null;
  return isMoreLink(text) || block === null || !isElement(block) || elementText(block).length <= text.length * 1.5;
}

function ancestorsUntil(element: Element, item: Element): Element[] {
  const found: Element[] = [];
  for (
    let above = element.parent as Element | null;
    above !== null && isElement(above) && above !== item;
    above = above.parent as Element | null
  )
    found.push(above);
  return found;
}
