/** Corrections as constraints over items: what a person joined stays together, what a person parted stays apart, before any evidence. */
import type { Correction, ItemId } from '../../model.ts';
import type { StoryState } from './story-book.ts';

export type Constraints = {
  readonly together: (id: ItemId) => readonly ItemId[];
  readonly apart: (a: ItemId, b: ItemId) => boolean;
  /** An item may not be in this story: somebody in it is to be apart from it. */
  readonly bars: (id: ItemId, story: StoryState) => boolean;
  readonly barsStories: (one: StoryState, two: StoryState) => boolean;
  readonly all: readonly Correction[];
};

/** The later of two corrections of one pair counts. */
export function createConstraints(corrections: readonly Correction[]): Constraints {
  const last = new Map<string, Correction>();
  for (const correction of corrections) {
    const key = [correction.a, correction.b].sort().join('\n');
    last.delete(key);
    last.set(key, correction);
  }
  const joined = new Map<ItemId, ItemId[]>();
  const parted = new Map<ItemId, Set<ItemId>>();
  for (const { kind, a, b } of last.values()) {
    for (const [one, two] of [
      [a, b],
      [b, a],
    ] as const) {
      if (kind === 'together') joined.set(one, [...(joined.get(one) ?? []), two]);
      else parted.set(one, (parted.get(one) ?? new Set()).add(two));
    }
  }
  const bars = (id: ItemId, story: StoryState) => {
    const others = parted.get(id);
    return others !== undefined && story.members.some(member => others.has(member.id));
  };
  return {
    together: id => joined.get(id) ?? [],
    apart: (a, b) => parted.get(a)?.has(b) ?? false,
    bars,
    barsStories: (one, two) => parted.size > 0 && one.members.some(member => bars(member.id, two)),
    all: [...last.values()],
  };
}
