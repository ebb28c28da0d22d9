import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { eventually, type RunningService, samplesFolded, startService } from '../support/running-service.ts';
import { rssFeed, type SmallSite, startSmallSite } from '../support/small-site.ts';

const topics = `topics:
  - id: libya
    title: Libya
    any: [Libya, Haftar]
  - id: second
    title: Second
    any: [harbour]
`;

const shelf = `<html><body><nav><a href="/about">About us</a> <a href="/contact">Contact us</a></nav>
<div class="board">${[1, 2, 3, 4, 5].map(n => `<div class="entry"><h3><a href="/post/${n}">The harbour council decided question number ${n}</a></h3><p class="lead">A summary of what was decided about question ${n} in the council.</p><time datetime="2026-01-0${n}">0${n}/01</time></div>`).join('')}</div></body></html>`;

describe('the desk in a browser', function () {
  this.timeout(120_000);
  let service: RunningService;
  let site: SmallSite;
  let browser: Browser;
  let watched: WatchedPage;

  before(async function () {
    browser = await openBrowser(this);
    site = await startSmallSite();
    site.pages.set('/feed.xml', {
      type: 'application/rss+xml',
      body: rssFeed('The Small Gazette', [{ title: 'A ship came in', url: 'http://site.example/1' }]),
    });
    site.pages.set('/with-feed', {
      type: 'text/html',
      body: '<html><head><link rel="alternate" type="application/rss+xml" title="Gazette feed" href="/feed.xml"></head><body>Welcome</body></html>',
    });
    site.pages.set('/shelf', { type: 'text/html', body: shelf });
    site.pages.set('/broken.xml', { type: 'text/plain', body: 'no', status: 500 });
    service = await startService({
      newsfold: `samples: true\ncollect: { allow: ["${site.address}"] }\n`,
      sources: `sources:\n  - id: broken # keep me\n    url: ${site.origin}/broken.xml\n`,
      topics,
    });
    await samplesFolded(service);
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
    await site?.stop();
  });
  beforeEach(async () => {
    watched = await openPage(browser);
  });
  afterEach(async () => {
    await watched.context.close();
    expect(watched.complaints).to.deep.equal([]);
  });
  const open = async (path: string) => {
    await watched.page.goto(service.url.replace('127.0.0.1', 'localhost') + path);
    return watched.page;
  };
  /** Waits until the page says it: a click may answer before the next page is there. */
  const shows = async (...texts: readonly string[]) => {
    for (const hasText of texts) await watched.page.locator('main').filter({ hasText }).waitFor();
  };

  it('adds a feed in three clicks: address, preview, save', async () => {
    const page = await open('/admin/');
    await page.getByLabel('Address').fill(`${site.origin}/feed.xml`);
    await page.getByRole('button', { name: 'Look' }).click();
    await shows('This is a feed', 'A ship came in');
    await page.getByRole('button', { name: 'Add it' }).click();
    await shows('It is added');
    const id = page.url().match(/sources\/([\w-]+)/)?.[1] ?? '';
    await eventually(async () => (await service.app.store.sources.get(id))?.itemCount === 1);
    expect(await readFile(join(service.dir, 'sources.yaml'), 'utf8')).to.include('# keep me');
  });

  it('finds the feed of a page, and notices one that is there already', async () => {
    const page = await open('/admin/sources/add');
    await page.getByLabel('Address').fill(`${site.origin}/with-feed`);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('button', { name: /Take this one/ }).click();
    await shows('collected already');
  });

  it('guesses the items of a page without a feed, and takes corrected selectors', async () => {
    const page = await open('/admin/sources/add');
    await page.getByLabel('Address').fill(`${site.origin}/shelf`);
    await page.getByRole('button', { name: 'Look' }).click();
    // The site has a feed at one of the usual addresses; this person wants the page all the same.
    await page.getByRole('button', { name: 'Find items on the page itself' }).click();
    await shows('question number 3');
    await page.getByLabel('Items').first().fill('.nothing-like-this');
    await page.getByRole('button', { name: 'Look again' }).first().click();
    await page.locator('main').filter({ hasNotText: 'question number 3' }).waitFor();
    await page.getByLabel('Items').first().fill('.board .entry');
    await page.locator('[name="scrape-title"]').first().fill('h3 a');
    await page.locator('[name="scrape-link"]').first().fill('h3 a@href');
    await page.locator('[name="scrape-summary"]').first().fill('p.lead');
    await page.getByRole('button', { name: 'Look again' }).first().click();
    await shows('question number 3');
    await page.getByRole('button', { name: 'Add it' }).first().click();
    await shows('It is added');
    expect(await readFile(join(service.dir, 'sources.yaml'), 'utf8')).to.include('.board .entry');
    const id = page.url().match(/sources\/([\w-]+)/)?.[1] ?? '';
    await eventually(async () => (await service.app.store.sources.get(id))?.itemCount === 5);
  });

  it('edits lists and what is taken off, without script: add, change, remove', async () => {
    const plain = await openPage(browser, { javaScriptEnabled: false });
    const { page } = plain;
    const base = service.url.replace('127.0.0.1', 'localhost');
    await service.app.context.editor.edit('sources', null, entries =>
      entries.add({
        id: 'lists',
        url: `${site.origin}/lists`,
        paused: true,
        scrape: { strip: { title: ' \\| Blog$' }, lists: [{ items: '.one' }, { items: '.two', strip: { link: 'x' } }] },
      }),
    );
    await service.app.context.config.refresh();
    const save = async (change: () => Promise<void>) => {
      await page.goto(`${base}/admin/sources/lists`);
      for (const summary of await page.locator('summary').all())
        if (await summary.evaluate(element => !element.parentElement?.hasAttribute('open')))
          await summary.click({ force: true });
      await change();
      await page.locator('form[action="/admin/sources/lists"] button.primary').click();
      await page.locator('.notice.good').waitFor();
      return (await service.app.context.editor.entries('sources')).find(({ id }) => id === 'lists')?.scrape;
    };
    expect(await save(async () => undefined)).to.deep.equal({
      strip: { title: ' \\| Blog$' },
      lists: [{ items: '.one' }, { items: '.two', strip: { link: 'x' } }],
    });
    expect(
      await save(async () => {
        await page.locator('[name="list-0-remove"]').check();
        await page.locator('[name="list-1-title"]').fill('h4');
        await page.locator('[name="list-2-items"]').fill('.three');
        await page.locator('[name="scrape-strip-title"]').fill('');
        await page.locator('[name="scrape-strip-author"]').fill('^by ');
      }),
    ).to.deep.equal({
      strip: { author: '^by ' },
      lists: [{ items: '.two', title: 'h4', strip: { link: 'x' } }, { items: '.three' }],
    });
    await plain.context.close();
  });

  it('explains a failing source, in the list and on its page', async () => {
    const page = await open('/admin/sources?state=failing');
    await shows('500');
    await page.getByRole('link', { name: 'broken', exact: true }).click();
    await shows('What is wrong, and what to do', '500');
    await page.getByRole('button', { name: 'Test' }).click();
    await shows('What happened');
    await page.getByRole('button', { name: 'Pause' }).click();
    await shows('It is paused');
    expect(service.app.context.sources().get('broken')?.paused).to.equal(true);
  });

  it('filters the list while one types', async () => {
    const page = await open('/admin/sources');
    const rows = await page.locator('#list .row').count();
    await page.getByRole('searchbox').pressSequentially('harbour post');
    await eventually(async () => (await page.locator('#list .row').count()) === 1);
    expect(rows).to.be.greaterThan(5);
    expect(page.url()).to.include('q=harbour');
  });

  it('previews a topic while one writes, with the reason', async () => {
    const page = await open('/admin/topics/add');
    await page.locator('#f-id').fill('crete');
    await page.locator('#f-title').fill('Crete');
    await page.locator('#f-any').fill('earthquake');
    await page.locator('#preview .matches li').first().waitFor();
    expect(await page.locator('#preview').textContent()).to.match(/found as/);
    await page.getByRole('button', { name: 'Save' }).click();
    await shows('Saved');
    expect((await fetch(`${service.url}/feeds/crete.json`)).status).to.equal(200);
  });

  it('orders topics by buttons and by dragging', async () => {
    const order = async () => (await service.app.context.editor.read('topics')).text.match(/(?<=id: )[\w-]+/g);
    const page = await open('/admin/topics');
    await page.getByRole('button', { name: 'Move “Second” up' }).click();
    await page.getByText('The order is saved').waitFor();
    expect((await order())?.slice(0, 2)).to.deep.equal(['second', 'libya']);
    await page
      .locator('[data-id="libya"]')
      .dragTo(page.locator('[data-id="second"]'), { targetPosition: { x: 20, y: 3 } });
    await eventually(async () => (await order())?.[0] === 'libya');
  });

  it('takes a version out of a story and puts it back', async () => {
    const story = await eventually(async () =>
      (await service.app.store.stories.page({ topic: 'libya', limit: 5 })).find(({ versions }) => versions.length >= 3),
    );
    const page = await open(`/admin/stories/${story.id}`);
    // As the page lists them: the stories are settled once more after the last item, which may change the order.
    const [staying, leaving] = [
      (await page.getByRole('checkbox').first().getAttribute('value')) ?? '',
      (await page.getByRole('checkbox').last().getAttribute('value')) ?? '',
    ];
    await page.getByRole('checkbox').last().check();
    await page.getByRole('button', { name: 'Take the ticked ones out' }).click();
    await shows('They are taken out');
    const together = async () => {
      const ids = (await service.app.store.stories.get(story.id))?.versions.map(({ item }) => item.id) ?? [];
      return ids.includes(leaving) && ids.includes(staying);
    };
    await eventually(async () => !(await together()));
    await open('/admin/stories/corrections');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await shows('It is undone');
    await eventually(async () => (await service.app.store.corrections.list()).length === 0);
    await eventually(together, 10);
    await open('/admin/audit');
    await shows('split', 'undo');
  });

  it('merges chosen stories, and keeps two apart', async () => {
    const page = await open('/admin/stories');
    await page.getByRole('button', { name: 'Merge the chosen ones' }).click();
    await shows('Choose at least two');
    const boxes = page.getByRole('checkbox');
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole('button', { name: 'Never merge these two' }).click();
    await shows('They will stay apart', 'kept apart');
  });

  it('gives back in OPML what it was given, and adds nothing the second time', async () => {
    const page = await open('/admin/import');
    const opml = `<opml version="2.0"><body><outline text="Round" xmlUrl="${site.origin}/round.xml"/><outline text="bad" xmlUrl="javascript:alert(1)"/></body></opml>`;
    const file = { name: 'list.opml', mimeType: 'text/x-opml', buffer: Buffer.from(opml) };
    for (const expected of ['1 added, 0 already there, 1 refused', '0 added, 1 already there, 1 refused']) {
      await page.getByLabel('OPML file').setInputFiles(file);
      await page.getByRole('button', { name: 'Import' }).click();
      await page.getByText(expected).waitFor();
    }
    const exported = await (await fetch(`${service.url}/admin/export.opml`)).text();
    expect(exported).to.include(`${site.origin}/round.xml`);
  });

  it('shows a conflict and loses neither version', async () => {
    const page = await open('/admin/sources/broken');
    await page.getByText('Edit', { exact: true }).click();
    const path = join(service.dir, 'sources.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('id: broken', 'id: broken\n    title: By hand'));
    await page.locator('#f-title').fill('By page');
    await page.getByRole('button', { name: 'Save' }).click();
    await shows('It was changed meanwhile', 'By hand');
    expect(await page.locator('#f-title').inputValue()).to.equal('By page');
    await page.getByRole('button', { name: 'Save' }).click();
    await shows('it is in force');
    expect(await readFile(path, 'utf8'))
      .to.include('By page')
      .and.include('# keep me');
  });

  it('edits a file as text, says what is wrong with it, and goes back', async () => {
    const page = await open('/admin/config?file=topics');
    const editor = page.locator('#f-text');
    const before = await editor.inputValue();
    await editor.fill(`${before}  - id: Bad Id\n    title: x\n`);
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/topics\.yaml:\d+/)
      .first()
      .waitFor();
    expect(await editor.inputValue()).to.include('Bad Id');
    await editor.fill(before.replace('title: Second', 'title: Renamed'));
    await page.getByRole('button', { name: 'Save' }).click();
    await shows('it is in force');
    await page.locator('main .plain a').first().click();
    await page.getByRole('button', { name: 'Go back to this text' }).click();
    await shows('back in force');
    expect((await service.app.context.editor.read('topics')).text).to.include('title: Second');
  });

  it('keeps the overview up to date by events, without a reload', async () => {
    const page = await open('/admin/');
    const before = await page.locator('#live .figures dd').first().textContent();
    site.pages.set('/live.xml', {
      type: 'application/rss+xml',
      body: rssFeed(
        'Live',
        [1, 2, 3].map(n => ({ title: `Live item number ${n}`, url: `http://live.example/${n}` })),
      ),
    });
    await service.app.context.editor.edit('sources', null, entries =>
      entries.add({ id: 'live', url: `${site.origin}/live.xml` }),
    );
    await service.app.context.config.refresh();
    // Within less than the look by the clock takes.
    await eventually(async () => (await page.locator('#live .figures dd').first().textContent()) !== before, 20);
  });

  it('works by keyboard alone', async () => {
    const page = await open('/admin/sources/add');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.className')).to.equal('skip');
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement?.id')) === 'add-url') break;
    }
    await page.keyboard.type(`${site.origin}/feed.xml`);
    await page.keyboard.press('Enter');
    await page.getByText('collected already').waitFor();
  });

  it('works without script', async () => {
    const plain = await openPage(browser, { javaScriptEnabled: false });
    const base = service.url.replace('127.0.0.1', 'localhost');
    await plain.page.goto(`${base}/admin/sources?q=harbour`);
    expect(await plain.page.locator('#list .row').count()).to.be.greaterThan(0);
    await plain.page.goto(`${base}/admin/topics/add`);
    await plain.page.locator('#f-any').fill('earthquake');
    await plain.page.locator('#f-id').fill('quake');
    await plain.page.locator('#f-title').fill('Quake');
    await plain.page.getByRole('button', { name: 'Preview' }).click();
    expect(await plain.page.locator('#preview').textContent()).to.match(/found as/);
    await plain.context.close();
  });

  it('has no serious finding of axe on any page, in both themes and on a phone', async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const story = (await service.app.store.stories.page({ topic: 'all', limit: 1 }))[0]?.id;
    const paths = [
      '/',
      '/sources',
      '/sources/broken',
      '/sources/sample-harbour-post',
      '/sources/add',
      '/import',
      '/packs',
      '/topics',
      '/topics/libya',
      '/topics/add',
      '/stories',
      `/stories/${story}`,
      '/stories/corrections',
      '/config',
      '/audit',
      '/access',
      '/login',
    ];
    for (const look of [
      { colorScheme: 'light', viewport: { width: 1200, height: 900 } },
      { colorScheme: 'dark', viewport: { width: 390, height: 800 } },
    ] as const) {
      const { page, context } = await openPage(browser, { ...look, bypassCSP: true });
      for (const path of paths) {
        await page.goto(`${service.url.replace('127.0.0.1', 'localhost')}/admin${path}`);
        await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} fits`).to.be.at.most(
          look.viewport.width,
        );
        await page.evaluate(axe);
        const findings = (await page.evaluate(
          'axe.run().then(r => r.violations.map(v => ({ id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + n.failureSummary) })))',
        )) as { id: string; impact: string }[];
        const serious = findings.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(serious, `${path} ${JSON.stringify(serious, null, 1)}`).to.deep.equal([]);
      }
      await context.close();
    }
  });
});

describe('a first run in a browser', function () {
  this.timeout(120_000);
  let service: RunningService;
  let browser: Browser;
  before(async function () {
    browser = await openBrowser(this);
    service = await startService();
  });
  after(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('shows how to set a password, sets it, and asks for it from then on', async () => {
    const { page, context, complaints } = await openPage(browser);
    const base = service.url.replace('127.0.0.1', 'localhost');
    await page.goto(`${base}/admin/`);
    await page.getByRole('link', { name: 'Set the password' }).click();
    expect(await page.locator('main').textContent()).to.include('newsfold admin password');
    await page.getByLabel('New password').fill('a sentence to remember');
    await page.getByLabel('The same again').fill('another sentence');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('are not the same').waitFor();
    await page.getByLabel('New password').fill('a sentence to remember');
    await page.getByLabel('The same again').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('The password is set.').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(`${base}/admin/topics`);
    await page.getByLabel('Password').fill('wrong one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The password is wrong').waitFor();
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/admin/topics');
    await page.getByRole('link', { name: 'Access' }).click();
    await page.getByLabel('What it is for').fill('script');
    await page.getByLabel('Current password').last().fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create a token' }).click();
    const secret = (await page.locator('.secret').textContent()) ?? '';
    const answer = await fetch(`${service.url}/api/v1/status`, { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.status).to.equal(200);
    expect(complaints).to.deep.equal([]);
    await context.close();
  });
});
