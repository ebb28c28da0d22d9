import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { createAddressGuard } from '../../src/fetch/address-guard.ts';
import { createHttpFetcher } from '../../src/fetch/http-fetcher.ts';
import { isPublicAddress } from '../../src/fetch/public-address.ts';

/** IPv4 addresses that are not public, with the range's borders. */
const forbidden4 = [
  '0.0.0.0',
  '0.0.0.1',
  '0.255.255.255',
  '10.0.0.0',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.0',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.255',
  '127.0.0.0',
  '127.0.0.1',
  '127.0.0.2',
  '127.0.0.53',
  '127.0.1.1',
  '127.1.2.3',
  '127.255.255.255',
  '168.63.129.16',
  '169.254.0.0',
  '169.254.0.1',
  '169.254.169.254',
  '169.254.170.2',
  '169.254.169.123',
  '169.254.255.255',
  '172.16.0.0',
  '172.16.0.1',
  '172.17.0.1',
  '172.31.255.255',
  '192.0.0.0',
  '192.0.0.1',
  '192.0.0.8',
  '192.0.0.170',
  '192.0.0.192',
  '192.0.0.255',
  '192.0.2.0',
  '192.0.2.1',
  '192.0.2.255',
  '192.88.99.0',
  '192.88.99.1',
  '192.88.99.255',
  '192.168.0.0',
  '192.168.0.1',
  '192.168.1.1',
  '192.168.255.255',
  '198.18.0.0',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.0',
  '198.51.100.1',
  '198.51.100.255',
  '203.0.113.0',
  '203.0.113.1',
  '203.0.113.255',
  '224.0.0.0',
  '224.0.0.1',
  '224.0.0.251',
  '239.255.255.250',
  '239.255.255.255',
  '240.0.0.0',
  '240.0.0.1',
  '254.255.255.255',
  '255.255.255.254',
  '255.255.255.255',
];

const forbidden6 = [
  '::',
  '::1',
  '::2',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  '::ffff:0:0',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '::7f00:1',
  '::10.0.0.1',
  '::8.8.8.8',
  '::ffff:0:127.0.0.1',
  '::ffff:0:8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b::808:808',
  '64:ff9b:1::1',
  '64:ff9b:1:ffff::7f00:1',
  '100::',
  '100::1',
  '100:0:0:1::1',
  '1fff:ffff::1',
  '2001::',
  '2001::1',
  '2001:0:53aa:64c:0:fffe:80ff:fffe',
  '2001:1::1',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '2001:2f::1',
  '2001:1ff:ffff::1',
  '2001:db8::',
  '2001:db8::1',
  '2001:db8:ffff:ffff::1',
  '2002::',
  '2002::1',
  '2002:7f00:1::',
  '2002:7f00:1::1',
  '2002:a00:1::',
  '2002:a9fe:a9fe::',
  '2002:c0a8:101::',
  '2002:808:808::',
  '3ffe::1',
  '3fff::',
  '3fff::1',
  '3fff:fff:ffff::1',
  '4000::1',
  '5f00::1',
  '8000::1',
  'c000::1',
  'fbff::1',
  'fc00::',
  'fc00::1',
  'fd00::1',
  'fd00:ec2::254',
  'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'fe00::1',
  'fe7f::1',
  'fe80::',
  'fe80::1',
  'fe80::7f00:1',
  'febf::1',
  'fec0::',
  'fec0::1',
  'feff::1',
  'ff00::',
  'ff01::1',
  'ff02::1',
  'ff02::fb',
  'ff05::1:3',
  'ff0e::1',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];

