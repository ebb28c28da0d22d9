/** The `Link` header's hubs and self (WebSub §4, RFC 8288). Bounded: what comes after 20 links is not read. */
export function readLinkHeader(value: string | undefined, baseUrl: string): { hubs: string[]; self: string | null } {
  const hubs: string[] = [];
  let self: string | null = null;
  if (value === undefined) return { hubs, self };
  const text = value.slice(0, lengthMax);
  for (const [, target = '', parameters = ''] of [...text.matchAll(linkPattern)].slice(0, linksMax)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters);
    const rels = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    const url = URL.parse(target.trim(), baseUrl);
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) continue;
    if (rels.includes('hub') && !hubs.includes(url.href)) hubs.push(url.href);
    if (rels.includes('self')) self ??= url.href;
  }
  return { hubs, self };
}

const linkPattern = /<([^<>]*)>((?:\s*;\s*[^\s=;,"]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g;
const lengthMax = 8 * 1024;
const linksMax = 20;
