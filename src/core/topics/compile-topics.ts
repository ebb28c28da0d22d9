import type { LanguageTag, SourceId, Topic } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { type AboutIndex, indexMeanings, type Meaning, readMeaning } from './about.ts';
import { compileSubjects, type SubjectReader } from './classify-subject.ts';
import { type CompiledTerm, compileTerm, type TermContext } from './compile-term.ts';
import { createPhraseTable, type PhraseTable } from './phrase-table.ts';
import { createPlaceTable, type PlaceTable } from './place-names.ts';
import { findSubject, type Subject } from './subject-names.ts';
import { indexTerms, type TermIndex } from './term-index.ts';
import { guessTopicLanguages } from './topic-languages.ts';

/** A topic with its words as numbers of terms; topics that want the same share them. */
export type CompiledTopic = {
  readonly topic: Topic;
  readonly any: readonly number[];
  readonly all: readonly number[];
  readonly none: readonly number[];
  readonly about: Meaning | null;
  readonly subject: Subject | null;
  readonly sourceIds: ReadonlySet<SourceId>;
  readonly tags: ReadonlySet<string>;
  readonly languages: ReadonlySet<LanguageTag>;
};

/** All topics, ready for `matchStory`. Stateless: the same story gives the same answer, however often it is asked. */
export type CompiledTopics = {
  readonly topics: readonly CompiledTopic[];
  readonly index: TermIndex;
  /** Which topics a term may bring into play. */
  readonly topicsByTerm: ReadonlyMap<number, readonly number[]>;
  /** Which topics a concept of their `about` may bring into play, with its weight there. */
  readonly topicsByConcept: AboutIndex;
  /** Topics that neither brings into play: by sources or subject alone. */
  readonly alwaysAsked: readonly number[];
  readonly subjects: SubjectReader;
  readonly lexicon: Lexicon;
};

type Prepared = { readonly places: PlaceTable; readonly phrases: PhraseTable; readonly subjects: SubjectReader };

/** The same for all topics of a lexicon and slow to make: a preview compiles one topic at a time. */
const preparedFor = new WeakMap<Lexicon, Prepared>();

function prepare(lexicon: Lexicon): Prepared {
  const known = preparedFor.get(lexicon);
  if (known !== undefined) return known;
  const prepared = {
    places: createPlaceTable(),
    phrases: createPhraseTable(),
    subjects: compileSubjects(lexicon),
  };
  preparedFor.set(lexicon, prepared);
  return prepared;
}

/**
 * Turns topics into an index. Takes about 200 ms for the names of places, once, and well under a millisecond a topic:
 * done when the configuration changes, not for each story.
 */
export function compileTopics(topics: readonly Topic[], deps: { readonly lexicon: Lexicon }): CompiledTopics {
  const { lexicon } = deps;
  const { places, phrases, subjects } = prepare(lexicon);
  const terms: CompiledTerm[] = [];
  const numberOf = new Map<string, number>();
  const compiled = topics.map(topic => compileTopic(topic, { lexicon, places, phrases, subjects, terms, numberOf }));
  const topicsByTerm = new Map<number, number[]>();
  const alwaysAsked: number[] = [];
  compiled.forEach((topic, index) => {
    const callers = topic.any.length > 0 || topic.about !== null ? topic.any : topic.all;
    for (const term of callers) {
      const called = topicsByTerm.get(term);
      if (called === undefined) topicsByTerm.set(term, [index]);
      else called.push(index);
    }
    if (callers.length === 0 && topic.about === null) alwaysAsked.push(index);
  });
  return {
    topics: compiled,
    index: indexTerms(terms, { lexicon, places, phrases }),
    topicsByTerm,
    topicsByConcept: indexMeanings(compiled.map(({ about }) => about)),
    alwaysAsked,
    subjects,
    lexicon,
  };
}

type Compilation = {
  readonly lexicon: Lexicon;
  readonly places: PlaceTable;
  readonly phrases: PhraseTable;
  readonly subjects: SubjectReader;
  readonly terms: CompiledTerm[];
  readonly numberOf: Map<string, number>;
};

function compileTopic(topic: Topic, compilation: Compilation): CompiledTopic {
  const { lexicon, places, phrases } = compilation;
  const languages = guessTopicLanguages(topic, lexicon);
  const context: TermContext = { lexicon, places, phrases, languages };
  const compileAll = (words: readonly string[]) => words.flatMap(word => addTerm(word, context, compilation));
  const about = topic.about?.trim() ?? '';
  return {
    topic,
    any: compileAll(topic.any),
    all: compileAll(topic.all),
    none: compileAll(topic.none),
    about: about === '' ? null : readMeaning(compilation.subjects, about, languages[0] ?? null),
    subject: topic.subject === undefined ? null : findSubject(topic.subject),
    sourceIds: new Set(topic.sources.filter(source => !source.startsWith('tag:'))),
    tags: new Set(topic.sources.filter(source => source.startsWith('tag:')).map(source => source.slice(4))),
    languages: new Set(topic.languages.map(primarySubtag)),
  };
}

/** The same word in topics of the same language is one term. */
function addTerm(word: string, context: TermContext, { terms, numberOf }: Compilation): number[] {
  const key = `${context.languages.join(' ')}\n${word}`;
  const known = numberOf.get(key);
  if (known !== undefined) return [known];
  const term = compileTerm(word, context);
  if (term === null) return [];
  numberOf.set(key, terms.length);
  terms.push(term);
  return [terms.length - 1];
}

/** `pt-BR` → `pt`: a topic's languages mean all their regions. */
export function primarySubtag(language: LanguageTag): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}
