import { expect } from 'chai';
import { addSample, forecastDisk, noteSize, readSamples, type SizeSample } from '../../src/pipeline/forecast-disk.ts';
import type { StoreStats } from '../../src/pipeline/ports.ts';
import { openStore } from '../../src/store/open-store.ts';

const hour = 3_600_000;
const t0 = Date.UTC(2026, 4, 1);
const GiB = 1024 ** 3;

const stats = (change: Partial<StoreStats> = {}): StoreStats => ({
  items: 1000,
  stories: 900,
  foldedItems: 100,
  undeduped: 0,
  bytes: GiB,
  freeBytes: 10 * GiB,
  languages: [],
  itemsPerHour: new Array<number>(48).fill(0),
  storiesPerHour: [],
  fetchMs: { median: [], p95: [] },
  cacheReads: [],
  queuePerHour: [],
  outcomes: [],
  mergesByKind: [],
  ...change,
});
/** Hourly sizes that grow by `perDay` bytes. */
const grown = (hours: number, perDay: number): SizeSample[] =>
  Array.from({ length: hours + 1 }, (_, n) => ({ at: t0 + n * hour, bytes: GiB + (n * perDay) / 24 }));

describe('the forecast of the disk', () => {
  const table: readonly [string, readonly SizeSample[], Partial<StoreStats>, object][] = [
    ['half a GiB a day, 10 GiB free', grown(72, GiB / 2), {}, { bytesPerDay: GiB / 2, daysLeft: 20, measured: true }],
    ['no growth', grown(72, 0), {}, { bytesPerDay: 0, daysLeft: null, measured: true }],
    ['it shrinks', grown(72, -GiB), {}, { bytesPerDay: 0, daysLeft: null, measured: true }],
    ['free space unknown', grown(72, GiB), { freeBytes: null }, { bytesPerDay: GiB, daysLeft: null, measured: true }],
    ['a full disk', grown(72, GiB), { freeBytes: 0 }, { bytesPerDay: GiB, daysLeft: 0, measured: true }],
    ['nothing known', [], { bytes: null }, { bytesPerDay: null, daysLeft: null, measured: false }],
    ['an empty store', [], { items: 0 }, { bytesPerDay: null, daysLeft: null, measured: false }],
    [
      'a young installation is estimated from its items',
      grown(3, GiB),
      { bytes: 1_000_000, items: 1000, itemsPerHour: [...new Array(24).fill(99), ...new Array(24).fill(10)] },
      { bytesPerDay: 240_000, measured: false },
    ],
  ];
  for (const [name, samples, change, expected] of table) {
    it(name, () => expect(forecastDisk(samples, stats(change))).to.deep.include(expected));
  }

  it('keeps a size an hour, a week of them, and none of the future', () => {
    let samples: readonly SizeSample[] = [];
    for (let minute = 0; minute < 10 * 24 * 60; minute += 10)
      samples = addSample(samples, { at: t0 + minute * 60_000, bytes: minute });
    expect(samples).to.have.length(168);
    expect(samples[1]?.at).to.equal((samples[0]?.at ?? 0) + hour);
    const back = addSample(samples, { at: t0 + 5 * 24 * hour, bytes: 1 });
    expect(back.every(({ at }) => at <= t0 + 5 * 24 * hour)).to.equal(true);
  });

  it('remembers sizes in the store', async () => {
    const store = await openStore('sqlite::memory:');
    for (const n of [0, 1, 1.5, 2]) await noteSize(store.facts, stats({ bytes: n * 100 }), t0 + n * hour);
    expect((await readSamples(store.facts)).map(({ bytes }) => bytes)).to.deep.equal([0, 100, 200]);
    await store.close();
  });
});
