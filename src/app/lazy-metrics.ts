import type { createMetrics, MetricsDeps } from './metrics.ts';

/**
 * The metrics with their library, loaded at the first scrape: most installations are never scraped, and every figure is read from
 * what the service knows anyway.
 */
export function lazyMetrics(deps: MetricsDeps): ReturnType<typeof createMetrics> {
  let made: Promise<ReturnType<typeof createMetrics>> | null = null;
  return {
    render: async () => {
      made ??= import('./metrics.ts').then(loaded => loaded.createMetrics(deps));
      return (await made).render();
    },
  };
}
