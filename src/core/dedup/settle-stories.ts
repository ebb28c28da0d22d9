/** The pass after the fact: stories that should have met are merged, members whose ties have turned weak are put out. Bounded per call. */
import type { Evidence } from '../../model.ts';
import { sigmoid } from './calibration.ts';
import type { EngineState } from './engine-state.ts';
import { findSimilar } from './find-candidates.ts';
import { findVeto } from './find-veto.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { TIES } from './pair-scorer.ts';
import { freeStoryId } from './part-story.ts';
import type { Entry, StoryState } from './story-book.ts';
import type { StoryChange } from './story-change.ts';

const STORIES_PER_CALL = 400;
const REPRESENTATIVES = 5;
const PARTNERS_MAX = 5;

export function settleStories(state: EngineState): StoryChange[] {
  const changes: StoryChange[] = [];
  let left = STORIES_PER_CALL;
  for (const story of state.book.dirty) {
    if (left === 0) break;
    left -= 1;
    state.book.dirty.delete(story);
    if (story.members.length === 0) continue;
    changes.push(...partMembers(state, story));
    const merged = mergeStory(state, story);
    if (merged !== null) changes.push(merged);
  }
  return changes;
}

/** Founder, newest, and some between, evenly. */
function representatives(story: StoryState): Entry[] {
  const { members } = story;
  if (members.length <= REPRESENTATIVES) return [...members];
  const step = (members.length - 1) / (REPRESENTATIVES - 1);
  return Array.from({ length: REPRESENTATIVES }, (_, at) => members[Math.round(at * step)] as Entry);
}

function mergeStory(state: EngineState, story: StoryState): StoryChange | null {
  const own = representatives(story);
  const partners = new Map<StoryState, number>();
  for (const entry of own.slice(0, 3))
    for (const slot of findSimilar(state, entry)) {
      const other = (state.book.bySlot[slot] as Entry).story;
      if (other !== story) partners.set(other, (partners.get(other) ?? 0) + 1);
    }
  const likely = [...partners].sort((one, two) => two[1] - one[1] || one[0].serial - two[0].serial);
  let best: (Tie & { partner: StoryState }) | null = null;
  for (const [partner] of likely.slice(0, PARTNERS_MAX)) {
    if (state.constraints.barsStories(story, partner)) continue;
    const tie = tieOf(state, own, representatives(partner));
    if (tie.margin < state.calibration.merge || (best !== null && tie.margin <= best.margin)) continue;
    if (findVeto(tie.one, tie.two, false) === null) best = { ...tie, partner };
  }
  if (best === null) return null;
  const [into, from] = best.partner.serial < story.serial ? [best.partner, story] : [story, best.partner];
  state.book.merge(from, into);
  return { kind: 'merge', from: from.id, into: into.id, evidence: evidenceOf(state, best) };
}

type Tie = { readonly margin: number; readonly logOdds: number; readonly one: Entry; readonly two: Entry };

/** Mean over all ties of the two stories' representatives: one bridge does not make a story. */
function tieOf(state: EngineState, own: readonly Entry[], others: readonly Entry[]): Tie {
  let sum = 0;
  let margins = 0;
  let best: { value: number; one: Entry; two: Entry } | null = null;
  // The first likeness is what arrival saw and, mostly, refused; only further ones are news.
  const sides = [own, others];
  const alike = sides.every(side => side.length <= 2) ? Math.max(...sides.map(side => likenessOf(state, side))) : 0;
  const voices = { ties: own.length * others.length - 1, alike };
  const [few, many] = own.length <= others.length ? [own, others] : [others, own];
  for (const one of few) {
    const ties = many
      .map(two => ({ two, value: state.scorer.logOdds(one, two), cut: state.scorer.cut(one, two, voices) }))
      .sort((a, b) => b.value - a.value)
      .slice(0, REPRESENTATIVES);
    for (const tie of ties) {
      if (best === null || tie.value > best.value) best = { value: tie.value, one, two: tie.two };
      sum += tie.value / ties.length;
      margins += (tie.value - tie.cut) / ties.length;
    }
  }
  const { one, two } = best as { one: Entry; two: Entry };
  return { margin: margins / few.length, logOdds: sum / few.length, one, two };
}

function likenessOf(state: EngineState, [one, two]: readonly Entry[]): number {
  return one === undefined || two === undefined ? 0 : state.scorer.alike(one, two);
}

function evidenceOf(state: EngineState, tie: Tie): Evidence[] {
  const figures = {
    probability: sigmoid(tie.logOdds),
    similarity: state.scorer.similarity(tie.one.slot, tie.two.slot),
    encoder: state.encoder,
  };
  return gatherEvidence(state.lexicon, { one: tie.one, two: tie.two }, figures);
}

/**
 * Members that likelihood brought in and that the story as it is now would not take. At most one of five leaves at a time; of three, one
 * that arrival took before the other two showed to be one voice.
 */
function partMembers(state: EngineState, story: StoryState): StoryChange[] {
  const { members } = story;
  if (members.length < 3) return [];
  const changes: StoryChange[] = [];
  const checked = members.length === 3 ? [...members] : members.slice(1).slice(-8);
  for (const entry of checked) {
    if (entry.certain || changes.length * 5 >= members.length || isHeld(state, entry)) continue;
    const others = representatives(story).filter(other => other !== entry);
    // What arrival let in by one tie: the other two err together, so it has to do without the benefit of the doubt.
    const slack = others.length === 2 && likenessOf(state, others) === 1 ? 0 : state.calibration.split;
    const ties = others
      .map(other => state.scorer.logOdds(entry, other) - state.scorer.cut(entry, other))
      .sort((one, two) => two - one)
      .slice(0, TIES);
    const mean = ties.reduce((sum, tie) => sum + tie, 0) / ties.length;
    if (mean >= -slack) continue;
    state.book.leave(entry);
    const id = freeStoryId(state.book, [entry.id]);
    state.book.join(entry, state.book.open(id));
    const evidence: Evidence[] = [{ kind: 'against', reason: 'weak-ties', values: [sigmoid(mean).toFixed(2)] }];
    changes.push({ kind: 'split', from: story.id, into: id, itemIds: [entry.id], evidence });
  }
  return changes;
}

function isHeld(state: EngineState, entry: Entry): boolean {
  return state.constraints.together(entry.id).length > 0;
}
