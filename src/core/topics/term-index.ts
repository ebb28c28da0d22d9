import type { Lexicon } from '../lexicon/lexicon.ts';
import { NAME_SPACE, termId } from '../lexicon/term-ids.ts';
import { readWords, type Script, scriptOf } from '../text/words.ts';
import { cognateKey } from './cognate-key.ts';
import type { CompiledTerm } from './compile-term.ts';
import { indexPlaces, type PlaceIndex } from './place-index.ts';
import type { PlaceTable } from './place-names.ts';

/** Where a term may be found: its number and which of its words. */
export type Posting = { readonly term: number; readonly component: number };

export type FormPosting = Posting & { readonly isStem: boolean };
export type ConceptPosting = Posting & { readonly weight: number };

/** All terms of all topics, turned around: from what a text has to who wants it. No look-up depends on their number. */
export type TermIndex = {
  readonly terms: readonly CompiledTerm[];
  readonly byForm: ReadonlyMap<string, readonly FormPosting[]>;
  /** First three letters of the forms: most words of a text begin otherwise. */
  readonly beginnings: ReadonlySet<string>;
  readonly byConcept: ReadonlyMap<number, readonly ConceptPosting[]>;
  /** International words by `cognateKey`. */
  readonly byCognate: ReadonlyMap<string, readonly Posting[]>;
  /** Sound of a name → terms, and the same by the id that the lexicon's reader gives it. */
  readonly bySound: ReadonlyMap<string, readonly Posting[]>;
  readonly bySoundId: ReadonlyMap<number, readonly Posting[]>;
  /** Scripts without spaces: first character → whole form. */
  readonly byCharacter: ReadonlyMap<string, readonly (Posting & { readonly form: string })[]>;
  readonly places: PlaceIndex;
  readonly termsByPlace: ReadonlyMap<string, readonly number[]>;
};

export function indexTerms(
  terms: readonly CompiledTerm[],
  deps: { readonly lexicon: Lexicon; readonly places: PlaceTable },
): TermIndex {
  const byForm = new Map<string, FormPosting[]>();
  const byConcept = new Map<number, ConceptPosting[]>();
  const byCognate = new Map<string, Posting[]>();
  const bySound = new Map<string, Posting[]>();
  const bySoundId = new Map<number, Posting[]>();
  const byCharacter = new Map<string, (Posting & { form: string })[]>();
  const termsByPlace = new Map<string, number[]>();
  terms.forEach(({ components, places }, term) => {
    for (const code of places) push(termsByPlace, code, term);
    components.forEach(({ folded, script, forms, concepts, sound }, component) => {
      if (script === 'cjk' || script === 'other') {
        const form = deps.lexicon.simplify(folded);
        if (form.length >= 2 || places.length === 0) push(byCharacter, form.charAt(0), { term, component, form });
      } else {
        forms.forEach((form, order) => {
          push(byForm, form, { term, component, isStem: order > 0 });
        });
      }
      // A place is looked up by its names; its word's other meanings are what one does not want (Turkey, turkey).
      if (places.length > 0) return;
      for (const [id, weight] of concepts) push(byConcept, id, { term, component, weight });
      const cognate = cognateKey(folded, script);
      if (cognate !== '' && sound === '') push(byCognate, cognate, { term, component });
      if (sound === '') return;
      push(bySound, sound, { term, component });
      push(bySoundId, termId(NAME_SPACE, sound), { term, component });
    });
  });
  const places = indexPlaces(new Set(termsByPlace.keys()), deps.places, firstScript);
  const beginnings = new Set([...byForm.keys()].map(form => form.slice(0, 3)));
  return { terms, byForm, beginnings, byConcept, byCognate, bySound, bySoundId, byCharacter, places, termsByPlace };
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [value]);
  else list.push(value);
}

function firstScript(word: string): Script {
  return scriptOf(word.charCodeAt(0)) ?? readWords(word, 1)[0]?.script ?? 'other';
}
