const controlOrLoneSurrogate =
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const mayNeedCleaning = /[^\u0020-\u007e\u00a1-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]/;
const whiteSpaceRun = /[\s\u0085\u200b]+/g;

/**
 * Text fit for a store and a document: no NUL, no control character, no lone surrogate, no non-character.
 * White space is kept as it is (line breaks included); see `cleanText` for one line of text.
 */
export function dropControls(text: string): string {
  return mayNeedCleaning.test(text) ? text.replace(controlOrLoneSurrogate, '') : text;
}

/** One line of plain text: `dropControls`, runs of white space (no-break spaces too) become one space, ends trimmed. */
export function cleanText(text: string): string {
  const clean = dropControls(text);
  return /[^\S ]|[\u0085\u200b]| {2}|^ | $/.test(clean) ? clean.replace(whiteSpaceRun, ' ').trim() : clean;
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
