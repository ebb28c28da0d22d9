/** Makes the stories as people said: what is to be together meets, what is to be apart parts. */
import type { Evidence } from '../../model.ts';
import type { EngineState } from './engine-state.ts';
import { pairKey } from './lift-corrections.ts';
import { partStory } from './part-story.ts';
import type { Entry } from './story-book.ts';
import type { StoryChange } from './story-change.ts';

export function enforceCorrections(state: EngineState): StoryChange[] {
  const changes: StoryChange[] = [];
  for (const correction of state.constraints.all) {
    const story = state.book.byId.get(correction.a)?.story;
    if (correction.kind === 'apart' && story !== undefined && story === state.book.byId.get(correction.b)?.story)
      state.parted.add(pairKey(correction));
  }
  for (const { kind, a, b, by } of state.constraints.all) {
    const one = state.book.byId.get(a);
    const two = state.book.byId.get(b);
    if (one === undefined || two === undefined) continue;
    const evidence: Evidence[] = [{ kind: 'correction', by: by ?? 'person' }];
    if (kind === 'apart' && one.story === two.story) changes.push(...partStory(state, one.story, evidence));
    if (kind === 'together' && one.story !== two.story) changes.push(join(state, { one, two, evidence }));
  }
  return changes;
}

function join(state: EngineState, pair: { one: Entry; two: Entry; evidence: Evidence[] }): StoryChange {
  const { one, two, evidence } = pair;
  one.certain = true;
  two.certain = true;
  const [into, from] = one.story.serial < two.story.serial ? [one.story, two.story] : [two.story, one.story];
  if (state.constraints.barsStories(from, into)) {
    // Whole stories cannot meet; the pair does, in the story of the first.
    const left = two.story;
    state.book.leave(two);
    state.book.join(two, one.story);
    return { kind: 'split', from: left.id, into: one.story.id, itemIds: [two.id], evidence };
  }
  state.book.merge(from, into);
  return { kind: 'merge', from: from.id, into: into.id, evidence };
}
