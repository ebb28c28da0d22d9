/**
 * Text as searchable words: lower case, without accents, tatweel and vowel signs, single spaces between. Every item passes
 * here, so the usual character costs one look into a table, which is filled block by block as scripts turn up.
 */
const blockSize = 256;
const space = 0x20;
/** Not one plain character: the text is folded character by character, in `foldSlowly`. */
const complex = 1 << 16;
/** Of a script written without spaces: every character is a word, and words are found as phrases. */
const alone = 1 << 17;
const dropped = 1 << 18;

const blocks: (Uint32Array | undefined)[] = new Array<undefined>(65_536 / blockSize);
const slowCache = new Map<string, string>();
const slowCacheMax = 2_000;

const marks = /[\p{Mn}\u0640]+/gu;
const nonWord = /[^\p{L}\p{N}\p{Mc}]+/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Letters that compose with their neighbours: never folded one by one. */
const jamo = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/;

/** @returns words divided by single spaces. The same text gives the same words on both engines. */
export function foldedWords(text: string): string {
  const codes = new Uint16Array(text.length * 3 + 1);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const entry = entryOf(text.charCodeAt(index));
    if (entry & complex) return foldSlowly(text);
    if (entry & dropped) continue;
    if (entry & alone) {
      if (length > 0 && codes[length - 1] !== space) codes[length++] = space;
      codes[length++] = entry & 0xffff;
      codes[length++] = space;
    } else if (entry !== space) codes[length++] = entry;
    else if (length > 0 && codes[length - 1] !== space) codes[length++] = space;
  }
  if (length > 0 && codes[length - 1] === space) length--;
  return Buffer.from(codes.buffer, 0, length * 2).toString('utf16le');
}

function entryOf(code: number): number {
  const known = blocks[code >> 8];
  return (known ?? fillBlock(code >> 8))[code & 0xff] ?? space;
}

function fillBlock(block: number): Uint32Array {
  const entries = new Uint32Array(blockSize);
  for (let low = 0; low < blockSize; low++) entries[low] = entryFor(String.fromCharCode(block * blockSize + low));
  blocks[block] = entries;
  return entries;
}

function entryFor(character: string): number {
  if (!character.isWellFormed() || jamo.test(character)) return complex;
  const folded = fold(character);
  if (folded === '') return dropped;
  if (folded.length > 1) return folded.trim().length === 1 ? folded.trim().charCodeAt(0) | alone : complex;
  return folded.charCodeAt(0);
}

/** One character, or letters that compose. A character that is alone has a space on either side. */
function fold(characters: string): string {
  const folded = characters
    .normalize('NFKD')
    .replace(marks, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFC')
    .replace(nonWord, ' ');
  return unspaced.test(folded) ? Array.from(folded, character => ` ${character} `).join('') : folded;
}

function foldSlowly(text: string): string {
  let folded = '';
  for (const part of text.matchAll(/[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|[\s\S]/gu))
    folded += cachedFold(part[0]);
  return folded.replace(/ +/g, ' ').trim();
}

function cachedFold(characters: string): string {
  const known = slowCache.get(characters);
  if (known !== undefined) return known;
  if (slowCache.size >= slowCacheMax) slowCache.clear();
  const folded = fold(characters);
  slowCache.set(characters, folded);
  return folded;
}
