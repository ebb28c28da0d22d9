import { expect } from 'chai';
import { defaultCalibration } from '../../../src/core/dedup/calibration-default.ts';
import { createCandidateIndex } from '../../../src/core/dedup/candidate-index.ts';
import { createCandidateWalk } from '../../../src/core/dedup/candidate-walk.ts';
import { createConstraints } from '../../../src/core/dedup/constraints.ts';
import type { EngineState } from '../../../src/core/dedup/engine-state.ts';
import { createFeatureStore, emptyPack } from '../../../src/core/dedup/feature-store.ts';
import type { PairScorer } from '../../../src/core/dedup/pair-scorer.ts';
import { settleStories } from '../../../src/core/dedup/settle-stories.ts';
import { createStoryBook, type Entry } from '../../../src/core/dedup/story-book.ts';
import { emptyLexicon } from '../../../src/core/lexicon/lexicon.ts';

/** One story of three members whose ties are given; nothing else in the window. */
function storyOf(ties: Readonly<Record<string, number>>) {
  const lexicon = emptyLexicon();
  const book = createStoryBook();
  const store = createFeatureStore(lexicon);
  const tie = (one: Entry, two: Entry) => ties[[one.id, two.id].sort().join('')] as number;
  const scorer = {
    logOdds: tie,
    alike: (one: Entry, two: Entry) => (tie(one, two) > 12 ? 1 : 0),
    cut: () => 1,
  } as Partial<PairScorer> as PairScorer;
  const story = book.open('a');
  for (const id of ['a', 'b', 'c']) {
    const slot = store.put(emptyPack(), 0);
    const entry = { id, slot, certain: false, at: 0, title: id, facts: [], story } as Partial<Entry> as Entry;
    book.byId.set(id, entry);
    book.bySlot[slot] = entry;
    book.join(entry, story);
  }
  const state = {
    ...{ lexicon, book, scorer, calibration: defaultCalibration() },
    ...{ store, index: createCandidateIndex(16), walk: createCandidateWalk() },
    constraints: createConstraints([]),
  } as Partial<EngineState> as EngineState;
  return settleStories(state).map(change => (change.kind === 'split' ? change.itemIds : change.kind));
}

describe('settling a story of three', () => {
  it('puts out the one that came before the other two showed to be translations of each other', () => {
    expect(storyOf({ ab: 0.4, ac: 1.1, bc: 20 })).to.deep.equal([['a']]);
    expect(storyOf({ ab: 20, ac: 0.4, bc: 1.1 })).to.deep.equal([['c']]);
  });

  it('keeps it where it is likelier than that', () => {
    expect(storyOf({ ab: 1.6, ac: 1.9, bc: 20 })).to.deep.equal([]);
  });

  it('keeps three reports of which no two are one voice', () => {
    expect(storyOf({ ab: 0.4, ac: 1.1, bc: 5 })).to.deep.equal([]);
  });
});
