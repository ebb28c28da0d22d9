import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createLog } from '../../src/log.ts';
import type { Log } from '../../src/pipeline/ports.ts';
import { createToken } from '../../src/web/access/credentials.ts';
import { type CommandEnd, runNewsfold } from '../support/run-newsfold.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

/** Every secret of this test holds the word, and nothing else does: where a text has one, with what stands around it. */
const leaks = (text: string): readonly string[] => [...text.matchAll(/.{0,60}canary.{0,40}/gi)].map(([found]) => found);

/** A log whose bytes are kept, and whose events are counted. */
function countingLog(): { log: Log; events: () => number; text: () => string } {
  let [text, events] = ['', 0];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  const inner = createLog(stream, 'info');
  const counted =
    (severity: keyof Log): Log[keyof Log] =>
    (message, fields) => {
      events++;
      inner[severity](message, fields);
    };
  return {
    log: { info: counted('info'), warn: counted('warn'), error: counted('error') },
    events: () => events,
    text: () => text,
  };
}

const forged = '{"level":"error","time":"2026-01-01T00:00:00.000Z","msg":"forged"}';
const hostileTitle = `News\r\n${forged}\r\n\u001b]0;owned\u0007\u001b[31mred\u2028${forged}`;

describe('secrets, and words that would forge a log', function () {
  this.timeout(120_000);
  let world: ScriptedServer;
  let service: RunningService;
  const { log, events, text } = countingLog();
  const ends: CommandEnd[] = [];
  const command = async (...words: string[]) => {
    const end = await runNewsfold(service.dir, words, { environment });
    ends.push(end);
    return end;
  };
  let environment: Record<string, string> = {};

  before(async () => {
    world = await startScriptedServer((request, response) => {
      const path = (request.url ?? '').replace(/^http:\/\/[^/]+/, '').split('?')[0] ?? '';
      // What is asked with comes back in every way an answer has.
      const echo = `${request.url} ${JSON.stringify(request.headers)}`;
      if (path.startsWith('/v1')) return void response.writeHead(401, 'no canary-reason').end(echo);
      if (path === '/page')
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<title>A page</title><p>nothing here');
      if (path === '/refuses') return void response.writeHead(403, 'no canary-reason').end(echo);
      if (path === '/leaves') return void response.writeHead(301, { location: '/loops?token=canary-moved' }).end();
      if (path === '/moves')
        return void response.writeHead(301, { location: 'http://moved.example/ok?token=canary-moved' }).end();
      if (path === '/loops') return void response.writeHead(302, { location: '/loops?token=canary-moved' }).end();
      if (path === '/inside')
        return void response.writeHead(302, { location: 'http://u:canary-inside@10.0.0.1/?key=canary' }).end();
      if (path === '/hangs-up') return void request.socket.destroy();
      // Only JSON can say the characters that terminals obey.
      const item = {
        id: `g${path.slice(1)}`,
        url: `http://posts.example${path}`,
        title: hostileTitle,
        content_text: hostileTitle,
      };
      response
        .writeHead(200, { 'content-type': 'application/feed+json' })
        .end(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: hostileTitle, items: [item] }));
    });
    const here = world.address;
    const secretUrl = (path: string, host = here) =>
      `http://canary-user:canary-password@${host}${path}?token=canary-query&api_key=canary-key`;
    const http = {
      headers: { 'X-Api-Key': 'canary-header', Cookie: 'session=canary-cookie' },
      auth: { user: 'canary-basic', password: 'canary-basic-password' },
    };
    const proxied = (port: number | string) => ({
      ...http,
      proxy: `http://canary-proxy:canary-proxy-password@127.0.0.1:${port}`,
    });
    const entries = [
      ...['/ok', '/page', '/refuses', '/leaves', '/inside', '/hangs-up'].map(path => ({
        id: path.slice(1),
        url: secretUrl(path),
        http,
      })),
      { id: 'no-name', url: secretUrl('/', 'nowhere.invalid'), http },
      { id: 'nobody-there', url: secretUrl('/', '127.0.0.1:1'), http },
      { id: 'private', url: secretUrl('/', '10.1.2.3'), http },
      { id: 'moves', url: secretUrl('/moves', 'old.example'), http: proxied(world.port) },
      { id: 'dead-proxy', url: secretUrl('/', 'other.example'), http: proxied(1) },
      { id: 'pages', url: secretUrl('/page'), http, scrape: {} },
    ];
    environment = {
      NEWSFOLD_CACHE_URL: 'redis://canary-cache:canary-cache-password@127.0.0.1:1/0',
      NEWSFOLD_DEDUP_ENCODER_KEY: 'canary-encoder-key',
    };
    service = await startService(
      {
        newsfold: JSON.stringify({
          collect: { allow: [here, '127.0.0.1:1'], timeout: '5s' },
          dedup: { encoder: 'http', encoderUrl: `${world.origin}/v1?key=canary-in-encoder`, encoderModel: 'm' },
          metrics: { perSource: true },
        }),
        sources: `sources:\n${entries.map(entry => `  - ${JSON.stringify(entry)}\n`).join('')}`,
        topics: 'topics:\n  - { id: news, title: News, any: [news] }\n',
        environment,
      },
      {
        log,
        resolve: async name => {
          if (name.endsWith('.invalid'))
            throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
          return ['93.184.215.14'];
        },
      },
    );
    const states = () => service.app.store.sources.list();
    await eventually(async () => (await states()).every(({ lastFetchAt }) => lastFetchAt !== null), 60);
    for (const id of ['moves', 'leaves', 'ok']) await service.app.context.operations.collectNow(id);
    await eventually(async () => (await service.app.store.items.undeduped(1)).length === 0, 60);
  });
  after(async () => {
    await service?.stop();
    await world?.close();
  });

  it('were really sent where they belong', () => {
    const told = world.asked.map(({ path, headers }) => `${path} ${JSON.stringify(headers)}`).join('\n');
    for (const secret of [
      'token=canary-query',
      'canary-header',
      Buffer.from('canary-basic:canary-basic-password').toString('base64'),
    ])
      expect(told).to.include(secret);
    expect(told).to.include(Buffer.from('canary-proxy:canary-proxy-password').toString('base64'));
    expect(told).to.include('canary-encoder-key');
  });

  it('are in no stored problem, reason or history', async () => {
    for (const state of await service.app.store.sources.list()) {
      const { problem, nextReason } = state;
      const history = await service.app.store.sources.history(state.sourceId, 40);
      expect(leaks(`${problem} ${nextReason} ${JSON.stringify(history)}`), state.sourceId).to.deep.equal([]);
    }
    const failing = (await service.app.store.sources.list()).filter(({ health }) => health === 'failing');
    expect(failing.map(({ sourceId }) => sourceId)).to.include.members([
      'page',
      'refuses',
      'leaves',
      'inside',
      'no-name',
      'nobody-there',
      'private',
      'dead-proxy',
    ]);
  });

  it('are in no page, feed, list or figure', async () => {
    const { secret } = await createToken(
      service.app.store,
      { kind: 'api', scope: 'write', topicId: null, label: 'test', expiresAt: null },
      { now: Date.now(), by: 'test' },
    );
    const seen = new Set<string>();
    const waiting = [
      '/',
      '/metrics',
      '/healthz',
      '/readyz',
      '/opml',
      '/admin',
      '/api/v1/sources',
      '/api/v1/status',
      '/api/v1/opml',
      '/api/v1/config/sources',
      '/api/v1/config/newsfold',
    ];
    for (const id of ['all', 'news'])
      for (const format of ['rss', 'atom', 'json']) waiting.push(`/feeds/${id}.${format}?dedup=none`);
    for (const { sourceId } of await service.app.store.sources.list())
      waiting.push(`/api/v1/sources/${sourceId}`, `/api/v1/sources/${sourceId}/history`, `/admin/sources/${sourceId}`);
    let answered = 0;
    while (waiting.length > 0 && seen.size < 150) {
      const path = waiting.shift() as string;
      if (seen.has(path)) continue;
      seen.add(path);
      const response = await fetch(service.url + path, {
        headers: path.startsWith('/api') ? { authorization: `Bearer ${secret}` } : {},
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      });
      const body = `${response.headers.get('location') ?? ''} ${await response.text()}`;
      if (response.ok) answered++;
      expect(leaks(body), path).to.deep.equal([]);
      if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) continue;
      for (const [, href] of body.matchAll(/href="(\/[^"#]*)/g))
        if (href !== undefined && !href.startsWith('//') && !href.includes('/events'))
          waiting.push(href.replaceAll('&amp;', '&'));
    }
    expect(answered).to.be.at.least(30);
  });

  it('are in no output of a command, whatever goes wrong', async () => {
    const all = [
      ['sources', 'list'],
      ['sources', 'list', '--json'],
      ['sources', 'export'],
      ['sources', 'test', 'ok'],
      ['sources', 'test', 'refuses', '--json'],
      ['sources', 'test', 'leaves'],
      ['sources', 'test', 'no-name'],
      ['collect', '--once', '--source', 'inside'],
      ['doctor', '--url', service.url],
      ['config', 'check', '--json'],
      ['topics', 'list'],
      ['topics', 'preview', 'news'],
      ['stories', 'search', 'forged'],
      ['store', 'copy', 'postgres://canary-store:canary-store-password@127.0.0.1:1/db'],
    ];
    while (all.length > 0) {
      const some = all.splice(0, 4).map(async words => {
        const { stdout, stderr } = await command(...words);
        expect(leaks(stdout + stderr), words.join(' ')).to.deep.equal([]);
      });
      await Promise.all(some);
    }
    const away = await runNewsfold(service.dir, ['doctor'], {
      environment: {
        ...environment,
        NEWSFOLD_STORE_URL: 'postgres://canary-store:canary-store-password@127.0.0.1:1/db?password=canary',
      },
    });
    expect(away.status).to.equal(1);
    expect(leaks(away.stdout + away.stderr)).to.deep.equal([]);
  });

  it('do not reach a terminal as commands to it', () => {
    for (const { stdout, stderr } of ends)
      expect(stdout + stderr).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f\u009b]/);
  });

  it('are in no line of the log, and every event is one line of JSON', async () => {
    await service.app.context.operations.testSource({
      ...(service.app.context.sources().get('ok') as never as object),
    } as never);
    log.warn(hostileTitle, {
      url: `http://u:canary@x.example/\n${forged}`,
      error: new Error(`boom\n${forged} at http://x.example/?token=canary`),
    });
    log.info('fields', { [`a\n${forged}`]: [hostileTitle, { deep: 'http://canary:canary@x.example/' }] });
    await new Promise(setImmediate);
    const lines = text().split('\n').filter(Boolean);
    expect(lines).to.have.length(events());
    for (const line of lines) {
      const parsed = JSON.parse(line) as Record<string, unknown>;
      expect(parsed.msg).not.to.equal('forged');
      expect(leaks(line)).to.deep.equal([]);
    }
    expect(events()).to.be.greaterThan(12);
  });
});
