/** A moment as a page writes it: local to some zone, or with its own offset. */
export type WallTime = {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** Minutes east of Greenwich, when the text says so. */
  readonly offsetMinutes?: number;
};

/**
 * @param timezone IANA name the text is local to; UTC without it
 * @returns milliseconds since the epoch, or `null` for a day that does not exist (31 April)
 */
export function wallTimeToMillis(time: WallTime, timezone?: string): number | null {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = time;
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  if (year < 1900 || year > 2200) return null;
  const utc = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null;
  if (time.offsetMinutes !== undefined) return utc - time.offsetMinutes * 60_000;
  if (timezone === undefined) return utc;
  // Twice, since the offset at the guess may be that of the other side of a clock change.
  const first = utc - offsetAt(utc, timezone);
  return utc - offsetAt(first, timezone);
}

/** The calendar day and time of a moment in a zone. */
export function millisToWallTime(at: number, timezone?: string): Required<Omit<WallTime, 'offsetMinutes'>> {
  const date = new Date(timezone === undefined ? at : at + offsetAt(at, timezone));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function offsetAt(at: number, timezone: string): number {
  const formatter = formatterOf(timezone);
  if (formatter === null) return 0;
  const parts = new Map(formatter.formatToParts(new Date(at)).map(part => [part.type, Number(part.value)]));
  const get = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour') % 24, get('minute'), get('second'));
  return wall - Math.floor(at / 1000) * 1000;
}

/** An unknown zone counts as UTC here; the configuration refuses it before. */
function formatterOf(timezone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(timezone);
  if (known !== undefined) return known;
  let formatter: Intl.DateTimeFormat | null = null;
  try {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  if (formatters.size < 500) formatters.set(timezone, formatter);
  return formatter;
}

/**
 * A day of the Persian solar calendar in the Gregorian one (the 33-year rule of Borkowski's algorithm as commonly
 * simplified; right for 1178–1633).
 */
export function persianToGregorian(year: number, month: number, day: number): WallTime | null {
  if (year < 1200 || year > 1600 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const shifted = year + 1595;
  let days = -355_668 + 365 * shifted + Math.floor(shifted / 33) * 8 + Math.floor(((shifted % 33) + 3) / 4) + day;
  days += month < 7 ? (month - 1) * 31 : (month - 7) * 30 + 186;
  // Days since 1 January of the year 0 of the proleptic Gregorian calendar.
  const date = new Date(Date.UTC(1970, 0, 1) + (days - 719_528) * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Years 1300–1500 are of the Persian calendar, 2400–2700 of the Buddhist one. */
export function calendarDay(year: number, month: number, day: number): WallTime | null {
  if (year >= 1300 && year < 1500) return persianToGregorian(year, month, day);
  return { year: year > 2400 && year < 2700 ? year - 543 : year, month, day };
}

/** Two digits of a year, in the hundred years that hold today. */
export function centuryOf(year: number): number {
  return year < 70 ? 2000 + year : 1900 + year;
}
