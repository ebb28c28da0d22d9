/** What speaks against one story however alike two items are. */
import type { Evidence } from '../../model.ts';
import type { Entry } from './story-book.ts';
import { findConflict, isColumn, isLive, isPressReview } from './title-facts.ts';

/** A column's next edition comes after this long at the earliest; a repost comes sooner or has the same text. */
const EDITION_MS = 12 * 3_600_000;

/** @param sameText the two have their text in common, word for word. @returns evidence of kind `against`, null when nothing stands in the way. */
export function findVeto(one: Entry, two: Entry, sameText: boolean): Evidence | null {
  if (sameText) return null;
  const conflict = findConflict(one.facts, two.facts);
  if (conflict !== null)
    return { kind: 'against', reason: `other-${conflict[0].kind}`, values: conflict.map(fact => fact.value) };
  if (isColumn(one.title) && isColumn(two.title))
    return { kind: 'against', reason: 'next-edition', values: [one.title, two.title] };
  if (isPressReview(one.title) !== isPressReview(two.title))
    return { kind: 'against', reason: 'press-review', values: [one.title, two.title] };
  if (one.sourceId === two.sourceId && Math.abs(one.at - two.at) > EDITION_MS && isLive(one.title) && isLive(two.title))
    return { kind: 'against', reason: 'live-updates', values: [one.title, two.title] };
  if (one.mould === two.mould && one.sourceId === two.sourceId && one.title.length > 0) {
    const apart = Math.abs(one.at - two.at);
    const digits = (title: string) => title.replace(/\D+/g, ' ').trim();
    if (apart > EDITION_MS || digits(one.title) !== digits(two.title))
      return { kind: 'against', reason: 'next-edition', values: [one.title, two.title] };
  }
  return null;
}
