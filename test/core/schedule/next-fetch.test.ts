import { expect } from 'chai';
import { never, nextFetch, repairNextAt } from '../../../src/core/schedule/next-fetch.ts';
import {
  emptyMemory,
  isFullFetchDue,
  type OutcomeSummary,
  type ScheduleMemory,
} from '../../../src/core/schedule/schedule-memory.ts';
import type { ServerHints } from '../../../src/model.ts';

const min = 60_000;
const hour = 60 * min;
const day = 24 * hour;
const now = Date.UTC(2026, 4, 13, 12, 0); // a Wednesday
const settings = { intervalMinMs: 15 * min, intervalMaxMs: day, schedule: 'adaptive' };

const unchanged: OutcomeSummary = { kind: 'not-modified', hints: {} };
const failure = (hints: ServerHints = {}): OutcomeSummary => ({ kind: 'failed', class: 'status', status: 500, hints });
const items = (count: number, everyMs: number, newestAgoMs = everyMs): number[] =>
  Array.from({ length: count }, (_, index) => now - newestAgoMs - index * everyMs);
const modified = (newItemTimes: (number | null)[], hints = {}): OutcomeSummary => ({
  kind: 'modified',
  newItemTimes,
  itemCount: newItemTimes.length,
  hints,
});

function next(
  outcome: OutcomeSummary,
  more: {
    memory?: Partial<ScheduleMemory>;
    schedule?: string;
    timezone?: string;
    jitter?: number;
    at?: number;
    pushed?: boolean;
  } = {},
) {
  return nextFetch({
    source: {
      ...(more.schedule === undefined ? {} : { schedule: more.schedule }),
      ...(more.timezone === undefined ? {} : { timezone: more.timezone }),
    },
    settings,
    outcome,
    memory: { ...emptyMemory, ...more.memory },
    now: more.at ?? now,
    jitter: more.jitter ?? 0,
    ...(more.pushed === undefined ? {} : { pushed: more.pushed }),
  });
}

describe('next fetch, adaptive', () => {
  const rows: [string, OutcomeSummary, Partial<ScheduleMemory>, number][] = [
    ['an agency with an item every five minutes: the minimum', modified(items(20, 5 * min)), {}, 15 * min],
    ['an item every three hours: every hour', modified(items(20, 3 * hour)), {}, hour],
    ['one post a day: every eight hours', modified(items(20, day)), {}, 8 * hour],
    ['one post a month: the maximum', modified(items(12, 30 * day)), {}, day],
    ['a first fetch without dates: an hour', modified([null, null, null]), {}, hour],
    ['no dates and nothing new for ever: the maximum', unchanged, { unchangedInRow: 99 }, day],
    ['no dates and nothing new twice: longer', unchanged, { unchangedInRow: 1 }, 1.5 ** 2 * hour],
    [
      'a lively source silent for three days is asked less',
      unchanged,
      { itemTimes: items(20, 5 * min, 3 * day) },
      1.23 * hour,
    ],
    ['max-age is obeyed', modified(items(20, 5 * min), { maxAgeMs: 2 * hour }), {}, 2 * hour],
    ['Expires is obeyed', modified(items(20, 5 * min), { expiresAt: now + 3 * hour }), {}, 3 * hour],
    [
      'max-age overrides Expires',
      modified(items(20, 5 * min), { maxAgeMs: 0, expiresAt: now + 3 * hour }),
      {},
      15 * min,
    ],
    ['Expires in the past says nothing', modified(items(20, 5 * min), { expiresAt: now - day }), {}, 15 * min],
    ['ttl is obeyed', modified(items(20, 5 * min), { ttlMinutes: 45 }), {}, 45 * min],
    ['sy:updatePeriod is obeyed', modified(items(20, 5 * min), { updatePeriodMs: hour }), {}, hour],
    ['a max-age of a year is not', modified(items(20, 5 * min), { maxAgeMs: 365 * day }), {}, day],
    ['a hint shorter than the rhythm changes nothing', modified(items(20, day), { ttlMinutes: 5 }), {}, 8 * hour],
    ['dates in the future count as now', modified([now + day, ...items(19, 5 * min)]), {}, 15 * min],
    [
      'a re-dated feed brings no new item and changes nothing',
      modified([]),
      { itemTimes: items(20, 3 * hour), lastSuccessAt: now - hour },
      hour,
    ],
  ];
  for (const [name, outcome, memory, expectedMs] of rows) {
    it(name, () => {
      expect(next(outcome, { memory }).nextAt - now).to.be.closeTo(expectedMs, expectedMs * 0.05);
    });
  }

  it('notices a source that wakes up', () => {
    const slept = next(unchanged, { memory: { itemTimes: items(20, 20 * day) } });
    const woken = next(modified(items(5, hour)), {
      memory: { itemTimes: items(20, 20 * day, 30 * day), lastSuccessAt: now - day },
    });
    expect(slept.nextAt - now).to.equal(day);
    expect(woken.nextAt - now).to.be.below(hour);
  });

  it('learns the rhythm of undated items from when they appeared', () => {
    let memory: ScheduleMemory = emptyMemory;
    for (let fetch = 0; fetch < 8; fetch++) {
      memory = nextFetch({
        source: {},
        settings,
        outcome: modified([null]),
        memory,
        now: now + fetch * 6 * hour,
        jitter: 0,
      }).memory;
    }
    expect(memory.itemTimes).to.have.length(7);
    const planned = nextFetch({ source: {}, settings, outcome: unchanged, memory, now: now + 48 * hour, jitter: 0 });
    expect(planned.nextAt - now - 48 * hour).to.be.within(1.5 * hour, 2.5 * hour);
  });

  it('spreads equal intervals by chance, and never beyond the maximum', () => {
    expect(next(modified(items(20, 3 * hour)), { jitter: 0.99 }).nextAt - now).to.be.within(1.05 * hour, 1.15 * hour);
    expect(next(unchanged, { memory: { unchangedInRow: 99 }, jitter: 0.99 }).nextAt - now).to.be.at.most(day);
  });

  it('polls a pushed source as a safety net only', () => {
    expect(next(modified(items(20, 3 * hour)), { pushed: true }).nextAt - now).to.be.closeTo(4 * hour, 0.3 * hour);
  });
});

