import { redact } from '../core/text/redact.ts';
import { type DiskForecast, forecastDisk, readSamples } from '../pipeline/forecast-disk.ts';
import type { SourceHealth, StoreStats } from '../pipeline/ports.ts';
import { type RematchProgress, rematchFact } from '../pipeline/rematch-topics.ts';
import type { Work } from '../pipeline/work-board.ts';
import { listSources } from './source-listing.ts';
import type { WebContext } from './web-context.ts';

export type Alert = {
  readonly kind: 'config' | 'store' | 'cache' | 'disk' | 'encoder' | 'failing' | 'gone' | 'layout-changed' | 'silent';
  /** A source's id, or the part of the service. */
  readonly subject: string;
  readonly message: string;
};

export type ServiceReport = {
  readonly status: ReturnType<WebContext['operations']['status']>;
  readonly stats: StoreStats;
  readonly disk: DiskForecast;
  readonly health: Readonly<Record<SourceHealth, number>>;
  readonly alerts: readonly Alert[];
  readonly rematch: RematchProgress | null;
  /** What the processes of the service are doing for somebody right now. */
  readonly work: readonly Work[];
};

const freeBytesMin = 500 * 1024 * 1024;
/** Sooner than this the disk will be full: time to do something, and enough of it. */
export const daysLeftMin = 14;

/** How the whole service is, for page and API alike: what is wrong stands first, in words. */
export async function readServiceReport(context: WebContext): Promise<ServiceReport> {
  const { store, operations } = context;
  const known = operations.status();
  const stats = await store.maintenance.stats(context.now());
  const storeProblem = await store.maintenance.check().then(
    () => null,
    (error: Error) => redact(error.message),
  );
  const health = { new: 0, ok: 0, failing: 0, gone: 0, paused: 0, 'layout-changed': 0, silent: 0 };
  const alerts: Alert[] = [];
  if (known.configProblem !== null)
    alerts.push({ kind: 'config', subject: 'config', message: redact(known.configProblem) });
  if (storeProblem !== null) alerts.push({ kind: 'store', subject: 'store', message: storeProblem });
  if (!known.cache.ok) alerts.push({ kind: 'cache', subject: 'cache', message: redact(known.cache.detail) });
  if (stats.freeBytes !== null && stats.freeBytes < freeBytesMin)
    alerts.push({
      kind: 'disk',
      subject: 'disk',
      message: `Only ${Math.round(stats.freeBytes / 1024 / 1024)} MiB are free.`,
    });
  for (const row of await listSources(context, { sort: 'health' })) {
    health[row.health]++;
    if (row.health === 'failing' || row.health === 'gone' || row.health === 'layout-changed' || row.health === 'silent')
      alerts.push({ kind: row.health, subject: row.source.id, message: redact(row.state?.problem ?? row.health) });
  }
  const disk = forecastDisk(await readSamples(store.facts), stats);
  if (disk.measured && disk.daysLeft !== null && disk.daysLeft < daysLeftMin)
    alerts.push({
      kind: 'disk',
      subject: 'disk',
      message: `The disk will be full in ${disk.daysLeft} days; shorten retention.items or add space.`,
    });
  const rematch = await store.facts.get(rematchFact);
  return {
    status: {
      ...known,
      cache: { ...known.cache, detail: redact(known.cache.detail) },
      store: { ...known.store, ok: storeProblem === null, detail: storeProblem ?? '' },
      encoder: { ...known.encoder, detail: redact(known.encoder.detail) },
      configProblem: known.configProblem === null ? null : redact(known.configProblem),
    },
    stats,
    disk,
    health,
    alerts,
    work: await context.work.list(),
    rematch: rematch === null ? null : (JSON.parse(rematch) as RematchProgress),
  };
}
