/** What a title states so exactly that two stories cannot differ in it: results, magnitudes, quarters, the day of an edition. */
import type { LanguageTag } from '../../model.ts';
import { plainNumber } from '../lexicon/word-terms.ts';
import { monthNumber, weekdayNumber } from '../text/month-names.ts';

export type TitleFact = { readonly kind: 'score' | 'magnitude' | 'quarter' | 'date'; readonly value: string };

const scorePattern = /(?<![\d.,:/-])(\d{1,3})\s?[-–:]\s?(\d{1,3})(?![\d.,:/-])/g;
const quarterPattern = /\b(?:Q([1-4])|([1-4])Q|T([1-4])|([1-4])T|H([12])|([12])H)\b/;
const magnitudePattern = /(?<![\d.,])([3-9][.,]\d)(?![\d.,%])/g;
const quakeWords =
  /terremot|quake|séisme|seisme|sism|erdbeben|beben|aardbeving|jordsk|deprem|землетрус|землетряс|زلزال|زلزله|רעידת|地震|지진|भूकंप|भूकम्प|động đất|gempa|σεισμ|cutremur|zemljotres|potres|zemětřes|trzęsieni|maanjärist|földrengés|magnit|magnét/i;

/** @returns at most four facts; none for most titles. */
export function readTitleFacts(title: string, language: LanguageTag | null = null): readonly TitleFact[] {
  const text = title.slice(0, 300);
  const facts: TitleFact[] = [];
  const spelled = spelledQuarter(text);
  if (spelled !== null) facts.push({ kind: 'quarter', value: `Q${spelled}` });
  if (!/[\d٠-٩۰-۹०-९]/.test(text)) return facts.length > 0 ? facts : none;
  const isQuake = quakeWords.test(text);
  if (isQuake)
    for (const found of text.matchAll(magnitudePattern))
      facts.push({ kind: 'magnitude', value: plainNumber(found[1] as string) });
  const quarter = quarterPattern.exec(text);
  if (quarter !== null) {
    const digit = quarter.slice(1).findIndex(part => part !== undefined);
    facts.push({ kind: 'quarter', value: `${digit >= 4 ? 'H' : 'Q'}${quarter[digit + 1] as string}` });
  }
  if (!isQuake)
    for (const found of text.matchAll(scorePattern)) {
      const [home, away] = [Number(found[1]), Number(found[2])];
      // 2024-25 is a season and 19-25 an hour or a range of days; results of ball games end before.
      if (home > 180 || away > 180 || (home > 9 && away > home)) continue;
      facts.push({ kind: 'score', value: `${Math.max(home, away)}-${Math.min(home, away)}` });
    }
  facts.push(...daysOf(text, language));
  return facts.slice(0, 6);
}

