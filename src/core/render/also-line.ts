import type { LanguageTag } from '../../model.ts';
import { languageTag } from './clean-text.ts';
import type { OtherVersion } from './feed-document.ts';
import { escapeAttribute, escapeText, escapeUrl } from './xml-text.ts';

/** "Also" at the head of a list of further links, per language. */
const labels: Readonly<Record<string, string>> = {
  af: 'Ook',
  am: 'እንዲሁም',
  ar: 'أيضًا',
  az: 'Həmçinin',
  be: 'Таксама',
  bg: 'Също',
  bn: 'আরও',
  bs: 'Također',
  ca: 'També',
  cs: 'Také',
  cy: 'Hefyd',
  da: 'Også',
  de: 'Auch',
  el: 'Επίσης',
  en: 'Also',
  es: 'También',
  et: 'Samuti',
  eu: 'Baita ere',
  fa: 'همچنین',
  fi: 'Myös',
  fr: 'Aussi',
  ga: 'Freisin',
  gl: 'Tamén',
  gu: 'આ પણ',
  ha: 'Haka kuma',
  he: 'גם',
  hi: 'यह भी',
  hr: 'Također',
  hu: 'Továbbá',
  hy: 'Նաև',
  id: 'Juga',
  is: 'Einnig',
  it: 'Anche',
  ja: 'ほかに',
  ka: 'ასევე',
  kk: 'Сондай-ақ',
  ko: '또한',
  lt: 'Taip pat',
  lv: 'Arī',
  mk: 'Исто така',
  ml: 'കൂടാതെ',
  mr: 'तसेच',
  ms: 'Juga',
  mt: 'Ukoll',
  nb: 'Også',
  nl: 'Ook',
  nn: 'Også',
  no: 'Også',
  pl: 'Także',
  pt: 'Também',
  ro: 'De asemenea',
  ru: 'Также',
  sk: 'Tiež',
  sl: 'Tudi',
  so: 'Sidoo kale',
  sq: 'Gjithashtu',
  sr: 'Такође',
  sv: 'Även',
  sw: 'Pia',
  ta: 'மேலும்',
  te: 'ఇంకా',
  th: 'นอกจากนี้',
  tl: 'Gayundin',
  tr: 'Ayrıca',
  uk: 'Також',
  ur: 'مزید',
  vi: 'Ngoài ra',
  yo: 'Bákan náà',
  zh: '另见',
  'zh-hant': '另見',
};

const colons: Readonly<Record<string, string>> = { fr: ' : ', ja: '：', zh: '：' };

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ps', 'ur', 'yi', 'sd', 'ug', 'dv', 'ckb']);

/** More links than this are a list, not a quiet line; the story's page has them all. */
const linksMax = 12;

/** @returns "Also" in the language, English where we have no word. */
export function alsoLabel(language: LanguageTag): string {
  const tag = language.toLowerCase();
  return labels[tag === 'zh-tw' || tag === 'zh-hk' ? 'zh-hant' : tag] ?? labels[primarySubtag(tag)] ?? 'Also';
}

/**
 * The quiet line below an entry, "Also: FR Le Monde · EN Reuters", as HTML.
 * @param others with absolute addresses and clean text, as they stand in an `EntryView`.
 * @returns an empty string when there is none.
 */
export function alsoLine(
  others: readonly OtherVersion[],
  { storyUrl, readerLanguage }: { readonly storyUrl: string | null; readonly readerLanguage: LanguageTag },
): string {
  if (others.length === 0) return '';
  const shown = others.slice(0, linksMax).map(alsoLink);
  if (others.length > linksMax && storyUrl !== null) {
    shown.push(`<a href="${escapeUrl(storyUrl)}">+${others.length - linksMax}</a>`);
  }
  const known = labels[primarySubtag(readerLanguage.toLowerCase())] === undefined ? null : languageTag(readerLanguage);
  const language = known ?? 'en';
  const primary = primarySubtag(language.toLowerCase());
  const direction = rightToLeft.has(primary) ? 'rtl' : 'ltr';
  const label = `${alsoLabel(language)}${colons[primary] ?? ': '}`;
  return `<p lang="${language}" dir="${direction}"><small>${label}${shown.join(' · ')}</small></p>`;
}

function alsoLink({ url, language, title, sourceTitle }: OtherVersion): string {
  const hreflang = language === null ? '' : ` hreflang="${language}"`;
  const badge = language === null ? '' : `${primarySubtag(language).toUpperCase()} `;
  const hover = title === '' ? '' : ` title="${escapeAttribute(title)}"`;
  return `<a href="${escapeUrl(url)}"${hreflang}${hover}>${badge}${escapeText(sourceTitle)}</a>`;
}

function primarySubtag(tag: string): string {
  const dash = tag.indexOf('-');
  return dash < 0 ? tag : tag.slice(0, dash);
}
