import type { LanguageTag } from '../../model.ts';
import { normalizeLanguageTag, primaryLanguage, usualScript } from './language-tag.ts';
import { findScript, type ScriptFinding } from './script-language.ts';

/** Scores by ISO 639-1 code. `reader/load-detector.ts` has the one that the service uses. */
export type DetectedLanguage = {
  readonly language: string;
  readonly isReliable: boolean;
  readonly scores: Readonly<Record<string, number>>;
};
export type LanguageDetector = (text: string) => DetectedLanguage | null;

export type LanguageFinding = {
  readonly language: LanguageTag;
  /** `certain`: the letters say it. `likely`: the detector is sure of it. `unsure`: a guess that overrules nobody. */
  readonly certainty: 'certain' | 'likely' | 'unsure';
};

/** Fewer letters than this overrule no claim: "OK Computer" in an Italian feed is an Italian item. */
const overrulingLettersMin = 24;
/** How much better the detected language must score than the claimed one. Measured: docs/technotes/009-languages.md. */
const overrulingRatio = 1.15;
const textMax = 600;
/** Where the beginning already says what the publisher says, the rest is not looked at: most items of the world. */
const beginningMax = 160;

/** Languages that detectors, and sometimes readers, cannot tell apart in a headline: a publisher's word decides between them. */
const closeLanguages: readonly string[] = [
  'hr sr bs sh cnr sl',
  'cs sk',
  'da nb nn no sv',
  'id ms jv su min',
  'ru uk be bg mk sr',
  'es gl ca ast an pt',
  'nl af fy nds li',
  'hi mr ne mai bho sa',
  'fa ps ckb ur sd ku',
  'zh yue wuu ja',
  'de gsw bar lb nds',
  'it scn vec lmo nap co fur rm',
  'fr oc wa br',
  'az tr tk gag',
  'kk ky tt ba uz',
  'fi et',
  'he yi',
  'en sco',
  'bn as',
  'am ti',
];
const closeTo = new Map<string, Set<string>>();
for (const group of closeLanguages) {
  const languages = group.split(' ');
  for (const language of languages) {
    closeTo.set(language, new Set([...(closeTo.get(language) ?? []), ...languages]));
  }
}

/** Languages in more scripts than the usual one. */
const manyScripts = new Set('sr uz az kk ky ku pa mn ms tg tk bs ha sd sr-Latn'.split(' '));

/**
 * The language of an item: the first claim that its text does not contradict, else what the text says.
 * @param claims publishers' and people's words, most trusted first; WordPress says `en-US` wherever nobody changed it.
 * @returns BCP 47, or `null` when nobody says anything and the text is too short.
 */
export function chooseLanguage(
  text: string,
  claims: readonly (string | null | undefined)[],
  detector: LanguageDetector,
): LanguageTag | null {
  const tags = claims.map(normalizeLanguageTag).filter(tag => tag !== null);
  const sample = withoutNoise(text);
  const script = findScript(sample);
  if (!script) return tags[0] ?? null;
  const isLong = script.letters >= overrulingLettersMin;
  const fitting = tags.filter(tag => !isLong || isWrittenIn(tag, script));
  const certain = soleLanguage(script);
  if (certain) {
    const agreed = fitting.find(tag => primaryLanguage(tag) === certain || isClose(tag, certain));
    return agreed ?? (isLong ? certain : (fitting[0] ?? certain));
  }
  const [claimed] = fitting;
  if (claimed !== undefined && sample.length > 1.5 * beginningMax) {
    const beginning = detectAmong(sample.slice(0, beginningMax), script, detector);
    if (beginning?.isReliable && beginning.language === primaryLanguage(claimed)) return claimed;
  }
  const detected = detectAmong(sample, script, detector);
  const accepted = fitting.find(tag => !contradicts(detected, primaryLanguage(tag), isLong));
  return accepted ?? detected?.language ?? fitting[0] ?? null;
}

