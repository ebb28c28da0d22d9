import type { LiveConfig } from '../config/watch-config.ts';
import { repairNextAt } from '../core/schedule/next-fetch.ts';
import type { Millis, Source, SourceId } from '../model.ts';
import { memoryOf } from '../pipeline/after-fetch.ts';
import type { SourceStore } from '../pipeline/ports.ts';

export type ClockDeps = {
  readonly config: LiveConfig;
  readonly sources: SourceStore;
  readonly configured: () => ReadonlyMap<SourceId, Source>;
  readonly now: () => Millis;
};

const driftMs = 60_000;

/** What was due in twenty minutes is due in twenty minutes, also after the clock was set back; called at start and after a jump. */
export async function repairSchedules({ config, sources, configured, now }: ClockDeps): Promise<number> {
  const { collect } = config.current().settings;
  const settings = {
    intervalMinMs: collect.intervalMin,
    intervalMaxMs: collect.intervalMax,
    schedule: collect.schedule,
  };
  let repaired = 0;
  for (const state of await sources.list()) {
    const source = configured().get(state.sourceId);
    if (!source) continue;
    const nextAt = repairNextAt(state.nextAt, { source, settings, memory: memoryOf(state).schedule, now: now() });
    if (nextAt === state.nextAt) continue;
    await sources.requestNow(state.sourceId, nextAt);
    repaired++;
  }
  return repaired;
}

/** Compares the wall clock with one that never jumps. @returns a function that ends the watch */
export function watchClock(now: () => Millis, onJumpBack: () => void): () => void {
  let offset = now() - performance.now();
  const timer = setInterval(() => {
    const current = now() - performance.now();
    if (current < offset - driftMs) onJumpBack();
    offset = current;
  }, 15_000);
  timer.unref();
  return () => clearInterval(timer);
}
