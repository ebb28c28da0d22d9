/**
 * Text to words: pure, linear in the text, bounded. A word knows its script, so that what reads it (lexicon, names, numbers) needs no
 * second look. Chinese and Japanese come as whole runs of one script family and are divided by whoever has a dictionary.
 */

export type Script =
  | 'latin'
  | 'greek'
  | 'cyrillic'
  | 'hebrew'
  | 'arabic'
  | 'devanagari'
  | 'hangul'
  | 'cjk'
  | 'digit'
  | 'other';

export type Word = {
  /** As written, without elided article and possessive ending. */
  readonly surface: string;
  /** Lower case, without diacritics where these do not make another word (see `foldWord`). */
  readonly folded: string;
  readonly script: Script;
  readonly capital: boolean;
  /** First word of the text or after a full stop, colon or dash: its capital says nothing. */
  readonly initial: boolean;
};

const codeOf: readonly Script[] = [
  'other',
  'latin',
  'greek',
  'cyrillic',
  'hebrew',
  'arabic',
  'devanagari',
  'hangul',
  'cjk',
  'digit',
];
const OTHER = 0;
const LATIN = 1;
const CYRILLIC = 3;
const DIGIT = 9;
const MARK = 10;
const APOSTROPHE = 11;
const SKIP = 12;
const QUOTE = 13;
const BREAK = 14;
const END = 15;

/** Inclusive ranges of the basic plane and their class; what is in no range and is a letter is `other`. */
const ranges: readonly (readonly [number, number, number])[] = [
  [0x30, 0x39, DIGIT],
  [0x41, 0x5a, 1],
  [0x61, 0x7a, 1],
  [0xaa, 0xaa, 1],
  [0xba, 0xba, 1],
  [0xc0, 0xd6, 1],
  [0xd8, 0xf6, 1],
  [0xf8, 0x24f, 1],
  [0x250, 0x2af, 1],
  [0x300, 0x36f, MARK],
  [0x370, 0x373, 2],
  [0x376, 0x377, 2],
  [0x37b, 0x37d, 2],
  [0x386, 0x386, 2],
  [0x388, 0x3ff, 2],
  [0x400, 0x481, 3],
  [0x483, 0x487, MARK],
  [0x48a, 0x52f, 3],
  [0x591, 0x5bd, MARK],
  [0x5d0, 0x5f2, 4],
  [0x610, 0x61a, MARK],
  [0x620, 0x63f, 5],
  [0x640, 0x640, SKIP],
  [0x641, 0x64a, 5],
  [0x64b, 0x65f, MARK],
  [0x660, 0x669, DIGIT],
  [0x66e, 0x66f, 5],
  [0x670, 0x670, MARK],
  [0x671, 0x6d3, 5],
  [0x6d5, 0x6d5, 5],
  [0x6d6, 0x6ed, MARK],
  [0x6ee, 0x6ef, 5],
  [0x6f0, 0x6f9, DIGIT],
  [0x6fa, 0x6ff, 5],
  [0x750, 0x77f, 5],
  [0x900, 0x963, 6],
  [0x966, 0x96f, DIGIT],
  [0x970, 0x97f, 6],
  [0x1100, 0x11ff, 7],
  [0x1c80, 0x1c8f, 3],
  [0x1e00, 0x1eff, 1],
  [0x1f00, 0x1fff, 2],
  [0x200b, 0x200b, SKIP],
  [0x200d, 0x200f, SKIP],
  [0x202a, 0x202e, SKIP],
  [0x2060, 0x2064, SKIP],
  [0x3005, 0x3007, 8],
  [0x3041, 0x3096, 8],
  [0x3099, 0x309a, MARK],
  [0x309d, 0x309f, 8],
  [0x30a1, 0x30fa, 8],
  [0x30fc, 0x30ff, 8],
  [0x3400, 0x4dbf, 8],
  [0x4e00, 0x9fff, 8],
  [0xac00, 0xd7af, 7],
  [0xf900, 0xfaff, 8],
  [0xfe00, 0xfe0f, SKIP],
  [0xfe20, 0xfe2f, MARK],
  [0xfeff, 0xfeff, SKIP],
];

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(0x10000).fill(BREAK);
  const letter = /\p{L}|\p{Mc}|\p{Mn}/u;
  for (let code = 0x530; code < 0x2000; code += 1) if (letter.test(String.fromCharCode(code))) classes[code] = OTHER;
  for (let code = 0xa000; code < 0xabff; code += 1) if (letter.test(String.fromCharCode(code))) classes[code] = OTHER;
  for (const [from, to, kind] of ranges) classes.fill(kind, from, to + 1);
  for (const char of "'’‘`ʼʹ׳′") classes[char.charCodeAt(0)] = APOSTROPHE;
  for (const char of '"״”“') classes[char.charCodeAt(0)] = QUOTE;
  for (const char of '.:!?–—|؟。！？：') classes[char.charCodeAt(0)] = END;
  return classes;
}

