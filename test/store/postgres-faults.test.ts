import { createHash } from 'node:crypto';
import { expect } from 'chai';
import pg from 'pg';
import { openStore } from '../../src/store/open-store.ts';
import { freshDatabase, lacking, startPostgres, type TestDatabase } from '../support/services.ts';
import { lackingDisk, smallDisk } from '../support/small-disk.ts';
import { read, saved, t0 } from '../support/store-samples.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { describeFaults } from './store-faults.ts';

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: unknown }) => error.code,
  );

describe('a PostgreSQL store in trouble', () => {
  const databases: TestDatabase[] = [];
  const url = async () => {
    const database = await freshDatabase();
    if (!database) throw new Error('PostgreSQL is gone');
    databases.push(database);
    return database.url;
  };

  before(async function () {
    const probe = await freshDatabase();
    if (!probe) lacking(this, 'PostgreSQL');
    await probe.drop();
  });

  afterEach(() => Promise.all(databases.splice(0).map(database => database.drop())));

  describeFaults({ url, kills: 8 });

  it('answers `store-unavailable` while the server cannot be reached, and goes on by itself afterwards', async () => {
    const direct = new URL(await url());
    const proxy = await tcpProxy({ host: direct.hostname, port: Number(direct.port || 5432) });
    const indirect = new URL(direct);
    indirect.port = String(proxy.port);
    const store = await openStore(indirect.href, { now: () => t0, connectionsMax: 3 });
    await saved(store, [read('a')], { stories: true });
    const half = store.leases.acquire('x', { holder: 'h', now: t0, leaseMs: 10 });
    await proxy.cut();
    await half.catch(() => undefined);
    expect(await codeOf(store.stories.get('a'))).to.equal('store-unavailable');
    expect(await codeOf(saved(store, [read('b')]))).to.equal('store-unavailable');
    expect(await codeOf(store.maintenance.check())).to.equal('store-unavailable');
    await proxy.mend();
    expect((await store.stories.get('a'))?.id).to.equal('a');
    await saved(store, [read('b')], { now: t0 + 120_000 });
    expect(await store.items.undeduped(10)).to.have.length(1);
    await store.close();
    await proxy.close();
  });

  it('says so when there is no such database, or no server', async () => {
    const missing = new URL(await url());
    missing.pathname = '/no_such_database';
    expect(await codeOf(openStore(missing.href))).to.equal('store-unavailable');
    expect(await codeOf(openStore('postgres://nobody@127.0.0.1:1/none'))).to.equal('store-unavailable');
  });

  it('on a full disk says so, goes on reading, holds nothing half, and goes on writing when there is space', async function () {
    this.timeout(60_000);
    const disk = (await smallDisk(24)) ?? lackingDisk(this);
    const server = (await startPostgres()) ?? lacking(this, 'PostgreSQL');
    try {
      const admin = new pg.Client({ connectionString: server.url });
      await admin.connect();
      await admin.query(`create tablespace small location '${disk.folder}'`);
      await admin.query('create database narrow tablespace small');
      await admin.end();
      const store = await openStore(server.url.replace(/[^/]*$/, 'narrow'), { now: () => t0, connectionsMax: 3 });
      // Text that does not compress, as far as a disk of 24 MiB is concerned.
      const long = (n: number) =>
        Array.from({ length: 900 }, (_, i) => createHash('md5').update(`${n}-${i}`).digest('hex')).join(' ');
      const save = (first: number, now = t0) =>
        saved(
          store,
          Array.from({ length: 10 }, (_, i) => read(`i${first + i}`, { contentHtml: long(first + i) })),
          { now },
        );
      let stored = 0;
      let refused: unknown;
      while (refused === undefined && stored < 2_000) {
        await save(stored).then(
          () => {
            stored += 10;
          },
          (error: { code?: unknown; message?: string }) => {
            refused = [error.code, error.message];
          },
        );
      }
      expect(refused).to.deep.equal([
        'store-full',
        'the disk of the PostgreSQL server is full: free some space, the service goes on by itself',
      ]);
      expect(stored).to.be.greaterThan(10);
      expect(await store.items.undeduped(5_000)).to.have.length(stored);
      expect((await store.sources.get('alpha'))?.itemCount).to.equal(stored);
      await disk.grow(96);
      await save(stored, t0 + 120_000);
      expect(await store.items.undeduped(5_000)).to.have.length(stored + 10);
      expect((await store.sources.get('alpha'))?.itemCount).to.equal(stored + 10);
      await store.close();
    } finally {
      await server.stop();
      await disk.remove();
    }
  });

  it('is backed up by its own tools', async () => {
    const store = await openStore(await url());
    expect(await codeOf(store.maintenance.backup('x', { signal: AbortSignal.timeout(1000) }))).to.equal(
      'invalid-input',
    );
    await store.close();
  });
});
