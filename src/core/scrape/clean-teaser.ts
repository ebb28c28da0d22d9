import { wordCount } from './element-text.ts';

export type Teaser = { readonly title: string | null; readonly summary: string | null; readonly truncated: boolean };

/**
 * A teaser made fit to read: the title repeated at its beginning is taken off, and a text that breaks off in mid-sentence
 * ends in "…" and is marked. The title itself is left as it is.
 */
export function cleanTeaser(teaser: { readonly title: string | null; readonly summary: string | null }): Teaser {
  const { title } = teaser;
  let summary = teaser.summary?.trim() ?? '';
  const whole = summary;
  if (title !== null && summary !== '') summary = withoutTitle(summary, title);
  // A machine that repeats the title also cuts: after it even a few words without an end were broken off.
  const wordsMin = summary === whole ? 6 : 1;
  summary = summary.replace(/\s*\[(?:…|\.\.\.|&hellip;)\]\s*$/, '…').replace(/\s*(?:\.\.\.+|…+)\s*$/, '…');
  if (summary === '' || summary === '…') return { title, summary: null, truncated: summary === '…' };
  const truncated = breaksOff(summary, wordsMin);
  return { title, summary: truncated ? withEllipsis(summary) : summary, truncated };
}

/** The text with exactly one "…" at its end. */
export function withEllipsis(text: string): string {
  return text.endsWith('…') ? text : `${text.replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** Marks that stand between a repeated title and the teaser. */
const separator = /^[\s"'»”’“«)\]]*(?:[–—―|:·•]|-{1,2}(?=\s)|\.(?=\s)|!(?=\s)|\?(?=\s)|…)?\s*/u;

function withoutTitle(summary: string, title: string): string {
  // Most teasers do not begin like their title, and their first letters say so.
  const start = comparable(summary.slice(0, 40)).text.slice(0, 8);
  const titleStart = comparable(title.slice(0, 40)).text.slice(0, 8);
  if (titleStart.length === 8 && start.length === 8 && titleStart !== start) return summary;
  const titleKey = comparable(title.slice(0, 1000));
  if (!titleKey.text.startsWith(start) && !start.startsWith(titleKey.text.slice(0, 8))) return summary;
  const summaryKey = comparable(summary);
  if (titleKey.text.length < 3) return summary;
  if (summaryKey.text === titleKey.text) return '';
  // The teaser is the beginning of the title, cut: it says nothing more.
  if (titleKey.text.startsWith(stripEllipsis(summaryKey.text)) && wordCount(summary) >= 2) return '';
  const cutTitle = stripEllipsis(titleKey.text);
  const wasCut = cutTitle.length < titleKey.text.length || /(?:…|\.\.\.)$/.test(title.trim());
  if (!summaryKey.text.startsWith(cutTitle)) return summary;
  let end = summaryKey.ends[cutTitle.length - 1] ?? 0;
  if (wasCut) {
    // The title was cut, so its rest stands in the teaser up to the mark.
    const mark = /\s[–—|]\s|:\s/u.exec(summary.slice(end, end + 200));
    if (!mark) return summary;
    end += mark.index;
    return summary.slice(end).replace(separator, '');
  }
  const rest = summary.slice(end);
  // "Rome" must not be taken off "Romeo and Juliet", nor a one-word title off a sentence that begins with it.
  if (/^[\p{L}\p{N}]/u.test(rest)) return summary;
  const separated = /^[\s"'»”’)\]]*(?:[–—―|:·•…]|-{1,2}\s|[.!?]\s)/u.test(rest);
  if (!separated && wordCount(title) < 4) return summary;
  return rest.replace(separator, '').trim();
}

function stripEllipsis(text: string): string {
  return text.replace(/\.{2,}$/, '');
}

/** Letters and digits in lower case; `ends[i]` is where the character of `text[i]` ends in the original. */
function comparable(original: string): { text: string; ends: number[] } {
  let text = '';
  const ends: number[] = [];
  let at = 0;
  for (const char of original) {
    at += char.length;
    const code = char.charCodeAt(0);
    if (code < 0x80) {
      const lower = code | 32;
      if ((code < 48 || code > 57) && (lower < 97 || lower > 122)) continue;
      text += code > 57 ? String.fromCharCode(lower) : char;
      ends.push(at);
      continue;
    }
    if (!/[\p{L}\p{N}\p{M}]/u.test(char)) continue;
    for (const unit of char.toLowerCase()) {
      text += unit;
      for (let index = 0; index < unit.length; index += 1) ends.push(at);
    }
  }
  return { text, ends };
}

const sentenceEnd = /[.!?…。！？।؟۔:;)"'”’»›」』\]]$/u;

/** Whether a text of some length ends in mid-sentence: with "…", or without any mark. */
export function breaksOff(text: string, wordsMin = 6): boolean {
  const clean = text.trim();
  if (/(?:…|\.\.\.|\[…\])$/.test(clean)) return true;
  return wordCount(clean) >= wordsMin && !sentenceEnd.test(clean) && !/[\p{S}\p{Emoji_Presentation}]$/u.test(clean);
}

/** `summary` is `null` for a row that is a title, itself cut. */
export type TitleAndTeaser = { readonly title: string; readonly summary: string | null; readonly isCut: boolean };

const dash = /\s+[–—]\s+|\s+-{1,2}\s+/gu;

/**
 * Rows that hold title and teaser in one text, "Title – Teaser text broken off in": decided for the whole list, since
 * a dash in one title is common and a dash in most rows is a layout.
 *
 * @param rows each item's only text
 * @returns for each row its two parts, or `null` where the row is a title alone; all `null` when the list is not so made
 */
export function splitRows(rows: readonly string[]): (TitleAndTeaser | null)[] {
  const whole = new Set(rows.filter(row => row.length >= 12));
  const parts = rows.map(row => splitRow(row, whole));
  const split = parts.filter(part => part !== null).length;
  const isLayout = split >= 2 && split >= rows.length * 0.4 && areCut(rows.filter((_, at) => parts[at] !== null));
  if (!isLayout) return rows.map(() => null);
  const usual = mode(rows.map(row => row.split(/\s+/).length));
  return parts.map((part, at) => {
    const row = rows[at] ?? '';
    if (part !== null) return part;
    return row.split(/\s+/).length === usual && breaksOff(row) ? { title: row, summary: null, isCut: true } : null;
  });
}

/**
 * Whether texts were cut by a machine: they end in "…", or without a full stop after the same number of words or of
 * characters. Headlines with a dash in them are of all lengths.
 */
function areCut(rows: readonly string[]): boolean {
  if (rows.filter(row => /(?:…|\.\.\.|\[…\])$/.test(row)).length >= rows.length * 0.5) return true;
  const counts = rows.map(row => row.split(/\s+/).length);
  const usual = mode(counts);
  if (usual >= 10 && counts.filter(count => Math.abs(count - usual) <= 1).length >= rows.length * 0.6) return true;
  const lengths = rows.map(row => row.length);
  const longest = Math.max(...lengths);
  if (longest >= 80 && lengths.filter(length => length > longest - 14).length >= rows.length * 0.7) return true;
  // Long rows with full stops inside are teasers, too, whatever their end.
  return rows.filter(row => row.length > 140).length >= rows.length * 0.6;
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Before a dash of any kind. */
const beforeDash = /\s+[–—-]/gu;

function splitRow(row: string, rows: ReadonlySet<string>): TitleAndTeaser | null {
  // Another row that is this one's title alone says where the title ends.
  const alone = [...row.matchAll(beforeDash)].map(({ index }) => row.slice(0, index)).find(start => rows.has(start));
  if (alone !== undefined)
    return { title: alone, summary: row.slice(alone.length).replace(/^\s*[–—-]+\s*/, ''), isCut: breaksOff(row) };
  const found = row.matchAll(dash).next().value;
  if (!found) return null;
  const title = row.slice(0, found.index).trim();
  const summary = row.slice(found.index + found[0].length).trim();
  return wordCount(title) >= 2 && summary !== '' ? { title, summary, isCut: breaksOff(row) } : null;
}
