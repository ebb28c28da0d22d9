import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openStore } from '../../src/store/open-store.ts';
import { read, saved, t0 } from '../support/store-samples.ts';
import { describeFaults } from './store-faults.ts';

describe('a SQLite store in trouble', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newsfold-faults-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const url = () => Promise.resolve(`sqlite:${join(folder, 'store.db')}`);
  describeFaults({ url, kills: 20 });

  it('on a full disk says so, goes on reading, is not damaged, and goes on writing when there is space', async () => {
    const small = await openStore(await url(), { now: () => t0, bytesMax: 1_500_000 });
    const long = 'x'.repeat(20_000);
    let stored = 0;
    let code: unknown;
    while (code === undefined && stored < 1000) {
      const batch = Array.from({ length: 5 }, (_, n) => read(`i${stored + n}`, { contentHtml: long }));
      await saved(small, batch).then(
        () => {
          stored += batch.length;
        },
        (error: { code?: unknown }) => {
          code = error.code;
        },
      );
    }
    expect(code).to.equal('store-full');
    expect(await small.items.undeduped(1000)).to.have.length(stored);
    expect((await small.sources.get('alpha'))?.itemCount).to.equal(stored);
    await small.maintenance.prune({ olderThan: t0 + 1, perSourceMax: 1000, batch: 10, now: t0 });
    await saved(small, [read('after', { contentHtml: long })], { now: t0 + 120_000 });
    await small.close();
    const roomy = await openStore(await url(), { now: () => t0 });
    await saved(roomy, [read('later', { contentHtml: long })], { now: t0 + 240_000 });
    expect(await roomy.items.undeduped(1000)).to.have.length(stored - 10 + 2);
    await roomy.close();
  });

  it('answers clearly for a file that is none, and for a place that cannot be written to', async () => {
    const open = (path: string) =>
      openStore(`sqlite:${path}`).then(
        () => 'opened',
        (error: { code?: unknown }) => error.code,
      );
    await writeFile(join(folder, 'text.db'), 'this is no database, it is only text that is long enough to be read');
    expect(await open(join(folder, 'text.db'))).to.equal('store-unavailable');
    expect(await open(join(folder, 'text.db', 'below', 'store.db'))).to.equal('store-unavailable');
    expect(await openStore('mysql://x').catch((error: { code?: unknown }) => error.code)).to.equal('config-invalid');
  });

  it('lets the event loop go on while another process holds the write lock', async () => {
    const store = await openStore(await url(), { now: () => t0 });
    const other = new DatabaseSync(join(folder, 'store.db'));
    other.exec('begin immediate');
    let turns = 0;
    const ticking = setInterval(() => turns++, 5);
    const writing = store.facts.set('a', 'b');
    await new Promise(resolve => setTimeout(resolve, 150));
    expect(await store.facts.get('a')).to.equal(null);
    other.exec('commit');
    await writing;
    clearInterval(ticking);
    expect(turns).to.be.greaterThan(5);
    expect(await store.facts.get('a')).to.equal('b');
    other.close();
    await store.close();
  });
});
