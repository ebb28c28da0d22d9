import { getDomain } from 'tldts';
import { sourceNames, sourceValue, trackingNames, trackingPrefix } from './tracking-parameters.ts';

const lengthMax = 4096;
/** A wrapped address may be wrapped again, but not for ever. */
const unwrappingsMax = 3;

/**
 * One spelling for all addresses of one page: a key to compare by, not an address to open (it says `https` and leaves out
 * `www.`, whatever the site speaks).
 *
 * Dropped: tracking parameters (`tracking-parameters.ts`), AMP and mobile hosts and paths, `www.`, default ports, credentials,
 * `index.html`, a slash at the end, fragments that are no route. Kept is whatever may select content: every other parameter, in order
 * of name, since publishers' link builders shuffle them and no server is known to care.
 *
 * @returns `null` for what is no http(s) address or longer than 4,096 characters.
 */
export function canonicalUrl(address: string, options: { readonly keepFragment?: boolean } = {}): string | null {
  if (address.length > lengthMax) return null;
  const url = unwrap(URL.parse(address.trim()));
  if (!url) return null;
  const host = canonicalHost(url.hostname);
  if (host === '') return null;
  const plainPort = url.port === '' || url.port === '80' || url.port === '443';
  const origin = plainPort ? `https://${host}` : `${url.protocol}//${host}:${url.port}`;
  const special = specialPage(host, url);
  if (special) return special;
  const path = canonicalPath(url.pathname);
  const fragment = isRoute(url.hash) || (options.keepFragment && url.hash.length > 1) ? url.hash : '';
  return origin + path + canonicalQuery(host, url.search) + fragment;
}

/** Caches and link counters that carry the page's own address in theirs. */
function unwrap(url: URL | null): URL | null {
  let current = url;
  for (let round = 0; current && round < unwrappingsMax; round++) {
    const inner = innerAddress(current);
    if (inner === null) break;
    current = URL.parse(inner) ?? current;
  }
  return current && /^https?:$/.test(current.protocol) && current.hostname !== '' ? current : null;
}

function innerAddress(url: URL): string | null {
  const host = url.hostname;
  const ampCache = host === 'cdn.ampproject.org' || host.endsWith('.cdn.ampproject.org');
  const ampPath = /^\/(?:[acivr]|amp|wp)\/(?:s\/)?([^/]+\.[^/]+\/?.*)$/.exec(url.pathname);
  if (ampPath && (ampCache || (/^(?:www\.)?google\.[a-z.]+$/.test(host) && url.pathname.startsWith('/amp/')))) {
    return `https://${ampPath[1]}${url.search}`;
  }
  const parameter =
    /^(?:www\.)?google\.[a-z.]+$/.test(host) && url.pathname === '/url' ? ['url', 'q'] : wrappers.get(host);
  for (const name of parameter ?? []) {
    const inner = url.searchParams.get(name);
    if (inner && /^https?:\/\//i.test(inner)) return inner;
  }
  return null;
}

const wrappers: ReadonlyMap<string, readonly string[]> = new Map([
  ['l.facebook.com', ['u']],
  ['lm.facebook.com', ['u']],
  ['l.instagram.com', ['u']],
  ['out.reddit.com', ['url']],
  ['vk.com', ['to']],
  ['getpocket.com', ['url']],
  ['www.bing.com', ['url']],
  ['slack-redir.net', ['url']],
  ['t.umblr.com', ['z']],
]);

const sameHosts: ReadonlyMap<string, string> = new Map([
  ['twitter.com', 'x.com'],
  ['old.reddit.com', 'reddit.com'],
  ['np.reddit.com', 'reddit.com'],
  ['new.reddit.com', 'reddit.com'],
  ['music.youtube.com', 'youtube.com'],
]);

const viewLabels = new Set(['www', 'm', 'mobile', 'amp', 'touch', 'wap', 'www2', 'www3']);

/** Labels that name a view of the site are dropped, as long as the registered name itself stays: `m.co.uk` is a name. */
function canonicalHost(hostname: string): string {
  const host = hostname.replace(/\.+$/, '');
  if (!/(?:^|\.)(?:www\d?|m|mobile|amp|touch|wap)\./.test(host)) return sameHosts.get(host) ?? host;
  const domain = getDomain(host, { allowPrivateDomains: true }) ?? host;
  const labels = host
    .slice(0, host.length - domain.length)
    .split('.')
    .filter(Boolean);
  // The first label (`m.site`), or the second after a language (`de.m.site`); once more where there are several (`www.m.site`).
  const isView = (label: string, index: number) => index <= 1 && viewLabels.has(label);
  for (let at = labels.findIndex(isView); at >= 0; at = labels.findIndex(isView)) labels.splice(at, 1);
  const plain = [...labels, domain].join('.');
  return sameHosts.get(plain) ?? plain;
}

function canonicalPath(pathname: string): string {
  let path = decodeUnreserved(pathname).replace(/;jsessionid=[^/;]*/i, '');
  // An archived page carries its own address in its path: the slashes after its scheme stay.
  path = path.replace(/(?<!:)\/{2,}/g, '/');
  for (let shorter = shorten(path); shorter !== path; shorter = shorten(path)) path = shorter;
  return path === '' ? '/' : path;
}

function shorten(path: string): string {
  const plain = path.replace(/\/+$/, '').replace(/\/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|shtml)$/i, '');
  return withoutAmp(plain);
}

