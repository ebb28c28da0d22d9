import { decodeHTML } from 'entities/decode';
import { cleanText } from './clean-text.ts';

/**
 * The words of a piece of HTML as one line of plain text: tags off, `script`, `style`, comments and the like dropped,
 * entities decoded once, block elements and line breaks separating words, white space collapsed.
 *
 * One pass of native searches, no recursion and no backtracking: linear for every input (`x<p` repeated 80,000 times
 * takes a contentSnippet built on regular expressions more than a minute).
 */
export function htmlToText(html: string): string {
  const first = html.indexOf('<');
  if (first < 0) return cleanText(decodeEntities(html));
  return cleanText(decodeEntities(withoutTags(html, first)));
}

/** HTML's character references, with and without `;`, decoded once. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text;
}

/** Whether the text holds something HTML would read as a tag, a comment or a character reference. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?[a-z][^<>]*>|<!--|&(?:#\d|#x[\da-f]|[a-z][a-z\d]*;)/i.test(text);
}

/** Elements whose text is not for readers; their content runs to the end tag, whatever stands in it. */
const droppedElements = new Set(['script', 'style', 'template', 'iframe', 'svg']);

/** Elements that do not separate words. Every other element does: `<p>a</p><p>b</p>` are two words. */
const inlineElements = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt rtc ruby s samp ' +
    'small span strike strong sub sup time tt u var wbr'
  ).split(' '),
);

function withoutTags(html: string, first: number): string {
  const scanner = new Scanner(html);
  let text = html.slice(0, first);
  for (let start = first; start >= 0; ) {
    const { end, separates } = scanner.skipMarkup(start);
    if (end === start) {
      // A bare `<`, as in `a < b`, is text.
      const next = html.indexOf('<', start + 1);
      text += html.slice(start, next < 0 ? html.length : next);
      start = next;
      continue;
    }
    const next = html.indexOf('<', end);
    if (separates) text += ' ';
    text += html.slice(end, next < 0 ? html.length : next);
    start = next;
  }
  return text;
}

/** Remembers which closing marks no longer occur, so that a document full of unclosed openings is searched once. */
class Scanner {
  readonly #html: string;
  readonly #absent = new Set<string>();

  constructor(html: string) {
    this.#html = html;
  }

  /** @returns where the markup that begins at `start` ends; `start` itself when it is no markup. */
  skipMarkup(start: number): { end: number; separates: boolean } {
    const html = this.#html;
    const code = html.charCodeAt(start + 1);
    if (code === 0x21) return { end: this.#declarationEnd(start), separates: false };
    if (code === 0x3f) return { end: this.#after('>', start), separates: false };
    const closing = code === 0x2f;
    const nameStart = closing ? start + 2 : start + 1;
    const nameEnd = tagNameEnd(html, nameStart);
    if (nameEnd === nameStart) return { end: start, separates: false };
    const name = html.slice(nameStart, Math.min(nameEnd, nameStart + 12)).toLowerCase();
    const end = this.#tagEnd(nameEnd);
    if (!closing && droppedElements.has(name) && html.charCodeAt(end - 2) !== 0x2f) {
      return { end: this.#endTagOf(name, end), separates: true };
    }
    return { end, separates: !inlineElements.has(name) };
  }

  #declarationEnd(start: number): number {
    if (this.#html.startsWith('<!--', start)) return this.#after('-->', start + 2);
    if (this.#html.startsWith('<![CDATA[', start)) return this.#after(']]>', start);
    return this.#after('>', start);
  }

  /** End of a tag, quoted attribute values respected; the end of the text when the tag is cut off. */
  #tagEnd(from: number): number {
    const html = this.#html;
    for (let index = from; index < html.length; index++) {
      const code = html.charCodeAt(index);
      if (code === 0x3e) return index + 1;
      if ((code === 0x22 || code === 0x27) && html.charCodeAt(index - 1) === 0x3d) {
        const close = this.#find(code === 0x22 ? '"' : "'", index + 1);
        if (close >= 0) index = close;
      }
    }
    return html.length;
  }

  #endTagOf(name: string, from: number): number {
    const lower = this.#lowerCase();
    if (this.#absent.has(`</${name}`)) return this.#html.length;
    const at = lower.indexOf(`</${name}`, from);
    if (at < 0) {
      this.#absent.add(`</${name}`);
      return this.#html.length;
    }
    return this.#after('>', at);
  }

  #lower: string | null = null;
  #lowerCase(): string {
    // ASCII only: `toLowerCase` may change the length of other texts, and with it every index.
    this.#lower ??= this.#html.replace(/[A-Z]+/g, part => part.toLowerCase());
    return this.#lower;
  }

  #after(mark: string, from: number): number {
    const at = this.#find(mark, from);
    return at < 0 ? this.#html.length : at + mark.length;
  }

  #find(mark: string, from: number): number {
    if (this.#absent.has(mark)) return -1;
    const at = this.#html.indexOf(mark, from);
    if (at < 0) this.#absent.add(mark);
    return at;
  }
}

function tagNameEnd(html: string, start: number): number {
  const first = html.charCodeAt(start) | 0x20;
  if (!(first >= 0x61 && first <= 0x7a)) return start;
  let index = start + 1;
  for (; index < html.length; index++) {
    const code = html.charCodeAt(index);
    if (code <= 0x20 || code === 0x2f || code === 0x3e) break;
  }
  return index;
}
