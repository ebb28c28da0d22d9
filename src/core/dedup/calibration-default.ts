import { type Calibration, plainCalibration } from './calibration.ts';

/** Written by `tools/calibrate`; until then a plain guess. */
export function defaultCalibration(): Calibration {
  return plainCalibration();
}
