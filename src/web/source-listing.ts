import type { Source, SourceId } from '../model.ts';
import type { SourceHealth, SourceState } from '../pipeline/ports.ts';
import type { WebContext } from './web-context.ts';

export type SourceFilter = {
  readonly q?: string | undefined;
  readonly state?: string | undefined;
  readonly tag?: string | undefined;
  readonly language?: string | undefined;
  readonly sort?: 'id' | 'title' | 'health' | 'items' | 'last' | 'next' | undefined;
};

export type ListedSource = {
  readonly source: Source;
  readonly state: SourceState | undefined;
  readonly health: SourceHealth;
  readonly title: string;
  readonly language: string | null;
};

/** Worst first: what needs a person stands on top. */
const urgency: Readonly<Record<SourceHealth, number>> = {
  failing: 0,
  gone: 1,
  'layout-changed': 2,
  silent: 3,
  new: 4,
  ok: 5,
  paused: 6,
};

/** Every source with what is known of it, filtered and sorted: the same list for page and API. */
export async function listSources(context: WebContext, filter: SourceFilter = {}): Promise<readonly ListedSource[]> {
  const states = new Map((await context.store.sources.list()).map(state => [state.sourceId, state]));
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const rows: ListedSource[] = [];
  for (const source of context.sources().values()) {
    const row = listed(source, states.get(source.id));
    if (filter.state && row.health !== filter.state) continue;
    if (filter.tag && !source.tags.includes(filter.tag)) continue;
    if (filter.language && row.language?.split('-')[0] !== filter.language.split('-')[0]) continue;
    if (words.length > 0) {
      const text =
        `${source.id} ${row.title} ${source.url.replace(/\/\/[^/@]*@/, '//')} ${source.tags.join(' ')}`.toLowerCase();
      if (!words.every(word => text.includes(word))) continue;
    }
    rows.push(row);
  }
  return rows.sort(orders[filter.sort ?? 'health']);
}

export function listed(source: Source, state: SourceState | undefined): ListedSource {
  return {
    source,
    state,
    health: source.paused ? 'paused' : (state?.health ?? 'new'),
    title: source.title ?? state?.title ?? source.id,
    language: source.language ?? state?.language ?? null,
  };
}

const byTitle = (a: ListedSource, b: ListedSource) =>
  compareText(a.title.toLowerCase(), b.title.toLowerCase()) || compareText(a.source.id, b.source.id);
const orders: Readonly<Record<NonNullable<SourceFilter['sort']>, (a: ListedSource, b: ListedSource) => number>> = {
  id: (a, b) => compareText(a.source.id, b.source.id),
  title: byTitle,
  health: (a, b) => urgency[a.health] - urgency[b.health] || byTitle(a, b),
  items: (a, b) => (b.state?.itemCount ?? 0) - (a.state?.itemCount ?? 0) || byTitle(a, b),
  last: (a, b) => (b.state?.lastFetchAt ?? 0) - (a.state?.lastFetchAt ?? 0) || byTitle(a, b),
  next: (a, b) => (a.state?.nextAt ?? Infinity) - (b.state?.nextAt ?? Infinity) || byTitle(a, b),
};

/** By code unit: a locale's order costs a second on thousands of rows. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The source that is collected from this address already, however it is spelt. */
export function findTwin(sources: ReadonlyMap<SourceId, Source>, url: string): Source | null {
  const key = twinKey(url);
  for (const source of sources.values()) if (twinKey(source.url) === key) return source;
  return null;
}

function twinKey(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  return `${parsed.host.replace(/^www\./, '')}${parsed.pathname.replace(/\/+$/, '')}${parsed.search}`;
}
