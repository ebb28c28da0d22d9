import type { FetchSave } from '../pipeline/ports.ts';
import type { StoreEngine } from './engine.ts';
import { saveFetches } from './save-fetch.ts';

type Saved = 'saved' | 'refused';
type Waiting = {
  readonly save: FetchSave;
  readonly resolve: (saved: Saved) => void;
  readonly reject: (reason: unknown) => void;
};

/** A transaction holds the only writer: it ends after so many fetches, or so many items. */
const savesMax = 32;
const itemsMax = 300;
/**
 * So long the first one waits for company. Rows that every fetch changes (queue, counters, the log's own) are then written once for
 * several: on a flash card a third less is written for new items, and half for one new item in each of many feeds.
 */
const gatherMs = 25;
/** So many are company enough. */
const gatherMax = 8;

/**
 * Fetches that end about the same time are saved together: a transaction (its begin, its commit, its sums) is most of what a 304
 * costs. Each answer still comes after the commit. One that cannot be saved fails alone.
 */
export function groupSaves(engine: StoreEngine): (save: FetchSave) => Promise<Saved> {
  const waiting: Waiting[] = [];
  let saving = false;
  let enough = (): void => undefined;

  const gathered = (): Promise<void> =>
    new Promise(resolve => {
      if (isEnough(waiting)) return resolve();
      const timer = setTimeout(resolve, gatherMs);
      enough = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const saveAll = async (): Promise<void> => {
    saving = true;
    while (waiting.length > 0) {
      await gathered();
      const group = waiting.splice(0, groupSize(waiting));
      try {
        const saved = await saveFetches(
          engine,
          group.map(({ save }) => save),
        );
        for (const [n, { resolve }] of group.entries()) resolve(saved[n] as Saved);
      } catch (error) {
        await saveEach(engine, group, error);
      }
    }
    saving = false;
  };

  return save =>
    new Promise((resolve, reject) => {
      waiting.push({ save, resolve, reject });
      if (!saving) void saveAll();
      else if (isEnough(waiting)) enough();
    });
}

function groupSize(waiting: readonly Waiting[]): number {
  let [count, items] = [0, 0];
  for (const { save } of waiting) {
    items += save.items.length;
    if (count > 0 && (count >= savesMax || items > itemsMax)) break;
    count++;
  }
  return count;
}

function isEnough(waiting: readonly Waiting[]): boolean {
  return waiting.length >= gatherMax || groupSize(waiting) < waiting.length;
}

/** Nothing of the group was written: now each for itself. */
async function saveEach(engine: StoreEngine, group: readonly Waiting[], error: unknown): Promise<void> {
  if (group.length === 1) {
    group[0]?.reject(error);
    return;
  }
  for (const { save, resolve, reject } of group) {
    await saveFetches(engine, [save]).then(([saved]) => resolve(saved as Saved), reject);
  }
}
