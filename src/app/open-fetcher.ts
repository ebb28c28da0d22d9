import type { Settings } from '../config/settings.ts';
import type { Resolve } from '../fetch/guarded-connect.ts';
import { createHttpFetcher, type HttpFetcher } from '../fetch/http-fetcher.ts';
import { createRobots, type Robots } from '../fetch/robots.ts';
import type { Millis } from '../model.ts';
import { samplePath } from '../samples/newsroom.ts';

/** A fetcher by the settings. The only private address it may fetch without being listed: our own samples. */
export function openFetcher(
  settings: Settings,
  origin: string,
  { now, resolve }: { readonly now: () => Millis; readonly resolve?: Resolve | undefined },
): HttpFetcher {
  const { collect, server, samples } = settings;
  return createHttpFetcher({
    allow: collect.allow,
    allowOwn: samples ? { origin, pathPrefix: samplePath } : undefined,
    userAgent: collect.userAgent.replace('{publicUrl}', server.publicUrl),
    timeoutMs: collect.timeout,
    bodyBytesMax: collect.bodyMax,
    perHostMax: collect.perHost,
    retryAfterScope: collect.retryAfterScope,
    now,
    ...(resolve ? { resolve } : {}),
  });
}

/** Opens with the first fetch, when the port that serves the samples is known. */
export function lazyFetcher(open: () => HttpFetcher): HttpFetcher {
  let opened: HttpFetcher | null = null;
  const fetcher = (): HttpFetcher => {
    opened ??= open();
    return opened;
  };
  return {
    fetchSource: (request, options) => fetcher().fetchSource(request, options),
    fetchPage: (url, options) => fetcher().fetchPage(url, options),
    get hosts() {
      return fetcher().hosts;
    },
    close: async () => opened?.close(),
  };
}

/** Our own sample newsroom has no robots.txt, and the guard lets only its pages through. */
export function robotsFor(
  fetcher: HttpFetcher,
  options: { readonly now: () => Millis; readonly isOwnSample: (url: string) => boolean },
): Robots {
  const others = createRobots({ fetcher, productToken: 'newsfold', now: options.now });
  return {
    check: async (url, how) =>
      options.isOwnSample(url)
        ? { allowed: true, crawlDelayMs: 0, reason: 'these are newsfold’s own samples' }
        : others.check(url, how),
  };
}
