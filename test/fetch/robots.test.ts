import { expect } from 'chai';
import type { HttpFetcher } from '../../src/fetch/http-fetcher.ts';
import { createRobots, robotsBytesMax } from '../../src/fetch/robots.ts';
import type { FetchOutcome } from '../../src/model.ts';

const hour = 3_600_000;
const signal = new AbortController().signal;
const timings = { totalMs: 1 };

const text = (body: string): FetchOutcome => ({
  kind: 'modified',
  status: 200,
  body: Buffer.from(body).subarray(0, robotsBytesMax), // as the fetcher cuts it
  contentType: 'text/plain',
  validators: { etag: null, lastModified: null },
  finalUrl: 'https://site.test/robots.txt',
  permanentUrl: null,
  hints: {},
  links: { hubs: [], self: null },
  timings,
  wireBytes: body.length,
});
const status = (code: number): FetchOutcome => ({
  kind: 'failed',
  class: 'status',
  status: code,
  message: `answered ${code}`,
  hints: {},
  timings,
});
const broken: FetchOutcome = {
  kind: 'failed',
  class: 'timeout',
  status: null,
  message: 'did not answer in time',
  hints: {},
  timings,
};

/** A fetcher that answers in order, the last answer for ever. */
function robotsWith(...outcomes: FetchOutcome[]) {
  const asked: string[] = [];
  const spaced: number[] = [];
  const clock = { now: 1_000_000 * hour };
  const fetcher = {
    fetchPage: async (url: string) => outcomes[Math.min(asked.push(url), outcomes.length) - 1] as FetchOutcome,
    hosts: { space: (_url: URL, spacingMs: number) => spaced.push(spacingMs) },
  } as unknown as HttpFetcher;
  return { robots: createRobots({ fetcher, productToken: 'newsfold', now: () => clock.now }), asked, spaced, clock };
}

