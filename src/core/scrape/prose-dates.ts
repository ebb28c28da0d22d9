import { foldName, monthNumber, weekdayNumber } from '../text/month-names.ts';
import { agoAfter, agoBefore, amountWords, dayWords, dualWords, nowWords, timeUnits } from './relative-time-words.ts';
import { millisToWallTime, persianToGregorian, type WallTime, wallTimeToMillis } from './wall-time.ts';

export type ProseDate = {
  readonly at: number;
  /** `day`: the text names a day and no time. */
  readonly precision: 'minute' | 'day';
  /** How much of the text is the date, 0–1: a whole short text, or a few words in a sentence. */
  readonly share: number;
};

export type ProseDateOptions = {
  readonly now: number;
  readonly language?: string | null;
  /** IANA name that times without a zone are local to; UTC without it. */
  readonly timezone?: string;
  /** What 03/04/2023 means; without it the language decides. */
  readonly order?: 'day-first' | 'month-first';
};

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
  return absolute(clean, options) ?? relative(clean, options);
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
    .replace(/[٠-٩۰-۹०-९๐-๙০-৯]/g, digit => String(decimalValue(digit)))
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

function decimalValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  for (const zero of [0x660, 0x6f0, 0x966, 0xe50, 0x9e6]) if (code >= zero && code <= zero + 9) return code - zero;
  return 0;
}

type Found = {
  readonly wall: WallTime | null;
  readonly noYear?: boolean;
  readonly start: number;
  readonly end: number;
};

function absolute(text: string, options: ProseDateOptions): ProseDate | null {
  const found = isoDate(text) ?? cjkDate(text) ?? numericDate(text, options) ?? namedDate(text, options);
  if (found === null || found.wall === null) return null;
  const time = timeOfDay(text.slice(0, found.start), text.slice(found.end));
  const wall = { ...found.wall, ...(found.wall.hour === undefined ? time?.wall : undefined) };
  const at = found.noYear ? latestSuchDay(wall, options) : wallTimeToMillis(wall, options.timezone);
  if (at === null) return null;
  const length = found.end - found.start + (time?.length ?? 0);
  return {
    at,
    precision: wall.hour === undefined ? 'day' : 'minute',
    share: Math.min(1, length / Math.max(length, lengthWithoutWeekday(text))),
  };
}

