/** What must hold when processes die, stall and compete. Run for both engines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { expect } from 'chai';
import { sql } from 'kysely';
import { migrate } from '../../src/store/migrate.ts';
import { engineOf, openEngine, openStore } from '../../src/store/open-store.ts';
import { read, saved, source, t0 } from '../support/store-samples.ts';

const program = (name: string) => new URL(`../support/${name}.ts`, import.meta.url).pathname;

/** `npm run faults`: more of everything. */
const atLength = process.env.NEWSFOLD_TEST_KILLS;
const sharedSources = atLength ? 1000 : 200;

export type FaultOptions = {
  /** The address of an empty store, its own for every test. */
  readonly url: () => Promise<string>;
  readonly kills: number;
};

export function describeFaults({ url, kills: killsOfCi }: FaultOptions): void {
  const kills = Number(atLength ?? killsOfCi);
  it(`killed ${kills} times while it writes, loses no acknowledged item, doubles none and moves no story`, async function () {
    this.timeout(120_000 + kills * 10_000);
    const address = await url();
    const lines: string[] = [];
    for (let n = 0; n < kills; n++) {
      const writers = ['one', 'two'].map(name => start('store-writer', [address, name], lines));
      // Every fourth time while they start, else at some moment of their work.
      if (n % 4 !== 0) await Promise.race(writers.map(({ spoke }) => spoke));
      await new Promise(resolve => setTimeout(resolve, (n * 37) % 150));
      for (const { child } of writers) child.kill('SIGKILL');
      await Promise.all(writers.map(({ ended }) => ended));
    }
    const words = lines.map(line => line.split(' '));
    const acknowledged = new Set(words.filter(([kind]) => kind === 'item').map(([, id]) => id ?? ''));
    const stories = new Map(words.filter(([kind]) => kind === 'story').map(([, id, at]) => [id ?? '', Number(at)]));
    expect(acknowledged.size, 'something was written').to.be.greaterThan(kills);
    await checkContents(address, { acknowledged, stories });
  });

  it(`shares ${sharedSources} due sources among 4 processes: each once, never more than 2 of a host at a time`, async function () {
    this.timeout(180_000);
    const address = await url();
    const store = await openStore(address, { now: () => t0 });
    await store.sources.sync(
      Array.from({ length: sharedSources }, (_, n) => source(`s${n}`, `https://host${n % 25}.example/${n}`)),
      t0,
    );
    const lines: string[] = [];
    const workers = [1, 2, 3, 4].map(n => start('store-claimer', [address, `worker-${n}`, String(t0)], lines));
    await Promise.all(workers.map(({ ended }) => ended));
    await store.close();
    const fetches = lines.map(line => line.split(' '));
    expect(fetches.map(([id]) => id).toSorted()).to.deep.equal(
      Array.from({ length: sharedSources }, (_, n) => `s${n}`).toSorted(),
    );
    for (const [id, host, from] of fetches) {
      const together = fetches.filter(
        ([, other, start_, end]) => other === host && Number(start_) <= Number(from) && Number(from) < Number(end),
      );
      expect(together.length, `${host} while ${id} began`).to.be.at.most(2);
    }
  });

  it('killed in the middle of a migration, finishes it at the next start', async () => {
    const address = await url();
    const dying = start('store-migrator', [address, 'die'], []);
    expect(await dying.ended).to.equal('SIGKILL');
    await start('store-migrator', [address, 'migrate'], []).ended;
    const engine = await openEngine(address, {});
    const { rows } = await sql<{ version: number }>`select version from newsfold_schema`.execute(engine.db);
    expect(rows).to.deep.equal([{ version: 1001 }]);
    await sql`select note from facts, extra_a, extra_b, extra_c`.execute(engine.db);
    await engine.close();
    // And this version of the program refuses what a newer one wrote.
    const refused = await openStore(address).then(
      () => 'opened',
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );
    expect(refused).to.match(/^store-unavailable: .*schema version 1001.*start the newer newsfold/);
  });

  it('of the first version is brought to this one: every item with a story will be read anew, once', async () => {
    const address = await url();
    const store = await openStore(address);
    await saved(store, [read('a'), read('b')], { stories: true });
    await saved(store, [read('waiting')]);
    const { db, kind } = engineOf(store);
    await sql`drop table dedup_items`.execute(db);
    if (kind === 'sqlite') {
      await sql`drop index items_known`.execute(db);
      await sql`create index items_source on items (source_id, touched_at, order_at)`.execute(db);
    }
    await sql`update newsfold_schema set version = 1`.execute(db);
    await store.close();
    const again = await openStore(address);
    const rows = await again.items.assignedSince({ since: 0, afterSeq: 0, limit: 9 });
    expect(rows.map(({ id, storyId, kept }) => ({ id, storyId, kept }))).to.deep.equal([
      { id: 'a', storyId: 'a', kept: null },
      { id: 'b', storyId: 'b', kept: null },
    ]);
    await again.close();
  });

  it('a step that fails leaves nothing behind', async () => {
    const address = await url();
    const engine = await openEngine(address, {});
    const bad = { version: 1, statements: () => ['create table half (a text)', 'create table half (a text)'] };
    expect(
      await migrate(engine, [bad]).then(
        () => 'done',
        () => 'failed',
      ),
    ).to.equal('failed');
    await migrate(engine);
    await engine.close();
    await (await openStore(address)).close();
  });

  it('started several times at once migrates once', async () => {
    const address = await url();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(address)));
    await Promise.all(stores.map(store => store.maintenance.check()));
    await Promise.all(stores.map(store => store.close()));
  });
}

