import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runNewsfold } from '../support/run-newsfold.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';
import { rss, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

type Story = { id: string; versions: { item: { id: string; title: string } }[] };

const titles = [
  'Harbour bridge closed after storm damage',
  'Parliament passes the new tax law',
  'Volcano erupts on a southern island',
];

describe('newsfold topics and stories, beside a running service', function () {
  this.timeout(90_000);
  let world: ScriptedServer;
  let service: RunningService;
  const run = (...words: string[]) => runNewsfold(service.dir, words);
  const search = async (...words: string[]): Promise<Story[]> =>
    (await run('stories', 'search', ...words, '--json')).stdout
      .trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Story);

  before(async () => {
    world = await startScriptedServer((request, response) => {
      const feed = (request.url ?? '').slice(1);
      const items = titles.map((title, n) => ({
        guid: `${feed}${n}`,
        title: feed === 'a' ? title : `${title} today`,
        date: Date.now() - n * 60_000,
      }));
      response.writeHead(200).end(rss(`Paper ${feed}`, feed === 'a' ? items : items.slice(0, 1)));
    });
    service = await startService({
      newsfold: `collect: { allow: ["${world.address}"] }\n`,
      sources: `sources:\n  - { id: a, url: "${world.origin}/a", language: en }\n  - { id: b, url: "${world.origin}/b", language: en }\n`,
      topics: '# mine\ntopics:\n  - { id: harbour, title: Harbour, any: [harbour] }\n',
    });
    await eventually(async () => {
      const { items, undeduped } = await service.app.store.maintenance.stats(Date.now());
      return items === 4 && undeduped === 0;
    });
  });
  after(async () => {
    await service.stop();
    await world.close();
  });

  it('topics list counts, preview says why, in words and as JSON', async () => {
    const [table, json, preview, fresh] = await Promise.all([
      run('topics', 'list'),
      run('topics', 'list', '--json'),
      run('topics', 'preview', 'harbour'),
      run('topics', 'preview', '--any', 'volcano', '--json'),
    ]);
    expect(table.stdout)
      .to.match(/^topic +title +stories +feed\n─/)
      .and.to.match(/\nharbour +Harbour +\d +http\S+\/feeds\/harbour\.atom\n$/);
    expect(JSON.parse(json.stdout)).to.include({ id: 'harbour', title: 'Harbour' });
    expect(preview.stdout).to.match(/Harbour bridge.*\n +harbour/i);
    expect(preview.stderr).to.match(/^\d of \d stories of the last 30 days\n$/);
    const { matched } = JSON.parse(fresh.stdout) as { matched: { title: string }[] };
    expect(matched.map(({ title }) => title)).to.deep.equal([titles[2]]);
    for (const { status } of [table, json, preview, fresh]) expect(status).to.equal(0);
  });

  it('topics add is taken over by the service; a second time, or under another’s id, it is refused', async () => {
    const added = await run(
      'topics',
      'add',
      'fire',
      '--title',
      'Fire mountains',
      '--any',
      'volcano,lava',
      '--none',
      'film',
    );
    expect([added.status, added.stdout]).to.match(/^0,added fire: http\S+\/feeds\/fire\.atom\n$/);
    const text = await readFile(join(service.dir, 'topics.yaml'), 'utf8');
    expect(text)
      .to.match(/^# mine/)
      .and.to.include('lava');
    await eventually(async () => (await (await fetch(`${service.url}/feeds/fire.rss`)).text()).includes('Volcano'));
    const again = await run('topics', 'add', 'fire', '--any', 'x');
    expect([again.status, again.stdout]).to.deep.equal([1, '']);
    expect(again.stderr).to.include('fire');
    const bad = await run('topics', 'add', 'Not An Id', '--any', 'x');
    expect(bad.status).to.be.oneOf([1, 2]);
    expect(bad.stderr)
      .to.match(/^newsfold: /)
      .and.not.to.match(/\n\s+at /);
    expect((await run('topics', 'preview', 'Not An Id')).status).to.be.oneOf([1, 2]);
  });

  it('topics remove makes its feed say 410', async () => {
    expect(await run('topics', 'remove', 'fire')).to.include({ status: 0, stdout: 'removed fire\n' });
    await eventually(async () => (await fetch(`${service.url}/feeds/fire.rss`)).status === 410);
    expect((await run('topics', 'remove', 'fire')).status).to.equal(1);
  });

  it('stories search and show tell what was folded and why', async () => {
    const found = await search('harbour', 'bridge');
    expect(found.length).to.be.at.least(1);
    const id = found[0]?.id ?? '';
    const [line, shown, json, nothing, nobody] = await Promise.all([
      run('stories', 'search', 'harbour'),
      run('stories', 'show', id),
      run('stories', 'show', id, '--json'),
      run('stories', 'search', 'zzzzzz'),
      run('stories', 'show', 'nobody'),
    ]);
    expect(line.stdout)
      .to.match(/^story +languages +published +title\n─/)
      .and.to.match(new RegExp(`^${id}  en +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  Harbour bridge`, 'm'));
    expect(shown.stdout).to.include('first published').and.to.include('Harbour bridge');
    expect((JSON.parse(json.stdout) as Story).id).to.equal(id);
    expect(nothing).to.include({ status: 0, stdout: '' });
    expect(nobody).to.include({ status: 1, stdout: '' });
    expect(nobody.stderr).to.include('there is no story nobody');
  });

  it('stories merge, split, never-merge and undo correct the running service', async () => {
    const [tax] = await search('parliament');
    const [fire] = await search('volcano');
    const merged = await run('stories', 'merge', tax?.id ?? '', fire?.id ?? '');
    expect(merged.status, merged.stderr).to.equal(0);
    expect(merged.stderr).to.include('takes it over');
    const both = await eventually(async () => {
      const [story] = await search('parliament');
      return story?.versions.length === 2 && story;
    });
    const leaving = both.versions.find(({ item }) => item.title.startsWith('Volcano'))?.item.id ?? '';
    const split = await run('stories', 'split', both.id, leaving);
    expect(split.status, split.stderr).to.equal(0);
    await eventually(async () => (await search('parliament'))[0]?.versions.length === 1);
    const undone = await run('stories', 'undo', split.stdout.trim());
    expect(undone.stdout, undone.stderr).to.match(/^\d+ pairs\n$/);
    expect((await run('stories', 'undo', 'nothing')).status).to.equal(1);
    expect((await run('stories', 'merge', 'nobody', both.id)).status).to.equal(1);
    const apart = await run('stories', 'never-merge', (await search('harbour'))[0]?.id ?? '', both.id);
    expect(apart.status, apart.stderr).to.equal(0);
  });
});
