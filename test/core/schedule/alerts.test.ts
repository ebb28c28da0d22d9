import { expect } from 'chai';
import { alerts } from '../../../src/core/schedule/alerts.ts';
import { emptyMemory, remember, type ScheduleMemory } from '../../../src/core/schedule/schedule-memory.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 4, 13);
const times = (count: number, everyMs: number, newestAgoMs: number) =>
  Array.from({ length: count }, (_, i) => now - newestAgoMs - i * everyMs);
const counts = (...itemCounts: number[]): ScheduleMemory =>
  itemCounts.reduce(
    (memory, itemCount) => remember(memory, { kind: 'modified', newItemTimes: [], itemCount, hints: {} }, now),
    emptyMemory,
  );

describe('alerts', () => {
  const rows: [string, Partial<ScheduleMemory>, string[]][] = [
    ['a healthy source has none', { itemTimes: times(20, hour, hour), lastSuccessAt: now }, []],
    ['a new source has none', {}, []],
    ['an hourly source silent for three days', { itemTimes: times(20, hour, 3 * day) }, ['silent']],
    ['an hourly source silent for a day', { itemTimes: times(20, hour, day) }, []],
    ['a weekly source silent for a month', { itemTimes: times(20, 7 * day, 30 * day) }, []],
    ['a weekly source silent for three months', { itemTimes: times(20, 7 * day, 90 * day) }, ['silent']],
    [
      'five posts at once every week are not late after three days',
      { itemTimes: [0, 1, 2, 3].flatMap(week => Array(5).fill(now - 3 * day - week * 7 * day)) },
      [],
    ],
    ['too few items to know a rhythm', { itemTimes: times(3, hour, 90 * day) }, []],
    ['failing for two days', { failuresInRow: 9, failingSince: now - 2 * day }, ['failing']],
    ['failing for an hour', { failuresInRow: 3, failingSince: now - hour }, []],
    ['gone', { stopped: 'gone', goneInRow: 3, failuresInRow: 3, failingSince: now - 2 * day }, ['gone']],
    [
      'a failing source is not also called silent',
      { itemTimes: times(20, hour, 9 * day), failuresInRow: 9, failingSince: now - 9 * day },
      ['failing'],
    ],
  ];
  for (const [name, memory, expected] of rows) {
    it(name, () => expect(alerts({ ...emptyMemory, ...memory }, now).map(alert => alert.kind)).to.deep.equal(expected));
  }

  const collapses: [string, number[], boolean][] = [
    ['thirty items become two, twice', [30, 30, 2, 2], true],
    ['only once', [30, 30, 2], false],
    ['an emptied feed', [30, 0, 0], true],
    ['it recovers', [30, 2, 2, 30], false],
    ['a slow decline', [30, 25, 20, 16, 13, 10], false],
    ['small feeds vary', [5, 1, 1, 1], false],
    ['after long enough it is how the source is now', [30, ...Array(40).fill(6)], false],
  ];
  for (const [name, itemCounts, expected] of collapses) {
    it(`item count: ${name}`, () =>
      expect(alerts(counts(...itemCounts), now).some(alert => alert.kind === 'items-collapsed')).to.equal(expected));
  }

  it('says it in words', () => {
    expect(alerts(counts(30, 30, 2, 2), now)[0]?.message).to.equal('the document has 2 items; usually it has about 30');
  });
});