/** "Sunday 19 May 2024" is a date and nothing else. */
function lengthWithoutWeekday(text: string): number {
  let length = text.length;
  for (const { text: word } of tokenize(text))
    if (word.length > 2 && weekdayNumber(word) !== null) length -= word.length + 1;
  return Math.max(1, length);
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
  /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:[t, ]{1,3}(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(z|utc|gmt|[+-]\d{2}:?\d{2})?)?/;

function isoDate(text: string): Found | null {
  const found = isoPattern.exec(text);
  if (!found) return null;
  const [whole, year, , month, day, hour, minute, second, zone] = found;
  const wall = calendar(Number(year), Number(month), Number(day));
  const timed =
    wall !== null && hour !== undefined
      ? { ...wall, hour: Number(hour), minute: Number(minute), second: Number(second ?? 0), ...zoneOf(zone) }
      : wall;
  return { wall: timed, start: found.index, end: found.index + whole.length };
}

/** Years 1300–1500 are of the Persian calendar, 2400–2700 of the Buddhist one. */
function calendar(year: number, month: number, day: number): WallTime | null {
  if (year >= 1300 && year < 1500) return persianToGregorian(year, month, day);
  return { year: year > 2400 && year < 2700 ? year - 543 : year, month, day };
}

function cjkDate(text: string): Found | null {
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

function numericDate(text: string, options: ProseDateOptions): Found | null {
  const found = /(?<![\d.:/-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|'?\d{2})(?![\d:])/.exec(text);
  if (found) {
    const [whole, first, separator, second, yearText] = found;
    const numbers: [number, number] = [Number(first), Number(second)];
    const [day, month] = dayAndMonth(numbers, separator ?? '/', options);
    const year = Number((yearText ?? '').replace("'", ''));
    const wall = { year: year < 100 ? century(year) : year, month, day };
    return { wall, start: found.index, end: found.index + whole.length };
  }
  // "22.08." and "22/08" alone; in a sentence it could be a score or a fraction.
  const short = /^\D{0,12}?(?<![\d.])(\d{1,2})([./])(\d{1,2})\2?(?:$|[ ,|–-]+\d{1,2}[:.]\d{2}\D{0,5}$)/.exec(text);
  if (!short) return null;
  const numbers: [number, number] = [Number(short[1]), Number(short[3])];
  if (short[2] === '.' && numbers[1] > 12) return null;
  const [day, month] = dayAndMonth(numbers, short[2] ?? '/', options);
  const dateEnd = text.indexOf(short[3] ?? '', text.indexOf(short[2] ?? '/')) + (short[3] ?? '').length;
  return { wall: { year: 0, month, day }, noYear: true, start: 0, end: dateEnd };
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

function century(year: number): number {
  return year < 70 ? 2000 + year : 1900 + year;
}

type Token = { readonly text: string; readonly start: number; readonly end: number };

/** Small words that may stand between day, month and year. */
const connectors = new Set(
  'de del di of the d en den der le la el al do da du ba m gada ge i st nd rd th er º ª o a an ο του της ב من ل г г. року р năm year dia día'.split(
    ' ',
  ),
);
const persianMonths = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ');

function namedDate(text: string, options: ProseDateOptions): Found | null {
  const vietnamese = /(?<!\d)(\d{1,2})\s?tháng\s?(\d{1,2})(?:[, ]+(?:năm )?(\d{4}))?/.exec(text.normalize('NFC'));
  if (vietnamese) {
    const [whole, day, month, year] = vietnamese;
    const wall = { year: Number(year ?? 0), month: Number(month), day: Number(day) };
    return { wall, noYear: year === undefined, start: vietnamese.index, end: vietnamese.index + whole.length };
  }
  const tokens = tokenize(text);
  let best: Found | null = null;
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

function aroundMonth(tokens: readonly Token[], at: number, month: Month): Found | null {
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
}): Found | null {
  const { month, day, tokens } = found;
  const places = [found.at, found.at + month.tokens - 1, day.at, ...(found.year ? [found.year.at] : [])];
  const start = tokens[Math.min(...places)]?.start ?? 0;
  const end = tokens[Math.max(...places)]?.end ?? 0;
  if (month.isPersian) {
    const isYear = found.year !== null && found.year.value >= 1300 && found.year.value < 1500;
    const wall = isYear ? persianToGregorian(found.year?.value ?? 0, month.number, day.value) : null;
    return wall === null ? null : { wall, start, end };
  }
  const year = found.year === null ? 0 : found.year.digits === 2 ? century(found.year.value) : found.year.value;
  const wall = calendar(year, month.number, day.value);
  return { wall, noYear: found.year === null, start, end };
}

const zones: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  west: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  jst: 540,
  kst: 540,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  aest: 600,
  aedt: 660,
};

function zoneOf(text: string | undefined): { offsetMinutes?: number } {
  if (text === undefined || text === '') return {};
  const numeric = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return { offsetMinutes: numeric[1] === '-' ? -minutes : minutes };
  }
  const known = zones[text];
  return known === undefined ? {} : { offsetMinutes: known };
}

const clock =
  /(?<![\d.:])(上午|下午|午前|午後|오전|오후)?\s?(\d{1,2})\s?(?:[:：h]\s?(\d{2})|[時点點시]\s?(?:(\d{1,2})[分분])?)(?!\d)(?::(\d{2}))?\s?(a\.?m\.?|p\.?m\.?|صباحا|مساء|ص(?!\p{L})|م(?!\p{L})|π\.?μ\.?|μ\.?μ\.?)?\s?((?:utc|gmt)?[+-]\d{1,2}:?\d{0,2}|utc|gmt|cest|cet|bst|eest|eet|msk|jst|kst|ist|[ecmp][sd]t|a[es][sd]t)?(?!\p{L})/u;
const bareHour = /(?<![\d.:])(\d{1,2})\s?(a\.?m\.?|p\.?m\.?)(?!\p{L})/u;
const dottedClock =
  /(?:ore|alle|kl|klo|à|ab|um|o|godz\.?|ώρα)\.?\s(\d{1,2})\.(\d{2})(?!\d)|(?<![\d.])(\d{1,2})\.(\d{2})\suhr/u;

/** The time that stands beside a date, with how many characters it takes. */
function timeOfDay(before: string, after: string): { wall: Partial<WallTime>; length: number } | null {
  for (const text of [after, before]) {
    const found = clock.exec(text);
    if (found) {
      const [whole, east, hourText, minute, cjkMinute, second, half, zone] = found;
      const hour = twelveHours(Number(hourText), half ?? east);
      if (hour > 24) continue;
      const wall = { hour, minute: Number(minute ?? cjkMinute ?? 0), second: Number(second ?? 0), ...zoneOf(zone) };
      return { wall, length: whole.length };
    }
    const bare = bareHour.exec(text);
    if (bare) return { wall: { hour: twelveHours(Number(bare[1]), bare[2]), minute: 0 }, length: bare[0].length };
    const dotted = dottedClock.exec(text);
    if (dotted) {
      const wall = { hour: Number(dotted[1] ?? dotted[3]), minute: Number(dotted[2] ?? dotted[4]) };
      return { wall, length: dotted[0].length };
    }
  }
  return null;
}

function twelveHours(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  const isAfternoon = /^(?:p|下午|午後|오후|مساء|م|μ)/.test(half);
  if (isAfternoon) return hour === 12 ? 12 : hour + 12;
  return hour === 12 ? 0 : hour;
}

function relative(text: string, options: ProseDateOptions): ProseDate | null {
  const folded = foldName(text).replace(/[’']/g, "'");
  return (
    amountAgo(folded, options) ??
    dayByName(folded.replaceAll("'", ''), options) ??
    justNow(folded.replaceAll("'", ''), options)
  );
}

function justNow(text: string, options: ProseDateOptions): ProseDate | null {
  const found = nowWords.exec(text);
  return found ? { at: options.now, precision: 'minute', share: found[0].length / text.length } : null;
}

function dayByName(text: string, options: ProseDateOptions): ProseDate | null {
  for (const { daysAgo, pattern } of dayWords) {
    const found = pattern.exec(text);
    if (!found) continue;
    const today = millisToWallTime(options.now - daysAgo * dayMs, options.timezone);
    const time = timeOfDay(text.slice(0, found.index), text.slice(found.index + found[0].length));
    const { year, month, day } = today;
    const at = wallTimeToMillis({ year, month, day, ...time?.wall }, options.timezone);
    if (at === null) return null;
    const share = Math.min(1, (found[0].length + (time?.length ?? 0)) / text.length);
    // "Today at 23:00" read at 22:00 is a clock of another zone, not a time to come.
    return { at: Math.min(at, options.now), precision: time ? 'minute' : 'day', share };
  }
  return null;
}

/** "2 days ago", "vor einer Stunde", "il y a 5 minutes", "منذ ساعتين", "3日前". */
function amountAgo(text: string, options: ProseDateOptions): ProseDate | null {
  const words = text.match(/\d+|[\u3400-\u9fff\u3040-\u30ff]+|[\uac00-\ud7af]+|[\p{L}\p{M}]+/gu) ?? [];
  const pieces = words.flatMap(word =>
    /^[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]+$/u.test(word) ? eastAsian(word) : [word],
  );
  for (let at = 0; at < pieces.length; at += 1) {
    const dual = dualWords.get(pieces[at] ?? '');
    if (dual !== undefined && isAgo(pieces, at, at)) return past(options, { ms: dual, share: share(pieces, 3) });
    const amount = amountOf(pieces[at] ?? '');
    const unit = unitOf(pieces[at + 1] ?? '');
    if (amount !== null && unit !== null && isAgo(pieces, at, at + 1)) {
      return past(options, { ms: amount * unit.ms, months: amount * (unit.months ?? 0), share: share(pieces, 4) });
    }
    // "منذ ساعة", "час назад": one, with no word for it.
    const alone = unitOf(pieces[at] ?? '');
    const oneBefore = /^(?:منذ|قبل|לפני)$/u.test(pieces[at - 1] ?? '');
    const oneAfter = /^(?:назад|тому|temu)$/u.test(pieces[at + 1] ?? '') && amountOf(pieces[at - 1] ?? '') === null;
    if (alone !== null && (oneBefore || oneAfter)) {
      return past(options, { ms: alone.ms, months: alone.months ?? 0, share: share(pieces, 3) });
    }
  }
  // "2h", "3d" and nothing else; "5 min" alone is how long it takes to read.
  const compact = /^(\d{1,3}) ?(h|hrs?|hours?|d|days?|std|ore|heures|horas?|w)\.?$/.exec(text);
  const unit = compact ? unitOf(compact[2] ?? '') : null;
  return compact && unit ? past(options, { ms: Number(compact[1]) * unit.ms, share: 1 }) : null;
}

function share(pieces: readonly string[], used: number): number {
  return Math.min(1, used / pieces.length);
}

/** 日前 → 日, 前; 分钟前 → 分钟, 前. */
function eastAsian(word: string): string[] {
  const found = /^(.*?)(以前|之前|前|전)$/u.exec(word);
  return found && found[1] !== '' ? [found[1] ?? '', found[2] ?? ''] : [word];
}

function amountOf(piece: string): number | null {
  if (/^\d{1,4}$/.test(piece)) return Number(piece);
  return amountWords.get(piece) ?? null;
}

function unitOf(piece: string): { ms: number; months?: number } | null {
  return piece === '' ? null : (timeUnits.find(unit => unit.pattern.test(piece)) ?? null);
}

function isAgo(pieces: readonly string[], from: number, to: number): boolean {
  const before = pieces[from - 1] ?? '';
  const two = `${pieces[to + 1] ?? ''} ${pieces[to + 2] ?? ''}`;
  const french = before === 'a' && pieces[from - 2] === 'y';
  const approximate = /^(?:circa|about|etwa|environ|unos|unas|cerca|около|حوالي|περιπου|over|mehr|meno)$/u.test(before);
  const beforeThat = pieces[from - 2] ?? '';
  return (
    agoBefore.test(before) ||
    (before === 'απο' && beforeThat === 'πριν') ||
    french ||
    (approximate && agoBefore.test(beforeThat)) ||
    agoAfter.test(pieces[to + 1] ?? '') ||
    agoAfter.test(two)
  );
}

function past(options: ProseDateOptions, ago: { ms: number; months?: number; share: number }): ProseDate | null {
  let at = options.now - ago.ms;
  if (ago.months !== undefined && ago.months > 0) {
    const date = new Date(options.now);
    date.setUTCMonth(date.getUTCMonth() - ago.months);
    at = date.getTime();
  }
  // More than a lifetime ago is no publication date.
  return ago.ms > 100 * 365 * dayMs ? null : { at, precision: 'minute', share: ago.share };
}
