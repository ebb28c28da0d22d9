import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createConfigEditor } from '../../src/config/edit-config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { watchConfig } from '../../src/config/watch-config.ts';
import { errorCode } from '../../src/errors.ts';
import { importOpml, sourceIdFor } from '../../src/pipeline/edit-sources.ts';

const written = `# my sources
sources:
  # the agency
  - id: ansa # keep this one
    url: https://www.ansa.it/rss.xml
    tags: [italy, agency]

  - id: blog
    url: https://blog.example/feed
`;

describe('editing the configuration', () => {
  let dir = '';
  let clock = 1000;
  const editor = () => createConfigEditor({ dir, environment: {}, now: () => clock++, current: () => null });
  const text = () => readFile(join(dir, 'sources.yaml'), 'utf8');

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'newsfold-config-'));
    await writeFile(join(dir, 'sources.yaml'), written);
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('keeps comments, order and the way things are written', async () => {
    await editor().edit('sources', null, entries => {
      entries.add({ id: 'new', url: 'https://new.example/feed' });
      entries.replace('ansa', { ...entries.read('ansa'), title: 'ANSA' });
    });
    const after = await text();
    expect(after)
      .to.include('# my sources')
      .and.include('# the agency')
      .and.include('# keep this one')
      .and.include('[italy, agency]');
    expect(after).to.match(/id: ansa[\s\S]*title: ANSA[\s\S]*id: blog[\s\S]*id: new/);
  });

  it('removes, replaces and reorders by id', async () => {
    await editor().edit('sources', null, entries => {
      entries.add({ id: 'third', url: 'https://third.example/' });
      entries.order(['third', 'blog', 'ansa']);
      entries.replace('ansa', { id: 'ansa', url: 'https://other.example/' });
      entries.remove('blog');
      expect(entries.read('ansa')).to.deep.equal({ id: 'ansa', url: 'https://other.example/' });
    });
    const loaded = await loadConfig(dir, {});
    expect(loaded.ok && loaded.config.sources.map(({ id }) => id)).to.deep.equal(['third', 'ansa']);
  });

  it('writes nothing that would break the configuration', async () => {
    const refused = await editor()
      .edit('sources', null, entries => entries.replace('blog', { ...entries.read('blog'), schedule: 'now and then' }))
      .catch((error: unknown) => error);
    expect(errorCode(refused)).to.equal('config-invalid');
    expect(await text()).to.equal(written);
  });

  it('refuses an edit of a text that somebody changed meanwhile', async () => {
    const { hash } = await editor().read('sources');
    await writeFile(join(dir, 'sources.yaml'), `${written}# by hand\n`);
    const refused = await editor()
      .replace('sources', hash, 'sources: []')
      .catch((error: unknown) => error);
    expect(errorCode(refused)).to.equal('config-conflict');
    expect(await text()).to.include('# by hand');
  });

  it('keeps the previous texts and can go back', async () => {
    const edit = editor();
    await edit.replace('sources', null, 'sources: []\n');
    const [revision] = await edit.revisions('sources');
    expect(revision).to.not.equal(undefined);
    await edit.replace('sources', null, await edit.revisionText('sources', revision?.name ?? ''));
    expect(await text()).to.equal(written);
    expect(errorCode(await edit.revisionText('sources', '../../etc/passwd').catch((error: unknown) => error))).to.equal(
      'not-found',
    );
  });

  it('lets simultaneous edits follow each other, losing none', async () => {
    const edit = editor();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        edit.edit('sources', null, entries => entries.add({ id: `s-${i}`, url: `https://s${i}.example/` })),
      ),
    );
    const loaded = await loadConfig(dir, {});
    expect(loaded.ok && loaded.config.sources.length).to.equal(22);
  });

  it('takes a saved file over within two seconds, and keeps the last good one while it is broken', async () => {
    const loaded = await loadConfig(dir, {});
    if (!loaded.ok) throw new Error('the fixture is fine');
    const live = watchConfig(loaded.config, {});
    let changes = 0;
    live.onChange(() => changes++);
    try {
      await writeFile(join(dir, 'sources.yaml'), 'sources:\n  - id: only\n    url: https://only.example/\n');
      for (let i = 0; i < 40 && changes === 0; i++) await sleep(50);
      expect(live.current().sources.map(({ id }) => id)).to.deep.equal(['only']);
      await writeFile(join(dir, 'sources.yaml'), 'sources: [');
      for (let i = 0; i < 40 && live.problem() === null; i++) await sleep(50);
      expect(live.problem()).to.match(/sources\.yaml:1/);
      expect(live.current().sources.map(({ id }) => id)).to.deep.equal(['only']);
      await writeFile(join(dir, 'sources.yaml'), written);
      for (let i = 0; i < 40 && live.problem() !== null; i++) await sleep(50);
      expect(live.current().sources.map(({ id }) => id)).to.deep.equal(['ansa', 'blog']);
    } finally {
      live.stop();
    }
  });

  it('imports OPML once: a second import adds nothing', async () => {
    const opml = `<opml version="2.0"><body><outline text="News"><outline type="rss" text="A" xmlUrl="https://a.example/feed"/>
      <outline type="rss" text="Known" xmlUrl="https://blog.example/feed"/><outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/></outline></body></opml>`;
    const first = await importOpml(editor(), opml);
    expect([first.added, first.known]).to.deep.equal([1, 1]);
    const second = await importOpml(editor(), opml);
    expect(second.added).to.equal(0);
    expect(await text()).to.not.include('javascript');
  });

  it('takes 2,000 lines of OPML in one edit, says how far it is, and lets others have their turn', async () => {
    const lines = Array.from(
      { length: 2000 },
      (_, i) => `<outline xmlUrl="https://h${i}.example/feed" text="N ${i}"/>`,
    );
    const told: number[] = [];
    let turns = 0;
    const turn = setInterval(() => turns++, 1);
    const report = await importOpml(editor(), `<opml><body>${lines.join('')}</body></opml>`, {
      tell: (done, total) => told.push(done / total),
    });
    clearInterval(turn);
    expect([report.added, report.lines.length]).to.deep.equal([2000, 2000]);
    expect([told[0], told.at(-1)]).to.deep.equal([0, 1]);
    expect(told)
      .to.deep.equal(told.toSorted((a, b) => a - b))
      .and.to.have.length.greaterThan(30);
    expect(turns).to.be.greaterThan(30);
    expect((await editor().revisions('sources')).length, 'one edit').to.equal(1);
    expect(await text()).to.match(/^# my sources\n[\s\S]*# keep this one/);
  });

  it('makes a long edit again when a hand saved the file meanwhile, and refuses one that names the text it saw', async () => {
    const slow = (expected: string | null, id: string) =>
      editor()
        .edit('sources', expected, async entries => {
          entries.add({ id, url: `https://${id}.example/` });
          await writeFile(join(dir, 'sources.yaml'), `${written}# by hand\n`);
        })
        .catch((error: unknown) => error);
    const { hash } = await editor().read('sources');
    expect(errorCode(await slow(hash, 'first'))).to.equal('config-conflict');
    expect(await text()).to.equal(`${written}# by hand\n`);
    await writeFile(join(dir, 'sources.yaml'), written);
    let times = 0;
    await editor().edit('sources', null, async entries => {
      entries.add({ id: 'second', url: 'https://second.example/' });
      if (times++ === 0) await writeFile(join(dir, 'sources.yaml'), `${written}# by hand\n`);
    });
    expect(await text())
      .to.include('# by hand')
      .and.include('second');
  });

  it('takes addresses that differ in spelling only for one', async () => {
    const opml = `<opml><body><outline xmlUrl="http://www.blog.example/feed/"/><outline xmlUrl="https://c.example/x"/><outline xmlUrl="http://c.example/x/"/></body></opml>`;
    const report = await importOpml(editor(), opml);
    expect(report.lines.map(({ result }) => result)).to.deep.equal(['known', 'added', 'known']);
  });

  it('makes readable ids from addresses', () => {
    expect(sourceIdFor('https://www.example.org/blog/feed.xml', [])).to.equal('example-org-blog');
    expect(sourceIdFor('https://feeds.example.org/', [{ id: 'example-org' }])).to.equal('example-org-2');
    expect(sourceIdFor('https://пример.рф/', [])).to.match(/^[a-z0-9-]+$/);
  });
});
