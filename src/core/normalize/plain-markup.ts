import { decodeHTMLAttribute } from 'entities/decode';
import sanitize from 'sanitize-html';
import { dropControls } from '../text/clean-text.ts';
import { decodeEntities } from '../text/html-to-text.ts';
import { elementJudge } from './element-transforms.ts';
import { textTags } from './html-policy.ts';
import { plainAbsolute } from './safe-address.ts';
import { isHidden } from './tracking-pixel.ts';

/**
 * The quick way through posts of usual make: lower-case tags that are properly nested, attributes in quotes, links and pictures with
 * plain addresses. It never guesses: at the first thing that is written otherwise it gives up, and the whole text takes the way
 * through the HTML parser (`sanitize-html.ts`). Both ways judge elements and addresses by the same functions, and write the same text:
 * the tests hold them against each other.
 *
 * @param html without control characters
 * @returns `null` when the text is not that plain
 */
export function sanitizePlain(html: string, baseUrl: string | null): string | null {
  const judge = elementJudge({ baseUrl, isInHidden: () => false });
  const open: string[] = [];
  let written = '';
  let at = 0;
  for (let start = html.indexOf('<'); start >= 0; start = html.indexOf('<', at)) {
    if (start > at) written += escapeText(decodeEntities(html.slice(at, start)));
    markup.lastIndex = start;
    const [all, closing, name, attributes = '', slash] = markup.exec(html) ?? [];
    if (all === undefined) return null;
    at = start + all.length;
    if (closing !== undefined) {
      if (open.pop() !== closing) return null;
      written += `</${closing}>`;
    } else if (name !== undefined) {
      const isVoid = voidTags.has(name);
      if (!(isVoid || kept.has(name)) || (slash && !isVoid) || impliedEnds.get(open.at(-1) ?? '')?.has(name))
        return null;
      const given = readAttributes(attributes);
      if (isHidden(given) || (!isVoid && open.push(name) > nestingMax)) return null;
      const tag = writeTag(name, judge(name, given));
      if (tag === null) return null;
      written += tag;
    }
  }
  if (open.length > 0) return null;
  written += escapeText(decodeEntities(html.slice(at)));
  // Only references by number can have brought new ones.
  return html.includes('&#') ? dropControls(written) : written;
}

export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text;
}

const nestingMax = 100;
const kept: ReadonlySet<string> = new Set([...textTags, 'a']);
const voidTags: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'wbr', 'col']);

/** A comment, an end tag or a start tag. No two parts can match the same character, so a failure is found in linear time. */
const markup = new RegExp(
  String.raw`<(?:!--(?!-)[^<>]*-->|/([a-z][a-z\d]*)[ \t\n\r\f]*>|([a-z][a-z\d]*)` +
    String.raw`((?:[ \t\n\r\f]+[a-z][a-z\d:_-]*(?:="[^"<>]*"|='[^'<>]*')?){0,40})[ \t\n\r\f]*(/?)>)`,
  'y',
);
const attribute = /[ \t\n\r\f]+([a-z][a-z\d:_-]*)(?:="([^"]*)"|='([^']*)')?/g;

/** As the parser has them: of two of one name the first, references decoded by the rules for attributes. */
function readAttributes(written: string): sanitize.Attributes {
  const given: sanitize.Attributes = {};
  if (written === '') return given;
  attribute.lastIndex = 0;
  for (let match = attribute.exec(written); match; match = attribute.exec(written)) {
    const [, name = '', double, single] = match;
    const value = double ?? single ?? '';
    if (!Object.hasOwn(given, name)) given[name] = value.includes('&') ? decodeHTMLAttribute(value) : value;
  }
  return given;
}

/** By the innermost open element: the start tags that end it (htmlparser2's `openImpliesClose`). */
const impliedEnds: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    p: 'p address article aside blockquote details div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hr main nav ol pre section table ul',
    ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(name => [name, 'h1 h2 h3 h4 h5 h6'])),
    a: 'a',
    li: 'li',
    dd: 'dd dt',
    dt: 'dd dt',
    rt: 'rt rp',
    rp: 'rt rp',
    tr: 'tr',
    td: 'tr td',
    th: 'tr td th',
    thead: 'td tbody tfoot',
    tbody: 'tbody tfoot',
  }).map(([innermost, starts]) => [innermost, new Set(starts.split(' '))]),
);

const addressAttributes: ReadonlySet<string> = new Set(['href', 'src', 'cite']);
/** What `sanitize-html` reads and writes unchanged. */
const plainSourceSet =
  /^https?:[^\s,()]+(?: [1-9]\d{0,4}w| [1-9]x)?(?:, https?:[^\s,()]+(?: [1-9]\d{0,4}w| [1-9]x)?)*$/;
const notWhenEmpty: ReadonlySet<string> = new Set(sanitize.defaults.nonBooleanAttributes);

/** @returns `''` for an element that is left out, `null` for one that this way cannot write. */
function writeTag(name: string, attributes: sanitize.Attributes | null): string | null {
  if (attributes === null) return voidTags.has(name) ? '' : null;
  let tag = `<${name}`;
  for (const attribute in attributes) {
    const value = attributes[attribute] ?? '';
    if (addressAttributes.has(attribute) && !plainAbsolute.test(value)) return null;
    if (attribute === 'srcset' && !plainSourceSet.test(value)) return null;
    if (value !== '') tag += ` ${attribute}="${escapeText(value).replace(/"/g, '&quot;')}"`;
    else if (attribute === 'alt') tag += ' alt=""';
    else if (!notWhenEmpty.has(attribute)) tag += ` ${attribute}`;
  }
  return tag + (voidTags.has(name) ? ' />' : '>');
}
