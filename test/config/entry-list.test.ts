import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { openEntryList } from '../../src/config/entry-list.ts';
import { type Entry, joinEntries, readEntries, splitEntries } from '../../src/config/entry-texts.ts';
import { formatProblems, parseConfig } from '../../src/config/load-config.ts';
import { errorCode } from '../../src/errors.ts';

const known = new Map<string, Entry>();
const open = (text: string) => openEntryList(text, 'sources', known);
const listOf = (text: string) => (parse(text) as { sources: Entry[] }).sources;

/** Written as owners write: odd spacing, comments anywhere, several ways of quoting. */
const owners = `# head of the file

# Agencies
sources:
  # the agency

  # right above it
  - id:   ansa    # keep this one
    url: 'https://www.ansa.it/rss.xml'   # two  spaces
    tags: [ italy,agency ,  "x y" ]
    # why Rome
    timezone: Europe/Rome

    schedule:  "*/20 6-23 * * *"
    http: {headers: {X-A: x}}


  # ---- blogs ----

  -   id: blog
      url: https://blog.example/feed
      title: >-
        A title that
        goes on # no comment
      keep:
      - harbour   # why
      # between
      - '/ship(s)?/i'
      scrape:
        items: "#latest li"   # the list

        link: 'a@href'
        strip: { title: 'x' }
  - { id: flow, url: "https://flow.example/", tags: [a,b] }
  -
    id: below
    url: https://below.example/
    # last words of the entry

# - id: off
#   url: https://off.example/
`;

/** Lines of `after` that are not in `before` and the other way round, as a multiset. */
function changedLines(before: string, after: string): { readonly gone: string[]; readonly fresh: string[] } {
  const fresh = after.split(/(?<=\n)/);
  const gone = before.split(/(?<=\n)/).filter(line => {
    const at = fresh.indexOf(line);
    if (at >= 0) fresh.splice(at, 1);
    return at < 0;
  });
  return { gone, fresh };
}

