/** The project's own words of the news, added to what texts and dictionaries taught: they are surer than either. */
import { groupScript, type LanguageGroup } from '../../src/core/lexicon/language-groups.ts';
import { stemEnglish } from '../../src/core/lexicon/stem-english.ts';
import { foldWord, readWords } from '../../src/core/text/words.ts';
import type { FormCount, FormCounts } from './align-language.ts';
import { type CollectedTexts, stemId } from './collect-texts.ts';
import { simplifyHan } from './learn-han.ts';
import type { VocabularyEntry } from './vocabulary/read-vocabulary.ts';

/** As much as so many sightings in a text. */
const SIGHTINGS = 6;
const LEAST_LETTERS: Partial<Record<LanguageGroup, number>> = {
  ko: 2,
  ar: 3,
  he: 3,
  fa: 3,
  ur: 3,
  hi: 3,
  ne: 3,
  bn: 3,
  ta: 3,
};

/** A form as the reader will look it up, with the stems of its idea. */
export type PreparedEntry = { readonly form: string; readonly isStem: boolean; readonly english: readonly number[] };

export function markPlaces(texts: CollectedTexts, places: readonly string[]): void {
  for (const place of places) texts.english.place.add(stemId(texts.english, stemEnglish(place)));
}

/** Gives every idea a number among the English stems. */
export function prepareVocabulary(
  texts: CollectedTexts,
  vocabulary: ReadonlyMap<LanguageGroup, readonly VocabularyEntry[]>,
): Map<LanguageGroup, PreparedEntry[]> {
  const prepare = (group: LanguageGroup, entry: VocabularyEntry): PreparedEntry[] => {
    const form = asRead(texts, group, entry.form);
    if (form === null) return [];
    const english = entry.english.map(word => stemId(texts.english, stemEnglish(word)));
    return [{ form, isStem: entry.isStem && form.length >= (LEAST_LETTERS[group] ?? 4), english }];
  };
  return new Map(
    Array.from(vocabulary, ([group, entries]) => [group, entries.flatMap(entry => prepare(group, entry))] as const),
  );
}

export function addVocabulary(
  counts: Map<LanguageGroup, FormCounts>,
  vocabulary: ReadonlyMap<LanguageGroup, readonly PreparedEntry[]>,
): void {
  for (const [group, entries] of vocabulary) {
    const table = counts.get(group) ?? { forms: new Map(), beginnings: new Map() };
    counts.set(group, table);
    for (const { form, isStem, english } of entries) see(isStem ? table.beginnings : table.forms, form, english);
  }
}

function see(into: Map<string, FormCount>, form: string, english: readonly number[]): void {
  const row = into.get(form) ?? { total: 0, stems: new Map(), sure: true };
  row.total += SIGHTINGS;
  row.sure = true;
  for (const stem of english) row.stems.set(stem, (row.stems.get(stem) ?? 0) + SIGHTINGS);
  into.set(form, row);
}

/** @returns the form as the reader will look it up; null for several words where words have spaces between them. */
function asRead(texts: CollectedTexts, group: LanguageGroup, form: string): string | null {
  if (group === 'vi') return form.toLowerCase();
  if (group === 'zh') return simplifyHan(form, texts.hanPairs);
  if (group === 'ja' || group === 'th') return foldWord(form.replaceAll(' ', ''));
  const words = readWords(form, 4);
  const script = groupScript(group);
  return words.length === 1 && words[0]?.script === script ? words[0].folded : null;
}