const classes = buildClasses();

/** Letters that NFKD leaves whole. */
const special: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ĳ: 'ij',
  ħ: 'h',
  ŋ: 'n',
  ς: 'σ',
  ʼ: '',
};

function buildFolds(): readonly string[] {
  const folds: string[] = [];
  for (let code = 0; code < 0x2000; code += 1) {
    const lower = String.fromCharCode(code).toLowerCase();
    const bare = lower.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
    folds[code] = special[bare] ?? special[lower] ?? bare;
  }
  for (let code = 0x591; code <= 0x5c7; code += 1) folds[code] = '';
  for (let code = 0x64b; code <= 0x65f; code += 1) folds[code] = '';
  for (const char of 'أإآٱ') folds[char.charCodeAt(0)] = 'ا';
  folds['ى'.charCodeAt(0)] = 'ي';
  folds['ی'.charCodeAt(0)] = 'ي';
  folds['ئ'.charCodeAt(0)] = 'ي';
  folds['ؤ'.charCodeAt(0)] = 'و';
  folds['ک'.charCodeAt(0)] = 'ك';
  folds['ة'.charCodeAt(0)] = 'ه';
  folds['ۀ'.charCodeAt(0)] = 'ه';
  folds[0x640] = '';
  folds[0x670] = '';
  folds[0x93c] = '';
  folds[0x901] = String.fromCharCode(0x902);
  return folds;
}

const folds = buildFolds();

/**
 * The key of a word form: lower case; no diacritics in Latin, Greek and Cyrillic (slugs and careless typing lose them), none of the optional
 * vowel signs of Arabic and Hebrew, one form of alef, ya, kaf and ta marbuta.
 */
export function foldWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  let out = '';
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    out += code < 0x2000 ? (folds[code] ?? '') : String.fromCharCode(code);
  }
  return out;
}

