import { dropControls } from '../text/clean-text.ts';

const scheme = /^[a-z][a-z\d+.-]*:/i;
const dangerous = /^(?:javascript|vbscript|data|livescript|mocha):/i;

/**
 * A link as a reader may follow it: absolute ones stay as written, relative ones are resolved.
 *
 * @param base an absolute URL, or `null`: then a relative link stays as it is
 * @returns `null` for nothing, for what cannot be resolved and for schemes that run code
 */
export function resolveUrl(written: string | null, base: string | null): string | null {
  if (written === null) return null;
  // Browsers drop line breaks and tabs inside a URL, so `java\nscript:` is `javascript:` (WHATWG URL §4.4).
  const link = dropControls(written)
    .replace(/[\t\n\r]+\s*/g, '')
    .trim();
  if (link === '' || link.length > linkCharsMax || isDangerous(link)) return null;
  if (scheme.test(link) || base === null) return link;
  return absolute(link, base);
}

const linkCharsMax = 8192;
const baseCharsMax = 4096;

/** Whether a link would run code or carry its content with it. */
export function isDangerous(link: string): boolean {
  return dangerous.test(link.replace(/[\s\0-\x1f]+/g, ''));
}

/** The base inside an element with `xml:base` (RFC 3986 §5.1.1): nested ones build on the outer. */
export function resolveBase(written: string, outer: string | null): string | null {
  const link = written.trim();
  if (link === '' || dangerous.test(link)) return outer;
  // Bases that grow at every level of a deep document would cost its square.
  if (link.length + (outer?.length ?? 0) > baseCharsMax) return outer;
  if (outer !== null) return absolute(link, outer) ?? outer;
  return scheme.test(link) && URL.canParse(link) ? link : outer;
}

function absolute(link: string, base: string): string | null {
  return URL.canParse(link, base) ? new URL(link, base).href : null;
}
