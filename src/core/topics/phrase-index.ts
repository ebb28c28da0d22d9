import { type Expression, formsOf, isCapitals, isSameWord, type PhraseTable } from './phrase-table.ts';
import { placeLanguage } from './place-index.ts';
import type { ReadVersion, Token } from './read-version.ts';

/** The expressions of the things that some topic wants, ready for looking up. */
export type PhraseIndex = {
  /** Language → first three letters of the first word → expressions. */
  readonly byBeginning: ReadonlyMap<string, ReadonlyMap<string, readonly Expression[]>>;
  /** Language → first character, for scripts without spaces. */
  readonly byCharacter: ReadonlyMap<string, ReadonlyMap<string, readonly Expression[]>>;
};

export type PhraseHit = { readonly row: number; readonly token: Token; readonly found: string };

export function indexPhrases(rows: ReadonlySet<number>, table: PhraseTable): PhraseIndex {
  const byBeginning = new Map<string, Map<string, Expression[]>>();
  const byCharacter = new Map<string, Map<string, Expression[]>>();
  for (const [language, expressions] of table.byLanguage) {
    for (const expression of expressions) {
      const [first] = expression.words;
      if (!rows.has(expression.row) || first === undefined) continue;
      if (first.script === 'cjk') push(byCharacter, [language, first.folded.charAt(0)], expression);
      else
        for (const beginning of new Set(first.forms.map(form => form.slice(0, 3))))
          push(byBeginning, [language, beginning], expression);
    }
  }
  return { byBeginning, byCharacter };
}

type Nested = Map<string, Map<string, Expression[]>>;

function push(index: Nested, [language, key]: readonly [string, string], expression: Expression): void {
  const ofLanguage = index.get(language) ?? new Map<string, Expression[]>();
  index.set(language, ofLanguage);
  const list = ofLanguage.get(key);
  if (list === undefined) ofLanguage.set(key, [expression]);
  else list.push(expression);
}

/** @returns where the version says one of the indexed things, as its language says it. */
export function findPhrases(index: PhraseIndex, version: ReadVersion): readonly PhraseHit[] {
  const hits: PhraseHit[] = [];
  const languages = [placeLanguage(version), '*'];
  const spaced = languages.flatMap(language => index.byBeginning.get(language) ?? []);
  const unspaced = index.byCharacter.get(languages[0] as string);
  if (spaced.length === 0 && unspaced === undefined) return hits;
  version.tokens.forEach((token, position) => {
    if (token.script === 'cjk') {
      if (unspaced !== undefined) findInRun(hits, unspaced, token);
    } else if (token.script !== 'digit') findHere(hits, spaced, { position, version });
  });
  return hits;
}

function findInRun(hits: PhraseHit[], expressions: ReadonlyMap<string, readonly Expression[]>, token: Token): void {
  const text = token.folded;
  for (let at = 0; at < text.length; at += 1) {
    for (const { row, words } of expressions.get(text.charAt(at)) ?? []) {
      const found = words[0]?.folded ?? '';
      if (text.startsWith(found, at)) hits.push({ row, token, found });
    }
  }
}

type Place = { readonly position: number; readonly version: ReadVersion };

function findHere(hits: PhraseHit[], spaced: readonly ReadonlyMap<string, readonly Expression[]>[], at: Place): void {
  const token = at.version.tokens[at.position] as Token;
  const isPrefixed = token.script === 'arabic' || token.script === 'hebrew';
  for (const form of isPrefixed ? formsOf(token, at.version.group) : [token.folded]) {
    for (const expressions of spaced) {
      for (const expression of expressions.get(form.slice(0, 3)) ?? []) {
        const found = readExpressionAt(expression, at);
        if (found !== null) hits.push({ row: expression.row, token, found });
      }
    }
  }
}

function readExpressionAt(expression: Expression, { position, version }: Place): string | null {
  const { words } = expression;
  const tokens = version.tokens.slice(position, position + words.length);
  const [first] = tokens;
  if (first === undefined || tokens.length < words.length) return null;
  if (tokens.at(-1)?.at !== first.at + words.length - 1) return null;
  if (expression.isAbbreviation) return isAbbreviated(first, words[0]?.folded ?? '', version) ? first.surface : null;
  if (expression.wantsCapital && (!first.capital || first.initial || isPlainTitle(first, version))) return null;
  if (!words.every((wanted, index) => isSameWord(wanted, tokens[index] as Token, version.group))) return null;
  const next = version.tokens[position + words.length];
  if (expression.notBefore !== '' && next?.folded.startsWith(expression.notBefore)) return null;
  const surfaces = tokens.map(({ surface }) => surface);
  if (expression.isHyphenated && words.length > 1 && !hasHyphens(surfaces, version)) return null;
  return surfaces.join(expression.isHyphenated ? '-' : ' ');
}

function isAbbreviated(token: Token, folded: string, { item }: ReadVersion): boolean {
  if (token.folded !== folded || !isCapitals(token.surface)) return false;
  // In a title all in capitals they say nothing: AI is "to the" in Italian.
  return token.field !== 'title' || item.title !== item.title.toUpperCase() || item.title.length === folded.length;
}

function isPlainTitle(token: Token, version: ReadVersion): boolean {
  return token.field === 'title' && version.plainCapitals;
}

/** Words do not remember what stood between them. */
function hasHyphens(surfaces: readonly string[], { item }: ReadVersion): boolean {
  const [plain, special] = [surfaces.join('-'), surfaces.join('\u2011')];
  return [item.title, item.text, ...item.categories].some(text => text.includes(plain) || text.includes(special));
}
