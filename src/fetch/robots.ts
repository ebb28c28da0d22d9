import { createRequire } from 'node:module';
import type { FetchOutcome, Millis } from '../model.ts';
import type { HttpFetcher } from './http-fetcher.ts';

/** May a page be fetched by a robot? Asked for scraped pages and articles, not for feeds (they are published for readers). */
export type Robots = {
  /** Never throws; what cannot be told is a no (RFC 9309 §2.3.1.4). The crawl delay is kept by the fetcher's host limits. */
  check(url: string, options: RobotsRequest): Promise<RobotsVerdict>;
};

export type RobotsRequest = {
  readonly signal: AbortSignal;
  /** The source's own proxy: robots.txt is asked by the way that the page will be. */
  readonly proxy?: string | undefined;
};

export type RobotsVerdict = { readonly allowed: boolean; readonly crawlDelayMs: number; readonly reason: string };

export type RobotsOptions = {
  readonly fetcher: Pick<HttpFetcher, 'fetchPage' | 'hosts'>;
  /** The product token that robots.txt files name us by, such as `newsfold`. */
  readonly productToken: string;
  readonly now: () => Millis;
};

/**
 * robots.txt after RFC 9309: read for each origin, kept at most 24 hours, 500 KiB of it; 4xx means there is none, 5xx and
 * no answer mean that nothing may be fetched, redirects are followed. The rules themselves are read by `robots-parser`.
 */
export function createRobots(options: RobotsOptions): Robots {
  const { fetcher, productToken, now } = options;
  const known = new Map<string, Known>();

  async function load(origin: string, { signal, proxy }: RobotsRequest, before: Known | undefined): Promise<Known> {
    const outcome = await fetcher.fetchPage(`${origin}/robots.txt`, {
      signal,
      accept: 'text/plain, */*;q=0.5',
      bodyBytesMax: robotsBytesMax,
      timeoutMs: 15_000,
      cut: true,
      ...(proxy === undefined ? {} : { http: { proxy } }),
    });
    const rules = readRules(origin, outcome);
    const keptMs = rules.kind === 'unreachable' ? unreachableKeptMs : robotsKeptMs;
    // A site that is down for an hour has not changed its mind: what it said within the last day still holds.
    if (rules.kind === 'unreachable' && before?.rules.kind === 'rules' && now() - before.at < robotsKeptMs) {
      return { ...before, until: Math.min(now() + keptMs, before.at + robotsKeptMs) };
    }
    return { rules, at: now(), until: now() + keptMs };
  }

  return {
    async check(text, options) {
      const url = URL.parse(text);
      if (url === null) return { allowed: false, crawlDelayMs: 0, reason: 'the address is not a URL' };
      let entry = known.get(url.origin);
      const age = entry === undefined ? Number.POSITIVE_INFINITY : now() - entry.at;
      if (entry === undefined || entry.until <= now() || age < 0) {
        entry = await load(url.origin, options, entry);
        known.delete(url.origin);
        if (!options.signal.aborted) known.set(url.origin, entry);
        if (known.size > knownMax) known.delete(known.keys().next().value as string);
      }
      const verdict = judge(entry.rules, url, productToken);
      if (verdict.crawlDelayMs > 0) fetcher.hosts.space(url, verdict.crawlDelayMs);
      return verdict;
    },
  };
}

export const robotsBytesMax = 500 * 1024;
const robotsKeptMs = 24 * 3_600_000;
const unreachableKeptMs = 3_600_000;
const knownMax = 5_000;
const crawlDelayMaxMs = 60_000;

type Rules =
  | { readonly kind: 'rules'; readonly parsed: ParsedRobots; readonly wildcardChars: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreachable'; readonly why: string };

type Known = { readonly rules: Rules; readonly at: Millis; readonly until: Millis };

function readRules(origin: string, outcome: FetchOutcome): Rules {
  if (outcome.kind === 'modified') {
    const text = new TextDecoder().decode(outcome.body); // drops the byte order mark, which would hide the first line
    const lines = text.split(/\r\n|\r|\n/).filter(line => line.length <= lineLengthMax);
    const wildcardChars = lines
      .filter(line => line.includes('*', line.indexOf(':')))
      .reduce((sum, line) => sum + line.length, 0);
    return { kind: 'rules', parsed: parseRobots(`${origin}/robots.txt`, lines.join('\n')), wildcardChars };
  }
  if (outcome.kind === 'gone') return { kind: 'none' };
  if (
    outcome.kind === 'failed' &&
    outcome.class === 'status' &&
    outcome.status !== null &&
    outcome.status >= 400 &&
    outcome.status < 500
  ) {
    // Of the 4xx, 429 alone speaks about us and not about the file.
    return outcome.status === 429 ? { kind: 'unreachable', why: outcome.message } : { kind: 'none' };
  }
  if (outcome.kind === 'failed' && outcome.status === 204) return { kind: 'none' };
  return { kind: 'unreachable', why: outcome.kind === 'failed' ? outcome.message : 'no answer' };
}

const lineLengthMax = 2_048;
/** Matching costs pattern length times path length: a hostile file must not hold the thread. */
const matchCostMax = 20_000_000;

function judge(rules: Rules, url: URL, productToken: string): RobotsVerdict {
  if (rules.kind === 'none') return { allowed: true, crawlDelayMs: 0, reason: 'there is no robots.txt' };
  if (rules.kind === 'unreachable')
    return { allowed: false, crawlDelayMs: 0, reason: `robots.txt cannot be read: ${rules.why}` };
  if (rules.wildcardChars * (url.pathname.length + url.search.length) > matchCostMax) {
    return { allowed: false, crawlDelayMs: 0, reason: 'robots.txt is too complicated' };
  }
  const delay = rules.parsed.getCrawlDelay(productToken);
  const crawlDelayMs = delay === undefined || !(delay > 0) ? 0 : Math.min(delay * 1_000, crawlDelayMaxMs);
  const allowed = url.pathname === '/robots.txt' || rules.parsed.isAllowed(url.href, productToken) !== false;
  return { allowed, crawlDelayMs, reason: allowed ? 'robots.txt allows it' : 'robots.txt does not allow it' };
}

type ParsedRobots = {
  isAllowed(url: string, userAgent: string): boolean | undefined;
  getCrawlDelay(userAgent: string): number | undefined;
};

// The package's types describe an ES module that it is not.
const parseRobots = createRequire(import.meta.url)('robots-parser') as (url: string, text: string) => ParsedRobots;
