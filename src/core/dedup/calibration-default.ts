import { type Calibration, namedWeights } from './calibration.ts';

/** Written by `tools/calibrate/train.ts`; how, and on what, is in `docs/dedup.md`. */
export function defaultCalibration(): Calibration {
  return {
    version: '2026-11-28',
    text: {
      bias: -9.883,
      weights: namedWeights({
        titleWord: 5.779,
        titleSharedMax: 0.031,
        titleSharedCount: 0.301,
        fullCosine: 12.181,
        fullWord: 2.827,
        fullShared: 0.015,
        fullSharedMax: 0.076,
        fullSharedCount: 0.48,
        titleNumbersSame: 5.279,
        titleNumbersOther: -3.177,
        fullNumbersSame: 1.727,
        fullNumbersOther: -0.723,
        entityWordMin: 7.974,
        titlePlacesOther: -2.681,
      }),
    },
    headline: {
      bias: -6.408,
      weights: namedWeights({
        titleCosine: 1.509,
        titleWord: 1.904,
        titleSharedMax: 0.186,
        titleSharedCount: 0.636,
        fullCosine: 1.509,
        fullWord: 1.904,
        fullSharedMax: 0.186,
        fullSharedCount: 0.636,
        titleNumbersSame: 2.306,
        fullNumbersSame: 2.306,
        entityWordMin: 7.334,
        titlePlacesOther: -1.843,
      }),
    },
    joinText: 1,
    joinHeadline: 2,
    uncovered: 1,
    merge: 0,
    split: 3,
    perDay: 0.6,
    encoderMiddle: 0.86,
    encoderSlope: 25,
  };
}
