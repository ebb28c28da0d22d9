import { decodeEntities } from '../text/html-to-text.ts';
import { resolveUrl } from './resolve-url.ts';

const urlAttributes = new Set('href src poster cite longdesc background data action formaction usemap'.split(' '));

/** Whether an attribute of HTML holds one URL. */
export function isUrlAttribute(name: string): boolean {
  return urlAttributes.has(name);
}

/**
 * HTML with the relative links of its tags made absolute. Everything else stays as it is, to the character: making it
 * safe is the sanitizer's work. One pass, linear.
 */
export function resolveHtml(html: string, base: string | null): string {
  if (base === null || !html.includes('<')) return html;
  let result = '';
  let done = 0;
  let start = html.indexOf('<');
  while (start >= 0 && start < html.length) {
    const end = tagEnd(html, start);
    if (end < 0) break;
    const tag = html.slice(start, end);
    if (/^<[a-z]/i.test(tag)) {
      const resolved = resolveTag(tag, base);
      if (resolved !== tag) {
        result += html.slice(done, start) + resolved;
        done = end;
      }
    }
    start = html.indexOf('<', end);
  }
  return done === 0 ? html : result + html.slice(done);
}

function tagEnd(html: string, start: number): number {
  const end = html.indexOf('>', start);
  return end < 0 ? -1 : end + 1;
}

function resolveTag(tag: string, base: string): string {
  if (!/=/.test(tag)) return tag;
  return tag.replace(
    /([a-z][a-z-]{2,15})(\s{0,20}=\s{0,20})("[^"]*"|'[^']*'|[^\s"'>]+)/gi,
    (whole, name: string, equals: string, quoted: string) => {
      const lower = name.toLowerCase();
      const quote = /^["']/.test(quoted) ? quoted.charAt(0) : '';
      const value = quote === '' ? quoted : quoted.slice(1, -1);
      if (lower === 'srcset') return `${name}${equals}"${escapeAttribute(resolveSrcset(decodeEntities(value), base))}"`;
      if (!urlAttributes.has(lower)) return whole;
      const decoded = decodeEntities(value).trim();
      // An absolute link stays to the character; a dangerous one is left for the sanitizer to drop.
      const resolved = resolveUrl(decoded, base);
      if (resolved === null || resolved === decoded) return whole;
      return `${name}${equals}"${escapeAttribute(resolved)}"`;
    },
  );
}

/** `image.jpg 2x, other.jpg 640w` (HTML §4.8.4.2.1). */
export function resolveSrcset(value: string, base: string | null): string {
  return value
    .split(/,\s+|,$/)
    .map(candidate => {
      const [url = '', ...descriptor] = candidate.trim().split(/\s+/);
      return [resolveUrl(url, base) ?? '', ...descriptor].join(' ');
    })
    .filter(candidate => candidate.trim() !== '')
    .join(', ');
}

export function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Plain text as HTML. */
export function escapeText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
