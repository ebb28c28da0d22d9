import { writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../../src/errors.ts';
import { createToken, setPassword } from '../../../src/web/access/credentials.ts';
import { startSession } from '../../../src/web/access/sessions.ts';
import { collectNow, eventually, type RunningService, startService } from '../../support/running-service.ts';
import { rssFeed } from '../../support/small-site.ts';

type Operation = {
  'x-right': 'read' | 'write' | 'person';
  requestBody?: { content: Record<string, unknown> };
  parameters?: { name: string; in: string }[];
  responses: Record<string, { description: string }>;
};
type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
};
type Answer = { readonly status: number; readonly code: string; readonly text: string };

const unknownStory = '00000000-0000-0000-0000-000000000000';

describe('every error that the API declares, route by route', function () {
  this.timeout(120_000);
  let service: RunningService;
  /** Without a password: only this machine may ask. */
  let open: RunningService;
  let site: Server;
  let origin = '';
  let secrets: { read: string; write: string };
  let cookie = '';
  let routes: { method: string; path: string; operation: Operation; key: string }[] = [];
  let stories: string[] = [];
  let feedToken = '';
  let revision = '';

  const ask = async (base: string, { method, path, headers = {}, body }: Call): Promise<Answer> => {
    const response = await fetch(base + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const code = /urn:newsfold:error:([\w-]+)/.exec(text)?.[1] ?? '';
    return { status: response.status, code, text };
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const codesOf = (operation: Operation) =>
    Object.values(operation.responses).flatMap(({ description }) =>
      [...description.matchAll(/`([a-z-]+)`: /g)].map(([, code]) => code ?? ''),
    );

  /** A request of a route that would do its work. */
  const good = (key: string, unknown = false): Call => {
    const [method = '', path = ''] = key.split(' ');
    const filled = path
      .replace('/sources/{id}', `/sources/${unknown ? 'nobody' : 'plain'}`)
      .replace('/topics/{id}', `/topics/${unknown ? 'nobody' : 'harbour'}`)
      .replace('/stories/{id}', `/stories/${unknown ? unknownStory : stories[0]}`)
      .replace('/tokens/{id}', `/tokens/${unknownStory}`)
      .replace('{token}', unknown ? unknownStory : feedToken)
      .replace('{action}', 'nothing')
      .replace('{file}', 'sources')
      .replace('{name}', unknown ? `sources-1-${'0'.repeat(32)}.yaml` : revision);
    const pair = unknown ? [unknownStory, unknownStory.replace(/.$/, '1')] : stories.slice(0, 2);
    const bodies: Record<string, unknown> = {
      'POST /sources': { url: 'http://127.0.0.1:9/fresh' },
      'PUT /sources/{id}': { url: 'http://127.0.0.1:9/plain' },
      'PATCH /sources/{id}': { title: 'Plain' },
      'POST /sources/test': { url: 'http://127.0.0.1:9/x' },
      'POST /sources/suggest': { url: `${origin}/nothing` },
      'POST /topics': { id: 'fresh', title: 'Fresh', any: ['x'] },
      'POST /topics/preview': { any: ['x'] },
      'PUT /topics': { order: ['locked', 'harbour'] },
      'PUT /topics/{id}': { title: 'Harbour', any: ['harbour'] },
      'PATCH /topics/{id}': { title: 'Harbour' },
      'POST /topics/{id}/tokens': { label: 'x' },
      'POST /stories/{id}/split': { items: ['x'] },
      'POST /stories/merge': { stories: pair },
      'POST /stories/never-merge': { stories: pair },
      'PUT /config/{file}': { text: 'sources: []\n' },
      'POST /tokens': { label: 'x', password: 'a long enough password' },
    };
    const text = key === 'POST /opml' ? { body: '<opml><body/></opml>', headers: { 'content-type': 'text/xml' } } : {};
    return { method, path: `/api/v1${filled}`, ...(bodies[key] === undefined ? {} : { body: bodies[key] }), ...text };
  };
  const withHeaders = (call: Call, headers: Record<string, string>): Call => ({
    ...call,
    headers: { ...call.headers, ...headers },
  });
  /** Who may use the route: a person for credentials, else a token. */
  const allowed = (call: Call, right: Operation['x-right']): Call =>
    withHeaders(call, right === 'person' ? { cookie } : bearer(secrets.write));

  before(async () => {
    site = createServer((request, response) => {
      if (request.url === '/slow') return;
      const large = request.url === '/large';
      if (request.url === '/robots.txt') return response.writeHead(404).end();
      response.writeHead(request.url === '/nothing' || large ? 200 : 500, { 'content-type': 'text/html' });
      response.end(
        large ? `<html><body>${'<p>x</p>'.repeat(700_000)}</body></html>` : '<html><body>nothing</body></html>',
      );
    });
    await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve));
    const address = `127.0.0.1:${(site.address() as AddressInfo).port}`;
    origin = `http://${address}`;
    const feeds = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(
        rssFeed(
          'Gazette',
          [1, 2, 3].map(n => ({ title: `A ship came in, number ${n} of them`, url: `http://s.example/${n}` })),
        ),
      ),
    );
    await new Promise<void>(resolve => feeds.listen(0, '127.0.0.1', resolve));
    const feedAddress = `127.0.0.1:${(feeds.address() as AddressInfo).port}`;
    service = await startService({
      newsfold: `samples: true\ncollect: { allow: ["${address}", "${feedAddress}"] }\n`,
      sources: `sources:\n  - { id: plain, url: "http://${feedAddress}/feed" }\n  - { id: slow, url: "${origin}/slow" }\n  - { id: broken, url: "${origin}/broken", scrape: {} }\n  - { id: empty, url: "${origin}/nothing", scrape: {} }\n  - { id: large, url: "${origin}/large", scrape: {} }\n`,
      topics:
        'topics:\n  - { id: harbour, title: Harbour, any: [harbour] }\n  - { id: locked, title: Locked, any: [port], private: true }\n',
    });
    open = await startService({ newsfold: 'samples: false\n' });
    const { store, context } = service.app;
    await collectNow(service, 'plain').catch(() => undefined);
    stories = await eventually(async () => {
      const page = await store.stories.page({ topic: 'all', limit: 5, sourceIds: ['plain'] });
      return page.length >= 2 && page.map(({ id }) => id);
    });
    feeds.close();
    const how = { now: Date.now(), by: 'test' };
    await setPassword(store, 'a long enough password', how);
    const wish = { kind: 'api', label: 'test', topicId: null, expiresAt: null } as const;
    secrets = {
      read: (await createToken(store, { ...wish, scope: 'read' }, how)).secret,
      write: (await createToken(store, { ...wish, scope: 'write' }, how)).secret,
    };
    const kept: { name: string; value: string }[] = [];
    await startSession(
      store,
      { headers: {}, secure: false } as never,
      { cookie: (name: string, value: string) => kept.push({ name, value }) } as never,
      Date.now(),
    );
    cookie = kept.map(({ name, value }) => `${name}=${value}`).join('; ');
    feedToken = (await createToken(store, { ...wish, kind: 'feed', scope: 'read', topicId: 'harbour' }, how)).token.id;
    // A revision that would no longer be valid: the source it names is gone.
    await context.editor.replace('sources', null, `${(await context.editor.read('sources')).text}# more\n`);
    revision = (await context.editor.revisions('sources'))[0]?.name ?? '';
    const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Operation>>;
    };
    routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        operation,
        key: `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
      })),
    );
  });
  after(async () => {
    await service?.stop();
    await open?.stop();
    site?.closeAllConnections();
    site?.close();
  });

  const declaring = (code: string) => routes.filter(({ operation }) => codesOf(operation).includes(code));
  const expectCode = async (code: string, call: Call, base = service.url) => {
    const answer = await ask(base, call);
    expect(answer.code, `${call.method} ${call.path} ${answer.status} ${answer.text.slice(0, 300)}`).to.equal(code);
  };
  const provoked = new Set<string>();
  const provoke = async (
    code: string,
    make: (route: (typeof routes)[number]) => Call | null | Promise<Call | null>,
    base?: () => string,
  ) => {
    const found = declaring(code);
    expect(found.length, code).to.be.greaterThan(0);
    for (const route of found) {
      const call = await make(route);
      if (!call) continue;
      await expectCode(code, call, base?.());
      provoked.add(`${route.key} ${code}`);
    }
  };

  it('unauthorized and forbidden', async () => {
    await provoke('unauthorized', ({ key }) => good(key));
    await provoke('forbidden', ({ key, operation }) =>
      operation['x-right'] === 'read' ? null : withHeaders(good(key), bearer(secrets.read)),
    );
    await provoke(
      'forbidden',
      ({ key }) => withHeaders(good(key), { 'x-forwarded-for': '192.0.2.1' }),
      () => open.url,
    );
  });

  it('invalid-input, document-too-large, unsupported-media-type', async () => {
    await provoke('invalid-input', ({ key, path, operation }) => {
      const call = allowed(good(key), operation['x-right']);
      const query = operation.parameters?.filter(parameter => parameter.in === 'query') ?? [];
      if (path.includes('{')) return { ...call, path: path.replace(/\{\w+\}/g, '%E0%A4%A') };
      if (query.length > 0)
        return { ...call, path: `${path}?${query.map(({ name }) => `${name}=%00`).join('&')}&limit=0&duplicate=x` };
      return { ...call, body: '{' };
    });
    await provoke('unsupported-media-type', ({ key, operation }) =>
      withHeaders({ ...allowed(good(key), operation['x-right']), body: 'x' }, { 'content-type': 'text/csv' }),
    );
    for (const { key, operation } of declaring('document-too-large')) {
      if (!operation.requestBody) continue;
      const call = allowed(good(key), operation['x-right']);
      const type = Object.keys(operation.requestBody.content)[0] ?? '';
      // The length alone is refused; nothing has to be sent.
      const status = await new Promise<number>((resolve, reject) => {
        const sent = httpRequest(service.url + call.path, {
          method: call.method,
          headers: { ...call.headers, 'content-type': type, 'content-length': String(5 * 1024 * 1024) },
        });
        sent.on('response', response => {
          resolve(response.statusCode ?? 0);
          sent.destroy();
        });
        sent.on('error', reject);
        sent.flushHeaders();
      });
      expect(status, key).to.equal(413);
      provoked.add(`${key} document-too-large`);
    }
  });

  it('config-conflict and config-invalid', async () => {
    await provoke('config-conflict', ({ key, operation }) =>
      withHeaders(allowed(good(key), operation['x-right']), { 'if-match': '"seen-long-ago"' }),
    );
    const { editor } = service.app.context;
    for (const file of ['sources', 'topics'] as const) {
      const { text } = await editor.read(file);
      await writeFile(join(service.dir, `${file}.yaml`), `${text}  - [\n`);
      await provoke('config-invalid', ({ key, operation }) => {
        const about = key.includes('/topics') ? 'topics' : 'sources';
        if (about !== file) return null;
        const call = allowed(good(key), operation['x-right']);
        if (key === 'PUT /config/{file}') return { ...call, body: { text: 'sources: [' } };
        return key.includes('/restore') ? null : call;
      });
      await writeFile(join(service.dir, `${file}.yaml`), text);
      await service.app.context.config.refresh();
    }
    // Going back to a text whose source another file still needs.
    const { text } = await editor.read('topics');
    await editor.edit('sources', null, entries => entries.add({ id: 'needed', url: 'http://127.0.0.1:9/needed' }));
    await editor.edit('topics', null, entries =>
      entries.replace('harbour', { ...entries.read('harbour'), sources: ['needed'] }),
    );
    await provoke('config-invalid', ({ key, operation }) =>
      key.includes('/restore') ? allowed(good(key), operation['x-right']) : null,
    );
    await editor.replace('topics', null, text);
    await service.app.context.config.refresh();
  });

  it('not-found, conflict, not-a-feed', async () => {
    await provoke('not-found', ({ key, operation }) => allowed(good(key, true), operation['x-right']));
    await provoke('not-a-feed', ({ key, operation }) => ({
      ...allowed(good(key), operation['x-right']),
      body: 'no list',
    }));
    await provoke('conflict', async ({ key, operation }) => {
      const call = allowed(good(key), operation['x-right']);
      if (key === 'POST /sources') return { ...call, body: { url: `${origin}/slow` } };
      if (key === 'POST /topics') return { ...call, body: { id: 'harbour', title: 'Again', any: ['x'] } };
      if (key.endsWith('/collect')) {
        const path = call.path.replace('plain', 'slow');
        void ask(service.url, { ...call, path }).catch(() => undefined);
        await eventually(
          async () =>
            (await service.app.store.sources.get('slow')) !== null &&
            service.app.context.operations.status().collecting?.running,
        );
        return { ...call, path };
      }
      return { ...call, path: call.path.replace('plain', 'sample-harbour-post') };
    });
  });

  it('fetch-failed, no-items-found, document-too-large of a page', async () => {
    await provoke('fetch-failed', ({ key, operation }) => {
      const call = allowed(good(key), operation['x-right']);
      return key.includes('{id}')
        ? { ...call, path: call.path.replace('plain', 'broken') }
        : { ...call, body: { url: `${origin}/broken` } };
    });
    await provoke('no-items-found', ({ key, operation }) => {
      const call = allowed(good(key), operation['x-right']);
      return key.includes('{id}') ? { ...call, path: call.path.replace('plain', 'empty') } : call;
    });
    await provoke('document-too-large', ({ key, operation }) =>
      key === 'POST /sources/{id}/suggest'
        ? { ...allowed(good(key), operation['x-right']), path: '/api/v1/sources/large/suggest' }
        : null,
    );
  });

  it('too-many-requests: the eleventh wrong token, whatever it asks for; and one listener too many', async () => {
    const wrong = bearer(`nf_api_${'x'.repeat(30)}`);
    const listeners = Array.from({ length: 100 }, () => new AbortController());
    await Promise.all(
      listeners.map(({ signal }) => fetch(`${service.url}/api/v1/events`, { headers: bearer(secrets.read), signal })),
    );
    await expectCode('too-many-requests', { method: 'GET', path: '/api/v1/events', headers: bearer(secrets.read) });
    for (const listener of listeners) listener.abort();
    for (let i = 0; i < 9; i++)
      await expectCode('unauthorized', { method: 'GET', path: '/api/v1/status', headers: wrong }, open.url);
    await provoke(
      'too-many-requests',
      ({ key }) => withHeaders(good(key), wrong),
      () => open.url,
    );
  });

  it('store-unavailable, when the store does not answer', async () => {
    const { tokens } = service.app.store;
    const { findByHash } = tokens;
    Object.assign(tokens, {
      findByHash: async () => {
        throw new AppError('store-unavailable', 'The store does not answer.');
      },
    });
    try {
      await provoke('store-unavailable', ({ key, operation }) => allowed(good(key), operation['x-right']));
    } finally {
      Object.assign(tokens, { findByHash });
    }
  });

  it('and no other: what is declared was provoked', () => {
    const declared = routes.flatMap(({ key, operation }) => codesOf(operation).map(code => `${key} ${code}`));
    expect(declared.filter(pair => !provoked.has(pair))).to.deep.equal([]);
    expect(declared.length).to.be.greaterThan(150);
  });
});
