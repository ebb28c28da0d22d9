/** How many items there are around a moment: the more, the likelier is a chance likeness, and the stricter the cut. */
import type { Millis } from '../../model.ts';

const DAY_MS = 86_400_000;
const DAYS_AROUND = 2;

export type Activity = {
  readonly count: (at: Millis, by: 1 | -1) => void;
  /** Items dated within two days of the moment. */
  readonly around: (at: Millis) => number;
};

export function createActivity(): Activity {
  const days = new Map<number, number>();
  return {
    count(at, by) {
      const day = Math.floor(at / DAY_MS);
      const left = (days.get(day) ?? 0) + by;
      if (left > 0) days.set(day, left);
      else days.delete(day);
    },
    around(at) {
      const day = Math.floor(at / DAY_MS);
      let sum = 0;
      for (let near = day - DAYS_AROUND; near <= day + DAYS_AROUND; near += 1) sum += days.get(near) ?? 0;
      return sum;
    },
  };
}
