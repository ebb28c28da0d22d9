import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { parseFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { escapeAttribute } from '../../src/core/render/xml-text.ts';
import { checkAtom, checkJsonFeed, checkRss } from '../support/feed-rules.ts';
import { type Press, startPress } from '../support/press.ts';
import { eventually, type RunningService, samplesFolded, startService } from '../support/running-service.ts';

const formats = ['rss', 'atom', 'json'] as const;
const rules = { rss: checkRss, atom: checkAtom, json: checkJsonFeed };
const pagesMax = 80;

/** Every page of a feed, as text, following the address that the page before gave. */
async function pagesOf(service: RunningService, path: string): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < pagesMax; ) {
    const response = await fetch(`${service.url}${next}`);
    expect(response.status, next).to.equal(200);
    const text = await response.text();
    pages.push(text);
    next = nextPage(text);
  }
  expect(pages.length, path).to.be.lessThan(pagesMax);
  return pages;
}

function nextPage(text: string): string | undefined {
  const address = text.startsWith('{')
    ? (JSON.parse(text) as { next_url?: string }).next_url
    : /<(?:atom:)?link rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  if (address === undefined) return undefined;
  const url = new URL(address);
  return `${url.pathname}${url.search}`;
}

type Identified = { readonly id?: unknown; readonly guid?: unknown };

async function readByOthers(format: (typeof formats)[number], text: string): Promise<readonly unknown[]> {
  if (format !== 'json') {
    const feed = await new Parser().parseString(text);
    for (const item of feed.items) expect(item.isoDate, item.title).to.be.a('string');
  }
  const { feed } = parseFeed(text);
  const items = ('items' in feed ? feed.items : 'entries' in feed ? feed.entries : []) as readonly Identified[];
  return items.map(({ guid, id }) => id ?? (guid as { value?: string } | undefined)?.value ?? guid);
}

/** The ids of all pages in one format, each held against the rules of its format. */
async function idsOf(
  service: RunningService,
  topic: string,
  query: string,
  format: (typeof formats)[number],
): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const page of await pagesOf(service, `/feeds/${topic}.${format}?${query}`)) {
    expect(rules[format](page).slice(0, 10), `${format} ${query}`).to.deep.equal([]);
    found.push(...(await readByOthers(format, page)));
  }
  return found;
}

/** What must hold of every document that this service publishes of a topic. */
function holdsFor(service: () => RunningService, topic: string, queries: readonly string[]): void {
  for (const query of queries) {
    it(`${topic}?${query}: no violation, read by two other parsers, the same ids in every format`, async () => {
      await eventually(async () => {
        const json = await idsOf(service(), topic, query, 'json');
        const others = [await idsOf(service(), topic, query, 'rss'), await idsOf(service(), topic, query, 'atom')];
        // Stories may still meet while they are read; then all is read once more.
        if (!isDeepStrictEqual(await idsOf(service(), topic, query, 'json'), json)) return false;
        expect(json.length).to.be.greaterThan(0);
        expect(new Set(json).size, 'an id comes twice').to.equal(json.length);
        expect(others).to.deep.equal([json, json]);
        return true;
      });
    });
  }
}

const queries = [
  'limit=50',
  'limit=200&full=0',
  'limit=200&lang=ar,zh',
  'limit=200&dedup=none',
  'limit=200&dedup=exact',
];

describe('what is published of the sample newsroom is valid', function () {
  this.timeout(120_000);
  let service: RunningService;
  before(async () => {
    service = await startService({
      topics: 'topics:\n  - { id: libya, title: "Libya & <more>", any: [Libya, Haftar] }\n',
    });
    await samplesFolded(service);
  });
  after(() => service.stop());
  holdsFor(() => service, 'all', [...queries, 'limit=7']);
  holdsFor(() => service, 'libya', ['lang=it', 'full=0', 'limit=1']);

  it('and every entry’s link to its story leads to one, also where a story is several entries', async () => {
    const { items } = (await (await fetch(`${service.url}/feeds/libya.json?dedup=none`)).json()) as {
      items: { _newsfold: { story: string } }[];
    };
    expect(items.length).to.be.greaterThan(3);
    for (const { _newsfold } of items) {
      expect((await fetch(service.url + new URL(_newsfold.story).pathname)).status).to.equal(200);
    }
  });
});

