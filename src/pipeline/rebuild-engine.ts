import { TEXT_READ_MAX } from '../core/dedup/item-features.ts';
import type { ItemId } from '../model.ts';
import { type DedupContext, toDedupInput } from './dedup-items.ts';
import type { AssignedItem, DedupSave, ItemStore } from './ports.ts';

/** Small enough that everybody else gets a turn in between: reading an item anew takes a fifth of a millisecond. */
const pageItems = 200;

type RebuildContext = Pick<DedupContext, 'store' | 'engine' | 'now' | 'fence' | 'reader'>;

/**
 * Rebuilds the engine from the store: the items of the window, in order of arrival, with the stories they have. Most come back from what was
 * kept of them; an item that was edited since, or kept by another reading (an update), is read anew, and kept at once: a start that is
 * cut short need not begin again.
 */
export async function rebuildEngine(
  context: RebuildContext,
  options: {
    readonly windowMs: number;
    readonly signal: AbortSignal;
    /** Awaited after every page. */
    readonly onPage?: (done: number) => Promise<void>;
  },
): Promise<{ readonly items: number; readonly readAnew: number }> {
  const since = context.now() - options.windowMs;
  context.engine.reserve(await context.store.items.keptSince(since));
  let [afterSeq, items, readAnew] = [0, 0, 0];
  for (;;) {
    options.signal.throwIfAborted();
    const page = await context.store.items.assignedSince({ since, afterSeq, limit: pageItems });
    readAnew += await takeIn(context, page);
    items += page.length;
    await options.onPage?.(items);
    const last = page.at(-1);
    if (!last) return { items, readAnew };
    afterSeq = last.seq;
  }
}

/** @returns how many had to be read anew. */
async function takeIn(context: RebuildContext, page: readonly AssignedItem[]): Promise<number> {
  const { engine, store } = context;
  const reader = context.reader();
  const isKept = ({ kept, reader: by }: AssignedItem) => kept !== null && by === reader;
  const opened = await openings(
    store.items,
    page.filter(item => !isKept(item)).map(({ id }) => id),
  );
  const kept: NonNullable<DedupSave['kept']>['items'][number][] = [];
  for (const { id, sourceId, storyId, kept: bytes, reader: by } of page) {
    if (bytes !== null && by === reader && engine.recall({ id, sourceId, storyId, kept: bytes })) continue;
    // Bytes that the engine refuses are damaged: so rare that one look-up more does not count.
    const found = opened.get(id) ?? (await openings(store.items, [id])).get(id);
    if (found === undefined) continue;
    kept.push({ itemId: id, revision: found.revision, bytes: engine.restore(toDedupInput(found.item), storyId) });
  }
  if (kept.length > 0) {
    const save: DedupSave = {
      ...{ fence: context.fence(), now: context.now(), assignments: [], merges: [], splits: [], topics: [] },
      kept: { reader, items: kept },
    };
    await store.stories.save(save);
  }
  return kept.length;
}

async function openings(items: ItemStore, ids: readonly ItemId[]) {
  const found = await items.openings(ids, TEXT_READ_MAX);
  return new Map(found.map(opening => [opening.item.id, opening]));
}
