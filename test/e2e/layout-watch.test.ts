import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { runNewsfold } from '../support/run-newsfold.ts';
import { collectNow, eventually, type RunningService, startService } from '../support/running-service.ts';

const title = (n: number) => `The harbour council decided question number ${n}`;
const oldLook = `<!doctype html><html lang="en"><head><title>Harbour news</title></head><body><nav><a href="/about">About us</a></nav><main><h1>News</h1>${[1, 2, 3, 4, 5, 6].map(n => `<article class="post"><h2><a href="/post/${n}">${title(n)} | Harbour</a></h2><p>What was decided about question ${n} in the council.</p></article>`).join('')}</main></body></html>`;
const newLook = `<!doctype html><html lang="en"><head><title>Harbour news</title></head><body><nav><a href="/about">About us</a> <a href="/contact">Contact us</a></nav><div class="board">${[7, 1, 2, 3, 4, 5, 6].map(n => `<div class="entry"><h3><a href="/post/${n}">${title(n)} | Harbour</a></h3><time datetime="2026-01-0${n}">0${n}/01</time><p class="lead">What was decided about question ${n} in the council.</p></div>`).join('')}</div><aside><h2>Links</h2><ul><li><a href="https://port.example/tides">Tide tables</a></li><li><a href="https://port.example/pilots">Pilots and tugs</a></li><li><a href="https://port.example/fees">Harbour fees</a></li></ul></aside></body></html>`;
const rules = `scrape:
      items: article.post # my selector
      title: h2 a
      strip: { title: " \\\\| Harbour$" }
      next: a.older@href
      pagesMax: 1`;

