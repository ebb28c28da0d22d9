import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { DedupStep } from '../../src/pipeline/dedup-items.ts';
import type { Store } from '../../src/pipeline/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createDeduper, type Deduper, type RebuildOptions } from '../../src/worker/deduper.ts';
import { eventually } from '../support/running-service.ts';
import { t0 } from '../support/store-samples.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const nothing: DedupStep = {
  ...{ items: 0, newStories: 0, folded: 0, merged: 0, split: 0 },
  touchedTopics: [],
  outcome: 'saved',
};
/** A lease of 12 s lasts 2 s here, less than the window's 4; the standby looks every second. */
const timesFaster = 6;
const pages = 80;
const pageMs = 50;

describe('the deduper', () => {
  let store: Store;
  const running: Deduper[] = [];

  beforeEach(async () => {
    store = await openStore('sqlite::memory:');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(deduper => deduper.stop()));
    await store.close();
  });

  const start = (
    holder: string,
    {
      rebuild,
      step,
      items = () => 0,
      settle = () => undefined,
    }: {
      rebuild: (options: RebuildOptions) => Promise<number>;
      step: () => void;
      items?: () => number;
      settle?: (at: number) => void;
    },
  ) => {
    const begun = performance.now();
    const now = () => t0 + Math.round((performance.now() - begun) * timesFaster);
    const deduper = createDeduper({
      ...{ leases: store.leases, holder, log: silent },
      now,
      rebuild: (_, options) => rebuild(options),
      step: async () => {
        step();
        return { ...nothing, items: items() };
      },
      settle: async () => {
        settle(now() - t0);
        return nothing;
      },
      rematch: async () => 0,
      correct: async () => nothing,
      onTouched: () => undefined,
    });
    running.push(deduper);
    deduper.start();
    return deduper;
  };

  it('leads on while it reads a window that takes longer than its lease, and the standby waits', async () => {
    const rebuilt: string[] = [];
    const stepped: string[] = [];
    for (const holder of ['first', 'second']) {
      start(holder, {
        rebuild: async ({ keepLease }) => {
          rebuilt.push(holder);
          for (let n = 0; n < pages; n++) {
            await sleep(pageMs);
            await keepLease();
          }
          return pages;
        },
        step: () => stepped.push(holder),
      });
    }
    await eventually(async () => stepped.length > 2, 10);
    expect(rebuilt).to.have.length(1);
    expect(new Set(stepped)).to.deep.equal(new Set(rebuilt));
    expect(running.map(deduper => deduper.status().leading).filter(Boolean)).to.have.length(1);
  });

  it('lets stories meet soon after the last item that came, and not again until there is another', async () => {
    const settledAt: number[] = [];
    let steps = 0;
    start('first', {
      rebuild: async () => 0,
      step: () => steps++,
      // The third look finds an item; those before and after find none.
      items: () => Number(steps === 3),
      settle: at => settledAt.push(at),
    });
    await eventually(async () => settledAt.length === 2, 10);
    expect(steps).to.be.within(4, 6);
    const met = steps;
    await eventually(async () => steps > met + 1, 10);
    expect(settledAt).to.have.length(2);
    expect((settledAt[1] ?? 0) - (settledAt[0] ?? 0)).to.be.below(60_000);
  });

  it('stops reading the window when another has taken over meanwhile', async () => {
    let ended: unknown = null;
    const deduper = start('first', {
      rebuild: async ({ keepLease }) => {
        // Stalled for longer than the lease; another did not wait.
        await sleep(pageMs * 50);
        await store.leases.acquire('dedup', { holder: 'second', now: t0 + 3_600_000, leaseMs: 12_000 });
        await keepLease().catch(error => {
          ended = error;
          throw error;
        });
        return pages;
      },
      step: () => {
        throw new Error('it does not lead');
      },
    });
    await eventually(async () => ended !== null, 10);
    expect(ended).to.include({ code: 'lease-lost', message: 'another process took the dedup over' });
    await eventually(async () => !deduper.status().leading, 10);
  });
});
