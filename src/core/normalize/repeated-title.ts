import { htmlToText } from '../text/html-to-text.ts';

/** Beyond this the summary's beginning is not compared: no headline is longer. */
const titleLengthMax = 400;

/**
 * A summary without the title that many feeds repeat at its start: as a heading or a line of its own (`<h1>Title</h1>…`,
 * `<b>Title</b><br>…`), or in plain text before a mark ("Title – The teaser …"). What only begins alike is left as it is.
 * @param html safe HTML
 * @returns `null` when nothing else is left
 */
export function withoutRepeatedTitle(html: string | null, title: string | null): string | null {
  if (html === null || title === null || title.length < 4 || title.length > titleLengthMax) return html;
  const wanted = comparable(title);
  if (wanted.length < 4) return html;
  return html.includes('<') ? withoutHeading(html, wanted) : withoutPrefix(html, title, wanted);
}

function withoutHeading(html: string, wanted: string): string | null {
  const heading =
    /^\s*(?:<(?:div|header|section)>\s*)?<(h[1-6]|p|strong|b)>((?:(?!<\/?(?:h[1-6]|p|div|ul|ol|table|img)\b)[\s\S]){1,1200}?)<\/\1>(?:\s*<br \/>)*/.exec(
      html,
    );
  if (!heading || comparable(htmlToText(heading[2] ?? '')) !== wanted) return html;
  const wrapper = /^\s*<(div|header|section)>/.exec(html)?.[0] ?? '';
  const rest = html.slice(heading[0].length);
  return htmlToText(rest) === '' && !/<(?:img|video|audio|iframe)\b/.test(rest) ? null : wrapper + rest.trimStart();
}

function withoutPrefix(text: string, title: string, wanted: string): string | null {
  const plain = htmlToText(text);
  // Most summaries begin otherwise; the whole of one need not be looked at for that.
  const first = /[\p{L}\p{N}]/u.exec(plain)?.[0];
  if (first === undefined || !wanted.startsWith(comparable(first))) return text;
  if (comparable(plain) === wanted) return null;
  if (!plain.toLowerCase().startsWith(title.toLowerCase())) return text;
  // After the title there must be a mark; "Rome" is no title of "Rome wins the cup".
  const mark = /^\s*(?:[–—|:·•]|-{1,2}(?=\s)|[.!?](?=\s))\s*/u.exec(plain.slice(title.length));
  if (!mark) return text;
  const rest = plain.slice(title.length + mark[0].length);
  return rest === '' ? null : rest.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Letters and digits only. */
function comparable(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
