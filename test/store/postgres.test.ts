import type { Store } from '../../src/pipeline/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { freshDatabase, lacking, type TestDatabase } from '../support/services.ts';
import { t0 } from '../support/store-samples.ts';
import { describeStore } from './store-contract.ts';

describe('the PostgreSQL store', () => {
  const opened: Store[] = [];
  let database: TestDatabase;

  before(async function () {
    database = (await freshDatabase()) ?? lacking(this, 'PostgreSQL');
  });

  afterEach(() => Promise.all(opened.splice(0).map(store => store.close())));
  after(() => database?.drop());

  describeStore(async () => {
    const { url } = database;
    await database.empty();
    const open = async () => {
      const store = await openStore(url, { now: () => t0, connectionsMax: 4 });
      opened.push(store);
      return store;
    };
    return { store: await open(), url, again: open };
  });
});
