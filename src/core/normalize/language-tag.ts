import type { LanguageTag } from '../../model.ts';

/**
 * A publisher's word for a language in BCP 47 normal form (RFC 5646 §4.5): `en_us` → `en-US`, `ger` → `de`, `iw` → `he`, `Italiano` → `it`.
 * @returns `null` for what names no language: `und`, `mul`, `x-default`, `*`, `[en]`, nonsense.
 */
export function normalizeLanguageTag(word: string | null | undefined): LanguageTag | null {
  if (!word) return null;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const tag = normalize(word);
  // A feed says the same word for every item, and `Intl` takes its time. Bounded, since words come from outside.
  if (remembered.size >= rememberedMax) remembered.clear();
  if (word.length <= lengthMax) remembered.set(word, tag);
  return tag;
}

const lengthMax = 35;
const rememberedMax = 500;
const remembered = new Map<string, LanguageTag | null>();

function normalize(word: string): LanguageTag | null {
  const trimmed = word.trim().toLowerCase();
  if (!trimmed || trimmed.length > lengthMax) return null;
  const named = names.get(trimmed);
  if (named) return named;
  // `en-us, fr` and `en;q=0.8` come from copied HTTP headers, `it_IT.UTF-8` from locales.
  const first = (/^[a-z\d_-]+/.exec(trimmed)?.[0] ?? '').replaceAll('_', '-');
  const [primary = '', ...rest] = first.split('-').filter(Boolean);
  if (!/^[a-z]{2,3}$/.test(primary) || noLanguage.has(primary)) return null;
  try {
    const tag = Intl.getCanonicalLocales([mistaken.get(primary) ?? primary, ...rest].join('-'))[0];
    return tag ? tag.replace(/^no\b/, 'nb') : null;
  } catch {
    // A malformed rest (`en-english`): the language itself is still said.
    return normalizeLanguageTag(primary === trimmed ? null : primary);
  }
}

/** @returns the script that a language is usually written in, ISO 15924, if it is known. */
export function usualScript(tag: LanguageTag): string | undefined {
  const known = scripts.get(tag);
  if (known !== undefined) return known || undefined;
  const script = new Intl.Locale(tag).maximize().script ?? '';
  if (scripts.size >= rememberedMax) scripts.clear();
  scripts.set(tag, script);
  return script || undefined;
}

const scripts = new Map<LanguageTag, string>();

/** @returns the primary subtag: `pt` of `pt-BR`. */
export function primaryLanguage(tag: LanguageTag): string {
  const end = tag.indexOf('-');
  return end < 0 ? tag : tag.slice(0, end);
}

const noLanguage = new Set(['und', 'mul', 'zxx', 'mis', 'root', 'xx', 'all', 'any', 'utf', 'www', 'rss']);

/** Countries' codes that publishers take for languages'; only where the code is no living language of feeds. */
const mistaken: ReadonlyMap<string, string> = new Map([
  ['jp', 'ja'],
  ['cz', 'cs'],
  ['dk', 'da'],
  ['gr', 'el'],
  ['cn', 'zh'],
  ['vn', 'vi'],
  ['ua', 'uk'],
  ['sp', 'es'],
  ['gb', 'en'],
  ['us', 'en'],
  ['at', 'de'],
  ['zht', 'zh'],
  ['zhs', 'zh'],
]);

const names: ReadonlyMap<string, string> = new Map(
  (
    'english:en german:de deutsch:de french:fr français:fr francais:fr italian:it italiano:it spanish:es español:es espanol:es ' +
    'castellano:es portuguese:pt português:pt portugues:pt dutch:nl nederlands:nl russian:ru русский:ru arabic:ar العربية:ar chinese:zh ' +
    '中文:zh japanese:ja 日本語:ja korean:ko 한국어:ko polish:pl polski:pl turkish:tr türkçe:tr swedish:sv svenska:sv norwegian:nb norsk:nb ' +
    'danish:da dansk:da finnish:fi suomi:fi greek:el ελληνικά:el hebrew:he עברית:he czech:cs čeština:cs hungarian:hu magyar:hu ' +
    'romanian:ro română:ro ukrainian:uk українська:uk catalan:ca català:ca persian:fa فارسی:fa hindi:hi हिन्दी:hi urdu:ur اردو:ur ' +
    'vietnamese:vi indonesian:id croatian:hr hrvatski:hr serbian:sr srpski:sr bulgarian:bg'
  )
    .split(' ')
    .map(pair => pair.split(':') as [string, string]),
);
