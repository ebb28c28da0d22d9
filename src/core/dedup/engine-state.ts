/** What the steps of the engine share. One engine, one state; the steps change it in the order `engine.ts` calls them. */
import type { Millis } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Activity } from './activity.ts';
import type { Calibration } from './calibration.ts';
import type { CandidateIndex } from './candidate-index.ts';
import type { CandidateWalk } from './candidate-walk.ts';
import type { Constraints } from './constraints.ts';
import type { ExactIndex } from './exact-matches.ts';
import type { FeatureStore, PackedTerms } from './feature-store.ts';
import type { ItemReader } from './item-features.ts';
import type { Meanings } from './meanings.ts';
import type { PairScorer } from './pair-scorer.ts';
import type { StoryBook } from './story-book.ts';
import type { TermCounts } from './term-counts.ts';
import type { TitleTails } from './title-tails.ts';

export type EngineState = {
  readonly lexicon: Lexicon;
  readonly windowMs: Millis;
  readonly calibration: Calibration;
  readonly encoder: string;
  readonly store: FeatureStore;
  /** The terms of the item at hand. */
  readonly terms: PackedTerms;
  readonly book: StoryBook;
  readonly index: CandidateIndex;
  readonly walk: CandidateWalk;
  readonly exact: ExactIndex;
  readonly scorer: PairScorer;
  readonly meanings: Meanings;
  readonly activity: Activity;
  readonly counts: TermCounts;
  readonly read: ItemReader;
  readonly tails: TitleTails;
  constraints: Constraints;
  /** Pairs that a correction found in one story and parted: taken back, it lets them meet again. */
  readonly parted: Set<string>;
};
