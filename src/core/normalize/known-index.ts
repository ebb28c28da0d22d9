import type { ItemId, Millis } from '../../model.ts';
import { readWitness, type Witness } from './identity-keys.ts';

/** What is remembered of a stored item (`KnownItem` of the ports has this shape). */
export type RememberedItem = {
  readonly itemId: ItemId;
  readonly keys: readonly string[];
  readonly rawHash: string;
  readonly contentHash: string;
  readonly firstSeenAt: Millis;
  readonly orderAt: Millis;
  readonly deleted: boolean;
};

/** Stored items by each of their keys, and by the name of their witnesses. */
export class KnownIndex {
  readonly #byKey = new Map<string, Remembered | Remembered[]>();

  constructor(known: readonly RememberedItem[]) {
    for (const item of known) {
      const remembered = new Remembered(item);
      for (const key of item.keys) {
        this.#add(key.charCodeAt(0) === witnessLetter ? key.slice(0, key.indexOf('.')) : key, remembered);
      }
    }
  }

  #add(key: string, remembered: Remembered): void {
    const owners = this.#byKey.get(key);
    if (owners === undefined) this.#byKey.set(key, remembered);
    else if (!Array.isArray(owners)) {
      if (owners !== remembered) this.#byKey.set(key, [owners, remembered]);
    } else if (!owners.includes(remembered)) owners.push(remembered);
  }

  owners(key: string): readonly Remembered[] {
    const owners = this.#byKey.get(key);
    return owners === undefined ? [] : Array.isArray(owners) ? owners : [owners];
  }

  named(name: string): readonly Remembered[] {
    return this.owners(`w:${name}`);
  }
}

const witnessLetter = 'w'.charCodeAt(0);

/** A stored item, given to one item of the document at most. Most are never looked at, so their witnesses are read when asked for. */
export class Remembered {
  readonly item: RememberedItem;
  claimed = false;
  #witnesses: readonly Witness[] | null = null;

  constructor(item: RememberedItem) {
    this.item = item;
  }

  get witnesses(): readonly Witness[] {
    this.#witnesses ??= this.item.keys.map(readWitness).filter(witness => witness !== null);
    return this.#witnesses;
  }
}
