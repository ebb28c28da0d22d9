import { expect } from 'chai';
import { parseFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { newsroom } from '../../src/samples/newsroom.ts';
import { type RunningService, samplesFolded, startService } from '../support/running-service.ts';

type JsonEntry = {
  id: string;
  title: string;
  language?: string;
  _newsfold?: { versions?: { language?: string; url: string }[] };
};

const topics = `topics:
  - id: libya
    title: Libya
    any: [Libya, Haftar, Tripoli]
    prefer: { languages: [en, it] }
  - id: locked
    title: Locked
    any: [Libya]
    private: true
`;

describe('the sample newsroom, end to end over real HTTP', function () {
  this.timeout(90_000);
  let service: RunningService;
  before(async () => {
    service = await startService({ topics });
    await samplesFolded(service);
  });
  after(() => service.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}${path}`, { headers, redirect: 'manual' });
  const entries = async (path: string) => ((await (await get(path)).json()) as { items: JsonEntry[] }).items;

  it('collects every post of every site, feeds and pages alike', async () => {
    const posts = newsroom.flatMap(site => site.posts);
    const stored = await entries('/feeds/all.json?dedup=none&limit=200');
    const titles = new Set(stored.map(({ title }) => title));
    const missing = posts.filter(post => ![...titles].some(title => title === post.title)).map(({ title }) => title);
    expect(missing).to.deep.equal([]);
  });

  it('shows the failing source and lets nothing else suffer', async () => {
    const state = await service.app.store.sources.get('sample-broken-tribune');
    expect(state?.health).to.equal('failing');
    expect(state?.problem).to.match(/500/);
    const stored = await entries('/feeds/all.json?dedup=none&limit=200');
    expect(stored.some(({ title }) => /500|error/i.test(title))).to.equal(false);
  });

  it('is read by rss-parser as any subscriber would', async () => {
    for (const format of ['rss', 'atom']) {
      for (const topic of ['all', 'libya']) {
        const feed = await new Parser().parseString(await (await get(`/feeds/${topic}.${format}`)).text());
        expect(feed.items.length).to.be.greaterThan(0);
        for (const item of feed.items) {
          expect(item.title, `${topic}.${format}`).to.be.a('string').and.not.equal('');
          expect(item.link).to.match(/^http/);
          expect(item.isoDate).to.be.a('string');
        }
      }
    }
  });

  it('is read by a second, independent parser in all three formats', async () => {
    for (const format of ['rss', 'atom', 'json']) {
      const { feed } = parseFeed(await (await get(`/feeds/all.${format}`)).text());
      const items = 'items' in feed ? feed.items : 'entries' in feed ? feed.entries : [];
      expect(items?.length, format).to.be.greaterThan(20);
    }
  });

  it('gives one entry the same id in all three formats', async () => {
    const rss = await new Parser().parseString(await (await get('/feeds/libya.rss')).text());
    const atom = await new Parser().parseString(await (await get('/feeds/libya.atom')).text());
    const json = await entries('/feeds/libya.json');
    expect(rss.items.map(item => item.guid)).to.deep.equal(json.map(({ id }) => id));
    expect(atom.items.map(item => item.id)).to.deep.equal(json.map(({ id }) => id));
  });

  it('matches a topic written in English in every language, and tells the story once', async () => {
    const libya = await entries('/feeds/libya.json');
    const visit = libya.find(entry => (entry._newsfold?.versions?.length ?? 0) >= 3);
    expect(visit, 'the Russian visit').to.not.equal(undefined);
    expect(new Set(libya.map(({ id }) => id)).size).to.equal(libya.length);
  });

  it('shows the version the reader prefers', async () => {
    for (const language of ['it', 'fr', 'ar', 'ru']) {
      const [first] = await entries(`/feeds/libya.json?lang=${language}`);
      expect(first?.language, language).to.equal(language);
    }
  });

  it('answers 304 to either validator, in every encoding, and to HEAD with the same headers', async () => {
    for (const encoding of ['identity', 'gzip', 'br']) {
      const first = await get('/feeds/all.rss', { 'accept-encoding': encoding });
      const etag = first.headers.get('etag') ?? '';
      const modified = first.headers.get('last-modified') ?? '';
      expect(etag).to.match(/^"[0-9a-f]+/);
      expect((await get('/feeds/all.rss', { 'if-none-match': etag, 'accept-encoding': encoding })).status).to.equal(
        304,
      );
      expect(
        (await get('/feeds/all.rss', { 'if-modified-since': modified, 'accept-encoding': encoding })).status,
      ).to.equal(304);
      const head = await fetch(`${service.url}/feeds/all.rss`, {
        method: 'HEAD',
        headers: { 'accept-encoding': encoding },
      });
      expect(head.headers.get('etag')).to.equal(etag);
      expect(await head.text()).to.equal('');
    }
  });

  it('pages through everything with `before`, each story once', async () => {
    const seen: string[] = [];
    let path: string | null = '/feeds/all.json?limit=10';
    for (let page = 0; page < 30 && path !== null; page++) {
      const document = (await (await get(path)).json()) as { items: JsonEntry[]; next_url?: string };
      seen.push(...document.items.map(({ id }) => id));
      path = document.next_url ? new URL(document.next_url).pathname + new URL(document.next_url).search : null;
    }
    const all = await entries('/feeds/all.json?limit=200');
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.length).to.be.at.least(all.length);
  });

  it('keeps private topics private, unknown ones 404, and pages quiet about both', async () => {
    expect((await get('/feeds/locked.rss')).status).to.equal(401);
    expect((await get('/feeds/locked.rss?token=guessed-token-that-is-long')).status).to.equal(401);
    expect((await get('/feeds/nothing.rss')).status).to.equal(404);
    expect(await (await get('/')).text()).to.not.include('Locked');
    expect(await (await get('/topics.opml')).text())
      .to.include('libya.atom')
      .and.not.include('locked');
  });

  it('serves its pages with a strict policy, errors included', async () => {
    for (const path of ['/', '/topics/libya', '/topics/none', '/stories/none']) {
      const response = await get(path, { accept: 'text/html' });
      expect(response.headers.get('content-security-policy'), path).to.include("default-src 'none'");
      expect(response.headers.get('x-content-type-options'), path).to.equal('nosniff');
    }
  });
});