describe('skipHours and skipDays', () => {
  const rows: [string, { skipHours?: number[]; skipDays?: string[] }, number][] = [
    ['leaves the hours out (GMT)', { skipHours: [12, 13, 14] }, Date.UTC(2026, 4, 13, 15)],
    ['leaves the day out', { skipDays: ['Wednesday'] }, Date.UTC(2026, 4, 14, 0)],
    ['hour 24 is hour 0', { skipDays: ['Wednesday'], skipHours: [24, 1] }, Date.UTC(2026, 4, 14, 2)],
    [
      'does not obey one who excludes everything',
      { skipHours: Array.from({ length: 24 }, (_, h) => h) },
      now + 15 * min,
    ],
    ['ignores days that are none', { skipDays: ['Someday'] }, now + 15 * min],
  ];
  for (const [name, hints, expected] of rows) {
    it(name, () => expect(next(modified(items(20, 5 * min), hints)).nextAt).to.equal(expected));
  }
});

describe('next fetch after failures', () => {
  it('backs off by doubling, up to a day, for ever', () => {
    let memory: ScheduleMemory = emptyMemory;
    const waits: number[] = [];
    for (let failures = 0; failures < 200; failures++) {
      const planned = next(failure(), { memory, jitter: 0.5 });
      memory = planned.memory;
      waits.push(planned.nextAt - now);
    }
    for (let n = 1; n < 7; n++) expect(waits[n]).to.be.above((waits[n - 1] ?? 0) * 1.5);
    expect(Math.min(...waits)).to.be.at.least(15 * min);
    expect(Math.max(...waits)).to.be.at.most(day);
    expect(waits.at(-1)).to.be.within(0.8 * day, day);
  });

  for (const failuresInRow of [0, 3, 50]) {
    it(`has at least ±10 % of chance after ${failuresInRow + 1} failures, and still grows`, () => {
      const low = next(failure(), { memory: { failuresInRow }, jitter: 0 }).nextAt - now;
      const high = next(failure(), { memory: { failuresInRow }, jitter: 0.999 }).nextAt - now;
      const middle = (low + high) / 2;
      expect((high - middle) / middle).to.be.at.least(0.1);
      expect(high).to.be.at.most(day);
      if (failuresInRow < 5)
        expect(next(failure(), { memory: { failuresInRow: failuresInRow + 1 }, jitter: 0 }).nextAt - now).to.be.above(
          high,
        );
    });
  }

  it('forgets them all with one success', () => {
    const failing = next(failure(), {
      memory: { failuresInRow: 20, failingSince: now - 9 * day, goneInRow: 2, itemTimes: items(20, 3 * hour) },
    });
    const { nextAt, memory } = next(unchanged, { memory: failing.memory });
    expect(nextAt - now).to.be.closeTo(hour, 0.05 * hour);
    expect(memory).to.include({ failuresInRow: 0, failingSince: null, goneInRow: 0, lastSuccessAt: now });
  });

  const waits: [string, number | undefined, number][] = [
    ['two hours', 2 * hour, 2 * hour],
    ['less than the back-off: the back-off stands', 5_000, 15 * min],
    ['a month: seven days', 30 * day, 7 * day],
    ['none', undefined, 15 * min],
    ['negative', -5, 15 * min],
    ['not a number', Number.NaN, 15 * min],
  ];
  for (const [name, retryAfterMs, expectedMs] of waits) {
    it(`Retry-After: ${name}`, () => {
      for (const jitter of [0, 0.99]) {
        const waitMs = next(failure(retryAfterMs === undefined ? {} : { retryAfterMs }), { jitter }).nextAt - now;
        if (expectedMs === retryAfterMs || expectedMs === 7 * day)
          expect(waitMs).to.be.within(expectedMs, expectedMs + 5_000);
        else expect(waitMs).to.be.within(expectedMs, expectedMs * 1.25);
      }
    });
  }

  it('stops after three answers of 410, hours apart, and not before', () => {
    let memory: ScheduleMemory = emptyMemory;
    for (const [answers, stopped] of [
      [1, null],
      [2, null],
      [3, 'gone'],
    ] as const) {
      const planned = next({ kind: 'gone' }, { memory });
      memory = planned.memory;
      expect(memory.stopped, `after ${answers}`).to.equal(stopped);
      expect(planned.nextAt - now).to.be.at.least(2 * hour);
      if (stopped !== null) expect(planned.nextAt).to.equal(never);
    }
    expect(next(modified([now]), { memory }).memory.stopped).to.equal(null);
  });

  it('a failure between two answers of 410 does not make the feed less gone, a success does', () => {
    const once = next({ kind: 'gone' }).memory;
    expect(next(failure(), { memory: once }).memory.goneInRow).to.equal(1);
    expect(next(unchanged, { memory: once }).memory.goneInRow).to.equal(0);
  });

  it('a fetch that the service itself interrupted changes nothing and is due at once', () => {
    const before = { ...emptyMemory, failuresInRow: 2 };
    const planned = next({ kind: 'failed', class: 'aborted', status: null, hints: {} }, { memory: before });
    expect(planned.nextAt).to.equal(now);
    expect(planned.memory).to.deep.equal(before);
  });
});

