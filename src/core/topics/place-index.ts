import { stripPrefixes } from '../lexicon/inflection.ts';
import type { LanguageGroup } from '../lexicon/language-groups.ts';
import type { Script } from '../text/words.ts';
import { isPlaceEnding, placeStem } from './place-endings.ts';
import type { PlaceForm, PlaceTable } from './place-names.ts';
import type { ReadVersion, Token } from './read-version.ts';

/** The forms of the places that some topic wants, ready for looking up. */
export type PlaceIndex = {
  /** Language → first three letters of the first word → forms. */
  readonly byBeginning: ReadonlyMap<string, ReadonlyMap<string, readonly IndexedForm[]>>;
  /** Scripts without spaces: first character → forms. */
  readonly byCharacter: ReadonlyMap<string, readonly IndexedForm[]>;
};

type IndexedForm = {
  readonly code: string;
  readonly kind: 'name' | 'people';
  readonly script: Script;
  readonly stem: string;
  readonly rest: readonly string[];
  /** Longer beginnings that are other places. */
  readonly rivals: readonly string[];
  /** Only as it is, in capitals: US, UK, EU. */
  readonly isAbbreviation: boolean;
};

export type PlaceHit = {
  readonly code: string;
  readonly kind: 'name' | 'people';
  readonly token: Token;
  readonly found: string;
};

/** @param scriptOfForm tells the script of a word, as `readWords` does. */
export function indexPlaces(
  codes: ReadonlySet<string>,
  table: PlaceTable,
  scriptOfForm: (word: string) => Script,
): PlaceIndex {
  const byBeginning = new Map<string, Map<string, IndexedForm[]>>();
  const byCharacter = new Map<string, IndexedForm[]>();
  for (const code of codes) {
    for (const form of table.formsOf(code)) {
      const [first = '', ...rest] = form.words;
      const script = scriptOfForm(first);
      const indexed = indexForm(form, { first, rest, script, rivals: table.rivalsOf(form) });
      if (indexed === null) continue;
      if (isUnspaced(script)) push(byCharacter, first.charAt(0), indexed);
      else {
        const ofLanguage = byBeginning.get(form.language) ?? new Map<string, IndexedForm[]>();
        byBeginning.set(form.language, ofLanguage);
        push(ofLanguage, indexed.stem.slice(0, 3), indexed);
      }
    }
  }
  return { byBeginning, byCharacter };
}

function indexForm(
  form: PlaceForm,
  parts: { first: string; rest: readonly string[]; script: Script; rivals: readonly string[] },
): IndexedForm | null {
  const { first, rest, script, rivals } = parts;
  const common = { code: form.code, kind: form.kind, script, rest, rivals };
  if (isUnspaced(script)) {
    const whole = form.words.join('');
    return whole.length < 2 ? null : { ...common, stem: whole, rest: [], isAbbreviation: false };
  }
  const isAbbreviation = rest.length === 0 && first.length <= 3 && form.kind === 'name' && isCased(script);
  if (isAbbreviation) return first.length < 2 ? null : { ...common, stem: first, isAbbreviation };
  const stem = rest.length > 0 || form.kind === 'people' ? first : placeStem(first, script);
  return stem.length < 2 ? null : { ...common, stem, isAbbreviation: false };
}

function push(index: Map<string, IndexedForm[]>, key: string, form: IndexedForm): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [form]);
  else list.push(form);
}

function isUnspaced(script: Script): boolean {
  return script === 'cjk' || script === 'other';
}

type Forms = ReadonlyMap<string, readonly IndexedForm[]>;

/** @returns where the version names one of the indexed places or peoples. */
export function findPlaces(index: PlaceIndex, version: ReadVersion): readonly PlaceHit[] {
  const hits: PlaceHit[] = [];
  const byLanguage = placeLanguages(version).flatMap(language => index.byBeginning.get(language) ?? []);
  version.tokens.forEach((token, position) => {
    if (isUnspaced(token.script)) findInRun(hits, index, token);
    else if (token.script !== 'digit') findWord(hits, byLanguage, { position, version });
  });
  return hits;
}

function findWord(
  hits: PlaceHit[],
  byLanguage: readonly Forms[],
  at: { position: number; version: ReadVersion },
): void {
  const { position, version } = at;
  const token = version.tokens[position] as Token;
  for (const folded of spellings(token, version.group)) {
    const beginning = folded.slice(0, 3);
    for (const forms of byLanguage) {
      for (const form of forms.get(beginning) ?? []) {
        const found = readForm(form, { folded, position, version });
        if (found !== null) hits.push({ code: form.code, kind: kindOf(form, folded), token, found });
      }
    }
  }
}

