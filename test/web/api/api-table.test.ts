import { expect } from 'chai';
import { z } from 'zod';
import { createToken, setPassword } from '../../../src/web/access/credentials.ts';
import { type RunningService, samplesFolded, startService } from '../../support/running-service.ts';

type Operation = {
  'x-right': 'read' | 'write' | 'person';
  requestBody?: { content: Record<string, unknown> };
  parameters?: { name: string; in: string }[];
  responses: Record<string, { description: string; content?: Record<string, { schema?: object }> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { Problem: object } };
};

const sources = `# my sources
sources:
  - id: keyed # with a key
    url: http://127.0.0.1:9/feed?token=canary-in-query
    http: { auth: { user: canary-user, password: canary-password }, headers: { X-Api-Key: canary-header } }
  - id: plain
    url: http://127.0.0.1:9/plain
    paused: true
`;
const topics = `topics:
  - id: harbour
    title: Harbour
    any: [harbour]
  - id: locked
    title: Locked
    any: [port]
    private: true
`;

describe('the API, from its own description', function () {
  this.timeout(120_000);
  let service: RunningService;
  let document: Document;
  let secrets: { read: string; write: string };
  let story = '';

  const call = async (
    method: string,
    path: string,
    options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const { token = secrets.write, body, headers = {} } = options;
    const response = await fetch(service.url + path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: parse(text),
      type: response.headers.get('content-type') ?? '',
    };
  };
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
  /** A path that exists, or one that does not. */
  const fill = (path: string, unknown = false) =>
    path
      .replace('/stories/{id}', `/stories/${unknown ? '00000000-0000-0000-0000-000000000000' : story}`)
      .replace('/sources/{id}', `/sources/${unknown ? 'nobody' : 'plain'}`)
      .replace('/topics/{id}', `/topics/${unknown ? 'nobody' : 'harbour'}`)
      .replace('{token}', '00000000-0000-0000-0000-000000000000')
      .replace('/tokens/{id}', '/tokens/00000000-0000-0000-0000-000000000000')
      .replace('{action}', 'nothing')
      .replace('{file}', 'sources')
      .replace('{name}', `sources-1-${'0'.repeat(32)}.yaml`);
  const isProblem = (answer: { type: string; json: unknown; status: number }, why: string) => {
    expect(answer.type, why).to.match(/^application\/problem\+json/);
    const schema = z.fromJSONSchema(document.components.schemas.Problem as never);
    expect(schema.safeParse(answer.json).success, why).to.equal(true);
    expect((answer.json as { status: number }).status, why).to.equal(answer.status);
  };

  before(async () => {
    service = await startService({ sources, topics });
    await samplesFolded(service);
    const { store } = service.app;
    const how = { now: Date.now(), by: 'test' };
    await setPassword(store, 'a long enough password', how);
    const wish = { kind: 'api', label: 'test', topicId: null, expiresAt: null } as const;
    secrets = {
      read: (await createToken(store, { ...wish, scope: 'read' }, how)).secret,
      write: (await createToken(store, { ...wish, scope: 'write' }, how)).secret,
    };
    document = (await (await fetch(`${service.url}/openapi.json`)).json()) as Document;
    story = ((await call('GET', '/api/v1/stories?limit=1')).json as { items: { id: string }[] }).items[0]?.id ?? '';
  });
  after(() => service.stop());

  it('describes itself as OpenAPI 3.1, with an id for every operation', () => {
    expect((document as unknown as { openapi: string }).openapi).to.match(/^3\.1/);
    const ids = operations().map(({ operation }) => (operation as unknown as { operationId: string }).operationId);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('answers every GET as described', async () => {
    for (const { path, method, operation } of operations()) {
      if (method !== 'GET' || path.endsWith('/events') || path.includes('{name}')) continue;
      const answer = await call('GET', fill(path), { token: secrets.read });
      expect(answer.status, path).to.equal(200);
      const described = operation.responses['200']?.content ?? {};
      const type = Object.keys(described)[0] ?? '';
      expect(answer.type, path).to.include(type);
      const schema = described[type]?.schema;
      if (type !== 'application/json' || !schema) continue;
      const result = z.fromJSONSchema(schema as never).safeParse(answer.json);
      expect(result.success, `${path}: ${JSON.stringify(result.error?.issues.slice(0, 3))}`).to.equal(true);
    }
  });

  it('refuses every route without credentials, and every change with a token that may only read', async () => {
    for (const { path, method, operation } of operations()) {
      const stranger = await call(method, fill(path), { token: '' });
      expect(stranger.status, `${method} ${path}`).to.equal(401);
      expect(stranger.headers.get('www-authenticate')).to.match(/^Bearer/);
      isProblem(stranger, `${method} ${path}`);
      if (operation['x-right'] === 'read') continue;
      const reader = await call(method, fill(path), { token: secrets.read });
      expect(reader.status, `${method} ${path}`).to.equal(403);
    }
  });

  it('answers 404 where it says so', async () => {
    for (const { path, method, operation } of operations()) {
      if (!operation.responses['404'] || !path.includes('{')) continue;
      const bodies: Record<string, unknown> = { split: { items: ['x'] }, tokens: {} };
      const needsBody = operation.requestBody !== undefined;
      const answer = await call(
        method,
        fill(path, true),
        needsBody ? { body: bodies[path.split('/').at(-1) ?? ''] ?? {} } : {},
      );
      expect(answer.status, `${method} ${path} ${answer.text}`).to.equal(404);
      isProblem(answer, `${method} ${path}`);
    }
    for (const path of ['/api/v1/merge', '/api/v2/sources', '/api/v1/']) isProblem(await call('GET', path), path);
  });

  it('answers 400, 413 and 415 to bodies it cannot take', async () => {
    for (const { path, method, operation } of operations()) {
      if (!operation.requestBody || operation['x-right'] === 'person') continue;
      const where = `${method} ${path}`;
      if (
        'application/json' in operation.requestBody.content ||
        'application/merge-patch+json' in operation.requestBody.content
      ) {
        for (const body of ['{"broken', '[]', '"text"', '{"unknownKey":1,"id":7}'])
          expect((await call(method, fill(path), { body })).status, `${where} ${body}`).to.equal(400);
        isProblem(await call(method, fill(path), { body: '{' }), where);
        expect(
          (await call(method, fill(path), { body: 'x', headers: { 'content-type': 'text/csv' } })).status,
          where,
        ).to.equal(415);
      }
      const type = Object.keys(operation.requestBody.content)[0] ?? '';
      const large = await call(method, fill(path), {
        body: 'x'.repeat(5 * 1024 * 1024),
        headers: { 'content-type': type },
      }).catch(() => null);
      // A server that stops reading may close before the client has sent everything.
      if (large) expect(large.status, where).to.equal(413);
      expect(
        (await call(method, fill(path), { body: 'x', headers: { 'content-type': type, 'content-encoding': 'gzip' } }))
          .status,
        where,
      ).to.equal(415);
    }
  });

  it('refuses bodies that nest without end, and chunked ones that never end, as problems', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect((await call('PATCH', '/api/v1/sources/plain', { body: deep })).status).to.equal(400);
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    let sent = 0;
    const stream = new ReadableStream({
      pull: controller => {
        if (sent++ > 200) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const endless = await fetch(`${service.url}/api/v1/opml`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secrets.write}`, 'content-type': 'text/xml' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(endless.status).to.equal(413);
  });

  it('answers 400 to parameters that are not valid', async () => {
    for (const path of [
      '/sources?limit=0',
      '/sources?limit=x',
      '/sources?state=happy',
      '/stories?cursor=x',
      '/stories?since=yesterday',
      '/sources/Not_An_Id',
      '/stories/x',
      '/config/passwd',
      '/audit?cursor=-1',
      '/sources/%E0%A4%A',
    ])
      expect((await call('GET', `/api/v1${path}`)).status, path).to.equal(400);
  });

  it('answers 405 with Allow to methods a path does not know, and OPTIONS with what it knows', async () => {
    for (const path of Object.keys(document.paths)) {
      const known = Object.keys(document.paths[path] ?? {}).map(method => method.toUpperCase());
      const wrong = ['DELETE', 'PATCH', 'PUT', 'POST'].find(method => !known.includes(method));
      const answer = await call(wrong ?? 'TRACE', fill(path));
      // `/sources/test` is `/sources/{id}` too.
      if (/\/(test|suggest|preview|export)$/.test(path) && answer.status !== 405) continue;
      expect(answer.status, `${wrong} ${path}`).to.equal(405);
      for (const method of known) expect(answer.headers.get('allow'), path).to.include(method);
    }
    expect((await call('OPTIONS', '/api/v1/sources')).headers.get('allow')).to.include('POST');
    expect((await call('POST', '/feeds/all.rss')).status).to.equal(405);
  });

  it('guards edits: an old tag is refused, the current one is not, and the same PUT twice changes nothing', async () => {
    const body = { url: 'http://127.0.0.1:9/new', title: 'New', tags: ['a'] };
    const created = await call('PUT', '/api/v1/sources/fresh', { body });
    expect(created.status, created.text).to.equal(201);
    const tag = created.headers.get('etag') ?? '';
    const again = await call('PUT', '/api/v1/sources/fresh', { body });
    expect([again.status, again.headers.get('etag')]).to.deep.equal([200, tag]);
    const changed = await call('PATCH', '/api/v1/sources/fresh', {
      body: { title: 'Newer', tags: null },
      headers: { 'if-match': tag },
    });
    expect(changed.status, changed.text).to.equal(200);
    expect(changed.json).to.include({ title: 'Newer' }).and.not.have.property('tags');
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const stale = await call(method, '/api/v1/sources/fresh', {
        ...(method === 'DELETE' ? {} : { body }),
        headers: { 'if-match': tag },
      });
      expect(stale.status, method).to.equal(412);
      isProblem(stale, method);
    }
    expect((await call('PUT', '/api/v1/sources/fresh', { body, headers: { 'if-none-match': '*' } })).status).to.equal(
      412,
    );
    const whole = (await call('GET', '/api/v1/sources/fresh')).json as object;
    expect(
      (await call('PUT', '/api/v1/sources/fresh', { body: whole })).status,
      'what was read can be sent back',
    ).to.equal(200);
    expect((await call('DELETE', '/api/v1/sources/fresh')).status).to.equal(204);
    expect((await call('GET', '/api/v1/sources/fresh')).status).to.equal(404);
    expect(
      (await call('DELETE', '/api/v1/sources/sample-harbour-post')).status,
      'a sample is not in the file',
    ).to.be.oneOf([404, 409]);
  });

  it('refuses the same address twice, and what the whole configuration would not bear', async () => {
    const twin = await call('POST', '/api/v1/sources', { body: { url: 'http://127.0.0.1:9/plain/' } });
    expect(twin.status, twin.text).to.equal(409);
    const broken = await call('PATCH', '/api/v1/topics/harbour', { body: { sources: ['tag:nobody-has'] } });
    expect(broken.status, broken.text).to.equal(422);
    isProblem(broken, 'config-invalid');
    expect((await call('PUT', '/api/v1/config/topics', { body: { text: 'topics: [' } })).status).to.equal(422);
    expect(
      (await call('POST', '/api/v1/opml', { body: 'no list', headers: { 'content-type': 'text/xml' } })).status,
    ).to.equal(422);
    expect(
      (await call('POST', '/api/v1/sources/suggest', { body: { url: 'http://127.0.0.1:9/' } })).status,
    ).to.be.oneOf([422, 502]);
  });

  it('keeps comments, and keeps secrets to itself while dots leave them as they are', async () => {
    const shown = [];
    for (const path of [
      '/sources',
      '/sources/keyed',
      '/config/sources',
      '/opml',
      '/status',
      '/audit',
      '/sources/keyed/history',
    ])
      shown.push((await call('GET', `/api/v1${path}`)).text);
    expect(shown.join('\n')).to.not.match(/canary/);
    const keyed = (await call('GET', '/api/v1/sources/keyed')).json as Record<string, unknown>;
    expect((await call('PUT', '/api/v1/sources/keyed', { body: { ...keyed, title: 'Keyed' } })).status).to.equal(200);
    const config = (await call('GET', '/api/v1/config/sources')).json as { text: string };
    expect(
      (await call('PUT', '/api/v1/config/sources', { body: { text: config.text.replace('Keyed', 'Keyed again') } }))
        .status,
    ).to.equal(200);
    const written = await service.app.context.editor.read('sources');
    for (const canary of [
      'canary-in-query',
      'canary-user',
      'canary-password',
      'canary-header',
      '# my sources',
      '# with a key',
      'Keyed again',
    ])
      expect(written.text).to.include(canary);
    const stolen = await call('PUT', '/api/v1/sources/keyed', { body: { ...keyed, url: 'http://evil.example/feed' } });
    expect(stolen.status, 'a secret never follows to another host').to.equal(400);
  });

  it('restores revisions, each edit of a file being one', async () => {
    const { items } = (await call('GET', '/api/v1/config/sources/revisions')).json as { items: { name: string }[] };
    const oldest = items.at(-1)?.name ?? '';
    expect(((await call('GET', `/api/v1/config/sources/revisions/${oldest}`)).json as { text: string }).text)
      .to.include('plain')
      .and.not.include('canary');
    expect((await call('POST', `/api/v1/config/sources/revisions/${oldest}/restore`)).status).to.equal(200);
    expect((await service.app.context.editor.read('sources')).text).to.equal(sources);
  });

  it('pages through sources and stories, each once', async () => {
    for (const path of ['/api/v1/sources', '/api/v1/stories']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      for (let page = 0; page < 60 && cursor !== null; page++) {
        const answer: { items: { id: string }[]; next: string | null } = (
          await call('GET', `${path}?limit=5${cursor ? `&cursor=${cursor}` : ''}`)
        ).json as never;
        seen.push(...answer.items.map(({ id }) => id));
        cursor = answer.next;
      }
      expect(new Set(seen).size, path).to.equal(seen.length).and.to.be.greaterThan(5);
    }
  });

  it('splits, lists, exports and undoes corrections', async () => {
    const { items } = (await call('GET', '/api/v1/stories?limit=100')).json as {
      items: { id: string; versions: { itemId: string }[] }[];
    };
    const told = items.find(({ versions }) => versions.length > 1);
    const leaving = told?.versions.at(-1)?.itemId ?? '';
    const split = await call('POST', `/api/v1/stories/${told?.id}/split`, { body: { items: [leaving] } });
    expect(split.status, split.text).to.equal(200);
    const { action } = split.json as { action: string };
    const exported = await call('GET', '/api/v1/corrections/export');
    expect(
      exported.text
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as { same: boolean })[0]?.same,
    ).to.equal(false);
    expect((await call('POST', `/api/v1/corrections/${action}/undo`)).status).to.equal(200);
    expect((await call('POST', `/api/v1/corrections/${action}/undo`)).status).to.equal(404);
    const audit = (await call('GET', '/api/v1/audit')).json as { items: { action: string; by: string }[] };
    expect(audit.items.map(entry => entry.action)).to.include.members([
      'split',
      'undo',
      'source-edit',
      'config-restore',
    ]);
    expect(audit.items.some(({ by }) => by === 'token:test')).to.equal(true);
  });

  it('gives private topics tokens that live until they are revoked', async () => {
    const created = (await call('POST', '/api/v1/topics/locked/tokens', { body: { label: 'reader' } })).json as {
      id: string;
      secret: string;
    };
    const feed = `/feeds/locked.atom?token=${created.secret}`;
    expect((await call('GET', feed, { token: '' })).status).to.equal(200);
    expect((await call('GET', '/api/v1/topics/locked/tokens')).text).to.not.include(created.secret);
    expect((await call('DELETE', `/api/v1/topics/locked/tokens/${created.id}`)).status).to.equal(204);
    expect((await call('GET', feed, { token: '' })).status).to.equal(401);
  });

  it('imports OPML with a word on each line, and the second time adds nothing', async () => {
    const opml =
      '<opml><body><outline xmlUrl="http://127.0.0.1:9/one" text="One"/><outline xmlUrl="ftp://x/y"/><outline xmlUrl="http://127.0.0.1:9/plain"/></body></opml>';
    const send = async () =>
      (await call('POST', '/api/v1/opml', { body: opml, headers: { 'content-type': 'text/x-opml' } })).json;
    expect(await send()).to.include({ added: 1, known: 1, refused: 1 });
    expect(await send()).to.include({ added: 0, known: 2, refused: 1 });
    expect((await call('GET', '/api/v1/opml')).text)
      .to.include('http://127.0.0.1:9/one')
      .and.not.include('canary');
  });

  it('tells what happens as a stream', async () => {
    const abort = new AbortController();
    const response = await fetch(`${service.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${secrets.read}` },
      signal: abort.signal,
    });
    expect(response.headers.get('content-type')).to.match(/^text\/event-stream/);
    const reader = response.body?.getReader();
    await call('POST', '/api/v1/sources/sample-broken-tribune/collect');
    let text = '';
    // Other sources may be fetched at the same moment.
    for (let i = 0; i < 50 && !text.includes('"source":"sample-broken-tribune"'); i++)
      text += new TextDecoder().decode((await reader?.read())?.value);
    abort.abort();
    expect(text).to.include('"source":"sample-broken-tribune"');
  });
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
