import type { Millis } from '../../model.ts';
import { inWords, meanGap } from './adaptive-interval.ts';
import type { ScheduleMemory } from './schedule-memory.ts';

export type Alert = {
  readonly kind: 'gone' | 'failing' | 'silent' | 'items-collapsed';
  /** Since when; `null` when that is not known. */
  readonly since: Millis | null;
  readonly message: string;
};

/** What the owner of a source should look at. Computed from the memory alone, so it ends by itself when the source recovers. */
export function alerts(memory: ScheduleMemory, now: Millis): readonly Alert[] {
  return [gone(memory), failing(memory, now), silent(memory, now), collapsed(memory)].filter(alert => alert !== null);
}

function gone(memory: ScheduleMemory): Alert | null {
  if (memory.stopped !== 'gone') return null;
  return {
    kind: 'gone',
    since: memory.failingSince,
    message: 'the server says that this feed is gone for ever; it is no longer fetched',
  };
}

/** A bad hour is nobody's business: only what fails for a day, and at least three times. */
function failing(memory: ScheduleMemory, now: Millis): Alert | null {
  const { failingSince, failuresInRow, stopped } = memory;
  if (stopped !== null || failingSince === null || failuresInRow < 3 || now - failingSince < dayMs) return null;
  return {
    kind: 'failing',
    since: failingSince,
    message: `every fetch has failed for ${inWords(now - failingSince)} (${failuresInRow} times)`,
  };
}

/** Silent for ten times its usual gap, and at least two days: the gaps of a lively source are minutes. */
function silent(memory: ScheduleMemory, now: Millis): Alert | null {
  const newest = memory.itemTimes[0];
  if (newest === undefined || memory.itemTimes.length < 5 || memory.failuresInRow > 0) return null;
  // Over all that is remembered: a source that posts five at once every week is not late after two days.
  const gapMs = meanGap(memory.itemTimes, newest);
  if (now - newest < Math.max(10 * gapMs, 2 * dayMs)) return null;
  return {
    kind: 'silent',
    since: newest,
    message: `no new item for ${inWords(now - newest)}; usually there is one about every ${inWords(gapMs)}`,
  };
}

/** Twice in a row, so that one half-written document alarms nobody. */
function collapsed(memory: ScheduleMemory): Alert | null {
  if (memory.collapsedInRow < 2 || memory.itemCountUsual === null || memory.itemCountLast === null) return null;
  return {
    kind: 'items-collapsed',
    since: null,
    message: `the document has ${memory.itemCountLast} items; usually it has about ${Math.round(memory.itemCountUsual)}`,
  };
}

const dayMs = 24 * 3_600_000;
