/** Endings and prefixes that a language hangs on words and names, taken off where the lexicon or the sound of a name needs the bare form. */
import type { LanguageGroup } from './language-groups.ts';

const endings: Partial<Record<LanguageGroup, readonly string[]>> = {
  ru: 'ами ями ого его ому ему ыми ими ах ях ом ем ым им ой ей ою ею ью ов'.split(' '),
  uk: 'ами ями ого ьому ому ими ові еві ах ях ом ем им ім ою ею'.split(' '),
  bg: 'ата ът ите та то те'.split(' '),
  pl: 'owie owi ami iem ach ego emu em om ow ie'.split(' '),
  cs: 'ovi ove ami ech eho emu em um u'.split(' '),
  hr: 'ovog ovom ima ama em om ov'.split(' '),
  fi: 'ssa sta lla lle lta ksi seen een iin in en an n ta'.split(' '),
  hu: 'nak nek ban ben bol rol tol nal val vel hoz hez kent ert ra re ba be on en an t k'.split(' '),
  tr: 'nin nun dan den tan ten dir lar ler in un i u a e'.split(' '),
  el: 'ου ος ον ς ν'.split(' '),
  ro: 'ului ilor lui ul'.split(' '),
  de: ['s'],
  nl: ['s'],
  sv: ['s'],
  da: ['s'],
  no: ['s'],
  ko: '에서는 에게서 으로 에서 에게 이다 은 는 이 가 을 를 의 에 로 와 과 도 만 서'.split(' '),
};

/** @param folded a word. @returns it without its longest known ending, at least three letters (two in Korean). */
export function trimEndings(folded: string, group: LanguageGroup): string {
  const least = group === 'ko' ? 2 : 3;
  for (const ending of endings[group] ?? [])
    if (folded.endsWith(ending) && folded.length - ending.length >= least) return folded.slice(0, -ending.length);
  if (group === 'ar' || group === 'he') return stripPrefixes(folded, group)[0] ?? folded;
  return folded;
}

const prefixes: Partial<Record<LanguageGroup, readonly string[]>> = {
  ar: ['وال', 'بال', 'فال', 'كال', 'لل', 'ال', 'و', 'ب', 'ل', 'ف', 'ك', 'س'],
  he: ['וה', 'של', 'שה', 'מה', 'לה', 'בה', 'ה', 'ו', 'ב', 'ל', 'מ', 'ש', 'כ'],
};

/** Articles, prepositions and "and" that Arabic and Hebrew write onto the word: what the word may be without them. */
export function stripPrefixes(folded: string, group: LanguageGroup): string[] {
  const out: string[] = [];
  for (const prefix of prefixes[group] ?? [])
    if (folded.startsWith(prefix) && folded.length - prefix.length >= 3) out.push(folded.slice(prefix.length));
  return out;
}
