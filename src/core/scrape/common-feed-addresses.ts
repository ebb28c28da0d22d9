const paths = [
  'feed/',
  'rss.xml',
  'feed.xml',
  'atom.xml',
  'index.xml',
  'feed.json',
  'feeds/posts/default',
  'rss',
  '?feed=rss2',
  'feed',
  'rss/',
  'index.rdf',
];

/**
 * Addresses of the same origin at which sites of common make keep their feeds, for a page that names none: most likely first,
 * each in the page's own folder (a blog below `/blog/`) and then at the root. Never the page itself.
 */
export function commonFeedAddresses(url: string): string[] {
  const page = URL.parse(url);
  if (page === null || !/^https?:$/.test(page.protocol)) return [];
  const folder = page.pathname.replace(/[^/]*$/, '');
  const bases = folder === '/' ? ['/'] : [folder, '/'];
  const all = paths.flatMap(path => bases.map(base => new URL(path, `${page.origin}${base}`).href));
  return [...new Set(all)].filter(address => address !== page.href);
}