describe('outcomes that say nothing about the source', () => {
  it('a host that had asked for silence was not asked: no failure, and again when the silence ends', () => {
    const silent: OutcomeSummary = { kind: 'failed', class: 'status', status: null, hints: { retryAfterMs: 2 * hour } };
    const planned = next(silent, { memory: { failuresInRow: 0 } });
    expect(planned.nextAt - now).to.be.within(2 * hour, 2 * hour + 5_000);
    expect(planned.memory).to.deep.equal(emptyMemory);
  });
});

describe('a full fetch', () => {
  const day304 = (memory: ScheduleMemory, at: number) =>
    nextFetch({ source: {}, settings, outcome: unchanged, memory, now: at, jitter: 0 }).memory;

  it('is due once a week, however often the server says 304', () => {
    let memory = next(modified([now])).memory;
    for (let days = 1; days < 7; days++) {
      memory = day304(memory, now + days * day);
      expect(isFullFetchDue(memory, now + days * day), `day ${days}`).to.equal(false);
    }
    expect(isFullFetchDue(memory, now + 7 * day)).to.equal(true);
    const read = next({ kind: 'not-modified', hints: {}, bodyRead: true }, { memory, at: now + 7 * day }).memory;
    expect(isFullFetchDue(read, now + 8 * day)).to.equal(false);
  });
});

describe('next fetch, fixed', () => {
  it('an interval is never shortened, and ignores the hints but not Retry-After', () => {
    for (const jitter of [0, 0.5, 0.99]) {
      const planned = next(modified(items(20, day), { maxAgeMs: day }), { schedule: '20m', jitter });
      expect(planned.nextAt - now).to.be.within(20 * min, 21 * min);
    }
    expect(next(failure({ retryAfterMs: 3 * hour }), { schedule: '20m' }).nextAt - now).to.equal(3 * hour);
  });

  it('the settings’ schedule counts where the source has none', () => {
    const planned = nextFetch({
      source: {},
      settings: { ...settings, schedule: '2h' },
      outcome: unchanged,
      memory: emptyMemory,
      now,
      jitter: 0,
    });
    expect(planned.nextAt - now).to.equal(2 * hour);
  });

  it('cron: the next slot in the source’s time zone', () => {
    const planned = next(unchanged, { schedule: '30 6 * * *', timezone: 'Europe/Rome' });
    expect(new Date(planned.nextAt).toISOString()).to.equal('2026-05-14T04:30:00.000Z');
  });

  it('cron: failures leave slots out, but keep to slots', () => {
    const at = (failuresInRow: number) =>
      new Date(next(failure(), { schedule: '0 * * * *', memory: { failuresInRow } }).nextAt).toISOString();
    expect(at(0)).to.equal('2026-05-13T13:00:00.000Z');
    expect(at(4)).to.equal('2026-05-13T15:00:00.000Z');
    expect(at(6)).to.equal('2026-05-13T21:00:00.000Z');
  });

  it('cron: Retry-After beyond the slot wins', () => {
    expect(next(failure({ retryAfterMs: 5 * hour }), { schedule: '0 * * * *' }).nextAt).to.equal(now + 5 * hour);
  });
});

