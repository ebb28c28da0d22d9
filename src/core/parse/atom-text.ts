import { cleanText, dropControls } from '../text/clean-text.ts';
import { htmlToText, looksLikeHtml } from '../text/html-to-text.ts';
import { type Context, htmlOf } from './field.ts';
import { escapeText, resolveHtml } from './resolve-html.ts';
import { attribute, type XmlElement } from './xml-element.ts';

/** What the text of an Atom construct is (RFC 4287 §3.1, §4.1.3.3; Atom 0.3 §3.1). */
type Kind = 'plain' | 'html' | 'inline' | 'base64' | 'binary';

/** Whether the content stands in the document as elements: `type="xhtml"`, an XML media type, or Atom 0.3's `mode="xml"`. */
export function isInline(attributes: readonly string[]): boolean {
  const type = typeIn(attributes, 'type');
  const mode = typeIn(attributes, 'mode');
  if (mode !== '') return mode === 'xml';
  return type === 'xhtml' || /^application\/xhtml\+xml|[+/]xml$/.test(type);
}

function typeIn(attributes: readonly string[], name: string): string {
  const index = attributes.findIndex((value, position) => position % 2 === 0 && value === name);
  return index < 0 ? '' : (attributes[index + 1] ?? '').trim().toLowerCase();
}

/** A title, subtitle or the like as plain text. */
export function atomPlainText(element: XmlElement): string | null {
  const { kind, value } = read(element);
  if (kind === 'binary') return null;
  return kind === 'plain' ? cleanText(value) : htmlToText(value);
}

/** A summary or content as HTML, links resolved. */
export function atomContentHtml(element: XmlElement, context: Context): string | null {
  const { kind, value } = read(element);
  const clean = dropControls(value).trim();
  if (kind === 'binary' || clean === '') return null;
  if (kind === 'plain') return escapeText(clean);
  if (kind === 'html') return value === element.text ? htmlOf(element, context) : resolveHtml(clean, element.base);
  return withoutWrapper(clean);
}

function read(element: XmlElement): { kind: Kind; value: string } {
  const kind = kindOf(element);
  if (kind === 'base64') {
    const value = new TextDecoder('utf-8').decode(Buffer.from(element.text, 'base64'));
    return { kind: looksLikeHtml(value) ? 'html' : 'plain', value };
  }
  // `type="xhtml"` with nothing but escaped HTML in it: the publisher meant `html`.
  if (kind === 'inline' && !element.hasMarkup && /&lt;\/?[a-z]/i.test(element.text)) {
    return {
      kind: 'html',
      value: element.text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&'),
    };
  }
  return { kind, value: element.text };
}

function kindOf(element: XmlElement): Kind {
  const type = attribute(element, 'type')?.toLowerCase().split(';')[0]?.trim() ?? '';
  const mode = attribute(element, 'mode')?.toLowerCase() ?? null;
  if (mode === 'base64') return 'base64';
  if (element.inline) return 'inline';
  // Elements where there should be none: they are what the publisher shows.
  if (element.hasMarkup) return 'html';
  if (type === 'html' || type === 'text/html' || type === 'application/html') return 'html';
  if (mode === 'escaped' && type === '') return looksLikeHtml(element.text) ? 'html' : 'plain';
  if (type === '' || type === 'text' || type === 'plain' || type.startsWith('text/')) return 'plain';
  if (/^(?:image|audio|video|font)\//.test(type)) return 'binary';
  if (type.includes('/')) return isBase64(element.text) ? 'base64' : 'html';
  return looksLikeHtml(element.text) ? 'html' : 'plain';
}

function isBase64(text: string): boolean {
  const packed = text.replace(/\s+/g, '');
  return packed.length > 0 && packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}

/** The `div` around inline XHTML is not part of the content (RFC 4287 §3.1.1.3). */
function withoutWrapper(html: string): string {
  const start = /^<div(?:\s[^>]*)?>/.exec(html)?.[0];
  if (start === undefined || !html.endsWith('</div>')) return html;
  // Only when this `div` is the one that ends at the end.
  let depth = 0;
  for (const match of html.matchAll(/<(\/?)div(?=[\s>])/g)) {
    depth += match[1] === '' ? 1 : -1;
    if (depth === 0) return match.index + 6 === html.length ? html.slice(start.length, -6).trim() : html;
  }
  return html;
}
