import { isMap, isScalar, isSeq, parseDocument, type Scalar, visit } from 'yaml';
import { AppError } from '../errors.ts';

/**
 * Secrets in configuration are shown as dots, and dots that come back mean: leave it as it is. A reference to the
 * environment, `${NAME}`, is no secret and shown as written.
 */
export const dots = '•••';

type Entry = Readonly<Record<string, unknown>>;

const plainHeaders =
  /^(accept(-\w+)?|cache-control|pragma|user-agent|referer|from|dnt|x-requested-with|content-type|if-\w+)$/i;
const secretQuery =
  /([?&;](?:[\w.-]*(?:token|key|secret|password|passwd|pwd|auth|sig|signature|session|code))=)([^&#\s]+)/gi;
const userinfo = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#\s]*)@/i;

/** A source as it may be shown. */
export function concealEntry<T extends Entry>(entry: T): T {
  return mapSecrets(entry, value => hide(value)) as T;
}

/**
 * Puts the known secrets in the place of the dots.
 * @throws AppError invalid-input when dots stand for nothing, or the secret would go to another host than before
 */
export function revealEntry(entry: Entry, previous: Entry | null): Entry {
  const moved = previous !== null && originOf(entry.url) !== originOf(previous.url);
  const revealed = mapStrings(entry, [], (value, path) => {
    if (!value.includes(dots)) return value;
    const before = previous === null ? undefined : at(previous, path);
    const known = typeof before === 'string' ? fill(value, before) : null;
    if (known === null || (moved && path[0] !== 'title'))
      throw new AppError(
        'invalid-input',
        `${path.join('.')}: the dots stand for a secret that is ${known === null ? 'not known here' : 'kept for another host'}; write it anew.`,
      );
    return known;
  });
  return revealed as Entry;
}

/** A YAML file's text as it may be shown; comments and layout stay. */
export function concealText(text: string): string {
  return replaceScalars(text, ({ value, path }) => {
    const shown = isSecretPath(path) ? hide(value) : hideInUrl(value);
    return shown === value ? null : JSON.stringify(shown);
  });
}

/**
 * The text with the known secrets of `previous` in the place of the dots, found by entry and key.
 * @throws AppError invalid-input when dots stand for nothing
 */
export function revealText(text: string, previous: string): string {
  if (!text.includes(dots)) return text;
  const known = new Map<string, WrittenText>();
  replaceScalars(previous, scalar => {
    known.set(scalar.path.join('\n'), scalar);
    return null;
  });
  return replaceScalars(text, ({ value, path }) => {
    if (!value.includes(dots)) return null;
    const before = known.get(path.join('\n'));
    const filled = before === undefined ? null : fill(value, before.value);
    if (before === undefined || filled === null)
      throw new AppError(
        'invalid-input',
        `${path.join('.')}: the dots stand for a secret that is not known here; write it anew.`,
      );
    return filled === before.value ? before.source : JSON.stringify(filled);
  });
}

function hide(value: string): string {
  const inUrl = hideInUrl(value);
  if (inUrl !== value) return inUrl;
  if (/^https?:\/\//i.test(value)) return value;
  // `Bearer ${TOKEN}` shows no secret; `Bearer abc` does.
  const rest = value.replace(/\$\{[A-Z_][A-Z0-9_]*\}/g, '');
  if (rest === '' || (rest !== value && /^(bearer|basic|token|apikey)?[\s:;=,]*$/i.test(rest))) return value;
  return dots;
}

function hideInUrl(value: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return value;
  const isReference = (part: string) => /^(\$\{[A-Z_][A-Z0-9_]*\}|:)+$/.test(part);
  return value
    .replace(userinfo, (all, scheme: string, user: string) => (isReference(user) ? all : `${scheme}${dots}@`))
    .replace(secretQuery, (all, name: string, secret: string) => (isReference(secret) ? all : `${name}${dots}`));
}

/** `value` with its dots replaced by what stood there in `before`; `null` when nothing did. */
function fill(value: string, before: string): string | null {
  if (value === dots || value === hide(before) || value === hideInUrl(before)) return before;
  const user = userinfo.exec(before)?.[2];
  const secrets = new Map([...before.matchAll(secretQuery)].map(match => [match[1]?.slice(1) ?? '', match[2] ?? '']));
  const filled = value
    .replace(`${dots}@`, all => (user === undefined ? all : `${user}@`))
    .replace(secretQuery, (all, name: string, secret: string) =>
      secret === dots && secrets.has(name.slice(1)) ? name + secrets.get(name.slice(1)) : all,
    );
  return filled.includes(dots) ? null : filled;
}

function isSecretPath(path: readonly string[]): boolean {
  const key = path.at(-1) ?? '';
  const owner = path.at(-2);
  if (owner === 'headers') return !plainHeaders.test(key);
  return (owner === 'auth' && (key === 'password' || key === 'user')) || (owner === 'dedup' && key === 'encoderKey');
}

function mapSecrets(entry: Entry, change: (value: string) => string): unknown {
  return mapStrings(entry, [], (value, path) => (isSecretPath(path) ? change(value) : hideInUrl(value)));
}

function mapStrings(
  value: unknown,
  path: readonly string[],
  change: (value: string, path: readonly string[]) => string,
): unknown {
  if (typeof value === 'string') return change(value, path);
  if (Array.isArray(value)) return value.map((inner, i) => mapStrings(inner, [...path, String(i)], change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, [...path, key], change)]),
  );
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);
}

function originOf(url: unknown): string {
  return URL.parse(String(url).replace(`${dots}@`, ''))?.origin ?? '';
}

/** A text value of a file: what it says, where, and how it is written. */
type WrittenText = { readonly value: string; readonly path: readonly string[]; readonly source: string };

/**
 * Changes text values where they stand. Entries of a list are named by their id, so that order does not matter.
 * @param change the new source, or `null` to leave it as it is
 */
function replaceScalars(text: string, change: (scalar: WrittenText) => string | null): string {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return hideInBrokenText(text);
  const edits: { start: number; end: number; text: string }[] = [];
  visit(document, {
    Scalar(key, node: Scalar, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.range) return;
      const path: string[] = [];
      ancestors.forEach((ancestor, i) => {
        const inner = ancestors[i + 1] ?? node;
        if (isMap(ancestor)) {
          const pair = ancestor.items.find(item => item === inner);
          if (pair) path.push(isScalar(pair.key) ? String(pair.key.value) : '');
        } else if (isSeq(ancestor)) {
          const id = isMap(inner) ? inner.get('id') : undefined;
          path.push(id === undefined ? String(ancestor.items.indexOf(inner as never)) : `#${String(id)}`);
        }
      });
      const [start, end] = node.range;
      const source = text.slice(start, end);
      const fresh = change({ value: node.value, path, source });
      if (fresh === null) return;
      // A text over several lines ends with its line.
      edits.push({ start, end, text: fresh.replace(/\n$/, '') + (source.endsWith('\n') ? '\n' : '') });
    },
  });
  return edits
    .reverse()
    .reduce((all, { start, end, text: fresh }) => all.slice(0, start) + fresh + all.slice(end), text);
}

/** A file that cannot be read is still shown, but with every value hidden that could be a secret. */
function hideInBrokenText(text: string): string {
  return text
    .replace(/^(\s*(?:password|user|encoderKey|authorization|cookie|x-[\w-]+)\s*:\s*)(?!\$\{).+$/gim, `$1${dots}`)
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/?#\s"']*@/gi, `$1${dots}@`)
    .replace(secretQuery, `$1${dots}`);
}
