import { expect } from 'chai';
import { createHostLimits } from '../../src/fetch/host-limits.ts';

const day = 86_400_000;
const signal = new AbortController().signal;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

function limits(scope: 'host' | 'domain' = 'host', perHostMax = 2) {
  const clock = { now: 1_000 * day };
  return { clock, hosts: createHostLimits({ perHostMax, scope, now: () => clock.now }) };
}
const url = (text: string) => new URL(text);

describe('host limits', () => {
  it('let in so many at once, the others in order', async () => {
    const { hosts } = limits();
    const order: number[] = [];
    const first = await hosts.acquire(url('https://a.test/1'), { signal });
    const second = await hosts.acquire(url('https://a.test/2'), { signal });
    const waiting = [3, 4].map(async n => {
      const release = await hosts.acquire(url(`https://a.test/${n}`), { signal });
      order.push(n);
      release();
    });
    for (const other of ['https://b.test/', 'https://a.test:8443/']) {
      const release = await hosts.acquire(url(other), { signal }); // another host, or port, does not wait
      release();
    }
    await pause(5);
    expect(order).to.deep.equal([]);
    first();
    await Promise.all(waiting);
    second();
    second(); // a second release is none
    expect(order).to.deep.equal([3, 4]);
    (await hosts.acquire(url('https://a.test/'), { signal }))();
  });

  it('forget who stops waiting', async () => {
    const { hosts } = limits('host', 1);
    const release = await hosts.acquire(url('https://a.test/'), { signal });
    const abort = new AbortController();
    const waiting = hosts.acquire(url('https://a.test/'), { signal: abort.signal });
    const next = hosts.acquire(url('https://a.test/'), { signal });
    abort.abort(new Error('stopped'));
    expect(await waiting.catch((error: Error) => error.message)).to.equal('stopped');
    release();
    (await next)();
    (await hosts.acquire(url('https://a.test/'), { signal }))();
  });

  it('keep the pause that a host asks for between two requests', async () => {
    const { hosts } = limits();
    hosts.space(url('https://a.test/'), 60);
    const starts: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async () => {
        const release = await hosts.acquire(url('https://a.test/'), { signal });
        starts.push(performance.now());
        release();
      }),
    );
    for (let n = 1; n < starts.length; n++) expect((starts[n] ?? 0) - (starts[n - 1] ?? 0)).to.be.at.least(50);
  });

  const silences: [string, 'host' | 'domain', string, string, boolean][] = [
    ['the same host', 'host', 'https://feeds.news.example/a', 'https://feeds.news.example/b', true],
    ['another host', 'host', 'https://a.news.example/', 'https://b.news.example/', false],
    ['another host of the domain', 'domain', 'https://a.news.co.uk/', 'https://b.news.co.uk/', true],
    ['a neighbour under a shared suffix', 'domain', 'https://a.github.io/', 'https://b.github.io/', false],
    ['another address', 'domain', 'http://8.8.8.8/', 'http://8.8.4.4/', false],
    ['another port of an address', 'host', 'http://8.8.8.8:1/', 'http://8.8.8.8:2/', false],
  ];
  for (const [name, scope, silenced, asked, expected] of silences) {
    it(`Retry-After by ${scope}: ${name} is ${expected ? '' : 'not '}silent`, () => {
      const { hosts, clock } = limits(scope);
      hosts.silence(url(silenced), 60_000);
      expect(hosts.silentUntil(url(asked))).to.equal(expected ? clock.now + 60_000 : null);
      clock.now += 60_000;
      expect(hosts.silentUntil(url(asked))).to.equal(null);
    });
  }

  it('silence ends when the clock is set back by years', () => {
    const { hosts, clock } = limits();
    hosts.silence(url('https://a.test/'), day);
    clock.now -= 900 * day;
    expect(hosts.silentUntil(url('https://a.test/'))).to.equal(null);
  });
});
