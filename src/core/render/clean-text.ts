/**
 * C0 and C1 controls but tab and line feed, and the two characters that XML 1.0 §2.2 forbids; CR is normalized.
 * Surrogates only make the text suspicious: pairs are looked at again.
 */
const suspicious = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uD800-\uDFFF\uFFFE\uFFFF]/;
const unwanted = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g;

/**
 * @returns the text with nothing in it that XML 1.0 refuses or a reader chokes on: no control characters, line ends as
 * LF, lone surrogates as U+FFFD.
 */
export function cleanText(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(unwanted, '');
}

const needsWork = /[\u0000-\u001F\u007F-\u009F\uD800-\uDFFF\uFFFE\uFFFF]| {2}/;

/** @returns clean text on one line, without blanks at its ends: titles, names, categories. */
export function cleanLine(text: string): string {
  if (!needsWork.test(text)) return text.trim();
  const clean = cleanText(text);
  return /[\t\n ]{2}|[\t\n]/.test(clean) ? clean.replace(/[\t\n ]+/g, ' ').trim() : clean.trim();
}

/**
 * The readable text of a piece of HTML, where a format wants plain text (JSON Feed's `summary`).
 * @param html safe HTML, as `core/normalize` leaves it.
 */
export function plainText(html: string): string {
  const first = html.indexOf('<');
  const text = first < 0 ? html : withoutTags(html, first);
  return cleanLine(text.includes('&') ? text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, decodeReference) : text);
}

const tagStart = /<\/?[a-z!]/iy;
/** Where one of these stood, words must not run together. */
const breakingTag = /<(?:br|\/(?:p|div|li|h[1-6]|tr))\b/iy;

function withoutTags(html: string, first: number): string {
  let text = '';
  let from = 0;
  for (let at = first; at >= 0; at = html.indexOf('<', at + 1)) {
    tagStart.lastIndex = at;
    if (!tagStart.test(html)) continue;
    const end = html.indexOf('>', at);
    if (end < 0) break;
    breakingTag.lastIndex = at;
    text += html.slice(from, at) + (breakingTag.test(html) ? ' ' : '');
    from = end + 1;
    at = end;
  }
  return text + html.slice(from);
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
};

function decodeReference(whole: string, name: string): string {
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Times beyond what four-digit years can say, and no times at all, become the epoch: a writer never throws. */
const timeMax = Date.UTC(9999, 11, 31);

const dayMs = 86_400_000;

/** @returns RFC 3339, UTC. Written digit by digit: what Date writes takes a tenth of the whole time of a feed. */
export function isoTime(time: number): string {
  const safe = time >= 0 && time <= timeMax ? Math.trunc(time) : 0;
  const days = Math.floor(safe / dayMs);
  const rest = safe - days * dayMs;
  const milliseconds = rest % 1000;
  const clock = clockTime((rest - milliseconds) / 1000);
  return `${isoDate(days)}T${clock}.${milliseconds < 100 ? '0' : ''}${twoDigits(milliseconds)}Z`;
}

/** `23:05:14` for the seconds of a day. */
function clockTime(secondsOfDay: number): string {
  const seconds = secondsOfDay % 60;
  const rest = (secondsOfDay - seconds) / 60;
  const minutes = rest % 60;
  return `${twoDigits((rest - minutes) / 60)}:${twoDigits(minutes)}:${twoDigits(seconds)}`;
}

/** The civil date of a day since the epoch, by years of 400 that begin in March. */
function isoDate(daysSinceEpoch: number): string {
  const days = daysSinceEpoch + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const year = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const day = dayOfYear - Math.floor((153 * march + 2) / 5) + 1;
  return `${year + era * 400 + (month <= 2 ? 1 : 0)}-${twoDigits(month)}-${twoDigits(day)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

const dayNames = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
/** The epoch was a Thursday. */
const epochWeekday = 4;

/** @returns RFC 822 with a four-digit year, as RSS asks: `Sat, 28 Nov 2026 23:05:14 GMT`. */
export function rfc822Time(time: number): string {
  const safe = time >= 0 && time <= timeMax ? Math.trunc(time) : 0;
  const days = Math.floor(safe / dayMs);
  const date = isoDate(days);
  const month = monthNames[Number(date.slice(5, 7)) - 1];
  const clock = clockTime(Math.floor((safe - days * dayMs) / 1000));
  return `${dayNames[(days + epochWeekday) % 7]}, ${date.slice(8)} ${month} ${date.slice(0, 4)} ${clock} GMT`;
}

/** @returns the tag when it has the form of BCP 47 (RFC 5646 §2.1, without grandfathered tags), else `null`. */
export function languageTag(tag: string | null): string | null {
  return tag !== null && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) ? tag : null;
}
