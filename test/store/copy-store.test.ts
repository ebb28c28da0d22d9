import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Store } from '../../src/pipeline/ports.ts';
import { copyStore } from '../../src/store/copy-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { restoreBackup } from '../../src/store/restore-backup.ts';
import { freshDatabase, lacking, type TestDatabase } from '../support/services.ts';
import { read, saved, t0 } from '../support/store-samples.ts';
import { dedupSave, topic } from './contract-dedup-saves.ts';

const signal = new AbortController().signal;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: unknown; name?: unknown }) => error.code ?? error.name,
  );

async function fill(store: Store, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, n) => read(`i${n}`, { text: `صحيفة ${n} città`, orderAt: t0 - n }));
  await saved(store, items, { stories: true });
  const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
  await store.stories.save(
    dedupSave({
      kept: { reader: 'r', items: [{ itemId: 'i4', bytes }] },
      merges: [{ from: 'i1', into: 'i0', evidence: [{ kind: 'same-title' }] }],
      topics: [{ storyId: 'i2', topics: [topic('t', 0.123456789)] }],
    }),
  );
  await store.items.delete('i3');
  await store.audit.add({ at: t0, by: 'ada', action: 'x', subject: 'y', detail: {} });
  await store.facts.set('password', 'hash');
  await store.leases.acquire('dedup', { holder: 'h', now: t0, leaseMs: 10 });
}

async function picture(store: Store) {
  return {
    stories: await store.stories.page({ limit: 1000 }),
    found: (await store.stories.page({ q: 'citta', limit: 1000 })).map(({ id }) => id),
    topics: await store.stories.topicsOf('i2'),
    version: await store.stories.topicVersion('all'),
    sources: await store.sources.list(),
    known: await store.sources.known('alpha', 2000),
    audit: await store.audit.list({ limit: 10 }),
    facts: [...(await store.facts.list('pass'))],
    kept: (await store.items.assignedSince({ since: 0, afterSeq: 0, limit: 1000 })).map(({ kept, ...row }) => ({
      ...row,
      kept: kept && [...kept],
    })),
    history: await store.sources.history('alpha', 10),
  };
}

