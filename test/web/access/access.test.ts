import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { createSetupSecret, createToken, hasPassword, setPassword } from '../../../src/web/access/credentials.ts';
import { hashPassword, verifyPassword } from '../../../src/web/access/password-hash.ts';
import { safeNext } from '../../../src/web/access/request-origin.ts';
import { type RunningService, startService } from '../../support/running-service.ts';

type Answer = {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
};

/** Every header as given, Host included, which fetch does not allow. */
function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; from?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, from } = options;
    const request = httpRequest(url, { method, headers, ...(from ? { localAddress: from } : {}) }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const csrfOf = (page: Answer) => /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
const cookieOf = (answer: Answer) => String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
const encode = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe('access without credentials', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await startService({ newsfold: 'samples: false\n' });
  });
  after(() => service.stop());
  const source = { method: 'PUT', body: JSON.stringify({ url: 'http://example.org/feed' }) };
  const json = { 'content-type': 'application/json' };

  const refused: Record<string, Record<string, string>> = {
    'a foreign name that points here (DNS rebinding)': { host: 'evil.example' },
    'a name that only begins like ours': { host: 'localhost.evil.example' },
    'a request that a proxy forwarded': { 'x-forwarded-for': '127.0.0.1' },
    'a request that a proxy forwarded, said otherwise': { forwarded: 'for=127.0.0.1' },
    'another site, by Fetch Metadata': { 'sec-fetch-site': 'cross-site' },
    'a sister site': { 'sec-fetch-site': 'same-site' },
    'another origin': { origin: 'https://evil.example' },
    'an origin that hides itself': { origin: 'null' },
    'another port of this machine': { origin: 'http://localhost:1' },
  };
  for (const [who, headers] of Object.entries(refused)) {
    it(`refuses changes of ${who}`, async () => {
      const answer = await ask(`${service.url}/api/v1/sources/x`, { ...source, headers: { ...json, ...headers } });
      expect(answer.status, answer.body).to.equal(403);
      expect(service.app.context.sources().has('x')).to.equal(false);
    });
  }

  it('says how to set a password where it refuses', async () => {
    const api = await ask(`${service.url}/api/v1/sources`, { headers: { host: 'news.example' } });
    expect(api.body).to.include('newsfold admin password');
    const page = await ask(`${service.url}/admin/`, { headers: { host: 'news.example', accept: 'text/html' } });
    expect([page.status, page.body.includes('newsfold admin password')]).to.deep.equal([403, true]);
  });

  it('lets this machine do everything', async () => {
    expect((await ask(`${service.url}/api/v1/sources/x`, { ...source, headers: json })).status).to.equal(201);
    expect((await ask(`${service.url}/admin/`, { headers: { host: 'localhost' } })).status).to.equal(200);
  });

  it('refuses forms without their token, and takes none from elsewhere', async () => {
    const page = await ask(`${service.url}/admin/sources/x`);
    const csrf = csrfOf(page);
    const post = (fields: Record<string, string>, headers = {}) =>
      ask(`${service.url}/admin/sources/x/delete`, {
        method: 'POST',
        headers: { ...form, ...headers },
        body: encode(fields),
      });
    expect((await post({})).status).to.equal(403);
    expect((await post({ csrf: `${csrf}x` })).status).to.equal(403);
    expect((await post({ csrf }, { origin: 'https://evil.example' })).status).to.equal(403);
    expect((await post({ csrf }, { 'sec-fetch-site': 'cross-site' })).status).to.equal(403);
    expect(service.app.context.sources().has('x')).to.equal(true);
    expect((await post({ csrf })).status).to.equal(303);
    expect(service.app.context.sources().has('x')).to.equal(false);
  });

  it('changes nothing by GET, whatever is looked at', async () => {
    const { store, context } = service.app;
    const state = async () =>
      JSON.stringify([
        await store.audit.list({ limit: 50 }),
        (await context.editor.read('sources')).hash,
        await store.tokens.list('api'),
        await store.corrections.list(),
      ]);
    const before = await state();
    const seen = new Set<string>();
    const queue = ['/', '/admin/', '/openapi.json'];
    for (let path = queue.shift(); path !== undefined && seen.size < 150; path = queue.shift()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { body } = await ask(service.url + path);
      for (const [, href] of body.matchAll(/(?:href|action|formaction)="(\/[^"#]*)"/g))
        queue.push((href ?? '').replaceAll('&#38;', '&'));
    }
    for (const path of [
      '/admin/logout',
      '/admin/sources/x/delete',
      '/admin/access/tokens',
      '/api/v1/sources/x/collect',
    ]) {
      const { status } = await ask(service.url + path);
      expect(status, path).to.be.oneOf([404, 405]);
    }
    expect(seen.size).to.be.greaterThan(12);
    expect(await state()).to.equal(before);
  });

  it('sets the first password by a link that works once', async () => {
    const secret = await createSetupSecret(service.app.store, Date.now());
    const url = `${service.url}/admin/setup`;
    const elsewhere = { host: 'news.example' };
    const page = await ask(`${url}?token=${secret}`, { headers: elsewhere });
    expect(page.status).to.equal(200);
    const body = (password: string) => encode({ csrf: csrfOf(page), token: secret, new: password, again: password });
    const short = await ask(url, { method: 'POST', headers: { ...form, ...elsewhere }, body: body('short') });
    expect(short.status).to.equal(400);
    const done = await ask(url, {
      method: 'POST',
      headers: { ...form, ...elsewhere },
      body: body('correct horse battery'),
    });
    expect(done.status).to.equal(303);
    expect(cookieOf(done)).to.match(/^newsfold=nf_session_/);
    expect(await hasPassword(service.app.store)).to.equal(true);
    expect((await ask(`${url}?token=${secret}`, { headers: elsewhere })).status).to.equal(401);
    expect((await ask(`${service.url}/admin/`)).status, 'this machine too must sign in now').to.equal(303);
  });
});

