/** How far into a page its charset is looked for: the standard's 1024 bytes, and more, since many pages begin with scripts. */
const bytesMax = 4096;

/**
 * The charset an HTML page says it is in: a byte order mark, else `<meta charset>` or `<meta http-equiv>`. The label is as
 * written, in lower case; UTF-16 in a `meta` means UTF-8, since the label was readable as ASCII.
 * https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
 * @returns `null` when the page does not say
 */
export function sniffHtmlCharset(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const head = latin1(bytes.subarray(0, bytesMax)).replace(/<!--[\s\S]*?-->/g, '');
  for (const [meta] of head.matchAll(/<meta\s[^>]{0,1000}/gi)) {
    const found = /\bcharset\s*=\s*["']?\s*([\w:.+-]{2,40})/i.exec(meta);
    if (!found) continue;
    const label = (found[1] ?? '').toLowerCase();
    // `charset=` counts as an attribute of its own, or within the content of an http-equiv.
    if (/\bcontent\s*=/i.test(meta) && !/http-equiv/i.test(meta)) continue;
    return /^utf-?16/.test(label) ? 'utf-8' : label === 'x-user-defined' ? 'windows-1252' : label;
  }
  return null;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
