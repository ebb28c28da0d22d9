import { expect } from 'chai';
import { createActivity } from '../../../src/core/dedup/activity.ts';
import { defaultCalibration } from '../../../src/core/dedup/calibration-default.ts';
import { type FeatureStore, FLAG_COVERED, FLAG_TEXT } from '../../../src/core/dedup/feature-store.ts';
import { createPairScorer } from '../../../src/core/dedup/pair-scorer.ts';
import type { Entry } from '../../../src/core/dedup/story-book.ts';

const calibration = defaultCalibration();
const [headline, headlineToo, text, textToo, unread] = [0, 1, 2, 3, 4].map(slot => ({ slot, at: 0 }) as Entry) as [
  Entry,
  Entry,
  Entry,
  Entry,
  Entry,
];
const flags = Uint8Array.of(FLAG_COVERED, FLAG_COVERED, FLAG_COVERED | FLAG_TEXT, FLAG_COVERED | FLAG_TEXT, 0);
const { cut } = createPairScorer({
  store: { flags: () => flags } as Pick<FeatureStore, 'flags'> as FeatureStore,
  compare: () => undefined,
  calibration,
  activity: createActivity(),
});

describe('the cut from which two items are one story', () => {
  it('is higher where one headline is like one other than where three members of a story say the same', () => {
    const [one, two, three, ten] = [1, 2, 3, 10].map(ties => cut(headline, headlineToo, ties));
    expect(one).to.be.closeTo((three as number) + calibration.fewTies, 1e-9);
    expect(two).to.be.closeTo((three as number) + calibration.fewTies / 2, 1e-9);
    expect(ten).to.equal(three);
    expect(cut(headline, headlineToo)).to.equal(three);
  });

  it('asks no more ties of texts: they have words enough', () => {
    expect(cut(text, textToo, 1)).to.equal(cut(text, textToo, 3));
  });

  it('is a headline’s where one of two has no text', () => {
    expect(cut(headline, text, 1)).to.equal(cut(headline, headlineToo, 1));
  });

  it('is higher where the lexicon does not read a language', () => {
    expect(cut(headline, unread)).to.be.closeTo(cut(headline, headlineToo) + calibration.uncovered, 1e-9);
  });
});
