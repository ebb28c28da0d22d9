import { decode } from '../core/parse/decode.ts';
import { sniffHtmlCharset } from '../core/text/html-charset.ts';

/** A page's text: what the server says of its character set counts first, then what the page says of itself. */
export function decodePage(body: Uint8Array, contentType: string | null): string {
  const charset = /charset=/i.test(contentType ?? '') ? null : sniffHtmlCharset(body);
  return decode(body, charset === null ? contentType : `text/html; charset=${charset}`).text;
}
