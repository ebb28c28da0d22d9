import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';
import { escapeXml, rssFeed, type SmallSite, startSmallSite } from '../support/small-site.ts';

/** Each tries to run `hit()`, to send the reader away, or to end the markup it stands in. */
const { texts: payloads, addresses } = JSON.parse(readFileSync('test/fixtures/hostile-texts.json', 'utf8')) as {
  readonly texts: readonly string[];
  readonly addresses: readonly string[];
};

/** Scripts for the page, as text: they run there, not here. */
const openEverything = `
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const element of document.querySelectorAll('main *')) element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
`;
const findForeignMarkup = `
  (() => {
    const own = /^(hx-(get|post|trigger|target|swap|push-url)|data-(id|order|before|copy|copied|drop|plain|live))$/;
    const bad = [];
    for (const element of document.querySelectorAll('*')) {
      if (/^(iframe|object|embed|base|math|style|animate|foreignobject)$/i.test(element.tagName)) bad.push(element.tagName);
      if (element.tagName === 'SCRIPT' && !element.getAttribute('src')?.startsWith('/assets/')) bad.push('script');
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) bad.push(name);
        if (/^(data-)?hx-|^data-/i.test(name) && !own.test(name) && name !== 'data-htmx-powered') bad.push(name);
        if (/^(href|src|action|formaction)$/i.test(name) && /^\\s*(javascript|data|vbscript):/i.test(value)) bad.push(name + '=' + value);
      }
    }
    return bad;
  })()
`;