/** Other ways to write forbidden addresses as the host of a URL. */
const spellings = [
  '127.1',
  '127.0.1',
  '127.0.0.01',
  '127.000.000.001',
  '0177.0.0.1',
  '0177.0.0.01',
  '0177.0.1',
  '0177.1',
  '017700000001',
  '0x7f.0.0.1',
  '0x7f.0x0.0x0.0x1',
  '0x7f.1',
  '0x7F000001',
  '0x7f000001',
  '0X7f000001',
  '2130706433',
  '0x7f.0.1',
  '127.0.0.1.',
  '127.1.',
  '2130706433.',
  '0x7f000001.',
  '0',
  '0.0',
  '0.0.0',
  '00',
  '0x0',
  '0x',
  '0000',
  '%30',
  '%31%32%37.0.0.1',
  '127%2e0%2e0%2e1',
  '%6c%6f%63%61%6c%68%6f%73%74',
  '１２７.０.０.１',
  '127。0。0。1',
  '127．0．0．1',
  '127｡0｡0｡1',
  '①②⑦.⓪.⓪.①',
  '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
  '127.0.0.1\u00ad',
  '12\u00ad7.0.0.1',
  '127.0.0.1\t',
  '127.0\n.0.1',
  'localhost',
  'LOCALHOST',
  'LocalHost',
  'localhost.',
  'ｌｏｃａｌｈｏｓｔ',
  'ℒ𝑜𝒸𝒶𝓁𝒽ℴ𝓈𝓉',
  'foo.localhost',
  'user@127.0.0.1',
  'user:pw@127.0.0.1',
  'example.com@127.0.0.1',
  'example.com:80@127.0.0.1',
  'example.com%2f@127.0.0.1',
  'example.com%00@127.0.0.1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::0001]',
  '[::0:1]',
  '[::ffff:127.0.0.1]',
  '[::FFFF:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:7f00:0001]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:7f00:0001::1]',
  '[::]',
  '[::0]',
  '[0:0:0:0:0:0:0:0]',
  '[fe80::1]',
  '[fd00::1]',
  '[ff02::1]',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0xA9.0xFE.0xA9.0xFE',
  '0251.0376.0251.0376',
  '169.254.43518',
  '169.16689662',
  '025177524776',
  '10.1',
  '012.1',
  '0xa.1',
  '167772161',
  '192.168.257',
  '3232235777',
  '0300.0250.1',
  '100.64.1',
  '172.16.1',
  '0254.020.0.1',
  '255.255.255.255',
  '4294967295',
  '0xffffffff',
];

const otherSchemes = [
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'ftp://8.8.8.8/',
  'gopher://8.8.8.8:70/_x',
  'dict://8.8.8.8/',
  'ldap://8.8.8.8/',
  'data:text/plain,x',
  'javascript:alert(1)',
  'blob:http://8.8.8.8/x',
  'ws://8.8.8.8/',
  'wss://8.8.8.8/',
  'about:blank',
  'mailto:a@b.example',
  'jar:http://8.8.8.8/!/',
  'unix:/var/run/docker.sock',
  'http+unix://%2Fvar%2Frun%2Fdocker.sock/',
  'feed:http://8.8.8.8/',
  'sftp://8.8.8.8/',
  'view-source:http://8.8.8.8/',
];

const otherPorts = [
  1, 7, 21, 22, 23, 25, 53, 110, 119, 143, 179, 389, 465, 514, 587, 993, 995, 2049, 6000, 6379, 6667, 11211,
].map(port => `http://8.8.8.8:${port}/`);

const allowed4 = [
  '1.1.1.1',
  '8.8.8.8',
  '9.9.9.9',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '191.255.255.255',
  '192.0.1.1',
  '192.0.3.1',
  '192.88.98.1',
  '192.88.100.1',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '198.51.99.255',
  '198.51.101.0',
  '203.0.112.255',
  '203.0.114.0',
  '223.255.255.255',
];
const allowed6 = [
  '2000::1',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2001:67c:2e8::1',
  '2001:db7:ffff::1',
  '2001:db9::1',
  '2003::1',
  '2400:cb00::1',
  '2606:4700:4700::1111',
  '2620:fe::fe',
  '2a00:1450:4001::200e',
  '2a02:26f0::1',
  '2c0f:f248::1',
  '3ffd::1',
  '3fff:1000::1',
];

describe('public addresses', () => {
  it('are global unicast only, by literal', () => {
    for (const address of [...forbidden4, ...forbidden6]) expect(isPublicAddress(address), address).to.equal(false);
    for (const address of [...allowed4, ...allowed6]) expect(isPublicAddress(address), address).to.equal(true);
    for (const nonsense of [
      '',
      'localhost',
      '127.1',
      'fe80::1%eth0',
      '2606:4700::1%eth0',
      '[::1]',
      '8.8.8.8:80',
      ' 8.8.8.8',
    ]) {
      expect(isPublicAddress(nonsense), nonsense).to.equal(false);
    }
  });

  it('are let through by the guard on usual ports', () => {
    const guard = createAddressGuard({ allow: [] });
    for (const address of [
      ...allowed4.map(each => `http://${each}/`),
      ...allowed6.map(each => `https://[${each}]:8443/`),
      'http://8.8.8.8:8080/',
      'http://8.8.8.8:9666/',
      'https://feeds.example/',
      'http://xn--e1afmkfd.example/',
    ]) {
      expect(guard.judgeUrl(new URL(address)), address).to.equal(null);
    }
  });
});

