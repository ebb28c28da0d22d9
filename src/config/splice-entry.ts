import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isNode, isScalar, isSeq, type Node, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Entry, readEntry } from './entry-texts.ts';

/**
 * The text of an entry with other values: keys that stay keep their bytes, a key that changes keeps its comments, quotes and brackets
 * as far as it can, new keys follow the last one.
 * @param text the entry's lines, with the comments above it
 * @param options.indent column of its dash
 * @param options.alone whether it can be read alone, to prove that it says what it shall
 */
export function spliceEntry(
  text: string,
  options: { readonly indent: number; readonly previous: Entry; readonly value: Entry; readonly alone: boolean },
): string {
  const { indent, previous, value, alone } = options;
  const isRight = (fresh: string) => !alone || isDeepStrictEqual(readEntry(fresh, 'entries'), plain(value));
  const lines = text.split(/(?<=\n)/);
  const first = lines.findIndex(line => line.trim() !== '' && !/^[ \t]*#/.test(line));
  const dashed = lines[first] ?? '';
  if (dashed[indent] === '-' && /^ +[^ ]/.test(dashed.slice(indent + 1))) {
    const above = lines.slice(0, first).join('');
    // The dash is one more column of indentation to the map behind it.
    const body = `${dashed.slice(0, indent)} ${dashed.slice(indent + 1)}${lines.slice(first + 1).join('')}`;
    const spliced = spliceMap(body, { column: dashed.search(/[^ -]/), previous, value });
    const at = spliced?.search(/[^ \r\n]/) ?? -1;
    // A comment that moved to the front would be taken for the entry.
    if (spliced !== null && at >= 0 && spliced[at] !== '#') {
      const fresh = `${above}${spliced.slice(0, indent)}-${spliced.slice(indent + 1)}`;
      if (isRight(fresh)) return fresh;
    }
  }
  const merged = mergeWhole(text, { indent, value });
  return isRight(merged) ? merged : renderEntry(value, indent);
}

/** An entry as newsfold itself writes it, with its dash in column `indent`. */
export function renderEntry(value: Entry, indent: number): string {
  return shift(new Document([value]).toString(style('', value)), indent);
}

type MapChange = { readonly column: number; readonly previous: Entry; readonly value: Entry };

/** @returns `null` when the map is not written one key a line */
function spliceMap(text: string, { column, previous, value }: MapChange): string | null {
  const pieces = splitKeys(text, column);
  if (pieces === null || !isDeepStrictEqual(new Set(pieces.map(({ key }) => key)), new Set(Object.keys(previous))))
    return null;
  let spliced = '';
  for (const piece of pieces) {
    if (!(piece.key in value)) continue;
    spliced += isDeepStrictEqual(previous[piece.key], value[piece.key])
      ? piece.text
      : splicePair(piece, { column, previous: previous[piece.key], value: value[piece.key] });
  }
  const added = Object.entries(value).filter(([key, inner]) => !(key in previous) && inner !== undefined);
  if (added.length === 0) return spliced;
  return `${endLine(spliced)}${added.map(([key, inner]) => renderPair(key, inner, column)).join('')}`;
}

type KeyText = { readonly key: string; readonly text: string };

/** The lines of a map, key by key, each with the comments above it. */
function splitKeys(text: string, column: number): readonly KeyText[] | null {
  const pieces: { key: string; text: string }[] = [];
  let waiting = '';
  for (const line of text.split(/(?<=\n)/)) {
    if (line === '') continue;
    const at = line.search(/[^ ]/);
    if (line.trim() === '' || (line[at] === '#' && at <= column)) {
      waiting += line;
      continue;
    }
    const last = pieces.at(-1);
    if (at === column && line[at] !== '-') {
      const key = /^(?:([A-Za-z][\w-]*)|"([^"\\]+)"|'([^']+)')[ \t]*:(?=\s|$)/.exec(line.slice(column));
      if (!key) return null;
      pieces.push({ key: key[1] ?? key[2] ?? key[3] ?? '', text: waiting + line });
    } else if (last && at >= column) last.text += waiting + line;
    else return null;
    waiting = '';
  }
  const last = pieces.at(-1);
  if (!last) return null;
  last.text += waiting;
  return new Set(pieces.map(({ key }) => key)).size === pieces.length ? pieces : null;
}

