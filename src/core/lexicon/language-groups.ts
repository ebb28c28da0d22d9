/**
 * The languages of the lexicon and who stands in for the others. A group is one set of word forms: Serbian, Croatian, Bosnian and
 * Montenegrin share one, in Latin letters.
 */
import type { LanguageTag } from '../../model.ts';
import type { Script } from '../text/words.ts';

/** Order is the file format: the position is the code in the hash of a form. Append only. */
export const languageGroups = [
  'en',
  'it',
  'fr',
  'es',
  'de',
  'pt',
  'nl',
  'ca',
  'ro',
  'pl',
  'cs',
  'hu',
  'hr',
  'bg',
  'el',
  'ru',
  'uk',
  'tr',
  'ar',
  'fa',
  'he',
  'hi',
  'id',
  'vi',
  'zh',
  'ja',
  'ko',
  'sv',
  'da',
  'no',
  'fi',
  'sk',
  'sl',
  'et',
  'lv',
  'lt',
  'mk',
  'is',
  'sq',
  'be',
  'az',
  'uz',
  'kk',
  'hy',
  'ka',
  'ur',
  'ne',
  'bn',
  'ta',
  'th',
  'sw',
  'ha',
  'tl',
] as const;

export type LanguageGroup = (typeof languageGroups)[number];

/** Languages without forms of their own read the nearest relatives, in this order. */
const relatives: Readonly<Record<string, readonly LanguageGroup[]>> = {
  nb: ['no', 'da'],
  uk: ['uk', 'ru'],
  bg: ['bg', 'ru'],
  ca: ['ca', 'es'],
  fa: ['fa', 'ar'],
  sv: ['sv', 'no'],
  nn: ['no', 'da'],
  no: ['no', 'da'],
  da: ['da', 'no'],
  sr: ['hr'],
  bs: ['hr'],
  sh: ['hr'],
  cnr: ['hr'],
  sl: ['sl', 'hr', 'cs'],
  sk: ['sk', 'cs', 'pl', 'hr'],
  mk: ['mk', 'bg', 'hr'],
  be: ['be', 'ru', 'uk'],
  rue: ['uk'],
  gl: ['pt', 'es'],
  ast: ['es'],
  an: ['es', 'ca'],
  oc: ['ca', 'fr'],
  lmo: ['it'],
  scn: ['it'],
  fur: ['it'],
  sc: ['it'],
  co: ['it'],
  la: ['it'],
  ro: ['ro'],
  mo: ['ro'],
  af: ['nl'],
  fy: ['nl'],
  lb: ['de'],
  ms: ['id'],
  jv: ['id'],
  su: ['id'],
  fo: ['is', 'da', 'no'],
  is: ['is', 'no', 'da'],
  yue: ['zh'],
  wuu: ['zh'],
  lzh: ['zh'],
  hak: ['zh'],
  iw: ['he'],
  prs: ['fa'],
  ur: ['ur', 'fa'],
  pnb: ['ur'],
  az: ['az', 'tr'],
  ky: ['kk', 'ru'],
  fil: ['tl'],
  ceb: ['tl'],
  arz: ['ar'],
  ary: ['ar'],
  mr: ['hi'],
  ne: ['ne', 'hi'],
  as: ['bn'],
  sco: ['en'],
};

const own: ReadonlyMap<string, LanguageGroup> = new Map(languageGroups.map(group => [group, group]));

export type GroupChoice = {
  readonly groups: readonly LanguageGroup[];
  /** The language has forms of its own, not only relatives. */
  readonly covered: boolean;
};

const nothing: GroupChoice = { groups: [], covered: false };

/** Closest in structure, so that reading them as their own is no guess: full marks for coverage. */
const asGood = new Set([
  'nb',
  'nn',
  'no',
  'sr',
  'bs',
  'sh',
  'cnr',
  'yue',
  'wuu',
  'iw',
  'prs',
  'ms',
  'arz',
  'mo',
  'sco',
]);

const wordsOnlyFrom = languageGroups.indexOf('sk');

/** The lexicon has the words of the news in it and no more: no texts taught it the rest. */
export function hasNewsWordsOnly(group: LanguageGroup): boolean {
  return languageGroups.indexOf(group) >= wordsOnlyFrom;
}

/** @returns which groups read this language, best first; none for a language nothing is known of. */
export function chooseGroups(language: LanguageTag): GroupChoice {
  const primary = (language.split(/[-_]/)[0] ?? '').toLowerCase();
  const stand = relatives[primary];
  if (stand !== undefined) return { groups: stand, covered: asGood.has(primary) || own.has(primary) };
  const group = own.get(primary);
  return group === undefined ? nothing : { groups: [group], covered: true };
}

/** A first guess by script alone, for text whose language nobody named. `null` for Latin and Cyrillic, where words must tell. */
export function guessGroup(script: Script, text: string): LanguageGroup | null {
  if (script === 'cjk') return /[\u3041-\u30ff]/.test(text) ? 'ja' : 'zh';
  if (script === 'arabic') return /[پچژگ]/.test(text) ? 'fa' : 'ar';
  if (script === 'hangul') return 'ko';
  if (script === 'hebrew') return 'he';
  if (script === 'greek') return 'el';
  if (script === 'devanagari') return 'hi';
  if (script === 'other') return otherScripts.find(([, letters]) => letters.test(text))?.[0] ?? null;
  return null;
}

const otherScripts: readonly (readonly [LanguageGroup, RegExp])[] = [
  ['th', /[\u0e00-\u0e7f]/],
  ['ka', /[\u10a0-\u10ff]/],
  ['hy', /[\u0531-\u0589]/],
  ['bn', /[\u0980-\u09ff]/],
  ['ta', /[\u0b80-\u0bff]/],
];

/** Which script a group's forms are written in. */
export function groupScript(group: LanguageGroup): Script {
  return scripts[group] ?? 'latin';
}

const scripts: Partial<Record<LanguageGroup, Script>> = {
  bg: 'cyrillic',
  be: 'cyrillic',
  mk: 'cyrillic',
  kk: 'cyrillic',
  ur: 'arabic',
  ne: 'devanagari',
  hy: 'other',
  ka: 'other',
  bn: 'other',
  ta: 'other',
  th: 'other',
  ru: 'cyrillic',
  uk: 'cyrillic',
  el: 'greek',
  ar: 'arabic',
  fa: 'arabic',
  he: 'hebrew',
  hi: 'devanagari',
  zh: 'cjk',
  ja: 'cjk',
  ko: 'hangul',
};

const serbian: ReadonlyMap<string, string> = new Map(
  'а a б b в v г g д d ђ d е e ж z з z и i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t ћ c у u ф f х h ц c ч c џ dz ш s'
    .split(' ')
    .reduce<[string, string][]>((pairs, part, at, all) => {
      if (at % 2 === 0) pairs.push([part, all[at + 1] as string]);
      return pairs;
    }, []),
);

/** Serbian Cyrillic as Croatian writes it, diacritics already gone. */
export function serbianToLatin(folded: string): string {
  let out = '';
  for (const char of folded) out += serbian.get(char) ?? char;
  return out;
}
