/** "… - Evening News", "… | Rubric", "… - DW - 12.02.2023": what a publisher hangs on every title says nothing about the story. */
import { finishHash, hashUnit } from '../lexicon/lexicon.ts';

export type TitleTails = {
  /** The title without its date and without tails seen on other titles before; remembers this one's tail. */
  readonly strip: (title: string) => string;
};

const datePattern = /\s*[-–—|｜:,]\s*\d{1,4}[./年-]\s?\d{1,2}[./月-]\s?\d{1,4}日?\.?\s*$/;
/** A tail of several words, or after a bar, is a publisher's at its second sight; one word after a dash may be a team or a town. */
const SEEN_LEAST = 1;
const SEEN_LEAST_WORD = 3;
const TAILS_MAX = 1 << 16;
const TAILS_A_TITLE = 3;

export function createTitleTails(): TitleTails {
  const seen = new Uint8Array(TAILS_MAX);
  return {
    strip(title) {
      let rest = title.slice(0, 600).replace(datePattern, '');
      for (let round = 0; round < TAILS_A_TITLE; round += 1) {
        const found = splitTail(rest);
        if (found === null) break;
        const cell = tailCell(found.tail);
        const count = seen[cell] as number;
        if (count < 255) seen[cell] = count + 1;
        if (count < (found.plain ? SEEN_LEAST_WORD : SEEN_LEAST)) break;
        rest = found.head;
      }
      return rest;
    },
  };
}

function splitTail(title: string): { head: string; tail: string; plain: boolean } | null {
  const from = Math.max(12, title.length - 44);
  // Only the end is looked at: a title is bounded, and so is the search.
  for (let at = title.length - 2; at >= from; at -= 1) {
    if (!'-–—•·|｜│'.includes(title.charAt(at))) continue;
    const bar = '|｜│'.includes(title.charAt(at));
    if (!bar && (title.charAt(at - 1).trim() !== '' || title.charAt(at + 1).trim() !== '')) continue;
    const tail = title.slice(at + 1).trim();
    if (tail.length < 2) return null;
    return { head: title.slice(0, at).trim(), tail, plain: !bar && !tail.includes(' ') };
  }
  return null;
}

function tailCell(tail: string): number {
  let hash = 0x2545f491;
  const plain = tail.toLowerCase();
  for (let at = 0; at < plain.length; at += 1) hash = hashUnit(hash, plain.charCodeAt(at));
  return finishHash(hash, 0) & (TAILS_MAX - 1);
}
