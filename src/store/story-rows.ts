import type { LanguageTag, Millis, StoryId } from '../model.ts';
import type { Tally } from './counters.ts';
import type { StoreEngine, Tx } from './engine.ts';
import type { StoryRow } from './tables.ts';

/**
 * Counts what the stories hold now. A story without versions keeps its row, and with it its id and date, but leaves its topics.
 * @param change.edited a publisher changed the text of one of their items: nothing else makes a story "updated".
 */
export async function refreshStories(
  tx: Tx,
  change: {
    readonly engine: StoreEngine;
    readonly ids: readonly StoryId[];
    readonly now: Millis;
    readonly tally: Tally;
    readonly edited?: boolean;
  },
): Promise<void> {
  const { engine, ids, now, tally, edited } = change;
  if (ids.length === 0) return;
  const before = await tx.selectFrom('stories').selectAll().where(engine.anyOf('id', ids)).orderBy('id').execute();
  const contents = await contentsOf(tx, { engine, ids });
  const emptied: StoryId[] = [];
  const after: StoryRow[] = [];
  for (const story of before) {
    const { items, languages } = contents.get(story.id) ?? { items: 0, languages: new Set<LanguageTag>() };
    if (story.item_count === 0 && items > 0) tally.total('stories');
    if (story.item_count > 0 && items === 0) tally.total('stories', -1);
    if (items === 0) emptied.push(story.id);
    after.push({
      ...story,
      updated_at: edited ? now : story.updated_at,
      item_count: items,
      languages: JSON.stringify([...languages]),
    });
  }
  await engine.insertRows(tx, 'stories', after, ['id']);
  if (emptied.length > 0) await tx.deleteFrom('story_topics').where(engine.anyOf('story_id', emptied)).execute();
}

async function contentsOf(tx: Tx, { engine, ids }: { engine: StoreEngine; ids: readonly StoryId[] }) {
  const versions = await tx
    .selectFrom('versions')
    .innerJoin('items', 'items.id', 'versions.item_id')
    .select(['versions.story_id', 'items.language'])
    .where(engine.anyOf('versions.story_id', ids))
    .orderBy('versions.joined_at')
    .orderBy('items.seq')
    .execute();
  const contents = new Map<StoryId, { items: number; readonly languages: Set<LanguageTag> }>();
  for (const { story_id: id, language } of versions) {
    const content = contents.get(id) ?? { items: 0, languages: new Set<LanguageTag>() };
    content.items++;
    if (language !== null) content.languages.add(language);
    contents.set(id, content);
  }
  return contents;
}

const aliasHopsMax = 16;

/** The stories that ids lead to, aliases followed. Reads each row once; `put` makes a change of this transaction known. */
export class StoryRows {
  readonly #rows = new Map<StoryId, StoryRow | null>();
  readonly #tx: Tx;
  readonly #engine: StoreEngine;

  constructor(tx: Tx, engine: StoreEngine) {
    this.#tx = tx;
    this.#engine = engine;
  }

  async load(ids: readonly StoryId[]): Promise<void> {
    const missing = [...new Set(ids)].filter(id => !this.#rows.has(id));
    if (missing.length === 0) return;
    for (const id of missing) this.#rows.set(id, null);
    const rows = await this.#tx.selectFrom('stories').selectAll().where(this.#engine.anyOf('id', missing)).execute();
    for (const row of rows) this.#rows.set(row.id, row);
    await this.load(rows.flatMap(row => row.merged_into ?? []));
  }

  /** @returns the row under exactly this id, an alias's too. */
  get(id: StoryId): StoryRow | null {
    return this.#rows.get(id) ?? null;
  }

  put(row: StoryRow): void {
    this.#rows.set(row.id, row);
  }

  resolve(id: StoryId): StoryId {
    let current = id;
    for (let hop = 0; hop < aliasHopsMax; hop++) {
      const next = this.get(current)?.merged_into;
      if (!next) return current;
      current = next;
    }
    return current;
  }

  /** The rows read so far. */
  rows(): readonly StoryRow[] {
    return [...this.#rows.values()].filter(row => row !== null);
  }
}
