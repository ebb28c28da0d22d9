import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';
import { escapeXml, rssFeed, type SmallSite, startSmallSite } from '../support/small-site.ts';

/** Each tries to run `hit()`, to send the reader away, or to end the markup it stands in. */
const payloads = [
  '<script>hit()</script>',
  '</title><script>hit()</script>',
  '"><img src=x onerror=hit()>',
  "'><svg onload=hit()>",
  '<svg><animate onbegin=hit() attributeName=x dur=1s>',
  '<details open ontoggle=hit()>',
  '<iframe srcdoc="<script>parent.hit()</script>">',
  '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/away">',
  '<base href="http://127.0.0.1:9/">',
  '<form action="http://127.0.0.1:9/"><button autofocus onfocus=hit()>',
  '" autofocus onfocus=hit() x="',
  "' onmouseover=hit() x='",
  '` onerror=hit()',
  '</textarea><script>hit()</script>',
  '</script><script>hit()</script>',
  '<!--><script>hit()</script>-->',
  '<![CDATA[<script>hit()</script>]]>',
  '&lt;script&gt;hit()&lt;/script&gt;',
  '&#60;img src=x onerror=hit()&#62;',
  '<math><mtext><table><mglyph><style><img src=x onerror=hit()></style></mglyph></table></mtext></math>',
  '{{constructor.constructor("hit()")()}}',
  `$${'{hit()}'}`,
  '<div hx-get="/admin/" hx-trigger="load" hx-on::load="hit()">',
  '<button data-hx-on:click="hit()" hx-vals="js:{a:hit()}">',
  '<x data-copy="a" data-order="b" data-drop>',
  '\u202e<script>hit()</script>\u0000\u0007',
  'line\r\nSet-Cookie: a=b',
];
const addresses = [
  'javascript:hit()',
  'JaVaScRiPt:hit()',
  'data:text/html,<script>hit()</script>',
  'vbscript:hit()',
  '//127.0.0.1:9/away',
  'http://site.example/"onclick="hit()',
];

/** Scripts for the page, as text: they run there, not here. */
const openEverything = `
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const element of document.querySelectorAll('main *')) element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
`;
const findForeignMarkup = `
  (() => {
    const own = /^(hx-(get|post|trigger|target|swap|push-url)|data-(id|order|before|copy|copied|drop|plain))$/;
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
});
