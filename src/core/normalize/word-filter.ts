import { RE2JS } from 're2js';
import type { ParsedItem } from '../../model.ts';
import { htmlToText } from '../text/html-to-text.ts';

/** @returns why an item is refused, or `null` when it may stay. */
export type WordFilter = (
  item: Pick<ParsedItem, 'title' | 'summaryHtml' | 'contentHtml' | 'categories'>,
) => string | null;

type Pattern = (texts: ItemTexts) => boolean;
type ItemTexts = { readonly plain: string; readonly folded: string };

const textMax = 20_000;

/**
 * A source's `keep` and `drop`: an item stays when it has one of `keep` (if there are any) and none of `drop`, in title, text or
 * categories. Words and phrases match whole words without regard to case and diacritics, within the text for scripts without spaces;
 * `/…/` and `/…/i` are regular expressions, run by RE2 in linear time whatever they are.
 */
export function compileWordFilter(words: {
  readonly keep: readonly string[];
  readonly drop: readonly string[];
}): WordFilter {
  const keep = words.keep.map(compile);
  const drop = words.drop.map(compile);
  return item => {
    const texts = textsOf(item);
    const dropping = drop.findIndex(matches => matches(texts));
    if (dropping >= 0) return `has "${words.drop[dropping]}"`;
    return keep.length === 0 || keep.some(matches => matches(texts)) ? null : 'has none of the words to keep';
  };
}

function textsOf(item: Parameters<WordFilter>[0]): ItemTexts {
  const parts = [
    item.title ?? '',
    item.categories.join('\n'),
    htmlToText(item.summaryHtml ?? ''),
    htmlToText(item.contentHtml ?? ''),
  ];
  const plain = parts.join('\n').slice(0, textMax);
  return { plain, folded: ` ${fold(plain)} ` };
}

function compile(word: string): Pattern {
  const pattern = /^\/(.+)\/([imsu]*)$/s.exec(word);
  const regexp = pattern ? compileRegexp(pattern[1] ?? '', pattern[2] ?? '') : null;
  if (regexp) return ({ plain }) => regexp.matcher(plain).find();
  const folded = fold(word);
  if (folded === '') return () => false;
  const wanted = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}\p{sc=Hang}]/u.test(
    folded,
  )
    ? folded
    : ` ${folded} `;
  return texts => texts.folded.includes(wanted);
}

/** @returns `null` when RE2 cannot read it; the configuration says so, and here it is taken for a phrase. */
function compileRegexp(source: string, flags: string): RE2JS | null {
  const bits: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };
  try {
    return RE2JS.compile(
      source,
      [...flags].reduce((sum, flag) => sum | (bits[flag] ?? 0), 0),
    );
  } catch {
    return null;
  }
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
