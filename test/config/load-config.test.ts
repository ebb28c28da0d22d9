import { expect } from 'chai';
import { formatProblems, parseConfig } from '../../src/config/load-config.ts';

const empty = { newsfold: '', sources: '', topics: '' };
const load = (texts: Partial<typeof empty>, environment: Record<string, string> = {}) =>
  parseConfig('config', { ...empty, ...texts }, environment);

function config(texts: Partial<typeof empty>, environment: Record<string, string> = {}) {
  const loaded = load(texts, environment);
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.config;
}

function problems(texts: Partial<typeof empty>, environment: Record<string, string> = {}): string {
  const loaded = load(texts, environment);
  return loaded.ok ? '' : formatProblems(loaded.problems);
}

describe('the configuration', () => {
  it('may be empty: every key has its default', () => {
    const { settings, sources, topics } = config({});
    expect(settings.server.port).to.equal(8080);
    expect(settings.collect.intervalMin).to.equal(15 * 60_000);
    expect(settings.collect.bodyMax).to.equal(10 * 1024 * 1024);
    expect(settings.roles).to.deep.equal(['web', 'collect', 'dedup']);
    expect(sources).to.deep.equal([]);
    expect(topics).to.deep.equal([]);
  });

  it('reports all mistakes together, each with file and line', () => {
    const text = problems({
      newsfold: 'server:\n  port: 99999\ncollect:\n  timeuot: 30s\n',
      sources: 'sources:\n  - id: a\n    url: ftp://example.org/\n  - id: a\n    url: https://example.org/\n',
      topics: 'topics:\n  - id: all\n    title: Everything\n    any: [x]\n',
    });
    expect(text).to.match(/newsfold\.yaml:2: server\.port/);
    expect(text).to.match(/newsfold\.yaml:4: collect\.timeuot: unknown key "timeuot"; did you mean "timeout"\?/);
    expect(text).to.match(/sources\.yaml:3: sources\[0\]\.url: write a full address/);
    expect(text).to.match(/topics\.yaml:2: topics\[0\]\.id: the topic "all" always exists/);
  });

  for (const [name, sources, expected] of [
    [
      'two sources with one id',
      'sources:\n - {id: a, url: "https://a.example/"}\n - {id: a, url: "https://b.example/"}',
      /sources\.yaml:3: .*already the id of the source at line 2/,
    ],
    ['an id that is not kebab-case', 'sources:\n - {id: My Feed, url: "https://a.example/"}', /kebab-case/],
    [
      'a cron that never fires',
      'sources:\n - {id: a, url: "https://a.example/", schedule: "0 0 31 2 *"}',
      /sources\.yaml:2: sources\[0\]\.schedule/,
    ],
    [
      'a schedule that is none',
      'sources:\n - {id: a, url: "https://a.example/", schedule: "every day"}',
      /sources\[0\]\.schedule/,
    ],
    [
      'a time zone that does not exist',
      'sources:\n - {id: a, url: "https://a.example/", schedule: "0 5 * * *", timezone: Europe/Roma}',
      /sources\[0\]\.schedule/,
    ],
    [
      'a broken regular expression',
      'sources:\n - {id: a, url: "https://a.example/", keep: ["/(/"]}',
      /keep\[0\].*not a regular expression/,
    ],
    [
      'a missing secret',
      `sources:\n - {id: a, url: "https://a.example/", http: {auth: {user: u, password: "\${NO_SUCH}"}}}`,
      /no variable NO_SUCH/,
    ],
    ['no YAML', 'sources: [', /sources\.yaml:1: this is not YAML/],
    ['a key twice', 'sources: []\nsources: []', /sources\.yaml:2: this is not YAML/],
    ['a list where a map should be', '- a\n- b', /must hold a map/],
  ] as const) {
    it(`refuses ${name} and says where`, () => {
      expect(problems({ sources })).to.match(expected);
    });
  }

  it('refuses a bomb of aliases instead of expanding it', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `l${i}: &l${i} [${
          i === 0
            ? '"x"'
            : Array(12)
                .fill(`*l${i - 1}`)
                .join(',')
        }]`,
    );
    expect(problems({ topics: `${levels.join('\n')}\ntopics: []\n` })).to.match(/refused|unknown key/);
  });

  it('takes settings from the environment, also from files, and names those that do not exist', () => {
    const { settings } = config(
      {},
      {
        NEWSFOLD_SERVER_PORT: '9001',
        NEWSFOLD_COLLECT_INTERVAL_MIN: '1m',
        NEWSFOLD_ROLES: 'web,collect',
        NEWSFOLD_STORE_URL: 'sqlite:x.db',
      },
    );
    expect(settings.server.port).to.equal(9001);
    expect(settings.collect.intervalMin).to.equal(60_000);
    expect(settings.roles).to.deep.equal(['web', 'collect']);
    expect(settings.store.url).to.equal('sqlite:x.db');
    expect(problems({}, { NEWSFOLD_SERVER_PROT: '1' })).to.match(
      /NEWSFOLD_SERVER_PROT: no such setting; did you mean NEWSFOLD_SERVER_PORT/,
    );
    expect(problems({}, { NEWSFOLD_CACHE_URL_FILE: '/nonexistent' })).to.match(
      /NEWSFOLD_CACHE_URL_FILE: cannot be read/,
    );
  });

  it('fills secrets into sources from the environment', () => {
    const { sources } = config(
      { sources: `sources:\n - {id: a, url: "https://a.example/", http: {headers: {X-Key: "\${KEY}"}}}` },
      { KEY: 's3cret' },
    );
    expect(sources[0]?.http.headers).to.deep.equal({ 'X-Key': 's3cret' });
  });

  it('checks again only the entries that changed, and those that name the environment', () => {
    const written = (second: string) =>
      `sources:\n  - { id: a, url: "http://a.example/" }\n  - { id: s, url: "https://s.example/\${KEY}" }\n  - ${second}\n`;
    const first = config({ sources: written('{ id: b, url: "http://b.example/" }') }, { KEY: 'one' });
    const again = parseConfig(
      'config',
      { ...empty, sources: written('{ id: b, url: "http://c.example/" }') },
      { KEY: 'two' },
      first.read,
    );
    if (!again.ok) throw new Error(formatProblems(again.problems));
    expect(again.config.sources.map(({ url }) => url)).to.deep.equal([
      'http://a.example/',
      'https://s.example/two',
      'http://c.example/',
    ]);
    expect(again.config.sources[0]).to.equal(first.sources[0]);
    const broken = parseConfig('config', { ...empty, sources: written('{ id: b, ulr: x }') }, { KEY: 'x' }, first.read);
    expect(broken.ok ? '' : formatProblems(broken.problems))
      .to.include('sources.yaml:4')
      .and.include('ulr');
  });

  it('reads `scrape:` with nothing behind it as: find the items yourself', () => {
    const { sources } = config({
      sources:
        'sources:\n  - id: a\n    url: https://a.example/\n    scrape:\n  - id: b\n    url: https://b.example/\n    scrape: {}\n',
    });
    expect(sources.map(({ scrape }) => scrape)).to.deep.equal([{}, {}]);
  });

  it('refuses a topic that names a source nobody has, and one that matches nothing', () => {
    const sources = 'sources:\n - {id: ansa, url: "https://a.example/", tags: [italy]}';
    expect(problems({ sources, topics: 'topics:\n - {id: t, title: T, any: [x], sources: [anza]}' })).to.match(
      /no source "anza"; did you mean "ansa"/,
    );
    expect(problems({ sources, topics: 'topics:\n - {id: t, title: T}' })).to.match(/matches nothing/);
    expect(
      problems({ sources, topics: 'topics:\n - {id: t, title: T, any: [x], sources: ["tag:italy", ansa]}' }),
    ).to.equal('');
  });
});

describe('addresses with secrets', () => {
  it('are remembered, so that nobody publishes them', () => {
    const { secretAddresses } = config(
      { sources: `sources:\n - {id: a, url: "https://a.example/\${KEY}/feed"}\n - {id: b, url: "https://b.example/"}` },
      { KEY: 's3cret' },
    );
    expect([...secretAddresses]).to.deep.equal(['a']);
  });
});
