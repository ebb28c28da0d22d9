/** Why two items are one story, as data: what their titles share, in the words of both. Read anew from the titles; nothing is stored for it. */
import type { Evidence } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { type ConceptReading, readConcepts } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import type { Entry } from './story-book.ts';

const VALUES_MAX = 6;

export function gatherEvidence(
  lexicon: Lexicon,
  pair: { one: Entry; two: Entry },
  figures: { probability: number; similarity: number; encoder: string },
): Evidence[] {
  const { one, two } = pair;
  const left = readConcepts(lexicon, one.title, { language: one.language, wordsMax: 48 });
  const right = readConcepts(lexicon, two.title, { language: two.language, wordsMax: 48 });
  const out = sharedTerms(lexicon, left, right);
  if (one.agency !== null && one.agency === two.agency) out.push({ kind: 'agency', name: one.agency });
  out.push({ kind: 'meaning', similarity: round(figures.similarity), encoder: figures.encoder });
  out.push(timeApart(one, two));
  out.push({ kind: 'probability', value: round(figures.probability) });
  return out;
}

export function timeApart(one: Entry, two: Entry): Evidence {
  return { kind: 'time', minutesApart: Math.round(Math.abs(one.at - two.at) / 60_000) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function sharedTerms(lexicon: Lexicon, left: ConceptReading, right: ConceptReading): Evidence[] {
  const surfaces = new Map<number, string>();
  for (const term of right.terms) if (!surfaces.has(term.id)) surfaces.set(term.id, term.surface);
  const names = new Set<string>();
  const places = new Set<string>();
  const numbers = new Set<string>();
  const words = new Map<string, string>();
  for (const term of left.terms) {
    const other = surfaces.get(term.id);
    if (other === undefined) continue;
    const space = spaceOf(term.id);
    if (space === 'number') numbers.add(term.surface);
    else if (space === 'concept' && lexicon.kinds[term.id] === 2) places.add(sameOrBoth(term.surface, other));
    else if (space === 'name' || term.name) names.add(sameOrBoth(term.surface, other));
    else if (!words.has(term.surface)) words.set(term.surface, other);
  }
  for (const place of places) names.delete(place);
  const out: Evidence[] = [];
  if (names.size > 0) out.push({ kind: 'names', values: [...names].slice(0, VALUES_MAX) });
  if (places.size > 0) out.push({ kind: 'places', values: [...places].slice(0, VALUES_MAX) });
  if (numbers.size > 0) out.push({ kind: 'numbers', values: [...numbers].slice(0, VALUES_MAX) });
  if (words.size > 0) out.push({ kind: 'words', pairs: [...words].slice(0, VALUES_MAX) });
  return out;
}

function sameOrBoth(one: string, two: string): string {
  return one.toLowerCase() === two.toLowerCase() ? one : `${one} = ${two}`;
}
