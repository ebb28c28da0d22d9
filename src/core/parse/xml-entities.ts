import { decodeHTMLStrict } from 'entities/decode';

/** Internal entities of a document, expanded once and within bounds; external ones are never read and expand to nothing. */
export type XmlEntities = ReadonlyMap<string, string>;

const entitiesMax = 200;
const expansionCharsMax = 64 * 1024;
const expansionsPerDocumentCharsMax = 1024 * 1024;

const reference = /&(#[xX]?[\da-fA-F]+|[A-Za-z_][\w.:-]*);/g;
const uncommon = /&(?!(?:amp|lt|gt|quot|apos);)[#A-Za-z_]/;

/** Text of an XML document: references decoded once. Bare `&` and names nobody knows stay as they are. */
export class EntityDecoder {
  readonly #own: XmlEntities;
  #expandedChars = 0;

  constructor(own: XmlEntities) {
    this.#own = own;
  }

  decode(text: string): string {
    if (!text.includes('&')) return text;
    if (uncommon.test(text)) return text.replace(reference, (whole, name: string) => this.#lookup(whole, name));
    // The five of XML only, the common case of escaped HTML: native replacement, `&amp;` last so that it decodes once.
    return text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&');
  }

  /** For text that stays HTML: only the document's own entities are expanded, everything else is HTML's business. */
  expandOwn(text: string): string {
    if (this.#own.size === 0 || !text.includes('&')) return text;
    return text.replace(reference, (whole, name: string) => (this.#own.has(name) ? this.#lookup(whole, name) : whole));
  }

  #lookup(whole: string, name: string): string {
    const own = this.#own.get(name);
    if (own !== undefined) {
      this.#expandedChars += own.length;
      return this.#expandedChars > expansionsPerDocumentCharsMax ? '' : own;
    }
    const known = names.get(name);
    if (known !== undefined) return known;
    const decoded = decodeHTMLStrict(whole);
    if (name.length < 12 && names.size < 5000) names.set(name, decoded);
    return decoded;
  }
}

/** A cache of what never changes: HTML's names and the numbers met so far. */
const names = new Map<string, string>([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** Reads `<!ENTITY name "value">` out of a document type declaration. Parameter and external entities expand to nothing. */
export function readEntities(doctype: string): XmlEntities {
  const declared = new Map<string, string>();
  const declaration = /<!ENTITY\s+(%\s+)?([^\s"'<>%&;]{1,100})\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')/gi;
  for (const [, parameter, name = '', external, double, single] of doctype.matchAll(declaration)) {
    if (parameter !== undefined || declared.has(name)) continue;
    if (declared.size >= entitiesMax) break;
    declared.set(name, external === undefined ? (double ?? single ?? '') : '');
  }
  for (const name of ['amp', 'lt', 'gt', 'quot', 'apos']) declared.delete(name);
  return declared.size === 0 ? declared : expandAll(declared);
}

/** Each value is expanded at most once per level and cut at a fixed size: billion laughs and loops cost a few copies. */
function expandAll(declared: ReadonlyMap<string, string>): XmlEntities {
  const expanded = new Map<string, string>();
  let budget = expansionsPerDocumentCharsMax;
  const expand = (name: string, depth: number): string => {
    const done = expanded.get(name);
    if (done !== undefined) return done;
    const value = declared.get(name) ?? '';
    // Set before descending: an entity that contains itself finds nothing.
    expanded.set(name, '');
    let result = '';
    let from = 0;
    for (const match of value.matchAll(reference)) {
      result += value.slice(from, match.index);
      from = match.index + match[0].length;
      const inner = match[1] ?? '';
      if (!declared.has(inner)) result += decodeHTMLStrict(match[0]);
      else if (depth < 8 && budget > 0) result += expand(inner, depth + 1);
      if (result.length > expansionCharsMax) break;
    }
    result = (result + value.slice(from)).slice(0, expansionCharsMax);
    budget -= result.length;
    expanded.set(name, budget > 0 ? result : '');
    return expanded.get(name) ?? '';
  };
  for (const name of declared.keys()) expand(name, 0);
  return expanded;
}