async function checkContents(
  address: string,
  { acknowledged, stories }: { acknowledged: ReadonlySet<string>; stories: ReadonlyMap<string, number> },
): Promise<void> {
  const store = await openStore(address);
  const { db, kind } = engineOf(store);
  if (kind === 'sqlite') {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
    expect(rows).to.deep.equal([{ integrity_check: 'ok' }]);
  }
  const items = await db.selectFrom('items').select('id').execute();
  const ids = items.map(({ id }) => id);
  expect(new Set(ids).size, 'no item twice').to.equal(ids.length);
  expect(
    [...acknowledged].filter(id => !ids.includes(id)),
    'no item lost',
  ).to.deep.equal([]);
  const found = new Map(
    (await db.selectFrom('stories').select(['id', 'published_at']).execute()).map(row => [row.id, row.published_at]),
  );
  expect(
    [...stories].filter(([id, at]) => found.get(id) !== at),
    'no story lost or moved',
  ).to.deep.equal([]);
  const keys = await db.selectFrom('item_keys').select('item_id').distinct().execute();
  expect(keys.length, 'keys and items agree').to.equal(ids.length);
  const counted = (await store.sources.list()).reduce((sum, { itemCount }) => sum + itemCount, 0);
  expect(counted, 'counts and items agree').to.equal(ids.length);
  expect((await store.maintenance.stats(t0)).items).to.equal(ids.length);
  await store.close();
}

function start(name: string, parameters: readonly string[], lines: string[]) {
  const child: ChildProcess = spawn(process.execPath, [program(name), ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  const { promise: spoke, resolve: speak } = Promise.withResolvers<void>();
  child.stdout?.on('data', data => {
    output += String(data);
    speak();
  });
  child.stderr?.on('data', data => {
    errors += String(data);
  });
  const ended = new Promise<string | number | null>((resolve, reject) => {
    child.once('close', (code, signal) => {
      speak();
      // Without the last line when that was cut in the middle.
      lines.push(
        ...output
          .split('\n')
          .slice(0, -1)
          .filter(line => line !== ''),
      );
      if (signal === null && code !== 0) reject(new Error(`${name} failed: ${errors}`));
      else resolve(signal ?? code);
    });
  });
  return { child, ended, spoke };
}
