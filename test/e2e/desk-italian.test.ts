import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser.ts';
import { englishWords } from '../support/english-words.ts';
import { collectNow, type RunningService, samplesFolded, startService } from '../support/running-service.ts';
import { rssFeed, type SmallSite, startSmallSite } from '../support/small-site.ts';

/** What the page itself says: not what sources wrote, not names, keys and addresses. */
const ownWords = `
  (() => {
    const page = document.documentElement.cloneNode(true);
    const foreign = '[lang]:not(html), head > title, code, pre, textarea, script, style, .address, .badge, .secret, .report .small, .tag, [translate="no"]';
    const texts = [];
    for (const element of page.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      if (!element.closest(foreign))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(element.getAttribute(name) ?? '');
    for (const element of page.querySelectorAll(foreign)) element.remove();
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.data.trim());
    return texts.filter(Boolean);
  })()
`;

describe('the desk in Italian, every page', function () {
  this.timeout(180_000);
  let service: RunningService;
  let site: SmallSite;
  let browser: Browser;

  before(async function () {
    browser = await openBrowser(this);
    site = await startSmallSite();
    site.pages.set('/feed.xml', {
      type: 'application/rss+xml',
      body: rssFeed('Gazzetta', [
        { title: 'Una nave è arrivata', url: 'http://site.example/1' },
        { title: 'Senza indirizzo', url: 'javascript:x' },
      ]),
    });
    site.pages.set('/guasto.xml', { type: 'text/plain', body: 'no', status: 500 });
    site.pages.set('/pagina', {
      type: 'text/html',
      body: `<html><body><main>${[1, 2, 3, 4, 5].map(n => `<article><h2><a href="/p/${n}">Il consiglio del porto ha deciso la questione ${n}</a></h2><time datetime="2026-01-0${n}">0${n}/01</time></article>`).join('')}</main></body></html>`,
    });
    site.pages.set('/con-feed', {
      type: 'text/html',
      body: '<html><head><link rel="alternate" type="application/rss+xml" title="Gazzetta" href="/feed.xml?2"></head><body>Benvenuti</body></html>',
    });
    service = await startService({
      newsfold: `samples: true\ncollect: { allow: ["${site.address}"] }\n`,
      sources: `sources:\n  - id: gazzetta\n    url: ${site.origin}/feed.xml\n    schedule: "*/20 6-23 * * *"\n  - id: guasto\n    url: ${site.origin}/guasto.xml\n  - id: senza-nome\n    url: http://nowhere.invalid/feed\n  - id: ferma\n    url: ${site.origin}/feed.xml?ferma\n    paused: true\n  - id: mutata\n    url: ${site.origin}/mutata\n    scrape: { items: article, title: h2 }\n`,
      topics:
        'topics:\n  - id: porto\n    title: Porto\n    any: [porto, harbour, Libya]\n  - id: chiuso\n    title: Chiuso\n    any: [nave]\n    private: true\n',
    });
    await samplesFolded(service);
    for (const id of ['gazzetta', 'guasto']) await collectNow(service, id).catch(() => undefined);
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
    await site?.stop();
  });

  const english: string[] = [];
  const expectItalian = async (page: Page, what: string) => {
    const texts = (await page.evaluate(ownWords)) as string[];
    english.push(...texts.filter(text => englishWords(text).length > 0).map(text => `${what}: ${text}`));
    expect(texts.length, what).to.be.greaterThan(5);
  };

  it('says nothing in English: lists, forms, charts, problems, reasons, tests, guesses, mistakes, conflicts', async () => {
    const { page, context } = await openPage(browser, { locale: 'it' });
    const base = service.url.replace('127.0.0.1', 'localhost');
    const show = async (path: string) => {
      await page.goto(base + path);
      await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
      await expectItalian(page, path);
    };
    const press = async (name: string | RegExp, what: string) => {
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).first().click()]);
      await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
      await expectItalian(page, what);
    };
    const stories = await service.app.store.stories.page({ topic: 'all', limit: 40 });
    const merged = stories.find(({ versions }) => versions.length > 2) ?? stories[0];
    for (const path of [
      '/',
      '/topics/all',
      '/topics/porto',
      `/stories/${merged?.id}`,
      '/topics/nessuno',
      '/stories/nessuna',
      '/niente',
      '/admin/',
      '/admin/sources',
      '/admin/sources?q=nessuna-di-queste',
      ...[
        'gazzetta',
        'guasto',
        'senza-nome',
        'ferma',
        'mutata',
        'sample-harbour-post',
        'sample-broken-tribune',
        'nessuna',
      ].map(id => `/admin/sources/${id}`),
      '/admin/sources/add',
      '/admin/import',
      '/admin/packs',
      '/admin/topics',
      '/admin/topics/porto',
      '/admin/topics/chiuso',
      '/admin/topics/add',
      '/admin/stories',
      `/admin/stories/${merged?.id}`,
      '/admin/stories/nessuna',
      '/admin/stories/corrections',
      '/admin/config?file=newsfold',
      '/admin/config?file=sources',
      '/admin/access',
      '/admin/login',
      '/admin/setup?token=x',
      '/admin/niente',
    ])
      await show(path);
    for (const id of ['gazzetta', 'guasto', 'senza-nome', 'mutata', 'sample-harbour-post']) {
      await page.goto(`${base}/admin/sources/${id}`);
      await press('Prova', `test of ${id}`);
    }
    for (const address of ['/feed.xml?3', '/pagina', '/con-feed', '/guasto.xml?3', '/niente']) {
      await page.goto(`${base}/admin/sources/add`);
      await page.getByLabel('Indirizzo').fill(site.origin + address);
      await press('Guarda', `look at ${address}`);
    }
    for (const address of ['ftp://x.example/', 'http://127.0.0.1:1/', 'http://10.0.0.1/']) {
      await page.goto(`${base}/admin/sources/add`);
      await page.getByLabel('Indirizzo').fill(address);
      await press('Guarda', `look at ${address}`);
    }
    // Mistakes of a form, and an edit that somebody else made meanwhile.
    await page.goto(`${base}/admin/sources/gazzetta`);
    await page.getByText('Modifica', { exact: true }).click();
    await page.locator('#f-schedule').evaluate(element => element.closest('details')?.setAttribute('open', ''));
    await page.locator('#f-schedule').fill('ogni tanto');
    await page.locator('#f-language').fill('italiano!');
    await press('Salva', 'mistakes of a source');
    await page.goto(`${base}/admin/topics/porto`);
    await page.locator('#f-any').fill('');
    await press('Salva', 'a topic that matches nothing');
    const path = join(service.dir, 'topics.yaml');
    await page.goto(`${base}/admin/topics/porto`);
    await writeFile(path, (await readFile(path, 'utf8')).replace('title: Porto', 'title: Porti'));
    await press('Salva', 'a conflict');
    await page.goto(`${base}/admin/config?file=topics`);
    await page
      .locator('#f-text')
      .fill('topics:\n  - id: Due Parole\n    titel: x\n    any: nave\n    sources: [nessuna]\n');
    await press('Salva', 'mistakes of a file');
    // What was done, and undone.
    await page.goto(`${base}/admin/stories/${merged?.id}`);
    await page.getByRole('checkbox').last().check();
    await press('Togli le spuntate', 'a split');
    await show('/admin/stories/corrections');
    await press('Annulla', 'an undo');
    await page.goto(`${base}/admin/import`);
    await page.getByLabel('File OPML').setInputFiles({
      name: 'elenco.opml',
      mimeType: 'text/xml',
      buffer: Buffer.from(
        `<opml><body><outline text="a" xmlUrl="javascript:x"/><outline text="b" xmlUrl="ftp://b.example/"/><outline text="c" xmlUrl="${site.origin}/c"/></body></opml>`,
      ),
    });
    await press('Importa', 'an import');
    await show('/admin/audit');
    const topics = join(service.dir, 'topics.yaml');
    const good = await readFile(topics, 'utf8');
    await writeFile(topics, 'topics: [\n');
    await service.app.context.config.refresh();
    await show('/admin/');
    await show('/admin/config?file=topics');
    await writeFile(topics, good);
    await service.app.context.config.refresh();
    await context.close();
    expect(english.join('\n')).to.equal('');
  });
});
