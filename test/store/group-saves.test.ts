import { expect } from 'chai';
import type { Store } from '../../src/pipeline/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { SqliteConnection } from '../../src/store/sqlite-dialect.ts';
import { claimed, fetchSave, source, t0 } from '../support/store-samples.ts';

const { run } = SqliteConnection.prototype;

describe('fetches that end about the same time', () => {
  let store: Store;
  let commits = 0;

  beforeEach(async () => {
    store = await openStore('sqlite::memory:', { now: () => t0 });
    await store.sources.sync(
      Array.from({ length: 40 }, (_, n) => source(`s${n}`)),
      t0,
    );
    SqliteConnection.prototype.run = function (sql, parameters) {
      if (sql === 'commit') commits++;
      return run.call(this, sql, parameters);
    };
  });
  afterEach(async () => {
    SqliteConnection.prototype.run = run;
    await store.close();
  });

  const endOf = async (from: number, count: number) => {
    const claims = await Promise.all(Array.from({ length: count }, (_, n) => claimed(store, `s${from + n}`)));
    commits = 0;
    return () => Promise.all(claims.map(claim => store.sources.save(fetchSave(claim, []))));
  };

  for (const [count, transactions] of [
    [1, 1],
    [3, 1],
    [8, 1],
    [32, 1],
    [40, 2],
  ] as const) {
    it(`share transactions: ${count} take ${transactions}`, async () => {
      const end = await endOf(0, count);
      expect(await end()).to.deep.equal(Array.from({ length: count }, () => 'saved'));
      expect(commits).to.equal(transactions);
    });
  }
});
