import type { ConfigEditor } from '../config/edit-config.ts';
import { parseOpml } from '../core/parse/parse-opml.ts';
import { renderOpml } from '../core/render/render-opml.ts';
import type { Source } from '../model.ts';

/** An id from an address: `https://www.example.org/blog/feed` → `example-org-blog`, made unique by a number. */
export function sourceIdFor(url: string, known: readonly Pick<Source, 'id'>[]): string {
  return freeId(url, new Set(known.map(({ id }) => id)));
}

function freeId(url: string, taken: ReadonlySet<string>): string {
  const { hostname, pathname } = new URL(url);
  const words =
    `${hostname.replace(/^(www|feeds?|rss)\./, '')} ${pathname.replace(/\.(xml|rss|atom|json|rdf|html?|php)$/i, '')}`
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(word => word !== '' && !/^(feeds?|rss|atom|index|default)$/.test(word));
  const base = words.slice(0, 5).join('-').slice(0, 60).replace(/-+$/, '') || 'source';
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}

export type ImportReport = {
  readonly lines: readonly {
    readonly url: string;
    readonly id: string | null;
    readonly result: 'added' | 'known' | 'refused';
    readonly reason: string | null;
  }[];
  readonly added: number;
  readonly known: number;
  readonly refused: number;
};

/** The same for addresses that differ in spelling only: protocol, `www.`, slashes at the end. */
export function addressKey(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  return `${parsed.host.replace(/^www\./, '')}${parsed.pathname.replace(/\/+$/, '')}${parsed.search}`;
}

/** A source somebody wishes to have: without an id one is made from the address. */
export type WantedSource = {
  readonly url: string;
  readonly id?: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly language?: string;
};

export type ImportOptions = {
  /** Told now and then while it works. */
  readonly tell?: (done: number, total: number) => void;
};

/** So many are added at a stretch, then everybody else gets a turn. */
const stretch = 50;

/** Adds sources in one edit. The same address is never added twice, so a second import adds nothing. */
export async function importSources(
  editor: ConfigEditor,
  wanted: readonly WantedSource[],
  { tell = () => undefined }: ImportOptions = {},
): Promise<ImportReport> {
  const lines: ImportReport['lines'][number][] = [];
  await editor.edit('sources', null, async entries => {
    const current = entries.entries().map(({ id, url }) => ({ id: String(id), url: String(url) }));
    const ids = new Set(current.map(({ id }) => id));
    const urls = new Map(current.flatMap(({ id, url }) => [[url, id] as const, [addressKey(url), id] as const]));
    for (const [i, source] of wanted.entries()) {
      if (i % stretch === 0) {
        tell(i, wanted.length);
        await new Promise(resolve => setImmediate(resolve));
      }
      const url = URL.parse(source.url);
      if (url === null || !/^https?:$/.test(url.protocol)) {
        lines.push({ url: source.url, id: null, result: 'refused', reason: 'not an http or https address' });
        continue;
      }
      const known = urls.get(source.url) ?? urls.get(addressKey(source.url));
      if (known !== undefined) {
        lines.push({ url: source.url, id: known, result: 'known', reason: null });
        continue;
      }
      const id = source.id !== undefined && !ids.has(source.id) ? source.id : freeId(url.href, ids);
      entries.add({
        ...{ id, url: url.href },
        ...(source.title ? { title: source.title.slice(0, 300) } : {}),
        ...(source.tags?.length ? { tags: source.tags.slice(0, 50) } : {}),
        ...(source.language ? { language: source.language } : {}),
      });
      ids.add(id);
      urls.set(source.url, id).set(addressKey(url.href), id);
      lines.push({ url: source.url, id, result: 'added', reason: null });
    }
    tell(wanted.length, wanted.length);
  });
  return reportOf(lines);
}

/** Every feed of an OPML file. */
export async function importOpml(
  editor: ConfigEditor,
  text: string,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { feeds, warnings } = parseOpml(text);
  const wanted = feeds.map(({ xmlUrl, title, categories }) => ({
    ...{ url: xmlUrl, tags: categories },
    ...(title ? { title } : {}),
  }));
  const { lines } = await importSources(editor, wanted, options);
  const refused = warnings.flatMap(({ code, message }) => {
    const address = /^not an address of a feed: (.*)$/s.exec(message)?.[1];
    return code === 'bad-url' ? [{ url: address ?? '', id: null, result: 'refused' as const, reason: message }] : [];
  });
  return reportOf([...lines, ...refused]);
}

function reportOf(lines: ImportReport['lines']): ImportReport {
  const count = (result: string) => lines.filter(line => line.result === result).length;
  return { lines, added: count('added'), known: count('known'), refused: count('refused') };
}

/** All sources as OPML; `renderOpml` leaves credentials out of the addresses. */
export function exportSources(sources: readonly Source[]): string {
  return renderOpml(
    'newsfold sources',
    sources.map(source => ({
      title: source.title ?? source.id,
      feedUrl: source.url,
      homeUrl: null,
      description: null,
      language: source.language ?? null,
      format: 'rss' as const,
      tags: source.tags,
    })),
  );
}

/** As a person would write it: defaults are left out. */
export function writtenSource(source: Source): Record<string, unknown> {
  const { id, url, title, tags, language, schedule, timezone, paused, fullText, keep, drop, scrape, http } = source;
  return {
    id,
    url,
    ...(title ? { title } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(language ? { language } : {}),
    ...(schedule ? { schedule } : {}),
    ...(timezone ? { timezone } : {}),
    ...(paused ? { paused } : {}),
    ...(fullText ? { fullText } : {}),
    ...(keep.length > 0 ? { keep } : {}),
    ...(drop.length > 0 ? { drop } : {}),
    ...(scrape ? { scrape } : {}),
    ...(Object.keys(http).length > 0 ? { http } : {}),
  };
}
