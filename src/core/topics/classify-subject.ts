import type { Topic, TopicEvidence } from '../../model.ts';
import { hasNewsWordsOnly } from '../lexicon/language-groups.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readConcepts } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import type { ReadVersion } from './read-version.ts';
import { indexCategoryWords, subjectOfCategory } from './subject-categories.ts';
import { indexLocalWords, type LocalIndex, localSubjects, localWordsOf } from './subject-local-words.ts';
import { type Subject, subjects } from './subject-names.ts';
import { subjectWeights } from './subject-weights.ts';

/** Knows what each concept says about the subjects. */
export type SubjectReader = {
  readonly categories: ReadonlyMap<string, Subject>;
  /** Concept → weight of each subject, in the order of `subjects`. */
  readonly weights: ReadonlyMap<number, Float32Array>;
  /** Words of languages that the lexicon does not know. */
  readonly localWords: LocalIndex;
  readonly lexicon: Lexicon;
};

/** A subject, with what said it. */
export type SubjectFinding = Pick<TopicEvidence, 'found' | 'where' | 'strength'>;

export function compileSubjects(lexicon: Lexicon): SubjectReader {
  const weights = new Map<number, Float32Array>();
  for (const [word, row] of subjectWeights()) {
    const { terms } = readConcepts(lexicon, word, { language: 'en', wordsMax: 3 });
    const [term] = terms.filter(({ id }) => spaceOf(id) === 'concept');
    if (term === undefined) continue;
    const known = weights.get(term.id);
    // Two forms of one word say it once, and as strongly as the stronger.
    weights.set(
      term.id,
      known === undefined ? row : row.map((value, index) => stronger(value, known[index] as number)),
    );
  }
  return { categories: indexCategoryWords(), weights, localWords: indexLocalWords(), lexicon };
}

function stronger(one: number, two: number): number {
  return Math.abs(one) >= Math.abs(two) ? one : two;
}

/** How sure the words must be of the subject, in plain terms. Calibrated on SIB-200's training and development parts. */
export const subjectBars: Readonly<Record<Topic['threshold'], number>> = { strict: 0.68, normal: 0.52, wide: 0.25 };

/** What speaks for "none of these", and how much of a long text's evidence is repetition. */
const background = 2.5;
const sharpness = 1.3;
const half = 5;

/**
 * What the version is about: outright where its source's categories say so, else by its words, a linear classifier over
 * concepts that works alike in all languages of the lexicon.
 * @returns the subjects with a strength of at least the lowest of `subjectBars`.
 */
export function classifySubject(reader: SubjectReader, version: ReadVersion): ReadonlyMap<Subject, SubjectFinding> {
  return new Map(rankSubjects(reader, version).filter(([, { strength }]) => strength >= subjectBars.wide));
}

/** @returns every subject that something speaks for, the likeliest first, however unlikely: for measuring. */
export function rankSubjects(
  reader: SubjectReader,
  version: ReadVersion,
): readonly (readonly [Subject, SubjectFinding])[] {
  const findings = new Map<Subject, SubjectFinding>();
  for (const category of version.item.categories) {
    const found = subjectOfCategory(reader.categories, category);
    if (found !== null && (findings.get(found.subject)?.strength ?? 0) < found.strength) {
      findings.set(found.subject, { found: category, where: 'categories', strength: found.strength });
    }
  }
  const { scores, best, amount } = scoreWords(reader, version);
  const scale = sharpness / Math.sqrt(1 + amount / half);
  const odds = scores.map(score => Math.exp(score * scale));
  const none = Math.exp(background);
  const total = odds.reduce((sum, other) => sum + other - 1, 0);
  subjects.forEach((subject, index) => {
    const own = odds[index] as number;
    // A text may be about two things: a rival that is as strong counts half.
    const strength = own / (own + none + Math.max(0, total - own + 1) / 2);
    const word = best[index];
    if (word === undefined || (findings.get(subject)?.strength ?? 0) >= strength) return;
    findings.set(subject, { found: word.found, where: word.where, strength: Math.round(strength * 950) / 1000 });
  });
  return [...findings].sort(([, a], [, b]) => b.strength - a.strength);
}

type BestWord = { found: string; where: 'title' | 'text'; weight: number };
type WordScores = { scores: number[]; best: (BestWord | undefined)[]; amount: number };

function scoreWords(reader: SubjectReader, version: ReadVersion): WordScores {
  const scores = subjects.map(() => 0);
  const best: (BestWord | undefined)[] = subjects.map(() => undefined);
  const seen = new Map<number, number>();
  let amount = 0;
  const language = version.language?.toLowerCase().split(/[-_]/)[0] ?? '';
  const local = localWordsOf(reader.localWords, language, version.group !== null && !hasNewsWordsOnly(version.group));
  version.tokens.forEach((token, position) => {
    if (token.field === 'categories') return;
    const place = token.field === 'title' ? 1.5 : token.at % 1000 < 80 ? 1 : 0.6;
    const where = token.field === 'title' ? 'title' : 'text';
    const locals = local === undefined ? nothing : localSubjects(local, token.folded, language);
    for (const subject of locals) {
      const times = (seen.get(-1 - subject) ?? 0) + 1;
      seen.set(-1 - subject, times);
      amount += place;
      // Words of one subject confirm each other, but less and less.
      const weight = place / Math.sqrt(times);
      addRow({ scores, best }, localRows[subject] as Float32Array, { weight, found: token.surface, where });
    }
    for (const term of version.reads[position] ?? []) {
      const row = reader.weights.get(term.id);
      if (row === undefined) continue;
      const times = (seen.get(term.id) ?? 0) + 1;
      seen.set(term.id, times);
      const weight = (place * Math.min(1, term.weight * 1.5)) / times;
      amount += weight;
      addRow({ scores, best }, row, { weight, found: term.surface, where });
    }
  });
  return { scores, best, amount };
}

const nothing: readonly number[] = [];

/** A word of one subject says as much as a seed. */
const localRows = subjects.map((_, index) => Float32Array.from(subjects, (_, at) => (at === index ? 1.7 : 0)));

function addRow({ scores, best }: Pick<WordScores, 'scores' | 'best'>, row: Float32Array, word: BestWord): void {
  const { weight, found, where } = word;
  for (let index = 0; index < row.length; index += 1) {
    const part = weight * (row[index] as number);
    scores[index] = (scores[index] as number) + part;
    if (part > (best[index]?.weight ?? 0)) best[index] = { found, where, weight: part };
  }
}
