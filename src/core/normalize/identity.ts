import type { ItemId, ParsedItem, SourceId, Warning } from '../../model.ts';
import { nameUuid } from '../text/hash.ts';
import { canonicalUrl } from './canonical-url.ts';
import {
  type IdentityKeys,
  identityKeys,
  lastResortKey,
  pageOf,
  rawHash,
  type Witness,
  witnessKey,
} from './identity-keys.ts';
import { KnownIndex, type Remembered, type RememberedItem } from './known-index.ts';

export type Decision =
  | {
      readonly kind: 'new';
      readonly index: number;
      readonly itemId: ItemId;
      readonly keys: readonly string[];
      readonly rawHash: string;
    }
  | {
      /** Known, and the document says something else of it than before. */
      readonly kind: 'changed';
      readonly index: number;
      readonly known: RememberedItem;
      readonly keys: readonly string[];
      readonly rawHash: string;
    }
  | { readonly kind: 'unchanged' | 'deleted'; readonly index: number; readonly known: RememberedItem }
  | { readonly kind: 'duplicate'; readonly index: number };

type Entry = {
  readonly index: number;
  readonly item: ParsedItem;
  readonly page: string | null;
  readonly keys: IdentityKeys;
  known: Remembered | null;
};

export type Reconciled = {
  /** One an item, in document order. */
  readonly decisions: readonly Decision[];
  /** The items' pages in canonical form, place on the page included. */
  readonly pages: readonly (string | null)[];
  readonly warnings: readonly Warning[];
};

/**
 * Which item of a document is which stored item of the same source (docs/technotes/004-identity-of-items.md). In rounds from the
 * strongest evidence to the weakest; each stored item is given once. What nothing claims is new.
 *
 * @param siteUrl the feed's own link, which identifies no item
 */
export function reconcile(
  items: readonly ParsedItem[],
  known: readonly RememberedItem[],
  source: { readonly id: SourceId; readonly siteUrl: string | null },
): Reconciled {
  const site = source.siteUrl === null ? null : canonicalUrl(source.siteUrl);
  const all = items.map((item, index): Entry => {
    const page = pageOf(item);
    return { index, item, page, keys: identityKeys(item, page, site), known: null };
  });
  const duplicates = findDuplicates(all);
  const entries = all.filter(entry => !duplicates.has(entry.index));
  const index = new KnownIndex(known);
  const reused = reusedKeys(entries);

  claimBy(entries, entry => ownKey(entry.keys.guid, reused), { index, accepts: guidAccepts });
  claimBy(entries, entry => ownKey(entry.keys.page, reused), { index, accepts: pageAccepts });
  // Both keys are in doubt now; an item whose page is shared by several is told from its siblings by its name.
  claimBy(entries, entry => entry.keys.guid ?? entry.keys.page, { index, accepts: sameName });
  claimByName(entries, index, sameNameAndMoment);
  if (isRewritten(entries, index)) claimByName(entries, index, sameNameAndText);

  const taken = new Set<string>();
  const byIndex = new Map(entries.map(entry => [entry.index, entry]));
  const decisions = all.map(({ index: at }): Decision => {
    const entry = byIndex.get(at);
    return entry ? decide(entry, { sourceId: source.id, index, reused, taken }) : { kind: 'duplicate', index: at };
  });
  return { decisions, pages: all.map(entry => entry.page), warnings: warningsOf(duplicates, reused) };
}

function decide(
  entry: Entry,
  context: { sourceId: SourceId; index: KnownIndex; reused: ReadonlySet<string>; taken: Set<string> },
): Decision {
  const { index, item, known } = entry;
  const hash = rawHash(item, entry.page);
  if (known?.item.deleted) return { kind: 'deleted', index, known: known.item };
  if (known?.item.rawHash === hash) return { kind: 'unchanged', index, known: known.item };
  const own = ownKeys(entry, context);
  if (known) return { kind: 'changed', index, known: known.item, keys: own, rawHash: hash };
  const strongest = own[0] ?? lastResortKey(item, 0);
  return {
    kind: 'new',
    index,
    itemId: nameUuid(`${context.sourceId}\n${strongest}`, context.sourceId),
    keys: own,
    rawHash: hash,
  };
}

/** The keys that belong to this item and to no other, strongest first, then its witness. */
function ownKeys(
  entry: Entry,
  context: { index: KnownIndex; reused: ReadonlySet<string>; taken: Set<string> },
): string[] {
  const { keys, known } = entry;
  const strong = [keys.guid, keys.page].filter(key => {
    if (key === null || context.reused.has(key) || context.taken.has(key)) return false;
    return context.index.owners(key).every(owner => owner === known);
  }) as string[];
  if (strong.length === 0 && known === null) {
    // Twins that nothing tells apart are counted.
    let key = lastResortKey(entry.item, 0);
    for (let twin = 1; context.taken.has(key) || context.index.owners(key).length > 0; twin++)
      key = lastResortKey(entry.item, twin);
    strong.push(key);
  }
  if (strong.length === 0) strong.push(...(known?.item.keys.slice(0, 1) ?? []));
  for (const key of strong) context.taken.add(key);
  return [...strong, witnessKey(keys.witness)];
}

type Accepts = (entry: Entry, known: Remembered, index: KnownIndex) => boolean;

function claimBy(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string | null,
  { index, accepts }: { index: KnownIndex; accepts: Accepts },
): void {
  for (const entry of entries) {
    const key = entry.known === null ? keyOf(entry) : null;
    if (key !== null) claim(entry, index.owners(key), known => accepts(entry, known, index));
  }
}

