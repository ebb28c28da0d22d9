/**
 * The form of an address: how many segments, of what kind. A first segment that is a word stays as it is only where all
 * posts share it, which the caller's set of shapes expresses by itself.
 */
export function addressShape(address: string): string {
  const url = URL.parse(address);
  if (url === null) return '';
  const segments = url.pathname.split('/').filter(segment => segment !== '');
  const kinds = segments.map((segment, at) => {
    if (/^\d{4}$/.test(segment)) return 'year';
    if (/^\d{1,2}$/.test(segment)) return 'nn';
    if (/^\d+$/.test(segment)) return 'id';
    if (at === segments.length - 1) return /\.\w{2,5}$/.test(segment) ? 'file' : 'slug';
    return segment.length > 24 ? 'slug' : segments.length <= 2 && at === 0 ? segment.toLowerCase() : 'word';
  });
  const query = url.search === '' ? '' : [...url.searchParams.keys()].sort().join('&');
  return `${url.hostname}/${kinds.join('/')}?${query}`;
}

/** Where the list's posts are of several sections (`/sport/x`, `/economy/y`), a section's name says nothing. */
export function shapeReader(addresses: readonly string[]): (address: string) => string {
  const sections = new Set(addresses.map(sectionOf));
  return sections.size > 1 && !sections.has(null)
    ? address => addressShape(address).replace(/^([^/]*\/)[^/?]+(?=\/)/, '$1*')
    : addressShape;
}

function sectionOf(address: string): string | null {
  const segments = URL.parse(address)?.pathname.split('/').filter(Boolean) ?? [];
  return segments.length >= 2 ? (segments[0] ?? null) : null;
}