describe('what is published of every feed that we know to be odd is valid', function () {
  this.timeout(180_000);
  const folder = join(import.meta.dirname, '../fixtures/feeds');
  const names = readdirSync(folder).filter(name => /\.(?:xml|json)$/.test(name) && !name.endsWith('.golden.json'));
  let press: Press;
  let service: RunningService;

  before(async () => {
    press = await startPress();
    const rows = names.map((name, n) => {
      const golden = JSON.parse(readFileSync(join(folder, name.replace(/\.\w+$/, '.golden.json')), 'utf8')) as {
        input: { contentType?: string };
      };
      const type = golden.input.contentType ?? (name.endsWith('.json') ? 'application/feed+json' : 'text/xml');
      press.put(`/${name}`, readFileSync(join(folder, name)), type);
      return `  - { id: odd-${n}, url: "${press.origin}/${name}", schedule: 24h }\n`;
    });
    service = await startService({
      newsfold: `collect: { allow: ["${press.host}"], perHost: 16 }\nretention: { items: 36500d }\nsamples: false\n`,
      sources: `sources:\n${rows.join('')}`,
    });
    await eventually(async () => {
      const states = await service.app.store.sources.list();
      const { undeduped } = await service.app.store.maintenance.stats(Date.now());
      return states.every(({ lastFetchAt }) => lastFetchAt !== null) && undeduped === 0;
    }, 120);
  });
  after(async () => {
    await service?.stop();
    await press?.close();
  });

  holdsFor(() => service, 'all', queries);

  it('and every item of every source is in it', async () => {
    const { items } = await service.app.store.maintenance.stats(Date.now());
    expect(items).to.be.greaterThan(200);
    const pages = await pagesOf(service, '/feeds/all.json?limit=200&dedup=none');
    expect(pages.flatMap(page => (JSON.parse(page) as { items: unknown[] }).items).length).to.equal(items);
  });

  it('and archived days, followed from one to the one before, are the whole feed once more', async () => {
    const ids = (text: string) => (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => id);
    const wanted = new Set((await pagesOf(service, '/feeds/all.json?limit=200')).flatMap(ids));
    const seen = new Set<string>();
    let path: string | undefined = '/feeds/all.json?limit=1';
    let archives = -1;
    for (; path !== undefined && archives < 2000; archives++) {
      const response: Response = await fetch(`${service.url}${path}`);
      const text = await response.text();
      for (const id of ids(text)) seen.add(id);
      const { _newsfold } = JSON.parse(text) as { _newsfold: { prev_archive_url?: string; archive?: boolean } };
      if (archives >= 0) expect(_newsfold.archive).to.equal(true);
      const url: URL | undefined = _newsfold.prev_archive_url ? new URL(_newsfold.prev_archive_url) : undefined;
      path = url && `${url.pathname}${url.search}`;
      for (const format of archives % 20 === 0 && path ? (['rss', 'atom'] as const) : []) {
        const other = await (await fetch(`${service.url}${path?.replace('.json', `.${format}`)}`)).text();
        expect(rules[format](other)).to.deep.equal([]);
        expect(other).to.include('<fh:archive/>').and.to.include('rel="current"');
      }
    }
    expect(archives).to.be.greaterThan(5);
    // What is of the newest story's own day is not archived yet: it is on the pages.
    const missing = [...wanted].filter(id => !seen.has(id));
    const newest = (await pagesOf(service, '/feeds/all.json?limit=200')).flatMap(
      page => (JSON.parse(page) as { items: { id: string; date_published: string }[] }).items,
    );
    const day = newest[0]?.date_published.slice(0, 10);
    const days = new Set(newest.filter(({ id }) => missing.includes(id)).map(one => one.date_published.slice(0, 10)));
    expect([...days].filter(other => other !== day)).to.deep.equal([]);
  });

  it('and what was to be heard or seen in a feed is so in ours, in every format', async () => {
    const query = 'limit=200&dedup=none';
    const [rss = '', atom = ''] = await Promise.all(
      (['rss', 'atom'] as const).map(async format =>
        (await pagesOf(service, `/feeds/all.${format}?${query}`)).join('\n'),
      ),
    );
    const pages = (await pagesOf(service, `/feeds/all.json?${query}`)).map(
      page => JSON.parse(page) as { items: { attachments?: { url: string }[]; _newsfold: { podcast?: unknown[] } }[] },
    );
    const items = pages.flatMap(page => page.items);
    const attached = items.flatMap(({ attachments }) => attachments ?? []);
    expect(attached.length).to.be.greaterThan(20);
    for (const { url } of attached) {
      expect(rss, 'rss').to.include(escapeAttribute(url));
      expect(atom, 'atom').to.include(escapeAttribute(url));
    }
    expect(items.filter(({ _newsfold }) => (_newsfold.podcast?.length ?? 0) > 0).length).to.be.greaterThan(3);
    for (const text of [rss, atom])
      expect(text)
        .to.match(/<itunes:/)
        .and.to.match(/<podcast:/);
  });
});
