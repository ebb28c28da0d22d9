import type { TopicEvidence } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readConcepts } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import type { ReadVersion } from './read-version.ts';
import { indexCategoryWords, subjectOfCategory } from './subject-categories.ts';
import { type Subject, subjects } from './subject-names.ts';
import { subjectWeights } from './subject-weights.ts';

/** Knows what each concept says about the subjects. */
export type SubjectReader = {
  readonly categories: ReadonlyMap<string, Subject>;
  /** Concept → weight of each subject, in the order of `subjects`. */
  readonly weights: ReadonlyMap<number, Float32Array>;
  readonly lexicon: Lexicon;
};

/** A subject, with what said it. */
export type SubjectFinding = Pick<TopicEvidence, 'found' | 'where' | 'strength'>;

export function compileSubjects(lexicon: Lexicon): SubjectReader {
  const weights = new Map<number, Float32Array>();
  for (const [word, row] of subjectWeights()) {
    const { terms } = readConcepts(lexicon, word, { language: 'en', wordsMax: 3 });
    const [term] = terms.filter(({ id }) => spaceOf(id) === 'concept');
    if (term !== undefined && !weights.has(term.id)) weights.set(term.id, row);
  }
  return { categories: indexCategoryWords(), weights, lexicon };
}

/** Below this the words do not say what the text is about. */
export const subjectBar = 0.5;

/** Evidence that weighs as much as one clear word; a text without any is of no subject. */
const prior = 2.2;

/**
 * What the version is about: outright where its source's categories say so, else by its words.
 * @returns the subjects with a strength of at least `subjectBar`.
 */
export function classifySubject(reader: SubjectReader, version: ReadVersion): ReadonlyMap<Subject, SubjectFinding> {
  const findings = new Map<Subject, SubjectFinding>();
  for (const category of version.item.categories) {
    const found = subjectOfCategory(reader.categories, category);
    if (found !== null && (findings.get(found.subject)?.strength ?? 0) < found.strength) {
      findings.set(found.subject, { found: category, where: 'categories', strength: found.strength });
    }
  }
  const { scores, best } = scoreWords(reader, version);
  const total = prior + scores.reduce((sum, score) => sum + Math.max(0, score), 0);
  subjects.forEach((subject, index) => {
    const score = scores[index] as number;
    // Share of the evidence, so that a text about two things may be of both.
    const strength = Math.min(0.95, (1.35 * score) / total);
    const known = findings.get(subject)?.strength ?? 0;
    const word = best[index];
    if (strength < subjectBar || known >= strength || word === undefined) return;
    findings.set(subject, { found: word.found, where: word.where, strength: Math.round(strength * 1000) / 1000 });
  });
  return findings;
}

type BestWord = { found: string; where: 'title' | 'text'; weight: number };

function scoreWords(reader: SubjectReader, version: ReadVersion): { scores: number[]; best: (BestWord | undefined)[] } {
  const scores = subjects.map(() => 0);
  const best: (BestWord | undefined)[] = subjects.map(() => undefined);
  const seen = new Map<number, number>();
  for (const { term, token } of version.occurrences) {
    const row = reader.weights.get(term.id);
    if (row === undefined || token.field === 'categories' || term.weight < 0.3) continue;
    const times = (seen.get(term.id) ?? 0) + 1;
    seen.set(term.id, times);
    const place = token.field === 'title' ? 1.5 : token.at % 1000 < 80 ? 1 : 0.6;
    const weight = (place * term.weight) / times;
    for (let index = 0; index < scores.length; index += 1) {
      const amount = weight * (row[index] as number);
      scores[index] = (scores[index] as number) + amount;
      if (amount > (best[index]?.weight ?? 0)) {
        best[index] = { found: term.surface, where: token.field === 'title' ? 'title' : 'text', weight: amount };
      }
    }
  }
  return { scores, best };
}
