import type { IsoTime } from '../../model.ts';
import { monthNumber, weekdayNumber } from '../text/month-names.ts';
import { zoneMinutes } from './time-zones.ts';

/**
 * A date as feeds write them → ISO 8601 in UTC: W3C-DTF and ISO 8601 with their partial, ordinal and week forms, RFC 822
 * with all the liberties that are taken with it, asctime, numeric dates, and month names in some 75 languages. No zone
 * means UTC; a wrong weekday is ignored; `24:00` is the next midnight and `:60` the next minute.
 *
 * @returns `null` for what cannot be read. Never "now": a parser that invents dates invents news.
 */
export function parseDate(written: string | null | undefined): IsoTime | null {
  if (!written) return null;
  const text = written.trim();
  if (text.length > 200) return null;
  const ms = parseCommon(text) ?? parseIso(text) ?? parseLoose(text);
  return ms === null ? null : new Date(ms).toISOString();
}

type DateParts = { year: number; month: number; day: number };
type TimeParts = { hour: number; minute: number; second: number; ms: number };

const englishMonths: Readonly<Record<string, number>> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};
const monthOrder = Object.keys(englishMonths);
const midnight: TimeParts = { hour: 0, minute: 0, second: 0, ms: 0 };

/** The two forms that nearly all feeds use, without detours. */
function parseCommon(text: string): number | null {
  const rfc =
    /^(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|Z|([+-])(\d\d):?(\d\d))$/.exec(
      text,
    );
  if (rfc) {
    const month = englishMonths[(rfc[2] ?? '').toLowerCase()];
    if (month === undefined) return null;
    const offset = rfc[7] === undefined ? 0 : (rfc[7] === '-' ? -1 : 1) * (Number(rfc[8]) * 60 + Number(rfc[9]));
    const time = { hour: Number(rfc[4]), minute: Number(rfc[5]), second: Number(rfc[6]), ms: 0 };
    return instant({ year: Number(rfc[3]), month, day: Number(rfc[1]) }, time, offset);
  }
  return null;
}

const isoTime = String.raw`(?:[Tt\s_]\s*(\d{1,2})(?::?(\d\d)(?::?(\d\d)(?:[.,:](\d+))?)?)?)?\s*([Zz]|[+-]\d{1,2}(?::?\d\d)?|[A-Za-z]{2,5})?`;
const isoCalendar = new RegExp(String.raw`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|(\d\d)(\d\d))?${isoTime}$`);
const isoOrdinal = new RegExp(String.raw`^(\d{4}|\d\d)-?(\d{3})${isoTime}$`);
const isoWeek = new RegExp(String.raw`^(\d{4})-?[Ww](\d\d)(?:-?(\d))?${isoTime}$`);
const isoShort = /^(?:(\d\d)-?(\d\d)-?(\d\d)|-(\d\d)-?(\d\d))$/;

/** ISO 8601 and its profile W3C-DTF: `2003`, `2003-12`, `20031231`, `2003-335`, `2003-W01-1`, `03-12-31`, `-0312`. */
function parseIso(text: string): number | null {
  if (!/^[+-]?\d/.test(text)) return null;
  const ordinal = isoOrdinal.exec(text);
  if (ordinal) {
    const time = isoTimeParts(ordinal.slice(3));
    const year = fullYear(ordinal[1] ?? '');
    const day = Number(ordinal[2]);
    if (!time || day < 1 || day > (isLeap(year) ? 366 : 365)) return null;
    return addDays(instant({ year, month: 1, day: 1 }, time.time, time.offset), day - 1);
  }
  const calendar = isoCalendar.exec(text);
  if (calendar) {
    const [, year, month = calendar[4], day = calendar[5]] = calendar;
    const time = isoTimeParts(calendar.slice(6));
    return (
      time && instant({ year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) }, time.time, time.offset)
    );
  }
  const week = isoWeek.exec(text);
  if (week) {
    const time = isoTimeParts(week.slice(4));
    return (
      time && addDays(instant({ year: Number(week[1]), month: 1, day: 4 }, time.time, time.offset), weekOffset(week))
    );
  }
  const short = isoShort.exec(text);
  if (!short) return null;
  const [, year = short[4], month = short[5], day = '1'] = short;
  return instant({ year: fullYear(year ?? ''), month: Number(month), day: Number(day) }, midnight, 0);
}

function isoTimeParts(groups: readonly (string | undefined)[]): { time: TimeParts; offset: number } | null {
  const [hour, minute, second, fraction, zone] = groups;
  const offset = zone === undefined ? 0 : offsetMinutes(zone);
  if (offset === null) return null;
  const ms = fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000);
  return { time: { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0), ms }, offset };
}

/** Days from 4 January, which is always in week 1, to the day meant. */
function weekOffset(week: RegExpExecArray): number {
  const fourth = new Date(Date.UTC(Number(week[1]), 0, 4)).getUTCDay() || 7;
  return (Number(week[2]) - 1) * 7 + Number(week[3] ?? 1) - fourth;
}

