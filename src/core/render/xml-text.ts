/**
 * Escaping for text that is clean already (`cleanText`): the three places where text stands in XML.
 * `>` is escaped too, so that `]]>` (XML 1.0 §2.4) never appears.
 */
export function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An address as text or as a value in double quotes: `absoluteUrl` leaves nothing in it but `&` that XML would read otherwise. */
export function escapeUrl(url: string): string {
  return url.includes('&') ? url.replaceAll('&', '&amp;') : url;
}

/** @returns text for a double-quoted attribute; blanks survive attribute normalization (XML 1.0 §3.3.3). */
export function escapeAttribute(text: string): string {
  const escaped = escapeText(text);
  return /["\t\n]/.test(escaped)
    ? escaped.replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;')
    : escaped;
}

/**
 * HTML as character data. CDATA is smaller and far faster to write and to read than escaping each tag; text with a
 * `]]>` of its own is escaped instead of split, because some readers join split sections badly.
 */
export function htmlText(html: string): string {
  return html.includes(']]>') ? escapeText(html) : `<![CDATA[${html}]]>`;
}

/** A title as the RSS Profile asks: `&` and `<` as numeric references, which HTML-minded readers show right. */
export function profileTitle(title: string): string {
  if (!/[&<>]/.test(title)) return title;
  return title.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;');
}
