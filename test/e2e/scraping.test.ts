import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { eventually, type RunningService, startService } from '../support/running-service.ts';

/** A small site without a feed whose pages the tests change under the service's eyes. */
describe('pages without feeds, through the whole service', function () {
  this.timeout(90_000);
  const pages = new Map<string, string>();
  const asked: string[] = [];
  let server: Server;
  let origin = '';
  let service: RunningService;

  const list = (
    posts: readonly {
      readonly path: string;
      readonly title: string;
      readonly teaser?: string;
      readonly date?: string;
    }[],
    next = '',
  ) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A site</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About us</a></li><li><a href="/contact">Contact</a></li></ul></nav>
<main><h1>Latest posts</h1>${posts
      .map(
        ({ path, title, teaser, date }) =>
          `<article class="post"><h2><a href="${path}">${title}</a></h2>${date ? `<time datetime="${date}">${date}</time>` : ''}<p>${teaser ?? 'A few words about it.'}</p></article>`,
      )
      .join(
        '',
      )}</main>${next ? `<a class="next" href="${next}">Older</a>` : ''}<footer><a href="/privacy">Privacy</a></footer></body></html>`;
  const posts = (n: number, from = 1) =>
    Array.from({ length: n }, (_, i) => ({
      path: `/posts/${from + i}`,
      title: `The town council debates question number ${from + i}`,
    }));

  before(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      asked.push(path);
      const page = pages.get(path);
      if (page === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    pages.set('/robots.txt', 'User-agent: *\nDisallow: /denied\n');
    pages.set('/', list(posts(8)));
    pages.set('/denied', list(posts(8, 300)));
    pages.set('/many', list(posts(4, 100), '/many/2'));
    pages.set('/many/2', list(posts(4, 104), '/many/3'));
    pages.set('/many/3', list(posts(4, 108)));
    pages.set(
      '/short',
      list([{ path: '/posts/full', title: 'The lighthouse keeper retires after forty years' }, ...posts(3, 200)]),
    );
    const paragraphs = Array.from(
      { length: 8 },
      (_, i) =>
        `<p>Paragraph ${i} tells how the keeper of the lighthouse, after forty years of service on the northern mole, hands over the keys to nobody, for the lamp has long been automatic.</p>`,
    );
    pages.set(
      '/posts/full',
      `<!doctype html><html lang="en"><head><title>The lighthouse keeper retires</title><link rel="alternate" hreflang="it" href="/it/posts/full"></head><body><nav><a href="/">Home</a></nav><article><h1>The lighthouse keeper retires after forty years</h1>${paragraphs.join('')}</article></body></html>`,
    );
    const allow = origin.slice(7);
    service = await startService({
      newsfold: `collect: { allow: ["${allow}"] }\n`,
      sources: `sources:
  - { id: front, url: "${origin}/", schedule: 24h, scrape: {} }
  - { id: denied, url: "${origin}/denied", schedule: 24h, scrape: {} }
  - { id: many, url: "${origin}/many", schedule: 24h, scrape: { items: "article.post", link: "h2 a@href", title: "h2 a", summary: "p", next: "a.next@href", pagesMax: 2 } }
  - { id: short, url: "${origin}/short", schedule: 24h, fullText: true, scrape: { items: "article.post", link: "h2 a@href", title: "h2 a", summary: "p" } }
`,
    });
    await eventually(async () => (await service.app.store.sources.list()).every(state => state.lastFetchAt !== null));
  });
  after(async () => {
    await service.stop();
    server.close();
    server.closeAllConnections();
  });

  const itemsOf = async (id: string) => {
    const stories = await service.app.store.stories.page({ topic: 'all', limit: 200, sourceIds: [id] });
    return stories.flatMap(({ versions }) => versions.map(({ item }) => item)).filter(item => item.sourceId === id);
  };

  it('finds the posts by itself, and neither menu nor footer', async () => {
    const items = await eventually(async () => {
      const found = await itemsOf('front');
      return found.length === 8 && found;
    });
    expect(items.every(({ title }) => title.startsWith('The town council'))).to.equal(true);
  });

  it('keeps the first-seen date of undated posts, and takes an edited teaser for an edit', async () => {
    const before = new Map((await itemsOf('front')).map(item => [item.url, item]));
    pages.set(
      '/',
      list(
        posts(9)
          .map((post, i) => (i === 0 ? { ...post, teaser: 'Other words now.' } : post))
          .reverse(),
      ),
    );
    const record = await service.app.context.operations.collectNow('front');
    expect(record).to.include({ itemsNew: 1, itemsEdited: 1 });
    const after = await eventually(async () => {
      const found = await itemsOf('front');
      return found.length === 9 && found;
    });
    for (const item of after) {
      const known = before.get(item.url);
      if (known)
        expect([item.id, item.orderAt, item.firstSeenAt]).to.deep.equal([known.id, known.orderAt, known.firstSeenAt]);
    }
  });

  it('does not take a pinned post that went and came back on top for a new one', async () => {
    const known = (await itemsOf('front')).find(({ url }) => url?.endsWith('/posts/2'));
    pages.set('/', list(posts(9).filter(({ path }) => path !== '/posts/2')));
    expect(await service.app.context.operations.collectNow('front')).to.include({ itemsNew: 0 });
    const [first, pinned, ...rest] = posts(9);
    pages.set('/', list([pinned, first, ...rest].flatMap(post => (post === undefined ? [] : [post]))));
    expect(await service.app.context.operations.collectNow('front')).to.include({ itemsNew: 0 });
    const items = await itemsOf('front');
    expect(items.length).to.equal(9);
    const again = items.find(({ url }) => url?.endsWith('/posts/2'));
    expect([again?.id, again?.orderAt, again?.firstSeenAt]).to.deep.equal([
      known?.id,
      known?.orderAt,
      known?.firstSeenAt,
    ]);
  });

  it('says that the layout changed and keeps its items', async () => {
    pages.set('/', '<!doctype html><html><body><h1>We have a new look!</h1><p>Come back soon.</p></body></html>');
    await service.app.context.operations.collectNow('front');
    const state = await service.app.store.sources.get('front');
    expect(state?.health).to.equal('layout-changed');
    expect(state?.problem).to.match(/layout/);
    expect((await itemsOf('front')).length).to.equal(9);
  });

  it('obeys robots.txt', async () => {
    const state = await service.app.store.sources.get('denied');
    expect(state?.health).to.equal('failing');
    expect(state?.problem).to.match(/robots/);
    expect(asked).to.not.include('/denied');
  });

  it('follows next pages up to the bound', async () => {
    const items = await eventually(async () => {
      const found = await itemsOf('many');
      return found.length >= 8 && found;
    });
    expect(items.length).to.equal(8);
    expect(asked).to.include('/many/2').and.not.include('/many/3');
  });

  it('reads the article of each post once, where the source asks for full texts', async () => {
    const item = await eventually(async () => {
      const found = (await itemsOf('short')).find(({ url }) => url?.endsWith('/posts/full'));
      return found && found.text.length > 500 && found;
    }, 40);
    expect(item.contentHtml).to.include('Paragraph 7');
    expect(item.contentHtml).to.not.include('Home');
    expect(item.extra.alternates?.[0]?.language).to.equal('it');
    await service.app.context.operations.collectNow('short');
    expect(asked.filter(path => path === '/posts/full').length).to.equal(1);
  });

  it('shows its guess with the selectors that pin it', async () => {
    pages.set('/guess', list(posts(6, 400)));
    const [best] = await service.app.context.operations.suggestScrape(`${origin}/guess`);
    expect(best?.items.length).to.equal(6);
    expect(best?.rules).to.have.property('items');
  });
});
