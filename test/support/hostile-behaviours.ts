import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { FailureClass, FetchOutcome, SourceHttp, Validators } from '../../src/model.ts';
import { type Answer, drip, type Exchange, endless, type HostileServer, ok } from './hostile-server.ts';

/**
 * What servers do, meanly or by mistake, and what must become of it. Longer than other files because it is a table: one
 * row, one behaviour. The limits that rows are written for: `limits`.
 */
export type Behaviour = {
  readonly name: string;
  readonly answer: Answer;
  /** A kind of outcome, or the class of a failure. Several: either is right. */
  readonly expected: Expected | readonly Expected[];
  readonly status?: number;
  readonly scheme?: 'https';
  readonly port?: (server: HostileServer) => number;
  readonly validators?: Validators;
  readonly http?: SourceHttp;
  /** Anything else that must be true. Throw with a sentence, or return one, when it is not. */
  readonly check?: (outcome: FetchOutcome, server: HostileServer, path: string) => string | undefined;
};

export type Expected = 'modified' | 'not-modified' | 'gone' | FailureClass;

export const limits = {
  bodyBytesMax: 256 * 1024,
  timeoutMs: 6_000,
  firstByteMs: 4_000,
  connectTimeoutMs: 3_000,
} as const;

export const feed = '<rss version="2.0"><channel><title>ok</title></channel></rss>';
const bomb = Buffer.alloc(40 * 1024 * 1024, 'a');
const small = Buffer.from(feed.repeat(50));

const write =
  (bytes: string | Buffer, end = false): Answer =>
  ({ socket }) => {
    if (end) socket.end(bytes);
    else socket.write(bytes);
  };
const status = (code: number, headers = '', body = ''): Answer =>
  write(`HTTP/1.1 ${code} Whatever\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`);
const redirect =
  (location: string | ((exchange: Exchange) => string), code = 302): ((exchange: Exchange) => void) =>
  exchange => {
    const target = typeof location === 'string' ? location : location(exchange);
    exchange.socket.write(
      Buffer.from(`HTTP/1.1 ${code} Moved\r\nLocation: ${target}\r\nContent-Length: 0\r\n\r\n`, 'utf8'),
    );
  };
const encoded = (coding: string, bytes: Buffer): Answer => write(ok(bytes, { 'Content-Encoding': coding }));
const says = (test: boolean, sentence: string): string | undefined => (test ? undefined : sentence);
const bodyIs =
  (text: string | Buffer) =>
  (outcome: FetchOutcome): string | undefined =>
    says(outcome.kind === 'modified' && Buffer.from(text).equals(outcome.body), 'the body is another one');
const retryAfterIs =
  (low: number | null, high = low ?? 0) =>
  (outcome: FetchOutcome): string | undefined => {
    const waitMs = outcome.kind === 'failed' ? outcome.hints.retryAfterMs : undefined;
    return says(
      low === null ? waitMs === undefined : waitMs !== undefined && waitMs >= low && waitMs <= high,
      `Retry-After was read as ${waitMs}`,
    );
  };
const host = ({ headers }: Exchange): string => headers.host ?? '';
const day = 86_400_000;
const secrets: SourceHttp = {
  headers: { 'X-Api-Key': 'canary-key', Cookie: 'session=canary-cookie' },
  auth: { user: 'u', password: 'canary-password' },
};
const sinkGotNoSecrets = (_outcome: FetchOutcome, server: HostileServer, path: string): string | undefined => {
  const request = server.sunk.find(each => each.path.endsWith(path));
  if (request === undefined) return 'the sink was not asked';
  const names = ['authorization', 'cookie', 'x-api-key', 'referer'].filter(name => request.headers[name] !== undefined);
  return says(names.length === 0, `the other origin was sent ${names.join(', ')}`);
};

