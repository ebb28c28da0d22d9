/** Stories and their members: who is where, and nothing about why. */
import type { ItemId, LanguageTag, Millis, SourceId, StoryId } from '../../model.ts';
import type { TitleFact } from './title-facts.ts';

export type Entry = {
  readonly id: ItemId;
  readonly sourceId: SourceId;
  readonly at: Millis;
  readonly title: string;
  readonly language: LanguageTag | null;
  readonly facts: readonly TitleFact[];
  /** Short hash of the title without digits, for the next edition of a column. */
  readonly mould: number;
  /** Agency whose dispatch it is. */
  readonly agency: string | null;
  readonly slot: number;
  /** Joined by certain evidence or a person's word: never put out by likelihood. */
  certain: boolean;
  story: StoryState;
};

export type StoryState = {
  readonly id: StoryId;
  /** Order of opening: of two stories that meet, the older one's id stays. */
  readonly serial: number;
  /** In order of arrival; the first is the founder. */
  readonly members: Entry[];
};

export type StoryBook = {
  readonly byId: Map<ItemId, Entry>;
  readonly bySlot: (Entry | undefined)[];
  readonly stories: Map<StoryId, StoryState>;
  /** Changed since the last settling. */
  readonly dirty: Set<StoryState>;
  readonly open: (id: StoryId) => StoryState;
  readonly join: (entry: Entry, story: StoryState) => void;
  readonly leave: (entry: Entry) => void;
  /** All members of `from` move into `into`; `from` is gone. */
  readonly merge: (from: StoryState, into: StoryState) => void;
};

export function createStoryBook(): StoryBook {
  const stories = new Map<StoryId, StoryState>();
  const dirty = new Set<StoryState>();

  let serial = 0;

  return {
    byId: new Map(),
    bySlot: [],
    stories,
    dirty,
    open(id) {
      const known = stories.get(id);
      if (known !== undefined) return known;
      serial += 1;
      const story: StoryState = { id, serial, members: [] };
      stories.set(id, story);
      return story;
    },
    join(entry, story) {
      entry.story = story;
      story.members.push(entry);
      stories.set(story.id, story);
      dirty.add(story);
    },
    leave(entry) {
      const { story } = entry;
      const at = story.members.indexOf(entry);
      if (at >= 0) story.members.splice(at, 1);
      if (story.members.length > 0) return;
      stories.delete(story.id);
      dirty.delete(story);
    },
    merge(from, into) {
      for (const entry of from.members) {
        entry.story = into;
        into.members.push(entry);
      }
      from.members.length = 0;
      stories.delete(from.id);
      dirty.delete(from);
      dirty.add(into);
    },
  };
}
