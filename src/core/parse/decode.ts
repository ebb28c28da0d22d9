import iconv from 'iconv-lite';
import { encodingLabels } from './encoding-labels.ts';
import { decodeSingleByte, looksLikeEbcdic, singleByteTable } from './single-byte-tables.ts';

export type Decoded = {
  readonly text: string;
  /** The encoding that was used, as WHATWG or iconv-lite name it. */
  readonly encoding: string;
  /** Bytes that the encoding does not know became U+FFFD. */
  readonly damaged: boolean;
};

/**
 * Bytes → text: byte order mark, then the HTTP charset, then the XML declaration, then valid UTF-8, then windows-1252.
 * Line ends become `\n` (XML 1.0 §2.11). UTF-7 is never decoded: it hides markup from every check before it.
 */
export function decode(body: Uint8Array, contentType?: string | null): Decoded {
  const { text, encoding, damaged } = decodeBytes(body, contentType);
  return { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, encoding, damaged };
}

function decodeBytes(body: Uint8Array, contentType?: string | null): Decoded {
  const mark = byteOrderMark(body);
  if (mark) return decodeAs(body.subarray(mark.length), mark.encoding);
  const wide = wideEncoding(body);
  for (const label of [charsetOf(contentType), declaredEncoding(body, wide)]) {
    const encoding = label === null ? null : encodingFor(label);
    // A document whose first bytes can be read as ASCII is not UTF-16 or UTF-32, whatever it says, and the reverse.
    if (encoding !== null && /^utf-(?:16|32)/.test(encoding) === (wide !== null)) {
      return decodeAs(body, wide !== null && !/[bl]e$/.test(encoding) ? wide : encoding);
    }
  }
  if (wide !== null) return decodeAs(body, wide);
  const utf8 = strictUtf8(body);
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8', damaged: false };
  return looksLikeUtf8(body) ? decodeAs(body, 'utf-8') : decodeAs(body, 'windows-1252');
}

function byteOrderMark(body: Uint8Array): { encoding: string; length: number } | null {
  const [a, b, c, d] = body;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/** UTF-16 and UTF-32 without a mark: the first character is ASCII (`<`, `{` or space), so its other bytes are zero. */
function wideEncoding(body: Uint8Array): string | null {
  const [a = 0, b = 0, c = 0, d = 0] = body;
  if (body.length < 4) return null;
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be';
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return null;
}

function charsetOf(contentType: string | null | undefined): string | null {
  return /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

const declaration = /<\?xml\s[^>]{0,400}?encoding\s*=\s*["']\s*([\w.:+-]+)/i;

/** The declaration may stand behind junk, but not far behind it. */
function declaredEncoding(body: Uint8Array, wide: string | null): string | null {
  if (looksLikeEbcdic(body)) {
    const start = decodeSingleByte(body.subarray(0, 1024), singleByteTable('cp037') ?? '');
    return declaration.exec(start)?.[1] ?? 'cp037';
  }
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, wide === null ? 1024 : 4096));
  const ascii = wide === null ? start.toString('latin1') : start.toString('latin1').replaceAll('\0', '');
  return declaration.exec(ascii)?.[1] ?? null;
}

/** iconv-lite has not these; the platform has. */
const platformEncodings = new Set(['iso-2022-jp']);

function encodingFor(label: string): string | null {
  const name = label.trim().toLowerCase();
  const known = (Object.hasOwn(encodingLabels, name) ? encodingLabels[name] : undefined) ?? name;
  if (/utf-?7|^(?:base64|hex|binary|internal)/.test(known)) return null;
  if (known === 'utf-16' || known === 'utf-32' || platformEncodings.has(known)) return known;
  return iconv.encodingExists(known) || singleByteTable(known) !== null ? known : null;
}

function decodeAs(body: Uint8Array, encoding: string): Decoded {
  if (encoding === 'utf-8') return decodeUtf8(body);
  const text = decodeWith(body, encoding);
  return { text, encoding, damaged: text.includes('\ufffd') };
}

function decodeWith(body: Uint8Array, encoding: string): string {
  if (platformEncodings.has(encoding)) return new TextDecoder(encoding).decode(body);
  if (iconv.encodingExists(encoding))
    return iconv.decode(Buffer.from(body.buffer, body.byteOffset, body.byteLength), encoding);
  return decodeSingleByte(body, singleByteTable(encoding) ?? '');
}

function decodeUtf8(body: Uint8Array): Decoded {
  const strict = strictUtf8(body);
  if (strict !== null) return { text: strict, encoding: 'utf-8', damaged: false };
  // One stray byte is a damaged character. A text in which no byte above ASCII is UTF-8, again and again, is mislabelled.
  if (!looksLikeUtf8(body))
    return { text: iconv.decode(Buffer.from(body), 'windows-1252'), encoding: 'windows-1252', damaged: true };
  return { text: new TextDecoder('utf-8').decode(body), encoding: 'utf-8', damaged: true };
}

function strictUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Damaged UTF-8 rather than another encoding: good multi-byte sequences outnumber the bad, or there are hardly any bad. */
function looksLikeUtf8(body: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index] ?? 0;
    if (byte < 0x80) continue;
    const length = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    let tail = 1;
    while (tail < length && ((body[index + tail] ?? 0) & 0xc0) === 0x80) tail++;
    if (length > 1 && length <= 4 && tail === length) {
      good++;
      index += length - 1;
    } else {
      bad++;
    }
  }
  return good > bad || (good === 0 && bad <= 2 && body.length > 0);
}