const clock =
  /(?:^|[^\d.:])(?:(am|pm|오전|오후|上午|下午|午前|午後)\s*)?(\d{1,2})\s*(?::|시|時|点|h(?=\d\d)|\.(?=\d\d(?:\.\d\d)?(?:\s|$)))\s*(\d{1,2})(?:\s*(?::|분|分|m(?=\d)|\.)\s*(\d{1,2}))?(?:[.,:](\d{1,9}))?\s*(?:초|秒|분|分|s(?=\s|$))?\s*(a\.?m\.?|p\.?m\.?)?(?![\d:])/i;

/** Everything else, by taking the time and the zone out and reading day, month and year in what is left. */
function parseLoose(text: string): number | null {
  const plain = westernDigits(text)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\u00a0\u2000-\u200f\u202f\u3000]/g, ' ')
    .replace(/(\d)(?:st|nd|rd|th)\b/gi, '$1')
    .replace(/(\d):(?=[+-]\d)/, '$1 ')
    .replace(/--+(?=\d)/, '-')
    .replace(/(\/\d{4}):(?=\d)/, '$1 ')
    .replace(
      /(?<![\d年년]|[年년] )(\d{1,2})\s?[月월](?!\s?\d{1,2}\s?[日일])/,
      (whole, month: string) => monthOrder[Number(month) - 1] ?? whole,
    )
    .replace(/(?<![\d:.])(\d{1,2}) ?([ap])\.?m\b/gi, '$1:00 $2m')
    .replace(/\s+/g, ' ');
  const found = clock.exec(plain.replace(/(\d)T(?=\d)/g, '$1 '));
  const source = found ? plain.replace(/(\d)T(?=\d)/g, '$1 ') : plain;
  const time = found ? clockTime(found) : midnight;
  if (time === null) return null;
  const before = found ? source.slice(0, found.index + 1) : source;
  const after = found ? source.slice(found.index + found[0].length) : '';
  const zone = takeZone(found ? after : before);
  const date = readDate(found ? `${before} ${zone.rest}` : zone.rest);
  return date && instant(date, time, zone.minutes);
}

function clockTime(found: RegExpExecArray): TimeParts | null {
  const half = (found[1] ?? found[6] ?? '').toLowerCase().replaceAll('.', '');
  const hour = Number(found[2]);
  if (half !== '' && hour > 12 && /^(?:am|오전|上午|午前)$/.test(half)) return null;
  const afternoon = /^(?:pm|오후|下午|午後)$/.test(half);
  const shifted = half === '' || hour > 12 ? hour : (hour % 12) + (afternoon ? 12 : 0);
  const ms = found[5] === undefined ? 0 : Math.trunc(Number(`0.${found[5]}`) * 1000);
  return { hour: shifted, minute: Number(found[3]), second: Number(found[4] ?? 0), ms };
}

/** Finds the zone and takes it out; an unknown or missing one counts as UTC. */
function takeZone(text: string): { minutes: number; rest: string } {
  const numeric =
    /(?:\b(?:GMT|UTC|UT|Etc\/GMT)\s*)?(?:^|[^\d-])([+\u2212-]\s?\d{1,2}:?\d\d|(?<=GMT|UTC|UT)[+-]\d{1,2})(?![\d-])/i.exec(
      text,
    );
  if (numeric) {
    const minutes = offsetMinutes((numeric[1] ?? '').replace('\u2212', '-').replace(' ', ''));
    if (minutes !== null) return { minutes, rest: text.replace(numeric[0], ' ').replace(/\([^)]*\)/, ' ') };
  }
  for (const match of text.matchAll(/\p{L}[\p{L}\p{M}_]*(?:\/[A-Za-z_]+)?/gu)) {
    const word = match[0].split('/').at(-1) ?? '';
    // `mar`, `sat`, `mon` and the like are dates first.
    if (monthNumber(word) !== null || weekdayNumber(word) !== null) continue;
    // A military letter stands last; elsewhere it is a word (`a las 10:00`).
    if (word.length === 1 && word !== 'Z' && !(/[A-Z]/.test(word) && ` ${text.trim()}`.endsWith(` ${word}`))) continue;
    const minutes = zoneMinutes(word);
    if (minutes !== null) return { minutes, rest: text.replace(match[0], ' ') };
  }
  return { minutes: 0, rest: text };
}

function offsetMinutes(zone: string): number | null {
  const numeric = /^([+-])(\d{1,2})(?::?(\d\d))?$/.exec(zone);
  if (!numeric) return zoneMinutes(zone);
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  return minutes > 18 * 60 ? null : (numeric[1] === '-' ? -1 : 1) * minutes;
}