describe('a scraped page that was rebuilt', function () {
  this.timeout(120_000);
  let server: Server;
  let service: RunningService;
  let browser: Browser;
  let watched: WatchedPage;
  let look = oldLook;
  const asked: string[] = [];

  before(async function () {
    browser = await openBrowser(this);
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      asked.push(path);
      if (path === '/robots.txt' || (path === '/keyed' && request.headers['x-key'] !== 'open sesame'))
        return void response.writeHead(404).end();
      const etag = `"${look.length}"`;
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag }).end(look);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const source = (id: string, more = '') =>
      `  - id: ${id}\n    url: http://${address}/${id}\n    schedule: 24h\n${more}    ${rules}\n`;
    service = await startService({
      newsfold: `samples: false\ncollect: { allow: ["${address}"] }\n`,
      sources: `sources:\n${source('front')}${source('second')}${source('third')}${source('keyed', '    http: { headers: { X-Key: open sesame } }\n')}`,
    });
    await eventually(async () => (await service.app.store.sources.list()).every(state => state.itemCount === 6));
    look = newLook;
    for (const id of ['front', 'second', 'third', 'keyed']) await collectNow(service, id);
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
    server?.close();
    server?.closeAllConnections();
  });
  afterEach(async () => {
    await watched?.context.close();
    expect(watched?.complaints ?? []).to.deep.equal([]);
  });
  const open = async (path: string, options = {}) => {
    watched = await openPage(browser, options);
    await watched.page.goto(service.url.replace('127.0.0.1', 'localhost') + path);
    return watched.page;
  };
  const state = async (id: string) => service.app.store.sources.get(id);
  const file = () => readFile(join(service.dir, 'sources.yaml'), 'utf8');

  it('says so for as long as the page stays so, also when it answers that nothing changed', async () => {
    expect((await state('front'))?.health).to.equal('layout-changed');
    const record = await collectNow(service, 'front');
    expect(record.outcome).to.equal('not-modified');
    expect((await state('front'))?.health).to.equal('layout-changed');
    expect((await state('front'))?.itemCount, 'its items stay').to.equal(6);
  });

  it('proposes on its own page what can be found now, and takes it at one click, without script', async () => {
    const page = await open('/admin/sources/front', { javaScriptEnabled: false });
    const asks = asked.filter(path => path === '/front').length;
    const main = page.locator('main');
    expect(await main.textContent())
      .to.include('What the page offers now')
      .and.include(title(7))
      .and.include('.entry');
    await page.reload();
    expect(asked.filter(path => path === '/front').length, 'looked at twice, asked once').to.equal(asks);
    await page.getByRole('button', { name: 'Take this list: List 1' }).click();
    expect(await main.textContent())
      .to.include('The new selectors are in force')
      .and.not.include('What the page offers now');
    // The publisher would have answered 304 to the validators of the last fetch.
    const after = await state('front');
    expect([after?.health, after?.itemCount]).to.deep.equal(['ok', 7]);
    const stories = await service.app.store.stories.page({ topic: 'all', limit: 50, sourceIds: ['front'] });
    const items = stories.flatMap(({ versions }) => versions.map(({ item }) => item));
    expect(items.filter(item => item.sourceId === 'front').length).to.equal(7);
    expect(items.every(item => !item.title.includes('|'))).to.equal(true);
    const written = (await file()).split('- id: ')[1] ?? '';
    expect(written).to.include('entry').and.include('strip').and.include('pagesMax').and.not.include('next');
  });

  it('refuses to overwrite what somebody changed meanwhile', async () => {
    const page = await open('/admin/sources/second');
    const path = join(service.dir, 'sources.yaml');
    await writeFile(path, (await file()).replace('id: second', 'id: second\n    title: By hand'));
    await page.getByRole('button', { name: 'Take this list: List 1' }).click();
    expect(await page.locator('main').textContent()).to.include('It was changed meanwhile');
    expect(await file()).to.include('By hand');
    expect((await state('second'))?.health).to.equal('layout-changed');
    await page.getByRole('button', { name: 'Take this list: List 1' }).click();
    await page.getByText('The new selectors are in force').waitFor();
  });

  it('speaks Italian', async () => {
    const page = await open('/admin/sources/third', { locale: 'it' });
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text)
      .to.include('Che cosa offre ora la pagina')
      .and.include('Prendi questo elenco')
      .and.match(/La pagina dà di solito 6 articoli e ora nessuno/)
      .and.not.match(/layout|selectors/);
  });

  it('asks for the page as the source does', async () => {
    const page = await open('/admin/sources/keyed');
    expect(await page.locator('main').textContent())
      .to.include(title(7))
      .and.not.include('open sesame');
  });

  it('has no serious finding of axe and fits, in both themes and on a phone', async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const look of [
      { colorScheme: 'light', viewport: { width: 1200, height: 900 } },
      { colorScheme: 'dark', viewport: { width: 390, height: 800 } },
      { colorScheme: 'dark', viewport: { width: 1200, height: 900 } },
      { colorScheme: 'light', viewport: { width: 390, height: 800 } },
    ] as const) {
      const page = await open('/admin/sources/third', { ...look, bypassCSP: true });
      await page.evaluate("for (const details of document.querySelectorAll('.guess details')) details.open = true");
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(look.viewport.width);
      const folder = process.env.NEWSFOLD_TEST_SCREENSHOTS;
      if (folder) {
        await mkdir(folder, { recursive: true });
        await page.screenshot({
          path: join(folder, `layout-${look.viewport.width}-${look.colorScheme}.png`),
          fullPage: true,
        });
      }
      await page.evaluate(axe);
      const findings = (await page.evaluate(
        'axe.run().then(r => r.violations.map(v => ({ id: v.id, impact: v.impact, html: v.nodes[0].html.slice(0, 200) })))',
      )) as { impact: string }[];
      expect(findings.filter(({ impact }) => /serious|critical/.test(impact))).to.deep.equal([]);
      await watched.context.close();
    }
  });

  it('gives the same by API, with the patch that takes it', async () => {
    const api = (path: string, method: string, body?: object) =>
      fetch(`${service.url}/api/v1${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      });
    const answer = await api('/sources/third/suggest', 'POST');
    const { items } = (await answer.json()) as {
      items: { total: number; patch: { scrape: Record<string, unknown> } }[];
    };
    expect([answer.status, items[0]?.total, items[0]?.patch.scrape.next]).to.deep.equal([200, 7, null]);
    expect((await api('/sources/third', 'PATCH', items[0]?.patch)).status).to.equal(200);
    await collectNow(service, 'third');
    expect((await state('third'))?.health).to.equal('ok');
  });

  it('gives the same by the shell', async () => {
    const shown = await runNewsfold(service.dir, ['sources', 'suggest', 'keyed']);
    expect(shown.stderr + shown.stdout)
      .to.include('items:')
      .and.include(title(7));
    const missing = await runNewsfold(service.dir, ['sources', 'suggest', 'keyed', '--adopt', '19']);
    expect([missing.status, missing.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 2 && /no list 19/.test(text),
    );
    expect((await runNewsfold(service.dir, ['sources', 'suggest', 'keyed', '--adopt'])).status).to.equal(0);
    expect((await file()).split('- id: keyed')[1])
      .to.include('entry')
      .and.include('strip')
      .and.include('X-Key');
    await service.app.context.config.refresh();
    await collectNow(service, 'keyed');
    expect((await state('keyed'))?.health).to.equal('ok');
  });
});