describe('robots.txt', () => {
  const rows: [string, FetchOutcome, string, boolean][] = [
    ['nothing forbidden', text('User-agent: *\nAllow: /\n'), '/a', true],
    ['forbidden for all', text('User-agent: *\nDisallow: /a\n'), '/a/b', false],
    ['forbidden elsewhere', text('User-agent: *\nDisallow: /b\n'), '/a', true],
    ['forbidden for us by name', text('User-agent: newsfold\nDisallow: /\n'), '/a', false],
    [
      'forbidden for all, allowed for us',
      text('User-agent: *\nDisallow: /\n\nUser-agent: Newsfold\nAllow: /\n'),
      '/a',
      true,
    ],
    ['forbidden for others by name', text('User-agent: otherbot\nDisallow: /\n'), '/a', true],
    ['the longest rule wins', text('User-agent: *\nDisallow: /a\nAllow: /a/news\n'), '/a/news/1', true],
    ['wildcards', text('User-agent: *\nDisallow: /*.pdf$\n'), '/x/y.pdf', false],
    ['wildcards, not at the end', text('User-agent: *\nDisallow: /*.pdf$\n'), '/x/y.pdf?z', true],
    ['queries count', text('User-agent: *\nDisallow: /*?session=\n'), '/x?session=1', false],
    ['a byte order mark before the first line', text('\uFEFFUser-agent: *\nDisallow: /\n'), '/a', false],
    ['Windows line ends', text('User-agent: *\r\nDisallow: /a\r\n'), '/a', false],
    ['old Mac line ends', text('User-agent: *\rDisallow: /a\r'), '/a', false],
    ['an empty file', text(''), '/a', true],
    ['HTML instead of rules', text('<!doctype html><title>Not found</title>'), '/a', true],
    ['a rule within the first 500 KiB', text(`#${'x\n#'.repeat(100_000)}\nUser-agent: *\nDisallow: /\n`), '/a', false],
    ['a rule after 500 KiB is not read', text(`#${'x\n#'.repeat(300_000)}\nUser-agent: *\nDisallow: /\n`), '/a', true],
    ['robots.txt itself is always allowed', text('User-agent: *\nDisallow: /\n'), '/robots.txt', true],
    ['404: no rules', status(404), '/a', true],
    ['401: no rules', status(401), '/a', true],
    ['403: no rules', status(403), '/a', true],
    ['410: no rules', { kind: 'gone', status: 410, timings }, '/a', true],
    ['429: not now', status(429), '/a', false],
    ['500: nothing is allowed', status(500), '/a', false],
    ['503: nothing is allowed', status(503), '/a', false],
    ['no answer: nothing is allowed', broken, '/a', false],
  ];
  for (const [name, outcome, path, expected] of rows) {
    it(name, async () => {
      const verdict = await robotsWith(outcome).robots.check(`https://site.test${path}`, { signal });
      expect(verdict.allowed, verdict.reason).to.equal(expected);
    });
  }

  const delays: [string, number][] = [
    ['User-agent: *\nCrawl-delay: 2\n', 2_000],
    ['User-agent: *\nCrawl-delay: 0.5\n', 500],
    ['User-agent: newsfold\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 9\n', 3_000],
    ['User-agent: *\nCrawl-delay: 86400\n', 60_000],
    ['User-agent: *\nCrawl-delay: -1\n', 0],
    ['User-agent: *\nCrawl-delay: soon\n', 0],
  ];
  for (const [body, expected] of delays) {
    it(`${JSON.stringify(body)} is a pause of ${expected} ms`, async () => {
      const { robots, spaced } = robotsWith(text(body));
      expect((await robots.check('https://site.test/a', { signal })).crawlDelayMs).to.equal(expected);
      expect(spaced).to.deep.equal(expected === 0 ? [] : [expected]);
    });
  }

  it('is read once a day for each origin', async () => {
    const { robots, asked, clock } = robotsWith(text('User-agent: *\nDisallow: /a\n'));
    for (const url of ['https://site.test/a', 'https://site.test/b', 'https://site.test/a?x'])
      await robots.check(url, { signal });
    expect(asked).to.deep.equal(['https://site.test/robots.txt']);
    await robots.check('http://site.test/a', { signal });
    await robots.check('https://site.test:8443/a', { signal });
    expect(asked.slice(1)).to.deep.equal(['http://site.test/robots.txt', 'https://site.test:8443/robots.txt']);
    clock.now += 23 * hour;
    await robots.check('https://site.test/a', { signal });
    expect(asked).to.have.length(3);
    clock.now += 2 * hour;
    await robots.check('https://site.test/a', { signal });
    expect(asked).to.have.length(4);
  });

  it('a failure is asked again after an hour', async () => {
    const { robots, clock } = robotsWith(status(500), text(''));
    expect((await robots.check('https://site.test/a', { signal })).allowed).to.equal(false);
    clock.now += hour / 2;
    expect((await robots.check('https://site.test/a', { signal })).allowed).to.equal(false);
    clock.now += hour;
    expect((await robots.check('https://site.test/a', { signal })).allowed).to.equal(true);
  });

  it('is not asked for again because the clock was set back', async () => {
    const { robots, asked, clock } = robotsWith(text(''));
    await robots.check('https://site.test/a', { signal });
    clock.now -= 1_000 * hour;
    await robots.check('https://site.test/a', { signal });
    await robots.check('https://site.test/a', { signal });
    expect(asked, 'once by each clock').to.have.length(2);
  });

  it('does not let a hostile file hold the thread', async () => {
    const { robots } = robotsWith(text(`User-agent: *\n${`Disallow: /${'*a'.repeat(500)}b\n`.repeat(450)}`));
    const verdict = await robots.check(`https://site.test/${'a'.repeat(4_000)}`, { signal });
    expect(verdict).to.include({ allowed: false, reason: 'robots.txt is too complicated' });
  });

  it('answers what is no address with a no', async () => {
    expect((await robotsWith(text('')).robots.check('nonsense', { signal })).allowed).to.equal(false);
  });
});
