import { foldWord, readWords, type Script, scriptOf } from '../text/words.ts';
import { peopleStems } from './people-stems.ts';
import { placeAliases } from './place-aliases.ts';
import { isPlaceEnding, placeStem } from './place-endings.ts';

/** One way to write a place or its people. */
export type PlaceForm = {
  readonly code: string;
  /** Primary subtag of the language it is written in; `*` any. */
  readonly language: string;
  /** Folded words; the last one may take an ending. */
  readonly words: readonly string[];
  readonly kind: 'name' | 'people';
};

/** The names of all countries and continents in all languages that the runtime knows (CLDR, by `Intl.DisplayNames`). */
export type PlaceTable = {
  readonly formsOf: (code: string) => readonly PlaceForm[];
  /** @returns the codes that the folded words name in one of the languages, first language first; `*` for any. */
  readonly codesOf: (words: readonly string[], languages: readonly string[]) => readonly string[];
  /** @returns the places whose people, or inflected name, the word is: `libico`, `Libyans`, `Ливии`. */
  readonly codesOfPeople: (word: string, script: Script, languages: readonly string[]) => readonly string[];
  /** @returns the places so called in whatever language, when there is only one. */
  readonly codesAnywhere: (words: readonly string[]) => readonly string[];
  /** Beginnings of other places' names that are longer than this one: Niger, Nigeria. */
  readonly rivalsOf: (form: PlaceForm) => readonly string[];
};

const languages =
  'en it fr es de pt nl ca ro pl cs hu hr bg el ru uk tr ar fa he hi id vi zh ja ko sv da no fi sk sl sr mk sq et lv lt be ka hy az kk sw am th ms ur bn ta te ml mr gu km my so ha yo ig af is ga eu gl uz ky mn ne si lo pa'.split(
    ' ',
  );

const known: ReadonlySet<string> = new Set(languages);

/** @param language a primary subtag. */
export function hasPlaceNames(language: string): boolean {
  return known.has(language);
}

/** UN M49 regions that people speak of, and the Union. */
const regions = '002 150 142 019 005 013 021 029 030 034 035 143 145 009 011 014 015 017 018 151 154 155 039 EU'.split(
  ' ',
);

/** Language that is called as its people are: `Italian`, `italiano`, `итальянский`. */
const peopleOfLanguage =
  'IT:it FR:fr DE:de ES:es PT:pt GR:el TR:tr CN:zh JP:ja KR:ko RU:ru UA:uk PL:pl CZ:cs SK:sk HU:hu RO:ro BG:bg RS:sr HR:hr SI:sl MK:mk AL:sq SE:sv NO:no DK:da FI:fi IS:is EE:et LV:lv LT:lt BY:be GE:ka AM:hy AZ:az KZ:kk KG:ky UZ:uz TM:tk MN:mn VN:vi TH:th LA:lo KH:km NL:nl IE:ga MT:mt SO:so NP:ne'
    .split(' ')
    .map(pair => pair.split(':') as [string, string]);

/** Takes about 100 ms: once per compilation of the topics. */
export function createPlaceTable(): PlaceTable {
  const forms: PlaceForm[] = [];
  const codes = regionCodes();
  for (const language of languages) addLanguage(forms, language, codes);
  for (const [code, stems] of Object.entries(peopleStems)) {
    for (const entry of stems.split(' ')) {
      const [language, stem] = entry.includes(':') ? (entry.split(':') as [string, string]) : ['*', entry];
      forms.push({ code, language, words: [foldWord(stem)], kind: 'people' });
    }
  }
  for (const [code, lists] of Object.entries(placeAliases)) addAliases(forms, code, lists);
  const byCode = Map.groupBy(forms, form => form.code);
  const byText = Map.groupBy(forms, form => form.words.join(' '));
  const single = Map.groupBy(
    forms.filter(form => form.words.length === 1),
    form => form.language + (form.words[0] ?? '').slice(0, 3),
  );
  return {
    formsOf: code => byCode.get(code) ?? [],
    codesOf: (words, wanted) => codesOf(byText.get(words.join(' ')) ?? [], wanted),
    codesOfPeople: (word, script, wanted) => {
      for (const language of wanted) {
        const codes = peopleCodes(single.get(language + word.slice(0, 3)) ?? [], word, script);
        if (codes.length > 0) return codes;
      }
      return [];
    },
    codesAnywhere: words => {
      const codes = new Set((byText.get(words.join(' ')) ?? []).map(form => form.code));
      return codes.size === 1 ? [...codes] : [];
    },
    rivalsOf: form => {
      const [word = ''] = form.words;
      const near = single.get(form.language + word.slice(0, 3)) ?? [];
      return near
        .filter(other => other.code !== form.code)
        .map(other => other.words[0] ?? '')
        .filter(other => other.length > word.length && other.startsWith(word));
    },
  };
}

