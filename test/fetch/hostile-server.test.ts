import { expect } from 'chai';
import { createHttpFetcher, type HttpFetcher } from '../../src/fetch/http-fetcher.ts';
import type { FetchOutcome } from '../../src/model.ts';
import { type Behaviour, behaviours, hostileAnswers, limits, pathOf } from '../support/hostile-behaviours.ts';
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts';

/** Every behaviour is met at the same time as all others: none may hold up, starve or break another. */
describe('a hostile server', () => {
  let server: HostileServer;
  let fetcher: HttpFetcher;
  const outcomes = new Map<Behaviour, FetchOutcome>();

  before(async function () {
    this.timeout(60_000);
    server = await startHostileServer(hostileAnswers());
    const ports = [server.port, server.sinkPort, ...Object.values(server.tlsPorts)];
    fetcher = createHttpFetcher({
      ...limits,
      allow: ports.map(port => `127.0.0.1:${port}`),
      userAgent: 'newsfold-test/1 (+https://newsfold.example)',
      perHostMax: 2,
      now: Date.now,
      // Every behaviour has a host of its own; `inside.test` is a name that leads inside.
      resolve: async () => ['127.0.0.1'],
    });
    const signal = AbortSignal.timeout(50_000);
    await Promise.all(
      behaviours.map(async (behaviour, index) => {
        const port = behaviour.port?.(server) ?? server.port;
        const url = `${behaviour.scheme ?? 'http'}://b${index}.test:${port}${pathOf(behaviour.name)}`;
        const request = {
          url,
          validators: behaviour.validators ?? { etag: null, lastModified: null },
          http: behaviour.http ?? {},
        };
        outcomes.set(behaviour, await fetcher.fetchSource(request, { signal }));
      }),
    );
  });
  after(async () => {
    await fetcher.close();
    await server.close();
  });

  it('has at least eighty behaviours, each with its own path', () => {
    expect(new Set(behaviours.map(({ name }) => pathOf(name))).size)
      .to.equal(behaviours.length)
      .and.to.be.at.least(80);
  });

  for (const behaviour of behaviours) {
    const expected = [behaviour.expected].flat();
    it(`${behaviour.name}: ${expected.join(' or ')}`, () => {
      const outcome = outcomes.get(behaviour) as FetchOutcome;
      const got = outcome.kind === 'failed' ? outcome.class : outcome.kind;
      expect(expected, `got ${got}: ${outcome.kind === 'failed' ? outcome.message : ''}`).to.include(got);
      if (behaviour.status !== undefined)
        expect(outcome.kind === 'failed' || outcome.kind === 'gone' ? outcome.status : null).to.equal(behaviour.status);
      expect(behaviour.check?.(outcome, server, pathOf(behaviour.name))).to.equal(undefined);
    });
  }

  it('is never read for longer than the deadline', () => {
    for (const [behaviour, outcome] of outcomes)
      expect(outcome.timings.totalMs, behaviour.name).to.be.below(limits.timeoutMs + 3_000);
  });

  it('is never read without end', () => {
    // The kernel's buffers on both sides count as sent.
    for (const { name } of behaviours) expect(server.bytesSent(pathOf(name)), name).to.be.below(24 * 1024 * 1024);
  });

  it('never leads to the canary', () => expect(server.canaryHits()).to.equal(0));

  it('never gets its words, an address or a secret into a message', () => {
    for (const [behaviour, outcome] of outcomes) {
      if (outcome.kind !== 'failed') continue;
      expect(outcome.message, behaviour.name).not.to.match(/POISON|canary-|ECONN|\bat \w+\.|undefined/);
      if (!/^to (the canary|\d|\[)|308 to the canary|to the canary/.test(behaviour.name))
        expect(outcome.message, behaviour.name).not.to.include('127.0.0.1');
    }
  });

  it('is told who asks, and nothing else', async () => {
    const seen = server.sunk.find(({ path }) => path === pathOf('to another origin, with secrets'));
    expect(
      Object.keys(seen?.headers ?? {})
        .filter(name => !name.startsWith(':'))
        .sort(),
    ).to.deep.equal(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
    expect(seen?.headers['user-agent']).to.equal('newsfold-test/1 (+https://newsfold.example)');
  });

  it('finds the fetcher as it was: a good source is fetched right after', async () => {
    const outcome = await fetcher.fetchSource(
      { url: `http://after.test:${server.port}/ok`, validators: { etag: null, lastModified: null }, http: {} },
      { signal: AbortSignal.timeout(5_000) },
    );
    expect(outcome.kind).to.equal('modified');
  });
});
