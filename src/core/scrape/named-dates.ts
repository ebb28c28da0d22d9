import { monthNumber, weekdayNumber } from '../text/month-names.ts';
import type { FoundDate, ProseDateOptions } from './prose-date.ts';
import { calendarDay, centuryOf, persianToGregorian } from './wall-time.ts';

type Token = { readonly text: string; readonly start: number; readonly end: number };

/** Small words that may stand between day, month and year. */
const connectors = new Set(
  'de del di of the d en den der le la el al do da du ba m gada ge i st nd rd th er º ª o a an ο του της ב من ل г г. року р năm year dia día'.split(
    ' ',
  ),
);
const persianMonths = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ');

/** A date whose month is a name: day, month and year in any order languages use, the year often missing. */
export function namedDate(text: string, options: ProseDateOptions): FoundDate | null {
  const vietnamese = /(?<!\d)(\d{1,2})\s?tháng\s?(\d{1,2})(?:[, ]+(?:năm )?(\d{4}))?/.exec(text.normalize('NFC'));
  if (vietnamese) {
    const [whole, day, month, year] = vietnamese;
    const wall = { year: Number(year ?? 0), month: Number(month), day: Number(day) };
    return { wall, noYear: year === undefined, start: vietnamese.index, end: vietnamese.index + whole.length };
  }
  const tokens = tokenize(text);
  // Without a number that can be a day there is no date, whatever the words.
  if (!tokens.some(({ text: word }) => word.length <= 2 && /^\d/.test(word))) return null;
  let best: FoundDate | null = null;
  for (let at = 0; at < tokens.length; at += 1) {
    const month = monthAt(tokens, at, options.language ?? null);
    const found = month === null ? null : aroundMonth(tokens, at, month);
    // "Jan Lis 17 maja 2024" has two names that are months, too: the date with a year is meant.
    if (found !== null && (best === null || (best.noYear && !found.noYear))) best = found;
  }
  return best;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(/\d+|[\p{L}\p{M}]+(?:\.[\p{L}\p{M}]+)*/gu)) {
    tokens.push({ text: found[0], start: found.index, end: found.index + found[0].length });
  }
  return tokens;
}

type Month = { readonly number: number; readonly tokens: number; readonly isPersian: boolean };

function monthAt(tokens: readonly Token[], at: number, language: string | null): Month | null {
  const token = tokens[at]?.text ?? '';
  if (token.length < 2 || /^\d/.test(token)) return null;
  const persian = persianMonths.indexOf(token);
  // `دی` and `مهر` are words of other languages, too, but only next to a day and a year of that calendar do they count.
  if (persian >= 0) return { number: persian + 1, tokens: 1, isPersian: true };
  const next = tokens[at + 1]?.text;
  const both = next !== undefined ? monthNumber(`${token} ${next}`, language) : null;
  if (both !== null) return { number: both, tokens: 2, isPersian: false };
  const number = monthNumber(token, language) ?? prefixedMonth(token, language);
  return number === null ? null : { number, tokens: 1, isPersian: false };
}

/** Hebrew writes "in August" as one word; Levantine month names often come with the Gregorian one behind a slash. */
function prefixedMonth(token: string, language: string | null): number | null {
  return /^ב\p{L}{3}/u.test(token) ? monthNumber(token.slice(1), language) : null;
}

function aroundMonth(tokens: readonly Token[], at: number, month: Month): FoundDate | null {
  const before = numberNear(tokens, at, -1);
  const afterFrom = at + month.tokens - 1;
  let after = numberNear(tokens, afterFrom, 1);
  if (after === null && month.tokens === 1) {
    // "20 مايو / أيار 2023" and "22 Ağustos Salı 2023": one foreign word between month and year.
    const jump = tokens[at + 1] && !/^\d/.test(tokens[at + 1]?.text ?? '') ? numberNear(tokens, at + 1, 1) : null;
    if (jump !== null && jump.digits === 4) after = jump;
  }
  const dayFirst = before !== null && before.digits <= 2 && before.value >= 1 && before.value <= 31;
  if (dayFirst) {
    const year =
      after !== null && (after.digits === 4 || isShortYear(tokens, after)) ? after : yearBefore(tokens, before);
    return dated({ month, day: before, year, at, tokens });
  }
  if (after === null || after.digits > 2 || after.value < 1 || after.value > 31) return null;
  if (before !== null && before.digits === 4) return dated({ month, day: after, year: before, at, tokens });
  const next = numberNear(tokens, after.at, 1);
  return dated({ month, day: after, year: next !== null && next.digits === 4 ? next : null, at, tokens });
}

type Near = { readonly at: number; readonly value: number; readonly digits: number };

/** The next number in a direction, over at most two connectors. */
function numberNear(tokens: readonly Token[], from: number, step: 1 | -1): Near | null {
  for (let at = from + step, skipped = 0; skipped < 3; at += step, skipped += 1) {
    const token = tokens[at];
    if (token === undefined) return null;
    if (/^\d/.test(token.text)) return { at, value: Number(token.text), digits: token.text.length };
    if (!connectors.has(token.text)) return null;
  }
  return null;
}

function isShortYear(tokens: readonly Token[], near: Near): boolean {
  const next = tokens[near.at + 1];
  const token = tokens[near.at];
  // "3 Aug 14:30" has a time there, not a year: a colon would follow at once.
  if (near.digits !== 2 || token === undefined) return false;
  return next === undefined || next.start - token.end > 1;
}

/** "2023. gada 22. augusts", "2023 m. rugpjūčio 22 d." */
function yearBefore(tokens: readonly Token[], day: Near): Near | null {
  const before = numberNear(tokens, day.at, -1);
  return before !== null && before.digits === 4 ? before : null;
}

function dated(found: {
  month: Month;
  day: Near;
  year: Near | null;
  at: number;
  tokens: readonly Token[];
}): FoundDate | null {
  const { month, day, tokens } = found;
  const places = [found.at, found.at + month.tokens - 1, day.at, ...(found.year ? [found.year.at] : [])];
  const start = tokens[Math.min(...places)]?.start ?? 0;
  const end = tokens[Math.max(...places)]?.end ?? 0;
  if (month.isPersian) {
    const isYear = found.year !== null && found.year.value >= 1300 && found.year.value < 1500;
    const wall = isYear ? persianToGregorian(found.year?.value ?? 0, month.number, day.value) : null;
    return wall === null ? null : { wall, start, end };
  }
  const year = found.year === null ? 0 : found.year.digits === 2 ? centuryOf(found.year.value) : found.year.value;
  const wall = calendarDay(year, month.number, day.value);
  return { wall, noYear: found.year === null, start, end };
}

/** "Sunday 19 May 2024" is a date and nothing else. */
export function lengthWithoutWeekday(text: string): number {
  let length = text.length;
  for (const { text: word } of tokenize(text))
    if (word.length > 2 && weekdayNumber(word) !== null) length -= word.length + 1;
  return Math.max(1, length);
}
