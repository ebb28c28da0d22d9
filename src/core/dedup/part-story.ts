/** A story whose members a person wants apart: who stays together, and which part keeps the id. */
import type { Evidence, ItemId, StoryId } from '../../model.ts';
import { nameUuid } from '../text/hash.ts';
import type { Constraints } from './constraints.ts';
import type { EngineState } from './engine-state.ts';
import type { Entry, StoryBook, StoryState } from './story-book.ts';
import type { StoryChange } from './story-change.ts';

/** Parts a story by the constraints. The largest part keeps the id, of equal ones the one with the eldest member. */
export function partStory(state: EngineState, story: StoryState, evidence: Evidence[]): StoryChange[] {
  const { book, constraints } = state;
  const [stays, ...leaving] = partition(story.members, constraints).toSorted((a, b) => b.length - a.length);
  if (stays === undefined) return [];
  return leaving.map(part => {
    const into = book.open(
      freeStoryId(
        book,
        part.map(({ id }) => id),
      ),
    );
    for (const entry of part) {
      book.leave(entry);
      book.join(entry, into);
      entry.certain = true;
    }
    return { kind: 'split', from: story.id, into: into.id, itemIds: part.map(({ id }) => id), evidence };
  });
}

/** The id of one of the items, the eldest first, that no story has; else one derived from it: a published id is never given twice. */
export function freeStoryId(book: StoryBook, ids: readonly ItemId[]): StoryId {
  const free = ids.find(id => !book.stories.has(id));
  if (free !== undefined) return free;
  let id = ids[0] ?? '';
  do id = nameUuid(`parted from ${id}`);
  while (book.stories.has(id));
  return id;
}

/**
 * Whoever a person joined moves as one; each such company goes to the first part that holds nobody it must be apart from.
 * Those whom no correction names come last and stay with the most.
 */
function partition(members: readonly Entry[], constraints: Constraints): Entry[][] {
  const isNamed = (entry: Entry) => members.some(other => constraints.apart(entry.id, other.id));
  const companies = companiesOf(members, constraints);
  const named = companies.filter(company => company.some(isNamed));
  const parts: Entry[][] = [];
  for (const company of named) {
    const fits = (part: readonly Entry[]) =>
      !part.some(other => company.some(({ id }) => constraints.apart(id, other.id)));
    const part = parts.find(fits);
    if (part) part.push(...company);
    else parts.push([...company]);
  }
  const largest = parts.toSorted((a, b) => b.length - a.length)[0];
  for (const company of companies) if (!named.includes(company)) largest?.push(...company);
  const place = new Map(members.map((entry, i) => [entry, i]));
  for (const part of parts) part.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  return parts;
}

function companiesOf(members: readonly Entry[], constraints: Constraints): Entry[][] {
  const left = new Map(members.map(entry => [entry.id, entry]));
  return members.flatMap(member => {
    if (!left.delete(member.id)) return [];
    const company = [member];
    for (const entry of company) {
      for (const id of constraints.together(entry.id)) {
        const other = left.get(id);
        // Joined to both sides of a parting, it goes with the one that reaches it first.
        if (other === undefined || company.some(mate => constraints.apart(mate.id, id))) continue;
        left.delete(id);
        company.push(other);
      }
    }
    return [company];
  });
}
