import { expect } from 'chai';
import { checkSchedule, parseSchedule } from '../../../src/core/schedule/parse-schedule.ts';

describe('schedules as people write them', () => {
  const durations: [string, number][] = [
    ['90s', 90_000],
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
  ];
  for (const [text, intervalMs] of durations) {
    it(`${text} is a duration`, () => expect(parseSchedule(text)).to.deep.equal({ kind: 'every', intervalMs }));
  }

  it('adaptive is adaptive', () => expect(parseSchedule(' adaptive ')).to.deep.equal({ kind: 'adaptive' }));

  const good: [string, string?][] = [
    ['*/20 6-23 * * *', 'Europe/Rome'],
    ['0 0 29 2 *'],
    ['0 8 * * MON-FRI', 'America/New_York'],
    ['0 0 1,15 * *'],
    ['@daily'],
    ['20m', 'Asia/Tokyo'],
  ];
  for (const [text, timezone] of good)
    it(`${text} is accepted`, () => expect(checkSchedule(text, timezone)).to.equal(null));

  const bad: [string, RegExp, string?][] = [
    ['0 0 31 2 *', /never comes/],
    ['0 0 30 2 *', /never comes/],
    ['60 * * * *', /60/],
    ['* * * *', /five/],
    ['* * * * * *', /five fields/],
    ['', /neither/],
    ['often', /neither/],
    ['*/0 * * * *', /stepping/],
    ['0.5s', /between 1s and 30d/],
    ['90d', /between 1s and 30d/],
    ['20m', /time zone "Mars\/Base"/, 'Mars/Base'],
    ['0 8 * * *', /time zone "Europe\/Roma"; write one such as/, 'Europe/Roma'],
  ];
  for (const [text, message, timezone] of bad) {
    it(`"${text}"${timezone === undefined ? '' : ` in ${timezone}`} is refused with a reason`, () =>
      expect(checkSchedule(text, timezone)).to.match(message));
  }
});
