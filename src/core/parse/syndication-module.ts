import type { FeedDraft } from './draft.ts';
import { type FeedFields, text } from './field.ts';

/** RSS 1.0's syndication module: how often the feed changes. */
export const syndicationFeed: FeedFields = [
  ['sy:updateperiod', text((draft, element) => takePeriod(draft, element.text))],
  ['sy:updatefrequency', text((draft, element) => takeFrequency(draft, element.text))],
];

const hourMs = 3_600_000;
const periodsMs: Readonly<Record<string, number>> = {
  hourly: hourMs,
  daily: 24 * hourMs,
  weekly: 7 * 24 * hourMs,
  monthly: 30 * 24 * hourMs,
  yearly: 365 * 24 * hourMs,
};

function takePeriod(draft: FeedDraft, written: string): void {
  const period = written.trim().toLowerCase();
  if (Object.hasOwn(periodsMs, period)) draft.updatePeriodMs = periodsMs[period] ?? null;
}

function takeFrequency(draft: FeedDraft, written: string): void {
  const times = Number.parseInt(written.trim(), 10);
  if (times >= 1 && times <= 1000) draft.updateFrequency = times;
}