describe('access with credentials', function () {
  this.timeout(90_000);
  let service: RunningService;
  const password = 'correct horse battery staple';
  before(async () => {
    service = await startService({ newsfold: 'samples: false\n' });
    await setPassword(service.app.store, password, { now: Date.now(), by: 'test' });
  });
  after(() => service.stop());

  const signIn = async (
    given: string,
    options: { next?: string; cookie?: string; from?: string; headers?: Record<string, string> } = {},
  ) => {
    const from = options.from ? { from: options.from } : {};
    const page = await ask(`${service.url}/admin/login`, from);
    const body = encode({ csrf: csrfOf(page), password: given, next: options.next ?? '' });
    return ask(`${service.url}/admin/login`, {
      method: 'POST',
      headers: { ...form, ...(options.cookie ? { cookie: options.cookie } : {}), ...options.headers },
      body,
      ...from,
    });
  };

  it('asks to sign in, and leads back', async () => {
    const sent = await ask(`${service.url}/admin/sources?q=a`);
    expect([sent.status, sent.headers.location]).to.deep.equal([303, '/admin/login?next=%2Fadmin%2Fsources%3Fq%3Da']);
    const done = await signIn(password, { next: '/admin/sources?q=a' });
    expect([done.status, done.headers.location]).to.deep.equal([303, '/admin/sources?q=a']);
    const cookie = String(done.headers['set-cookie']);
    expect(cookie)
      .to.match(/HttpOnly/)
      .and.match(/SameSite=Strict/)
      .and.match(/Path=\//);
    expect((await ask(`${service.url}/admin/`, { headers: { cookie: cookieOf(done) } })).status).to.equal(200);
    expect((await ask(`${service.url}/api/v1/sources`, { headers: { cookie: cookieOf(done) } })).status).to.equal(200);
  });

  it('begins a new session at every sign-in, and ends it at sign-out', async () => {
    const first = cookieOf(await signIn(password));
    const second = cookieOf(await signIn(password, { cookie: first }));
    expect(second).to.not.equal(first);
    expect((await ask(`${service.url}/admin/`, { headers: { cookie: first } })).status).to.equal(303);
    const page = await ask(`${service.url}/admin/`, { headers: { cookie: second } });
    const out = await ask(`${service.url}/admin/logout`, {
      method: 'POST',
      headers: { ...form, cookie: second },
      body: encode({ csrf: csrfOf(page) }),
    });
    expect(out.status).to.equal(303);
    expect((await ask(`${service.url}/admin/`, { headers: { cookie: second } })).status).to.equal(303);
  });

  it('refuses changes from another site though the browser is signed in', async () => {
    const cookie = cookieOf(await signIn(password));
    const put = (headers: Record<string, string>) =>
      ask(`${service.url}/api/v1/sources/x`, {
        method: 'PUT',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: '{"url":"http://example.org/"}',
      });
    expect((await put({ 'sec-fetch-site': 'cross-site' })).status).to.equal(403);
    expect((await put({ origin: 'https://evil.example' })).status).to.equal(403);
    expect((await put({ 'sec-fetch-site': 'same-origin' })).status).to.equal(201);
  });

  it('changes credentials only for who repeats the password', async () => {
    const cookie = cookieOf(await signIn(password));
    const page = await ask(`${service.url}/admin/access`, { headers: { cookie } });
    const post = (path: string, fields: Record<string, string>) =>
      ask(`${service.url}/admin/access/${path}`, {
        method: 'POST',
        headers: { ...form, cookie },
        body: encode({ csrf: csrfOf(page), ...fields }),
      });
    expect((await post('tokens', { label: 'x', scope: 'write', 'current-for-token': 'wrong' })).status).to.equal(403);
    expect(
      (await post('password', { current: 'wrong', new: 'another password', again: 'another password' })).status,
    ).to.equal(403);
    expect(await service.app.store.tokens.list('api')).to.deep.equal([]);
    const made = await post('tokens', { label: 'x', scope: 'write', 'current-for-token': password });
    const secret = /nf_api_[\w-]+/.exec(made.body)?.[0] ?? '';
    expect(
      (await ask(`${service.url}/api/v1/sources`, { headers: { authorization: `Bearer ${secret}` } })).status,
    ).to.equal(200);
    expect(
      (await ask(`${service.url}/admin/`, { headers: { authorization: `Bearer ${secret}` } })).status,
      'a token is no person',
    ).to.equal(403);
    const more = await ask(`${service.url}/api/v1/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: '{"label":"more"}',
    });
    expect(more.status).to.equal(403);
    const stored = await readFile(join(service.dir, 'newsfold.db'));
    const log = await readFile(join(service.dir, 'newsfold.db-wal')).catch(() => Buffer.alloc(0));
    for (const text of [secret, cookie.split('=')[1] ?? '', password])
      expect(stored.includes(text) || log.includes(text), 'nothing is stored as it is').to.equal(false);
  });

  it('answers 429 from the tenth failure a minute, to that address only, whatever it claims to be', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++)
      statuses.push(
        (await signIn('wrong', { from: '127.0.0.2', headers: { 'x-forwarded-for': `10.0.0.${i}` } })).status,
      );
    expect(statuses).to.deep.equal([...new Array<number>(9).fill(401), 429, 429]);
    expect((await signIn(password, { from: '127.0.0.2' })).status, 'nor with the right one').to.equal(429);
    expect((await signIn(password, { from: '127.0.0.3' })).status).to.equal(303);
    const tries: number[] = [];
    for (let i = 0; i < 10; i++)
      tries.push(
        (
          await ask(`${service.url}/api/v1/sources`, {
            from: '127.0.0.4',
            headers: { authorization: `Bearer nf_api_${'x'.repeat(42)}${i}` },
          })
        ).status,
      );
    expect(tries.slice(-2)).to.deep.equal([401, 429]);
  });

  it('kills revoked and expired tokens at once', async () => {
    const { store } = service.app;
    const how = { now: Date.now(), by: 'test' };
    const wish = { kind: 'api', scope: 'read', label: 't', topicId: null } as const;
    const expired = await createToken(store, { ...wish, expiresAt: Date.now() - 1 }, how);
    const revoked = await createToken(store, { ...wish, expiresAt: null }, how);
    await store.tokens.revoke(revoked.token.id, Date.now());
    for (const { secret } of [expired, revoked])
      expect(
        (await ask(`${service.url}/api/v1/sources`, { headers: { authorization: `Bearer ${secret}` } })).status,
      ).to.equal(401);
  });

  it('puts the strict policy on every answer', async () => {
    for (const path of [
      '/admin/login',
      '/admin/nothing',
      '/admin/',
      '/api/v1/none',
      '/api/v1/sources',
      '/openapi.json',
      '/assets/htmx.js',
      '/none',
      '/feeds/none.rss',
      '/%E0%A4%A',
    ]) {
      const { headers, body } = await ask(service.url + path, { headers: { accept: 'text/html' } });
      expect(headers['content-security-policy'], path).to.include("default-src 'none'").and.not.include('unsafe');
      expect(headers['x-content-type-options'], path).to.equal('nosniff');
      if (String(headers['content-type']).includes('html'))
        expect(body, path).to.not.match(/<script(?![^>]*src=)|<style|\son\w+=|javascript:/i);
    }
  });

  it('keeps feeds, pages and health public', async () => {
    for (const path of ['/', '/feeds/all.rss', '/topics.opml', '/healthz', '/readyz', '/topics/all'])
      expect((await ask(service.url + path)).status, path).to.equal(200);
  });
});

describe('passwords', () => {
  it('are hashed with scrypt at 2^17, 8, 1, each with its own salt', async function () {
    this.timeout(30_000);
    const [one, other] = [await hashPassword('pässword one'), await hashPassword('pässword one')];
    expect(one)
      .to.match(/^scrypt\$131072\$8\$1\$/)
      .and.not.equal(other);
    expect(await verifyPassword('pässword one'.normalize('NFD'), one)).to.equal(true);
    expect(await verifyPassword('password one', one)).to.equal(false);
    expect(await verifyPassword('', null)).to.equal(false);
  });
});

describe('safeNext', () => {
  for (const [next, leads] of [
    ['/admin/sources?q=a%20b', '/admin/sources?q=a%20b'],
    ['/admin', '/admin'],
    ['/admin/../feeds/x', '/admin/'],
    ['//evil.example', '/admin/'],
    ['/\\evil.example', '/admin/'],
    ['/admin/\\evil.example', '/admin/'],
    ['https://evil.example/admin/', '/admin/'],
    ['/administrator', '/admin/'],
    ['/admin/\r\nSet-Cookie: x', '/admin/'],
    ['javascript:alert(1)', '/admin/'],
    ['', '/admin/'],
    [null, '/admin/'],
  ] as const)
    it(`leads from ${JSON.stringify(next)} to ${leads}`, () => expect(safeNext(next)).to.equal(leads));
});
