/** The odds of two items being one story, by what they share, how far apart they are, and an encoder's opinion where there is one. */
import type { Activity } from './activity.ts';
import { type Calibration, pairLogOdds } from './calibration.ts';
import { type FeatureStore, FLAG_COVERED, FLAG_TEXT } from './feature-store.ts';
import type { Meanings } from './meanings.ts';
import { PAIR_FEATURES, type PairComparer, pairFeatureNames } from './pair-features.ts';
import type { Entry } from './story-book.ts';

export type PairScorer = {
  readonly logOdds: (one: Entry, two: Entry) => number;
  /**
   * From which log-odds these two belong together.
   * @param voices who in the story speaks for it; one headline that is like one other often is so by chance.
   */
  readonly cut: (one: Entry, two: Entry, voices?: Voices) => number;
  /** How far two items are one voice, 0–1: what is wrongly like the one is wrongly like the other. */
  readonly alike: (one: Entry, two: Entry) => number;
  /** Cosine of meaning, 0–1. */
  readonly similarity: (one: number, two: number) => number;
  readonly features: (one: number, two: number) => Record<string, number>;
};

/** @property ties of members to an item. @property alike how far the two of them are one voice, 0–1; 0 for any other number. */
export type Voices = { readonly ties: number; readonly alike: number };

/** So many ties of an item to a story decide. */
export const TIES = 3;

const enough: Voices = { ties: TIES, alike: 0 };
/** Log-odds from which two items are heard as more than one story's two reports, and from which they are one voice. */
const ALIKE_FROM = 6;
const ALIKE_FULLY = 12;

const DAY_MS = 86_400_000;
const USUAL_ITEMS = 1000;
const FEW_ITEMS = 30;
const FULL_COSINE = pairFeatureNames.indexOf('fullCosine');
const PLACES_OTHER = pairFeatureNames.indexOf('titlePlacesOther');
const PLAIN_COUNT = pairFeatureNames.indexOf('fullPlainCount');
const NUMBERS_SAME = pairFeatureNames.indexOf('fullNumbersSame');
const NUMBERS_OTHER = pairFeatureNames.indexOf('fullNumbersOther');
const TITLE_COSINE = pairFeatureNames.indexOf('titleCosine');

export function createPairScorer(parts: {
  store: FeatureStore;
  compare: PairComparer;
  calibration: Calibration;
  activity: Activity;
  meanings: Meanings;
}): PairScorer {
  const { store, compare, calibration, activity, meanings } = parts;
  const row = new Float64Array(PAIR_FEATURES);

  const bothHaveText = (one: number, two: number) => {
    const flags = store.flags();
    return ((flags[one] as number) & (flags[two] as number) & FLAG_TEXT) !== 0;
  };

  const logOdds = (one: Entry, two: Entry) => {
    compare(one.slot, two.slot, row);
    const model = bothHaveText(one.slot, two.slot) ? calibration.text : calibration.headline;
    const days = Math.abs(one.at - two.at) / DAY_MS;
    const late = Math.max(0, days - 0.5) * calibration.perDay;
    const elsewhere = row[PLACES_OTHER] === 1 ? calibration.otherPlaces : 0;
    const lone = (row[PLAIN_COUNT] as number) < 2 ? calibration.singleTerm : 0;
    const isOwn = one.language !== null && one.language === two.language;
    // A source that reports the same thing again with other figures reports something else: prices, results, tolls.
    const otherFigures = (row[NUMBERS_OTHER] as number) >= 2 && row[NUMBERS_SAME] === 0 ? 3 : 1;
    const again = isOwn && one.sourceId === two.sourceId ? calibration.sameSource * otherFigures : 0;
    const own = isOwn ? calibration.sameLanguage + again : 0;
    const dispatch = one.agency !== null && one.agency === two.agency && days < 1 ? calibration.sameAgency : 0;
    return dispatch + pairLogOdds(model, row) - late - elsewhere - own - lone + meanings.odds(one.slot, two.slot);
  };

  return {
    logOdds,
    alike: (one, two) => Math.max(0, Math.min(1, (logOdds(one, two) - ALIKE_FROM) / (ALIKE_FULLY - ALIKE_FROM))),
    cut(one, two, voices = enough) {
      const flags = store.flags();
      const covered = ((flags[one.slot] as number) & (flags[two.slot] as number) & FLAG_COVERED) !== 0;
      const lacking = Math.max(0, TIES - voices.ties) / (TIES - 1);
      const base = bothHaveText(one.slot, two.slot)
        ? calibration.joinText
        : calibration.joinHeadline + calibration.fewTies * lacking + calibration.oneVoice * voices.alike;
      const crowd = Math.log((activity.around(one.at) + FEW_ITEMS) / USUAL_ITEMS);
      return base + (covered ? 0 : calibration.uncovered) + calibration.density * crowd;
    },
    similarity(one, two) {
      compare(one, two, row);
      return Math.max(row[FULL_COSINE] as number, row[TITLE_COSINE] as number);
    },
    features(one, two) {
      compare(one, two, row);
      return Object.fromEntries(pairFeatureNames.map((name, at) => [name, row[at] as number]));
    },
  };
}
