const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]/;
const controls = new RegExp(control, 'g');
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text fit for a store and a document: no NUL, no control character, no lone surrogate, no non-character.
 * White space is kept as it is (line breaks included); see `cleanText` for one line of text.
 */
export function dropControls(text: string): string {
  const paired = text.isWellFormed() ? text : text.replace(loneSurrogates, '');
  return control.test(paired) ? paired.replace(controls, '') : paired;
}

/** One line of plain text: `dropControls`, runs of white space (no-break spaces too) become one space, ends trimmed. */
export function cleanText(text: string): string {
  if (isPlain(text)) return text;
  const clean = dropControls(text);
  return /[^\S ]|\u0085| {2}|^ | $/.test(clean) ? clean.replace(/[\s\u0085]+/g, ' ').trim() : clean;
}

/** Letters, signs and single spaces inside, as most texts are: nothing to do, and found out in one pass. */
function isPlain(text: string): boolean {
  let before = 0x20;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || (code > 0x7e && !isPlainBeyondAscii(code)) || (code === 0x20 && before === 0x20)) return false;
    before = code;
  }
  return before !== 0x20 || text === '';
}

/** Blocks without white space, controls and surrogates: alphabets, dashes and quotation marks, Kana, Han and Hangul. */
function isPlainBeyondAscii(code: number): boolean {
  return (code > 0xa0 && code < 0x1680) || (code > 0x200f && code < 0x2028) || (code > 0x3000 && code < 0xd800);
}

/** @returns the longest start of the text that is at most `bytesMax` bytes of UTF-8 and cuts no character in half. */
export function truncateBytes(text: string, bytesMax: number): string {
  // A UTF-16 unit is at most three bytes of UTF-8: short texts need no counting.
  if (text.length * 3 <= bytesMax) return text;
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > bytesMax) return text.slice(0, index);
    if (code >= 0x10000) index++;
  }
  return text;
}
