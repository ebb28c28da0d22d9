import type { LanguageGroup } from '../lexicon/language-groups.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { NAME_SPACE, termId } from '../lexicon/term-ids.ts';
import { readWords, type Script, scriptOf } from '../text/words.ts';
import { cognateKey } from './cognate-key.ts';
import type { CompiledTerm, Component } from './compile-term.ts';
import { indexPhrases, type PhraseIndex } from './phrase-index.ts';
import type { PhraseTable } from './phrase-table.ts';
import { indexPlaces, type PlaceIndex } from './place-index.ts';
import type { PlaceTable } from './place-names.ts';

/**
 * A word that terms want, once for all of them: of 1,000 topics many want an election, each another one. Read as `group` and
 * as (part of) the name of a place or not.
 */
export type IndexedComponent = Omit<Component, 'offset'> & {
  readonly group: LanguageGroup | null;
  readonly isPlace: boolean;
};

/** Where a word may be found: the number of its component. */
type FormPosting = { readonly component: number; readonly isStem: boolean };
type ConceptPosting = { readonly component: number; readonly weight: number };
type RunPosting = { readonly component: number; readonly form: string };

/** All terms of all topics, turned around: from what a text has to who wants it. No look-up depends on their number. */
export type TermIndex = {
  readonly terms: readonly CompiledTerm[];
  readonly components: readonly IndexedComponent[];
  /** Term → numbers of its components, in their order. */
  readonly wordsOf: readonly (readonly number[])[];
  /** Component → the terms that may be found when it is: those of which it is the rarest word, by how many terms want it. */
  readonly termsByComponent: readonly (readonly number[])[];
  readonly byForm: ReadonlyMap<string, readonly FormPosting[]>;
  /** First three letters of the forms: most words of a text begin otherwise. */
  readonly beginnings: ReadonlySet<string>;
  readonly byConcept: ReadonlyMap<number, readonly ConceptPosting[]>;
  /** International words by `cognateKey`. */
  readonly byCognate: ReadonlyMap<string, readonly number[]>;
  /** Sound of a name, and the same by the id that the lexicon's reader gives it. */
  readonly bySound: ReadonlyMap<string, readonly number[]>;
  readonly bySoundId: ReadonlyMap<number, readonly number[]>;
  /** Scripts without spaces: first character → whole form. */
  readonly byCharacter: ReadonlyMap<string, readonly RunPosting[]>;
  readonly places: PlaceIndex;
  readonly termsByPlace: ReadonlyMap<string, readonly number[]>;
  readonly phrases: PhraseIndex;
  readonly termsByPhrase: ReadonlyMap<number, readonly number[]>;
  /** Thing → languages that have an expression of their own for it. */
  readonly languagesOfPhrase: PhraseTable['languagesOf'];
};

export function indexTerms(
  terms: readonly CompiledTerm[],
  deps: { readonly lexicon: Lexicon; readonly places: PlaceTable; readonly phrases: PhraseTable },
): TermIndex {
  const byForm = new Map<string, FormPosting[]>();
  const byConcept = new Map<number, ConceptPosting[]>();
  const byCognate = new Map<string, number[]>();
  const bySound = new Map<string, number[]>();
  const bySoundId = new Map<number, number[]>();
  const byCharacter = new Map<string, RunPosting[]>();
  const { components, wordsOf } = shareComponents(terms);
  components.forEach(({ folded, script, forms, concepts, sound, isPlace }, component) => {
    if (script === 'cjk' || script === 'other') {
      const form = deps.lexicon.simplify(folded);
      if (form.length >= 2 || !isPlace) push(byCharacter, form.charAt(0), { component, form });
    } else {
      forms.forEach((form, order) => {
        push(byForm, form, { component, isStem: order > 0 });
      });
    }
    // A place is looked up by its names; its word's other meanings are what one does not want (Turkey, turkey).
    if (isPlace) return;
    for (const [id, weight] of concepts) push(byConcept, id, { component, weight });
    const cognate = cognateKey(folded, script);
    if (cognate !== '' && sound === '') push(byCognate, cognate, component);
    if (sound === '') return;
    push(bySound, sound, component);
    push(bySoundId, termId(NAME_SPACE, sound), component);
  });
  const termsByPlace = new Map<string, number[]>();
  const termsByPhrase = new Map<number, number[]>();
  terms.forEach(({ places, phrase }, term) => {
    for (const code of places) push(termsByPlace, code, term);
    if (phrase !== null) push(termsByPhrase, phrase, term);
  });
  return {
    ...{ terms, components, wordsOf, termsByComponent: callTerms(terms, wordsOf, components.length) },
    ...{ byForm, byConcept, byCognate, bySound, bySoundId, byCharacter, termsByPlace, termsByPhrase },
    beginnings: new Set([...byForm.keys()].map(form => form.slice(0, 3))),
    phrases: indexPhrases(new Set(termsByPhrase.keys()), deps.phrases),
    languagesOfPhrase: deps.phrases.languagesOf,
    places: indexPlaces(new Set(termsByPlace.keys()), deps.places, firstScript),
  };
}

function shareComponents(terms: readonly CompiledTerm[]): Pick<TermIndex, 'components' | 'wordsOf'> {
  const components: IndexedComponent[] = [];
  const numberOf = new Map<string, number>();
  const wordsOf = terms.map(({ components: words, group, places }) =>
    words.map(({ offset: _, ...word }) => {
      const { folded, script, sound, concepts } = word;
      const isPlace = places.length > 0;
      const key = JSON.stringify([group, isPlace, script, folded, sound, [...concepts]]);
      const known = numberOf.get(key);
      if (known !== undefined) return known;
      numberOf.set(key, components.length);
      return components.push({ ...word, group, isPlace }) - 1;
    }),
  );
  return { components, wordsOf };
}

/** A place with a name of several words is found by any of them, a phrase only by all: then its rarest calls it. */
function callTerms(
  terms: readonly CompiledTerm[],
  wordsOf: TermIndex['wordsOf'],
  count: number,
): TermIndex['termsByComponent'] {
  const uses = new Uint32Array(count);
  for (const words of wordsOf) for (const word of words) uses[word] = (uses[word] as number) + 1;
  const called: number[][] = Array.from({ length: count }, () => []);
  wordsOf.forEach((words, term) => {
    const rarest = words.reduce((one, two) => ((uses[two] as number) < (uses[one] as number) ? two : one));
    for (const word of terms[term]?.places.length ? new Set(words) : [rarest]) (called[word] as number[]).push(term);
  });
  return called;
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [value]);
  else list.push(value);
}

function firstScript(word: string): Script {
  return scriptOf(word.charCodeAt(0)) ?? readWords(word, 1)[0]?.script ?? 'other';
}