function isAscii(word: string): boolean {
  for (let index = 0; index < word.length; index += 1) if (word.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** Elided articles and prepositions of Italian, French and Catalan, and what is written like them. */
const elided = new Set(
  'l d dell all nell sull dall un qu s c j n m t quell bell sant lorsqu jusqu puisqu quoiqu presqu gl dev quest com cos anch o'.split(
    ' ',
  ),
);

/** @returns the class of a UTF-16 unit as a script. */
export function scriptOf(code: number): Script | null {
  const kind = classes[code] ?? BREAK;
  return kind <= DIGIT ? (codeOf[kind] as Script) : null;
}

/**
 * Words of the text in order.
 * @param max no more words than this are returned, so that hostile text costs what ordinary text does.
 */
export function readWords(text: string, max = 400): Word[] {
  const source = text.length > max * 24 ? text.slice(0, max * 24) : text;
  const clean = joinCatalanL(source.normalize('NFKC'));
  const out: Word[] = [];
  let initial = true;
  let index = 0;
  while (index < clean.length && out.length < max) {
    const kind = classes[clean.charCodeAt(index)] ?? BREAK;
    if (kind > DIGIT) {
      if (kind === END) initial = true;
      index += 1;
      continue;
    }
    let end = wordEnd(clean, index, kind);
    if (kind === DIGIT && belongsToName(clean, index)) {
      index = end;
      continue;
    }
    let text = clean.slice(index, end);
    let script = kind;
    if (kind === LATIN || kind === CYRILLIC) {
      end = mixedEnd(clean, end);
      const mixed = unmix(clean.slice(index, end));
      if (mixed !== null) {
        text = mixed;
        script = CYRILLIC;
      } else end = index + text.length;
    }
    addWord(out, { text, kind: script, initial });
    initial = false;
    index = end;
  }
  return out;
}

/** Catalan writes a doubled l with a dot between: intel·ligent. */
function joinCatalanL(text: string): string {
  return text.includes('l·l') || text.includes('L·L') ? text.replace(/(l)·(?=l)/gi, '$1') : text;
}

/** Covid-19, MC-21: the digits are the name's, not a number of the news. */
function belongsToName(text: string, at: number): boolean {
  if (at < 2 || !'-‑–'.includes(text.charAt(at - 1))) return false;
  const before = classes[text.charCodeAt(at - 2)] ?? BREAK;
  return before < DIGIT;
}

/** Where a run of Latin and Cyrillic letters ends that began as one of them. */
function mixedEnd(text: string, from: number): number {
  let index = from;
  while (index < text.length && index < from + 64) {
    const next = classes[text.charCodeAt(index)];
    if (next !== LATIN && next !== CYRILLIC && next !== MARK) break;
    index += 1;
  }
  return index;
}

const lookalikes: ReadonlyMap<string, string> = new Map(
  'aаeеoоpрcсxхyуiіjјsѕAАBВEЕKКMМHНOОPРCСTТXХYУIІJЈSЅ'
    .match(/../gu)
    ?.map(pair => [pair.charAt(0), pair.charAt(1)] as const) ?? [],
);

/** Cyrillic typed with Latin letters that look the same (Eлизaбeт): all Cyrillic; null when the word is not of that kind. */
function unmix(run: string): string | null {
  if (!/[\u0400-\u052f]/.test(run) || !/[A-Za-z]/.test(run)) return null;
  let out = '';
  for (const char of run) {
    if (/[A-Za-z]/.test(char) && !lookalikes.has(char)) return null;
    out += lookalikes.get(char) ?? char;
  }
  return out;
}

const SPACE = 0x20;

/** 1 400 habitants: up to three digits, then threes with spaces between, as most of Europe writes thousands. */
function isThousands(text: string, from: number, space: number): boolean {
  const before = text.slice(from, space);
  return /^[1-9]\d{0,2}(?: \d{3})*$/.test(before) && /^\d{3}(?![\d.,:%-])/.test(text.slice(space + 1, space + 5));
}

/** A run of one script; letters take marks, inner apostrophes, Hebrew gershayim and following digits along. */
function wordEnd(text: string, from: number, kind: number): number {
  let index = from + 1;
  // A word longer than 64 units is noise; it is cut there and goes on as another word.
  const limit = Math.min(text.length, from + 64);
  for (; index < limit; index += 1) {
    const next = classes[text.charCodeAt(index)] ?? BREAK;
    if (next === kind || next === MARK || next === SKIP) continue;
    if (kind === DIGIT) {
      const separator = text.charCodeAt(index);
      const isSeparator = separator === 0x2e || separator === 0x2c || separator === 0x66b || separator === 0x66c;
      if (isSeparator && classes[text.charCodeAt(index + 1)] === DIGIT) continue;
      if (separator === SPACE && isThousands(text, from, index)) continue;
      break;
    }
    if (next === DIGIT && kind !== 8 && kind !== 7) continue;
    const joins = next === APOSTROPHE || (next === QUOTE && kind === 4);
    if (joins && classes[text.charCodeAt(index + 1)] === kind) continue;
    break;
  }
  return index;
}

function addWord(out: Word[], found: { text: string; kind: number; initial: boolean }): void {
  const script = codeOf[found.kind] as Script;
  let initial = found.initial;
  for (const piece of script === 'latin' || script === 'cyrillic' ? splitApostrophes(found.text) : [found.text]) {
    const surface = isBare(piece)
      ? piece
      : piece.replace(/[\u0300-\u036f\u200b-\u200f\u2060-\u2064\u0640"״'’‘`׳]/g, '');
    const folded = foldWord(surface);
    if (folded === '') continue;
    const first = surface.charAt(0);
    out.push({ surface, folded, script, capital: first !== first.toLowerCase(), initial });
    initial = false;
  }
}

/** Letters and digits only: nothing to take out. */
function isBare(text: string): boolean {
  for (let index = 0; index < text.length; index += 1)
    if ((classes[text.charCodeAt(index)] as number) > DIGIT) return false;
  return true;
}

function splitApostrophes(text: string): readonly string[] {
  if (isBare(text)) return [text];
  const pieces = text.split(/['’‘`ʼʹ′]/);
  const kept: string[] = [];
  pieces.forEach((piece, at) => {
    const isLast = at === pieces.length - 1;
    if (!isLast && elided.has(piece.toLowerCase())) return;
    // What follows the apostrophe of a name is an ending: Trump's, Ankara'da.
    if (isLast && kept.length > 0 && piece.length <= 4 && piece === piece.toLowerCase()) return;
    if (piece !== '') kept.push(piece);
  });
  return kept;
}
