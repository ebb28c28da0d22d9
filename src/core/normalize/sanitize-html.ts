import sanitize from 'sanitize-html';
import { dropControls } from '../text/clean-text.ts';
import { htmlToText } from '../text/html-to-text.ts';
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
import { isHidden, isTrackingPixel } from './tracking-pixel.ts';

export type SanitizeOptions = {
  /** What relative addresses are relative to; `null`: they are dropped. */
  readonly baseUrl: string | null;
};

/** Deeper elements lose their tags; browsers stop at 512. Measured: htmlparser2's stack is quadratic beyond thousands. */
const nestingMax = 200;
/** A document that nests deeper than this is no writing: its text is kept, its markup is not. */
const hostileNesting = 1000;

/**
 * Foreign HTML made harmless (docs/technotes/010-sanitizing.md): only the elements and attributes of `html-policy.ts`, no script in
 * any form, no forms, no styles, no tracking pixels, absolute http(s) addresses, links with `rel="noopener noreferrer"`,
 * players of known hosts in a sandbox. The text survives.
 *
 * Idempotent; never throws; never longer than twice its input plus 1,024 characters; linear time for every input.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): string {
  const input = dropControls(html);
  if (!/[<&]/.test(input)) return input;
  const lengthMax = 2 * html.length + 1024;
  try {
    const full = dropControls(sanitizeOnce(input, options.baseUrl));
    if (full.length <= lengthMax) return full;
    // Growth comes from addresses (a long base) and end tags that were left out: what is left is formatting, then text.
    const bare = dropControls(sanitize(input.replace(frameTag, '<$1x-frame'), { ...bareOptions, ...nestingGuard() }));
    if (bare.length <= lengthMax) return bare;
  } catch (error) {
    if (error !== tooDeep) throw error;
  }
  const text = htmlToText(input);
  const escaped = escapeText(text);
  return escaped.length <= lengthMax ? escaped : typographic(text);
}

/** `htmlparser2` and browsers read an iframe's content as raw text: an unclosed one would swallow the rest of the post. */
const frameTag = /<(\/?)iframe(?=[\s/>])/gi;
/** Stands for a permitted player until the end, as a void element: only the transform below can produce it. */
const framePlaceholder = 'newsfold-frame';
const placeholderTag = /<newsfold-frame([^>]*?) ?\/>/g;

function sanitizeOnce(html: string, baseUrl: string | null): string {
  const hasFrames = /<iframe/i.test(html);
  const guard = nestingGuard();
  const result = sanitize(hasFrames ? html.replace(frameTag, '<$1x-frame') : html, {
    ...commonOptions,
    allowedTags: fullTags,
    selfClosing: ['img', 'br', 'hr', 'col', 'source', 'track', 'wbr', framePlaceholder],
    transformTags: transforms(baseUrl, guard.isInHidden),
    onOpenTag: guard.onOpenTag,
    onCloseTag: guard.onCloseTag,
  });
  return hasFrames ? result.replace(placeholderTag, '<iframe$1></iframe>') : result;
}

const fullTags = [...textTags, ...linkAndMediaTags, framePlaceholder];

const commonOptions: sanitize.IOptions = {
  // Every attribute is built by our transforms, from the lists of `html-policy.ts`.
  allowedAttributes: false,
  nonTextTags: [...droppedWithText],
  disallowedTagsMode: 'discard',
  nestingLimit: nestingMax,
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'ftp'],
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  allowProtocolRelative: false,
  parseStyleAttributes: false,
};

const bareOptions: sanitize.IOptions = { ...commonOptions, allowedTags: [...textTags], allowedAttributes: {} };

const tooDeep = new Error('nesting too deep');

/** Follows the parser's own stack: how deep it is, and whether it is inside something hidden. */
function nestingGuard() {
  let depth = 0;
  let hiddenAt = 0;
  return {
    onOpenTag(_name: string, attributes: Record<string, string>) {
      if (++depth > hostileNesting) throw tooDeep;
      if (hiddenAt === 0 && isHidden(attributes)) hiddenAt = depth;
    },
    onCloseTag() {
      if (depth === hiddenAt) hiddenAt = 0;
      depth--;
    },
    isInHidden: () => hiddenAt > 0,
  };
}

/** A name that is never allowed: the element goes, its content stays. */
const dropped: sanitize.Tag = { tagName: 'x-dropped', attribs: {} };

type Transforms = Record<string, sanitize.Transformer>;

function transforms(baseUrl: string | null, isInHidden: () => boolean): Transforms {
  const promoted = new Set<string>();
  const specific: Record<string, (attributes: sanitize.Attributes) => sanitize.Attributes | null> = {
    a: given => {
      const href = linkAddress(given.href, baseUrl);
      return href === null ? null : { href, ...kept('a', given), rel: 'noopener noreferrer' };
    },
    img: given => {
      if (isInHidden() || isTrackingPixel(given)) return null;
      const image = imageAddresses(given, baseUrl);
      // A lazily loaded picture comes twice, the second time in <noscript>.
      if (!image || promoted.has(image.src)) return null;
      if (image.isPromoted) promoted.add(image.src);
      return { src: image.src, ...(image.srcset && { srcset: image.srcset }), alt: '', ...kept('img', given) };
    },
    source: given => {
      const src = mediaAddress(given.src, baseUrl);
      const srcset = sourceSet(given.srcset, baseUrl);
      return src || srcset ? { ...(src && { src }), ...(srcset && { srcset }), ...kept('source', given) } : null;
    },
    video: given => {
      const src = mediaAddress(given.src, baseUrl);
      const poster = imageAddress(given.poster, baseUrl);
      return { ...(src && { src }), ...(poster && { poster }), ...kept('video', given), controls: '', preload: 'none' };
    },
    audio: given => {
      const src = mediaAddress(given.src, baseUrl);
      return { ...(src && { src }), ...kept('audio', given), controls: '', preload: 'none' };
    },
    track: given => {
      const src = mediaAddress(given.src, baseUrl);
      return src === null ? null : { src, ...kept('track', given) };
    },
    'x-frame': given => {
      const src = isInHidden() || isTrackingPixel(given) ? null : frameAddress(given.src, baseUrl);
      return src === null
        ? null
        : { src, ...kept('video', given), sandbox: frameSandbox, loading: 'lazy', allowfullscreen: '' };
    },
    [framePlaceholder]: () => null,
  };
  return {
    '*': (tag, given) => {
      const name = Object.hasOwn(renamedTags, tag) ? (renamedTags[tag] ?? tag) : tag;
      const own = Object.hasOwn(specific, name) ? specific[name] : undefined;
      const attribs = own ? own(given) : quoted(name, given, baseUrl);
      if (!attribs) return dropped;
      return { tagName: name === 'x-frame' ? framePlaceholder : name, attribs };
    },
  };
}

/** What stays of an element without an address of its own to judge; `cite` is the one exception. */
function quoted(name: string, given: sanitize.Attributes, baseUrl: string | null): sanitize.Attributes {
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

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Text of which so much would need escaping that it would outgrow its bound: look-alikes that need none. */
function typographic(text: string): string {
  return text.replace(/&/g, '＆').replace(/</g, '‹').replace(/>/g, '›');
}
