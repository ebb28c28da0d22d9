import type sanitize from 'sanitize-html';
import {
  attributesOf,
  droppedWithText,
  frameSandbox,
  globalAttributes,
  linkAndMediaTags,
  renamedTags,
  textTags,
} from './html-policy.ts';
import { frameAddress, imageAddress, linkAddress, mediaAddress, sourceSet } from './safe-address.ts';
import { isTrackingPixel } from './tracking-pixel.ts';

/** What iframes are called while they are read, so that their content is read as markup and not as raw text. */
export const frameElement = 'newsfold-embed';
/** Stands for a permitted player until the end, as a void element: only the transform below can produce it. */
export const framePlaceholder = 'newsfold-frame';

export const keptElements: readonly string[] = [...textTags, ...linkAndMediaTags, framePlaceholder];

const droppedElements: ReadonlySet<string> = new Set(droppedWithText);
const voidElements = new Set(
  'area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '),
);

export type JudgeContext = {
  readonly baseUrl: string | null;
  /** Whether the element being read stands in something that is not shown. */
  readonly isInHidden: () => boolean;
};

export type ElementContext = JudgeContext & {
  /** Called when an element is dropped around its content. */
  readonly onRestructured: () => void;
};

type Judge = (given: sanitize.Attributes, context: JudgeContext) => sanitize.Attributes | null;

/**
 * The transforms that `sanitize-html` runs on every element: its name and attributes as they may stay, or a name that is not
 * allowed. Every name is changed twice, to a marked one and back: sanitize-html remembers a new name by depth and forgets to
 * forget it when the element is discarded, and would close the next element of that depth with it (2.18.1).
 */
export function elementTransforms(context: ElementContext): Record<string, sanitize.Transformer> {
  const judge = elementJudge(context);
  const restore: sanitize.Transformer = (marked, given) => {
    if (!marked.startsWith(mark)) {
      if (!voidElements.has(marked) && !droppedElements.has(marked)) context.onRestructured();
      return { tagName: marked === framePlaceholder ? 'x-dropped' : marked, attribs: given };
    }
    const written = marked.slice(mark.length);
    const name = Object.hasOwn(renamedTags, written) ? (renamedTags[written] ?? written) : written;
    const attribs = judge(name, given);
    if (name !== written || written === frameElement || (attribs === null && !voidElements.has(name)))
      context.onRestructured();
    if (attribs === null) return { tagName: 'x-dropped', attribs: noAttributes };
    return { tagName: name === frameElement ? framePlaceholder : name, attribs };
  };
  return { ...markers, '*': restore };
}

/** The attributes that an element of a kept name may have, of those that it was given; `null`: the element may not stay. */
export function elementJudge(
  context: JudgeContext,
): (name: string, given: sanitize.Attributes) => sanitize.Attributes | null {
  const image = imageJudge();
  return (name, given) => {
    const judge = name === 'img' ? image : Object.hasOwn(judges, name) ? judges[name] : undefined;
    return judge ? judge(given, context) : plain(name, given, context.baseUrl);
  };
}

const mark = '=';
const markers: Record<string, sanitize.Transformer> = Object.fromEntries(
  [...textTags, ...linkAndMediaTags, ...Object.keys(renamedTags), frameElement].map(name => [
    name,
    (_name: string, attribs: sanitize.Attributes) => ({ tagName: mark + name, attribs }),
  ]),
);

const judges: Readonly<Record<string, Judge>> = {
  a: (given, { baseUrl }) => {
    const href = linkAddress(given.href, baseUrl);
    return href === null ? null : { href, ...kept('a', given), rel: 'noopener noreferrer' };
  },
  source: (given, { baseUrl }) => {
    const src = mediaAddress(given.src, baseUrl);
    const srcset = sourceSet(given.srcset, baseUrl);
    return src || srcset ? { ...(src && { src }), ...(srcset && { srcset }), ...kept('source', given) } : null;
  },
  video: (given, { baseUrl }) => {
    const src = mediaAddress(given.src, baseUrl);
    const poster = imageAddress(given.poster, baseUrl);
    return { ...(src && { src }), ...(poster && { poster }), ...kept('video', given), controls: '', preload: 'none' };
  },
  audio: (given, { baseUrl }) => {
    const src = mediaAddress(given.src, baseUrl);
    return { ...(src && { src }), ...kept('audio', given), controls: '', preload: 'none' };
  },
  track: (given, { baseUrl }) => {
    const src = mediaAddress(given.src, baseUrl);
    return src === null ? null : { src, ...kept('track', given) };
  },
  [frameElement]: (given, { baseUrl, isInHidden }) => {
    const src = isInHidden() || isTrackingPixel(given) ? null : frameAddress(given.src, baseUrl);
    if (src === null) return null;
    return { src, ...kept('video', given), sandbox: frameSandbox, loading: 'lazy', allowfullscreen: '' };
  },
};

/** Pictures are judged with a memory: one that is loaded lazily comes twice, the second time in `<noscript>`. */
function imageJudge(): Judge {
  const promoted = new Set<string>();
  return (given, { baseUrl, isInHidden }) => {
    if (isInHidden() || isTrackingPixel(given)) return null;
    const image = imageAddresses(given, baseUrl);
    if (!image || promoted.has(image.src)) return null;
    if (image.isPromoted) promoted.add(image.src);
    return { src: image.src, ...(image.srcset && { srcset: image.srcset }), alt: '', ...kept('img', given) };
  };
}

/** What stays of an element without an address of its own to judge; `cite` is the one exception. */
function plain(name: string, given: sanitize.Attributes, baseUrl: string | null): sanitize.Attributes {
  const cite = given.cite !== undefined && citing.has(name) ? linkAddress(given.cite, baseUrl) : null;
  return cite ? { cite, ...kept(name, given) } : kept(name, given);
}

const citing = new Set(['blockquote', 'q', 'del', 'ins']);

const noAttributes: sanitize.Attributes = {};

/** The attributes of an element that its rules let pass, in the rules' order, so that a second run changes nothing. */
function kept(name: string, given: sanitize.Attributes): sanitize.Attributes {
  let any = false;
  for (const _ in given) any = true;
  if (!any) return noAttributes;
  const result: sanitize.Attributes = {};
  for (const rules of [Object.hasOwn(attributesOf, name) ? attributesOf[name] : undefined, globalAttributes]) {
    for (const attribute in rules) {
      const value = given[attribute];
      if (value !== undefined && Object.hasOwn(given, attribute) && rules[attribute]?.(value))
        result[attribute] = value;
    }
  }
  return result;
}

/** The picture to show: pages that load lazily keep its address in a `data-` attribute and a placeholder in `src`. */
function imageAddresses(given: sanitize.Attributes, baseUrl: string | null) {
  const lazy = given['data-src'] ?? given['data-lazy-src'] ?? given['data-original'];
  const plain = imageAddress(given.src, baseUrl);
  const isPlaceholder = plain === null || plain.startsWith('data:');
  const real = isPlaceholder && lazy !== undefined ? imageAddress(lazy, baseUrl) : null;
  const srcset = sourceSet(given.srcset ?? given['data-srcset'], baseUrl);
  const src = real ?? plain ?? srcset?.split(' ', 1)[0]?.replace(/,$/, '') ?? null;
  return src === null ? null : { src, srcset, isPromoted: real !== null };
}
