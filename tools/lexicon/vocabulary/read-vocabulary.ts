/**
 * The words of the news, written for this project: one file a language, a line `idea<TAB>form, form, stem-`. An idea is an English word,
 * `a+b` a phrase, `word(note)` one sense of a word. `stem-` stands for every word that begins so.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LanguageGroup, languageGroups } from '../../../src/core/lexicon/language-groups.ts';

export type VocabularyEntry = {
  /** The idea: one English word, or the words of a phrase. */
  readonly english: readonly string[];
  readonly form: string;
  /** The form is the beginning of words. */
  readonly isStem: boolean;
};

export function readVocabulary(): Map<LanguageGroup, VocabularyEntry[]> {
  const out = new Map<LanguageGroup, VocabularyEntry[]>();
  const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.tsv'));
  for (const file of files.sort()) {
    const group = languageGroups.find(known => known === file.slice(0, -4));
    if (group === undefined) throw new Error(`${file}: no such language in language-groups.ts`);
    out.set(
      group,
      readFileSync(join(import.meta.dirname, file), 'utf8')
        .split('\n')
        .flatMap(parseLine),
    );
  }
  return out;
}

/** Ideas that are places: two towns of one kind of event are two events. */
export function readPlaces(): string[] {
  return readFileSync(join(import.meta.dirname, 'places.txt'), 'utf8')
    .trim()
    .split('\n');
}

function parseLine(line: string): VocabularyEntry[] {
  const [idea, forms] = line.split('\t');
  if (idea === undefined || forms === undefined) return [];
  const english = idea.replace(/\(.*\)/, '').split('+');
  return forms
    .split(', ')
    .map(form => form.trim())
    .filter(form => form !== '' && form !== '-')
    .map(form => ({ english, form: form.replace(/-$/, ''), isStem: form.endsWith('-') }));
}
