/** Corrections that were taken back: what a merge had joined parts again, what a split had parted meets again. */
import type { Correction, Evidence, ItemId } from '../../model.ts';
import type { EngineState } from './engine-state.ts';
import { freeStoryId } from './part-story.ts';
import type { Entry, StoryState } from './story-book.ts';
import type { StoryChange } from './story-change.ts';

/** @param before corrections that were in force until now; those in force from now on are the state's */
export function liftCorrections(state: EngineState, before: readonly Correction[]): StoryChange[] {
  const inForce = new Set(state.constraints.all.map(pairKey));
  const lifted = before.filter(correction => !inForce.has(pairKey(correction)));
  const ofKind = (wanted: Correction['kind']) => lifted.filter(({ kind }) => kind === wanted);
  return [...partJoined(state, ofKind('together')), ...meetAgain(state, ofKind('apart'))];
}

export function pairKey({ a, b }: Pick<Correction, 'a' | 'b'>): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/**
 * A merge names one pair that bridges two stories, and beside it the second story's items, each with the one at the bridge
 * (`pipeline/correct-stories.ts`): these go, whoever came since stays.
 */
function partJoined(state: EngineState, lifted: readonly Correction[]): StoryChange[] {
  const followers = new Map<ItemId, ItemId[]>();
  for (const { a, b } of lifted) followers.set(a, [...(followers.get(a) ?? []), b]);
  const following = new Set(lifted.map(({ b }) => b));
  const sizeOf = ({ b }: Correction) => followers.get(b)?.length ?? 0;
  const bridges = lifted.filter(({ a }) => !following.has(a)).toSorted((one, two) => sizeOf(two) - sizeOf(one));
  return bridges.flatMap(({ a, b, by }) => {
    const home = state.book.byId.get(a)?.story;
    const part = [b, ...(followers.get(b) ?? [])].flatMap(id => state.book.byId.get(id) ?? []);
    const leaving = part.filter(({ story }) => story === home);
    if (home === undefined || leaving.length === 0 || leaving.length === home.members.length) return [];
    return isHeld(state, home, leaving) ? [] : [leave(state, { home, leaving, by })];
  });
}

/** Another correction, still in force, keeps one of them where it is. */
function isHeld({ constraints }: EngineState, home: StoryState, leaving: readonly Entry[]): boolean {
  const staying = home.members.filter(member => !leaving.includes(member));
  return leaving.some(({ id }) => constraints.together(id).some(other => staying.some(member => member.id === other)));
}

function leave(
  { book }: EngineState,
  { home, leaving, by }: { home: StoryState; leaving: readonly Entry[]; by: string | undefined },
): StoryChange {
  const itemIds = leaving.map(({ id }) => id);
  const into = book.open(freeStoryId(book, itemIds));
  for (const entry of leaving) {
    book.leave(entry);
    book.join(entry, into);
  }
  return { kind: 'split', from: home.id, into: into.id, itemIds, evidence: evidenceOf(by) };
}

/** Only what the correction itself had parted meets again; of two stories that were two before, evidence decides. */
function meetAgain(state: EngineState, lifted: readonly Correction[]): StoryChange[] {
  const { book, constraints } = state;
  return lifted.flatMap(correction => {
    const one = book.byId.get(correction.a)?.story;
    const two = book.byId.get(correction.b)?.story;
    if (one === undefined || two === undefined || one === two) return [];
    if (!state.parted.delete(pairKey(correction)) || constraints.barsStories(one, two)) {
      book.dirty.add(one);
      book.dirty.add(two);
      return [];
    }
    const [into, from] = one.serial < two.serial ? [one, two] : [two, one];
    book.merge(from, into);
    return [{ kind: 'merge' as const, from: from.id, into: into.id, evidence: evidenceOf(correction.by) }];
  });
}

function evidenceOf(by: string | undefined): Evidence[] {
  return [{ kind: 'correction', by: by ?? 'person' }];
}
