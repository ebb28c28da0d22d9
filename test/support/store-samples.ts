/** Items, reads and saves for the store's tests: the least that is valid, changed by what a test is about. */
import type { Item, Millis } from '../../src/model.ts';
import type { FetchRecord, FetchSave, ReadItem, SourceClaim, Store } from '../../src/pipeline/ports.ts';

export const t0: Millis = Date.UTC(2026, 4, 1, 12);

export function item(id: string, change: Partial<Item> = {}): Item {
  return {
    id,
    sourceId: 'alpha',
    guid: `guid-${id}`,
    url: `https://alpha.example/${id}`,
    canonicalUrl: `https://alpha.example/${id}`,
    title: `Title of ${id}`,
    summaryHtml: null,
    contentHtml: `<p>Text of ${id}</p>`,
    text: `Text of ${id}`,
    language: 'en',
    publishedAt: t0,
    updatedAt: null,
    firstSeenAt: t0,
    orderAt: t0,
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    extra: {},
    contentHash: `content-${id}`,
    ...change,
  };
}

export function read(id: string, change: Partial<Item> = {}, more: Partial<ReadItem> = {}): ReadItem {
  return { change: 'new', item: item(id, change), keys: [`guid:${id}`, `url:${id}`], rawHash: `raw-${id}`, ...more };
}

export function record(sourceId: string, change: Partial<FetchRecord> = {}): FetchRecord {
  return {
    sourceId,
    at: t0,
    durationMs: 12,
    outcome: 'modified',
    status: 200,
    bytes: 1000,
    itemsTotal: 1,
    itemsNew: 1,
    itemsEdited: 0,
    message: null,
    warnings: [],
    ...change,
  };
}

export function fetchSave(claim: SourceClaim, items: readonly ReadItem[], change: Partial<FetchSave> = {}): FetchSave {
  const { sourceId } = claim.state;
  return { sourceId, token: claim.token, state: { nextAt: t0 + 1000 }, items, record: record(sourceId), ...change };
}

export function source(id: string, url = `https://${id}.example/feed`) {
  return { id, url, paused: false };
}

export async function claimed(store: Store, id: string, now: Millis = t0): Promise<SourceClaim> {
  const claim = await store.sources.claim(id, { now, holder: 'test', leaseMs: 60_000 });
  if (!claim) throw new Error(`${id} is held by somebody else`);
  return claim;
}

/** Saves items of `alpha`, and makes each its own story when told to. */
export async function saved(
  store: Store,
  items: readonly ReadItem[],
  options: { now?: Millis; stories?: boolean } = {},
) {
  const { now = t0, stories = false } = options;
  if (!(await store.sources.get('alpha'))) await store.sources.sync([source('alpha')], now);
  const claim = await claimed(store, 'alpha', now);
  await store.sources.save(fetchSave(claim, items, { record: record('alpha', { at: now }) }));
  if (!stories) return;
  await store.stories.save({
    fence: null,
    now,
    assignments: items.map(({ item: { id } }) => ({ itemId: id, storyId: id, with: null, score: 1, evidence: [] })),
    merges: [],
    splits: [],
    topics: [],
  });
}