/** A people's word follows from the place's name in most languages: Libya, Libyan. */
function kindOf(form: IndexedForm, folded: string): 'name' | 'people' {
  if (form.kind === 'people' || form.rest.length > 0) return form.kind;
  return isPlaceEnding(folded.slice(form.stem.length), form.script, 'name') ? 'name' : 'people';
}

function spellings(token: Token, group: LanguageGroup | null): readonly string[] {
  if (token.script !== 'arabic' && token.script !== 'hebrew') return [token.folded];
  return [token.folded, ...stripPrefixes(token.folded, group === 'he' ? 'he' : 'ar')];
}

const closeTo: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  iw: 'he',
  in: 'id',
  sh: 'hr',
  bs: 'hr',
  tl: 'id',
};

/** @returns the language whose names of places are looked for. */
export function placeLanguage(version: ReadVersion): string {
  const primary = version.language?.toLowerCase().split(/[-_]/)[0] ?? version.group ?? 'en';
  return closeTo[primary] ?? primary;
}

function placeLanguages(version: ReadVersion): readonly string[] {
  const known = placeLanguage(version);
  return known === 'en' ? ['en', '*'] : [known, '*', 'en'];
}

function readForm(form: IndexedForm, at: { folded: string; position: number; version: ReadVersion }): string | null {
  const { folded, position, version } = at;
  const token = version.tokens[position] as Token;
  if (!folded.startsWith(form.stem)) return null;
  if (form.isAbbreviation) {
    return folded === form.stem && token.surface === token.surface.toUpperCase() && !/[a-z]/.test(token.surface)
      ? token.surface
      : null;
  }
  const ending = folded.slice(form.stem.length);
  if (form.rivals.some(rival => folded.startsWith(rival))) return null;
  if (form.rest.length > 0) return readPhrase(form, { ending, position, version });
  const isName = form.kind === 'name' && isPlaceEnding(ending, form.script, 'name');
  if (!isName && !isPlaceEnding(ending, form.script, 'people')) return null;
  if (isName && alsoSurname.has(folded) && isSurname(version, position)) return null;
  // "polish", "turkey", "china", "mali": with a small letter these are other words.
  const wantsCapital = isCased(form.script) && (isName || version.group === 'en' || version.group === null);
  return wantsCapital && !token.capital ? null : token.surface;
}

/** Countries that people are called after. */
const alsoSurname = new Set([
  'jordan',
  'chad',
  'georgia',
  'holland',
  'ireland',
  'england',
  'scotland',
  'wales',
  'israel',
]);

/** Michael Jordan: right after another name with a capital, which is not a place's. */
function isSurname(version: ReadVersion, position: number): boolean {
  const before = version.tokens[position - 1];
  const self = version.tokens[position] as Token;
  if (before === undefined || !before.capital || before.at !== self.at - 1 || self.initial) return false;
  return (version.reads[position - 1] ?? []).some(({ id, name }) => name && version.kindOf(id) === 1);
}

function isCased(script: Script): boolean {
  return script === 'latin' || script === 'cyrillic' || script === 'greek';
}

function readPhrase(form: IndexedForm, at: { ending: string; position: number; version: ReadVersion }): string | null {
  if (at.ending.length > 4) return null;
  const found: string[] = [];
  let index = at.position;
  for (const wanted of ['', ...form.rest]) {
    const token = at.version.tokens[index];
    if (token === undefined) return null;
    if (wanted !== '' && !isInflected(token.folded, wanted)) return null;
    found.push(token.surface);
    index += 1;
  }
  return found.join(' ');
}

/** Same beginning, and at most three letters of ending on either side. */
export function isInflected(one: string, two: string): boolean {
  if (one === two) return true;
  const shorter = Math.min(one.length, two.length);
  if (shorter < 4 || Math.abs(one.length - two.length) > 3) return false;
  let same = 0;
  while (same < shorter && one.charCodeAt(same) === two.charCodeAt(same)) same += 1;
  return same >= Math.max(4, Math.max(one.length, two.length) - 3);
}

function findInRun(hits: PlaceHit[], index: PlaceIndex, token: Token): void {
  const text = token.folded;
  for (let at = 0; at < text.length; at += 1) {
    for (const form of index.byCharacter.get(text.charAt(at)) ?? []) {
      if (!text.startsWith(form.stem, at)) continue;
      if (form.rivals.some(rival => text.startsWith(rival, at))) continue;
      hits.push({ code: form.code, kind: form.kind, token, found: form.stem });
    }
  }
}
