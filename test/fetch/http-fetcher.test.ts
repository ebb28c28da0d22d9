import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { createHttpFetcher, type HttpFetcher, type HttpFetcherOptions } from '../../src/fetch/http-fetcher.ts';
import { selfMadeCertificate } from '../support/self-made-certificate.ts';

const none = { etag: null, lastModified: null };
// Never aborts: mocha loads every file long before it runs this one.
const { signal } = new AbortController();
const feed = '<rss/>';

describe('the fetcher and one server', () => {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end(feed);
  const server = createHttpServer((request, response) => handle(request, response));
  const sockets = new Set<Socket>();
  const fetchers: HttpFetcher[] = [];
  let port = 0;

  const fetcherWith = (more: Partial<HttpFetcherOptions> = {}): HttpFetcher => {
    const fetcher = createHttpFetcher({
      allow: [`127.0.0.1:${port}`],
      userAgent: 'newsfold/1 (+https://newsfold.example)',
      timeoutMs: 2_000,
      bodyBytesMax: 10_000,
      perHostMax: 2,
      now: Date.now,
      resolve: async () => ['127.0.0.1'],
      ...more,
    });
    fetchers.push(fetcher);
    return fetcher;
  };
  const source = (path = '/', more = {}) => ({
    url: `http://feeds.test:${port}${path}`,
    validators: none,
    http: {},
    ...more,
  });

  before(async () => {
    server.on('connection', socket => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    handle = (_request, response) => response.end(feed);
    await Promise.all(fetchers.splice(0).map(each => each.close()));
    sockets.clear();
  });
  after(() => new Promise(resolve => server.close(resolve)));

  const agents: [string | undefined, number | undefined, string][] = [
    [undefined, undefined, 'newsfold/1 (+https://newsfold.example)'],
    [undefined, 12, 'newsfold/1 (+https://newsfold.example; 12 subscribers)'],
    [undefined, 1, 'newsfold/1 (+https://newsfold.example; 1 subscriber)'],
    ['mine', 3, 'mine (3 subscribers)'],
    ['mine\r\nX-Evil: 1', undefined, 'mineX-Evil: 1'],
  ];
  for (const [userAgent, subscribers, expected] of agents) {
    it(`introduces itself as ${expected}`, async () => {
      let seen: string | undefined;
      handle = (request, response) => {
        seen = request.headers['user-agent'];
        response.end(feed);
      };
      await fetcherWith().fetchSource(
        source('/', {
          http: userAgent === undefined ? {} : { userAgent },
          ...(subscribers === undefined ? {} : { subscribers }),
        }),
        { signal },
      );
      expect(seen).to.equal(expected);
    });
  }

  it('sends a source’s headers, but none that would break the request', async () => {
    let seen: IncomingMessage['headers'] = {};
    handle = (request, response) => {
      seen = request.headers;
      response.end(feed);
    };
    const headers = {
      'X-Key': 'k',
      Accept: 'text/xml',
      Host: 'evil.example',
      'Content-Length': '5',
      'Transfer-Encoding': 'chunked',
      Connection: 'close',
    };
    const outcome = await fetcherWith().fetchSource(source('/', { http: { headers } }), { signal });
    expect(outcome.kind).to.equal('modified');
    expect(seen).to.include({ 'x-key': 'k', accept: 'text/xml', host: `feeds.test:${port}` });
    expect(seen).not.to.have.any.keys('content-length', 'transfer-encoding', 'cookie', 'referer');
  });

  it('says so when a header cannot be sent', async () => {
    const outcome = await fetcherWith().fetchSource(source('/', { http: { headers: { 'X-Key': 'canary\nsecret' } } }), {
      signal,
    });
    expect(outcome).to.include({ kind: 'failed', class: 'protocol' });
    expect(JSON.stringify(outcome)).not.to.include('canary');
  });

  it('takes credentials out of the URL and sends them as Basic', async () => {
    let seen: IncomingMessage['headers'] = {};
    handle = (request, response) => {
      seen = request.headers;
      response.end(feed);
    };
    const outcome = await fetcherWith().fetchSource(
      { ...source(), url: `http://us%40er:p%3Aw@feeds.test:${port}/` },
      { signal },
    );
    expect(seen.authorization).to.equal(`Basic ${btoa('us@er:p:w')}`);
    expect(outcome.kind === 'modified' ? outcome.finalUrl : '').to.equal(`http://feeds.test:${port}/`);
  });

  const secretRows: [string, string | undefined, boolean][] = [
    ['the address itself', undefined, true],
    ['another page of the origin', '/feed', true],
    ['another origin: a linked page, or where the source moved to', 'http://configured.test/feed', false],
    ['nonsense', 'nonsense', false],
  ];
  for (const [name, secretsFor, expected] of secretRows) {
    it(`secrets for ${name} are ${expected ? 'sent' : 'kept'}`, async () => {
      let seen: IncomingMessage['headers'] = {};
      handle = (request, response) => {
        seen = request.headers;
        response.end(feed);
      };
      const http = { headers: { 'X-Key': 'k' }, auth: { user: 'u', password: 'p' } };
      const more =
        secretsFor === undefined
          ? {}
          : { secretsFor: secretsFor.startsWith('/') ? source(secretsFor).url : secretsFor };
      await fetcherWith().fetchSource(source('/', { http, ...more }), { signal });
      expect({ key: seen['x-key'], auth: seen.authorization }).to.deep.equal(
        expected ? { key: 'k', auth: `Basic ${btoa('u:p')}` } : { key: undefined, auth: undefined },
      );
    });
  }

  it('keeps connections, and asks again when the server had just closed one', async () => {
    const fetcher = fetcherWith();
    handle = (_request, response) => {
      response.end(feed);
    };
    await fetcher.fetchSource(source(), { signal });
    await fetcher.fetchSource(source(), { signal });
    expect(sockets.size).to.equal(1);
    handle = (request, response) => {
      // The kept connection dies with the request on it; a fresh one answers.
      if (sockets.size === 1) request.socket.destroy();
      else response.end(feed);
    };
    expect((await fetcher.fetchSource(source(), { signal })).kind).to.equal('modified');
    expect(sockets.size).to.equal(2);
  });

  it('never has more than perHost requests at a host, and serves all', async () => {
    let active = 0;
    let most = 0;
    handle = (_request, response) => {
      most = Math.max(most, ++active);
      setTimeout(() => {
        active--;
        response.end(feed);
      }, 15);
    };
    const fetcher = fetcherWith();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => fetcher.fetchSource(source(`/${index}`), { signal })),
    );
    expect(outcomes.every(({ kind }) => kind === 'modified')).to.equal(true);
    expect(most).to.equal(2);
  });

  it('does not count the wait for a place as the server’s time', async () => {
    handle = (_request, response) => setTimeout(() => response.end(feed), 120);
    const fetcher = fetcherWith({ perHostMax: 1, timeoutMs: 400 });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => fetcher.fetchSource(source(), { signal })));
    expect(outcomes.map(({ kind }) => kind)).to.deep.equal(Array(6).fill('modified'));
  });

  it('stays silent towards a host that asked for it', async () => {
    let asked = 0;
    handle = (_request, response) => {
      asked++;
      response.writeHead(429, { 'retry-after': '3600' }).end();
    };
    const fetcher = fetcherWith();
    await fetcher.fetchSource(source('/a'), { signal });
    const again = await fetcher.fetchSource(source('/b'), { signal });
    expect(asked).to.equal(1);
    expect(again, 'no status: nothing was asked').to.include({ kind: 'failed', class: 'status', status: null });
    expect(again.kind === 'failed' ? again.hints.retryAfterMs : 0).to.be.within(3_590_000, 3_600_000);
    expect(fetcher.hosts.silentUntil(new URL(source().url))).to.be.closeTo(Date.now() + 3_600_000, 5_000);
    expect((await fetcher.fetchSource({ ...source(), url: `http://other.test:${port}/` }, { signal })).kind).to.equal(
      'failed',
    );
    expect(asked, 'another host is asked').to.equal(2);
  });

  it('ends at once when its signal aborts, waiting or fetching, and gives the place back', async () => {
    handle = () => undefined;
    const fetcher = fetcherWith({ perHostMax: 1, timeoutMs: 60_000 });
    const abort = new AbortController();
    const fetching = [
      fetcher.fetchSource(source(), { signal: abort.signal }),
      fetcher.fetchSource(source(), { signal: abort.signal }),
    ];
    setTimeout(() => abort.abort(), 50);
    for (const outcome of await Promise.all(fetching)) expect(outcome).to.include({ kind: 'failed', class: 'aborted' });
    handle = (_request, response) => response.end(feed);
    expect((await fetcher.fetchSource(source(), { signal })).kind).to.equal('modified');
  });

  const bad: [string, string][] = [
    ['', 'protocol'],
    ['feeds.example/rss', 'protocol'],
    ['http://', 'protocol'],
    [`http://x.example/${'y'.repeat(9_000)}`, 'protocol'],
    ['file:///etc/passwd', 'address-refused'],
    ['http://127.0.0.1:1/', 'address-refused'],
  ];
  for (const [url, expected] of bad) {
    it(`answers "${url.slice(0, 30)}" with ${expected}`, async () => {
      expect(await fetcherWith().fetchSource({ url, validators: none, http: {} }, { signal })).to.include({
        kind: 'failed',
        class: expected,
      });
    });
  }

  it('tells a name that does not exist from a host that refuses', async () => {
    const fetcher = fetcherWith({
      allow: ['127.0.0.0/8'],
      resolve: async hostname => {
        if (hostname === 'nowhere.test') throw Object.assign(new Error('x'), { code: 'ENOTFOUND' });
        return ['127.0.0.99'];
      },
    });
    expect(await fetcher.fetchSource({ ...source(), url: 'http://nowhere.test/' }, { signal })).to.include({
      class: 'dns',
      message: 'the name nowhere.test could not be found',
    });
    expect(await fetcher.fetchSource({ ...source(), url: 'http://closed.test:1234/' }, { signal })).to.include({
      class: 'connect',
      message: 'closed.test:1234 refused the connection',
    });
  });

  it('fetches the service’s own samples, and nothing else of the service', async () => {
    const fetcher = fetcherWith({
      allow: [],
      allowOwn: { origin: `http://localhost:${port}`, pathPrefix: '/samples/' },
    });
    const get = (path: string) => fetcher.fetchPage(`http://localhost:${port}${path}`, { signal });
    expect((await get('/samples/feed.xml')).kind).to.equal('modified');
    for (const path of ['/admin', '/samples/../admin', '/samples/..%2fadmin', '/'])
      expect(await get(path), path).to.include({ class: 'address-refused' });
    handle = (request, response) => {
      if (request.url === '/samples/out') response.writeHead(302, { location: '/admin' }).end();
      else response.end(feed);
    };
    expect(await get('/samples/out')).to.include({ class: 'address-refused' });
    expect(await fetcher.fetchPage(`http://127.0.0.1:${port}/samples/x`, { signal })).to.include({
      class: 'address-refused',
    });
  });

  it('reads its own origin when asked: the service knows its port only once it listens', async () => {
    let origin = 'http://localhost:1';
    const fetcher = fetcherWith({
      allow: [],
      allowOwn: {
        get origin() {
          return origin;
        },
        pathPrefix: '/samples/',
      },
    });
    const get = () => fetcher.fetchPage(`http://localhost:${port}/samples/x`, { signal });
    expect(await get()).to.include({ class: 'address-refused' });
    origin = `http://localhost:${port}`;
    expect((await get()).kind).to.equal('modified');
  });

  it('follows a permanent chain, and never reports a move into a private network', async () => {
    handle = (request, response) => {
      if (request.url === '/new') response.end(feed);
      else response.writeHead(308, { location: '/new' }).end();
    };
    const outcome = await fetcherWith().fetchSource(source('/old'), { signal });
    expect(outcome).to.include({ kind: 'modified', finalUrl: `http://feeds.test:${port}/new`, permanentUrl: null });
  });

  it('takes the beginning of a long page when that is enough', async () => {
    handle = (_request, response) => response.end('x'.repeat(50_000));
    const outcome = await fetcherWith().fetchPage(source().url, { signal, cut: true, bodyBytesMax: 5_000 });
    expect(outcome.kind === 'modified' ? outcome.body.length : 0).to.equal(5_000);
  });

  it('posts forms, and repeats them nowhere else', async () => {
    const bodies: string[] = [];
    handle = (request, response) => {
      request.setEncoding('utf8').on('data', chunk => bodies.push(chunk));
      request.on('end', () => {
        if (request.url === '/away') response.writeHead(307, { location: `http://elsewhere.test:${port}/` }).end();
        else if (request.url === '/found') response.writeHead(302, { location: '/' }).end();
        else if (request.url === '/same') response.writeHead(308, { location: '/' }).end();
        else response.writeHead(202).end();
      });
    };
    const fetcher = fetcherWith();
    const post = (path: string) =>
      fetcher.fetchPage(source(path).url, {
        signal,
        method: 'POST',
        body: 'a=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await post('/')).kind).to.equal('modified');
    expect((await post('/same')).kind).to.equal('modified');
    expect(await post('/away')).to.include({ class: 'redirects' });
    expect(await post('/found')).to.include({ class: 'redirects' });
    expect(bodies).to.have.length(5);
  });

  it('asks through a source’s proxy, http and https, with the proxy’s own credentials', async () => {
    const seen: { line: string; auth: string | undefined; own: string | undefined }[] = [];
    const proxy = createHttpServer((request, response) => {
      seen.push({
        line: `${request.method} ${request.url}`,
        auth: request.headers['proxy-authorization'],
        own: request.headers.authorization,
      });
      response.end(feed);
    });
    proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
      seen.push({
        line: `CONNECT ${request.url}`,
        auth: request.headers['proxy-authorization'],
        own: request.headers.authorization,
      });
      const onward = connect(tlsPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const each of [socket, onward]) each.on('error', () => undefined);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const proxyPort = (proxy.address() as AddressInfo).port;
    const { server: tlsServer, port: tlsPort } = await startHttp2(stream => {
      stream.respond({ ':status': 200 });
      stream.end(feed);
    });
    try {
      const http = {
        proxy: `http://us:pw@127.0.0.1:${proxyPort}`,
        auth: { user: 'a', password: 'b' },
        insecureTls: true,
      };
      const fetcher = fetcherWith({
        allow: [`127.0.0.1:${proxyPort}`],
        resolve: async hostname => (hostname === 'inside.test' ? ['10.0.0.1'] : ['8.8.8.8']),
      });
      expect(
        (await fetcher.fetchSource({ url: 'http://public.test/a?b', validators: none, http }, { signal })).kind,
      ).to.equal('modified');
      expect(
        await fetcher.fetchSource({ url: 'https://public.test/c', validators: none, http }, { signal }),
      ).to.include({ kind: 'modified' });
      expect(seen.map(({ line, auth }) => ({ line, auth }))).to.deep.equal([
        { line: 'GET http://public.test/a?b', auth: `Basic ${btoa('us:pw')}` },
        { line: 'CONNECT public.test:443', auth: `Basic ${btoa('us:pw')}` },
      ]);
      expect(seen[1]?.own, 'the source’s secrets are not for the proxy').to.equal(undefined);
      // The guard judges the target behind a proxy, and the proxy itself.
      for (const url of ['http://10.0.0.1/', 'http://inside.test/', 'https://inside.test/', 'http://[::1]/']) {
        expect(await fetcher.fetchSource({ url, validators: none, http }, { signal }), url).to.include({
          class: 'address-refused',
        });
      }
      const strict = fetcherWith({ allow: [], resolve: async () => ['8.8.8.8'] });
      for (const url of ['http://public.test/', 'https://public.test/']) {
        expect(await strict.fetchSource({ url, validators: none, http }, { signal }), url).to.include({
          class: 'address-refused',
        });
      }
      expect(seen).to.have.length(2);
    } finally {
      await fetchers.at(-1)?.close();
      await fetchers.at(-2)?.close();
      proxy.closeAllConnections();
      await new Promise(resolve => proxy.close(resolve));
      await stop(tlsServer);
    }
  });

  it('pays no heed to HTTP_PROXY in the environment', async () => {
    process.env.HTTP_PROXY = process.env.http_proxy = 'http://127.0.0.1:1/';
    try {
      expect((await fetcherWith().fetchSource(source(), { signal })).kind).to.equal('modified');
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
  });
});

describe('HTTP/2', () => {
  const big = 'x'.repeat(4_000);
  const answers: Record<string, (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void> = {
    '/ok': (stream, headers) => {
      stream.respond(
        headers['if-none-match'] === '"1"'
          ? { ':status': 304 }
          : { ':status': 200, etag: '"1"', 'content-type': 'text/xml' },
      );
      stream.end(headers['if-none-match'] === '"1"' ? undefined : feed);
    },
    '/endless': stream => {
      stream.respond({ ':status': 200 });
      const more = () => {
        while (!stream.destroyed && stream.write(big));
      };
      stream.on('drain', more);
      more();
    },
    '/reset': stream => {
      stream.respond({ ':status': 200, 'content-length': '100' });
      stream.write('x', () => stream.close(2));
    },
    '/silent': () => undefined,
    '/hints': stream => {
      const hint = () => {
        if (stream.destroyed) return;
        stream.additionalHeaders({ ':status': 103 });
        setTimeout(hint, 5);
      };
      hint();
    },
    '/headers': stream => {
      stream.respond({ ':status': 200, ...Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`x-${n}`, 'y'])) });
      stream.end(feed);
    },
    '/away': stream => {
      stream.session?.goaway(0);
      stream.session?.destroy();
    },
  };
  const rows: [string, string][] = [
    ['/ok', 'modified'],
    ['/endless', 'too-large'],
    ['/reset', 'truncated'],
    ['/silent', 'timeout'],
    ['/hints', 'protocol'],
    ['/headers', 'protocol or connect'],
    ['/away', 'connect or protocol'],
  ];
  let server: Http2SecureServer;
  let fetcher: HttpFetcher;
  let port = 0;

  before(async () => {
    ({ server, port } = await startHttp2((stream, headers) => answers[String(headers[':path'])]?.(stream, headers)));
    fetcher = createHttpFetcher({
      allow: [`127.0.0.1:${port}`],
      userAgent: 'test',
      timeoutMs: 1_500,
      firstByteMs: 700,
      bodyBytesMax: 20_000,
      perHostMax: 8,
      now: Date.now,
      resolve: async () => ['127.0.0.1'],
    });
  });
  after(async () => {
    await fetcher.close();
    await stop(server);
  });

  for (const [path, expected] of rows) {
    it(`${path}: ${expected}`, async () => {
      const outcome = await fetcher.fetchSource(
        { url: `https://h2.test:${port}${path}`, validators: none, http: { insecureTls: true } },
        { signal },
      );
      expect(expected.split(' or ')).to.include(outcome.kind === 'failed' ? outcome.class : outcome.kind);
    });
  }

  it('is spoken where offered, keeps its connection, and answers conditional requests', async () => {
    const versions: string[] = [];
    const reused: boolean[] = [];
    const onHop = (hop: { httpVersion: string; reused: boolean }) => {
      versions.push(hop.httpVersion);
      reused.push(hop.reused);
    };
    const url = `https://fresh.test:${port}/ok`;
    await fetcher.fetchPage(url, { signal, http: { insecureTls: true }, onHop });
    await fetcher.fetchPage(url, { signal, http: { insecureTls: true }, onHop });
    expect({ versions, reused }).to.deep.equal({ versions: ['2', '2'], reused: [false, true] });
    const outcome = await fetcher.fetchSource(
      { url, validators: { etag: '"1"', lastModified: null }, http: { insecureTls: true } },
      { signal },
    );
    expect(outcome.kind).to.equal('not-modified');
  });

  it('a source that does not accept bad certificates never gets the connection of one that does', async () => {
    const outcome = await fetcher.fetchSource(
      { url: `https://fresh.test:${port}/ok`, validators: none, http: {} },
      { signal },
    );
    expect(outcome).to.include({ kind: 'failed', class: 'tls' });
  });
});

async function startHttp2(onStream: (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void) {
  const year = 365 * 86_400_000;
  const certificate = selfMadeCertificate({
    name: 'h2.test',
    notBefore: new Date(Date.now() - year),
    notAfter: new Date(Date.now() + year),
  });
  const server = createSecureServer(certificate);
  server.on('connection', socket => sessions.add(socket));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    onStream(stream, headers);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

const sessions = new Set<{ destroy(): void }>();

async function stop(server: Server | Http2SecureServer): Promise<void> {
  for (const session of sessions) session.destroy();
  sessions.clear();
  await new Promise(resolve => server.close(resolve));
}
