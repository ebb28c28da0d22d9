import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type ChildService, farmFolder, publishedIds, removeFolder, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
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
  const newsfold = (...parameters: readonly string[]) =>
    run(process.execPath, [main, '--config', dir, ...parameters], {
      env: { PATH: process.env.PATH, NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}` },
    }).then(
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
