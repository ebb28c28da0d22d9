import type { Item, LanguageTag } from '../../model.ts';
import { chooseGroups, guessGroup, type LanguageGroup } from '../lexicon/language-groups.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { type ReadTerm, readConcepts } from '../lexicon/read-concepts.ts';
import { spaceOf } from '../lexicon/term-ids.ts';
import { readWords, type Word } from '../text/words.ts';

export type Field = 'title' | 'text' | 'categories';

/** A word of a version and its place. */
export type Token = Word & { readonly field: Field; readonly at: number };

/** What the matcher sees of one version, read once for all topics. */
export type ReadVersion = {
  readonly item: Item;
  readonly language: LanguageTag | null;
  readonly group: LanguageGroup | null;
  readonly tokens: readonly Token[];
  /** What the lexicon reads in each token: concepts, numbers, unknown words, sounds of names. */
  readonly reads: readonly (readonly ReadTerm[])[];
  /** Words of the title all have capitals (or none has), so that a capital says nothing there. */
  readonly plainCapitals: boolean;
  /** 0 a word, 1 a name, 2 a place, for a concept of the lexicon; 1 for what the lexicon does not know. */
  readonly kindOf: (id: number) => number;
};

/** Words read of a field; more of a long text would cost more than it tells. */
const wordsMax: Readonly<Record<Field, number>> = { title: 60, categories: 60, text: 260 };

/** Fields stand far apart, so that nothing is near across them. */
const fieldGap = 1000;

export function readVersion(lexicon: Lexicon, item: Item): ReadVersion {
  const language = readableLanguage(item.language);
  const fields: readonly (readonly [Field, string])[] = [
    ['title', item.title],
    ['categories', item.categories.join('. ')],
    ['text', withoutTitle(item.text, item.title)],
  ];
  const tokens: Token[] = [];
  const reads: ReadTerm[][] = [];
  let start = 0;
  for (const [field, text] of fields) {
    if (text !== '') {
      const words = readWords(text, wordsMax[field]);
      const from = start;
      const read = words.map(({ surface, folded, script, capital, initial }, index): Token => {
        return { surface, folded, script, capital, initial, field, at: from + index };
      });
      const { terms } = readConcepts(lexicon, text, { language, wordsMax: wordsMax[field] });
      for (const part of align(terms, read)) reads.push(part);
      for (const token of read) tokens.push(token);
    }
    start += fieldGap;
  }
  const group = language === null ? guess(tokens, item) : (chooseGroups(language).groups[0] ?? null);
  return {
    item,
    language,
    group,
    tokens,
    reads,
    plainCapitals: hasPlainCapitals(tokens),
    kindOf: id => (spaceOf(id) === 'concept' ? (lexicon.kinds[id] ?? 0) : 1),
  };
}

/** `eng` is `en` (ISO 639-2 in feeds and data sets); Nigerian Pidgin reads well as English. */
function readableLanguage(language: LanguageTag | null): LanguageTag | null {
  if (language === null || !/^[a-z]{3}\b/i.test(language)) return language;
  if (/^pcm\b/i.test(language)) return 'en';
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    // Not well-formed: as unknown as before.
    return language;
  }
}

/** Many feeds repeat the title at the head of the text: counted twice it would pass for a second mention. */
function withoutTitle(text: string, title: string): string {
  return title.length > 8 && text.startsWith(title) ? text.slice(title.length) : text;
}

function guess(tokens: readonly Token[], item: Item): LanguageGroup | null {
  const first = tokens.find(token => token.script !== 'digit');
  return first === undefined ? null : guessGroup(first.script, item.title + item.text.slice(0, 200));
}

/** Both lists are in the order of the text: each term belongs to the next word that contains it. */
function align(terms: readonly ReadTerm[], tokens: readonly Token[]): ReadTerm[][] {
  const reads: ReadTerm[][] = tokens.map(() => []);
  let from = 0;
  for (const term of terms) {
    let index = from;
    while (index < tokens.length && !belongs(term.surface, tokens[index] as Token)) index += 1;
    if (index === tokens.length) continue;
    from = index;
    (reads[index] as ReadTerm[]).push(term);
  }
  return reads;
}

const blank = 32;

function belongs(surface: string, token: Token): boolean {
  if (surface === token.surface) return true;
  if (token.script === 'cjk') return token.surface.includes(surface) || token.folded.includes(surface);
  const { length } = token.surface;
  return surface.charCodeAt(length) === blank && surface.startsWith(token.surface);
}

function hasPlainCapitals(tokens: readonly Token[]): boolean {
  let long = 0;
  let capital = 0;
  for (const token of tokens) {
    if (token.field !== 'title' || token.folded.length < 4 || token.script === 'digit') continue;
    long += 1;
    if (token.capital) capital += 1;
  }
  return long >= 3 && capital / long > 0.7;
}
