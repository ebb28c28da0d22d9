import { isDeepStrictEqual } from 'node:util';
import { isSeq, parseDocument } from 'yaml';
import { AppError } from '../errors.ts';
import {
  type Entry,
  type EntryText,
  type EntryTexts,
  joinEntries,
  type ListName,
  type ReadEntries,
  readEntries,
  readEntry,
  splitEntries,
} from './entry-texts.ts';
import { renderEntry, spliceEntry } from './splice-entry.ts';

/** The entries of a file, found by id. Bytes of entries and keys that are not changed stay as they are. */
export type EntryList = {
  entries(): readonly Entry[];
  read(id: string): Entry | null;
  /** @throws AppError conflict when the id is taken */
  add(entry: Entry): void;
  /** The entry becomes exactly this: keys that are not named go. @throws AppError not-found */
  replace(id: string, value: Entry): void;
  /** @throws AppError not-found */
  remove(id: string): void;
  /** Puts the entries in this order; those not named follow in theirs. */
  order(ids: readonly string[]): void;
  /** @throws AppError config-invalid when it cannot be written so that every entry says what it shall */
  text(): string;
  /** Texts that were read on the way, and what they say. */
  known(): ReadEntries;
};

type Written = EntryText & { readonly entry: Entry };

/**
 * @param known entries that were read before, by their text: they are not parsed again
 * @throws AppError config-invalid when the text cannot be edited entry by entry
 */
export function openEntryList(text: string, list: ListName, known: ReadEntries): EntryList {
  const texts = toEntryTexts(text, list);
  const { indent } = texts;
  const alone = readEntries(texts, list, known);
  const read = new Map(alone ?? []);
  const values = alone ? texts.entries.map(each => alone.get(each.text) ?? {}) : readWhole(texts, list);
  let written = texts.entries.map((each, i): Written => ({ ...each, entry: values[i] ?? {} }));
  let { tail } = texts;
  let changed = false;
  const find = (id: string) => written.findIndex(({ entry }) => String(entry.id) === id);
  const get = (id: string): [number, Written] => {
    const at = find(id);
    const found = written[at];
    if (!found) throw new AppError('not-found', `there is no "${id}" in ${list}.yaml`);
    return [at, found];
  };

  return {
    entries: () => written.map(({ entry }) => entry),
    read: id => written[find(id)]?.entry ?? null,
    add: entry => {
      if (find(String(entry.id)) >= 0) throw new AppError('conflict', `there is already "${entry.id}" in ${list}.yaml`);
      // A blank line between entries, as people leave one; a comment at the end of the file is not the new entry's.
      const above = endLine(tail);
      const before = written.length === 0 && above === '' ? '' : /(^|\n)\s*\n$/.test(above) ? above : `${above}\n`;
      const text = renderEntry(plain(entry), indent);
      const said = readEntry(text, list);
      if (said) read.set(text, said);
      written.push({ before, text, entry: plain(entry) });
      tail = '';
      changed = true;
    },
    replace: (id, value) => {
      const [at, { before, text: old, entry }] = get(id);
      const next = plain(value);
      if (isDeepStrictEqual(entry, next)) return;
      written[at] = {
        before,
        text: spliceEntry(old, { indent, previous: entry, value: next, alone: alone !== null }),
        entry: next,
      };
      changed = true;
    },
    remove: id => {
      const [at, { before }] = get(id);
      written.splice(at, 1);
      const next = written[at];
      // Its blank lines go with it; comments that stand alone are somebody's and stay.
      const after = next?.before ?? tail;
      const kept = before.trim() === '' ? (at === 0 ? before : after) : after.trim() === '' ? before : before + after;
      if (next) written[at] = { ...next, before: kept };
      else tail = before.trim() === '' ? after : kept;
      changed = true;
    },
    order: ids => {
      const rank = ({ entry }: Written) => {
        const at = ids.indexOf(String(entry.id));
        return at < 0 ? ids.length : at;
      };
      const ordered = written.toSorted((a, b) => rank(a) - rank(b));
      changed ||= ordered.some((each, i) => each !== written[i]);
      // What stands between the entries stays where it is; only they change places.
      written = ordered.map((each, i) => ({ ...each, text: endLine(each.text), before: written[i]?.before ?? '' }));
    },
    text: () => {
      if (!changed) return text;
      const entries = written.map((each, i) => ({
        ...each,
        text: i < written.length - 1 || tail !== '' ? endLine(each.text) : each.text,
      }));
      // An empty list has to be said: a key with nothing behind it is no list.
      const head = entries.length === 0 ? endLine(texts.head).replace(/:(?=[^:\n]*\n$)/, ': []') : endLine(texts.head);
      const result = joinEntries({ head, entries, tail, indent });
      if (!saysSame({ text: result, list, written, known: alone && read })) throw byHand(list);
      return result;
    },
    known: () => read,
  };
}

