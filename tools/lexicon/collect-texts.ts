/** Training files to sentence pairs and dictionary entries per language group, English as stems. */
import { type LanguageGroup, languageGroups, serbianToLatin } from '../../src/core/lexicon/language-groups.ts';
import { isEnglishStop, stemEnglish } from '../../src/core/lexicon/stem-english.ts';
import { readWords } from '../../src/core/text/words.ts';
import { learnSimplified, simplifyHan } from './learn-han.ts';
import { readTexts, type TextRow } from './read-texts.ts';

export type Pair = { readonly english: readonly number[]; readonly foreign: string; readonly weight: number };

export type DictionaryEntry = { readonly form: string; readonly english: readonly number[]; readonly weight: number };

/** Stems by number, with what English text says about each. */
export type EnglishStems = {
  readonly ids: Map<string, number>;
  readonly labels: string[];
  count: number;
  /** Weighted share of sentences with the stem: flores, pud, xquad, tatoeba mixed. */
  readonly share: number[];
  /** Seen with and without a capital inside a sentence. */
  readonly capital: number[];
  readonly lower: number[];
  /** Listed as place or, with a capital, as any other name. */
  readonly place: Set<number>;
  readonly proper: Set<number>;
  /** Full forms and how often, for the label that people see. */
  readonly forms: Map<string, number>[];
};

export type CollectedTexts = {
  readonly english: EnglishStems;
  readonly pairs: ReadonlyMap<LanguageGroup, Pair[]>;
  readonly dictionary: ReadonlyMap<LanguageGroup, DictionaryEntry[]>;
  readonly hanPairs: ReadonlyMap<string, string>;
  /** Simplified, with their English form. */
  readonly chineseNames: readonly (readonly [string, string])[];
  /** Of simplified characters in sentences. */
  readonly hanFrequency: ReadonlyMap<string, number>;
  /** Words of all languages in news-like text, for the rough idf of unknown words. */
  readonly sentences: readonly TextRow[];
};

const sentenceFiles = [
  { name: 'flores_devtest', share: 0.35 },
  { name: 'pud', share: 0.35 },
  { name: 'xquad', share: 0.1 },
  { name: 'tico19', share: 0.02 },
  { name: 'tatoeba', share: 0.18 },
] as const;

/** Serbian is Croatian in other letters here; Bokmål is filed as Norwegian. */
export function groupOf(language: string): LanguageGroup | undefined {
  if (language === 'nb') return 'no';
  if (language === 'sr') return 'hr';
  return languageGroups.find(group => group === language);
}

export async function collectTexts(folder: string, without: ReadonlySet<string>): Promise<CollectedTexts> {
  const english: EnglishStems = {
    ids: new Map(),
    labels: [],
    count: 0,
    share: [],
    capital: [],
    lower: [],
    place: new Set(),
    proper: new Set(),
    forms: [],
  };
  const pairs = new Map<LanguageGroup, Pair[]>(languageGroups.map(group => [group, []]));
  const dictionary = new Map<LanguageGroup, DictionaryEntry[]>(languageGroups.map(group => [group, []]));
  const context: Context = { english, pairs, dictionary };
  const sentences: TextRow[] = [];
  for (const file of sentenceFiles) {
    if (without.has(file.name)) continue;
    const rows = await readTexts(folder, file.name);
    countEnglish(english, rows, file.share);
    for (const row of rows) addSentence(context, row, file.name === 'tatoeba' ? 1 : 1.5);
    if (file.name !== 'tatoeba') sentences.push(...rows);
    else for (let at = 0; at < rows.length; at += 10) sentences.push(rows[at] as TextRow);
  }
  const chineseNames: [string, string][] = [];
  await collectDictionaries(context, { folder, without, chineseNames });
  const hanPairs = await learnHan(folder, sentences);
  return {
    ...{ english, pairs, dictionary, hanPairs, sentences },
    chineseNames: chineseNames.map(([chinese, latin]) => [simplifyHan(chinese, hanPairs), latin]),
    hanFrequency: countCharacters(sentences.map(row => simplifyHan(row['zh'] ?? '', hanPairs))),
  };
}

function countCharacters(texts: Iterable<string>): Map<string, number> {
  const out = new Map<string, number>();
  for (const text of texts) for (const char of text) out.set(char, (out.get(char) ?? 0) + 1);
  return out;
}

type Context = {
  readonly english: EnglishStems;
  readonly pairs: Map<LanguageGroup, Pair[]>;
  readonly dictionary: Map<LanguageGroup, DictionaryEntry[]>;
};

export function stemId(english: EnglishStems, stem: string): number {
  const known = english.ids.get(stem);
  if (known !== undefined) return known;
  const id = english.count;
  english.count += 1;
  english.ids.set(stem, id);
  english.labels.push(stem);
  english.share.push(0);
  english.capital.push(0);
  english.lower.push(0);
  english.forms.push(new Map());
  return id;
}