describe('hostile texts on every page of the desk, its own policy switched off', function () {
  this.timeout(180_000);
  let service: RunningService;
  let site: SmallSite;
  let browser: Browser;

  before(async function () {
    browser = await openBrowser(this);
    site = await startSmallSite();
    const items = payloads.map((payload, i) => ({
      title: `${payload} number ${i}`,
      url: addresses[i % addresses.length] ?? '',
      author: payload,
      text: `${payload} text`,
    }));
    site.pages.set('/hostile.xml', {
      type: 'application/rss+xml',
      body: rssFeed('"><script>hit()</script> gazette', items),
    });
    site.pages.set('/page', {
      type: 'text/html',
      body: `<html><body><div>${payloads
        .slice(0, 12)
        .map(
          (payload, i) =>
            `<article><h2><a href="/p/${i}">${escapeXml(payload)} is the title of number ${i}</a></h2><p>${escapeXml(payload)} and some more words about it</p></article>`,
        )
        .join('')}</div></body></html>`,
    });
    site.pages.set('/links', {
      type: 'text/html',
      body: `<html><head>${payloads.map((payload, i) => `<link rel="alternate" type="application/rss+xml" title="${escapeXml(payload)}" href="/f${i}?${escapeXml(payload)}">`).join('')}</head><body>x</body></html>`,
    });
    site.pages.set(`/error`, { type: 'text/html', body: payloads.join(' '), status: 500 });
    service = await startService({
      newsfold: `samples: false\ncollect: { allow: ["${site.address}"] }\n`,
      sources: `sources:\n  - id: hostile\n    url: ${site.origin}/hostile.xml\n    tags: ${JSON.stringify(payloads.slice(0, 20))}\n  - id: titled\n    url: ${site.origin}/error\n    title: ${JSON.stringify(payloads[2])}\n    keep: ${JSON.stringify(payloads.slice(0, 4))}\n`,
      topics: `topics:\n  - id: words\n    title: ${JSON.stringify(payloads[0])}\n    description: ${JSON.stringify(payloads[2])}\n    any: ${JSON.stringify(['number', 'gazette', ...payloads.slice(0, 10)])}\n`,
    });
    await eventually(async () => {
      const state = await service.app.store.sources.get('hostile');
      return (
        state !== null &&
        state.itemCount > 10 &&
        (await service.app.store.maintenance.stats(Date.now())).undeduped === 0
      );
    });
    const { audit } = service.app.store;
    for (const payload of payloads)
      await audit.add({
        at: Date.now(),
        by: payload,
        action: payload,
        subject: payload,
        detail: { [payload]: payload },
      });
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
    await site?.stop();
  });

  it('runs nothing, leads nowhere, adds no markup of its own', async () => {
    const { page, context } = await openPage(browser, { bypassCSP: true });
    const base = service.url.replace('127.0.0.1', 'localhost');
    const trouble: string[] = [];
    await page.exposeFunction('hit', () => trouble.push(`ran at ${page.url()}`));
    page.on('dialog', dialog => {
      trouble.push(`dialog at ${page.url()}`);
      void dialog.dismiss();
    });
    page.on('request', request => {
      if (request.isNavigationRequest() && !request.url().startsWith(base)) trouble.push(`led to ${request.url()}`);
    });
    const look = async (what: string) => {
      await page.evaluate(openEverything);
      const found = await page.evaluate(findForeignMarkup);
      expect(found, what).to.deep.equal([]);
      expect(trouble, what).to.deep.equal([]);
    };
    const stories = await service.app.store.stories.page({ topic: 'all', limit: 40 });
    const paths = [
      '/admin/',
      '/admin/sources',
      '/admin/sources/hostile',
      '/admin/sources/titled',
      '/admin/import',
      '/admin/packs',
      '/admin/topics',
      '/admin/topics/words',
      '/admin/stories',
      ...stories.map(({ id }) => `/admin/stories/${id}`),
      '/admin/config?file=sources',
      '/admin/config?file=topics',
      '/admin/audit',
      '/admin/access',
      '/',
      '/topics/words',
      '/topics/all',
    ];
    for (const payload of payloads.slice(0, 8))
      paths.push(
        `/admin/sources?q=${encodeURIComponent(payload)}&tag=${encodeURIComponent(payload)}&sort=${encodeURIComponent(payload)}`,
        `/admin/stories?q=${encodeURIComponent(payload)}`,
        `/admin/${encodeURIComponent(payload)}`,
        `/admin/sources/add?url=${encodeURIComponent(payload)}`,
        `/admin/?done=${encodeURIComponent(payload)}`,
      );
    for (const path of paths) {
      await page.goto(base + path);
      await look(path);
    }
    for (const address of [
      `${site.origin}/hostile.xml?again`,
      `${site.origin}/page`,
      `${site.origin}/links`,
      `${site.origin}/error?${'<script>hit()</script>'}`,
      ...payloads.slice(0, 6),
      'javascript:hit()',
    ]) {
      await page.goto(`${base}/admin/sources/add`);
      await page.getByLabel('Address').fill(address);
      await page.getByRole('button', { name: 'Look' }).click();
      await look(`looking at ${address}`);
    }
    for (const id of ['hostile', 'titled']) {
      await page.goto(`${base}/admin/sources/${id}`);
      await page.getByRole('button', { name: 'Test' }).click();
      await look(`testing ${id}`);
    }
    const opml = `<opml><body>${payloads.map(payload => `<outline text="${escapeXml(payload)}" xmlUrl="${escapeXml(payload)}" category="${escapeXml(payload)}"/>`).join('')}</body></opml>`;
    await page.goto(`${base}/admin/import`);
    await page
      .getByLabel('OPML file')
      .setInputFiles({ name: `${'<script>'}.opml`, mimeType: 'text/xml', buffer: Buffer.from(opml) });
    await page.getByRole('button', { name: 'Import' }).click();
    await look('import');
    await context.close();
  });

  it('shows every feed of the fixture corpus harmlessly: sources, their problems and warnings, stories', async () => {
    const folder = 'test/fixtures/feeds';
    const names = readdirSync(folder).filter(name => !name.endsWith('.golden.json'));
    const corpus = await startSmallSite();
    for (const name of names)
      corpus.pages.set(`/${name}`, { type: 'application/octet-stream', body: readFileSync(`${folder}/${name}`) });
    const feeds = await startService({
      newsfold: `samples: false\ncollect: { allow: ["${corpus.address}"], perHost: 16 }\nretention: { items: 36500d }\n`,
      sources: `sources:\n${names.map((name, i) => `  - { id: f-${i}, url: "${corpus.origin}/${name}" }\n`).join('')}`,
      topics: 'topics: []\n',
    });
    const { page, context } = await openPage(browser, { bypassCSP: true });
    try {
      const { store } = feeds.app;
      await eventually(
        async () =>
          (await store.sources.list()).every(({ lastFetchAt }) => lastFetchAt !== null) &&
          (await store.maintenance.stats(Date.now())).undeduped === 0,
        120,
      );
      const trouble: string[] = [];
      await page.exposeFunction('hit', () => trouble.push('ran'));
      page.on('dialog', dialog => {
        trouble.push('dialog');
        void dialog.dismiss();
      });
      // Every page's markup in one document without a policy, without its styles and scripts: what a title can do, it does here.
      await page.route('**/*', route => route.abort());
      let looked = 0;
      const look = async (path: string) => {
        const html = await (await fetch(feeds.url + path)).text();
        await page.setContent(html, { waitUntil: 'commit' });
        await page.evaluate(openEverything);
        expect(await page.evaluate(findForeignMarkup), path).to.deep.equal([]);
        expect(trouble, path).to.deep.equal([]);
        looked++;
      };
      for (let from = 0; from < names.length; from += 50) await look(`/admin/sources?from=${from}`);
      for (const [i] of names.entries()) await look(`/admin/sources/f-${i}`);
      const suspicious = /[<>]|&#|\{\{|script|javascript:|\bon\w+\s*=/i;
      let before: { publishedAt: number; id: string } | undefined;
      for (;;) {
        const stories = await store.stories.page({ topic: 'all', limit: 100, ...(before ? { before } : {}) });
        for (const { id, versions } of stories)
          if (
            versions.some(({ item }) =>
              suspicious.test(
                `${item.title} ${item.url} ${item.authors.map(({ name }) => name).join(' ')} ${item.summaryHtml ?? ''}`,
              ),
            )
          )
            for (const path of [`/admin/stories/${id}`, `/stories/${id}`]) await look(path);
        const last = stories.at(-1);
        if (!last || stories.length < 100) break;
        before = { publishedAt: last.publishedAt, id: last.id };
      }
      for (const path of ['/admin/', '/admin/stories', '/admin/stories?from=50', '/', '/topics/all', '/admin/audit'])
        await look(path);
      expect(looked).to.be.greaterThan(names.length);
    } finally {
      await context.close();
      await feeds.stop();
      await corpus.stop();
    }
  });
});
