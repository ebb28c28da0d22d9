import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { Parser } from 'htmlparser2';
import { type Browser, chromium, type Page } from 'playwright-core';
import { frameHosts } from '../../../src/core/normalize/html-policy.ts';
import { sanitizeHtml } from '../../../src/core/normalize/sanitize-html.ts';
import { type Attack, attacks } from './attack-payloads.ts';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = existsSync(chromiumPath);
const baseUrl = 'http://slot.example/post';
const rows = attacks();
const safe = (html: string) => sanitizeHtml(html, { baseUrl });

describe(`sanitizeHtml against ${rows.length} attacks`, () => {
  it('writes nothing that its policy does not name', () => {
    const violations = rows.flatMap(({ name, html }) => violationsOf(safe(html)).map(what => `${name}: ${what}`));
    expect(violations).to.deep.equal([]);
  });

  it('is idempotent and bounded on every row', () => {
    const all = [...rows, { name: 'all rows', html: rows.map(row => row.html).join('\n') }];
    expect(all.filter(({ html }) => safe(safe(html)) !== safe(html)).map(row => row.name)).to.deep.equal([]);
    expect(all.filter(({ html }) => safe(html).length > 2 * html.length + 1024).map(row => row.name)).to.deep.equal([]);
  });

  describe('in a browser', () => {
    before(function () {
      if (hasChromium) return;
      if (process.env.REQUIRE_SERVICES === '1') throw new Error(`no Chromium at ${chromiumPath} (CHROMIUM_PATH)`);
      console.log(`      no Chromium at ${chromiumPath} (CHROMIUM_PATH): attacks are checked by their markup only`);
      this.skip();
    });

    it('runs no script, goes nowhere, opens nothing, calls nobody', async function () {
      this.timeout(180_000);
      const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
      try {
        // The harness itself: unsanitized, many of the rows must be seen to do their harm.
        const raw = await harm(
          browser,
          rows.filter((_, index) => index % 8 === 0),
        );
        expect(raw.scripts, 'attacks seen when nothing is sanitized').to.be.greaterThan(15);

        const sanitized = rows.map(({ name, html }) => ({ name, html: safe(html) }));
        const together = { name: 'all rows on one page', html: sanitized.map(row => row.html).join('\n') };
        const bases = [...sanitized, together];
        expect(await harm(browser, bases)).to.deep.equal({
          scripts: 0,
          navigations: 0,
          popups: 0,
          dialogs: 0,
          calls: [],
        });
      } finally {
        await browser.close();
      }
    });
  });
});

type Harm = { scripts: number; navigations: number; popups: number; dialogs: number; calls: string[] };

/** Shows every row in a page of its own, plays with it as a reader might, and counts what it does. Loads nothing from outside. */
async function harm(browser: Browser, given: readonly Attack[]): Promise<Harm> {
  const counts: Harm = { scripts: 0, navigations: 0, popups: 0, dialogs: 0, calls: [] };
  // Many rows a page keep the test short; each is in an element of its own, and one alone would tell as much.
  const pages = chunked(given, 40);
  const context = await browser.newContext();
  await context.exposeFunction('ran', () => {
    counts.scripts++;
  });
  let body = '';
  await context.route('**/*', route => {
    const url = route.request().url();
    if (url === 'http://slot.example/post') return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
    const { hostname, protocol } = new URL(url);
    const isOwn = hostname === 'slot.example' || frameHosts.has(hostname) || protocol === 'data:';
    if (route.request().isNavigationRequest() && route.request().frame().parentFrame() === null) counts.navigations++;
    else if (!isOwn && (/p\.gif$/.test(url) || !/^(?:image|media)$/.test(route.request().resourceType())))
      counts.calls.push(url);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('dialog', dialog => {
    counts.dialogs++;
    void dialog.dismiss();
  });
  context.on('page', popup => {
    if (popup !== page) counts.popups++;
    void popup.close();
  });
  for (const rowsOfPage of pages) {
    body = `<!doctype html><title>t</title>${rowsOfPage.map(row => `<div class=slot>${row.html}</div>`).join('\n')}`;
    await show(page);
  }
  await context.close();
  return counts;
}

async function show(page: Page): Promise<void> {
  await page.goto('http://slot.example/post', { waitUntil: 'domcontentloaded' }).catch(() => undefined);
  await page.evaluate(touchEverything).catch(() => undefined);
  await page.waitForTimeout(60);
}

/** Run in the page, where the DOM is: every element is touched; links that show where they go are not followed. */
const touchEverything = `
  for (const element of document.querySelectorAll('*')) {
    for (const type of ['mouseover', 'mouseenter', 'pointerover', 'focus', 'toggle', 'animationstart']) {
      element.dispatchEvent(new Event(type, { bubbles: true }));
    }
    const link = element.closest('[href]')?.getAttribute('href') ?? '';
    if (!/^(?:https?:|mailto:|tel:)/.test(link) && element.click) element.click();
  }`;

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

const allowedTags = new Set(
  (
    'address article aside footer header h1 h2 h3 h4 h5 h6 hgroup main nav section blockquote dd div dl dt figcaption figure hr li menu ol p ' +
    'pre ul details summary center abbr acronym b bdi bdo big br cite code del dfn em i ins kbd mark q rb rp rt rtc ruby s samp small span ' +
    'strike strong sub sup time tt u var wbr caption col colgroup table tbody td tfoot th thead tr a img picture audio video source track iframe'
  ).split(' '),
);
const allowedAttributes = new Set(
  (
    'href rel hreflang src srcset sizes alt width height title lang dir cite datetime start reversed type value colspan rowspan align scope span ' +
    'open media poster controls preload kind srclang label default sandbox loading allowfullscreen'
  ).split(' '),
);

/** What the output holds that it must not, read by a parser that knows nothing of the sanitizer. */
function violationsOf(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!allowedTags.has(name)) found.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!allowedAttributes.has(attribute)) found.push(`${name}[${attribute}]`);
        if (
          ['href', 'src', 'poster', 'cite'].includes(attribute) &&
          !/^(?:https?:\/\/|mailto:|tel:|data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,)/i.test(value)
        ) {
          found.push(`${name}[${attribute}=${value.slice(0, 60)}]`);
        }
      }
      if (name === 'a' && attributes.rel !== 'noopener noreferrer') found.push('a link that is not isolated');
      if (name === 'iframe') {
        const url = URL.parse(attributes.src ?? '');
        if (url?.protocol !== 'https:' || !frameHosts.has(url.host) || attributes.sandbox === undefined)
          found.push(`frame ${attributes.src}`);
      }
      if (name === 'img' && /p\.gif/.test(attributes.src ?? '')) found.push('tracking pixel');
    },
    oncomment: () => found.push('comment'),
    onprocessinginstruction: () => found.push('processing instruction'),
  });
  parser.end(html);
  return found;
}