function englishStems(english: EnglishStems, text: string): number[] {
  const out = new Set<number>();
  for (const word of readWords(text, 80)) {
    if (word.script !== 'latin' || isEnglishStop(word.folded) || word.folded.length < 2) continue;
    const id = stemId(english, stemEnglish(word.folded));
    const forms = english.forms[id] as Map<string, number>;
    forms.set(word.folded, (forms.get(word.folded) ?? 0) + 1);
    out.add(id);
  }
  return [...out];
}

function countEnglish(english: EnglishStems, rows: readonly TextRow[], share: number): void {
  const unique = new Set(rows.flatMap(row => (row['en'] === undefined ? [] : [row['en']])));
  for (const text of unique) {
    for (const id of englishStems(english, text))
      english.share[id] = (english.share[id] as number) + share / unique.size;
    for (const word of readWords(text, 80)) {
      if (word.script !== 'latin' || word.initial || isEnglishStop(word.folded)) continue;
      const id = stemId(english, stemEnglish(word.folded));
      if (word.capital) english.capital[id] = (english.capital[id] as number) + 1;
      else english.lower[id] = (english.lower[id] as number) + 1;
    }
  }
}

function addSentence(context: Context, row: TextRow, weight: number): void {
  const source = row['en'];
  if (source === undefined) return;
  const english = englishStems(context.english, source.slice(0, 400));
  if (english.length === 0) return;
  for (const [language, text] of Object.entries(row)) {
    const group = groupOf(language);
    if (group === undefined || group === 'en') continue;
    const foreign = language === 'sr' ? serbianToLatin(text.toLowerCase()) : text;
    context.pairs.get(group)?.push({ english, foreign: foreign.slice(0, 400), weight });
  }
}

type DictionaryFile = {
  readonly name: string;
  readonly weight: number;
  readonly kind: 'words' | 'names' | 'places';
  readonly lists?: true;
};

const dictionaryFiles: readonly DictionaryFile[] = [
  { name: 'wiktionary', weight: 1.5, kind: 'words' },
  { name: 'omw', weight: 0.7, kind: 'words', lists: true },
  { name: 'icu_names', weight: 4, kind: 'places' },
  { name: 'cldr_cities', weight: 4, kind: 'places' },
  { name: 'natural_earth', weight: 2, kind: 'places' },
  { name: 'names_translit', weight: 2, kind: 'names' },
];

async function collectDictionaries(
  context: Context,
  options: { folder: string; without: ReadonlySet<string>; chineseNames: [string, string][] },
): Promise<void> {
  for (const file of dictionaryFiles) {
    if (options.without.has(file.name)) continue;
    for (const row of await readTexts(options.folder, file.name)) {
      const source = row['en'];
      if (source === undefined) continue;
      if (file.kind === 'names') {
        if (row['zh'] !== undefined) options.chineseNames.push([row['zh'], source]);
        // A name that no English text here ever mentions is left to its sound.
        const stem = stemEnglish(source.toLowerCase());
        if (!context.english.ids.has(stem)) continue;
      }
      addEntries(context, row, file);
    }
  }
  for (const row of await readTexts(options.folder, 'cldr_annotations')) addSentence(context, row, 0.4);
}

function addEntries(context: Context, row: TextRow, file: DictionaryFile): void {
  const meanings = (row['en'] as string).split(', ').slice(0, file.lists ? 2 : 1);
  for (const meaning of meanings) {
    const english = englishStems(context.english, meaning.replace(/^(?:to|the|an?) /i, ''));
    if (english.length === 0 || english.length > 3) continue;
    if (english.length === 1 && /^[A-Z]/.test(meaning)) {
      if (file.kind === 'places') context.english.place.add(english[0] as number);
      else context.english.proper.add(english[0] as number);
    }
    for (const [language, text] of Object.entries(row)) {
      const group = groupOf(language);
      if (group === undefined || group === 'en') continue;
      for (const form of file.lists ? text.split(', ').slice(0, 3) : [text]) {
        const plain = language === 'sr' ? serbianToLatin(form.toLowerCase()) : form;
        context.dictionary.get(group)?.push({ form: plain, english, weight: file.weight });
      }
    }
  }
}

async function learnHan(folder: string, sentences: readonly TextRow[]): Promise<Map<string, string>> {
  const neighbours: [string, string][] = [];
  const frequency = countCharacters([...sentences, ...(await readTexts(folder, 'omw'))].map(row => row['zh'] ?? ''));
  let last: TextRow = {};
  for (const row of await readTexts(folder, 'wiktionary')) {
    if (row['zh'] === undefined) continue;
    if (last['en'] === row['en']) neighbours.push([last['zh'] as string, row['zh']]);
    last = row;
  }
  return learnSimplified(neighbours, frequency);
}
