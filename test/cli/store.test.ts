import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { runNewsfold } from '../support/run-newsfold.ts';
import { eventually } from '../support/running-service.ts';

const run = promisify(execFile);
const main = join(import.meta.dirname, '../../src/main.ts');

describe('newsfold backup and restore', function () {
  this.timeout(60_000);
  let farm: FeedFarm;
  let service: ChildService;
  let dir = '';
  let elsewhere = '';

  /** As an admin would; the store is that of the folder. */
  const environment = () => ({ PATH: process.env.PATH, NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}` });
  const newsfold = (...parameters: readonly string[]) =>
    run(process.execPath, [main, '--config', dir, ...parameters], { env: environment() }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  before(async () => {
    farm = await startFeedFarm({ items: 5 });
    dir = await farmFolder(farm.origin, { feeds: 4, schedule: '10s' });
    elsewhere = await mkdtemp(join(tmpdir(), 'newsfold-backup-'));
    service = await startChild(dir);
    await eventually(async () => (await publishedIds(service.url)).size === 20);
  });
  after(async () => {
    await service?.kill('SIGKILL');
    await farm?.close();
    await removeFolder(dir);
    await rm(elsewhere, { recursive: true, force: true });
  });

  it('copies while the service runs, and puts back feeds with the same ids', async () => {
    const file = join(elsewhere, 'copy.db');
    const before = await publishedIds(service.url);
    const copied = await newsfold('backup', file);
    expect(copied.stdout).to.match(/copy\.db: \d+ bytes\n$/);
    farm.grow();
    await eventually(async () => (await publishedIds(service.url)).size === 24);

    const refused = await newsfold('restore', file);
    expect([refused.code, refused.stderr]).to.satisfy(
      ([code, text]: [number, string]) => code === 1 && /is in use: stop newsfold, then restore/.test(text),
    );
    expect((await publishedIds(service.url)).size, 'the running service is not touched').to.equal(24);

    expect(await service.kill('SIGTERM')).to.equal(0);
    const restored = await newsfold('restore', file);
    expect(restored.code, restored.stderr).to.equal(0);
    expect((await readdir(dir)).filter(name => name.includes('before-restore'))).to.include(
      'newsfold.db.before-restore',
    );
    service = await startChild(dir);
    const after = await publishedIds(service.url);
    for (const [title, id] of before) expect(after.get(title)).to.equal(id);
    // What came after the backup is fetched again.
    await eventually(async () => (await publishedIds(service.url)).size === 24);
  });

  it('names what is wrong with the place of a backup, and never touches the store', async () => {
    const refused = async (file: string, words: RegExp) => {
      const ended = await newsfold('backup', file);
      expect([ended.code, ended.stdout], file).to.deep.equal([1, '']);
      expect(ended.stderr, file)
        .to.match(words)
        .and.to.match(/^newsfold: [^\n]*\n$/);
    };
    await refused(join(elsewhere, 'missing', 'copy.db'), /there is no folder \S*missing for the backup: make it/);
    await refused(elsewhere, /is a folder: name the file in it/);
    await refused(join(dir, 'newsfold.db'), /is the store itself: name another file/);
    await refused(join(dir, '..', basename(dir), 'newsfold.db-wal'), /is the store itself/);
    await refused('/proc/newsfold-copy.db', /newsfold-copy\.db cannot be written: check that its folder/);
    expect((await publishedIds(service.url)).size).to.equal(24);
    expect((await readdir(elsewhere)).filter(name => name !== 'copy.db')).to.deep.equal([]);
  });

  it('says that the disk of the backup is full, keeps the backup before, and leaves no half one', async function () {
    const prlimit = await run('prlimit', ['--version']).catch(() => null);
    if (!prlimit) {
      console.log('      prlimit is lacking: a full disk under a backup is not tested');
      return this.skip();
    }
    const file = join(elsewhere, 'copy.db');
    const before = await readFile(file);
    const limited = ['--fsize=100000:', process.execPath, main, '--config', dir, 'backup', file];
    const ended = await run('prlimit', limited, { env: environment() }).then(
      () => null,
      (error: { code: number; stderr: string }) => error,
    );
    expect([ended?.code, ended?.stderr]).to.deep.equal([
      1,
      `newsfold: the disk of ${file} is full: free some space there, then back up again\n`,
    ]);
    expect(await readdir(elsewhere)).to.deep.equal(['copy.db']);
    expect(await readFile(file)).to.deep.equal(before);
  });

  it('makes no backup or copy of a store that is not there, and no store either', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'newsfold-nothing-'));
    const nothing = { NEWSFOLD_STORE_URL: `sqlite:${join(empty, 'newsfold.db')}` };
    for (const words of [
      ['backup', join(empty, 'copy.db')],
      ['store', 'copy', `sqlite:${join(empty, 'copy.db')}`],
    ]) {
      const ended = await runNewsfold(dir, words, { environment: nothing });
      expect([ended.status, ended.stdout]).to.deep.equal([1, '']);
      expect(ended.stderr).to.match(/^newsfold: there is no store at \S+newsfold\.db: check store\.url/);
    }
    expect(await readdir(empty)).to.deep.equal([]);
    await rm(empty, { recursive: true });
  });

  it('refuses a file that is no backup, and leaves the store alone', async () => {
    await service.kill('SIGTERM');
    const file = join(elsewhere, 'letter.txt');
    await writeFile(file, 'Dear Sir or Madam, this is a letter and no database, though it is long enough to be one.');
    const refused = await newsfold('restore', file);
    expect([refused.code, /is no backup of a newsfold store/.test(refused.stderr)]).to.deep.equal([1, true]);
    service = await startChild(dir);
    expect((await publishedIds(service.url)).size).to.equal(24);
  });
});