/** `amp` at either end of the path is a view when a headline's slug or a number stands beside it; `/wiki/amp` is a page. */
function withoutAmp(path: string): string {
  const extension = /^(.*[-\d][^/]*?)\.amp(\.html?)?$/.exec(path);
  if (extension) return `${extension[1]}${extension[2] ?? ''}`;
  const end = /^(.*\/[^/]*[-\d][^/]*)\/amp(?:\.html)?\/?$/.exec(path);
  if (end) return end[1] ?? path;
  const start = /^\/amp(\/.*[^/]*[-\d][^/]*\/?)$/.exec(path);
  return start?.[1] ?? path;
}

function canonicalQuery(host: string, search: string): string {
  if (search.length <= 1) return '';
  const parts: [name: string, text: string][] = [];
  for (const text of search.slice(1).split('&')) {
    const equals = text.indexOf('=');
    const name = decode(equals < 0 ? text : text.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? '' : decode(text.slice(equals + 1)).toLowerCase();
    if (text === '' || isTracking(name, value, equals >= 0) || isViewOf(host, name, value)) continue;
    parts.push([name, decodeUnreserved(text).replace(/%20/g, '+')]);
  }
  // Stable: repeated names keep their order, which may matter.
  parts.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  return parts.length > 0 ? `?${parts.map(part => part[1]).join('&')}` : '';
}

function isTracking(name: string, value: string, hasValue: boolean): boolean {
  if (trackingNames.has(name) || trackingPrefix.test(name)) return true;
  // A bare `?feed` or `?source` may be a page of its own.
  return (
    sourceNames.has(name) && hasValue && value !== '' && sourceValue.test(value) && !(name === 'cid' && value === '1')
  );
}

/** Views of one page on hosts that use an otherwise meaningful name for them. */
function isViewOf(host: string, name: string, value: string): boolean {
  if (name === 'm' && (value === '1' || value === '0')) return /\.blogspot\.[a-z.]+$|^blogspot\./.test(host);
  if (name === 's' || name === 't') return host === 'x.com';
  return name === 'si' && (host === 'open.spotify.com' || host === 'youtube.com');
}

/** YouTube spells one film in many ways. */
function specialPage(host: string, url: URL): string | null {
  const film =
    host === 'youtu.be'
      ? /^\/([\w-]{6,})$/.exec(url.pathname)?.[1]
      : host === 'youtube.com' || host === 'youtube-nocookie.com'
        ? (/^\/(?:embed|live|v|shorts)\/([\w-]{6,})/.exec(url.pathname)?.[1] ??
          (url.pathname === '/watch' ? url.searchParams.get('v') : null))
        : null;
  return film && /^[\w-]+$/.test(film) ? `https://youtube.com/watch?v=${film}` : null;
}

/** `#!/story/1` and `#/story/1` are routes of pages that load their content by script. */
function isRoute(hash: string): boolean {
  return /^#!?\/./.test(hash) || /^#!./.test(hash);
}

/** Percent-encoded letters, digits and `-._~` mean themselves; other escapes are written in capitals (RFC 3986 §6.2.2). */
function decodeUnreserved(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([\da-f]{2})/gi, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : escaped.toUpperCase();
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A name or value that is no UTF-8 cannot be on a list of ours.
    return text;
  }
}
