import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/pipeline/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { t0 } from '../support/store-samples.ts';
import { describeStore } from './store-contract.ts';

describe('the SQLite store', () => {
  const opened: Store[] = [];
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newsfold-store-'));
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(store => store.close()));
    await rm(folder, { recursive: true, force: true });
  });

  describeStore(async () => {
    const url = `sqlite:${join(folder, 'deep', 'store.db')}`;
    const open = async () => {
      const store = await openStore(url, { now: () => t0 });
      opened.push(store);
      return store;
    };
    return { store: await open(), url, again: open };
  });
});
