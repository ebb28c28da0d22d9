/** What every engine must do, whatever it is made of: the one suite that `sqlite.test.ts` and `postgres.test.ts` run. */
import type { Store } from '../../src/pipeline/ports.ts';
import { describeClaims } from './contract-claims.ts';
import { describeDedupSaves } from './contract-dedup-saves.ts';
import { describeItems } from './contract-items.ts';
import { describeKeptItems } from './contract-kept-items.ts';
import { describeMaintenance } from './contract-maintenance.ts';
import { describeSearch } from './contract-search.ts';
import { describeSmallStores } from './contract-small-stores.ts';
import { describeSources } from './contract-sources.ts';
import { describeStories } from './contract-stories.ts';

/** A store of the test's own, empty, closed and removed after the test. `again` opens the same data once more. */
export type StoreUnderTest = { readonly store: Store; readonly url: string; again(): Promise<Store> };

/** @param fresh opens an empty store; what it opens, its suite removes. */
export type FreshStore = () => Promise<StoreUnderTest>;

export function describeStore(fresh: FreshStore): void {
  describeSources(fresh);
  describeClaims(fresh);
  describeItems(fresh);
  describeDedupSaves(fresh);
  describeKeptItems(fresh);
  describeStories(fresh);
  describeSearch(fresh);
  describeSmallStores(fresh);
  describeMaintenance(fresh);
}
