import { expect } from 'chai';
import { createPulse } from '../../src/worker/pulse.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the pulse', () => {
  it('adds what the cache answered since the last beat, and never a negative number', async () => {
    const noted: unknown[] = [];
    let counts = { hits: 5, misses: 2 };
    const pulse = createPulse({
      cache: { status: () => ({ ok: true, detail: '', ...counts }) },
      queue: async () => 3,
      note: async (sums, now) => {
        noted.push([sums['cache:hits'], sums['cache:misses'], sums['queue:sum'], sums['queue:looks'], now]);
      },
      now: () => 7,
      log: silent,
    });
    await pulse.beat();
    counts = { hits: 9, misses: 2 };
    await pulse.beat();
    // A cache that began anew counts from nothing.
    counts = { hits: 1, misses: 0 };
    await pulse.beat();
    expect(noted).to.deep.equal([
      [5, 2, 3, 1, 7],
      [4, 0, 3, 1, 7],
      [0, 0, 3, 1, 7],
    ]);
    await pulse.stop();
  });

  it('forgets nothing when the store refuses once', async () => {
    const noted: number[] = [];
    let fails = true;
    const pulse = createPulse({
      cache: { status: () => ({ ok: true, detail: '', hits: 4, misses: 0 }) },
      queue: async () => 0,
      note: async sums => {
        if (fails) throw new Error('down');
        noted.push(sums['cache:hits']);
      },
      now: () => 0,
      log: silent,
    });
    await pulse.beat().catch(() => undefined);
    fails = false;
    await pulse.beat();
    expect(noted).to.deep.equal([4]);
  });
});
