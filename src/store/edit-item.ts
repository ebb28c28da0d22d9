import type { Item, ItemId, Millis, StoryId, TopicId } from '../model.ts';
import type { Tally } from './counters.ts';
import type { StoreEngine, Tx } from './engine.ts';
import { type ItemContent, itemContent } from './item-rows.ts';
import { searchDocument } from './search-text.ts';
import { storedJson, storedText } from './stored-text.ts';
import { refreshStories } from './story-rows.ts';
import { topicsOfStories } from './topic-versions.ts';

export const editableColumns = [
  'seq',
  'id',
  'source_id',
  'revision',
  'raw_hash',
  'content_hash',
  'keys',
  'article_at',
  'title',
  'text',
  'language',
  'content_html',
] as const;

export type EditableItem = {
  readonly seq: number;
  readonly id: ItemId;
  readonly source_id: string;
  readonly revision: number;
  readonly raw_hash: string;
  readonly content_hash: string;
  readonly keys: string;
  readonly article_at: number | null;
  readonly title: string;
  readonly text: string;
  readonly language: string | null;
  readonly content_html: string | null;
};

type Edit = {
  readonly engine: StoreEngine;
  readonly row: EditableItem;
  readonly read: { readonly item: Item; readonly keys: readonly string[]; readonly rawHash: string };
  readonly now: Millis;
  readonly tally: Tally;
};

/** `topics` whose feeds show the edit (that of `all` goes without saying), `null` while the item is in no story. */
type EditResult = { readonly edited: boolean; readonly topics: readonly TopicId[] | null };

/** A changed post of a source. Identity, first sight and order stay as they were; the caller bumps the topics answered. */
export async function editItem(tx: Tx, edit: Edit): Promise<EditResult> {
  const { row, read, now } = edit;
  const same = row.raw_hash === read.rawHash && row.content_hash === read.item.contentHash;
  const keys = await addKeys(tx, edit);
  if (same) {
    await tx.updateTable('items').set({ touched_at: now, keys }).where('id', '=', row.id).execute();
    return { edited: false, topics: null };
  }
  const content = contentAfter(edit);
  if (content.content_hash === row.content_hash) {
    await tx
      .updateTable('items')
      .set({ ...content, touched_at: now, keys, raw_hash: read.rawHash })
      .where('id', '=', row.id)
      .execute();
    return { edited: false, topics: null };
  }
  const store = { touched_at: now, keys, raw_hash: read.rawHash, article_at: row.article_at ?? 0 };
  return { edited: true, topics: await changeContent(tx, { edit, content, store }) };
}

/** The text of an item's own page takes the place of the feed's. `tryAgainAt` as in `ItemStore.saveArticle`. */
export async function saveArticleText(
  tx: Tx,
  edit: Edit & { readonly tryAgainAt: Millis | null },
): Promise<EditResult> {
  const content = itemContent(edit.read.item);
  const store = { article_at: edit.tryAgainAt };
  if (content.content_hash === edit.row.content_hash) {
    await tx.updateTable('items').set(store).where('id', '=', edit.row.id).execute();
    return { edited: false, topics: null };
  }
  return { edited: true, topics: await changeContent(tx, { edit, content, store }) };
}

/** A teaser that changed must not take the full text away which was read from its page; the page is read again. */
function contentAfter({ row, read }: Edit): ItemContent {
  const content = itemContent(read.item);
  const keepsArticle = row.article_at === null && row.content_html !== null && content.content_html === null;
  return keepsArticle ? { ...content, content_html: row.content_html, text: row.text } : content;
}

async function changeContent(
  tx: Tx,
  {
    edit,
    content,
    store,
  }: { edit: Edit; content: ItemContent; store: Readonly<Record<string, string | number | null>> },
): Promise<readonly TopicId[] | null> {
  const { engine, row, now, tally } = edit;
  const revision = row.revision + 1;
  await tx
    .updateTable('items')
    .set({ ...content, ...store, revision })
    .where('id', '=', row.id)
    .execute();
  const rematch = content.title !== row.title || content.text !== row.text || content.language !== row.language;
  if (content.language !== row.language) {
    tally.total(`items:${row.language ?? ''}`, -1);
    tally.total(`items:${content.language ?? ''}`);
  }
  if (rematch) await queueAgain(tx, { row, revision });
  const version = await tx.selectFrom('versions').select('story_id').where('item_id', '=', row.id).executeTakeFirst();
  // Without a story it is not in the search index yet (save-dedup.ts).
  if (!version) return null;
  await tx.updateTable('dedup_items').set({ reader: '', kept: null }).where('seq', '=', row.seq).execute();
  if (content.title !== row.title || content.text !== row.text) {
    await engine.search.put(tx, [{ seq: row.seq, document: searchDocument(content.title, content.text) }]);
  }
  const ids: StoryId[] = [version.story_id];
  await refreshStories(tx, { engine, ids, now, tally, edited: true });
  return topicsOfStories(tx, { engine, ids });
}

/** An item still waiting for its story keeps its place; one that has a story is queued as edited. */
async function queueAgain(tx: Tx, { row, revision }: { row: EditableItem; revision: number }): Promise<void> {
  await tx
    .insertInto('dedup_queue')
    .values({ seq: row.seq, revision, edited: 1 })
    .onConflict(c => c.column('seq').doUpdateSet({ revision }))
    .execute();
}

/** The old keys stay: a publisher who returns to an old guid is still recognized. @returns the column's new value. */
async function addKeys(tx: Tx, { engine, row, read }: Edit): Promise<string> {
  const old = JSON.parse(row.keys) as string[];
  const added = read.keys.map(storedText).filter(key => !old.includes(key));
  if (added.length === 0) return row.keys;
  await engine.insertRows(
    tx,
    'item_keys',
    added.map(key => ({ source_id: row.source_id, key, item_id: row.id })),
    'ignore',
  );
  const all = [...added, ...old];
  // A feed that makes up a new guid at every fetch must not grow its items for ever.
  const dropped = all.slice(keysMax);
  if (dropped.length > 0) {
    await tx.deleteFrom('item_keys').where('item_id', '=', row.id).where(engine.anyOf('key', dropped)).execute();
  }
  return storedJson(all.slice(0, keysMax));
}

const keysMax = 16;
