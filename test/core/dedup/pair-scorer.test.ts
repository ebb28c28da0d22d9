import { expect } from 'chai';
import { createActivity } from '../../../src/core/dedup/activity.ts';
import { defaultCalibration } from '../../../src/core/dedup/calibration-default.ts';
import { type FeatureStore, FLAG_COVERED, FLAG_TEXT } from '../../../src/core/dedup/feature-store.ts';
import { createMeanings } from '../../../src/core/dedup/meanings.ts';
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
  meanings: createMeanings(calibration),
});

describe('the cut from which two items are one story', () => {
  it('is higher where one headline is like one other than where three members of a story say the same', () => {
    const [one, two, three, ten] = [1, 2, 3, 10].map(ties => cut(headline, headlineToo, { ties, alike: 0 }));
    expect(one).to.be.closeTo((three as number) + calibration.fewTies, 1e-9);
    expect(two).to.be.closeTo((three as number) + calibration.fewTies / 2, 1e-9);
    expect(ten).to.equal(three);
    expect(cut(headline, headlineToo)).to.equal(three);
  });

  it('is higher where the two members that speak are translations of each other: they err together', () => {
    const apart = cut(headline, headlineToo, { ties: 2, alike: 0 });
    expect(cut(headline, headlineToo, { ties: 2, alike: 1 })).to.be.closeTo(apart + calibration.oneVoice, 1e-9);
    expect(cut(headline, headlineToo, { ties: 2, alike: 0.5 })).to.be.closeTo(apart + calibration.oneVoice / 2, 1e-9);
    expect(cut(text, textToo, { ties: 2, alike: 1 })).to.equal(cut(text, textToo));
  });

  it('asks no more ties of texts: they have words enough', () => {
    expect(cut(text, textToo, { ties: 1, alike: 0 })).to.equal(cut(text, textToo));
  });

  it('is a headline’s where one of two has no text', () => {
    const lone = { ties: 1, alike: 0 };
    expect(cut(headline, text, lone)).to.equal(cut(headline, headlineToo, lone));
  });

  it('is higher where the lexicon does not read a language', () => {
    expect(cut(headline, unread)).to.be.closeTo(cut(headline, headlineToo) + calibration.uncovered, 1e-9);
  });
});