describe('clock jumps', () => {
  const fetched = (schedule: string) => next(unchanged, { schedule, memory: { itemTimes: items(20, 3 * hour) } });
  const repaired = (schedule: string, at: number) => {
    const { nextAt, memory } = fetched(schedule);
    return repairNextAt(nextAt, { source: { schedule }, settings, memory, now: at });
  };

  it('leaves times alone while the clock runs forward', () => {
    for (const at of [now, now + hour, now + 10 * 365 * day]) expect(repaired('20m', at)).to.equal(now + 20 * min);
  });

  for (const [name, backMs] of [
    ['a day', day],
    ['ten years', 3_650 * day],
    ['two hours', 2 * hour],
  ] as const) {
    it(`set back by ${name}: what was due in twenty minutes still is`, () => {
      expect(repaired('20m', now - backMs)).to.equal(now - backMs + 20 * min);
    });
  }

  it('cron, set back by a day: the next slot by the new clock', () => {
    expect(repaired('0 * * * *', now - day)).to.equal(now - day + hour);
  });

  it('cron, set back by ten minutes: no slot twice', () => {
    const { memory } = next(unchanged, { schedule: '0 * * * *' });
    const again = next(unchanged, { schedule: '0 * * * *', memory, at: now - 10 * min });
    expect(again.nextAt).to.equal(now + hour);
  });

  it('a stopped source stays stopped', () => {
    expect(
      repairNextAt(never, {
        source: {},
        settings,
        memory: { ...emptyMemory, stopped: 'gone', lastFetchAt: now + day },
        now,
      }),
    ).to.equal(never);
  });
});

describe('cron slots through daylight saving', () => {
  const walk = (schedule: string, from: number, until: number): string[] => {
    let memory: ScheduleMemory = emptyMemory;
    const slots: string[] = [];
    for (let at = from; ; ) {
      const planned = nextFetch({
        source: { schedule, timezone: 'Europe/Berlin' },
        settings,
        outcome: unchanged,
        memory,
        now: at,
        jitter: 0.7,
      });
      if (planned.nextAt > until) return slots;
      slots.push(new Date(planned.nextAt).toISOString().slice(5, 16));
      memory = planned.memory;
      at = planned.nextAt + 3_000; // the fetch takes three seconds
    }
  };
  const spring = [Date.UTC(2026, 2, 28, 20), Date.UTC(2026, 2, 29, 20)] as const;
  const autumn = [Date.UTC(2026, 9, 24, 20), Date.UTC(2026, 9, 25, 20)] as const;
  const rows: [string, string, readonly [number, number], string[]][] = [
    ['a time that the gap swallows runs once, after it', '30 2 * * *', spring, ['03-29T01:00']],
    ['a time that comes twice runs once', '30 2 * * *', autumn, ['10-25T00:30']],
    ['so do ranges', '30 1-3 * * *', autumn, ['10-24T23:30', '10-25T00:30', '10-25T02:30']],
    ['a time outside runs at its new hour', '0 6 * * *', spring, ['03-29T04:00']],
    ['a time outside runs at its new hour, autumn', '0 6 * * *', autumn, ['10-25T05:00']],
  ];
  for (const [name, schedule, [from, until], expected] of rows) {
    it(name, () => expect(walk(schedule, from, until)).to.deep.equal(expected));
  }

  for (const [name, [from, until]] of [
    ['spring', spring],
    ['autumn', autumn],
  ] as const) {
    it(`steps follow real time in ${name}: no burst and no gap`, () => {
      const slots = walk('*/20 * * * *', from, until);
      expect(slots).to.have.length(72);
      expect(new Set(slots).size).to.equal(72);
    });
  }
});
