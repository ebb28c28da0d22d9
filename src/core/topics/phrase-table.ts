import type { LanguageTag } from '../../model.ts';
import { stripPrefixes } from '../lexicon/inflection.ts';
import { chooseGroups, type LanguageGroup } from '../lexicon/language-groups.ts';
import { readWords, type Script, type Word } from '../text/words.ts';
import { phraseRows } from './phrase-rows.ts';
import { wordStems } from './word-stems.ts';

/** One way to say a thing in one language. */
export type Expression = {
  /** Number of the thing. */
  readonly row: number;
  readonly words: readonly ExpressionWord[];
  /** Its words are joined by a hyphen: `start-up` is no "start up". */
  readonly isHyphenated: boolean;
  /** Only as it is, in capitals: AI, KI, ИИ. */
  readonly isAbbreviation: boolean;
  /** Only with a capital where that says something: la Bourse, the scholarship is a `bourse`. */
  readonly wantsCapital: boolean;
  /** How a word begins that must not follow; else ''. */
  readonly notBefore: string;
};

export type ExpressionWord = {
  readonly folded: string;
  readonly script: Script;
  /** The word, and what it may be without ending or prefix. */
  readonly forms: readonly string[];
  /** No ending may change it. */
  readonly isFixed: boolean;
};

/** Things of the news with their expressions by language; `*` for all. */
export type PhraseTable = {
  readonly byLanguage: ReadonlyMap<string, readonly Expression[]>;
  /** The same by language and how the first word begins (`startKey`). */
  readonly byStart: ReadonlyMap<string, readonly Expression[]>;
  /** Languages that say a thing in a way we know. */
  readonly languagesOf: readonly ReadonlySet<string>[];
};

export function createPhraseTable(): PhraseTable {
  const byLanguage = new Map<string, Expression[]>();
  const languagesOf = phraseRows.map((text, row) => {
    const languages = new Set<string>();
    for (const entry of text.split(/ (?=(?:\*|[a-z]{2}):)/)) {
      const [language = ''] = entry.split(':', 1);
      languages.add(language);
      const known = byLanguage.get(language) ?? [];
      byLanguage.set(language, known);
      for (const written of entry.slice(language.length + 1).split(';'))
        known.push(readExpression(written, row, language));
    }
    return languages;
  });
  return { byLanguage, byStart: indexStarts(byLanguage), languagesOf };
}

function indexStarts(
  byLanguage: ReadonlyMap<string, readonly Expression[]>,
): ReadonlyMap<string, readonly Expression[]> {
  const byStart = new Map<string, Expression[]>();
  for (const [language, expressions] of byLanguage) {
    for (const expression of expressions) {
      for (const key of new Set(expression.words[0]?.forms.map(form => startKey(language, form)))) {
        const known = byStart.get(key);
        if (known === undefined) byStart.set(key, [expression]);
        else known.push(expression);
      }
    }
  }
  return byStart;
}

function startKey(language: string, form: string): string {
  return `${language} ${form.slice(0, 3)}`;
}

function readExpression(written: string, row: number, language: string): Expression {
  const isFixed = written.startsWith('=');
  const [expression = '', notBefore = ''] = written.slice(isFixed ? 1 : 0).split('!');
  const group = groupOf(language);
  const words = readWords(expression, 12);
  const [first] = words;
  const isAbbreviation = words.length === 1 && isCapitals(expression);
  return {
    row,
    words: words.map(word => ({
      folded: word.folded,
      script: word.script,
      forms: isFixed ? [word.folded] : formsOf(word, group),
      isFixed,
    })),
    isHyphenated: expression.includes('-'),
    isAbbreviation,
    // German writes all nouns so.
    wantsCapital: words.length === 1 && !isAbbreviation && first?.capital === true && language !== 'de',
    notBefore,
  };
}

export function isCapitals(text: string): boolean {
  return text.length <= 4 && text === text.toUpperCase() && text !== text.toLowerCase();
}

function groupOf(language: LanguageTag): LanguageGroup | null {
  return language === '*' ? null : (chooseGroups(language).groups[0] ?? null);
}

/** @returns the word, and what it may be without ending (`wordStems`) or, in Arabic and Hebrew, without prefix. */
export function formsOf(word: Pick<Word, 'folded' | 'script'>, group: LanguageGroup | null): readonly string[] {
  const { folded, script } = word;
  if (script === 'arabic' || script === 'hebrew')
    return [folded, ...stripPrefixes(folded, script === 'hebrew' ? 'he' : 'ar')];
  return wordStems(folded, script, group);
}

/** Languages that hang several endings on a word: deprem, depremler, depremlerden. */
const hanging = new Set<LanguageGroup | null>(['tr', 'fi', 'hu', 'ko']);
const hungMax = 7;
const endingMax = 3;
/** Shorter words begin like others. */
const wholeMin = 6;

/** @returns whether a word of a text is this word of an expression, in whatever case or number. */
export function isSameWord(
  wanted: ExpressionWord,
  { folded, script }: Pick<Word, 'folded' | 'script'>,
  group: LanguageGroup | null,
): boolean {
  if (wanted.folded === folded) return true;
  if (wanted.isFixed || wanted.script !== script) return false;
  const { length } = wanted.folded;
  const isHanging = hanging.has(group);
  if (length >= (isHanging ? (script === 'hangul' ? 2 : 5) : wholeMin)) {
    const stem = wanted.folded.replace(lastVowel, '');
    if (folded.startsWith(stem) && folded.length - stem.length <= (isHanging ? hungMax : endingMax)) return true;
  }
  return !isHanging && formsOf({ folded, script }, group).some(form => form.length >= 3 && wanted.forms.includes(form));
}

/** What another ending takes the place of. */
const lastVowel = /[aeiouyаеиоуыэюяіїєьăαεηιουω]$/;

/**
 * The thing that a topic's term says, if it is one of these.
 * @param language that the term is read in; the others are asked only about phrases, which are the same by no accident.
 */
export function findPhrase(
  table: PhraseTable,
  words: readonly Word[],
  languages: { readonly own: LanguageTag | null; readonly others: readonly LanguageTag[] },
): number | null {
  const [first] = words;
  if (first === undefined) return null;
  const own = languages.own === null ? [] : [languages.own];
  const asked = words.length > 1 ? [...own, '*', ...languages.others] : [...own, '*'];
  for (const language of asked) {
    const primary = language.toLowerCase().split(/[-_]/)[0] ?? '';
    const group = groupOf(primary);
    for (const expression of starting(table, primary, formsOf(first, group))) {
      if (expression.words.length !== words.length) continue;
      if (expression.isAbbreviation && first.surface !== first.surface.toUpperCase()) continue;
      if (expression.wantsCapital && !first.capital) continue;
      if (expression.words.every((wanted, index) => isSameWord(wanted, words[index] as Word, group)))
        return expression.row;
    }
  }
  return null;
}

function starting(table: PhraseTable, language: string, forms: readonly string[]): readonly Expression[] {
  const keys = new Set(forms.map(form => startKey(language, form)));
  return [...keys].flatMap(key => table.byStart.get(key) ?? []);
}
