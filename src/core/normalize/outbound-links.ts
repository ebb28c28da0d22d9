import { getDomain } from 'tldts';
import { decodeEntities } from '../text/html-to-text.ts';
import { canonicalUrl } from './canonical-url.ts';

const linksMax = 20;
/** Anchors looked at: a page of links is no story. */
const anchorsMax = 200;

/**
 * What an item's text links to outside its own site: canonical, distinct, at most 20. Two items that link to one study or one
 * statement are likely about the same thing.
 * @param html safe HTML, as `sanitizeHtml` writes it
 */
export function outboundLinks(html: string, own: readonly (string | null)[]): string[] {
  if (!html.includes('<a ')) return [];
  let ownSites: ReadonlySet<string | null> | null = null;
  const links = new Set<string>();
  let looked = 0;
  for (const [, href = ''] of html.matchAll(/<a href="([^"]*)"/g)) {
    if (++looked > anchorsMax || links.size >= linksMax) break;
    const link = canonicalUrl(decodeEntities(href));
    if (link === null || isForSharing(link)) continue;
    ownSites ??= new Set(own.map(address => (address === null ? null : siteOf(address))));
    const site = siteOf(link);
    if (site !== null && !ownSites.has(site)) links.add(link);
  }
  return [...links];
}

/** The registered name: `news.bbc.co.uk` and `bbc.co.uk` are one site, two blogs on one platform are two. */
function siteOf(address: string): string | null {
  const host = plainHost.exec(address)?.[1] ?? URL.parse(address)?.hostname;
  return host ? (getDomain(host, { allowPrivateDomains: true }) ?? host) : null;
}

/** A host as canonical addresses have it: what the parser would make of it is what is written. */
const plainHost = /^https?:\/\/([a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z][a-z\d-]*)(?::\d+)?(?:[/?#]|$)/;

/** "Share this" buttons, and links to front pages, say nothing of the text. */
function isForSharing(link: string): boolean {
  return sharing.test(link) || /^https?:\/\/[^/]+\/$/.test(link);
}

const sharing =
  /^https:\/\/(?:facebook\.com\/(?:sharer|share\.php|dialog)|x\.com\/(?:intent|share)|linkedin\.com\/(?:share|cws)|pinterest\.[a-z.]+\/pin\/create|reddit\.com\/submit|t\.me\/share|telegram\.me\/share|wa\.me\/|api\.whatsapp\.com\/|getpocket\.com\/|addtoany\.com|tumblr\.com\/share|news\.ycombinator\.com\/submitlink|bsky\.app\/intent|buffer\.com\/|digg\.com\/submit|stumbleupon\.com\/submit|flipboard\.com\/bookmarklet|vk\.com\/share|feeds\.feedburner\.com\/~|feeds\.wordpress\.com\/)/;