const answersOfStatus: readonly Behaviour[] = [
  { name: 'ok', answer: write(ok(feed)), expected: 'modified', check: bodyIs(feed) },
  { name: 'ok, closing', answer: write(ok(feed, { Connection: 'close' }), true), expected: 'modified' },
  {
    name: 'ok, no length, closing',
    answer: write(`HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n${feed}`, true),
    expected: 'modified',
    check: bodyIs(feed),
  },
  {
    name: 'ok, HTTP/1.0',
    answer: write(`HTTP/1.0 200 OK\r\n\r\n${feed}`, true),
    expected: 'modified',
    check: bodyIs(feed),
  },
  {
    name: 'ok, chunked',
    answer: write(
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${feed.length.toString(16)}\r\n${feed}\r\n0\r\n\r\n`,
    ),
    expected: 'modified',
    check: bodyIs(feed),
  },
  {
    name: 'ok, no reason phrase',
    answer: write(`HTTP/1.1 200\r\nContent-Length: ${feed.length}\r\n\r\n${feed}`),
    expected: 'modified',
  },
  {
    name: 'ok, charset',
    answer: write(ok(feed, { 'Content-Type': 'text/xml; charset=koi8-r' })),
    expected: 'modified',
    check: outcome =>
      says(outcome.kind === 'modified' && outcome.contentType === 'text/xml; charset=koi8-r', 'content type lost'),
  },
  { name: 'ok, empty', answer: write(ok('')), expected: 'modified', check: bodyIs('') },
  { name: '203', answer: status(203, '', feed), expected: 'modified' },
  { name: '204', answer: write('HTTP/1.1 204 No Content\r\n\r\n'), expected: 'status', status: 204 },
  { name: '205', answer: status(205), expected: 'status', status: 205 },
  {
    name: '206 unasked',
    answer: status(206, 'Content-Range: bytes 0-9/100\r\n', '<rss><chan'),
    expected: 'truncated',
    status: 206,
  },
  { name: '300 without Location', answer: status(300), expected: 'status', status: 300 },
  { name: '304 unasked', answer: status(304), expected: 'protocol', status: 304 },
  ...[400, 401, 402, 403, 404, 405, 406, 418, 429, 451, 500, 502, 503, 504, 520, 599].map(code => ({
    name: String(code),
    answer: status(code, '', 'POISON'),
    expected: 'status' as const,
    status: code,
  })),
  { name: '404 with a good feed', answer: status(404, '', feed), expected: 'status', status: 404 },
  {
    name: '500 that never ends',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 500 No\r\n\r\n');
      return endless(socket, 'POISON '.repeat(2_000));
    },
    expected: 'status',
    status: 500,
  },
  {
    name: '500 whose body never comes',
    answer: write('HTTP/1.1 500 No\r\nContent-Length: 1000\r\n\r\n'),
    expected: 'status',
    status: 500,
  },
  { name: '410', answer: status(410), expected: 'gone', status: 410 },
  {
    name: '101 unasked',
    answer: write('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n'),
    expected: ['connect', 'protocol'],
  },
  {
    name: '100 and then ok',
    answer: write(Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), ok(feed)])),
    expected: ['modified', 'connect', 'protocol'],
  },
  {
    name: '103 thrice and then ok',
    answer: write(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(3)), ok(feed)])),
    expected: 'modified',
    check: bodyIs(feed),
  },
  {
    name: '103 for ever',
    answer: ({ socket }) => endless(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
    expected: 'protocol',
  },
  {
    name: '103 now and then, for ever',
    answer: ({ socket }) => drip(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n', 150),
    expected: ['protocol', 'timeout'],
  },
  {
    name: '102 now and then, for ever',
    answer: ({ socket }) => drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n', 300),
    // Whichever limit is reached first: the time, or the number of interim answers.
    expected: ['timeout', 'protocol'],
  },
];

const validators = { etag: 'W/"a b\xe9"', lastModified: 'yesterday, about noon' };
const asWasSent: Answer = ({ socket, headers }) => {
  const same = headers['if-none-match'] === validators.etag && headers['if-modified-since'] === validators.lastModified;
  socket.write(same ? 'HTTP/1.1 304 Not Modified\r\n\r\n' : ok(feed));
};
const validatorsOf = (outcome: FetchOutcome): Validators | null =>
  outcome.kind === 'modified' || outcome.kind === 'not-modified' ? outcome.validators : null;

const conditionalAnswers: readonly Behaviour[] = [
  {
    name: 'validators come back byte for byte',
    answer: asWasSent,
    validators,
    expected: 'not-modified',
    check: outcome => says(validatorsOf(outcome)?.etag === validators.etag, 'validators lost'),
  },
  {
    name: 'validators are read byte for byte',
    answer: write(ok(feed, { ETag: validators.etag, 'Last-Modified': validators.lastModified })),
    expected: 'modified',
    check: outcome =>
      says(
        validatorsOf(outcome)?.etag === validators.etag &&
          validatorsOf(outcome)?.lastModified === validators.lastModified,
        'validators differ',
      ),
  },
  {
    name: 'a 304 renews both',
    answer: status(304, 'ETag: W/"1-gzip"\r\nLast-Modified: now\r\n'),
    validators: { etag: '"1"', lastModified: 'then' },
    expected: 'not-modified',
    check: outcome =>
      says(
        validatorsOf(outcome)?.etag === 'W/"1-gzip"' && validatorsOf(outcome)?.lastModified === 'now',
        'not renewed',
      ),
  },
  {
    name: 'a 304 with a body',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\nPOISON');
    },
    validators,
    expected: 'not-modified',
  },
  {
    name: 'validators ignored',
    answer: write(ok(feed, { ETag: '"1"' })),
    validators: { etag: '"1"', lastModified: null },
    expected: 'modified',
  },
  {
    name: 'validators gone',
    answer: write(ok(feed)),
    validators: { etag: '"1"', lastModified: 'x' },
    expected: 'modified',
    check: outcome =>
      says(validatorsOf(outcome)?.etag === null && validatorsOf(outcome)?.lastModified === null, 'old validators kept'),
  },
  {
    name: 'two ETags',
    answer: write(`HTTP/1.1 200 OK\r\nETag: "1"\r\nETag: "2"\r\nContent-Length: 5\r\n\r\n<rss>`),
    expected: 'modified',
    check: outcome => says(/^"1"/.test(validatorsOf(outcome)?.etag ?? ''), 'not the first'),
  },
  {
    name: 'an ETag of 8 kB',
    answer: write(ok(feed, { ETag: `"${'x'.repeat(8_192)}"` })),
    expected: 'modified',
    check: outcome => says(validatorsOf(outcome)?.etag === null, 'kept'),
  },
  {
    name: 'an empty ETag',
    answer: write(ok(feed, { ETag: '' })),
    expected: 'modified',
    check: outcome => says(validatorsOf(outcome)?.etag === null, 'kept'),
  },
  {
    name: 'a cookie, asked twice',
    answer: ({ socket, headers }) => {
      socket.write(headers.cookie === undefined ? ok(feed, { 'Set-Cookie': 'track=1' }) : status500);
    },
    expected: 'modified',
  },
  {
    name: 'a 304 that names another ETag: the next fetch asks without',
    answer: status(304, 'ETag: "2"\r\n'),
    validators: { etag: '"1"', lastModified: 'then' },
    expected: 'not-modified',
    check: outcome =>
      says(validatorsOf(outcome)?.etag === null && validatorsOf(outcome)?.lastModified === null, 'kept'),
  },
];
const status500 = 'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n';

const hints: readonly Behaviour[] = [
  {
    name: 'Retry-After in seconds',
    answer: status(429, 'Retry-After: 120\r\n'),
    expected: 'status',
    check: retryAfterIs(120_000),
  },
  {
    name: 'Retry-After as a date',
    answer: ({ socket }) => {
      socket.write(
        `HTTP/1.1 503 Busy\r\nRetry-After: ${new Date(Date.now() + 3_600_000).toUTCString()}\r\nContent-Length: 0\r\n\r\n`,
      );
    },
    expected: 'status',
    check: retryAfterIs(3_590_000, 3_605_000),
  },
  {
    name: 'Retry-After as a date, by the server’s clock',
    answer: status(503, 'Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:59:37 GMT\r\n'),
    expected: 'status',
    check: retryAfterIs(600_000),
  },
  {
    name: 'Retry-After in the past',
    answer: status(503, 'Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n'),
    expected: 'status',
    check: retryAfterIs(null),
  },
  {
    name: 'Retry-After negative',
    answer: status(429, 'Retry-After: -5\r\n'),
    expected: 'status',
    check: retryAfterIs(null),
  },
  {
    name: 'Retry-After not a number',
    answer: status(429, 'Retry-After: NaN\r\n'),
    expected: 'status',
    check: retryAfterIs(null),
  },
  {
    name: 'Retry-After soon',
    answer: status(429, 'Retry-After: soon\r\n'),
    expected: 'status',
    check: retryAfterIs(null),
  },
  {
    name: 'Retry-After of a century',
    answer: status(429, 'Retry-After: 3155760000\r\n'),
    expected: 'status',
    check: retryAfterIs(7 * day),
  },
  {
    name: 'max-age less Age',
    answer: write(ok(feed, { 'Cache-Control': 'public, max-age=600', Age: '100' })),
    expected: 'modified',
    check: outcome => says(outcome.kind === 'modified' && outcome.hints.maxAgeMs === 500_000, 'max-age'),
  },
  {
    name: 'Expires: 0',
    answer: write(ok(feed, { Expires: '0' })),
    expected: 'modified',
    check: outcome => says(outcome.kind === 'modified' && outcome.hints.expiresAt === undefined, 'Expires'),
  },
  {
    name: 'Link: hub and self',
    answer: write(
      ok(feed, { Link: '<https://hub.example/>; rel="hub", </self.xml>; rel=self, <javascript:x>; rel=hub' }),
    ),
    expected: 'modified',
    check: outcome =>
      says(
        outcome.kind === 'modified' &&
          outcome.links.hubs.join() === 'https://hub.example/' &&
          outcome.links.self?.endsWith('/self.xml') === true,
        'links',
      ),
  },
];

const twice = (name: string, values: readonly [string, string]): string =>
  values.map(value => `${name}: ${value}\r\n`).join('');

const repeatedHeaders: readonly Behaviour[] = [
  {
    name: 'every header twice',
    answer: ({ socket }) => {
      const headers = [
        twice('Content-Type', ['text/xml', 'text/html']),
        twice('ETag', ['"1"', '"2"']),
        twice('Last-Modified', ['a', 'b']),
        twice('Cache-Control', ['public', 'max-age=60']),
        twice('Expires', ['0', '0']),
        twice('Age', ['1', '2']),
        twice('Date', ['x', 'y']),
        twice('Link', ['<https://a.example/>; rel=hub', '<https://b.example/>; rel=hub']),
        twice('Content-Encoding', ['identity', 'identity']),
        twice('__proto__', ['x', 'y']),
        twice('constructor', ['x', 'y']),
      ].join('');
      socket.write(`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${feed.length}\r\n\r\n${feed}`);
    },
    expected: 'modified',
    check: outcome =>
      says(
        outcome.kind === 'modified' &&
          outcome.contentType === 'text/xml' &&
          outcome.hints.maxAgeMs === 59_000 &&
          outcome.links.hubs.length === 2,
        'another value was taken',
      ),
  },
  { name: 'two Locations', answer: status(302, twice('Location', ['/ok', '/elsewhere'])), expected: 'modified' },
  {
    name: 'two Retry-Afters',
    answer: status(429, twice('Retry-After', ['60', '7200'])),
    expected: 'status',
    check: retryAfterIs(60_000),
  },
  {
    name: 'two encodings in two headers',
    answer: write(
      Buffer.concat([
        Buffer.from(`HTTP/1.1 200 OK\r\n${twice('Content-Encoding', ['gzip', 'br'])}Connection: close\r\n\r\n`),
        brotliCompressSync(gzipSync(small)),
      ]),
      true,
    ),
    expected: 'modified',
    check: bodyIs(small),
  },
];

const permanent =
  (path: string | null) =>
  (outcome: FetchOutcome): string | undefined => {
    const url = outcome.kind === 'modified' ? outcome.permanentUrl : 'no outcome';
    return says(path === null ? url === null : url?.endsWith(path) === true, `permanentUrl is ${url}`);
  };
const away = (target: (server: HostileServer) => string): Answer => redirect(exchange => target(exchange.server));
const toCanary = (address: string): Answer => away(server => `http://${address}:${server.canaryPort}/`);

const redirects: readonly Behaviour[] = [
  ...[301, 302, 303, 307, 308].map(code => ({
    name: `${code} to a feed`,
    answer: redirect('/ok', code),
    expected: 'modified' as const,
    check: permanent(null),
  })),
  { name: '301 and then 308, relative', answer: redirect('hop308', 301), expected: 'modified', check: permanent(null) },
  { name: '301 and then 302', answer: redirect('/302-to-a-feed', 301), expected: 'modified', check: permanent(null) },
  { name: 'to itself', answer: redirect(({ path }) => path), expected: 'redirects' },
  { name: 'to itself with another fragment', answer: redirect(({ path }) => `${path}#x`), expected: 'redirects' },
  {
    name: 'for ever, always elsewhere',
    answer: redirect(({ path, asked, headers }) => `${path.split('?')[0]}?${asked}${headers['x-none'] ?? ''}`),
    expected: 'redirects',
  },
  {
    name: 'for ever, each after half a second',
    answer: async exchange => {
      await new Promise(resolve => setTimeout(resolve, 500));
      redirect(`/for-ever-each-after-half-a-second?${exchange.asked}${exchange.path.length}`)(exchange);
    },
    expected: ['timeout', 'redirects'],
  },
  { name: '302 without Location', answer: status(302), expected: 'status', status: 302 },
  { name: '302 with a Location that is no URL', answer: redirect('http://['), expected: 'redirects' },
  { name: '302 to a very long URL', answer: redirect(`/${'x'.repeat(10_000)}`), expected: ['redirects', 'protocol'] },
  { name: '302 with raw UTF-8 in Location', answer: redirect('/naïve'), expected: 'modified' },
  {
    name: '302 whose body never ends',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 302 Found\r\nLocation: /ok\r\n\r\n');
      return endless(socket, 'POISON '.repeat(2_000));
    },
    expected: 'modified',
    check: bodyIs(feed),
  },
  {
    name: '302 whose body drips',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 99999\r\n\r\n');
      return drip(socket, 'x', 100);
    },
    expected: 'modified',
    check: bodyIs(feed),
  },
  ...[
    'file:///etc/passwd',
    'ftp://ftp.example/',
    'gopher://gopher.example:70/',
    'data:text/xml,<rss/>',
    'javascript:alert(1)',
    'blob:http://x/y',
    'about:blank',
    'jar:http://x!/',
  ].map(target => ({
    name: `to ${target.split(':')[0]}:`,
    answer: redirect(target),
    expected: 'address-refused' as const,
  })),
  ...[
    '127.0.0.1',
    'localhost',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '１２７.０.０.１',
    '127.0.0.1.',
    'inside.test',
    'user:pw@127.0.0.1',
  ].map((address, index) => ({
    name: `to the canary, spelling ${index}, ${address}`,
    answer: toCanary(address),
    expected: 'address-refused' as const,
  })),
  ...[
    '169.254.169.254',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '198.18.0.1',
    '[fe80::1]',
    '[fd00::1]',
    '[2002:7f00:1::]',
    '[2001::1]',
  ].map(address => ({
    name: `to ${address}`,
    answer: redirect(`http://${address}/`),
    expected: 'address-refused' as const,
  })),
  {
    name: '308 to the canary',
    answer: redirect(({ server }) => `http://127.0.0.1:${server.canaryPort}/`, 308),
    expected: 'address-refused',
  },
  {
    name: 'to the canary without a scheme',
    answer: away(server => `//127.0.0.1:${server.canaryPort}/`),
    expected: 'address-refused',
  },
  {
    name: 'to the canary with backslashes',
    answer: away(server => `http:\\\\127.0.0.1:${server.canaryPort}\\`),
    expected: 'address-refused',
  },
  {
    name: 'to the canary over the sink',
    answer: redirect(
      exchange =>
        `http://${host(exchange).split(':')[0]}:${exchange.server.sinkPort}/back-to-${exchange.server.canaryPort}/x`,
    ),
    expected: 'address-refused',
  },
  { name: 'to a port of another protocol', answer: redirect('http://public.test:25/'), expected: 'address-refused' },
  {
    name: 'meta refresh to the canary',
    answer: exchange => {
      exchange.socket.write(
        ok(`<meta http-equiv="refresh" content="0; url=http://127.0.0.1:${exchange.server.canaryPort}/">`, {
          'Content-Type': 'text/html',
        }),
      );
    },
    expected: 'modified',
  },
  {
    name: 'Refresh header to the canary',
    answer: exchange => {
      exchange.socket.write(ok(feed, { Refresh: `0; url=http://127.0.0.1:${exchange.server.canaryPort}/` }));
    },
    expected: 'modified',
  },
  {
    name: 'to another origin, with secrets',
    answer: redirect(exchange => `http://${host(exchange).split(':')[0]}:${exchange.server.sinkPort}${exchange.path}`),
    http: secrets,
    expected: 'modified',
    check: sinkGotNoSecrets,
  },
  {
    name: 'to another origin and back, with secrets',
    answer: exchange => {
      if (exchange.path.endsWith('?back'))
        exchange.socket.write(
          exchange.headers.authorization === undefined && exchange.headers['x-api-key'] === undefined
            ? ok(feed)
            : status500,
        );
      else
        redirect(
          `http://${host(exchange).split(':')[0]}:${exchange.server.sinkPort}/back-to-${exchange.server.port}${exchange.path}?back`,
        )(exchange);
    },
    http: secrets,
    expected: 'modified',
  },
  {
    name: 'within the origin, with secrets',
    answer: exchange => {
      if (!exchange.path.endsWith('?again')) redirect(`${exchange.path}?again`)(exchange);
      else
        exchange.socket.write(
          exchange.headers.authorization === `Basic ${btoa('u:canary-password')}` &&
            exchange.headers['x-api-key'] === 'canary-key'
            ? ok(feed)
            : status500,
        );
    },
    http: secrets,
    expected: 'modified',
  },
];

const slow: readonly Behaviour[] = [
  { name: 'never answers', answer: () => undefined, expected: 'timeout' },
  {
    name: 'drips its header',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nX: ');
      return drip(socket, 'x', 100);
    },
    expected: 'timeout',
  },
  {
    name: 'header, then nothing',
    answer: write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'),
    expected: 'timeout',
    status: 200,
  },
  {
    name: 'drips its body',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      return drip(socket, 'x', 50);
    },
    expected: 'timeout',
    status: 200,
  },
  {
    name: 'drips its chunks',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      return drip(socket, '1\r\nx\r\n', 50);
    },
    expected: 'timeout',
    status: 200,
  },
  {
    name: 'a whole body, but never its end',
    answer: write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${feed.length.toString(16)}\r\n${feed}\r\n`),
    expected: 'timeout',
    status: 200,
  },
  {
    name: 'closes at once',
    answer: ({ socket }) => {
      socket.end();
    },
    expected: 'connect',
  },
  {
    name: 'resets at once',
    answer: ({ socket }) => {
      socket.resetAndDestroy();
    },
    expected: 'connect',
  },
  {
    name: 'closes within its header',
    answer: write('HTTP/1.1 200 OK\r\nContent-Ty', true),
    expected: ['connect', 'protocol'],
  },
];

const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const endlessAnswers: readonly Behaviour[] = [
  {
    name: 'endless body',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      return endless(socket, Buffer.alloc(65_536, 'x'));
    },
    expected: 'too-large',
    status: 200,
  },
  {
    name: 'endless chunks',
    answer: ({ socket }) => {
      socket.write(chunked);
      return endless(socket, `1000\r\n${'x'.repeat(4_096)}\r\n`);
    },
    expected: 'too-large',
    status: 200,
  },
  {
    name: 'endless chunks of one byte',
    answer: ({ socket }) => {
      socket.write(chunked);
      return endless(socket, '1\r\nx\r\n'.repeat(10_000));
    },
    expected: 'too-large',
    status: 200,
  },
  {
    name: 'endless chunk extension',
    answer: ({ socket }) => {
      socket.write(`${chunked}1;`);
      return endless(socket, 'x'.repeat(65_536));
    },
    expected: ['too-large', 'protocol'],
    status: 200,
  },
  {
    name: 'endless trailers',
    answer: ({ socket }) => {
      socket.write(`${chunked}1\r\nx\r\n0\r\n`);
      return endless(socket, 'X-Trailer: xxxxxxxxxxxxxxxxxxxxxxx\r\n'.repeat(500));
    },
    expected: ['protocol', 'too-large', 'truncated'],
  },
  {
    name: 'endless header',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nX: ');
      return endless(socket, 'x'.repeat(65_536));
    },
    expected: 'protocol',
  },
  {
    name: 'endless headers',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      return endless(socket, 'X-Y: z\r\n'.repeat(5_000));
    },
    expected: 'protocol',
  },
  {
    name: 'endless status line',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 ');
      return endless(socket, 'x'.repeat(65_536));
    },
    expected: ['protocol', 'too-large', 'timeout'],
  },
  {
    name: 'endless gzip',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n');
      return endless(socket, gzipSync(Buffer.alloc(100_000)));
    },
    expected: 'too-large',
    status: 200,
  },
  {
    name: 'says it is a gigabyte',
    answer: write('HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\nx'),
    expected: 'too-large',
    status: 200,
  },
  {
    name: 'one byte over the limit',
    answer: write(ok(Buffer.alloc(limits.bodyBytesMax + 1, 'x'))),
    expected: 'too-large',
  },
  { name: 'exactly the limit', answer: write(ok(Buffer.alloc(limits.bodyBytesMax, 'x'))), expected: 'modified' },
];

const encodings: readonly Behaviour[] = [
  { name: 'gzip', answer: encoded('gzip', gzipSync(small)), expected: 'modified', check: bodyIs(small) },
  { name: 'gzip in capitals', answer: encoded('GZIP', gzipSync(small)), expected: 'modified', check: bodyIs(small) },
  { name: 'x-gzip', answer: encoded('x-gzip', gzipSync(small)), expected: 'modified', check: bodyIs(small) },
  {
    name: 'gzip in two members',
    answer: encoded('gzip', Buffer.concat([gzipSync(small), gzipSync(small)])),
    expected: 'modified',
    check: bodyIs(Buffer.concat([small, small])),
  },
  { name: 'gzip without saying so', answer: write(ok(gzipSync(small))), expected: 'modified', check: bodyIs(small) },
  { name: 'deflate', answer: encoded('deflate', deflateSync(small)), expected: 'modified', check: bodyIs(small) },
  {
    name: 'deflate without its header',
    answer: encoded('deflate', deflateRawSync(small)),
    expected: 'modified',
    check: bodyIs(small),
  },
  { name: 'br', answer: encoded('br', brotliCompressSync(small)), expected: 'modified', check: bodyIs(small) },
  { name: 'zstd', answer: encoded('zstd', zstdCompressSync(small)), expected: 'modified', check: bodyIs(small) },
  { name: 'identity', answer: encoded('identity', small), expected: 'modified', check: bodyIs(small) },
  {
    name: 'gzip and then br',
    answer: encoded('gzip, br', brotliCompressSync(gzipSync(small))),
    expected: 'modified',
    check: bodyIs(small),
  },
  {
    name: 'four layers of gzip',
    answer: encoded('gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipSync(small))))),
    expected: 'bad-encoding',
  },
  { name: 'an unknown encoding', answer: encoded('sdch', small), expected: 'bad-encoding' },
  { name: 'says gzip and is not', answer: encoded('gzip', small), expected: 'bad-encoding' },
  { name: 'says br and is not', answer: encoded('br', small), expected: 'bad-encoding' },
  { name: 'says zstd and is not', answer: encoded('zstd', small), expected: 'bad-encoding' },
  {
    name: 'gzip with a wrong checksum',
    answer: encoded('gzip', broken(gzipSync(small), -6)),
    expected: 'bad-encoding',
  },
  { name: 'gzip cut off', answer: encoded('gzip', gzipSync(small).subarray(0, -12)), expected: 'truncated' },
  { name: 'deflate cut off', answer: encoded('deflate', deflateSync(small).subarray(0, -12)), expected: 'truncated' },
  { name: 'br cut off', answer: encoded('br', brotliCompressSync(small).subarray(0, -12)), expected: 'truncated' },
  { name: 'zstd cut off', answer: encoded('zstd', zstdCompressSync(small).subarray(0, -12)), expected: 'truncated' },
  { name: 'a bomb of gzip', answer: encoded('gzip', gzipSync(bomb)), expected: 'too-large' },
  { name: 'a bomb of deflate', answer: encoded('deflate', deflateSync(bomb)), expected: 'too-large' },
  {
    name: 'a bomb of br',
    answer: encoded('br', brotliCompressSync(bomb, { params: { 1: 5 } })),
    expected: 'too-large',
  },
  { name: 'a bomb of zstd', answer: encoded('zstd', zstdCompressSync(bomb)), expected: 'too-large' },
  { name: 'a bomb within a bomb', answer: encoded('gzip, gzip', gzipSync(gzipSync(bomb))), expected: 'too-large' },
  { name: 'a bomb without saying so', answer: write(ok(gzipSync(bomb))), expected: 'too-large' },
];

const framing: readonly Behaviour[] = [
  {
    name: 'length too long',
    answer: write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>', true),
    expected: 'truncated',
    status: 200,
  },
  {
    name: 'length too short',
    answer: write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<rss>POISON'),
    expected: ['modified', 'protocol'],
    check: outcome => says(outcome.kind !== 'modified' || outcome.body.length === 5, 'POISON'),
  },
  {
    name: 'length negative',
    answer: write('HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss>', true),
    expected: 'protocol',
  },
  {
    name: 'length not a number',
    answer: write('HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n<rss>', true),
    expected: 'protocol',
  },
  {
    name: 'two lengths',
    answer: write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 11\r\n\r\n<rss>POISON', true),
    expected: 'protocol',
  },
  {
    name: 'length and chunks',
    answer: write(`HTTP/1.1 200 OK\r\nContent-Length: 3\r\n${chunked.slice(17)}5\r\n<rss>\r\n0\r\n\r\n`, true),
    expected: ['protocol', 'truncated'],
  },
  {
    name: 'reset within the body',
    answer: ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>', () =>
        setTimeout(() => socket.resetAndDestroy(), 50),
      );
    },
    expected: 'truncated',
    status: 200,
  },
  { name: 'chunk cut off', answer: write(`${chunked}100\r\n<rss>`, true), expected: 'truncated', status: 200 },
  { name: 'no last chunk', answer: write(`${chunked}5\r\n<rss>\r\n`, true), expected: 'truncated', status: 200 },
  {
    name: 'chunk size not hexadecimal',
    answer: write(`${chunked}xyz\r\n<rss>\r\n0\r\n\r\n`, true),
    expected: ['protocol', 'truncated'],
  },
  {
    name: 'chunk size overflows',
    answer: write(`${chunked}ffffffffffffffffff\r\n<rss>\r\n`, true),
    expected: ['protocol', 'truncated'],
  },
  {
    name: 'chunk longer than its size',
    answer: write(`${chunked}2\r\n<rss>\r\n0\r\n\r\n`, true),
    expected: ['protocol', 'truncated'],
  },
  { name: 'a header of 64 kB', answer: write(ok(feed, { 'X-Large': 'x'.repeat(65_536) })), expected: 'protocol' },
  {
    name: 'a thousand headers',
    answer: write(ok(feed, Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`X-${n}`, 'y'.repeat(40)])))),
    expected: 'protocol',
  },
  { name: 'a NUL in a header', answer: write(ok(feed, { 'X-Nul': 'a\0b' })), expected: 'protocol' },
  {
    name: 'a header without a colon',
    answer: write(`HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 5\r\n\r\n<rss>`),
    expected: 'protocol',
  },
  { name: 'not HTTP at all', answer: write('220 mail.example ESMTP\r\n', true), expected: 'protocol' },
  { name: 'HTTP/0.9', answer: write(feed, true), expected: 'protocol' },
  { name: 'a status that is no number', answer: write(`HTTP/1.1 OK\r\n\r\n${feed}`, true), expected: 'protocol' },
  { name: 'ICY', answer: write(`ICY 200 OK\r\n\r\n${feed}`, true), expected: ['protocol', 'modified'] },
  {
    name: 'two answers to one question',
    answer: write(Buffer.concat([ok(feed), ok('POISON')])),
    expected: ['modified', 'protocol'],
    check: outcome => says(outcome.kind !== 'modified' || Buffer.from(outcome.body).toString() === feed, 'POISON'),
  },
];

const tls: readonly Behaviour[] = [
  {
    name: 'a certificate signed by itself',
    scheme: 'https',
    port: server => server.tlsPorts.selfSigned,
    answer: write(ok(feed)),
    expected: 'tls',
  },
  {
    name: 'an expired certificate',
    scheme: 'https',
    port: server => server.tlsPorts.expired,
    answer: write(ok(feed)),
    expected: 'tls',
  },
  {
    name: 'a bad certificate that the source accepts',
    scheme: 'https',
    port: server => server.tlsPorts.selfSigned,
    http: { insecureTls: true },
    answer: write(ok(feed)),
    expected: 'modified',
  },
  {
    name: 'no TLS on the TLS port',
    scheme: 'https',
    port: server => server.tlsPorts.garbage,
    answer: write(''),
    expected: 'tls',
  },
  {
    name: 'plain HTTP on the TLS port',
    scheme: 'https',
    port: server => server.port,
    answer: write(ok(feed)),
    expected: ['tls', 'timeout'],
  },
  {
    name: 'a TLS handshake that breaks off',
    scheme: 'https',
    port: server => server.tlsPorts.closing,
    answer: write(''),
    expected: 'tls',
  },
  {
    name: 'a TLS handshake that never comes',
    scheme: 'https',
    port: server => server.tlsPorts.silent,
    answer: write(''),
    expected: 'timeout',
  },
  {
    name: 'TLS on the plain port',
    port: server => server.tlsPorts.selfSigned,
    answer: write(''),
    expected: ['connect', 'protocol'],
  },
];

function broken(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bytes.length + at] = (copy[bytes.length + at] ?? 0) ^ 0xff;
  return copy;
}

export const behaviours: readonly Behaviour[] = [
  ...answersOfStatus,
  ...conditionalAnswers,
  ...hints,
  ...repeatedHeaders,
  ...redirects,
  ...slow,
  ...endlessAnswers,
  ...encodings,
  ...framing,
  ...tls,
];

/** The path of a behaviour: its name in ASCII. */
export function pathOf(name: string): string {
  return `/${name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`;
}

/** By path; what redirects lead to is there too. */
export function hostileAnswers(): ReadonlyMap<string, Answer> {
  const answers = new Map(behaviours.map(behaviour => [pathOf(behaviour.name), behaviour.answer]));
  answers.set('/hop308', redirect('/ok', 308));
  answers.set('/na%C3%AFve', write(ok(feed)));
  return answers;
}
