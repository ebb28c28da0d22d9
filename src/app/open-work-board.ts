import { randomUUID } from 'node:crypto';
import type { Millis } from '../model.ts';
import type { Cache, Log, Store } from '../pipeline/ports.ts';
import { createWorkBoard, type WorkBoard } from '../pipeline/work-board.ts';

/** The board in the store, with a notice to every process that shares the cache. */
export function openWorkBoard(deps: {
  readonly store: Store;
  readonly cache: Cache;
  readonly now: () => Millis;
  readonly log: Log;
}): WorkBoard {
  const { store, cache, now, log } = deps;
  return createWorkBoard({
    ...{ facts: store.facts, now, log, newId: randomUUID },
    notice: (work, ended) => cache.publish('work', JSON.stringify({ ...work, ended })),
  });
}