function readDate(text: string): DateParts | null {
  const cjk = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})/.exec(text);
  if (cjk) return { year: Number(cjk[1]), month: Number(cjk[2]), day: Number(cjk[3]) };
  const numeric = numericDate(text);
  if (numeric) return numeric;
  const named = monthName(text);
  if (!named) return null;
  const numbers = [...named.rest.matchAll(/['\u2019]?\d+/g)].map(match => match[0]);
  const date = dayAndYear(numbers, named.month);
  // Thai years count from the Buddha.
  return date && date.year > 2400 && /[\u0e00-\u0e7f]/.test(text) ? { ...date, year: date.year - 543 } : date;
}

/** `2006/09/15`, `15.9.2006`, `9/15/06`. With slashes the month is first unless it cannot be. */
function numericDate(text: string): DateParts | null {
  const yearFirst = /(?<!\d)(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/.exec(text);
  if (yearFirst) return { year: Number(yearFirst[1]), month: Number(yearFirst[3]), day: Number(yearFirst[4]) };
  const shortYearFirst = /(?<!\d)(\d\d)([-/])(\d{1,2})\2(\d)(?!\d)/.exec(text);
  if (shortYearFirst) {
    return {
      year: fullYear(shortYearFirst[1] ?? ''),
      month: Number(shortYearFirst[3]),
      day: Number(shortYearFirst[4]),
    };
  }
  const yearLast = /(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)/.exec(text);
  if (!yearLast) return null;
  const [first, second] = [Number(yearLast[1]), Number(yearLast[3])];
  const year = fullYear(yearLast[4] ?? '');
  const monthFirst = yearLast[2] === '/' ? first <= 12 : second > 12;
  return monthFirst ? { year, month: first, day: second } : { year, month: second, day: first };
}

/** The month by name, as one or two words; Hungarian and others write `2004-július-13`. */
function monthName(text: string): { month: number; rest: string } | null {
  const words = text.replace(/(\p{L})-(?=\d)|(\d)-(?=\p{L})/gu, '$1$2 ').match(/[\p{L}\p{M}'’]+\.?|\d+/gu) ?? [];
  for (const [index, word] of words.entries()) {
    if (/^\d/.test(word)) continue;
    const pair = `${word} ${words[index + 1] ?? ''}`;
    const two = monthNumber(pair);
    if (two !== null) return { month: two, rest: words.toSpliced(index, 2).join(' ') };
    // Hebrew writes `in` onto the month.
    const one = monthNumber(word) ?? monthNumber(word.replace(/^ב(?=..)/, '')) ?? monthByStart(word);
    // `mar`, `lun`, `may` … a weekday in one language is a month in another: a later, better month wins.
    if (one !== null && !(weekdayNumber(word) !== null && hasLaterMonth(words, index))) {
      return { month: one, rest: words.toSpliced(index, 1).join(' ') };
    }
  }
  return null;
}

function hasLaterMonth(words: readonly string[], index: number): boolean {
  return words.slice(index + 1).some(word => !/^\d/.test(word) && monthNumber(word) !== null);
}

/** English and its cousins, misspelt or cut: `Janu`, `Sept`, `Octob`. */
function monthByStart(word: string): number | null {
  const plain = word.toLowerCase();
  if (plain.length < 4 || weekdayNumber(word) !== null || zoneMinutes(word) !== null) return null;
  return englishMonths[plain.slice(0, 3)] ?? null;
}

function dayAndYear(numbers: readonly string[], month: number): DateParts | null {
  const plain = numbers.map(number => number.replace(/\D/g, ''));
  if (plain.length === 0 || plain.length > 3) return null;
  const year = plain.findIndex(
    (number, index) => number.length === 4 || number.length === 3 || /^\D/.test(numbers[index] ?? ''),
  );
  if (plain.length === 1) return year === 0 ? { year: fullYear(plain[0] ?? ''), month, day: 1 } : null;
  const yearIndex = year >= 0 ? year : Number(plain[0]) > 31 ? 0 : 1;
  const dayIndex = yearIndex === 0 ? 1 : 0;
  return { year: fullYear(plain[yearIndex] ?? ''), month, day: Number(plain[dayIndex]) };
}

/** Two digits by RFC 2822 §4.3: 00–49 are this century. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** @returns milliseconds since the epoch, or `null` when a part is out of range. */
function instant(date: DateParts, time: TimeParts, offset: number): number | null {
  const { year, month, day } = date;
  const { hour, minute, second, ms } = time;
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return null;
  if (day > (month === 2 && isLeap(year) ? 29 : (daysOfMonth[month - 1] ?? 0))) return null;
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && (minute > 0 || second > 0))) return null;
  // Date.UTC takes the years 0–99 for 1900–1999.
  const start = new Date(Date.UTC(2000, month - 1, day, hour, minute, second, ms));
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second, ms) - offset * 60_000;
  return start.setUTCFullYear(year, month - 1, day) - offset * 60_000;
}

function addDays(ms: number | null, days: number): number | null {
  return ms === null ? null : ms + days * 86_400_000;
}

/** Arabic, Persian, Devanagari, full-width and other digits. */
function westernDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, digit => {
    const code = digit.codePointAt(0) ?? 0;
    if (code < 0x80) return digit;
    // Unicode keeps decimal digits in runs of ten, from a code point that all but a few blocks align the same way.
    const zero = [
      0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040, 0x17e0, 0xff10,
    ].find(start => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
