import { weekdayNumber } from '../text/month-names.ts';
import { timeOfDay, zoneOf } from './clock-times.ts';
import { lengthWithoutWeekday, namedDate } from './named-dates.ts';
import type { FoundDate, ProseDate, ProseDateOptions } from './prose-date.ts';
import { relativeDate } from './relative-dates.ts';
import { calendarDay, centuryOf, millisToWallTime, type WallTime, wallTimeToMillis } from './wall-time.ts';

const dayMs = 86_400_000;
const textMax = 200;

/**
 * The date that a short text names, absolute or relative to `now`, in any of some 70 languages: "3 août", "12 gen.",
 * "vor 2 Stunden", "منذ ساعتين", "вчера", "3日前", "۳۱ مرداد ۱۴۰۲". A date without a year is the latest such day that is
 * not after `now` (+1 day, for publishers east of us).
 *
 * @returns `null` when the text names no date; a day that does not exist is no date, and nothing is made up
 */
export function parseProseDate(text: string, options: ProseDateOptions): ProseDate | null {
  if (text.length > textMax * 2) return null;
  // The same short texts are asked about as date, as teaser and as title.
  let known = readings.get(options);
  if (known === undefined) {
    known = new Map();
    readings.set(options, known);
  }
  const earlier = known.get(text);
  if (earlier !== undefined) return earlier;
  const found = read(text, options);
  if (known.size < readingsMax) known.set(text, found);
  return found;
}

/** Per options object, so that it goes when the page goes. */
const readings = new WeakMap<ProseDateOptions, Map<string, ProseDate | null>>();
const readingsMax = 4000;

function read(text: string, options: ProseDateOptions): ProseDate | null {
  const clean = normalize(text);
  if (clean === '' || clean.length > textMax) return null;
  // Without a digit only "yesterday" and "an hour ago" are dates, and these are short.
  if (clean.length > 60 && !/\d/.test(clean)) return null;
  const found = absolute(clean, options);
  if (found === null) return relativeDate(clean, options);
  // "täna kell 10.12" is a time of today, "3 gün əvvəl" is three days ago and not the third of a month.
  const relative = found.noYear && found.share > 0.4 ? relativeDate(clean, options) : null;
  return relative !== null && relative.share > 0.85
    ? relative
    : { at: found.at, precision: found.precision, share: found.share };
}

const anyDay: ProseDateOptions = { now: Date.UTC(2024, 0, 1) };

/** Whether a short text is a date and hardly more, whenever it is read. */
export function isDateText(text: string): boolean {
  // Two numbers at least: "Section 12" is none, and pages have hundreds of such links.
  if (text.length > 40 || !/\p{Nd}\P{Nd}+\p{Nd}/u.test(text)) return false;
  return (parseProseDate(text, anyDay)?.share ?? 0) > 0.8;
}

/** @returns what a numeric date of a text says about the order of day and month, if it says so. */
export function numericOrder(text: string): 'day-first' | 'month-first' | null {
  const found = /(?<![\d.:/-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)/.exec(normalize(text));
  if (!found) return null;
  if (Number(found[1]) > 12) return 'day-first';
  return Number(found[3]) > 12 ? 'month-first' : null;
}

function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\u0640]/g, '')
    .replace(/(?![0-9])\p{Nd}/gu, digit => String(decimalValue(digit)))
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Where the digits of Arabic, Persian, Indic and South East Asian scripts begin. */
const digitZeros = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x17e0, 0x1040,
];

function decimalValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  for (const zero of digitZeros) if (code >= zero && code <= zero + 9) return code - zero;
  return 0;
}

type AbsoluteDate = ProseDate & { readonly noYear: boolean };

function absolute(text: string, options: ProseDateOptions): AbsoluteDate | null {
  const found =
    isoDate(text) ?? cjkDate(text) ?? dayAndYearMonth(text) ?? numericDate(text, options) ?? namedDate(text, options);
  if (found === null || found.wall === null) return null;
  const time = timeOfDay(text.slice(0, found.start), text.slice(found.end));
  const wall = { ...found.wall, ...(found.wall.hour === undefined ? time?.wall : undefined) };
  const at = found.noYear ? latestSuchDay(wall, options) : wallTimeToMillis(wall, options.timezone);
  if (at === null) return null;
  const length = found.end - found.start + (time?.length ?? 0);
  return {
    at,
    noYear: found.noYear === true,
    precision: wall.hour === undefined ? 'day' : 'minute',
    share: Math.min(1, length / Math.max(length, lengthWithoutWeekday(text))),
  };
}

function latestSuchDay(wall: WallTime, options: ProseDateOptions): number | null {
  const thisYear = millisToWallTime(options.now, options.timezone).year;
  for (let year = thisYear + 1; year > thisYear - 9; year -= 1) {
    const at = wallTimeToMillis({ ...wall, year }, options.timezone);
    if (at !== null && at <= options.now + dayMs) return at;
  }
  return null;
}

