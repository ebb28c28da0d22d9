import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { bridge, collected, entriesOf, ferry, ferryToo, glacier } from '../support/news.ts';
import { type Post, type Press, startPress } from '../support/press.ts';
import { type RunningService, samplesFolded, startService } from '../support/running-service.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const topics = `topics:
  - id: libya
    title: Libya
    any: [Libya, Haftar]
  - id: hostile
    title: '<script>window.pwned = "topic"</script>'
    description: '"><img src=x onerror="window.pwned = 1">'
    any: [Ventotene]
`;
const hostile: readonly Post[] = [
  {
    guid: 'h1',
    title: '<script>window.pwned = "title"</script> one',
    text: 'The lighthouse of Punta Secca gets its old lamp back on Sunday, after eleven years in a museum.',
  },
  {
    guid: 'h2',
    title: '"><img src=x onerror=window.pwned=2> two',
    text: '<img src=x onerror="window.pwned=3"><svg onload="window.pwned=4"></svg> Salt workers in Trapani have found a Phoenician anchor under the third basin.',
    link: 'javascript:window.pwned=5',
  },
  {
    guid: 'h3',
    title: '\u202e\u2066</title></a><style>*{display:none}</style> three',
    text: "' onmouseover='window.pwned=6' Growers in Jaen expect half of the olives of last year.",
  },
];

describe('the pages in a real browser', function () {
  this.timeout(180_000);
  let browser: Browser;
  let press: Press;
  let service: RunningService;
  let story = '';

  before(async function () {
    browser = await openBrowser(this);
    press = await startPress();
    press.put('/pic.png', png, 'image/png');
    press.put('/drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'image/png');
    press.print('/one', 'en', [
      { ...ferry, image: `${press.origin}/pic.png` },
      { ...glacier, image: `${press.origin}/drawing.png` },
      { ...bridge, image: 'http://169.254.169.254/latest/meta-data' },
      ...hostile,
    ]);
    press.print('/two', 'en', [ferryToo]);
    service = await startService({
      newsfold: `samples: true\ncollect: { allow: ["${press.host}"] }\n`,
      sources: `sources:\n${['one', 'two'].map(id => `  - { id: ${id}, url: "${press.origin}/${id}", schedule: 24h, title: '<b onclick=window.pwned=7>${id}</b>' }\n`).join('')}`,
      topics,
    });
    await samplesFolded(service);
    await collected(service, 'one', 'two');
    const told = (await entriesOf(service, '/feeds/libya.json')).toSorted(
      (a, b) => (b._newsfold?.versions?.length ?? 0) - (a._newsfold?.versions?.length ?? 0),
    );
    story = new URL(told[0]?._newsfold?.story ?? '').pathname;
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
    await press?.close();
  });

  const open = async (path: string, options: BrowserContextOptions = {}): Promise<WatchedPage> => {
    const watched = await openPage(browser, options);
    await watched.page.goto(service.url + path);
    return watched;
  };
  const paths = () => ['/', '/topics/all', '/topics/libya', story, '/topics/nothing'];

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1200]) {
      it(`fit ${width} pixels and everybody who reads them, ${colorScheme}`, async () => {
        for (const path of paths()) {
          const { page, context, complaints } = await open(path, { colorScheme, viewport: { width, height: 900 } });
          const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          expect(overflow, `${path} scrolls sideways`).to.be.at.most(0);
          await page.evaluate(axe);
          const findings = (await page.evaluate(
            'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => [impact, id, ...nodes.slice(0, 3).map(({ html }) => html)].join(" ")))',
          )) as string[];
          expect(
            findings.filter(finding => /^(?:serious|critical)/.test(finding)),
            path,
          ).to.deep.equal([]);
          expect(complaints).to.deep.equal([]);
          await context.close();
        }
      });
    }
  }

  it('ask nobody but us for anything, publishers’ pictures included', async () => {
    for (const path of [...paths(), '/topics/all?q=Ventotene']) {
      const { page, context } = await openPage(browser).then(async watched => {
        const asked: string[] = [];
        watched.page.on('request', request => asked.push(request.url()));
        await watched.page.goto(service.url + path, { waitUntil: 'networkidle' });
        expect(
          asked.filter(url => !url.startsWith(`${service.url}/`)),
          path,
        ).to.deep.equal([]);
        return watched;
      });
      if (path.includes('Ventotene')) {
        const widths = await page.evaluate('[...document.images].map(image => image.naturalWidth)');
        expect(widths).to.deep.equal([1]);
      }
      await context.close();
    }
    // By us, once, whoever looks how often and in how many browsers.
    expect(press.requests.get('/pic.png')).to.equal(1);
  });

  it('show the picture from here as a picture alone, and no drawing, no private address, nothing unsigned', async () => {
    const sources: string[] = [];
    for (const word of ['Ventotene', 'Presena', 'Budapest']) {
      const { page, context } = await open(`/topics/all?q=${word}`);
      sources.push(...((await page.evaluate('[...document.images].map(image => image.src)')) as string[]));
      await context.close();
    }
    expect(sources.length).to.equal(3);
    const statuses: number[] = [];
    for (const source of sources) {
      const answer = await fetch(source);
      statuses.push(answer.status);
      if (answer.status !== 200) continue;
      expect(answer.headers.get('content-type')).to.equal('image/png');
      expect(answer.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
      expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(answer.headers.get('cross-origin-resource-policy')).to.equal('same-origin');
      expect(Buffer.from(await answer.arrayBuffer()).equals(png)).to.equal(true);
    }
    expect(statuses).to.deep.equal([200, 404, 404]);
    const [, , , signature, address] = (sources[0] ?? '').split('/');
    const other = Buffer.from(`${press.origin}/pic.png?other`).toString('base64url');
    for (const forged of [`${signature}/${other}`, `${'A'.repeat(22)}/${address}`, `${signature}/`, 'x/y']) {
      expect((await fetch(`${service.url}/images/${forged}`)).status, forged).to.equal(404);
    }
  });

  it('are harmless whatever titles, texts, links and names say, even without our policy', async () => {
    const known = [ferry, glacier, bridge].map(({ title }) => title);
    const stories = (await entriesOf(service, '/feeds/all.json?limit=200&source=one&dedup=none'))
      .filter(({ title }) => !known.includes(title))
      .map(entry => new URL(entry._newsfold?.story ?? '').pathname);
    expect(stories.length).to.equal(hostile.length);
    for (const path of [
      '/',
      '/topics/all',
      '/topics/hostile',
      '/topics/all?q=<script>window.pwned=8</script>',
      ...stories,
    ]) {
      const { page, context, complaints } = await open(path, { bypassCSP: true });
      page.on('dialog', dialog => complaints.push(dialog.message()));
      await page.hover('main');
      expect(await page.evaluate('window.pwned'), path).to.equal(undefined);
      const strange = await page.evaluate(
        '[...document.querySelectorAll("main a, main img, main form")].map(one => one.href || one.src || one.action || "").filter(address => !/^(https?:|feed:http)/.test(address))',
      );
      expect(strange, path).to.deep.equal([]);
      expect(
        await page.evaluate(
          'document.querySelectorAll("main script, main style, main [onclick], main [onerror]").length',
        ),
      ).to.equal(0);
      expect(complaints).to.deep.equal([]);
      await context.close();
    }
  });

  it('are reached by keyboard alone: the first Tab leads past the bar, and every control has its turn and its ring', async () => {
    for (const path of ['/', '/topics/libya', story]) {
      const { page, context } = await open(path);
      const controls = Number(
        await page.evaluate('document.querySelectorAll("a[href], button, input:not([type=hidden])").length'),
      );
      const reached = new Set<unknown>();
      await page.evaluate(
        '[...document.querySelectorAll("a[href], button, input")].forEach((one, i) => { one.dataset.n = i; })',
      );
      for (let i = 0; i < controls; i++) {
        await page.keyboard.press('Tab');
        reached.add(await page.evaluate('document.activeElement.dataset.n'));
        const ring = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
        expect(ring, `no ring at ${i} of ${path}`).to.not.equal('none');
        if (i === 0) expect(await page.evaluate('document.activeElement.className')).to.equal('skip');
      }
      expect(reached.size, path).to.equal(controls);
      await context.close();
    }
  });

  it('set right-to-left texts right to left, on a page that reads left to right', async () => {
    const { page, context } = await open(`${story}?lang=ar`);
    expect(await page.evaluate('getComputedStyle(document.querySelector("article[lang=ar] h1")).direction')).to.equal(
      'rtl',
    );
    expect(await page.evaluate('getComputedStyle(document.documentElement).direction')).to.equal('ltr');
    const versions = await page.evaluate(
      '[...document.querySelectorAll(".versions h3")].map(one => one.lang + " " + getComputedStyle(one).direction)',
    );
    expect(versions).to.include('ar rtl').and.to.include('it ltr');
    await context.close();
  });

  it('show a story in the browser’s language, with all versions and why they are one', async () => {
    for (const [locale, lang] of [
      ['fr-FR', 'fr'],
      ['it-IT', 'it'],
      ['ru-RU', 'ru'],
    ]) {
      const { page, context } = await open(story, { locale: locale ?? '' });
      expect(await page.locator('article').first().getAttribute('lang')).to.equal(lang);
      expect(await page.locator('.versions > li').count()).to.be.at.least(4);
      const reasons = (await page.locator('.why').allTextContents()).join('\n');
      expect(reasons).to.match(/Haftar/);
      if (lang === 'it') expect(reasons).to.match(/stess[oi]/);
      else expect(reasons).to.match(/same (?:names|people)/);
      await context.close();
    }
  });

  it('copy a feed’s address, and say so', async () => {
    const { page, context } = await open('/topics/libya', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('[data-copy]').click();
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).to.match(/\/feeds\/libya\.atom$/);
    await context.close();
  });

  it('find stories, page back in time, and keep the language while they do', async () => {
    const { page, context } = await open('/topics/all?lang=it');
    await page.locator('input[type=search]').fill('Haftar');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=Haftar/);
    expect(page.url()).to.include('lang=it');
    expect(await page.locator('.story').count()).to.be.within(1, 3);
    await page.goto(`${service.url}/topics/all`);
    const first = await page.locator('.story h2').first().textContent();
    await page.locator('a[rel=next]').click();
    expect(await page.locator('.story h2').first().textContent()).to.not.equal(first);
    await context.close();
  });

  it('tell a feed reader in every page where the feeds are', async () => {
    const { page, context } = await open('/topics/libya');
    const feeds = (await page.evaluate(
      '[...document.querySelectorAll("link[rel=alternate]")].map(link => link.href)',
    )) as string[];
    expect(feeds.length).to.equal(3);
    for (const feed of feeds) expect((await fetch(feed)).status).to.equal(200);
    await context.close();
  });
});
