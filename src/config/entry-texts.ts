import { parseDocument } from 'yaml';

/** One source or topic as it is written in its file: secrets unexpanded, defaults left out. */
export type Entry = Readonly<Record<string, unknown>>;

export type ListName = 'sources' | 'topics';

/**
 * The text of a file that is a list of entries, cut entry by entry without being parsed, so that an edit touches the bytes of one
 * entry and a reading parses only those that changed: `head + (before + text)… + tail` is the file, byte for byte.
 */
export type EntryTexts = {
  /** Up to and with the line `sources:`. */
  readonly head: string;
  readonly entries: readonly EntryText[];
  /** Blank lines and comments after the last entry. */
  readonly tail: string;
  /** Column of the dashes. */
  readonly indent: number;
};

export type EntryText = {
  /** Blank lines and comments that belong to no entry: they stay where they are when entries move. */
  readonly before: string;
  /** The entry's lines and the comments right above it. */
  readonly text: string;
};

/** What an entry's text says, by the text. Entries with the same text say the same. */
export type ReadEntries = ReadonlyMap<string, Entry>;

const blank = /^[ \t]*\r?\n?$/;
const comment = /^[ \t]*#/;
const lineEnds = /[^\n]*\n|[^\n]+$/g;

/** @returns `null` when the file is written another way: in brackets, as JSON, with another key beside the list */
export function splitEntries(text: string, list: string): EntryTexts | null {
  const lines = text.match(lineEnds) ?? [];
  const opening = new RegExp(`^(?:${list}|"${list}"|'${list}')[ \\t]*:[ \\t]*(?:#.*)?\\r?\\n?$`);
  const start = lines.findIndex(line => opening.test(line.replace(/^\uFEFF/, '')));
  if (start < 0) return null;
  const head = lines.slice(0, start + 1);
  if (!head.slice(0, -1).every(line => blank.test(line) || /^\uFEFF?[ \t]*#|^---[ \t]*\r?\n$/.test(line))) return null;

  const entries: EntryText[] = [];
  let indent = -1;
  let [before, body, waiting]: [string, string, string[]] = ['', '', []];
  const closeEntry = () => {
    // The blank lines after `|+` are part of the value.
    if (/[|>]\d?\+/.test(body)) while (blank.test(waiting[0] ?? '#')) body += waiting.shift();
    if (body !== '') entries.push({ before, text: body });
  };
  for (const line of lines.slice(start + 1)) {
    const column = line.search(/[^ ]/);
    if (blank.test(line) || (comment.test(line) && (indent < 0 || column <= indent))) {
      waiting.push(line);
      continue;
    }
    const isDash = /^ *-(?=[ \t\r\n]|$)/.test(line);
    if (indent < 0 && isDash) indent = column;
    if (indent < 0 || column < indent || line[column] === '\t') return null;
    if (column === indent) {
      if (!isDash) return null;
      closeEntry();
      const above = commentsAbove(waiting);
      before = waiting.slice(0, waiting.length - above.length).join('');
      body = above.join('');
      waiting = [];
    } else if (waiting.length > 0) {
      body += waiting.join('');
      waiting = [];
    }
    body += line;
  }
  closeEntry();
  return { head: head.join(''), entries, tail: waiting.join(''), indent: Math.max(indent, 0) };
}

export function joinEntries({ head, entries, tail }: EntryTexts): string {
  return head + entries.map(({ before, text }) => before + text).join('') + tail;
}

/**
 * What each entry says; those of `known` are not parsed again.
 * @returns `null` when an entry cannot be read alone: it is broken, or uses an anchor of another one
 */
export function readEntries(texts: EntryTexts, list: string, known: ReadEntries): ReadEntries | null {
  const read = new Map<string, Entry>();
  for (const { text } of texts.entries) {
    const entry = read.get(text) ?? known.get(text) ?? readEntry(text, list);
    if (entry === null) return null;
    read.set(text, entry);
  }
  return read;
}

/** One entry's text as a document of its own. */
export function readEntry(text: string, list: string): Entry | null {
  const document = parseDocument(`${list}:\n${text}`, { prettyErrors: false });
  if (document.errors.length > 0 || document.warnings.length > 0) return null;
  try {
    const value = document.toJS({ maxAliasCount: 100 }) as Record<string, unknown> | null;
    const entries = value?.[list];
    if (!Array.isArray(entries) || entries.length !== 1 || Object.keys(value ?? {}).length !== 1) return null;
    const [entry] = entries as unknown[];
    return entry !== null && typeof entry === 'object' && !Array.isArray(entry) ? (entry as Entry) : null;
  } catch {
    // Too many aliases: the whole file's reading says so, with the line.
    return null;
  }
}

/** The comments that end the waiting lines, with no blank line between them and what follows. */
function commentsAbove(waiting: readonly string[]): readonly string[] {
  const lastBlank = waiting.findLastIndex(line => blank.test(line));
  return waiting.slice(lastBlank + 1);
}
