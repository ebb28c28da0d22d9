import type { LanguageTag, Millis } from '../model.ts';

/** One item of a labelled set, or of the stream that `newsfold dedup` reads (there without a group). */
export type LabelledItem = {
  readonly id: string;
  readonly language: LanguageTag | null;
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  /** `null`: the line gave no time. */
  readonly at: Millis | null;
  readonly source: string | null;
  /** The story it tells; `null` when unlabelled. */
  readonly group: string | null;
  /** From an encoder, where one is measured. */
  readonly vector?: Float32Array;
};

/** Longer fields are cut: one line must not take the memory of thousands. */
const fieldCharsMax = 1_000_000;

/**
 * Reads one item: `{"id","language"?,"title","text"?,"url"?,"publishedAt"?,"source"?,"group"?}`.
 * Older sets' names are understood too: `lang` for the language, `time` (seconds) for the date.
 * @returns the item, or in words what is wrong with it. Never throws.
 */
export function parseLabelledItem(value: unknown): LabelledItem | { readonly problem: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'not a JSON object' };
  const fields = value as Readonly<Record<string, unknown>>;
  const id = textOrNumber(fields.id);
  if (id === null || id === '') return { problem: '"id" is missing: give a string' };
  for (const name of ['title', 'text', 'url', 'source', 'language', 'group'] as const) {
    const given = fields[name];
    if (given != null && typeof given !== 'string' && !(name === 'group' && typeof given === 'number'))
      return { problem: `"${name}" is not a string` };
  }
  const title = text(fields.title);
  const body = text(fields.text);
  if (title.trim() === '' && body.trim() === '') return { problem: '"title" is missing or empty' };
  const at = readTime(fields);
  if (typeof at === 'object' && at !== null) return at;
  return {
    id,
    language: emptyToNull(text(fields.language ?? fields.lang)),
    title,
    text: body,
    url: shortUrl(text(fields.url)),
    at,
    source: emptyToNull(text(fields.source)),
    group: textOrNumber(fields.group),
  };
}

function readTime(fields: Readonly<Record<string, unknown>>): Millis | null | { readonly problem: string } {
  const seconds = fields.time;
  const given = fields.publishedAt ?? (typeof seconds === 'number' ? seconds * 1000 : seconds);
  if (given === undefined || given === null || given === '') return null;
  const at = typeof given === 'number' ? given : typeof given === 'string' ? Date.parse(given) : Number.NaN;
  // ECMA-262: times beyond 8.64e15 ms are not dates.
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15)
    return { problem: '"publishedAt" is not a date: write 2025-03-01T12:00:00Z' };
  return at;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, fieldCharsMax) : '';
}

function textOrNumber(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? value.slice(0, 2000) : null;
}

/** No page has a longer address; what is longer is no evidence. */
const urlCharsMax = 8192;

function shortUrl(url: string): string | null {
  return url.length > urlCharsMax ? null : emptyToNull(url);
}

function emptyToNull(value: string): string | null {
  return value.trim() === '' ? null : value;
}
