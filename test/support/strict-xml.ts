/**
 * A strict reader of XML 1.0 with namespaces, for tests: what is not well-formed throws with its place. Small on
 * purpose: no DTD, no processing instructions but the declaration.
 */
export type XmlElement = {
  /** `{namespace}local`, or `local` without a namespace. */
  readonly name: string;
  /** Qualified names as written. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

type Open = {
  qname: string;
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
  scope: Scope;
};
type Scope = ReadonlyMap<string, string>;

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

export function parseStrictXml(source: string): XmlElement {
  const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(source);
  if (illegal !== null) fail(source, illegal.index, 'illegal character');
  const token =
    /<\?xml [^?]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s<>]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)|[\s\S]/gu;
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  for (const match of source.matchAll(token)) {
    const [whole, cdata, closing, opening, attributes = '', selfClosing, text] = match;
    const at = match.index;
    const top = stack.at(-1);
    if (whole.startsWith('<?xml')) {
      if (at !== 0) fail(source, at, 'declaration not at the beginning');
    } else if (cdata !== undefined) {
      if (top === undefined) fail(source, at, 'CDATA outside the root');
      else top.text += cdata;
    } else if (closing !== undefined) {
      if (top === undefined || top.qname !== closing) return fail(source, at, `unexpected </${closing}>`);
      stack.pop();
      const element = close(top);
      if (stack.length === 0) root = element;
      else stack.at(-1)?.children.push(element);
    } else if (opening !== undefined) {
      if (top === undefined && root !== null) fail(source, at, 'second root');
      const element = open(opening, attributes, { scope: top?.scope ?? new Map([['xml', xmlNamespace]]), source, at });
      if (selfClosing === '/') {
        if (top === undefined) root = close(element);
        else top.children.push(close(element));
      } else stack.push(element);
    } else if (text !== undefined) {
      if (text.includes(']]>')) fail(source, at, ']]> in text');
      if (top === undefined) {
        if (text.trim() !== '') fail(source, at, 'text outside the root');
      } else top.text += decode(text, source, at);
    } else if (!whole.startsWith('<!--')) fail(source, at, 'malformed markup');
  }
  if (stack.length > 0 || root === null) return fail(source, source.length, 'unclosed element');
  return root;
}

function close(element: Open): XmlElement {
  const { name, attributes, children, text } = element;
  return { name, attributes, children, text };
}

function open(qname: string, text: string, context: { scope: Scope; source: string; at: number }): Open {
  const { source, at } = context;
  const attributes = new Map<string, string>();
  for (const [, name = '', , double, single] of text.matchAll(/([^\s=]+)\s*=\s*("([^"]*)"|'([^']*)')/g)) {
    if (attributes.has(name)) fail(source, at, `attribute ${name} twice`);
    const raw = (double ?? single ?? '').replace(/[\t\n\r]/g, ' ');
    attributes.set(name, decode(raw, source, at));
  }
  const scope = new Map(context.scope);
  for (const [name, value] of attributes) {
    if (name === 'xmlns') scope.set('', value);
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
  }
  for (const name of attributes.keys()) {
    const [prefix = '', local] = name.split(':');
    if (!/^[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?$/u.test(name))
      fail(source, at, `bad attribute name ${name}`);
    if (local !== undefined && prefix !== 'xmlns' && !scope.has(prefix))
      fail(source, at, `undeclared prefix ${prefix}`);
  }
  if (!/^[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?$/u.test(qname)) fail(source, at, `bad name ${qname}`);
  const [prefix, local] = qname.includes(':') ? (qname.split(':') as [string, string]) : ['', qname];
  const namespace = scope.get(prefix);
  if (prefix !== '' && namespace === undefined) fail(source, at, `undeclared prefix ${prefix}`);
  const name = namespace === undefined ? local : `{${namespace}}${local}`;
  return { qname, name, attributes, children: [], text: '', scope };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string, source: string, at: number): string {
  return text.replace(/&([^;\s&]*);?/g, (whole, name: string) => {
    const code = /^#x[0-9a-f]+$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d+$/.test(name)
        ? Number(name.slice(1))
        : null;
    if (code !== null && whole.endsWith(';')) {
      const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
      if (/[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character)) return character;
    }
    return (whole.endsWith(';') ? entities[name] : undefined) ?? fail(source, at, `bad reference ${whole}`);
  });
}

function fail(source: string, at: number, message: string): never {
  throw new Error(`${message} at ${at}: ${JSON.stringify(source.slice(Math.max(0, at - 40), at + 40))}`);
}
