import type { Millis } from '../model.ts';
import type { FactStore, StoreStats } from './ports.ts';

/** The store's size at a time, bytes. */
export type SizeSample = { readonly at: Millis; readonly bytes: number };

export type DiskForecast = {
  /** How much the store grows in a day; 0 when retention takes as much as comes in, `null` while nothing is known. */
  readonly bytesPerDay: number | null;
  /** Until the disk is full at this rate; `null` when it will not be, or when nobody knows. */
  readonly daysLeft: number | null;
  /** From sizes of a day or more; else an estimate, too rough to raise an alarm. */
  readonly measured: boolean;
};

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** A week of hourly sizes: long enough for quiet Sundays, short enough to see a change. */
const samplesMax = 168;
/** A slope over less is noise, or the first filling of a new installation. */
const spanMsMin = dayMs;

export const sizesFact = 'store.sizes';

/**
 * From the sizes of the last week, by the line of least squares. A young installation has none yet: the bytes of an average item times
 * the items of the last 24 hours stand in, which says nothing of what retention will take away and so errs on the safe side.
 */
export function forecastDisk(samples: readonly SizeSample[], stats: StoreStats): DiskForecast {
  const measured = slope(samples);
  const bytesPerDay = measured ?? estimate(stats);
  if (bytesPerDay === null) return { bytesPerDay: null, daysLeft: null, measured: false };
  const grows = Math.max(0, Math.round(bytesPerDay));
  const daysLeft = stats.freeBytes === null || grows === 0 ? null : Math.floor((stats.freeBytes / grows) * 10) / 10;
  return { bytesPerDay: grows, daysLeft, measured: measured !== null };
}

function slope(samples: readonly SizeSample[]): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < spanMsMin) return null;
  const points = samples.map(({ at, bytes }) => ({ x: (at - first.at) / dayMs, y: bytes }));
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return spread === 0 ? null : points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

function estimate({ bytes, items, itemsPerHour }: StoreStats): number | null {
  if (bytes === null || items === 0) return null;
  return (bytes / items) * itemsPerHour.slice(-24).reduce((sum, n) => sum + n, 0);
}

/** Adds a size when the last one is an hour old. A clock that was set back drops what lies in the future. */
export function addSample(samples: readonly SizeSample[], sample: SizeSample): readonly SizeSample[] {
  const past = samples.filter(({ at }) => at <= sample.at);
  const last = past.at(-1);
  if (last && sample.at - last.at < hourMs) return past;
  return [...past, sample].slice(-samplesMax);
}

/** Notes the store's size now; called by the keeper. */
export async function noteSize(facts: FactStore, stats: StoreStats, now: Millis): Promise<void> {
  if (stats.bytes === null) return;
  const samples = await readSamples(facts);
  const next = addSample(samples, { at: now, bytes: stats.bytes });
  if (next.length !== samples.length || next.at(-1)?.at !== samples.at(-1)?.at)
    await facts.set(sizesFact, JSON.stringify(next.map(({ at, bytes }) => [at, bytes])));
}

export async function readSamples(facts: FactStore): Promise<readonly SizeSample[]> {
  const stored = await facts.get(sizesFact);
  if (stored === null) return [];
  return (JSON.parse(stored) as [Millis, number][]).map(([at, bytes]) => ({ at, bytes }));
}
