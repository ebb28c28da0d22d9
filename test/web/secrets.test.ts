import { expect } from 'chai';
import { eventually, type RunningService, startService } from '../support/running-service.ts';
import { rssFeed, type SmallSite, startSmallSite } from '../support/small-site.ts';

const canary = 'kanarienvogel';

describe('secrets in the configuration', function () {
  this.timeout(60_000);
  let service: RunningService;
  let site: SmallSite;
  before(async () => {
    site = await startSmallSite();
    const [first, second] = [`/feed.xml?api_key=${canary}1`, `/gone.xml?token=${canary}2`];
    site.pages.set(first, {
      type: 'application/rss+xml',
      body: rssFeed('Keyed', [{ title: 'One', url: 'http://site.example/1' }]),
    });
    service = await startService({
      newsfold: `samples: false\ncollect: { allow: ["${site.address}"] }\ndedup: { encoderKey: ${canary}0 }\n`,
      sources: `sources:
  - id: good
    url: ${site.origin.replace('//', `//user:${canary}3@`)}${first}
    http: { headers: { X-Api-Key: ${canary}4 }, auth: { user: ${canary}5, password: ${canary}6 }, userAgent: reader }
  - id: bad
    url: ${site.origin.replace('//', `//${canary}7@`)}${second}
    http: { headers: { Cookie: "a=${canary}8" } }
`,
    });
    await eventually(async () => {
      const [good, bad] = [await service.app.store.sources.get('good'), await service.app.store.sources.get('bad')];
      return bad?.lastFetchAt && good?.lastFetchAt;
    });
  });
  after(async () => {
    await service.stop();
    await site.stop();
  });

  it('never leave by page, API, OPML, metrics, health, feed or error', async () => {
    const api = Object.entries(
      ((await (await fetch(`${service.url}/openapi.json`)).json()) as { paths: Record<string, object> }).paths,
    )
      .filter(([path, methods]) => 'get' in methods && !path.endsWith('/events'))
      .map(([path]) => path.replace('{id}', 'good').replace('{file}', 'sources'));
    const pages = [
      '/admin/',
      '/admin/sources',
      '/admin/sources/good',
      '/admin/sources/bad',
      '/admin/config?file=sources',
      '/admin/config?file=newsfold',
      '/admin/audit',
      '/admin/export.opml',
      '/admin/stories',
      '/admin/access',
    ];
    const open = [
      '/metrics',
      '/readyz',
      '/healthz',
      '/feeds/all.rss',
      '/feeds/all.atom',
      '/feeds/all.json',
      '/feeds/all.rss?dedup=none',
      '/',
      '/topics/all',
      '/topics.opml',
      '/api/v1/sources/bad',
      '/api/v1/sources/bad/history',
      '/api/v1/config/newsfold',
      '/nothing',
    ];
    for (const path of [...api, ...pages, ...open]) {
      const text = await (await fetch(service.url + path)).text();
      expect(
        text.includes(canary),
        `${path} … ${text.slice(Math.max(0, text.indexOf(canary) - 120), text.indexOf(canary) + 30)}`,
      ).to.equal(false);
    }
  });

  it('stay where they are when a form or a request brings their dots back', async () => {
    const shown = (await (await fetch(`${service.url}/api/v1/sources/good`)).json()) as Record<string, unknown>;
    const put = await fetch(`${service.url}/api/v1/sources/good`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...shown, tags: ['x'] }),
    });
    expect(put.status, await put.clone().text()).to.equal(200);
    expect(await put.text()).to.not.include(canary);
    const { text } = await service.app.context.editor.read('sources');
    for (let i = 1; i <= 8; i++) expect(text).to.include(`${canary}${i}`);
    const tested = await fetch(`${service.url}/api/v1/sources/bad/test`, { method: 'POST' });
    expect(await tested.text()).to.not.include(canary);
  });

  it('are not told in mistakes either', async () => {
    const body = { text: `sources:\n  - id: good\n    url: "ftp://u:${canary}9@h/?token=${canary}9"\n` };
    const refused = await fetch(`${service.url}/api/v1/config/sources`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(refused.status).to.equal(422);
    expect(await refused.text()).to.not.include(canary);
  });
});
