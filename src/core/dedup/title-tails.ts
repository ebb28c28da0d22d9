/** "… - Evening News", "… | Rubric", "… - DW - 12.02.2023": what a publisher hangs on every title says nothing about the story. */
import { finishHash, hashUnit } from '../lexicon/lexicon.ts';
import { namesPublisher } from './publisher-names.ts';

export type TitleTails = {
  /**
   * The title without its date, without tails that name a publisher and without those seen on other titles before; remembers this one's tail.
   * @param noted takes what was remembered, for `note`.
   * @returns a beginning of the title.
   */
  readonly strip: (title: string, noted?: number[]) => string;
  /** The same, and remembers nothing. */
  readonly peek: (title: string, noted?: number[]) => string;
  /** Remembers what `strip` remembered of a title before a restart. */
  readonly note: (noted: readonly number[]) => void;
};

const datePattern = /\s*[-–—|｜:,]\s*\d{1,4}[./年-]\s?\d{1,2}[./月-]\s?\d{1,4}日?\.?\s*$/;
/** A tail of several words, or after a bar, is a publisher's at its second sight; one word after a dash may be a team or a town. */
const SEEN_LEAST = 1;
const SEEN_LEAST_WORD = 3;
const TAILS_MAX = 1 << 16;
const TAILS_A_TITLE = 3;
const HEAD_LEAST = 12;
const TAIL_MAX = 44;

const BARS = '|｜│';
/** Between spaces they part a tail; without spaces they do so only before a publisher's name. */
const DASHES = '-–—−•·';
const UNSPACED = '—−：';

export function createTitleTails(): TitleTails {
  const seen = new Uint8Array(TAILS_MAX);
  const remember = (cell: number) => {
    const count = seen[cell] as number;
    if (count < 255) seen[cell] = count + 1;
    return count;
  };
  const read = (title: string, noted: number[] | undefined, note: (cell: number) => number) => {
    let rest = title.slice(0, 600).replace(datePattern, '');
    let credited = false;
    for (let round = 0; round < TAILS_A_TITLE; round += 1) {
      const found: Tail | null = splitCredit(rest, credited) ?? splitTail(rest);
      if (found === null) break;
      credited = found.named;
      if (!found.named) {
        const cell = tailCell(found.tail);
        noted?.push(cell);
        const count = note(cell);
        if (count < (found.plain ? SEEN_LEAST_WORD : SEEN_LEAST)) break;
      }
      rest = found.head;
    }
    return rest;
  };
  return {
    strip: (title, noted) => read(title, noted, remember),
    peek: (title, noted) => read(title, noted, cell => seen[cell] as number),
    note(noted) {
      for (const cell of noted) if (cell < TAILS_MAX) remember(cell);
    },
  };
}

type Tail = { head: string; tail: string; plain: boolean; named: boolean };

function splitTail(title: string): Tail | null {
  const from = Math.max(HEAD_LEAST, title.length - TAIL_MAX);
  // Only the end is looked at: a title is bounded, and so is the search.
  for (let at = title.length - 2; at >= from; at -= 1) {
    const mark = title.charAt(at);
    const bar = BARS.includes(mark);
    if (!bar && !DASHES.includes(mark) && !UNSPACED.includes(mark)) continue;
    const doubled = title.charAt(at - 1) === mark;
    const spaced = title.charAt(doubled ? at - 2 : at - 1).trim() === '' && title.charAt(at + 1).trim() === '';
    const tail = title.slice(at + 1).trim();
    const named =
      (bar || spaced || doubled || UNSPACED.includes(mark) || title.charAt(at - 1) === ' ') && namesPublisher(tail);
    if (!named && !bar && (!spaced || doubled || mark === '：')) continue;
    if (tail.length < 2) return null;
    const head = title.slice(0, doubled ? at - 1 : at).trimEnd();
    return { head, tail, plain: !bar && !tail.includes(' '), named };
  }
  return null;
}

/** "… (Evening News)" at the end; before another publisher's name whatever stands in brackets is one. */
function splitCredit(title: string, beforeName: boolean): Tail | null {
  const open = Math.max(
    title.lastIndexOf('('),
    title.lastIndexOf('（'),
    title.lastIndexOf('['),
    title.lastIndexOf('【'),
  );
  if (open < HEAD_LEAST || title.length - open > TAIL_MAX + 2 || !')）]】'.includes(title.charAt(title.length - 1)))
    return null;
  const tail = title.slice(open + 1, -1).trim();
  return beforeName || namesPublisher(tail)
    ? { head: title.slice(0, open).trimEnd(), tail, plain: false, named: true }
    : null;
}

function tailCell(tail: string): number {
  let hash = 0x2545f491;
  const plain = tail.toLowerCase();
  for (let at = 0; at < plain.length; at += 1) hash = hashUnit(hash, plain.charCodeAt(at));
  return finishHash(hash, 0) & (TAILS_MAX - 1);
}
