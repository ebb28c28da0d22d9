/**
 * Words of other scripts in Latin letters, and the sound of a name as its consonants, so that Haftar, حفتر, Хафтар and ハフタル meet.
 * Rough on purpose: what counts is that all spellings of one name come out equal, not that a reader likes the result.
 */
import type { Script } from './words.ts';

const cyrillic = table(
  'а a б b в v г g ґ g д d е e є e ж j з z и i і i ї i к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sh ъ _ ы i ь _ э e ю iu я ia ђ dj ј i љ l њ n ћ ch џ dj ѓ g ќ k ѕ dz ў u қ k ғ g ң n ү u ұ u һ h ә a ө o',
);
const greek = table(
  'α a β v γ g δ d ε e ζ z η i θ t ι i κ k λ l μ m ν n ξ ks ο o π p ρ r σ s τ t υ i φ f χ h ψ ps ω o',
);
const hebrew = table(
  'א a ב b ג g ד d ה h ו v ז z ח h ט t י i כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f צ ts ץ ts ק k ר r ש sh ת t',
);
const arabic = table(
  'ا a ب b ت t ث t ج j ح h خ h د d ذ d ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ g ف f ق k ك k ل l م m ن n ه h و u ي i ء _ پ p چ ch ژ j گ g ڤ v ے i ہ h ھ _ ٹ t ڈ d ڑ r ں n',
);
const devanagari = table(
  'अ a आ a इ i ई i उ u ऊ u ऋ ri ए e ऐ ai ओ o औ au ऑ o ऍ e क k ख kh ग g घ g ङ n च ch छ ch ज j झ j ञ n ट t ठ t ड d ढ d ण n त t थ t द d ध d न n प p फ f ब b भ b म m य i र r ल l व v श sh ष sh स s ह h ळ l ा a ि i ी i ु u ू u ृ ri े e ै ai ो o ौ au ॉ o ॅ e ं n ँ n ः h ऩ n ऱ r ऴ l ड़ r ढ़ r य़ i ऎ e ऒ o',
);
const georgian = table(
  'ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ j რ r ს s ტ t უ u ფ p ქ k ღ g ყ k შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h',
);
const armenian = table(
  'ա a բ b գ g դ d ե e զ z է e ը _ թ t ժ j ի i լ l խ kh ծ ts կ k հ h ձ dz ղ g ճ ch մ m յ i ն n շ sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f',
);
const thai = table(
  'ก k ข kh ค k ฆ k ง n จ ch ฉ ch ช ch ซ s ฌ ch ญ i ฎ d ฏ t ฐ t ฑ t ฒ t ณ n ด d ต t ถ t ท t ธ t น n บ b ป p ผ p ฝ f พ p ฟ f ภ p ม m ย i ร r ล l ว v ศ s ษ s ส s ห h ฬ l อ a ฮ h ะ a า a ั a เ e แ e โ o ไ ai ใ ai ิ i ี i ึ u ื u ุ u ู u',
);
const sinhala = table(
  'අ a ආ a ඇ a ඈ a ඉ i ඊ i උ u ඌ u එ e ඒ e ඔ o ඕ o ක k ඛ kh ග g ඝ g ච ch ඡ ch ජ j ඣ j ඤ n ට t ඨ t ඩ d ඪ d ණ n ත t ථ t ද d ධ d න n ප p ඵ p බ b භ b ම m ය i ර r ල l ව v ශ sh ෂ sh ස s හ h ළ l ෆ f ං n',
);
/** Ethiopic writes consonant and vowel in one sign, eight signs a consonant. */
const ethiopic = 'h l h m s r s sh k k k k b v t ch h h n n a k k kh kh v a z j i d d j g g g t ch p ts ts f p'.split(
  ' ',
);
const kana = table(
  'ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ia ユ iu ヨ io ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ o ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ v ァ a ィ i ゥ u ェ e ォ o ャ a ュ u ョ o ッ _ ー _',
);
const hangulLead = 'k kk n d tt r m p pp s ss _ ch ch ch k t p h'.split(' ').map(part => part.replace('_', ''));
const hangulVowel = 'a ae ia iae eo e ieo ie o wa wae oe io u wo we wi iu eu ui i'.split(' ');
const hangulTail = '_ k k k n n n t l k m l l l p l m p p t t n t t k t p t'
  .split(' ')
  .map(part => part.replace('_', ''));

function table(pairs: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const parts = pairs.split(' ');
  for (let index = 0; index + 1 < parts.length; index += 2)
    out.set(parts[index] as string, (parts[index + 1] as string).replace('_', ''));
  return out;
}

const tables: Partial<Record<Script, ReadonlyMap<string, string>>> = {
  cyrillic,
  greek,
  hebrew,
  arabic,
  devanagari,
  cjk: kana,
};

