import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { sql } from 'kysely';
import type { Store } from '../../src/pipeline/ports.ts';
import { engineOf, openStore } from '../../src/store/open-store.ts';
import { runNewsfold } from '../support/run-newsfold.ts';
import { freshDatabase, lacking, type TestDatabase } from '../support/services.ts';
import { read, saved, t0 } from '../support/store-samples.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');
/** `npm run faults` kills more often, and copies more so that there is something left to interrupt. */
const kills = process.env.NEWSFOLD_TEST_KILLS ? 20 : 3;
const items = kills * 1000;
const tables = [
  'source_states',
  'fetches',
  'items',
  'item_keys',
  'versions',
  'stories',
  'story_topics',
  'topic_versions',
  'audit',
  'counters',
] as const;

/** `newsfold store copy` as a person starts it, killed by kill -9 and started again until it says that it is done. */
describe('newsfold store copy, killed in the middle', function () {
  this.timeout(180_000 + kills * 30_000);
  let database: TestDatabase | null = null;
  let dir = '';
  const opened: Store[] = [];

  beforeEach(async function () {
    database = (await freshDatabase()) ?? lacking(this, 'PostgreSQL');
    dir = await mkdtemp(join(tmpdir(), 'newsfold-copy-killed-'));
    await writeFile(join(dir, 'sources.yaml'), 'sources: []\n');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(store => store.close()));
    await database?.drop();
    await rm(dir, { recursive: true, force: true });
  });

  const open = async (url: string) => {
    const store = await openStore(url, { now: () => t0, connectionsMax: 2 });
    opened.push(store);
    return store;
  };

  /** @returns whether the copy was still at work when it was killed; on a loaded machine it may end before this process gets its turn. */
  const killOne = async (round: number, { from, to, target }: { from: string; to: string; target: Store }) => {
    const progress = () => target.facts.get('copy.progress');
    const before = await progress();
    const child = spawn(process.execPath, [main, '--config', dir, 'store', 'copy', to], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NEWSFOLD_STORE_URL: from },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    // Every fourth one while it starts; the others at some moment after they went on.
    if (round % 4 !== 3) while (child.exitCode === null && (await progress()) === before) await sleep(2);
    await sleep((round * 37) % 90);
    child.kill('SIGKILL');
    await ended;
    const wasStarting = round % 4 === 3;
    return child.signalCode === 'SIGKILL' && (wasStarting || (await progress()) !== null);
  };

  const contents = async (store: Store) => {
    const { db } = engineOf(store);
    const found: Record<string, readonly string[]> = {};
    for (const table of tables) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
      found[table] = rows.map(row => JSON.stringify(Object.entries(row).toSorted())).toSorted();
    }
    return found;
  };

  for (const direction of ['SQLite to PostgreSQL', 'PostgreSQL to SQLite'] as const) {
    it(`${direction}: goes on where it was, ${kills} times, and ends with the same rows and the same search`, async () => {
      const ends = [`sqlite:${join(dir, 'newsfold.db')}`, database?.url ?? ''];
      const [from = '', to = ''] = direction.startsWith('SQLite') ? ends : ends.toReversed();
      const source = await open(from);
      for (let n = 0; n < items; n += 250) {
        const batch = Array.from({ length: 250 }, (_, i) => read(`i${n + i}`, { text: `città ${n + i} صحيفة` }));
        await saved(source, batch, { stories: true, now: t0 + n * 1000 });
      }
      await source.audit.add({ at: t0, by: 'ada', action: 'x', subject: 'y', detail: {} });
      const target = await open(to);
      let interrupted = 0;
      const resumedAt = new Set<string | null>();
      let done = false;
      for (let round = 0; round < kills; round++) {
        done = !(await killOne(round, { from, to, target }));
        if (done) break;
        interrupted++;
        resumedAt.add(await target.facts.get('copy.progress'));
      }
      expect(interrupted, 'killed while at work').to.be.greaterThan(0);
      expect(resumedAt.size, 'each went on from where the last one was').to.be.greaterThan(interrupted / 2);
      if (!done) {
        const last = await runNewsfold(dir, ['store', 'copy', to], { environment: { NEWSFOLD_STORE_URL: from } });
        expect([last.status, last.stdout], last.stderr).to.deep.equal([0, 'copied and verified\n']);
      }
      expect(await contents(target)).to.deep.equal(await contents(source));
      expect((await contents(target)).items).to.have.length(items);
      const find = async (store: Store) => (await store.stories.page({ q: 'citta', limit: 1000 })).map(({ id }) => id);
      expect(await find(target)).to.deep.equal(await find(source));
      expect(await find(target)).to.have.length(Math.min(items, 1000));
      expect(await target.facts.get('copy.progress')).to.equal(null);
    });
  }
});
