import type { Source, SourceId } from '../model.ts';
import { addressKey } from '../pipeline/edit-sources.ts';
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
  return filterSources(await readSources(context), filter);
}

export async function readSources(context: WebContext): Promise<readonly ListedSource[]> {
  const states = new Map((await context.store.sources.list()).map(state => [state.sourceId, state]));
  return [...context.sources().values()].map(source => listed(source, states.get(source.id)));
}

export function filterSources(rows: readonly ListedSource[], filter: SourceFilter): readonly ListedSource[] {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(row => passes(row, filter, words)).toSorted(orders[filter.sort ?? 'health']);
}

function passes(row: ListedSource, { state, tag, language }: SourceFilter, words: readonly string[]): boolean {
  const { source } = row;
  if (state && row.health !== state) return false;
  if (tag && !source.tags.includes(tag)) return false;
  if (language && row.language?.split('-')[0] !== language.split('-')[0]) return false;
  if (words.length === 0) return true;
  const address = source.url.replace(/\/\/[^/@]*@/, '//');
  const text = `${source.id} ${row.title} ${address} ${source.tags.join(' ')}`.toLowerCase();
  return words.every(word => text.includes(word));
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
  return twinsAmong(sources)(url);
}

/** The same for many addresses: each of thousands of sources is looked at once. */
export function twinsAmong(sources: ReadonlyMap<SourceId, Source>): (url: string) => Source | null {
  const known = new Map<string, Source>();
  for (const source of sources.values()) {
    const key = addressKey(source.url);
    if (!known.has(key)) known.set(key, source);
  }
  return url => known.get(addressKey(url)) ?? null;
}
