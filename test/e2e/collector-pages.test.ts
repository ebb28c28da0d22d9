import { expect } from 'chai';
import { explainFailure } from '../../src/pipeline/explain-failure.ts';
import type { SourceState } from '../../src/pipeline/ports.ts';
import { collectNow, type RunningService, startService } from '../support/running-service.ts';
import { rss, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const [minute, day] = [60_000, 86_400_000];
const page =
  '<!doctype html><html><head><title>A site</title></head><body><p>Words, and no feed named.</p></body></html>';
const feed = rss('The feed beside it', [{ guid: 'one' }, { guid: 'two' }]);

type Answer = { readonly status?: number; readonly body?: string };
type Tested = {
  ok: boolean;
  problem: string;
  steps: { name: string; ok: boolean; detail: string }[];
  feedsOnPage: { url: string; title: string | null; type: string | null }[];
};

describe('an address that turns out to be a page, through the whole service', function () {
  this.timeout(60_000);
  let world: ScriptedServer;
  let service: RunningService;
  let at = Date.UTC(2026, 4, 1, 12);
  let inFlight = 0;
  let inFlightMost = 0;
  /** By host and path; what is not listed is 404. */
  const answers = new Map<string, Answer>();
  const asked = (host: string) =>
    world.asked.map(({ path }) => path).filter(path => path.startsWith(`http://${host}/`));
  const stateOf = async (id: string) => (await service.app.store.sources.get(id)) as SourceState;
  const feedsOf = (state: SourceState) => (state.memory as { feedsOnPage: readonly { url: string }[] }).feedsOnPage;

  before(async () => {
    world = await startScriptedServer((request, response) => {
      inFlightMost = Math.max(inFlightMost, ++inFlight);
      const { status = 200, body = '' } = answers.get(request.url ?? '') ?? { status: 404 };
      setTimeout(() => {
        inFlight--;
        response.writeHead(status, {
          'content-type': body.startsWith('<?xml') ? 'text/xml; charset=utf-8' : 'text/html',
        });
        response.end(body);
      }, 5);
    });
    const ids = ['was-feed', 'never-feed'];
    const lines = ids.map(
      id => `  - { id: ${id}, url: "http://${id}.example/blog/start", http: { proxy: "${world.origin}" } }\n`,
    );
    service = await startService(
      {
        newsfold: `samples: false\nroles: [web]\ncollect: { allow: ["${world.address}"] }\n`,
        sources: `sources:\n${lines.join('')}`,
      },
      { now: () => at, resolve: async () => ['93.184.215.14'] },
    );
  });
  after(async () => {
    await service.stop();
    await world.close();
  });

  async function test(host: string, more: object = {}): Promise<Tested> {
    inFlightMost = 0;
    const answer = await fetch(`${service.url}/api/v1/sources/test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `http://${host}/blog/start`, http: { proxy: world.origin }, ...more }),
    });
    expect(answer.status).to.equal(200);
    return (await answer.json()) as Tested;
  }

  it('a test asks robots.txt and then the usual addresses, one at a time, up to the first that is a feed', async () => {
    answers.set('http://finds.example/blog/start', { body: page });
    answers.set('http://finds.example/blog/feed/', { body: page });
    answers.set('http://finds.example/rss.xml', { body: feed });
    const tested = await test('finds.example');
    expect(tested.ok).to.equal(false);
    expect(tested.feedsOnPage).to.deep.equal([
      { url: 'http://finds.example/rss.xml', title: 'The feed beside it', type: 'text/xml' },
    ]);
    expect(tested.problem)
      .to.include('a page, not a feed')
      .and.to.include('Its site has this feed: http://finds.example/rss.xml');
    expect(tested.steps.at(-2)).to.deep.include({ name: 'search', ok: true });
    expect(asked('finds.example')).to.deep.equal([
      'http://finds.example/blog/start',
      'http://finds.example/robots.txt',
      'http://finds.example/blog/feed/',
      'http://finds.example/feed/',
      'http://finds.example/blog/rss.xml',
      'http://finds.example/rss.xml',
    ]);
    expect(inFlightMost).to.equal(1);
  });

  it('a page that names its feed is believed: nothing else is asked', async () => {
    answers.set('http://named.example/blog/start', {
      body: page.replace('<title>', '<link rel="alternate" type="application/rss+xml" href="/news.rss"><title>'),
    });
    expect((await test('named.example')).feedsOnPage.map(({ url }) => url)).to.deep.equal([
      'http://named.example/news.rss',
    ]);
    expect(asked('named.example')).to.have.length(1);
  });

  it('a site that answers every address with a page is asked ten times at most, and offers nothing', async () => {
    const soft = (request: { url?: string | undefined }) =>
      request.url?.startsWith('http://soft.example/') && !request.url.endsWith('robots.txt');
    const usual = world.answer;
    world.answer = (request, response) =>
      soft(request)
        ? void response.writeHead(200, { 'content-type': 'text/html' }).end(page)
        : usual(request, response);
    const tested = await test('soft.example');
    world.answer = usual;
    expect(tested.feedsOnPage).to.deep.equal([]);
    expect(tested.problem).to.include('scrape: {}');
    expect(tested.steps.at(-2)).to.deep.include({ name: 'search', ok: false });
    expect(asked('soft.example').filter(path => !/start$|robots/.test(path))).to.have.length(10);
  });

  const refusals: readonly {
    readonly words: string;
    readonly host: string;
    readonly answer: Answer;
    readonly on: string;
    readonly most: number;
  }[] = [
    {
      words: 'what robots.txt forbids is not tried',
      host: 'forbids.example',
      on: 'robots.txt',
      answer: { body: 'User-agent: *\nDisallow: /blog/\nDisallow: /feed' },
      most: 4,
    },
    {
      words: 'nothing is tried where robots.txt cannot be read',
      host: 'unread.example',
      on: 'robots.txt',
      answer: { status: 500 },
      most: 0,
    },
    {
      words: 'a host that has trouble is left alone',
      host: 'trouble.example',
      on: 'blog/feed/',
      answer: { status: 503 },
      most: 1,
    },
    {
      words: 'a host that has had enough is left alone',
      host: 'enough.example',
      on: 'blog/feed/',
      answer: { status: 429 },
      most: 1,
    },
  ];
  for (const { words, host, answer, on, most } of refusals) {
    it(words, async () => {
      answers.set(`http://${host}/blog/start`, { body: page });
      answers.set(`http://${host}/${on}`, answer);
      expect((await test(host)).feedsOnPage).to.deep.equal([]);
      const tried = asked(host).filter(path => !/start$|robots/.test(path));
      expect(tried.length).to.be.at.most(most);
      if (host === 'forbids.example') expect(tried.every(path => !/\/blog\/|\/feed/.test(path))).to.equal(true);
    });
  }

  it('a page that is scraped on purpose is not searched', async () => {
    answers.set('http://scraped.example/blog/start', { body: page });
    await test('scraped.example', { scrape: {} });
    expect(asked('scraped.example').some(path => path.includes('feed'))).to.equal(false);
  });

  it('a source whose address became a page: searched at the second sight of it, offered, not asked again for a month', async () => {
    const host = 'was-feed.example';
    answers.set(`http://${host}/blog/start`, { body: feed });
    expect((await collectNow(service, 'was-feed')).itemsNew).to.equal(2);
    answers.set(`http://${host}/blog/start`, { body: page });
    answers.set(`http://${host}/atom.xml`, { body: rss('The feed beside it', [{ guid: 'three' }]) });
    at += 30 * minute;
    expect((await collectNow(service, 'was-feed')).outcome).to.equal('unreadable');
    expect(asked(host), 'a page for the first time may be an hour of maintenance').to.have.length(2);

    at += 30 * minute;
    await collectNow(service, 'was-feed');
    const found = await stateOf('was-feed');
    expect(feedsOf(found).map(({ url }) => url)).to.deep.equal([`http://${host}/atom.xml`]);
    expect([found.health, found.itemCount]).to.deep.equal(['failing', 2]);
    expect(found.problem).to.include(`Its site has this feed: http://${host}/atom.xml`);
    const shown = (await (await fetch(`${service.url}/api/v1/sources/was-feed`)).json()) as {
      state: { feedsOnPage: unknown };
    };
    expect(shown.state.feedsOnPage).to.deep.equal([
      { url: `http://${host}/atom.xml`, title: 'The feed beside it', type: 'text/xml' },
    ]);

    const before = asked(host).length;
    for (let n = 0; n < 5; n++) {
      at += day;
      await collectNow(service, 'was-feed');
    }
    expect(asked(host).length - before, 'only the address itself').to.equal(5);
    expect(feedsOf(await stateOf('was-feed'))).to.have.length(1);
    at += 31 * day;
    await collectNow(service, 'was-feed');
    expect(asked(host).length - before).to.be.greaterThan(7);
  });

  it('the offered feed is taken with one click on the page of the source, and its items join the old ones', async () => {
    const shown = await (await fetch(`${service.url}/admin/sources/was-feed`)).text();
    expect(shown).to.include('http://was-feed.example/atom.xml').and.to.include('/admin/sources/was-feed/address');
    const value = (name: string) =>
      new RegExp(`sources/was-feed/address".*?name="${name}" value="([^"]*)"`).exec(shown)?.[1] ?? '';
    const post = (url: string) =>
      fetch(`${service.url}/admin/sources/was-feed/address`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ csrf: value('csrf'), tag: value('tag'), url }).toString(),
      });
    expect((await post('http://elsewhere.example/feed')).status, 'what was not offered').to.equal(404);
    expect((await post('http://was-feed.example/atom.xml')).status).to.equal(303);
    const state = await stateOf('was-feed');
    expect([state.url, state.health, state.itemCount]).to.deep.equal(['http://was-feed.example/atom.xml', 'ok', 3]);
    expect(feedsOf(state)).to.deep.equal([]);
  });

  it('a new source that never was a feed is searched at once', async () => {
    answers.set('http://never-feed.example/blog/start', { body: page });
    answers.set('http://never-feed.example/feed/', { body: feed });
    await collectNow(service, 'never-feed');
    expect((await stateOf('never-feed')).problem).to.include('http://never-feed.example/feed/');
  });

  it('no secret goes along with what is guessed, other than to whom it belongs', async () => {
    answers.set('http://secret.example/blog/start', { status: 302 });
    const usual = world.answer;
    world.answer = (request, response) =>
      request.url === 'http://secret.example/blog/start'
        ? void response.writeHead(302, { location: 'http://other.example/blog/start' }).end()
        : usual(request, response);
    answers.set('http://other.example/blog/start', { body: page });
    const tested = await test('secret.example', {
      http: { proxy: world.origin, auth: { user: 'me', password: 'canary' } },
    });
    world.answer = usual;
    expect(tested.steps.slice(-2).map(({ name }) => name)).to.deep.equal(['search', 'next']);
    const carried = world.asked.filter(({ headers }) => headers.authorization !== undefined);
    expect(carried.map(({ path }) => path)).to.deep.equal(['http://secret.example/blog/start']);
  });

  it('the problem says the same for one feed and for several, and what to do when there is none', () => {
    const words = (urls: readonly string[]) =>
      explainFailure({
        class: 'not-a-feed',
        status: null,
        message: 'x',
        feedsOnPage: urls.map(url => ({ url, title: null, type: null })),
      });
    expect(words(['http://a/1'])).to.match(/Its site has this feed: http:\/\/a\/1$/);
    expect(words(['http://a/1', 'http://a/2'])).to.match(/Its site has these feeds: http:\/\/a\/1 , http:\/\/a\/2$/);
    expect(words([])).to.match(/scrape: \{\}/);
  });
});
