import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runNewsfold } from '../support/run-newsfold.ts';
import { eventually, type RunningService, serviceFolder, startService } from '../support/running-service.ts';
import { rss, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

type Line = {
  id: string;
  url: string;
  title: string | null;
  tags: string[];
  health: string;
  items: number;
  nextAt: number;
};

/** Every command runs on the store and the files of a service that is running. */
describe('newsfold sources, beside a running service', function () {
  this.timeout(90_000);
  let world: ScriptedServer;
  let service: RunningService;
  const run = (...words: string[]) => runNewsfold(service.dir, words);
  const listed = async (): Promise<Line[]> =>
    (await run('sources', 'list', '--json')).stdout
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Line);
  const file = () => readFile(join(service.dir, 'sources.yaml'), 'utf8');

  before(async () => {
    world = await startScriptedServer((request, response) => {
      const path = request.url ?? '';
      if (path === '/page')
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(
            '<html><head><link rel="alternate" type="application/rss+xml" href="/found.xml"></head><body>A blog</body></html>',
          );
      if (path === '/bare/start')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>A blog</body></html>');
      if (path === '/bare/feed/' || path === '/robots.txt') return void response.writeHead(404).end();
      if (path.startsWith('/broken.xml')) return void response.writeHead(500).end();
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(rss(`The feed ${path}`, [{ guid: `g${path.replace(/\W/g, '')}` }]));
    });
    service = await startService({
      newsfold: `collect: { allow: ["${world.address}"] }\n`,
      sources: `# kept by hand\nsources:\n  - { id: broken, url: "${world.origin}/broken.xml" } # a note\n`,
    });
  });
  after(async () => {
    await service.stop();
    await world.close();
  });

  it('add tries a feed first, and the running service collects it', async () => {
    const added = await run('sources', 'add', `${world.origin}/one.xml`, '--tag', 'blue', '--tag', 'green');
    expect(added.stderr).to.include('rss, 1 items: The feed /one.xml');
    expect([added.status, added.stdout]).to.deep.equal([0, 'added 127-0-0-1-one\n']);
    expect(await file())
      .to.match(/^# kept by hand/)
      .and.to.include('# a note')
      .and.to.match(/blue/);
    await eventually(async () => (await service.app.store.sources.get('127-0-0-1-one'))?.itemCount === 1);
  });

  it('add takes the feed that a page links to', async () => {
    const added = await run('sources', 'add', `${world.origin}/page`, '--id', 'blog', '--title', 'My blog');
    expect(added.stderr).to.include(`taking the feed of its site: ${world.origin}/found.xml`);
    expect([added.status, added.stdout]).to.deep.equal([0, 'added blog\n']);
    expect(await file())
      .to.include('/found.xml')
      .and.to.include('My blog');
  });

  it('add takes the feed at a usual address beside a page that names none, and a test tells how it was found', async () => {
    const added = await run('sources', 'add', `${world.origin}/bare/start`, '--id', 'bare');
    expect(added.stderr).to.include(`taking the feed of its site: ${world.origin}/feed/`);
    const tested = await run('sources', 'test', `${world.origin}/bare/start`);
    expect(tested.status).to.equal(1);
    expect((await run('sources', 'remove', 'bare')).status).to.equal(0);
    expect(tested.stdout).to.include(`✓ search`).and.to.include(`found one at ${world.origin}/feed/`);
  });

  it('add refuses what cannot be read, what is there, and an id that is taken; the file stays', async () => {
    const before = await file();
    const [unreadable, twin, taken, address] = await Promise.all([
      run('sources', 'add', `${world.origin}/broken.xml?again`),
      run('sources', 'add', `${world.origin}/one.xml`),
      run('sources', 'add', `${world.origin}/two.xml`, '--id', 'blog', '--no-test'),
      run('sources', 'add', 'ftp://x.example/', '--no-test'),
    ]);
    expect(unreadable.stderr).to.match(/500/);
    expect(twin.stderr).to.include('already collected as "127-0-0-1-one"');
    expect(taken.stderr).to.match(/blog/);
    for (const end of [unreadable, twin, taken]) expect(end).to.include({ status: 1, stdout: '' });
    expect(address.status).to.be.oneOf([1, 2]);
    expect(address.stderr)
      .to.match(/^newsfold: .*http/)
      .and.not.to.match(/\n\s+at /);
    expect(await file()).to.equal(before);
  });

  it('list shows health in a table people can read, and as JSON', async () => {
    await eventually(async () => (await service.app.store.sources.get('broken'))?.health === 'failing');
    const table = (await run('sources', 'list')).stdout.trimEnd().split('\n');
    expect(table[0]).to.match(/^source +health +items +last success +address or problem$/);
    expect(table).to.have.length(2 + 3);
    for (const line of table) expect(line.length).to.be.at.most(121);
    expect(table.find(line => line.startsWith('broken'))).to.match(/failing +0 +– +.*500/);
    const lines = await listed();
    expect(lines.map(({ id }) => id)).to.have.members(['broken', 'blog', '127-0-0-1-one']);
    expect(lines.find(({ id }) => id === '127-0-0-1-one')).to.include({
      health: 'ok',
      items: 1,
      title: 'The feed /one.xml',
    });
    for (const { nextAt } of lines) expect(nextAt).to.be.greaterThan(Date.now());
  });

  it('test tells what happened step by step, stores nothing, and answers 1 when it fails', async () => {
    const [text, json, failing] = await Promise.all([
      run('sources', 'test', `${world.origin}/three.xml`),
      run('sources', 'test', 'blog', '--json'),
      run('sources', 'test', 'broken'),
    ]);
    expect(text.status).to.equal(0);
    expect(text.stdout.split('\n').map(line => line.split(/ +/)[1])).to.include.members(['read', 'next']);
    expect(text.stdout).to.match(/✓ read +rss, 1 items/);
    const tested = JSON.parse(json.stdout) as { ok: boolean; steps: { name: string; ok: boolean }[]; items: object[] };
    expect([json.status, tested.ok, tested.items.length]).to.deep.equal([0, true, 1]);
    expect(failing.status).to.equal(1);
    expect(failing.stdout).to.match(/✗/).and.to.match(/500/);
    // A person wants to know whether it will be tried again, and when.
    expect(failing.stdout).to.match(/✓ next +in \d+ min: failure 1 in a row/);
    expect(failing.stdout + failing.stderr).to.include('The server has trouble of its own.');
    expect(await listed()).to.have.length(3);
  });

  it('export and import: what comes out goes in, once', async () => {
    const exported = await run('sources', 'export');
    expect([exported.status, exported.stderr]).to.deep.equal([0, '']);
    expect(exported.stdout)
      .to.match(/^<\?xml/)
      .and.to.include('/found.xml')
      .and.to.include('category="blue,green"');
    const again = await runNewsfold(service.dir, ['sources', 'import', '-'], { input: exported.stdout });
    expect([again.status, again.stdout]).to.deep.equal([0, '0 added, 3 already there, 0 refused\n']);
    const opml = join(service.dir, 'subscriptions.opml');
    await writeFile(
      opml,
      `<opml version="2.0"><body><outline text="Four" xmlUrl="${world.origin}/four.xml"/><outline text="no" xmlUrl="file:///etc/passwd"/></body></opml>`,
    );
    const more = await run('sources', 'import', opml);
    expect([more.status, more.stdout]).to.deep.equal([0, '1 added, 0 already there, 1 refused\n']);
    expect(more.stderr).to.match(/added +http.*four\.xml\nrefused +file:/);
    const nonsense = await runNewsfold(service.dir, ['sources', 'import', '-'], { input: 'not OPML at all' });
    expect(nonsense.status, nonsense.stdout).to.equal(1);
  });

  it('import says in JSON what became of each line; every edit of the shell stands in the audit log, its author named', async () => {
    const opml = '<opml version="2.0"><body><outline text="Five" xmlUrl="http://five.example/rss"/></body></opml>';
    const imported = await runNewsfold(service.dir, ['sources', 'import', '-', '--json'], { input: opml });
    expect(JSON.parse(imported.stdout)).to.deep.include({ added: 1, known: 0, refused: 0 });
    expect(imported.stderr).to.equal('');
    expect((await run('sources', 'remove', 'five-example')).status).to.equal(0);
    const audit = (await run('admin', 'audit', '--json')).stdout.trim().split('\n');
    const entries = audit.map(line => JSON.parse(line) as { by: string; action: string; subject: string });
    expect(entries[0]).to.include({ action: 'source-remove', subject: 'five-example' });
    expect(entries[1]).to.include({ action: 'opml-import', subject: '1 sources' });
    expect(entries.map(({ action, subject }) => `${action} ${subject}`)).to.include('source-add 127-0-0-1-one');
    for (const { by } of entries) expect(by).to.match(/^shell:./);
  });

  it('add notices the same address in another spelling; export keeps what the environment knows to itself', async () => {
    const twin = await run('sources', 'add', `${world.origin}/one.xml/`, '--no-test');
    expect(twin).to.include({ status: 1, stdout: '' });
    expect(twin.stderr).to.include('already collected as "127-0-0-1-one"');
    const dir = await serviceFolder({
      sources: `sources:\n  - { id: s, url: "https://s.example/\${FEED_KEY}/feed" }\n`,
    });
    const exported = await runNewsfold(dir, ['sources', 'export'], { environment: { FEED_KEY: 'hush-hush' } });
    expect(exported.status, exported.stderr).to.equal(0);
    expect(exported.stdout).to.include('s.example').and.not.to.include('hush-hush');
    await rm(dir, { recursive: true });
  });

  it('collect --once of one source beside the service; 1 when it fails', async () => {
    const [well, failing] = await Promise.all([
      run('collect', '--once', '--source', 'blog'),
      run('collect', '--once', '--source', 'broken'),
    ]);
    expect([well.status, well.stdout]).to.deep.equal([0, '1 sources, 0 new items, 0 edited, 0 failed\n']);
    expect(failing.status).to.equal(1);
    expect(failing.stdout).to.equal('1 sources, 0 new items, 0 edited, 1 failed\n');
    expect(failing.stderr).to.match(/^broken: .*500/);
  });

  it('remove takes a source out of the file and nothing else; its items stay', async () => {
    const removed = await run('sources', 'remove', '127-0-0-1-one');
    expect([removed.status, removed.stdout]).to.deep.equal([0, 'removed 127-0-0-1-one\n']);
    expect(await file())
      .to.include('# a note')
      .and.not.to.include('one.xml');
    await eventually(async () => (await service.app.store.sources.get('127-0-0-1-one')) === null);
    expect(
      (await service.app.store.stories.page({ topic: 'all', limit: 50 })).some(({ versions }) =>
        versions.some(({ item }) => item.sourceId === '127-0-0-1-one'),
      ),
    ).to.equal(true);
    const again = await run('sources', 'remove', '127-0-0-1-one');
    expect(again.status).to.equal(1);
    expect(again.stderr).to.include('127-0-0-1-one');
  });
});
