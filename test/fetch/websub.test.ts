import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { HttpFetcher, PageOptions } from '../../src/fetch/http-fetcher.ts';
import { askHub, isSignedWith, newSubscriptionSecrets, readHubRequest, renewAt } from '../../src/fetch/websub.ts';
import type { FetchOutcome } from '../../src/model.ts';

const signal = new AbortController().signal;
const topic = 'https://blog.example/feed';
const subscription = {
  hub: 'https://hub.example/',
  topic,
  callback: 'https://news.example/websub/abc',
  secret: 'sshh',
};

describe('WebSub: asking a hub', () => {
  const asked: { url: string; options: PageOptions }[] = [];
  const hubAnswers = (outcome: object) =>
    ({
      fetchPage: async (url: string, options: PageOptions) => {
        asked.push({ url, options });
        return outcome as FetchOutcome;
      },
    }) as Pick<HttpFetcher, 'fetchPage'>;

  it('subscribes with a secret and a lease', async () => {
    const answer = await askHub(
      hubAnswers({ kind: 'modified', status: 202 }),
      { ...subscription, mode: 'subscribe', leaseSeconds: 864_000 },
      { signal },
    );
    expect(answer.accepted).to.equal(true);
    expect(asked.at(-1)?.options.method).to.equal('POST');
    expect(Object.fromEntries(new URLSearchParams(asked.at(-1)?.options.body))).to.deep.equal({
      'hub.mode': 'subscribe',
      'hub.topic': topic,
      'hub.callback': subscription.callback,
      'hub.secret': 'sshh',
      'hub.lease_seconds': '864000',
    });
  });

  it('unsubscribes without one', async () => {
    await askHub(
      hubAnswers({ kind: 'modified', status: 202 }),
      { ...subscription, mode: 'unsubscribe', leaseSeconds: 0 },
      { signal },
    );
    expect([...new URLSearchParams(asked.at(-1)?.options.body).keys()]).to.deep.equal([
      'hub.mode',
      'hub.topic',
      'hub.callback',
    ]);
  });

  const answers: [object, boolean][] = [
    [{ kind: 'failed', status: 204, class: 'status', message: 'x' }, true],
    [{ kind: 'failed', status: 400, class: 'status', message: 'hub.example answered 400 Bad Request' }, false],
    [{ kind: 'failed', status: null, class: 'address-refused', message: 'not allowed' }, false],
    [{ kind: 'gone', status: 410 }, false],
  ];
  for (const [outcome, accepted] of answers) {
    it(`${JSON.stringify(outcome)} is ${accepted ? 'accepted' : 'refused'}`, async () => {
      expect(
        (await askHub(hubAnswers(outcome), { ...subscription, mode: 'subscribe', leaseSeconds: 1 }, { signal }))
          .accepted,
      ).to.equal(accepted);
    });
  }

  it('secrets are long, fit the specification, and are never the same', () => {
    const { token, secret } = newSubscriptionSecrets();
    expect(token).to.match(/^[\w-]{32}$/);
    expect(secret).to.match(/^[\w-]{43}$/);
    expect(newSubscriptionSecrets().secret).not.to.equal(secret);
  });
});

describe('WebSub: the hub asks back', () => {
  const wanted = { topic, mode: 'subscribe' as const };
  const query = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': 'xyz', 'hub.lease_seconds': '864000' };
  const rows: [
    string,
    Record<string, string | undefined>,
    typeof wanted | { topic: string; mode: 'unsubscribe' } | null,
    object,
  ][] = [
    [
      'what was asked for is confirmed',
      query,
      wanted,
      { kind: 'confirm', mode: 'subscribe', challenge: 'xyz', leaseSeconds: 864_000 },
    ],
    ['nothing was asked for', query, null, { kind: 'unknown' }],
    ['another topic', { ...query, 'hub.topic': 'https://evil.example/' }, wanted, { kind: 'unknown' }],
    ['an unsubscription nobody wants', { ...query, 'hub.mode': 'unsubscribe' }, wanted, { kind: 'unknown' }],
    [
      'an unsubscription that is wanted',
      { ...query, 'hub.mode': 'unsubscribe' },
      { topic, mode: 'unsubscribe' },
      { kind: 'confirm', mode: 'unsubscribe', challenge: 'xyz', leaseSeconds: 864_000 },
    ],
    ['no challenge', { ...query, 'hub.challenge': undefined }, wanted, { kind: 'unknown' }],
    ['an endless challenge', { ...query, 'hub.challenge': 'x'.repeat(5_000) }, wanted, { kind: 'unknown' }],
    [
      'a lease of a second',
      { ...query, 'hub.lease_seconds': '1' },
      wanted,
      { kind: 'confirm', mode: 'subscribe', challenge: 'xyz', leaseSeconds: 3_600 },
    ],
    [
      'a lease of a century',
      { ...query, 'hub.lease_seconds': '3155760000' },
      wanted,
      { kind: 'confirm', mode: 'subscribe', challenge: 'xyz', leaseSeconds: 2_592_000 },
    ],
    [
      'no lease',
      { ...query, 'hub.lease_seconds': undefined },
      wanted,
      { kind: 'confirm', mode: 'subscribe', challenge: 'xyz', leaseSeconds: 864_000 },
    ],
    [
      'denied, with a reason',
      { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'no\r\nnews <b>' },
      wanted,
      { kind: 'denied', reason: 'no  news <b>' },
    ],
    ['no mode', { 'hub.topic': topic }, wanted, { kind: 'unknown' }],
  ];
  for (const [name, asked, expected, answer] of rows)
    it(name, () => expect(readHubRequest(asked, expected)).to.deep.equal(answer));

  it('a lease is renewed when a fifth of it is left', () => expect(renewAt(1_000, 100)).to.equal(81_000));
});

describe('WebSub: pushes are signed', () => {
  const body = Buffer.from('<rss/>');
  const sign = (method: string, secret = 'sshh') =>
    `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
  const rows: [string, string | undefined, boolean][] = [
    ...['sha1', 'sha256', 'sha384', 'sha512'].map((method): [string, string, boolean] => [method, sign(method), true]),
    ['upper case', sign('sha256').toUpperCase(), true],
    ['another secret', sign('sha256', 'other'), false],
    ['md5', sign('md5'), false],
    ['cut short', sign('sha256').slice(0, -2), false],
    ['the length of another method', sign('sha256').replace('sha256', 'sha512'), false],
    ['none', undefined, false],
    ['nonsense', 'sha256=zz', false],
  ];
  for (const [name, header, expected] of rows)
    it(`${name}: ${expected}`, () => expect(isSignedWith('sshh', body, header)).to.equal(expected));

  it('not for another body', () =>
    expect(isSignedWith('sshh', Buffer.from('<rss>evil</rss>'), sign('sha256'))).to.equal(false));
});
