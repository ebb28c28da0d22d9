import { classTokens, descendants, splitTokenWords } from './element-text.ts';
import type { Element } from './parse-page.ts';

const lazyAttributes = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-lazy',
  'data-image',
  'data-img-src',
  'data-url',
];

/** The address an `img` (or `source`) shows, as written, or `null` for a placeholder. */
export function imageOf(element: Element): string | null {
  const { attribs } = element;
  const lazy = lazyAttributes.map(name => attribs[name]?.trim()).find(value => isAddress(value));
  const plain = isAddress(attribs.src?.trim()) ? attribs.src?.trim() : undefined;
  const placeholder =
    plain !== undefined && /(?:placeholder|blank|spacer|pixel|loading|lazy|transparent)[^/]*$/i.test(plain);
  if (lazy !== undefined && (plain === undefined || placeholder || attribs.loading === undefined)) return lazy;
  if (plain !== undefined && !placeholder) return plain;
  return (
    largest(attribs.srcset) ?? largest(attribs['data-srcset']) ?? largest(attribs['data-lazy-srcset']) ?? lazy ?? null
  );
}

/** The lead image within an element: no avatars, icons, trackers. */
export function leadImage(elements: readonly Element[]): string | null {
  return imageAmong(elements.flatMap(root => [root, ...descendants(root)]));
}

/** The first of these very elements that shows a lead image. */
export function imageAmong(elements: readonly Element[]): string | null {
  for (const element of elements) {
    const found = element.name === 'img' ? pictureOf(element) : backgroundOf(element);
    if (found !== null) return found;
  }
  return null;
}

function pictureOf(element: Element): string | null {
  const { attribs } = element;
  const small = (value: string | undefined): boolean =>
    value !== undefined && /^\d+$/.test(value) && Number(value) < 50;
  if (small(attribs.width) || small(attribs.height)) return null;
  const words = classTokens(element).flatMap(splitTokenWords);
  if (words.some(word => /^(?:avatar|icon|logo|emoji|gravatar|flag|spacer|author|pixel)$/.test(word))) return null;
  const found = imageOf(element);
  if (found === null || /gravatar\.com|\/(?:icons?|emoji|avatars?)\/|logo[^/]*$|\.svg(?:\?|$)|1x1|pixel\./i.test(found))
    return null;
  return found;
}

function backgroundOf(element: Element): string | null {
  if (element.name === 'source' && element.parent?.type === 'tag' && (element.parent as Element).name === 'picture') {
    return largest(element.attribs.srcset) ?? largest(element.attribs['data-srcset']);
  }
  const bg = element.attribs['data-bg'] ?? element.attribs['data-background-image'];
  if (isAddress(bg)) return bg ?? null;
  const found = /background(?:-image)?\s*:[^;]{0,40}url\(\s*['"]?([^'")]{3,2000})/i.exec(element.attribs.style ?? '');
  return found && isAddress(found[1]) ? (found[1] ?? null) : null;
}

function isAddress(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !/^(?:data|javascript|blob|about):/i.test(value);
}

/** The largest candidate of a `srcset`. */
function largest(srcset: string | undefined): string | null {
  if (srcset === undefined) return null;
  let best: { url: string; size: number } | null = null;
  for (const part of srcset.split(/,\s+|,(?=https?:|\/)/).slice(0, 30)) {
    const [url, size] = part.trim().split(/\s+/);
    const pixels = Number.parseFloat(size ?? '1') || 1;
    if (isAddress(url) && (best === null || pixels > best.size)) best = { url, size: pixels };
  }
  return best?.url ?? null;
}