describe('the entries of a file', () => {
  it('are cut and joined without a byte lost', () => {
    const texts = splitEntries(owners, 'sources');
    expect(texts?.entries.length).to.equal(4);
    expect(texts && joinEntries(texts)).to.equal(owners);
    expect(texts?.entries[0]?.text).to.match(/^ {2}# right above it\n/);
    const read = texts && readEntries(texts, 'sources', known);
    expect(texts?.entries.map(({ text }) => read?.get(text))).to.deep.equal(listOf(owners));
  });

  for (const [what, change, gone, fresh] of [
    [
      'a changed value',
      { url: 'https://new.example/' },
      [`    url: 'https://www.ansa.it/rss.xml'   # two  spaces\n`],
      [`    url: 'https://new.example/' # two  spaces\n`],
    ],
    ['a new key', { title: 'ANSA' }, [], ['    title: ANSA\n']],
    ['a removed key', { timezone: undefined }, ['    # why Rome\n', '    timezone: Europe/Rome\n'], []],
    [
      'one more tag',
      { tags: ['italy', 'agency', 'x y', 'new'] },
      ['    tags: [ italy,agency ,  "x y" ]\n'],
      ['    tags: [ italy, agency, "x y", new ]\n'],
    ],
  ] as const) {
    it(`change only what they must: ${what}`, () => {
      const entries = open(owners);
      entries.replace('ansa', { ...entries.read('ansa'), ...change });
      expect(changedLines(owners, entries.text())).to.deep.equal({ gone, fresh });
    });
  }

  it('change one key inside another', () => {
    const entries = open(owners);
    const blog = entries.read('blog');
    entries.replace('blog', { ...blog, scrape: { ...(blog?.scrape as Entry), link: 'h2 a@href' } });
    expect(changedLines(owners, entries.text())).to.deep.equal({
      gone: [`        link: 'a@href'\n`],
      fresh: [`        link: 'h2 a@href'\n`],
    });
  });

  it('are added at the end, removed with their comments, and put into another order', () => {
    const entries = open(owners);
    entries.add({ id: 'new', url: 'https://new.example/', tags: ['a'] });
    expect(entries.text()).to.equal(`${owners}\n  - id: new\n    url: https://new.example/\n    tags:\n      - a\n`);
    entries.remove('new');
    expect(entries.text().trimEnd()).to.equal(owners.trimEnd());
    entries.remove('ansa');
    expect(entries.text()).to.include('# ---- blogs').and.not.include('right above it');
    entries.order(['below', 'blog']);
    expect(listOf(entries.text()).map(({ id }) => id)).to.deep.equal(['below', 'blog', 'flow']);
    for (const id of ['below', 'blog', 'flow']) entries.remove(id);
    expect(listOf(entries.text())).to.deep.equal([]);
    entries.add({ id: 'again', url: 'https://again.example/' });
    expect(listOf(entries.text())).to.deep.equal([{ id: 'again', url: 'https://again.example/' }]);
  });

  for (const [what, text] of [
    ['an empty file', ''],
    ['only comments', '# nothing yet'],
    ['an empty list', '# mine\nsources: [] # none\n'],
    ['a key with nothing behind it', 'sources:\n# - id: off\n'],
    ['brackets', 'sources: [{id: a, url: "https://a.example/"}] # mine\n'],
    ['JSON', '{"sources": [{"id": "a", "url": "https://a.example/"}]}'],
    ['dashes in the first column', 'sources:\n- id: a\n  url: https://a.example/\n'],
    ['lines of Windows', '\uFEFFsources:\r\n  - id: a # x\r\n    url: https://a.example/\r\n'],
    ['no end of line', 'sources:\n  - id: a\n    url: https://a.example/'],
    ['kept trailing lines', 'sources:\n  - id: a\n    title: |+\n      x\n\n    url: https://a.example/\n'],
  ] as const) {
    it(`take one more where there is ${what}`, () => {
      const before = ((parse(text) as { sources?: Entry[] } | null)?.sources ?? []) as Entry[];
      const entries = open(text);
      entries.add({ id: 'new', url: 'https://new.example/' });
      expect(listOf(entries.text())).to.deep.equal([...before, { id: 'new', url: 'https://new.example/' }]);
      for (const note of text.match(/# (nothing yet|mine|none|- id: off|x)/g) ?? [])
        expect(entries.text()).to.include(note);
    });
  }

  it('that share an anchor stay so, and an edit that would break it is refused', () => {
    const text =
      'sources:\n  - id: a\n    url: https://a.example/\n    http: &h { userAgent: x }\n  - id: b\n    url: https://b.example/\n    http: *h\n';
    const entries = open(text);
    entries.replace('b', { ...entries.read('b'), title: 'B' });
    expect(entries.text()).to.equal(`${text}    title: B\n`);
    entries.replace('a', { id: 'a', url: 'https://a.example/' });
    let refused: unknown;
    try {
      entries.text();
    } catch (error) {
      refused = error;
    }
    expect(errorCode(refused)).to.equal('config-invalid');
  });

  it('keep every byte that an edit does not name, whatever is written there', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        '# no comment',
        ': ',
        '- x',
        'a: b',
        "it's",
        '"',
        '|',
        '&a',
        '*a',
        '1',
        'true',
        '\n',
        'x\n\ny\n',
        '$' + '{A}',
      ),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('items', 'link', 'strip'), fc.string({ maxLength: 8 }), { maxKeys: 3 }),
    );
    const key = fc.constantFrom('title', 'tags', 'http', 'scrape', 'schedule', 'keep', 'timezone', 'note');
    const ids = ['ansa', 'blog', 'flow', 'below'];
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.dictionary(key, value, { maxKeys: 3 }),
        fc.subarray(['title', 'tags', 'keep', 'http', 'scrape']),
        (id, changes, gone) => {
          const entries = open(owners);
          const before = entries.read(id) ?? {};
          const next = Object.fromEntries(
            Object.entries({ ...before, ...changes }).filter(([name]) => name in changes || !gone.includes(name)),
          );
          entries.replace(id, next);
          const text = entries.text();
          const expected = listOf(owners).map(entry => (entry.id === id ? next : entry));
          expect(listOf(text)).to.deep.equal(JSON.parse(JSON.stringify(expected)));
          // Every other entry, every gap, the head and the tail: the same bytes in the same places.
          const [was, is] = [splitEntries(owners, 'sources'), splitEntries(text, 'sources')];
          const at = ids.indexOf(id);
          expect(is?.head).to.equal(was?.head);
          expect(is?.tail).to.equal(was?.tail);
          is?.entries.forEach((each, i) => {
            expect(each.before).to.equal(was?.entries[i]?.before);
            if (i !== at) expect(each.text).to.equal(was?.entries[i]?.text);
          });
          // Within the entry: each line of a key that stays.
          if (id !== 'ansa') return;
          for (const [name, line] of [
            ['id', '  - id:   ansa    # keep this one\n'],
            ['url', `    url: 'https://www.ansa.it/rss.xml'   # two  spaces\n`],
            ['tags', '    tags: [ italy,agency ,  "x y" ]\n'],
            ['schedule', '    schedule:  "*/20 6-23 * * *"\n'],
            ['http', '    http: {headers: {X-A: x}}\n'],
          ] as const)
            if (!(name in changes) && name in next) expect(text).to.include(line);
        },
      ),
      { numRuns: 150, seed: 8 },
    );
  });

  it('are read the same from scratch and from what was read before', () => {
    const texts = { newsfold: '', topics: '', sources: owners };
    const first = parseConfig('x', texts, {});
    expect(first.ok || formatProblems(first.problems)).to.equal(true);
    if (!first.ok) return;
    const entries = openEntryList(owners, 'sources', first.config.read.sources);
    entries.replace('flow', { ...entries.read('flow'), title: 'Flow' });
    entries.add({ id: 'new', url: 'https://new.example/' });
    entries.order(['new', 'below']);
    const edited = { ...texts, sources: entries.text() };
    const [fresh, again] = [parseConfig('x', edited, {}), parseConfig('x', edited, {}, first.config.read)];
    expect(again).to.deep.equal(fresh);
    expect(again.ok && again.config.sources.map(({ id }) => id)).to.deep.equal([
      'new',
      'below',
      'ansa',
      'blog',
      'flow',
    ]);
    // A mistake is found with its line all the same.
    const wrong = { ...edited, sources: edited.sources.replace('https://below.example/', 'nowhere') };
    const refused = parseConfig('x', wrong, {}, first.config.read);
    expect(!refused.ok && formatProblems(refused.problems)).to.match(
      /^sources\.yaml:\d+: sources\[1\]\.url: write a full/,
    );
    expect(refused).to.deep.equal(parseConfig('x', wrong, {}));
  });
});