describe('the address guard, counted by connections that really begin', () => {
  let canary: Server;
  let canaryHits = 0;
  let port = 0;
  const begun: Socket[] = [];
  const onSocket = (message: unknown) => begun.push((message as { socket: Socket }).socket);

  before(async () => {
    canary = createServer(socket => {
      canaryHits++;
      socket.destroy();
    });
    canary.listen(0, '::'); // both families, every loopback address
    await once(canary, 'listening');
    port = (canary.address() as AddressInfo).port;
  });
  beforeEach(() => subscribe('net.client.socket', onSocket));
  afterEach(() => unsubscribe('net.client.socket', onSocket));
  after(() => new Promise(resolve => canary.close(resolve)));

  const fetcherFor = (resolve: (hostname: string) => Promise<readonly string[]>, allow: string[] = []) =>
    createHttpFetcher({
      allow,
      userAgent: 'test',
      timeoutMs: 1_000,
      connectTimeoutMs: 500,
      bodyBytesMax: 1_000,
      perHostMax: 2,
      now: Date.now,
      resolve,
    });
  const signal = new AbortController().signal;
  const withoutName = async (hostname: string): Promise<readonly string[]> => {
    if (/localhost\.?$/.test(hostname)) return ['127.0.0.1', '::1'];
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };

  it('the table has at least 250 forms', () => {
    const forms = [
      ...forbidden4,
      ...forbidden6,
      ...spellings,
      ...otherSchemes,
      ...otherPorts,
      ...allowed4,
      ...allowed6,
    ];
    expect(new Set(forms).size).to.be.at.least(250);
  });

  it('refuses every literal and every spelling: no connection begins', async () => {
    const fetcher = fetcherFor(withoutName);
    const urls = [
      ...forbidden4.map(address => `http://${address}:${port}/`),
      ...forbidden6.map(address => `http://[${address}]:${port}/`),
      ...spellings.map(host => `http://${host}:${port}/`),
      ...spellings.map(host => `https://${host}:${port}/`),
      ...otherSchemes,
      ...otherPorts,
    ];
    for (const url of urls) {
      const outcome = await fetcher.fetchPage(url, { signal });
      expect(outcome.kind, url).to.equal('failed');
      // What the URL parser itself refuses is no URL; a name nobody knows leads nowhere. All else is refused by the guard.
      if (outcome.kind === 'failed') expect(outcome.class, url).to.be.oneOf(['address-refused', 'protocol', 'dns']);
    }
    expect({ begun: begun.length, canaryHits }).to.deep.equal({ begun: 0, canaryHits: 0 });
    await fetcher.close();
  });

  it('refuses every name that leads to a forbidden address', async () => {
    begun.length = 0;
    const addresses = [...forbidden4, ...forbidden6];
    const fetcher = fetcherFor(async hostname => [addresses[Number(/\d+/.exec(hostname)?.[0])] ?? '']);
    for (const [index, address] of addresses.entries()) {
      const outcome = await fetcher.fetchPage(`http://n${index}.test:${port}/`, { signal });
      expect(outcome.kind === 'failed' ? outcome.class : outcome.kind, address).to.equal('address-refused');
      if (outcome.kind === 'failed')
        expect(outcome.message, 'the resolved address is nobody’s business').not.to.include(`${address} `);
    }
    expect({ begun: begun.length, canaryHits }).to.deep.equal({ begun: 0, canaryHits: 0 });
    await fetcher.close();
  });

  it('begins connections to public addresses, and to no other address of the same name', async () => {
    begun.length = 0;
    const fetcher = fetcherFor(async () => ['127.0.0.1', '::1', '8.8.8.8', '10.0.0.1']);
    const abort = new AbortController();
    const fetching = fetcher.fetchPage(`http://mixed.test:${port}/`, { signal: abort.signal });
    while (begun.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    const tried =
      (begun[0] as Socket & { autoSelectFamilyAttemptedAddresses?: string[] }).autoSelectFamilyAttemptedAddresses ?? [];
    abort.abort();
    await fetching;
    expect(
      tried.every(address => address.startsWith('8.8.8.8')),
      tried.join(),
    ).to.equal(true);
    expect(canaryHits).to.equal(0);
    await fetcher.close();
  });

  it('is not fooled by a name that changes its mind', async () => {
    begun.length = 0;
    let asked = 0;
    // Public for whoever judges first, inside for whoever asks again.
    const fetcher = fetcherFor(async () => (++asked % 2 === 0 ? ['8.8.8.8'] : ['127.0.0.1']));
    for (let round = 0; round < 50; round++) {
      const abort = AbortSignal.timeout(20);
      await fetcher.fetchSource(
        { url: `http://rebind${round}.test:${port}/`, validators: { etag: '"1"', lastModified: null }, http: {} },
        { signal: abort },
      );
    }
    expect(asked).to.equal(50);
    expect(canaryHits).to.equal(0);
    await fetcher.close();
  });
});

describe('exceptions of the address guard', () => {
  const rows: [string, string, number, string, boolean][] = [
    ['127.0.0.1:9610', '127.0.0.1', 9610, '127.0.0.1', true],
    ['127.0.0.1:9610', '127.0.0.66', 9610, '127.0.0.66', false],
    ['127.0.0.1:9610', '127.0.0.1', 9666, '127.0.0.1', false],
    ['127.0.0.1:9610', '127.0.0.1', 9610, 'name.test', true],
    ['127.0.0.1:9610', '::1', 9610, '::1', false],
    ['127.0.0.1', '127.0.0.1', 1234, 'x.test', true],
    ['127.0.0.1', '127.0.0.2', 1234, 'x.test', false],
    ['10.1.0.0/16', '10.1.255.255', 80, 'x.test', true],
    ['10.1.0.0/16', '10.2.0.1', 80, 'x.test', false],
    ['fd00:1::/32', 'fd00:1::5', 80, 'x.test', true],
    ['fd00:1::/32', 'fd00:2::5', 80, 'x.test', false],
    ['[::1]:8080', '::1', 8080, '::1', true],
    ['[::1]:8080', '::1', 8081, '::1', false],
    ['intranet.example:8080', '10.0.0.7', 8080, 'intranet.example', true],
    ['intranet.example:8080', '10.0.0.7', 80, 'intranet.example', false],
    ['intranet.example', '10.0.0.7', 80, 'intranet.example', true],
    ['intranet.example', '10.0.0.7', 80, 'other.example', false],
    ['intranet.example', '10.0.0.7', 80, 'evil.intranet.example', false],
  ];
  for (const [entry, address, port, hostname, expected] of rows) {
    it(`${entry} ${expected ? 'opens' : 'does not open'} ${address}:${port} as ${hostname}`, () => {
      expect(createAddressGuard({ allow: [entry] }).allows(address, { hostname, port })).to.equal(expected);
    });
  }

  for (const entry of [
    '',
    '*',
    '10.0.0.0/33',
    '10.0.0/8',
    'host:0',
    'host:70000',
    'http://host/',
    'a b',
    '10.0.0.1-10.0.0.9',
    '[::1]:',
    'fd00::/129',
  ]) {
    it(`"${entry}" is a mistake that names itself`, () => {
      expect(() => createAddressGuard({ allow: [entry] }))
        .to.throw(`cannot read "${entry}"`)
        .with.property('code', 'config-invalid');
    });
  }

  const own = createAddressGuard({ allow: [], allowOwn: { origin: 'http://localhost:8080', pathPrefix: '/samples/' } });
  const ownRows: [string, boolean][] = [
    ['http://localhost:8080/samples/de/feed.xml', true],
    ['http://localhost:8080/samples/', true],
    ['http://localhost:8080/samples', false],
    ['http://localhost:8080/admin', false],
    ['http://localhost:8080/samples/../admin', false],
    ['http://localhost:8080/samples/%2e%2e/admin', false],
    ['http://localhost:8080/samples/..%2fadmin', false],
    ['http://localhost:8080/samples/%2E%2E%5Cadmin', false],
    ['http://localhost:8081/samples/x', false],
    ['https://localhost:8080/samples/x', false],
    ['http://127.0.0.1:8080/samples/x', false],
  ];
  for (const [url, expected] of ownRows) {
    it(`the service's own samples: ${url} is ${expected ? 'one' : 'none'}`, () =>
      expect(own.isOwn(new URL(url))).to.equal(expected));
  }
});
