import { type Document, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { AppError } from '../errors.ts';

/**
 * Edits of `sources:` and `topics:` on the YAML document itself, so that comments, order and the owner's way of writing
 * stay. Everything is found by id.
 */
export type ListName = 'sources' | 'topics';

export function addEntry(document: Document, list: ListName, entry: Readonly<Record<string, unknown>>): void {
  if (findEntry(document, list, String(entry.id)) !== null)
    throw new AppError('conflict', `there is already "${entry.id}" in ${list}.yaml`);
  const node = document.createNode(entry);
  // A blank line between entries, as people leave one.
  if (listOf(document, list).items.length > 0) node.spaceBefore = true;
  listOf(document, list).add(node);
}

/** Sets the given keys; `null` takes a key away. Keys that are not named stay as they are, with their comments. */
export function patchEntry(
  document: Document,
  list: ListName,
  id: string,
  changes: Readonly<Record<string, unknown>>,
): void {
  const entry = getEntry(document, list, id);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined) entry.delete(key);
    else entry.set(key, mergeNode(document, entry.get(key, true), value));
  }
}

/** The value as a node, made of the known one as far as possible: its comments, quotes and brackets are the owner's. */
function mergeNode(document: Document, known: unknown, value: unknown): Node {
  if (isNode(known) && JSON.stringify(plain(known)) === JSON.stringify(value)) return known;
  const fresh = document.createNode(value) as Node;
  if (isScalar(known) && isScalar(fresh)) known.value = fresh.value;
  else if (isSeq(known) && isSeq(fresh)) {
    const left = [...known.items];
    known.items = fresh.items.map(item => {
      const at = left.findIndex(old => JSON.stringify(plain(old)) === JSON.stringify(plain(item)));
      return at < 0 ? item : left.splice(at, 1)[0];
    });
  } else if (isMap(known) && isMap(fresh)) {
    const wanted = value as Record<string, unknown>;
    for (const { key } of [...known.items]) if (!(String(key) in wanted)) known.delete(key);
    for (const [key, inner] of Object.entries(wanted)) known.set(key, mergeNode(document, known.get(key, true), inner));
  } else return fresh;
  return known;
}

/** The entry becomes exactly this: keys that are not named go. */
export function replaceEntry(
  document: Document,
  list: ListName,
  id: string,
  value: Readonly<Record<string, unknown>>,
): void {
  const entry = getEntry(document, list, id);
  const gone = entry.items.map(pair => String(pair.key)).filter(key => !(key in value));
  patchEntry(document, list, id, { ...Object.fromEntries(gone.map(key => [key, null])), ...value });
}

export function removeEntry(document: Document, list: ListName, id: string): void {
  const entry = getEntry(document, list, id);
  const sequence = listOf(document, list);
  sequence.items.splice(sequence.items.indexOf(entry), 1);
}

/** Puts the entries in this order; those not named follow in theirs. */
export function orderEntries(document: Document, list: ListName, ids: readonly string[]): void {
  const rank = (node: unknown) => {
    const at = ids.indexOf(isMap(node) ? String(node.get('id')) : '');
    return at < 0 ? ids.length : at;
  };
  listOf(document, list).items.sort((a, b) => rank(a) - rank(b));
}

/** The entry as it is written, secrets unexpanded; `null` when there is none. */
export function readEntry(document: Document, list: ListName, id: string): Record<string, unknown> | null {
  const entry = findEntry(document, list, id);
  return entry === null ? null : (plain(entry) as Record<string, unknown>);
}

function listOf(document: Document, list: ListName): YAMLSeq {
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
  const known = document.get(list, true);
  if (isSeq(known)) return known;
  const fresh = document.createNode([]) as YAMLSeq;
  fresh.flow = false;
  document.set(list, fresh);
  return fresh;
}

function findEntry(document: Document, list: ListName, id: string): YAMLMap | null {
  const found = listOf(document, list).items.find(node => isMap(node) && String(node.get('id')) === id);
  return isMap(found) ? found : null;
}

function getEntry(document: Document, list: ListName, id: string): YAMLMap {
  const entry = findEntry(document, list, id);
  if (!entry) throw new AppError('not-found', `there is no "${id}" in ${list}.yaml`);
  return entry;
}

function plain(node: unknown): unknown {
  return typeof node === 'object' && node !== null && 'toJSON' in node
    ? (node as { toJSON(): unknown }).toJSON()
    : node;
}