/** However the file is written, its entries one after the other. */
function toEntryTexts(text: string, list: ListName): EntryTexts {
  const asIs = splitEntries(text, list) ?? splitEntries(openEmptyList(text, list), list);
  if (asIs) return asIs.entries.length === 0 ? { ...asIs, indent: 2 } : asIs;
  // In brackets, as JSON: written anew, once, as a list with one entry after the other.
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0)
    throw new AppError(
      'config-invalid',
      `${list}.yaml cannot be edited while it is broken: ${document.errors[0]?.message}`,
    );
  const sequence = document.get(list, true);
  if (!isSeq(sequence)) throw byHand(list);
  sequence.flow = false;
  const map = document.contents;
  if (map && 'flow' in map) map.flow = false;
  const block = splitEntries(document.toString({ lineWidth: 0 }), list);
  if (!block) throw byHand(list);
  return block;
}

/** A file with no entries, made ready for the first. */
function openEmptyList(text: string, list: string): string {
  const empty = new RegExp(`^(\\uFEFF?${list}[ \\t]*:)[ \\t]*(?:\\[[ \\t]*\\]|~|null)?(?=[ \\t]*(?:#.*)?\\r?$)`, 'm');
  if (empty.test(text)) return text.replace(empty, '$1');
  return /^\uFEFF?(?:[ \t]*(?:#.*)?\r?(?:\n|$))*$/.test(text) ? `${endLine(text)}${list}:\n` : text;
}

/** Anchors of other entries: only the whole file says what they stand for. */
function readWhole(texts: EntryTexts, list: ListName): readonly Entry[] {
  const document = parseDocument(joinEntries(texts), { prettyErrors: false });
  if (document.errors.length > 0) throw byHand(list);
  try {
    const entries = (document.toJS({ maxAliasCount: 100 }) as Entry | null)?.[list];
    if (Array.isArray(entries) && entries.length === texts.entries.length) return entries as Entry[];
  } catch (error) {
    // An alias whose anchor is gone, or a bomb of them.
    throw byHand(list, error);
  }
  throw byHand(list);
}

/**
 * The proof of an edit: read again, every entry says what it shall.
 * `known`: entries that can be read alone are not parsed again while their text is as before; `null`: there are such that cannot
 */
function saysSame(proof: {
  readonly text: string;
  readonly list: ListName;
  readonly written: readonly Written[];
  readonly known: ReadEntries | null;
}): boolean {
  const { text, list, written, known } = proof;
  const texts = splitEntries(text, list) ?? splitEntries(openEmptyList(text, list), list);
  if (texts?.entries.length !== written.length) return false;
  const read = known && readEntries(texts, list, known);
  const values = read ? texts.entries.map(each => read.get(each.text)) : readWhole(texts, list);
  // What was not touched is the very same object: thousands need no comparison.
  return values.every((entry, i) => entry === written[i]?.entry || isDeepStrictEqual(entry, written[i]?.entry));
}

function byHand(list: ListName, cause?: unknown): AppError {
  return new AppError(
    'config-invalid',
    `${list}.yaml is written in a way that this edit would break (anchors, or a value over several lines); edit the file itself`,
    { cause },
  );
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** Without `undefined`, as YAML knows it. */
function plain(entry: Entry): Entry {
  return JSON.parse(JSON.stringify(entry)) as Entry;
}
