import { AppError } from '../errors.ts';
import type { ItemId, Millis, StoryId, StoryWithVersions } from '../model.ts';
import type { Store, StoredCorrection } from './ports.ts';

export type CorrectionContext = {
  readonly store: Store;
  readonly now: () => Millis;
  readonly newId: () => string;
};

/**
 * A person's word on what belongs together, as pairs of items that must be together or apart. The dedup takes them as
 * constraints, so they survive refetch, restart and re-clustering; one action is undone as a whole.
 */
export function correctStories({ store, now, newId }: CorrectionContext): {
  split(storyId: StoryId, itemIds: readonly ItemId[], by: string): Promise<string>;
  merge(storyIds: readonly StoryId[], by: string): Promise<string>;
  neverMerge(a: StoryId, b: StoryId, by: string): Promise<string>;
  undo(action: string, by: string): Promise<number>;
} {
  const getStory = async (id: StoryId): Promise<StoryWithVersions> => {
    const story = await store.stories.get(id);
    if (!story) throw new AppError('not-found', `There is no story ${id}.`);
    return story;
  };
  const record = async (
    kind: StoredCorrection['kind'],
    pairs: readonly (readonly [ItemId, ItemId])[],
    about: { name: string; subject: string; by: string },
  ) => {
    const action = newId();
    await store.corrections.add(
      pairs.map(([a, b]) => ({ id: newId(), kind, a, b, at: now(), by: about.by, undoneAt: null, action })),
    );
    await store.audit.add({
      at: now(),
      by: about.by,
      action: about.name,
      subject: about.subject,
      detail: { correction: action, pairs: pairs.length },
    });
    return action;
  };
  const partedPairs = async (): Promise<ReadonlySet<string>> =>
    new Set((await store.corrections.list()).flatMap(({ kind, a, b }) => (kind === 'apart' ? [pairKey(a, b)] : [])));

  return {
    split: async (storyId, itemIds, by) => {
      const story = await getStory(storyId);
      const leaving = new Set(itemIds);
      const staying = story.versions.filter(({ item }) => !leaving.has(item.id));
      const moved = story.versions.filter(({ item }) => leaving.has(item.id));
      if (moved.length === 0 || moved.length !== leaving.size)
        throw new AppError('invalid-input', 'Name items of this story to take out of it.');
      if (staying.length === 0) throw new AppError('invalid-input', 'At least one version must stay in the story.');
      const pairs = moved.flatMap(({ item }) => staying.map(other => [item.id, other.item.id] as const));
      return record('apart', pairs, { name: 'split', subject: storyId, by });
    },
    merge: async (storyIds, by) => {
      const stories = await Promise.all([...new Set(storyIds)].map(getStory));
      const [first, ...rest] = stories;
      if (!first || rest.length === 0) throw new AppError('invalid-input', 'Name at least two stories to merge.');
      const apart = await partedPairs();
      // One pair joins two stories; a pair that was parted before is taken back, or the merge would not hold.
      const bridges = rest.flatMap(story =>
        first.versions.flatMap(({ item: a }, i) =>
          story.versions.flatMap(({ item: b }, j) =>
            (i === 0 && j === 0) || apart.has(pairKey(a.id, b.id)) ? [[a.id, b.id] as const] : [],
          ),
        ),
      );
      // Who came with the item at the bridge goes with it, should the merge be undone (core/dedup/lift-corrections).
      const companies = rest.flatMap(({ versions: [head, ...others] }) =>
        others.map(other => [head?.item.id ?? '', other.item.id] as const),
      );
      const pairs = [...bridges, ...companies];
      return record('together', pairs, { name: 'merge', subject: first.id, by });
    },
    neverMerge: async (a, b, by) => {
      const [one, other] = await Promise.all([getStory(a), getStory(b)]);
      if (one.id === other.id) throw new AppError('invalid-input', 'These are one story already; split it first.');
      const pairs = one.versions.flatMap(({ item }) =>
        other.versions.map(version => [item.id, version.item.id] as const),
      );
      return record('apart', pairs, { name: 'never-merge', subject: one.id, by });
    },
    undo: async (action, by) => {
      const undone = await store.corrections.undo(action, now());
      if (undone === 0) throw new AppError('not-found', 'There is no such correction, or it was undone already.');
      await store.audit.add({ at: now(), by, action: 'undo', subject: action, detail: { pairs: undone } });
      return undone;
    },
  };
}

function pairKey(a: ItemId, b: ItemId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