type PairChange = { readonly column: number; readonly previous: unknown; readonly value: unknown };

/** One key with another value. What holds keys itself, one a line, is spliced in turn. */
function splicePair({ key, text }: KeyText, { column, previous, value }: PairChange): string {
  const opening = new RegExp(
    `^((?:[ \\t]*(?:#[^\\n]*)?\\n)*) {${column}}["']?${key}["']?[ \\t]*:[ \\t]*(?:#[^\\n]*)?\\n`,
  );
  const head = opening.exec(text)?.[0];
  if (head !== undefined && isPlainMap(previous) && isPlainMap(value) && Object.keys(value).length > 0) {
    const rest = text.slice(head.length);
    const inner = rest.split('\n').find(line => line.trim() !== '' && !/^[ \t]*#/.test(line)) ?? '';
    const spliced = spliceMap(rest, { column: inner.search(/[^ ]/), previous, value });
    if (spliced !== null) return head + spliced;
  }
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return renderPair(key, value, column);
  const above = /^(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(text)?.[0] ?? '';
  const below = /\n((?:[ \t]*(?:#[^\n]*)?\n)*)$/.exec(text)?.[1] ?? '';
  const alone = parseDocument(text.slice(above.length, text.length - below.length), { prettyErrors: false });
  if (!isMap(alone.contents)) return renderPair(key, value, column);
  const known: unknown = alone.contents.get(key, true);
  (alone.contents as YAMLMap).set(key, mergeNode(alone, known, value));
  return above + shift(alone.toString(style(text, value)), column) + below;
}

/** The value as a node, made of the known one as far as possible: its comments, quotes and brackets are the owner's. */
function mergeNode(document: Document, known: unknown, value: unknown): Node {
  if (isNode(known) && isDeepStrictEqual(plain(known), plain(value))) return known;
  const fresh = document.createNode(value) as Node;
  if (isScalar(known) && isScalar(fresh)) known.value = fresh.value;
  else if (isSeq(known) && isSeq(fresh)) {
    const left = [...known.items];
    known.items = fresh.items.map(item => {
      const at = left.findIndex(old => isDeepStrictEqual(plain(old), plain(item)));
      return at < 0 ? item : left.splice(at, 1)[0];
    });
  } else if (isMap(known) && isMap(fresh)) {
    const wanted = value as Record<string, unknown>;
    for (const { key } of [...known.items]) if (!(String(key) in wanted)) known.delete(key);
    for (const [key, inner] of Object.entries(wanted)) known.set(key, mergeNode(document, known.get(key, true), inner));
  } else return fresh;
  return known;
}

/** For entries written in brackets and other rare ways: the whole entry is written anew, of its own nodes. */
function mergeWhole(text: string, { indent, value }: { readonly indent: number; readonly value: Entry }): string {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0 || !isSeq(document.contents)) return renderEntry(value, indent);
  const entries = document.contents as YAMLSeq;
  entries.items = [mergeNode(document, entries.items[0], plain(value))];
  return shift(document.toString(style(text, value)), indent);
}

function renderPair(key: string, value: unknown, column: number): string {
  return shift(new Document({ [key]: value }).toString(style('', value)), column);
}

/**
 * Lines are never broken, brackets are written as the text before wrote them; what ends in an empty line is quoted, so that no value
 * depends on the blank lines behind it.
 */
function style(before: string, value: unknown) {
  const endsEmpty = /\\n"/.test(JSON.stringify(value ?? null));
  return { lineWidth: 0, flowCollectionPadding: /[{[] /.test(before), blockQuote: !endsEmpty } as const;
}

function shift(text: string, column: number): string {
  return text.replace(/^(?=[^\r\n])/gm, ' '.repeat(column));
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

function isPlainMap(value: unknown): value is Entry {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