const dayPatterns = [
  /(?<![\d.,:])(?<day>\d{1,2})(?:\.|º|°|er)?\s+(?:de\s+|d[’']\s?|of\s+)?(?<month>\p{L}{3,})/gu,
  /(?<!\p{L})(?<month>\p{L}{3,})\s+(?<day>\d{1,2})(?![\d.,:%])/gu,
  /(?<month>\d{1,2})(?:月|월)\s?(?<day>\d{1,2})(?:日|일)/gu,
];

/** Days of the year that the title names: a column, a forecast or a fixture of one day is not that of another. */
function daysOf(text: string, language: LanguageTag | null): TitleFact[] {
  const days = new Set<string>();
  for (const pattern of dayPatterns)
    for (const { groups } of text.matchAll(pattern)) {
      const day = Number(groups?.['day']);
      const name = groups?.['month'] ?? '';
      const month = /^\d/.test(name) ? Number(name) : monthNumber(name, language);
      if (month !== null && month >= 1 && month <= 12 && day >= 1 && day <= 31) days.add(`${month}-${day}`);
    }
  return [...days].map(value => ({ kind: 'date', value }));
}

const none: readonly TitleFact[] = [];

const quarterWord =
  /quarter|quarta[lr]|trimest|kvartal|kwarta|neljännes|negyedév|квартал|τρίμηνο|çeyrek|ربع|四半期|季度|분기/i;
const ordinals: readonly RegExp[] = [
  /first|premier|prim[oae]r?|erste|första|første|første|pierwsz|první|перв|ilk|الأول|第一|第1|1분기/i,
  /second|deuxième|segundo|zweite|andra|andet|andre|drug|druh|втор|ikinci|الثاني|第二|第2|2분기/i,
  /third|troisième|terzo|tercer|terceiro|dritte|tredje|trzeci|třetí|трет|üçüncü|الثالث|第三|第3|3분기/i,
  /fourth|quatrième|quarto|cuarto|vierte|fjärde|fjerde|czwart|čtvrt|четв|dördüncü|الرابع|第四|第4|4분기/i,
];

/** "im dritten Quartal", "secondo trimestre": reports of two quarters are two stories. */
function spelledQuarter(text: string): number | null {
  if (!quarterWord.test(text)) return null;
  const said = ordinals.flatMap((pattern, i) => (pattern.test(text.replace(quarterWord, ' ')) ? [i + 1] : []));
  return said.length === 1 ? (said[0] as number) : null;
}

const columnWords =
  /(?<!\p{L})(?:briefing|newsletter|digest|round-?up|crossword|horoscopes?|lotter(?:y|ia)|lotto|podcast|rassegna|oroscopo|edicola|prime pagine|superenalotto|bonoloto|euromill\p{L}+|eurojackpot|powerball|mega millions|burç yorumları|günlük burç|wetter (?:heute|morgen|am)|meteo (?:oggi|domani)|météo du|el tiempo (?:hoy|mañana|para)|tv tonight|stasera in tv|revue de presse|revue de la presse|loterie|presseschau|horoskop|newsticker|resumen de prensa|titulares|horóscopo|loterías?|previs[ãa]o do horóscopo|persoverzicht|przegląd prasy|horoskop)(?!\p{L})|обзор прессы|гороскоп|дайджест|أبرز العناوين|عناوين الصحف|الأبراج|朝刊|社説|星座|погода на |программа передач/iu;

/** A press review, a horoscope, a briefing: two of them are never one story, whoever writes them. */
export function isColumn(title: string): boolean {
  return columnWords.test(title.slice(0, 300));
}

const pressReviewWords =
  /(?<!\p{L})(?:press review|rassegna stampa|revue de (?:la )?presse|presseschau|resumen de prensa|revista de prensa|revista da imprensa|persoverzicht|przegląd prasy|přehled tisku|pressekrönika|revista presei|basın özeti)(?!\p{L})|обзор прессы|أبرز العناوين|عناوين الصحف|أقوال الصحف/iu;

/** It tells of many stories, and is none of them. */
export function isPressReview(title: string): boolean {
  return pressReviewWords.test(title.slice(0, 300));
}

const liveWords =
  /\blive(?:blog|ticker|[ -]updates?)?\s*(?:[:|–-]|$)|^live\b|\b(?:as it happened|minute by minute|en direct|in diretta|diretta|en vivo|en directo|ao vivo|minuto a minuto|newsblog|na żywo|živě|uživo|canlı)\b|онлайн-трансляция|текстовая трансляция|مباشر|直播|実況|생중계/iu;

/** A running report: that of another day is another story. */
export function isLive(title: string): boolean {
  return liveWords.test(title.slice(0, 300));
}

/** @returns the fact in which two titles contradict each other, null when they do not. */
export function findConflict(
  one: readonly TitleFact[],
  two: readonly TitleFact[],
): readonly [TitleFact, TitleFact] | null {
  for (const kind of ['score', 'magnitude', 'quarter', 'date'] as const) {
    const left = one.filter(fact => fact.kind === kind);
    const right = two.filter(fact => fact.kind === kind);
    if (left.length === 0 || right.length === 0) continue;
    if (!left.some(a => right.some(b => agree(a, b)))) return [left[0] as TitleFact, right[0] as TitleFact];
  }
  return null;
}

/** First magnitudes are corrected by a few tenths. */
function agree(one: TitleFact, two: TitleFact): boolean {
  if (one.kind === 'magnitude') return Math.abs(Number(one.value) - Number(two.value)) < 0.45;
  return one.value === two.value;
}

/** A title without its digits, days of the week and months: equal ones on different days are editions of one column. */
export function titleMould(folded: string, language: LanguageTag | null = null): string {
  return folded
    .replace(/\d+/g, '#')
    .replace(/\p{L}{4,}/gu, word => (isCalendarWord(word, language) ? '@' : word))
    .trim();
}

function isCalendarWord(word: string, language: LanguageTag | null): boolean {
  return weekdayNumber(word, language) !== null || monthNumber(word, language) !== null;
}
