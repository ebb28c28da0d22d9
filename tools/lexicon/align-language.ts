/** One language against English: word forms with expected counts of the English stems they stand for. */

import { stripPrefixes } from '../../src/core/lexicon/inflection.ts';
import { groupScript, type LanguageGroup } from '../../src/core/lexicon/language-groups.ts';
import { readWords } from '../../src/core/text/words.ts';
import { alignWords, type SentencePair } from './align-words.ts';
import type { CollectedTexts } from './collect-texts.ts';
import { simplifyHan } from './learn-han.ts';

export type FormCount = {
  /** How often the form was seen, dictionary entries included. */
  total: number;
  /** English stem to expected count. */
  readonly stems: Map<number, number>;
  /** Written by hand. */
  sure?: boolean;
};

export type FormCounts = {
  readonly forms: Map<string, FormCount>;
  /** Beginnings of words, written by hand. */
  readonly beginnings: Map<string, FormCount>;
};

/** Sentences beyond this many per language add little and cost memory. */
const SENTENCES_MAX = 40_000;

export function alignLanguage(texts: CollectedTexts, group: LanguageGroup): FormCounts {
  const dictionary = texts.dictionary.get(group) ?? [];
  const divide = divider(texts, group, new Set(dictionary.map(entry => normalizeForm(texts, group, entry.form))));
  const ids = new Map<string, number>([['', 0]]);
  const forms: string[] = [''];
  const seen: number[] = [0];
  const idOf = (form: string) => {
    const known = ids.get(form);
    if (known !== undefined) return known;
    ids.set(form, forms.length);
    forms.push(form);
    seen.push(0);
    return forms.length - 1;
  };
  const believed = new Map<number, number>();
  const pseudo: { form: number; english: number; weight: number }[] = [];
  const dictionaryTotal = new Map<number, number>();
  const sentences: SentencePair[] = [];
  for (const entry of dictionary) {
    const parts = divide(entry.form);
    if (parts.length === 1) {
      const form = idOf(parts[0] as string);
      // A phrase (right face) says less about each of its words than a word does.
      const weight = entry.english.length === 1 ? entry.weight : entry.weight * 0.4;
      dictionaryTotal.set(form, (dictionaryTotal.get(form) ?? 0) + weight);
      for (const english of entry.english) {
        pseudo.push({ form, english, weight });
        const key = form * texts.english.count + english;
        believed.set(key, (believed.get(key) ?? 0) + weight);
      }
    } else if (parts.length <= 4 && parts.length > 0)
      sentences.push({ foreign: parts.map(idOf), english: entry.english, weight: entry.weight * 0.35 });
  }
  for (const pair of (texts.pairs.get(group) ?? []).slice(-SENTENCES_MAX * 2)) {
    const foreign = [...new Set(divide(pair.foreign))].slice(0, 50).map(idOf);
    if (foreign.length === 0) continue;
    for (const form of foreign) seen[form] = (seen[form] as number) + pair.weight;
    sentences.push({ foreign, english: pair.english, weight: pair.weight });
  }
  const aligned = alignWords(sentences, {
    foreignCount: forms.length,
    englishCount: texts.english.count,
    rounds: 6,
    prior: (foreign, english) => 6 * (believed.get(foreign * texts.english.count + english) ?? 0),
  });
  const out = new Map<string, FormCount>();
  const add = (form: number, english: number, count: number) => {
    const name = forms[form] as string;
    let row = out.get(name);
    if (row === undefined) {
      row = { total: (seen[form] as number) + (dictionaryTotal.get(form) ?? 0), stems: new Map() };
      out.set(name, row);
    }
    row.stems.set(english, (row.stems.get(english) ?? 0) + count);
  };
  for (const pair of aligned) add(pair.foreign, pair.english, pair.count);
  for (const entry of pseudo) add(entry.form, entry.english, entry.weight);
  forms.forEach((form, id) => {
    // Frequent words without a counterpart are function words: known, and without meaning.
    if (!out.has(form) && (seen[id] as number) >= 8) out.set(form, { total: seen[id] as number, stems: new Map() });
  });
  out.delete('');
  return { forms: out, beginnings: new Map() };
}

function normalizeForm(texts: CollectedTexts, group: LanguageGroup, form: string): string {
  return group === 'zh' ? simplifyHan(form, texts.hanPairs) : form.toLowerCase();
}

/** Text to forms as the reader at run time will see them. */
function divider(texts: CollectedTexts, group: LanguageGroup, known: ReadonlySet<string>): (text: string) => string[] {
  const script = groupScript(group);
  if (script === 'cjk')
    return text =>
      readWords(normalizeForm(texts, group, text), 200).flatMap(word =>
        word.script === 'cjk' ? divideRun(word.folded, known) : [],
      );
  if (group === 'vi') return text => divideSyllables(text, known);
  if (group === 'ar' || group === 'he') {
    const foldedKnown = new Set(Array.from(known, form => readWords(form, 4)[0]?.folded ?? ''));
    return text =>
      readWords(text, 200).flatMap(word => {
        if (word.script !== script) return [];
        const bare = stripPrefixes(word.folded, group);
        if (foldedKnown.has(word.folded)) return [word.folded];
        return [
          bare.find(rest => foldedKnown.has(rest)) ??
            (group === 'ar' && /^[وبفك]?ال/.test(word.folded) ? (bare[0] ?? word.folded) : word.folded),
        ];
      });
  }
  return text => readWords(text, 200).flatMap(word => (word.script === script ? [word.folded] : []));
}

function divideRun(run: string, known: ReadonlySet<string>): string[] {
  const out: string[] = [];
  let index = 0;
  while (index < run.length) {
    const katakana = /^[\u30a1-\u30ff]{2,}/.exec(run.slice(index))?.[0].length ?? 0;
    let length = Math.max(1, katakana);
    for (let longer = Math.min(9, run.length - index); longer > length; longer -= 1)
      if (known.has(run.slice(index, index + longer))) {
        length = longer;
        break;
      }
    out.push(run.slice(index, index + length));
    index += length;
  }
  return out.filter(form => !/^[\u3041-\u309f]$/.test(form));
}

function divideSyllables(text: string, known: ReadonlySet<string>): string[] {
  const syllables = readWords(text, 200)
    .filter(word => word.script === 'latin')
    .map(word => word.surface.toLowerCase());
  const out: string[] = [];
  let index = 0;
  while (index < syllables.length) {
    let length = 1;
    for (let longer = Math.min(4, syllables.length - index); longer > 1; longer -= 1)
      if (known.has(syllables.slice(index, index + longer).join(' '))) {
        length = longer;
        break;
      }
    out.push(syllables.slice(index, index + length).join(' '));
    index += length;
  }
  return out;
}
