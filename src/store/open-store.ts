import { AppError } from '../errors.ts';
import type { Millis } from '../model.ts';
import type { Store } from '../pipeline/ports.ts';
import { auditStore } from './audit-store.ts';
import { correctionStore } from './correction-store.ts';
import type { StoreEngine } from './engine.ts';
import { factStore } from './fact-store.ts';
import { hubStore } from './hub-store.ts';
import { itemStore } from './item-store.ts';
import { leaseStore } from './lease-store.ts';
import { maintenanceStore } from './maintenance-store.ts';
import { migrate } from './migrate.ts';
import { sourceStore } from './source-store.ts';
import { openSqlite } from './sqlite.ts';
import { storyStore } from './story-store.ts';
import { tokenStore } from './token-store.ts';

export type StoreOptions = {
  readonly now?: () => Millis;
  /** SQLite only: the file grows to so many bytes and no further; then writes answer `store-full`. */
  readonly bytesMax?: number;
  /** PostgreSQL only: connections of this process. */
  readonly connectionsMax?: number;
};

const engines = new WeakMap<Store, StoreEngine>();

/**
 * Opens a store and brings its schema up to date.
 * @param url `sqlite:./data/newsfold.db`, `sqlite::memory:`, `postgres://user:password@host:5432/name?sslmode=require`.
 * @throws AppError `config-invalid` for another scheme, `store-unavailable` when it cannot be opened or is newer than this program.
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const engine = await openEngine(url, options);
  try {
    await migrate(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const store = storeOf(engine);
  engines.set(store, engine);
  return store;
}

/** For this folder's own tools (copying): the engine under a store. */
export function engineOf(store: Store): StoreEngine {
  const engine = engines.get(store);
  if (!engine) throw new AppError('invalid-input', 'this store was not opened by openStore');
  return engine;
}

/** @returns the file of a `sqlite:` address (or `:memory:`); `null` for another one. */
export function sqliteFile(url: string): string | null {
  return /^sqlite:(?:\/\/(?=[/.]))?(.+)$/.exec(url)?.[1] ?? null;
}

export async function openEngine(
  url: string,
  { now = Date.now, bytesMax, connectionsMax }: StoreOptions,
): Promise<StoreEngine> {
  const file = sqliteFile(url);
  if (file !== null) return openSqlite(file, { now, ...(bytesMax === undefined ? {} : { bytesMax }) });
  if (/^postgres(?:ql)?:\/\//.test(url)) {
    // Loaded only when asked for: a Raspberry Pi with SQLite does not pay for the driver.
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(url, { now, ...(connectionsMax === undefined ? {} : { connectionsMax }) });
  }
  throw new AppError('config-invalid', 'store.url must begin with sqlite: or postgres://');
}

function storeOf(engine: StoreEngine): Store {
  return {
    engine: engine.kind,
    sources: sourceStore(engine),
    items: itemStore(engine),
    stories: storyStore(engine),
    corrections: correctionStore(engine),
    audit: auditStore(engine),
    tokens: tokenStore(engine),
    facts: factStore(engine),
    leases: leaseStore(engine),
    hubs: hubStore(engine),
    maintenance: maintenanceStore(engine),
    close: () => engine.close(),
  };
}