describe('copying a store', () => {
  const opened: Store[] = [];
  const databases: TestDatabase[] = [];
  let folder: string;
  let files = 0;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newsfold-copy-'));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(store => store.close()));
    await Promise.all(databases.splice(0).map(database => database.drop()));
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (url: string) => {
    const store = await openStore(url, { now: () => t0, connectionsMax: 3 });
    opened.push(store);
    return store;
  };
  const file = () => `sqlite:${join(folder, `${files++}.db`)}`;

  it('takes everything from SQLite to PostgreSQL and back, and the copy goes on numbering', async function () {
    const database = (await freshDatabase()) ?? lacking(this, 'PostgreSQL');
    databases.push(database);
    const [first, second, third] = [await open(file()), await open(database.url), await open(file())];
    await fill(first, 450);
    const wanted = await picture(first);
    const steps: string[] = [];
    const copied = await copyStore(first, second, {
      signal,
      onProgress: ({ phase, done, total }) => steps.push(`${phase} ${done}/${total}`),
    });
    expect(steps.at(-1)).to.equal(`verify ${copied.rows}/${copied.rows}`);
    expect(await picture(second)).to.deep.equal(wanted);
    await copyStore(second, third, { signal });
    expect(await picture(third)).to.deep.equal(wanted);
    for (const store of [second, third]) {
      await saved(store, [read('after')], { now: t0 + 120_000, stories: true });
      await store.audit.add({ at: t0, by: 'ada', action: 'x', subject: 'z', detail: {} });
      expect((await store.audit.list({ limit: 9 })).map(({ subject }) => subject)).to.deep.equal(['z', 'y']);
      expect(await store.stories.get('after')).to.not.equal(null);
    }
  });

  it('goes on where it was interrupted', async () => {
    const [from, to] = [await open(file()), await open(file())];
    await fill(from, 700);
    const stop = new AbortController();
    const interrupted = copyStore(from, to, {
      signal: stop.signal,
      onProgress: ({ done }) => done > 500 && stop.abort(),
    });
    expect(await codeOf(interrupted)).to.not.equal('done');
    const first: number[] = [];
    await copyStore(from, to, { signal, onProgress: ({ done }) => first.push(done) });
    expect(await picture(to)).to.deep.equal(await picture(from));
    expect(await codeOf(copyStore(from, to, { signal }))).to.equal('conflict');
  });

  it('notices what changed meanwhile, and is right after another call', async () => {
    const [from, to] = [await open(file()), await open(file())];
    await fill(from, 300);
    let changed = false;
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === 'verify' && !changed) {
        changed = true;
        void from.facts.set('late', 'change');
      }
    };
    expect(await codeOf(copyStore(from, to, { signal, onProgress }))).to.equal('conflict');
    await copyStore(from, to, { signal });
    expect(await to.facts.get('late')).to.equal('change');
  });

  it('never writes into a store that holds something else', async () => {
    const [from, to] = [await open(file()), await open(file())];
    await fill(from, 5);
    await fill(to, 4);
    const before = await picture(to);
    expect(await codeOf(copyStore(from, to, { signal }))).to.equal('conflict');
    expect(await picture(to)).to.deep.equal(before);
  });

  it('refuses a store that is not one of openStore’s', async () => {
    const from = await open(file());
    expect(await codeOf(copyStore(from, { ...from }, { signal }))).to.equal('invalid-input');
  });

  describe('to a backup file', () => {
    it('works while the store is written to, and restoring brings the state back', async () => {
      const url = file();
      const path = url.slice('sqlite:'.length);
      const store = await open(url);
      await fill(store, 200);
      const wanted = await picture(store);
      const backup = join(folder, 'backup.db');
      const pages: number[] = [];
      await store.maintenance.backup(backup, { signal, onProgress: done => pages.push(done) });
      await saved(store, [read('after')], { now: t0 + 120_000, stories: true });
      expect(await codeOf(restoreBackup(backup, path))).to.equal('conflict');
      await store.close();
      await restoreBackup(backup, path);
      expect(await picture(await open(url))).to.deep.equal(wanted);
      expect((await stat(`${path}.before-restore`)).size).to.be.greaterThan(0);
    });

    it('keeps the store before of every restore, and there is a store in its place at every moment', async () => {
      const url = file();
      const path = url.slice('sqlite:'.length);
      const backup = join(folder, 'backup.db');
      const store = await open(url);
      await fill(store, 20);
      await store.maintenance.backup(backup, { signal });
      await store.facts.set('only', 'before the first restore');
      await store.close();
      let [looks, absences, restoring] = [0, 0, true];
      const looking = (async () => {
        while (restoring) {
          looks++;
          if (!existsSync(path)) absences++;
          await new Promise(resolve => setImmediate(resolve));
        }
      })();
      const kept = [await restoreBackup(backup, path), await restoreBackup(backup, path)];
      restoring = false;
      await looking;
      expect(kept).to.deep.equal([`${path}.before-restore`, `${path}.before-restore-2`]);
      expect(looks).to.be.greaterThan(10);
      expect(absences).to.equal(0);
      const first = await open(`sqlite:${path}.before-restore`);
      expect(await first.facts.get('only')).to.equal('before the first restore');
      expect(await (await open(url)).facts.get('only')).to.equal(null);
    });

    it('can be stopped, and leaves no half file', async () => {
      const store = await open(file());
      await fill(store, 300);
      const backup = join(folder, 'backup.db');
      expect(await codeOf(store.maintenance.backup(backup, { signal: AbortSignal.abort() }))).to.not.equal('done');
      expect(await codeOf(stat(backup))).to.equal('ENOENT');
      expect(await codeOf(stat(`${backup}.part`))).to.equal('ENOENT');
    });

    it('restores over a damaged store, and refuses what is no backup', async () => {
      const url = file();
      const path = url.slice('sqlite:'.length);
      const store = await open(url);
      await fill(store, 20);
      const wanted = await picture(store);
      const backup = join(folder, 'backup.db');
      await store.maintenance.backup(backup, { signal });
      await store.close();
      await writeFile(path, 'damaged'.repeat(1000));
      const text = join(folder, 'text');
      await writeFile(text, 'no backup');
      expect(await codeOf(restoreBackup(text, path))).to.equal('invalid-input');
      expect(await codeOf(restoreBackup(join(folder, 'missing'), path))).to.equal('invalid-input');
      await restoreBackup(backup, path);
      expect(await picture(await open(url))).to.deep.equal(wanted);
    });
  });
});
