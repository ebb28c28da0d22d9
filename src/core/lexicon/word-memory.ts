/** What words were read as, remembered. */

export type WordTerm = {
  readonly id: number;
  readonly weight: number;
  /** Looks like a name here: written with a capital where that says something, or unknown to a language we know. */
  readonly name: boolean;
};

export type WordTerms = { readonly terms: readonly WordTerm[]; readonly known: boolean };

/**
 * A bounded memory in two generations: when the young one is full it becomes the old one, and what was not asked for since is forgotten.
 * Cheaper than an order of use, and nearly as good.
 */
export type WordMemory<T> = {
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
};

/** @param size entries of one generation; at most twice as many are held. */
export function createWordMemory<T>(size: number): WordMemory<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const set = (key: string, value: T) => {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get(key) {
      const known = young.get(key);
      if (known !== undefined) return known;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
  };
}