const isoPattern =
  /(?<!\d)(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)(?:\.?[t, ]{1,3}(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(z|utc|gmt|[+-]\d{2}:?\d{2})?)?/;

function isoDate(text: string): FoundDate | null {
  const found = isoPattern.exec(text);
  if (!found) return null;
  const [whole, year, , month, day, hour, minute, second, zone] = found;
  const wall = calendarDay(Number(year), Number(month), Number(day));
  const timed =
    wall !== null && hour !== undefined
      ? { ...wall, hour: Number(hour), minute: Number(minute), second: Number(second ?? 0), ...zoneOf(zone) }
      : wall;
  return { wall: timed, start: found.index, end: found.index + whole.length };
}

/** A block that shows the day large and the month small: `<b>17</b><span>2026-03</span>`. */
function dayAndYearMonth(text: string): FoundDate | null {
  const found = /^(\d{1,2}) (\d{4})\s?[-/.年]\s?(\d{1,2})月?$/.exec(text);
  if (!found) return null;
  const wall = calendarDay(Number(found[2]), Number(found[3]), Number(found[1]));
  return wall === null ? null : { wall, start: 0, end: text.length };
}

function cjkDate(text: string): FoundDate | null {
  const full = /(?:(令和|平成)\s?(\d{1,2}|元)|(\d{4}))\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]?/.exec(
    text,
  );
  if (full) {
    const [whole, era, eraYear, year, month, day] = full;
    const base = era === '令和' ? 2018 : 1988;
    const full4 = era ? base + (eraYear === '元' ? 1 : Number(eraYear)) : Number(year);
    const wall = { year: full4, month: Number(month), day: Number(day) };
    return { wall, start: full.index, end: full.index + whole.length };
  }
  const short = /(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]/.exec(text);
  if (!short) return null;
  const wall = { year: 0, month: Number(short[1]), day: Number(short[2]) };
  return { wall, noYear: true, start: short.index, end: short.index + short[0].length };
}

const usTimezone = /^America\/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Detroit)|^US\//;

function numericDate(text: string, options: ProseDateOptions): FoundDate | null {
  const found = /(?<![\d.:/-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|'?\d{2})(?![\d:])/.exec(text);
  if (found) {
    const [whole, first, separator, second, yearText] = found;
    const numbers: [number, number] = [Number(first), Number(second)];
    const [day, month] = dayAndMonth(numbers, separator ?? '/', options);
    const year = Number((yearText ?? '').replace("'", ''));
    const wall = { year: year < 100 ? centuryOf(year) : year, month, day };
    return { wall, start: found.index, end: found.index + whole.length };
  }
  // "22.08." and "22/08" alone; in a sentence it could be a score or a fraction.
  const short =
    /^(\D{0,12}?)(?<![\d.])(\d{1,2})([./])(\d{1,2})(\3?)(?:$|[ ,|–-]+(?:um )?\d{1,2}(?:[:.]\d{2}\D{0,5}| uhr)$)/.exec(
      text,
    );
  if (!short) return null;
  const [, before = '', first = '', separator = '/', second = '', closing = ''] = short;
  const numbers: [number, number] = [Number(first), Number(second)];
  if (separator === '.' && (numbers[1] > 12 || isVersion(before, first + second + closing))) return null;
  const [day, month] = dayAndMonth(numbers, separator, options);
  const dateEnd = before.length + first.length + 1 + second.length;
  return { wall: { year: 0, month, day }, noYear: true, start: 0, end: dateEnd };
}

/** "Brickstack 4.2", "kell 10.12": a word before, no dot behind; "22.08." and "am 3.8." are dates. */
function isVersion(before: string, rest: string): boolean {
  const word = /\p{L}+/u.exec(before)?.[0];
  if (rest.endsWith('.')) return false;
  if (word === undefined) return rest.length < 4;
  return (
    weekdayNumber(word) === null &&
    !/^(?:am|vom|den|le|il|del|dal|dne|el|dia|on|od|z|stand|datum|date|data|fecha)$/.test(word)
  );
}

function dayAndMonth(numbers: [number, number], separator: string, options: ProseDateOptions): [number, number] {
  const [first, second] = numbers;
  if (first > 12) return [first, second];
  if (second > 12) return [second, first];
  if (options.order) return options.order === 'month-first' ? [second, first] : [first, second];
  const american =
    /^en(?:-us)?$/i.test(options.language ?? '') ||
    (options.timezone !== undefined && usTimezone.test(options.timezone));
  return american && separator === '/' ? [second, first] : [first, second];
}

/** @returns the moment that a markup attribute means: ISO 8601, RFC 5322, seconds or milliseconds, else prose. */
export function parseMarkupDate(value: string, options: ProseDateOptions): number | null {
  const text = value.trim();
  if (/^\d{13}$/.test(text)) return Number(text);
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  const compact = /^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?(z)?)?$/i.exec(text);
  if (compact) {
    const [year, month, day, hour, minute, second] = compact.slice(1, 7).map(part => Number(part ?? 0));
    if (year === undefined || month === undefined || day === undefined) return null;
    return wallTimeToMillis(
      { year, month, day, hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0 },
      options.timezone,
    );
  }
  return parseProseDate(text, options)?.at ?? null;
}
