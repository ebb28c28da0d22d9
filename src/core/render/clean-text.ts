/** C0 and C1 controls but tab and line feed, and the two characters that XML 1.0 §2.2 forbids; CR is normalized. */
const unwanted = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFE\uFFFF]/;

/**
 * @returns the text with nothing in it that XML 1.0 refuses or a reader chokes on: no control characters, line ends as
 * LF, lone surrogates as U+FFFD.
 */
export function cleanText(text: string): string {
  const formed = text.isWellFormed() ? text : text.toWellFormed();
  if (!unwanted.test(formed)) return formed;
  return formed
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g, '');
}

/** @returns clean text on one line, without blanks at its ends: titles, names, categories. */
export function cleanLine(text: string): string {
  const clean = cleanText(text);
  return /[\t\n ]{2}|[\t\n]/.test(clean) ? clean.replace(/[\t\n ]+/g, ' ').trim() : clean.trim();
}

/**
 * The readable text of a piece of HTML, where a format wants plain text (JSON Feed's `summary`).
 * @param html safe HTML, as `core/normalize` leaves it.
 */
export function plainText(html: string): string {
  const text = html.includes('<')
    ? html.replace(/<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^>]*>/gi, ' ').replace(/<\/?[a-z!][^>]*>/gi, '')
    : html;
  return cleanLine(text.includes('&') ? text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, decodeReference) : text);
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

/** @returns RFC 3339, UTC. */
export function isoTime(time: number): string {
  return new Date(time >= 0 && time <= timeMax ? time : 0).toISOString();
}

/** @returns RFC 822 with a four-digit year, as RSS asks: `Sat, 28 Nov 2026 23:05:14 GMT`. */
export function rfc822Time(time: number): string {
  return new Date(time >= 0 && time <= timeMax ? time : 0).toUTCString();
}

/** @returns the tag when it has the form of BCP 47 (RFC 5646 §2.1, without grandfathered tags), else `null`. */
export function languageTag(tag: string | null): string | null {
  return tag !== null && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag) ? tag : null;
}
