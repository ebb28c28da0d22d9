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
 * Fetches that end while another one is being saved are saved together: a transaction (its begin, its commit, its sums) is most of
 * what a 304 costs. Nobody waits for company, and each answer still comes after the commit. One that cannot be saved fails alone.
 */
export function groupSaves(engine: StoreEngine): (save: FetchSave) => Promise<Saved> {
  const waiting: Waiting[] = [];
  let saving = false;

  const saveAll = async (): Promise<void> => {
    saving = true;
    while (waiting.length > 0) {
      const group = takeGroup(waiting);
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
    });
}

function takeGroup(waiting: Waiting[]): readonly Waiting[] {
  let [count, items] = [0, 0];
  for (const { save } of waiting) {
    items += save.items.length;
    if (count > 0 && (count >= savesMax || items > itemsMax)) break;
    count++;
  }
  return waiting.splice(0, count);
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
