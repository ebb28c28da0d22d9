import { AppError } from '../../errors.ts';
import { foreign, NamespaceScope } from './namespaces.ts';
import { readEntities, type XmlEntities } from './xml-entities.ts';

export type Detected =
  | { readonly format: 'json' }
  | {
      readonly format: 'rss' | 'atom' | 'rdf';
      /** Where the root element begins. */
      readonly start: number;
      readonly entities: XmlEntities;
      /** The root's namespaces. */
      readonly scope: NamespaceScope;
    };

/** HTML that servers and plug-ins put in front of a feed: warnings, a stray script, a comment box. */
const junkElements = new Set(
  'br b i p div span font strong em pre a hr img center table tr td script style link meta small code'.split(' '),
);

/**
 * What a document is, by its first element; declarations, comments and junk in front of it do not count.
 * @throws AppError `empty-document`, or `not-a-feed` saying what it is instead
 */
export function detectFormat(text: string): Detected {
  const first = /[^\s\ufeff\0]/.exec(text);
  if (!first) throw new AppError('empty-document', 'The document is empty.');
  if (first[0] === '{') return { format: 'json' };
  if (first[0] === '[') throw notAFeed('a JSON list');
  return detectXml(text);
}

function detectXml(text: string): Detected {
  let doctype = '';
  let properEnd = -1;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) at = endOf(text, '-->', at + 4);
    else if (text.startsWith('<?', at)) {
      // Searched for once and remembered: thousands of declarations without an end must not cost thousands of searches.
      if (properEnd < at) properEnd = endOf(text, '?>', at);
      at = processingInstructionEnd(text, at, properEnd);
    } else if (/^<!doctype/i.test(text.slice(at, at + 9))) {
      const end = doctypeEnd(text, at);
      doctype = text.slice(at, end);
      if (/^<!doctype\s+html/i.test(doctype)) throw notAFeed('an HTML page');
      at = end;
    } else {
      const name = /^<([a-z_][\w.-]*(?::[\w.-]+)?)(?=[\s/>]|$)/i.exec(text.slice(at, at + 200))?.[1];
      const root = name === undefined ? null : rootAt(text, at, name);
      if (root) return { ...root, start: at, entities: readEntities(doctype) };
      if (name !== undefined && !junkElements.has(name.toLowerCase())) {
        const later = described(name) === 'an HTML page' ? -1 : feedAfterJunk(text, at);
        if (later < 0) throw notAFeed(described(name));
        at = later;
      } else at++;
    }
  }
  throw notAFeed('plain text');
}

/** Something unknown, and behind it a whole document with its declaration: `Notice: <stdin> …<?xml …?><rss>`. */
function feedAfterJunk(text: string, at: number): number {
  const declared = /<\?xml\s[^<>]{0,200}\?>\s{0,100}<(?:rss|feed|rdf:rdf)[\s>]/i.exec(text.slice(at));
  return declared ? at + declared.index : -1;
}

function rootAt(
  text: string,
  at: number,
  name: string,
): { format: 'rss' | 'atom' | 'rdf'; scope: NamespaceScope } | null {
  const local = name.slice(name.indexOf(':') + 1).toLowerCase();
  if (local !== 'rss' && local !== 'rdf' && local !== 'feed' && local !== 'entry') return null;
  const scope = new NamespaceScope().with(declarationsOf(text, at));
  const { vocabulary } = scope.resolve(name);
  const unprefixed = !name.includes(':');
  if (local === 'feed' || local === 'entry') {
    // Without a namespace, or with one that nobody knows, `feed` is still Atom; `entry` alone would be too little.
    if (vocabulary === 'atom') return { format: 'atom', scope };
    return unprefixed && local === 'feed' ? { format: 'atom', scope: scope.withDefault('atom') } : null;
  }
  if (local === 'rdf') {
    if (vocabulary !== 'rdf' && vocabulary !== '' && vocabulary !== foreign) return null;
    return { format: 'rdf', scope: knownDefault(scope) };
  }
  return { format: 'rss', scope: knownDefault(scope) };
}

/** The default namespace of an RSS document is RSS, whatever URI was copied into it. */
function knownDefault(scope: NamespaceScope): NamespaceScope {
  return scope.defaultVocabulary === '' ? scope : scope.withDefault('');
}

function declarationsOf(text: string, at: number): string[] {
  const end = text.indexOf('>', at);
  const tag = text.slice(at, end < 0 ? at + 20_000 : Math.min(end, at + 20_000));
  return [...tag.matchAll(/\sxmlns(?::([\w.-]+))?\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g)].flatMap(match => [
    match[1] ?? '',
    match[2] ?? match[3] ?? '',
  ]);
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

/** A declaration whose `?` is missing ends at its `>`. */
function processingInstructionEnd(text: string, at: number, properEnd: number): number {
  const plain = text.indexOf('>', at);
  if (plain < 0) return text.length;
  const next = text.indexOf('<', at + 2);
  return next < 0 || properEnd <= next ? properEnd : plain + 1;
}

/** The internal subset has declarations, comments and quoted `>` of its own. */
function doctypeEnd(text: string, at: number): number {
  const simple = text.indexOf('>', at);
  const subset = text.indexOf('[', at);
  if (simple < 0) return text.length;
  if (subset < 0 || subset > simple) return simple + 1;
  const end = /\]\s*>/g;
  end.lastIndex = subset;
  const match = end.exec(text);
  return match ? match.index + match[0].length : text.length;
}

function described(name: string): string {
  const lower = name.toLowerCase();
  if (['html', 'head', 'body', 'h1', 'title', 'main', 'article', 'section', 'form', 'ul'].includes(lower))
    return 'an HTML page';
  return lower === 'opml'
    ? 'an OPML list of feeds (import it instead)'
    : `an XML document with the root <${name.slice(0, 40)}>`;
}

function notAFeed(what: string): AppError {
  return new AppError('not-a-feed', `The document is ${what}, not an RSS, Atom, RDF or JSON feed.`);
}
