import { expect } from 'chai';
import type { FailureClass } from '../../src/model.ts';
import { explainFailure } from '../../src/pipeline/explain-failure.ts';
import type { FetchRecord, SourceState } from '../../src/pipeline/ports.ts';
import { type Behaviour, behaviours, hostileAnswers, limits, pathOf } from '../support/hostile-behaviours.ts';
import { type Answer, type HostileServer, ok, startHostileServer } from '../support/hostile-server.ts';
import { type RunningService, startService } from '../support/running-service.ts';
import { rss } from '../support/scripted-server.ts';

const controls = 20;
const rounds = 3;
const atOnce = 40;
const timeoutMs = 8_000;
const controlItems = (n: number) => [1, 2, 3].map(i => ({ guid: `control${n}x${i}` }));

/** What a publisher does to a source that was well: the first answer, then worse ones. */
const turns: Readonly<Record<string, readonly Buffer[]>> = {
  emptied: [ok(kept('emptied')), ok(rss('emptied', []))],
  shrinking: [ok(kept('shrinking')), ok(rss('shrinking', [{ guid: 'shrinking1' }]))],
  'flips to a page': [
    ok(kept('flips')),
    ok('<!doctype html><title>Parked</title><p>This domain is for sale', { 'Content-Type': 'text/html' }),
  ],
  'flips to 404': [ok(kept('lost')), Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\nPOISON')],
  'breaks off': [
    ok(kept('broken')),
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${rss('broken', [{ guid: 'POISON' }])}`),
  ],
};

function kept(name: string): string {
  return rss(
    name,
    [1, 2, 3, 4, 5].map(i => ({ guid: `${name}${i}` })),
  );
}

/** The whole service, with every behaviour as a source of its own among healthy ones. */
describe('a service whose sources are hostile', function () {
  this.timeout(120_000);
  let server: HostileServer;
  let service: RunningService;
  const first = new Map<string, FetchRecord | string>();
  const states = new Map<string, SourceState>();
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);
  const idOf = (index: number) => `b${index}`;

  before(async () => {
    process.on('unhandledRejection', onUnhandled);
    const answers = new Map<string, Answer>(hostileAnswers());
    for (let n = 0; n < controls; n++)
      answers.set(`/control-${n}`, ({ socket }) => void socket.write(ok(rss(`Control ${n}`, controlItems(n)))));
    for (const [name, script] of Object.entries(turns))
      answers.set(pathOf(`turn ${name}`), ({ socket, asked }) => {
        const answer = script[Math.min(asked, script.length - 1)] as Buffer;
        if (name === 'breaks off' && asked > 0) socket.end(answer);
        else socket.write(answer);
      });
    server = await startHostileServer(answers);
    const ports = [server.port, server.sinkPort, ...Object.values(server.tlsPorts)];
    const lines = behaviours.map((behaviour, index) => {
      const url = `${behaviour.scheme ?? 'http'}://b${index}.test:${behaviour.port?.(server) ?? server.port}${pathOf(behaviour.name)}`;
      return JSON.stringify({ id: idOf(index), url, schedule: '24h', http: behaviour.http ?? {} });
    });
    const healthy = Array.from({ length: controls }, (_, n) => [`control-${n}`, `/control-${n}`]);
    const turning = Object.keys(turns).map(name => [pathOf(`turn ${name}`).slice(1), pathOf(`turn ${name}`)]);
    for (const [id, path] of [...healthy, ...turning])
      lines.push(JSON.stringify({ id, url: `http://${id}.test:${server.port}${path}`, schedule: '24h' }));
    service = await startService(
      {
        newsfold: JSON.stringify({
          roles: ['web'],
          collect: {
            allow: ports.map(port => `127.0.0.1:${port}`),
            timeout: `${timeoutMs / 1000}s`,
            bodyMax: limits.bodyBytesMax,
          },
        }),
        sources: `sources:\n${lines.map(line => `  - ${line}\n`).join('')}`,
      },
      // Every source has a host of its own: one that asks for silence must not silence the others.
      { resolve: async () => ['127.0.0.1'] },
    );
    const ids = [...service.app.context.sources().keys()];
    for (let round = 0; round < rounds; round++) {
      const waiting = [...ids];
      const collect = async () => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          const record = await service.app.context.operations.collectNow(id);
          if (round === 0) first.set(id, record);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, collect));
      if (round > 0) continue;
      for (const state of await service.app.store.sources.list()) states.set(state.sourceId, state);
    }
  });
  after(async () => {
    process.removeListener('unhandledRejection', onUnhandled);
    await service?.stop();
    await server?.close();
  });

  const titlesOf = async (sourceId: string): Promise<string[]> =>
    (await service.app.store.sources.known(sourceId, 100)).map(({ keys }) => keys.join(' '));

  for (const [index, behaviour] of behaviours.entries()) {
    // A first fetch has no validators to be answered with 304.
    if (behaviour.validators !== undefined) continue;
    const expected = [behaviour.expected].flat();
    it(`${behaviour.name}: ${expected.join(' or ')}, in words where it is a failure`, () => {
      const record = first.get(idOf(index)) as FetchRecord;
      const problem = states.get(idOf(index))?.problem ?? null;
      expect(record, 'every source has a record').to.be.an('object');
      expect(outcomesOf(behaviour), `got ${record.outcome}: ${problem}`).to.include(
        outcomeOf(record, problem, expected),
      );
      if (record.outcome === 'modified') return;
      expect(problem, 'a problem in words').to.match(/^.{20,}[.)]?$/s);
      expect(problem).not.to.match(/POISON|canary-|ECONN|\n\s+at |undefined|\[object/);
      expect(states.get(idOf(index))?.health).to.equal('failing');
      expect(record.itemsNew).to.equal(0);
    });
  }

  it('never makes a failure an item', async () => {
    for (const [index, behaviour] of behaviours.entries())
      expect(await titlesOf(idOf(index)), behaviour.name).to.deep.equal([]);
    const { items } = await service.app.store.maintenance.stats(Date.now());
    expect(items).to.equal(controls * 3 + Object.keys(turns).length * 5);
  });

  it('stores every healthy source whole, in every round', async () => {
    for (let n = 0; n < controls; n++) {
      expect(await titlesOf(`control-${n}`)).to.have.length(3);
      const history = await service.app.store.sources.history(`control-${n}`, 10);
      expect(history.map(({ outcome }) => outcome)).to.deep.equal(['same-body', 'same-body', 'modified']);
      expect((await service.app.store.sources.get(`control-${n}`))?.health).to.equal('ok');
    }
  });

  for (const name of Object.keys(turns)) {
    it(`deletes nothing when a feed ${name}`, async () => {
      const id = pathOf(`turn ${name}`).slice(1);
      expect(await titlesOf(id)).to.have.length(5);
      const { health, problem } = (await service.app.store.sources.get(id)) as SourceState;
      if (name !== 'emptied' && name !== 'shrinking') expect(health).to.equal('failing');
      else expect(['ok', 'failing']).to.include(health);
      if (health !== 'ok') expect(problem).to.be.a('string');
    });
  }

  it('keeps no validators of a document that it could not read', async () => {
    const cut = await service.app.store.sources.get(pathOf('turn breaks off').slice(1));
    expect(cut?.validators).to.deep.equal({ etag: null, lastModified: null });
    expect(cut?.bodyHash).to.be.a('string');
  });

  it('never reaches the canary, loses no promise, and still answers', async () => {
    expect(server.canaryHits()).to.equal(0);
    expect(unhandled).to.deep.equal([]);
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
    expect((await fetch(`${service.url}/readyz`)).status).to.equal(200);
    expect((await fetch(`${service.url}/feeds/all.atom`)).status).to.equal(200);
  });

  it('backs every failure off, for ever and at most a day', async () => {
    for (const state of await service.app.store.sources.list()) {
      // Three times 410 is the one word that ends it.
      if (state.failures === 0 || state.health === 'gone') continue;
      const waits = state.nextAt - (state.lastFetchAt ?? 0);
      expect(waits, state.sourceId).to.be.greaterThan(14 * 60_000);
      expect(waits, state.sourceId).to.be.lessThan(7 * 24 * 3_600_000 + 5_000);
    }
  });
});

/** A readable answer may still hold no feed: then the page or document is what failed. */
function outcomesOf({ expected }: Behaviour): readonly string[] {
  return [expected].flat().flatMap(each => (each === 'modified' ? ['modified', 'unreadable'] : [each]));
}

/** The stored words tell the class: each class has its own advice. */
function outcomeOf(record: FetchRecord, problem: string | null, expected: readonly string[]): string {
  if (record.outcome !== 'failed') return record.outcome;
  const advice = (of: FailureClass) =>
    explainFailure({ class: of, status: record.status, message: 'x', feedsOnPage: [] }).slice(3);
  return (
    expected.find(each => each !== 'modified' && each !== 'gone' && problem?.endsWith(advice(each as FailureClass))) ??
    `failed: ${problem}`
  );
}
