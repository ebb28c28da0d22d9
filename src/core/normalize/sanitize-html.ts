import sanitize from 'sanitize-html';
import { dropControls } from '../text/clean-text.ts';
import { htmlToText } from '../text/html-to-text.ts';
import { elementTransforms, frameElement, framePlaceholder, keptElements } from './element-transforms.ts';
import { droppedWithText, textTags } from './html-policy.ts';
import { escapeText, sanitizePlain } from './plain-markup.ts';
import { isHidden } from './tracking-pixel.ts';

export type SanitizeOptions = {
  /** What relative addresses are relative to; `null`: they are dropped. */
  readonly baseUrl: string | null;
};

/** Deeper elements lose their tags; browsers stop at 512. */
const nestingMax = 200;
/** A document that nests deeper than this is no writing: its text is kept, its markup is not. htmlparser2's stack is quadratic. */
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
  const plain = sanitizePlain(input, options.baseUrl);
  if (plain !== null && plain.length <= lengthMax) return plain;
  try {
    const full = sanitizeByParser(input, options.baseUrl);
    if (full.length <= lengthMax) return full;
    // Growth comes from addresses (a long base) and end tags that were left out: what is left is formatting, then text.
    const bare = settled(input, runBare);
    if (bare.length <= lengthMax) return bare;
  } catch (error) {
    if (error !== tooDeep) throw error;
  }
  const text = htmlToText(input);
  const escaped = escapeText(text);
  return escaped.length <= lengthMax ? escaped : typographic(text);
}

/** The way through the HTML parser, which every text can take. */
export function sanitizeByParser(input: string, baseUrl: string | null): string {
  return settled(input, text => runFull(text, baseUrl));
}

type Run = { readonly html: string; readonly restructured: boolean };

/**
 * Where an element was dropped, its content has a new parent, and HTML's rules of implied end tags may read it differently
 * (`<td><form><td>`): what is sanitized is then read once more, as a browser will read it.
 */
function settled(html: string, run: (html: string) => Run): string {
  const first = run(html);
  return dropControls(first.restructured ? run(first.html).html : first.html);
}

/** htmlparser2 and browsers read an iframe's content as raw text: an unclosed one would swallow the rest of the post. */
const frameTag = /<(\/?)iframe(?=[\s/>])/gi;
const placeholderTag = new RegExp(`<${framePlaceholder}([^>]*?) ?/>`, 'g');

function runFull(html: string, baseUrl: string | null): Run {
  const hasFrames = /<iframe/i.test(html);
  const guard = nestingGuard();
  const result = sanitize(hasFrames ? html.replace(frameTag, `<$1${frameElement}`) : html, {
    ...commonOptions,
    allowedTags: keptTags,
    selfClosing: ['img', 'br', 'hr', 'col', 'source', 'track', 'wbr', framePlaceholder],
    transformTags: elementTransforms({ baseUrl, isInHidden: guard.isInHidden, onRestructured: guard.onRestructured }),
    onOpenTag: guard.onOpenTag,
    onCloseTag: guard.onCloseTag,
  });
  return {
    html: hasFrames ? result.replace(placeholderTag, '<iframe$1></iframe>') : result,
    restructured: guard.restructured(),
  };
}

function runBare(html: string): Run {
  const { onOpenTag, onCloseTag } = nestingGuard();
  const options = { ...commonOptions, allowedTags: [...textTags], allowedAttributes: {}, onOpenTag, onCloseTag };
  return { html: sanitize(html.replace(frameTag, `<$1${frameElement}`), options), restructured: true };
}

/** sanitize-html searches its list of tags for every tag several times. */
class TagSet extends Array<string> {
  readonly #tags: ReadonlySet<string>;

  constructor(tags: readonly string[]) {
    super(...tags);
    this.#tags = new Set(tags);
  }

  override indexOf(tag: string): number {
    return this.#tags.has(tag) ? 0 : -1;
  }
}

const keptTags = new TagSet(keptElements);

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

const tooDeep = new Error('nesting too deep');

/** Follows the parser's own stack: how deep it is, whether it is inside something hidden, whether the tree changes shape. */
function nestingGuard() {
  let depth = 0;
  let hiddenAt = 0;
  let restructured = false;
  return {
    onOpenTag(_name: string, attributes: Record<string, string>) {
      if (++depth > hostileNesting) throw tooDeep;
      if (depth > nestingMax) restructured = true;
      if (hiddenAt === 0 && isHidden(attributes)) hiddenAt = depth;
    },
    onCloseTag() {
      if (depth === hiddenAt) hiddenAt = 0;
      depth--;
    },
    onRestructured() {
      restructured = true;
    },
    isInHidden: () => hiddenAt > 0,
    restructured: () => restructured,
  };
}

/** Text of which so much would need escaping that it would outgrow its bound: look-alikes that need none. */
function typographic(text: string): string {
  return text.replace(/&/g, '＆').replace(/</g, '‹').replace(/>/g, '›');
}