/** The longest beginning wins: Nigerian is of Nigeria. */
function peopleCodes(near: readonly PlaceForm[], word: string, script: Script): readonly string[] {
  let codes: string[] = [];
  let longest = 3;
  for (const { code, kind, words } of near) {
    const [form = ''] = words;
    const stem = kind === 'name' ? placeStem(form, script) : form;
    if (stem.length < longest || !word.startsWith(stem)) continue;
    const ending = word.slice(stem.length);
    if (!isPlaceEnding(ending, script, 'people') && !isPlaceEnding(ending, script, kind)) continue;
    codes = stem.length > longest ? [code] : [...new Set([...codes, code])];
    longest = stem.length;
  }
  return codes;
}

/** `en:Britain;Great Britain it:Gran Bretagna`: a list ends where the next language begins. */
function addAliases(forms: PlaceForm[], code: string, lists: string): void {
  for (const list of lists.split(/ (?=[a-z*]+:)/)) {
    const [language = '*', names = ''] = list.split(':');
    for (const name of names.split(';')) {
      for (const words of nameVariants(name, code)) forms.push({ code, language, words, kind: 'name' });
    }
  }
}

function codesOf(found: readonly PlaceForm[], wanted: readonly string[]): readonly string[] {
  for (const language of wanted) {
    const codes = new Set(found.filter(form => language === '*' || form.language === language).map(form => form.code));
    if (codes.size > 0) return [...codes];
  }
  return [];
}

function addLanguage(forms: PlaceForm[], language: string, codes: readonly string[]): void {
  const long = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const short = new Intl.DisplayNames(language, { type: 'region', style: 'short', fallback: 'none' });
  const seen = new Set<string>();
  for (const code of codes) {
    for (const name of [long.of(code), short.of(code)]) {
      if (name === undefined || seen.has(name)) continue;
      seen.add(name);
      for (const words of nameVariants(name, code)) forms.push({ code, language, words, kind: 'name' });
    }
  }
  const languageNames = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
  for (const [code, tongue] of peopleOfLanguage) {
    const stem = peopleStem(languageNames.of(tongue), language);
    if (stem !== null) forms.push({ code, language, words: [stem], kind: 'people' });
  }
}

function regionCodes(): readonly string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const codes = [...regions];
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  // EZ, UN, ZZ and the pseudo-regions are no places.
  for (const first of letters) {
    for (const second of letters) {
      const code = first + second;
      if (!/^(?:EU|EZ|UN|ZZ|QO|XA|XB)$/.test(code) && english.of(code) !== undefined) codes.push(code);
    }
  }
  return codes;
}

/** `Myanmar (Burma)` is two names, `Congo - Kinshasa` one; `Hong Kong (China)` says where it is. */
function nameVariants(name: string, code: string): readonly (readonly string[])[] {
  const outside = name.replace(/\s*[(（][^)）]*[)）]/g, '').trim();
  const inside = /[(（]([^)）]*)[)）]/.exec(name)?.[1] ?? '';
  return [outside, inside.length > 3 && /^(?:MM|FK)$/.test(code) ? inside : '']
    .map(text => readWords(text, 8).map(word => word.folded))
    .filter(words => words.length > 0);
}

/** What the name of the language and the adjective of its people begin with. */
function peopleStem(name: string | undefined, language: string): string | null {
  if (name === undefined || name.includes(' ') || language === 'sw' || language === 'vi') return null;
  let stem = foldWord(name);
  if (language === 'ar') stem = stem.replace(/^ال/, '').replace(/يه$/, 'ي');
  else if (language === 'he') stem = stem.replace(/ת$/, '');
  else if (language === 'zh' || language === 'ja') stem = stem.replace(/[语語文]$/, '');
  else if (language === 'ko') stem = stem.replace(/어$/, '');
  else if (language === 'tr' || language === 'az') stem = stem.replace(/[cç][ae]$/, '');
  else if (language === 'cs' || language === 'sk') stem = stem.replace(/(?:stina|cina)$/, '');
  else if (scriptOf(stem.charCodeAt(0)) === 'cyrillic') stem = stem.replace(/(?:скии|ська|ски|ская|скі)$/, '');
  else stem = stem.replace(/[aeiouα-ω]$/, '');
  // Two Chinese characters say it; three letters elsewhere say too little.
  return stem.length >= (scriptOf(stem.charCodeAt(0)) === 'cjk' ? 2 : 4) ? stem : null;
}
