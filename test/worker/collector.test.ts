import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Log, SourceClaim } from '../../src/pipeline/ports.ts';
import { createCollector } from '../../src/worker/collector.ts';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const claimOf = (id: string) => ({ state: { sourceId: id }, token: 1 }) as unknown as SourceClaim;

describe('the collector', () => {
  it('collects everything that is due, at most `concurrency` at once', async () => {
    const due = Array.from({ length: 50 }, (_, i) => claimOf(`s${i}`));
    let [running, most, done] = [0, 0, 0];
    const collector = createCollector({
      claimDue: async limit => due.splice(0, limit),
      release: async () => undefined,
      collect: async () => {
        most = Math.max(most, ++running);
        await sleep(5);
        running--;
        done++;
      },
      concurrency: () => 8,
      log: silent,
    });
    collector.start();
    for (let i = 0; i < 200 && done < 50; i++) await sleep(10);
    await collector.stop(1000);
    expect(done).to.equal(50);
    expect(most).to.equal(8);
  });

  it('lets others pass while slow hosts are waited for', async () => {
    const due = [
      ...Array.from({ length: 10 }, (_, i) => claimOf(`slow${i}`)),
      ...Array.from({ length: 10 }, (_, i) => claimOf(`good${i}`)),
    ];
    const good = new Set<string>();
    const collector = createCollector({
      claimDue: async limit => due.splice(0, limit),
      release: async () => undefined,
      collect: async (claim, signal) => {
        if (claim.state.sourceId.startsWith('slow')) await sleep(60_000, undefined, { signal }).catch(() => undefined);
        else good.add(claim.state.sourceId);
      },
      concurrency: () => 4,
      log: silent,
    });
    collector.start();
    for (let i = 0; i < 800 && good.size < 10; i++) await sleep(10);
    expect(good.size).to.equal(10);
    expect(collector.activity().running).to.equal(10);
    await collector.stop(10);
    expect(collector.activity().running).to.equal(0);
  });

  it('claims nothing before it is started, whoever wakes it: a process without the role does not collect', async () => {
    let claims = 0;
    const collector = createCollector({
      claimDue: async () => {
        claims++;
        return [];
      },
      release: async () => undefined,
      collect: async () => undefined,
      concurrency: () => 4,
      log: silent,
    });
    collector.wake();
    await sleep(20);
    expect(claims).to.equal(0);
    collector.start();
    for (let i = 0; i < 100 && claims === 0; i++) await sleep(10);
    await collector.stop(10);
    expect(claims).to.be.greaterThan(0);
  });

  it('claims nothing after it was told to stop, and waits for what runs', async () => {
    let [claims, finished] = [0, false];
    const collector = createCollector({
      claimDue: async () => (claims++ === 0 ? [claimOf('one')] : []),
      release: async () => undefined,
      collect: async () => {
        await sleep(100);
        finished = true;
      },
      concurrency: () => 2,
      log: silent,
    });
    collector.start();
    await sleep(20);
    await collector.stop(5000);
    expect(finished).to.equal(true);
    const before = claims;
    collector.wake();
    await sleep(20);
    expect(claims).to.equal(before);
  });

  it('goes on at the next tick when the store cannot be asked', async () => {
    let asked = 0;
    const collector = createCollector({
      claimDue: async () => {
        if (asked++ === 0) throw new Error('the store is away');
        return [];
      },
      release: async () => undefined,
      collect: async () => undefined,
      concurrency: () => 2,
      log: silent,
    });
    collector.start();
    for (let i = 0; i < 300 && asked < 2; i++) await sleep(10);
    await collector.stop(10);
    expect(asked).to.be.at.least(2);
  });
});