function claimByName(entries: readonly Entry[], index: KnownIndex, accepts: Accepts): void {
  for (const entry of entries) {
    if (entry.known === null) {
      claim(entry, index.named(entry.keys.witness.name), known => accepts(entry, known, index));
    }
  }
}

function claim(entry: Entry, candidates: readonly Remembered[], accepts: (known: Remembered) => boolean): void {
  const found = candidates.filter(known => !known.claimed && accepts(known));
  const best =
    found.find(known => known.witnesses.some(witness => isSameWitness(witness, entry.keys.witness))) ?? found[0];
  if (!best) return;
  best.claimed = true;
  entry.known = best;
}

/** A guid is believed, unless page, name and date all say that it is another item: some feeds give all items one guid. */
function guidAccepts(entry: Entry, known: Remembered, index: KnownIndex): boolean {
  if (sameName(entry, known) || hasKey(known, entry.keys.page)) return true;
  // Another stored item has this very page: then that is the one.
  if (entry.keys.page !== null && index.owners(entry.keys.page).some(owner => owner !== known)) return false;
  return !isDatedOtherwise(entry, known);
}

/** A page is believed (guids that change at every fetch), unless guid, name and date all differ: pages like `/latest`. */
function pageAccepts(entry: Entry, known: Remembered): boolean {
  if (entry.keys.guid === null || hasKey(known, entry.keys.guid) || sameName(entry, known)) return true;
  const knownHasGuid = known.item.keys.some(key => key.startsWith('g:'));
  return !knownHasGuid || (hasDate(entry, known) && !isDatedOtherwise(entry, known));
}

function sameName(entry: Entry, known: Remembered): boolean {
  const { name } = entry.keys.witness;
  return known.witnesses.some(witness => witness.name === name) && !isDatedOtherwise(entry, known);
}

/**
 * The same name, and the same minute or (without dates) the same path: links whose query changes at every fetch, sites that moved.
 * Midnight is no minute but a day, and a day may have two "Weather" items: then the path must agree too.
 */
function sameNameAndMoment(entry: Entry, known: Remembered): boolean {
  const wanted = entry.keys.witness;
  return known.witnesses.some(witness => {
    if (witness.name !== wanted.name) return false;
    const samePath = witness.path === wanted.path;
    if (witness.minute === '-' || wanted.minute === '-') return samePath;
    return witness.minute === wanted.minute && (samePath || Number.parseInt(wanted.minute, 36) % 1440 !== 0);
  });
}

/**
 * The feed was dated, linked and numbered anew as a whole: three items or more, most of the document and two thirds of what nothing
 * claimed have a stored item of the same name and text. One alone may well be next week's "Open thread".
 */
function isRewritten(entries: readonly Entry[], index: KnownIndex): boolean {
  const open = entries.filter(entry => entry.known === null);
  const told = open.filter(entry =>
    index.named(entry.keys.witness.name).some(known => !known.claimed && sameNameAndText(entry, known)),
  );
  return told.length >= 3 && told.length * 3 >= open.length * 2 && open.length * 2 >= entries.length;
}

function sameNameAndText(entry: Entry, known: Remembered): boolean {
  const { name, text } = entry.keys.witness;
  return text !== '-' && known.witnesses.some(witness => witness.name === name && witness.text === text);
}

function isDatedOtherwise(entry: Entry, known: Remembered): boolean {
  const { minute } = entry.keys.witness;
  if (minute === '-' || known.witnesses.length === 0) return false;
  return known.witnesses.every(witness => witness.minute !== '-' && witness.minute !== minute);
}

function hasDate(entry: Entry, known: Remembered): boolean {
  return entry.keys.witness.minute !== '-' && known.witnesses.some(witness => witness.minute !== '-');
}

function hasKey(known: Remembered, key: string | null): boolean {
  return key !== null && known.item.keys.includes(key);
}

function isSameWitness(a: Witness, b: Witness): boolean {
  return a.name === b.name && a.path === b.path && a.minute === b.minute;
}

function ownKey(key: string | null, reused: ReadonlySet<string>): string | null {
  return key !== null && reused.has(key) ? null : key;
}

/** Items listed twice: one guid and one page, or one of them and the same name and moment. The first is kept. */
function findDuplicates(entries: readonly Entry[]): ReadonlySet<number> {
  const seen = new Set<string>();
  const duplicates = new Set<number>();
  for (const { index, keys } of entries) {
    const { guid, page, witness } = keys;
    const moment = `${witness.name} ${witness.minute}`;
    const marks: string[] = [];
    if (guid !== null && page !== null) marks.push(`${guid} ${page} ${witness.name}`);
    if (guid !== null) marks.push(`${guid} ${moment}`);
    if (page !== null) marks.push(`${page} ${moment}`);
    if (marks.length === 0) marks.push(`${witness.path} ${moment}`);
    if (marks.some(mark => seen.has(mark))) duplicates.add(index);
    for (const mark of marks) seen.add(mark);
  }
  return duplicates;
}

/** Guids and pages that several items of one document share identify none of them. */
function reusedKeys(entries: readonly Entry[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const reused = new Set<string>();
  for (const { keys } of entries) {
    for (const key of [keys.guid, keys.page]) {
      if (key === null) continue;
      if (seen.has(key)) reused.add(key);
      seen.add(key);
    }
  }
  return reused;
}

function warningsOf(duplicates: ReadonlySet<number>, reused: ReadonlySet<string>): Warning[] {
  const warnings: Warning[] = [...duplicates].map(item => ({
    code: 'duplicate-id',
    message: 'the item is in the document twice; the first is kept',
    item,
  }));
  if ([...reused].some(key => key.startsWith('g:'))) {
    warnings.push({
      code: 'duplicate-id',
      message: 'several different items share one id; they are told apart by link and title',
    });
  }
  return warnings;
}
