/** Everything that speaks for and against two items being one story, whether they are or not. */
import type { Evidence, ItemId } from '../../model.ts';
import { sigmoid } from './calibration.ts';
import type { EngineState } from './engine-state.ts';
import { findSimilar } from './find-candidates.ts';
import { findVeto } from './find-veto.ts';
import { gatherEvidence } from './gather-evidence.ts';

export type PairExplanation = {
  readonly sameStory: boolean;
  readonly probability: number;
  /** The engine would compare them: one leads to the other in the index. */
  readonly candidate: boolean;
  readonly features: Readonly<Record<string, number>>;
  readonly evidence: readonly Evidence[];
  /** Why not, in data: a veto, too little in common, apart in time, a correction. */
  readonly refusal: Evidence | null;
};

/** @returns null when one of them is not in the window. */
export function explainPair(state: EngineState, a: ItemId, b: ItemId): PairExplanation | null {
  const one = state.book.byId.get(a);
  const two = state.book.byId.get(b);
  if (one === undefined || two === undefined) return null;
  const logOdds = state.scorer.logOdds(one, two);
  const others = Math.max(one.story.members.length, two.story.members.length);
  const cut = state.scorer.cut(one, two, { ties: others, alike: 0 });
  const probability = sigmoid(logOdds);
  const similarity = state.scorer.similarity(one.slot, two.slot);
  const figures = { probability, similarity, encoder: state.encoder };
  const veto = state.constraints.apart(a, b)
    ? ({ kind: 'correction', by: 'person' } satisfies Evidence)
    : findVeto(one, two, false);
  const sameStory = one.story === two.story;
  const tooLittle: Evidence = {
    kind: 'against',
    reason: 'too-unlikely',
    values: [`${probability.toFixed(3)} < ${sigmoid(cut).toFixed(3)}`],
  };
  return {
    sameStory,
    probability,
    candidate: findSimilar(state, two).includes(one.slot) || findSimilar(state, one).includes(two.slot),
    features: state.scorer.features(one.slot, two.slot),
    evidence: gatherEvidence(state.lexicon, { one, two }, figures),
    refusal: veto ?? (logOdds < cut && !sameStory ? tooLittle : null),
  };
}
