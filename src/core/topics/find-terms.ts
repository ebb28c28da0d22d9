import type { TopicEvidence } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { ReadTerm } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import { cognateKey } from './cognate-key.ts';
import { combineHits } from './combine-hits.ts';
import type { Component } from './compile-term.ts';
import { findNames } from './find-names.ts';
import type { Add, At, Hit } from './hit.ts';
import { findPlaces, placeLanguage } from './place-index.ts';
import { hasPlaceNames } from './place-names.ts';
import type { ReadVersion } from './read-version.ts';
import type { ConceptPosting, TermIndex } from './term-index.ts';
import { wordStems } from './word-stems.ts';

/** How sure each kind of match is, calibrated on half of the topic set (test/fixtures/topics). */
const sure = { word: 1, inflected: 0.92, foreign: 0.8, place: 0.97, people: 0.92, concept: 0.97, cognate: 0.75 };

/** @returns the best evidence in this version for each term that it has, by the term's number. */
export function findTerms(
  index: TermIndex,
  version: ReadVersion,
  lexicon: Lexicon,
): ReadonlyMap<number, TopicEvidence> {
  const hits = new Map<number, Hit[]>();
  const add = (term: number, hit: Hit): void => {
    const list = hits.get(term);
    if (list === undefined) hits.set(term, [hit]);
    else list.push(hit);
  };
  const hasNames = hasPlaceNames(placeLanguage(version));
  version.tokens.forEach((token, position) => {
    if (token.script === 'digit') return;
    const at: At = { token, version, lexicon, hasNames, read: version.reads[position] ?? [] };
    if (token.script === 'cjk' || token.script === 'other') findRuns(add, index, at);
    else if (index.beginnings.has(token.folded.slice(0, 3))) findForms(add, index, at);
    findConcepts(add, index, at);
    findCognates(add, index, at);
    findNames(add, index, at);
  });
  for (const { code, kind, token, found } of findPlaces(index.places, version)) {
    const strength = kind === 'name' ? sure.place : sure.people;
    for (const term of index.termsByPlace.get(code) ?? [])
      add(term, { component: -1, kind: 'place', strength, token, found });
  }
  const evidence = new Map<number, TopicEvidence>();
  for (const [term, found] of hits) {
    const wanted = index.terms[term];
    const best = wanted === undefined ? null : combineHits(wanted, found, version);
    if (best !== null) evidence.set(term, best);
  }
  return evidence;
}

/** Scripts without spaces: every beginning in the run is tried. */
function findRuns(add: Add, index: TermIndex, { token, lexicon }: At): void {
  const text = lexicon.simplify(token.folded);
  for (let from = 0; from < text.length; from += 1) {
    for (const { term, component, form } of index.byCharacter.get(text.charAt(from)) ?? []) {
      if (text.startsWith(form, from)) add(term, { component, kind: 'word', strength: sure.word, token, found: form });
    }
  }
}

function findForms(add: Add, index: TermIndex, at: At): void {
  const { token, version, read, hasNames } = at;
  const stems = wordStems(token.folded, token.script, version.group);
  stems.forEach((stem, order) => {
    for (const posting of index.byForm.get(stem) ?? []) {
      const term = index.terms[posting.term];
      const wanted = term?.components[posting.component];
      if (term === undefined || wanted === undefined) continue;
      const isExact = wanted.folded === token.folded;
      if (!isExact && order === 0 && !posting.isStem) continue;
      const isForeign = term.group !== null && version.group !== null && term.group !== version.group;
      if (contradicts(wanted, read, isExact && !isForeign)) continue;
      // Endings of one language say nothing about the words of another, but for names and long cognates.
      if (isForeign && !isExact && wanted.sound === '' && stem.length < cognateLength) continue;
      // A place's own spelling stands in where the language's name of it is not known.
      if (term.places.length > 0 && (hasNames || !token.capital || !isExact)) continue;
      const strength = isForeign ? sure.foreign : isExact ? sure.word : sure.inflected;
      const kind = term.places.length > 0 ? 'place' : 'word';
      add(posting.term, { component: posting.component, kind, strength, token, found: token.surface });
    }
  });
}

/** A foreign word that is written alike and that the lexicon does not know better. */
function findCognates(add: Add, index: TermIndex, { token, version, read }: At): void {
  const isKnown = read.some(({ id }) => spaceOf(id) === 'concept');
  if (token.folded.length < (isKnown ? sureCognateLength : 7) || index.byCognate.size === 0) return;
  for (const { term, component } of index.byCognate.get(cognateKey(token.folded, token.script)) ?? []) {
    const compiled = index.terms[term];
    if (compiled === undefined || compiled.group === version.group) continue;
    add(term, { component, kind: 'word', strength: sure.cognate, token, found: token.surface });
  }
}

/** A word as long as "referendum" is the same word everywhere, even where the lexicon confuses it. */
const sureCognateLength = 9;

/** The lexicon knows both words, and they mean different things: `gift` is no `Gift`, `porta` no `porto`. */
function contradicts(wanted: Component, read: readonly ReadTerm[], isSameWord: boolean): boolean {
  // A name is the same in both languages, whatever the lexicon makes of it in one of them.
  if (isSameWord || wanted.sound !== '' || wanted.concepts.size === 0) return false;
  let known = false;
  for (const { id } of read) {
    if (spaceOf(id) !== 'concept') continue;
    if (wanted.concepts.has(id)) return false;
    known = true;
  }
  return known;
}

/** Beginnings this long are shared by words that mean the same: migranti, migrantes, migrants. */
const cognateLength = 6;

/** A word that the lexicon has seen little of has few and small weights; half is as good as all. */
function trust(weight: number): number {
  return Math.min(1, 0.4 + 1.2 * weight);
}

/**
 * What the word means against what the term's word means, each a vector of a few concepts. A run of Chinese or Japanese
 * is many words; each is compared by itself.
 */
function findConcepts(add: Add, index: TermIndex, at: At): void {
  const { read, token } = at;
  if (!read.some(term => index.byConcept.has(term.id))) return;
  if (token.script !== 'cjk') compareConcepts(add, index, at);
  else
    for (const part of Map.groupBy(read, term => term.surface).values())
      compareConcepts(add, index, { ...at, read: part });
}

function compareConcepts(add: Add, index: TermIndex, { token, read }: At): void {
  const dots = new Map<number, { dot: number; readonly posting: ConceptPosting }>();
  let square = 0;
  let found = '';
  for (const term of read) {
    if (spaceOf(term.id) !== 'concept') continue;
    found = term.surface;
    square += term.weight * term.weight;
    for (const posting of index.byConcept.get(term.id) ?? []) {
      const key = posting.term * 16 + posting.component;
      const known = dots.get(key);
      if (known === undefined) dots.set(key, { dot: posting.weight * term.weight, posting });
      else known.dot += posting.weight * term.weight;
    }
  }
  const length = Math.sqrt(square);
  for (const { dot, posting } of dots.values()) {
    const strength = sure.concept * Math.min(1, dot / length) * trust(length);
    if (strength >= strengthMin)
      add(posting.term, { component: posting.component, kind: 'concept', strength, token, found });
  }
}

/** No place in a text and no company in a phrase makes more of a concept than this. */
const strengthMin = 0.3;
