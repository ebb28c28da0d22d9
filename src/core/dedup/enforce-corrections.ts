/** Makes the stories as people said: what is to be together meets, what is to be apart parts. */
import type { Evidence } from '../../model.ts';
import type { StoryChange } from './engine.ts';
import type { EngineState } from './engine-state.ts';
import type { Entry, StoryState } from './story-book.ts';

export function enforceCorrections(state: EngineState): StoryChange[] {
  const changes: StoryChange[] = [];
  for (const { kind, a, b, by } of state.constraints.all) {
    const one = state.book.byId.get(a);
    const two = state.book.byId.get(b);
    if (one === undefined || two === undefined) continue;
    const evidence: Evidence[] = [{ kind: 'correction', by: by ?? 'person' }];
    if (kind === 'apart' && one.story === two.story) changes.push(part(state, { stays: one, goes: two, evidence }));
    if (kind === 'together' && one.story !== two.story) changes.push(join(state, { one, two, evidence }));
  }
  return changes;
}

/** The one to go takes along whoever a person joined to it and did not join to the one that stays. */
function part(state: EngineState, pair: { stays: Entry; goes: Entry; evidence: Evidence[] }): StoryChange {
  const { stays, goes, evidence } = pair;
  const from = stays.story;
  const kept = company(state, stays, from);
  const going = [...company(state, goes, from)].filter(entry => !kept.has(entry));
  if (!going.includes(goes)) going.push(goes);
  const id = state.book.stories.has(goes.id) ? `${goes.id}~` : goes.id;
  for (const entry of going) {
    state.book.leave(entry);
    state.book.join(entry, state.book.open(id));
    entry.certain = true;
  }
  return { kind: 'split', from: from.id, into: id, itemIds: going.map(entry => entry.id), evidence };
}

/** Members of the story that a person tied to this one, directly or through others. */
function company(state: EngineState, start: Entry, story: StoryState): Set<Entry> {
  const out = new Set<Entry>([start]);
  for (const entry of out)
    for (const id of state.constraints.together(entry.id)) {
      const other = state.book.byId.get(id);
      if (other !== undefined && other.story === story) out.add(other);
    }
  return out;
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