/** What the text alone says. */
export function detectLanguage(text: string, detector: LanguageDetector): LanguageFinding | null {
  const sample = withoutNoise(text);
  const script = findScript(sample);
  if (!script) return null;
  const certain = soleLanguage(script);
  if (certain) return { language: certain, certainty: 'certain' };
  const detected = detectAmong(sample, script, detector);
  return detected && { language: detected.language, certainty: detected.isReliable ? 'likely' : 'unsure' };
}

function soleLanguage(script: ScriptFinding): string | null {
  return script.languages.length === 1 ? (script.languages[0] ?? null) : null;
}

/** Addresses, handles and hashtags are of no language. */
function withoutNoise(text: string): string {
  const start = text.length > textMax ? text.slice(0, textMax) : text;
  return /[@#]|:\/\//.test(start) ? start.replace(/\bhttps?:\/\/\S+|[@#][\w.-]+/g, ' ') : start;
}

function isWrittenIn(tag: LanguageTag, script: ScriptFinding): boolean {
  const language = primaryLanguage(tag);
  if (manyScripts.has(language)) return true;
  const own = usualScript(tag);
  if (own === undefined || own === script.script) return true;
  const han = own === 'Hans' || own === 'Hant' || own === 'Jpan' || own === 'Kore';
  return script.script === 'Hani' && han;
}

function isClose(tag: LanguageTag, language: string): boolean {
  return closeTo.get(language)?.has(primaryLanguage(tag)) ?? false;
}

function contradicts(detected: DetectedLanguage | null, claimed: string, isLong: boolean): boolean {
  if (!detected || !isLong || !detected.isReliable) return false;
  if (detected.language === claimed || closeTo.get(detected.language)?.has(claimed)) return false;
  const best = detected.scores[detected.language] ?? 0;
  const own = detected.scores[claimed];
  // A language that the detector does not know cannot score; then only a reliable other one overrules it.
  return own === undefined || best >= own * overrulingRatio;
}

/** The detector's answer in our codes, held to the languages that the letters allow. */
function detectAmong(text: string, script: ScriptFinding, detector: LanguageDetector): DetectedLanguage | null {
  const raw = detector(text);
  if (!raw) return script.languages[0] ? { language: script.languages[0], isReliable: false, scores: {} } : null;
  const language = ourCode(raw.language, text);
  if (script.languages.length === 0 || script.languages.includes(language)) {
    return {
      language,
      isReliable: raw.isReliable,
      get scores() {
        return inOurCodes(raw.scores, text);
      },
    };
  }
  const scores = inOurCodes(raw.scores, text);
  const best = [...script.languages].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))[0] ?? language;
  return { language: best, isReliable: false, scores };
}

function inOurCodes(raw: Readonly<Record<string, number>>, text: string): Record<string, number> {
  return Object.fromEntries(Object.entries(raw).map(([code, score]) => [ourCode(code, text), score]));
}

/** Detectors know one Norwegian and one Malay; of the latter's two, Indonesian has ten times the readers. */
function ourCode(code: string, text: string): string {
  if (code === 'no') return 'nb';
  if (code !== 'ms') return code;
  return (text.match(malayWords)?.length ?? 0) > (text.match(indonesianWords)?.length ?? 0) ? 'ms' : 'id';
}

const malayWords =
  /\b(?:kerana|bahawa|ialah|kerajaan|syarikat|polis|boleh|wang|pejabat|berkata|beliau|menerusi|semasa|ahad|khamis|iaitu|inggeris|perdana menteri|peratus|kanak-kanak|sekiranya|manakala|mahkamah|dijangka|mesyuarat|ekoran)\b/gi;
const indonesianWords =
  /\b(?:karena|bahwa|adalah|perusahaan|polisi|bisa|uang|kantor|mengatakan|melalui|saat|minggu|kamis|yaitu|inggris|presiden|persen|anak-anak|apabila|sedangkan|pengadilan|rapat|akibat)\b/gi;
