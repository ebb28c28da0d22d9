/** How likely an item belongs to each of the stories its candidates are in: the mean of its three best ties to members. */
import type { EngineState } from './engine-state.ts';
import { TIES, type Voices } from './pair-scorer.ts';
import type { Entry, StoryState } from './story-book.ts';

export type RankedStory = {
  readonly story: StoryState;
  readonly with: Entry;
  readonly logOdds: number;
  readonly cut: number;
};

const MEMBERS_COMPARED = 10;

/** @returns most likely first. */
export function rankStories(
  state: EngineState,
  entry: Entry,
  found: { slots: readonly number[]; bonuses: ReadonlyMap<number, { readonly logOdds: number }> },
): RankedStory[] {
  const byStory = new Map<StoryState, Entry[]>();
  for (const slot of found.slots) {
    const other = state.book.bySlot[slot] as Entry;
    const known = byStory.get(other.story);
    if (known === undefined) byStory.set(other.story, [other]);
    else if (known.length < MEMBERS_COMPARED) known.push(other);
  }
  const out: RankedStory[] = [];
  for (const [story, members] of byStory) {
    addOutsiders(story, members);
    const ties = members.map(member => ({
      member,
      logOdds: state.scorer.logOdds(entry, member) + (found.bonuses.get(member.slot)?.logOdds ?? 0),
    }));
    ties.sort((one, two) => two.logOdds - one.logOdds);
    const best = ties.slice(0, TIES);
    const first = best[0] as { member: Entry; logOdds: number };
    out.push({
      story,
      with: first.member,
      logOdds: best.reduce((sum, tie) => sum + tie.logOdds, 0) / best.length,
      cut: state.scorer.cut(entry, first.member, voicesOf(state, best)),
    });
  }
  out.sort((one, two) => two.logOdds - two.cut - (one.logOdds - one.cut) || one.story.serial - two.story.serial);
  return out.map((ranked, at) => standOut(ranked, at === 0 ? out[1] : out[0]));
}

function voicesOf(state: EngineState, [one, two, third]: readonly { readonly member: Entry }[]): Voices {
  if (two === undefined || one === undefined) return { ties: 1, alike: 0 };
  if (third !== undefined) return { ties: TIES, alike: 0 };
  return { ties: 2, alike: state.scorer.alike(one.member, two.member) };
}

/** A story far likelier than any other is likelier than its odds say; one of several look-alikes is less so. */
function standOut(ranked: RankedStory, rival: RankedStory | undefined): RankedStory {
  const lead = ranked.logOdds - Math.max(RIVAL_FLOOR, rival?.logOdds ?? RIVAL_FLOOR);
  const gain = LEAD_WORTH * (Math.max(-LEAD_MAX, Math.min(LEAD_MAX, lead)) - LEAD_USUAL);
  return { ...ranked, logOdds: ranked.logOdds + gain };
}

const LEAD_WORTH = 0.15;
const LEAD_MAX = 6;
const LEAD_USUAL = 4;
/** What an unrelated story of the day scores. */
const RIVAL_FLOOR = -6;

/** The founder and the newest keep a story from drifting away by its likest member alone. */
function addOutsiders(story: StoryState, members: Entry[]): void {
  const wanted = [story.members[0], story.members.at(-1), story.members.at(-2)];
  for (const member of wanted) {
    if (members.length >= MEMBERS_COMPARED || members.length >= story.members.length) return;
    if (member !== undefined && !members.includes(member)) members.push(member);
  }
}
