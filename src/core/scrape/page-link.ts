import type { Page, PageLink } from './parse-page.ts';
import { publicAddress } from './public-address.ts';

const listingSegments = new Set(
  (
    'category categories categoria categorias categorie kategorie kategorien kategoria cat tag tags etichetta etichette ' +
    'etiqueta etiquetas schlagwort schlagworte thema themen mot-cle motcle rubrique rubriques rubrica rubriche ' +
    'author authors autor autore autori auteur auteurs autoren redakteur users user profile member members u ' +
    'page archive archives archivio archivo archiv label labels login signin sign-in signup register subscribe account ' +
    'cart checkout privacy impressum imprint cookies terms contact contacts contatti kontakt contacto about sitemap feed rss'
  ).split(' '),
);
const listingQuery = /^(?:cat|category|tag|author|paged?|m|label|replytocom|share|s|q|sort|lang|offset)$/;
const shareHosts =
  /(?:^|\.)(?:facebook\.com|twitter\.com|x\.com|linkedin\.com|pinterest\.[a-z]+|wa\.me|whatsapp\.com|t\.me|telegram\.me|reddit\.com|tumblr\.com|vk\.com|instagram\.com|youtube\.com|tiktok\.com|bsky\.app|threads\.net|ok\.ru|xing\.com|mastodon\.social|getpocket\.com)$/;

/**
 * What an `href` leads to, or `null` when it is nothing an item could link: no address, another scheme, the page
 * itself, the front page of its site, a share button.
 */
export function readLink(page: Page, href: string | undefined): PageLink | null {
  const raw = href?.trim() ?? '';
  if (raw === '' || raw.startsWith('#') || raw.length > 4000) return null;
  // A card has its link three times, and every step of the reading asks again.
  const known = page.links.get(raw);
  if (known !== undefined) return known;
  const link = resolveLink(page, raw);
  page.links.set(raw, link);
  return link;
}

/**
 * A place on the page itself, which is no link for `readLink`: an entry of a changelog is at `#v2`. Published without what
 * may be secret in the page's own address.
 */
export function fragmentLink(page: Page, id: string): PageLink {
  const url = `${publicAddress(page.url).replace(/#.*$/s, '')}#${encodeURI(id)}`;
  return { url, key: `#${id}`, sameSite: true, isListing: false, isPost: false };
}

const ownAddress = new WeakMap<Page, { readonly key: string; readonly site: string } | null>();

function addressOf(page: Page): { readonly key: string; readonly site: string } | null {
  const known = ownAddress.get(page);
  if (known !== undefined) return known;
  const url = URL.parse(page.url);
  const own = url === null ? null : { key: linkKey(url), site: siteOf(bareHost(url.hostname)) };
  ownAddress.set(page, own);
  return own;
}

function resolveLink(page: Page, raw: string): PageLink | null {
  const url = URL.parse(raw, page.baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const here = addressOf(page);
  const key = linkKey(url);
  if (here !== null && key === here.key) return null;
  const host = bareHost(url.hostname);
  const sameSite = here === null || siteOf(host) === here.site;
  if (!sameSite && shareHosts.test(host)) return null;
  if (url.search !== '' && /[?&](?:u|url|text)=https?(?::|%3A)/i.test(url.search)) return null;
  const segments = url.pathname.split('/').filter(segment => segment !== '');
  if (segments.length === 0 && url.search === '') return null;
  return { url: url.href, key, sameSite, isListing: isListing(url, segments), isPost: isPost(url, segments) };
}

/** The address by which two links to one page are recognized on one page. */
export function linkKey(url: URL): string {
  let search = url.search;
  if (search !== '' && /[?&](?:utm_|fbclid|gclid|ref=|src=|source=)/.test(search)) {
    const kept = [...url.searchParams].filter(([name]) => !/^(?:utm_.*|fbclid|gclid|ref|src|source)$/.test(name));
    search = kept.length > 0 ? `?${kept.map(pair => pair.join('=')).join('&')}` : '';
  }
  return `${bareHost(url.hostname)}${url.port ? `:${url.port}` : ''}${url.pathname.replace(/\/+$/, '')}${search}`;
}

function bareHost(host: string): string {
  return host.replace(/^(?:www\d?|m|mobile|amp)\./, '');
}

/** Good enough to tell own links from foreign ones; the public suffix list would be a dependency for a hint. */
function siteOf(host: string): string {
  const parts = host.split('.');
  const long = parts.length > 2 && /^(?:co|com|org|gov|gob|gouv|go|ac|edu|net|or|ne)$/.test(parts.at(-2) ?? '');
  return parts.slice(long ? -3 : -2).join('.');
}

function isListing(url: URL, segments: readonly string[]): boolean {
  if (segments.length > 0) {
    const last = (segments.at(-1) ?? '').toLowerCase();
    const before = (segments.at(-2) ?? '').toLowerCase();
    if (listingSegments.has(last) || (listingSegments.has(before) && !isDatedSlug(last))) return true;
    if (segments.some(segment => /^(?:category|tag|tags|author|label)$/i.test(segment))) return true;
    // /2023/08/ is an archive, /2023/08/slug a post.
    if (/^\d{4}$/.test(segments[0] ?? '') && segments.slice(1).every(part => /^\d{1,2}$/.test(part))) {
      return segments.length < 4;
    }
  }
  if (url.search === '') return false;
  const names = [...url.searchParams.keys()];
  return names.length > 0 && names.every(name => listingQuery.test(name.toLowerCase()));
}

function isDatedSlug(segment: string): boolean {
  return segment.split('-').length > 3;
}

function isPost(url: URL, segments: readonly string[]): boolean {
  const last = segments.at(-1) ?? '';
  if (last.length > 200) return true;
  const words = decodeAddress(last).split(/[-_+ ]/).length;
  if (words >= 3 || /\d{4,}/.test(last) || /\.(?:s?html?|php|aspx?|pdf)$/i.test(last)) return true;
  if (/\/(?:19|20)\d\d\/\d{1,2}\//.test(url.pathname)) return true;
  return url.search !== '' && /[?&](?:p|id|nid|article|story|post|news_?id|item|t|tid)=\d+/i.test(url.search);
}

/** Percent-decoded, or as written where it cannot be. */
export function decodeAddress(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
