import type { TopicEvidence } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { ReadTerm } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import { cognateKey } from './cognate-key.ts';
import { combineHits } from './combine-hits.ts';
import type { CompiledTerm, Component } from './compile-term.ts';
import { findNames } from './find-names.ts';
import type { Add, At, Hit } from './hit.ts';
import { findPhrases } from './phrase-index.ts';
import { findPlaces, placeLanguage } from './place-index.ts';
import { hasPlaceNames } from './place-names.ts';
import type { ReadVersion } from './read-version.ts';
import type { TermIndex } from './term-index.ts';
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
  const add: Add = (component, hit) => {
    const list = hits.get(component);
    if (list === undefined) hits.set(component, [hit]);
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
  return combineTerms(index, { hits, whole: wholeHits(index, version) }, version);
}

/** Hits that stand for a whole term: of every place that counts as its place, and of its thing; by the term's number. */
function wholeHits(index: TermIndex, version: ReadVersion): ReadonlyMap<number, readonly Hit[]> {
  const hits = new Map<number, Hit[]>();
  const tell = (terms: readonly number[], hit: Hit): void => {
    for (const term of terms) {
      const list = hits.get(term);
      if (list === undefined) hits.set(term, [hit]);
      else list.push(hit);
    }
  };
  for (const { code, kind, token, found } of findPlaces(index.places, version)) {
    const hit: Hit =
      kind === 'name'
        ? { kind: 'place', strength: sure.place, token, found }
        : { kind: 'place', isPeople: true, strength: sure.people, token, found };
    tell(index.termsByPlace.get(code) ?? [], hit);
  }
  for (const { row, token, found } of findPhrases(index.phrases, version)) {
    tell(index.termsByPhrase.get(row) ?? [], { kind: 'concept', strength: sure.concept, token, found });
  }
  return hits;
}

type Found = {
  readonly hits: ReadonlyMap<number, readonly Hit[]>;
  readonly whole: ReadonlyMap<number, readonly Hit[]>;
};

const nowhere: readonly Hit[] = [];

/** Only terms of which something was found are looked at, a phrase only when its rarest word was. */
function combineTerms(
  index: TermIndex,
  { hits, whole }: Found,
  version: ReadVersion,
): ReadonlyMap<number, TopicEvidence> {
  const evidence = new Map<number, TopicEvidence>();
  const look = (term: number): void => {
    const words = (index.wordsOf[term] as readonly number[]).map(component => hits.get(component) ?? nowhere);
    const found = { words, whole: whole.get(term) ?? nowhere };
    const best = combineHits(index.terms[term] as CompiledTerm, found, version);
    if (best !== null) evidence.set(term, best);
  };
  const named = new Set(whole.keys());
  const language = placeLanguage(version);
  for (const component of hits.keys()) {
    for (const term of index.termsByComponent[component] as readonly number[]) {
      const { phrase } = index.terms[term] as CompiledTerm;
      // How this language says it is known: whatever else its words mean is not meant.
      if (phrase !== null && isSaidIn(index, phrase, language)) continue;
      if (index.components[component]?.isPlace) named.add(term);
      else if (hasAll(index.wordsOf[term] as readonly number[], hits)) look(term);
    }
  }
  for (const term of named) look(term);
  return evidence;
}

function isSaidIn(index: TermIndex, phrase: number, language: string): boolean {
  const languages = index.languagesOfPhrase[phrase];
  return languages !== undefined && (languages.has(language) || languages.has('*'));
}

function hasAll(components: readonly number[], hits: Found['hits']): boolean {
  for (const component of components) if (!hits.has(component)) return false;
  return true;
}

/** Scripts without spaces: every beginning in the run is tried. */
function findRuns(add: Add, index: TermIndex, { token, lexicon }: At): void {
  const text = lexicon.simplify(token.folded);
  for (let from = 0; from < text.length; from += 1) {
    for (const { component, form } of index.byCharacter.get(text.charAt(from)) ?? []) {
      if (text.startsWith(form, from)) add(component, { kind: 'word', strength: sure.word, token, found: form });
    }
  }
}

function findForms(add: Add, index: TermIndex, at: At): void {
  const { token, version, read, hasNames } = at;
  const stems = wordStems(token.folded, token.script, version.group);
  stems.forEach((stem, order) => {
    for (const posting of index.byForm.get(stem) ?? []) {
      const wanted = index.components[posting.component];
      if (wanted === undefined) continue;
      const isExact = wanted.folded === token.folded;
      if (!isExact && order === 0 && !posting.isStem) continue;
      const isForeign = wanted.group !== null && version.group !== null && wanted.group !== version.group;
      if (contradicts(wanted, read, isExact && !isForeign)) continue;
      // Endings of one language say nothing about the words of another, but for names and long cognates.
      if (isForeign && !isExact && wanted.sound === '' && stem.length < cognateLength) continue;
      // A place's own spelling stands in where the language's name of it is not known.
      if (wanted.isPlace && (hasNames || !token.capital || !isExact)) continue;
      const strength = isForeign ? sure.foreign : isExact ? sure.word : sure.inflected;
      const kind = wanted.isPlace ? 'place' : 'word';
      add(posting.component, { kind, strength, token, found: token.surface });
    }
  });
}

/** A foreign word that is written alike and that the lexicon does not know better. */
function findCognates(add: Add, index: TermIndex, { token, version, read }: At): void {
  const isKnown = read.some(({ id }) => spaceOf(id) === 'concept');
  if (token.folded.length < (isKnown ? sureCognateLength : 7) || index.byCognate.size === 0) return;
  for (const component of index.byCognate.get(cognateKey(token.folded, token.script)) ?? []) {
    if (index.components[component]?.group === version.group) continue;
    add(component, { kind: 'word', strength: sure.cognate, token, found: token.surface });
  }
}

/** A word as long as "referendum" is the same word everywhere, even where the lexicon confuses it. */
const sureCognateLength = 9;

/** The lexicon knows both words, and they mean different things: `gift` is no `Gift`, `porta` no `porto`. */
function contradicts(
  wanted: Pick<Component, 'sound' | 'concepts'>,
  read: readonly ReadTerm[],
  isSameWord: boolean,
): boolean {
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
  const dots = new Map<number, number>();
  let square = 0;
  let found = '';
  for (const term of read) {
    if (spaceOf(term.id) !== 'concept') continue;
    found = term.surface;
    square += term.weight * term.weight;
    for (const { component, weight } of index.byConcept.get(term.id) ?? [])
      dots.set(component, (dots.get(component) ?? 0) + weight * term.weight);
  }
  const length = Math.sqrt(square);
  for (const [component, dot] of dots) {
    const strength = sure.concept * Math.min(1, dot / length) * trust(length);
    if (strength >= strengthMin) add(component, { kind: 'concept', strength, token, found });
  }
}

/** No place in a text and no company in a phrase makes more of a concept than this. */
const strengthMin = 0.3;
