/** What the letters alone say about a text's language: certain for scripts of one language, a choice for the others. */
export type ScriptFinding = {
  /** ISO 15924, as `Intl.Locale#maximize` names it; Hiragana, Katakana and Han together are `Jpan`. */
  readonly script: string;
  /** Languages whose letters these are, likeliest first; empty: ask the detector. */
  readonly languages: readonly string[];
  /** Letters of that script, those of scripts without alphabets counted thrice: what a word of them is worth. */
  readonly letters: number;
};

const charactersMax = 1000;

/** Code ranges of scripts, Latin excepted, with the one language that uses each on the web. */
const scripts: readonly (readonly [script: string, from: number, to: number, language: string])[] = [
  ['Grek', 0x370, 0x3ff, 'el'],
  ['Cyrl', 0x400, 0x52f, ''],
  ['Armn', 0x530, 0x58f, 'hy'],
  ['Hebr', 0x590, 0x5ff, 'he'],
  ['Arab', 0x600, 0x77f, ''],
  ['Thaa', 0x780, 0x7bf, 'dv'],
  ['Deva', 0x900, 0x97f, ''],
  ['Beng', 0x980, 0x9ff, 'bn'],
  ['Guru', 0xa00, 0xa7f, 'pa'],
  ['Gujr', 0xa80, 0xaff, 'gu'],
  ['Orya', 0xb00, 0xb7f, 'or'],
  ['Taml', 0xb80, 0xbff, 'ta'],
  ['Telu', 0xc00, 0xc7f, 'te'],
  ['Knda', 0xc80, 0xcff, 'kn'],
  ['Mlym', 0xd00, 0xd7f, 'ml'],
  ['Sinh', 0xd80, 0xdff, 'si'],
  ['Thai', 0xe00, 0xe7f, 'th'],
  ['Laoo', 0xe80, 0xeff, 'lo'],
  ['Tibt', 0xf00, 0xfff, 'bo'],
  ['Mymr', 0x1000, 0x109f, 'my'],
  ['Geor', 0x10a0, 0x10ff, 'ka'],
  ['Kore', 0x1100, 0x11ff, 'ko'],
  ['Ethi', 0x1200, 0x139f, 'am'],
  ['Khmr', 0x1780, 0x17ff, 'km'],
  ['Grek', 0x1f00, 0x1fff, 'el'],
  ['Kana', 0x3040, 0x30ff, 'ja'],
  ['Hani', 0x3400, 0x9fff, 'zh'],
  ['Kore', 0xac00, 0xd7af, 'ko'],
  ['Hani', 0xf900, 0xfaff, 'zh'],
  ['Arab', 0xfb50, 0xfdff, ''],
  ['Arab', 0xfe70, 0xfeff, ''],
];

const languageOf = new Map(scripts.map(([script, , , language]) => [script, language]));

/** @returns `null` for a text without letters. */
export function findScript(text: string): ScriptFinding | null {
  const counts = countLetters(text.length > charactersMax ? text.slice(0, charactersMax) : text);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  // Latin names stand in texts of every script; a quotation in another script does not make the text foreign.
  const [script = 'Latn', letters = 0] = [...counts]
    .filter(([name, count]) => name !== 'Latn' && count >= total * 0.3)
    .sort((a, b) => b[1] - a[1])[0] ?? ['Latn', counts.get('Latn') ?? 0];
  const kana = counts.get('Kana') ?? 0;
  if (script === 'Kana' || (script === 'Hani' && kana > 0 && kana >= letters * 0.08)) {
    return { script: 'Jpan', languages: ['ja'], letters: (letters + (script === 'Kana' ? 0 : kana)) * 3 };
  }
  if (script === 'Hani' || script === 'Kore') {
    return { script, languages: [script === 'Hani' ? 'zh' : 'ko'], letters: letters * 3 };
  }
  if (script === 'Arab') return { script, languages: arabicLanguages(text), letters };
  if (script === 'Cyrl') return { script, languages: cyrillicLanguages(text.toLowerCase()), letters };
  if (script === 'Deva') return { script, languages: ['hi', 'mr', 'ne'], letters };
  const language = languageOf.get(script);
  return { script, languages: language ? [language] : [], letters };
}

function countLetters(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  let latin = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00)) {
      if (code >= 0x250 || isLatinLetter(code)) latin++;
      continue;
    }
    const script = scriptOf(code);
    if (script) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  if (latin > 0) counts.set('Latn', latin);
  return counts;
}

function isLatinLetter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0xc0 && code !== 0xd7 && code !== 0xf7);
}

function scriptOf(code: number): string | null {
  for (const [script, from, to] of scripts) {
    if (code < from) return null;
    if (code <= to) return script;
  }
  return null;
}

/** Letters that one neighbour has and the others have not. Arabic last: its letters are in all of them. */
function arabicLanguages(text: string): readonly string[] {
  if (/[ړښډځڅټۍې]/.test(text)) return ['ps'];
  if (/[ڕڵێۆ]/.test(text)) return ['ckb'];
  if (/[ڄڃٻڀڇڻ]/.test(text)) return ['sd', 'ur'];
  if (/[ٹڈڑںےہھ]/.test(text)) return ['ur'];
  const persian = text.match(/[پچژگکی]/g)?.length ?? 0;
  const arabic = text.match(/[ةىكيؤإأ]/g)?.length ?? 0;
  // Persian typed on an Arabic keyboard has ك and ي, but keeps its own four letters; Arabic has none of these.
  if (/[پچژگ]/.test(text) || persian > arabic) return ['fa'];
  return ['ar'];
}

function cyrillicLanguages(text: string): readonly string[] {
  if (/[ўѓќѕђћљњџј]/.test(text)) {
    if (text.includes('ў')) return ['be'];
    return /[ѓќѕ]/.test(text) && !/[ђћ]/.test(text) ? ['mk'] : ['sr', 'mk'];
  }
  if (/[әғқңұһ]/.test(text)) return ['kk', 'tt', 'ba'];
  if (/[өү]/.test(text)) return ['mn', 'ky'];
  if (/[їєґ]/.test(text)) return ['uk'];
  if (text.includes('і')) return /[ыэё]/.test(text) ? ['be'] : ['uk', 'be'];
  if (/[ыэё]/.test(text)) return ['ru'];
  return ['ru', 'bg', 'uk', 'sr', 'mk'];
}