/** @param folded a word as `foldWord` gives it. @returns Latin letters and digits only; '' when nothing of it can be said. */
export function transliterate(folded: string, script: Script): string {
  if (script === 'latin' || script === 'digit') return folded;
  if (script === 'hangul') return romanizeHangul(folded);
  if (script === 'other') return romanizeOther(folded);
  const letters = tables[script];
  if (letters === undefined) return '';
  let out = '';
  for (const char of folded) {
    const code = char.charCodeAt(0);
    // Hiragana stands 0x60 below katakana.
    const known = script === 'cjk' && code >= 0x3041 && code <= 0x3096 ? String.fromCharCode(code + 0x60) : char;
    out += letters.get(known) ?? (code < 0x80 ? char : '');
  }
  if (script === 'greek') return out.replace(/^mp/, 'b').replace(/^nt/, 'd').replaceAll('gk', 'g');
  return script === 'hebrew' ? hebrewVowels(out) : out;
}

/** Hebrew writes o, u and v with one letter, and w with two of them: inside a name it is mostly the vowel. */
function hebrewVowels(latin: string): string {
  return latin
    .replace(/^vv/, 'w')
    .replace(/vv/g, 'V')
    .replace(/(?!^)v/g, 'u')
    .replaceAll('V', 'v');
}

/** Scripts told apart by where they stand. The scripts of India stand side by side in the order of Devanagari. */
function romanizeOther(word: string): string {
  let out = '';
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    const char = word.charAt(index);
    if (code >= 0x980 && code < 0xd80) out += devanagari.get(String.fromCharCode(0x900 + (code & 0x7f))) ?? '';
    else if (code >= 0x1200 && code < 0x1358) out += ethiopic[(code - 0x1200) >> 3] ?? '';
    else out += georgian.get(char) ?? thai.get(char) ?? armenian.get(char) ?? sinhala.get(char) ?? '';
  }
  return out;
}

function romanizeHangul(word: string): string {
  let out = '';
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index) - 0xac00;
    if (code < 0 || code > 11171) continue;
    out += hangulLead[Math.floor(code / 588)] ?? '';
    out += hangulVowel[Math.floor((code % 588) / 28)] ?? '';
    out += hangulTail[code % 28] ?? '';
  }
  return out;
}

/**
 * The sound of a name: an opening vowel as `a`, then consonants in classes that survive being written in another script
 * (p=b=v=f, l=r, k=g=q, all hisses alike, no inner h, w and y). '' when too little is left to tell names apart.
 */
export function nameKey(latin: string): string {
  let out = '';
  let last = '';
  for (let index = 0; index < latin.length; index += 1) {
    const next = latin.charAt(index + 1);
    const sound = soundOf(latin.charAt(index), next, latin.charAt(index + 2));
    index += sound.skip;
    if (sound.key === 'a') {
      if (out === '') out = 'a';
      last = '';
      continue;
    }
    if (sound.key === 'h' && out !== '') continue;
    for (const key of sound.key) {
      if (key !== last) out += key;
      last = key;
    }
  }
  out = out.replace(/m(?=[^a])/g, 'n');
  return out.length >= 3 ? out : '';
}

/**
 * The sounds a name may have been written down by: as it is spelled; with w as v (Вашингтон, ואן); without an r that English leaves
 * silent (バーンズ, 번스: Burns). The first is that of the spelling; '' among them is none.
 */
export function nameKeys(folded: string, script: Script): readonly string[] {
  const latin = transliterate(folded, script);
  const keys = [nameKey(latin)];
  const add = (key: string) => {
    if (key !== '' && !keys.includes(key)) keys.push(key);
  };
  if (script === 'latin' && latin.includes('w')) add(nameKey(latin.replace(/w(?=[aeiouyh])/g, 'v')));
  if ((script === 'latin' || script === 'cyrillic' || script === 'greek') && latin.includes('r'))
    add(nameKey(latin.replace(/r(?=[^aeiouyr]|$)/g, '')));
  return keys;
}

type Sound = { readonly key: string; readonly skip: number };

const plain: Readonly<Record<string, string>> = {
  b: 'b',
  p: 'b',
  v: 'b',
  f: 'b',
  k: 'k',
  q: 'k',
  g: 'k',
  x: 'ks',
  z: 's',
  s: 's',
  j: 's',
  d: 'd',
  t: 't',
  h: 'h',
  r: 'l',
  l: 'l',
  m: 'm',
  n: 'n',
};

function soundOf(char: string, next: string, third: string): Sound {
  if (next === 'h') {
    if (char === 'p') return { key: 'b', skip: 1 };
    if (char === 's' || char === 'c') return { key: 's', skip: 1 };
    if (char === 't') return { key: 't', skip: 1 };
    if (char === 'k') return { key: 'h', skip: 1 };
    // Brighton, Kavanaugh; but Afghan, Ghana.
    if (char === 'g') return third === 't' || third === '' ? { key: '', skip: 1 } : { key: 'k', skip: 1 };
  }
  if (char === 's' && next === 'c' && third === 'h') return { key: 's', skip: 2 };
  if (char === 't' && (next === 's' || next === 'z')) return { key: 's', skip: 1 };
  if (char === 'd' && (next === 'j' || next === 'z')) return { key: 's', skip: 1 };
  if (char === 'c') {
    if (next === 'k') return { key: 'k', skip: 1 };
    return { key: 'eiy'.includes(next) && next !== '' ? 's' : 'k', skip: 0 };
  }
  if ('aeiouyw'.includes(char)) return { key: 'a', skip: 0 };
  return { key: plain[char] ?? '', skip: 0 };
}
