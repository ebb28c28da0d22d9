import { frameHosts, linkProtocols } from './html-policy.ts';

/** An absolute address that needs no rewriting: nothing in it that a parser would strip, escape or read differently. */
export const plainAbsolute = /^https?:\/\/[a-z\d.-]+(?::\d+)?(?:[/?#][\w\-.~:/?#[\]@!$&'()*+,;=%]*)?$/i;
const rasterImage = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon);base64,[a-z\d+/=\s]+$/i;

/** @returns the absolute address of a link, or `null` when it cannot be resolved or has a scheme that links may not have. */
export function linkAddress(value: string | undefined, baseUrl: string | null): string | null {
  if (value === undefined) return null;
  const trimmed = value.trim();
  if (plainAbsolute.test(trimmed) && URL.canParse(trimmed)) return trimmed;
  const url = resolve(trimmed, baseUrl);
  return url && linkProtocols.has(url.protocol) ? url.href : null;
}

/** @returns the absolute http(s) address of something the page would load. */
export function mediaAddress(value: string | undefined, baseUrl: string | null): string | null {
  const address = value === undefined || value.trim() === '' ? null : linkAddress(value, baseUrl);
  return address !== null && /^https?:/i.test(address) ? address : null;
}

/** As `mediaAddress`, and raster images written into the page itself. SVG is a document with scripts and stays out. */
export function imageAddress(value: string | undefined, baseUrl: string | null): string | null {
  if (value === undefined) return null;
  if (/^\s*data:/i.test(value)) {
    const compact = value.replace(/\s+/g, '');
    return rasterImage.test(compact) ? compact : null;
  }
  return mediaAddress(value, baseUrl);
}

/** @returns the embed's address when its host, scheme, port and path are on the list exactly, else `null`. */
export function frameAddress(value: string | undefined, baseUrl: string | null): string | null {
  if (value === undefined) return null;
  const trimmed = value.trim();
  const url = resolve(trimmed.startsWith('//') ? `https:${trimmed}` : trimmed, baseUrl);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return null;
  const paths = frameHosts.get(url.hostname);
  return paths?.some(path => url.pathname.startsWith(path)) ? url.href : null;
}

const candidatesMax = 30;

/** @returns the candidates of a `srcset` that may be loaded, absolute; `null` when none is left. */
export function sourceSet(value: string | undefined, baseUrl: string | null): string | null {
  if (!value) return null;
  const candidates: string[] = [];
  // WHATWG "parse a srcset attribute": an address runs to white space; commas at its end belong to the list.
  const candidate = /[\s,]*([^\s,]\S*)([^,]*)/y;
  for (let match = candidate.exec(value); match && candidates.length < candidatesMax; match = candidate.exec(value)) {
    const written = match[1] ?? '';
    const address = mediaAddress(written.replace(/,+$/, ''), baseUrl);
    let descriptor = (match[2] ?? '').trim();
    if (written.endsWith(',')) {
      candidate.lastIndex -= (match[2] ?? '').length;
      descriptor = '';
    }
    if (address === null || !/^(?:\d{1,5}w|\d{1,5}h|\d{1,3}(?:\.\d{1,3})?x)?$/.test(descriptor)) continue;
    const listed = address.replace(/,+$/, commas => '%2C'.repeat(commas.length));
    candidates.push(descriptor ? `${listed} ${descriptor}` : listed);
  }
  return candidates.length > 0 ? candidates.join(', ') : null;
}

function resolve(value: string, baseUrl: string | null): URL | null {
  return (baseUrl !== null && URL.parse(value, baseUrl)) || URL.parse(value);
}
