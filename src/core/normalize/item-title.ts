import type { ParsedItem } from '../../model.ts';
import { cleanText, truncateBytes } from '../text/clean-text.ts';

const titleBytesMax = 2048;
const madeUpLengthMax = 100;

/**
 * An item's title; never empty. The publisher's own; else the start of its text, up to the end of the first sentence; else the
 * file it encloses; else the words of its address; else who wrote it or where it is from; else "…".
 */
export function itemTitle(
  item: ParsedItem,
  given: { readonly text: string; readonly feedTitle: string | null; readonly documentUrl: string },
): string {
  const own = cleanText(item.title ?? '');
  if (isReadable(own)) return truncateBytes(own, titleBytesMax);
  return (
    [
      firstSentence(given.text),
      fileName(item.enclosures[0]?.url),
      addressWords(item.url),
      cleanText(item.authors[0]?.name ?? ''),
      cleanText(given.feedTitle ?? ''),
      URL.parse(item.url ?? given.documentUrl)?.hostname ?? '',
    ].find(isReadable) ?? '…'
  );
}

/** Joiners, direction marks and spaces alone show nothing. */
function isReadable(text: string): boolean {
  return /[\p{L}\p{N}\p{S}\p{P}]/u.test(text);
}

/** The first sentence, or as many whole words as fit, with "…". */
function firstSentence(text: string): string {
  const start = text.slice(0, madeUpLengthMax + 40);
  const sentence = /^.{12,}?[.!?。！？؟।](?=\s|$|["'”»」])/su.exec(start)?.[0] ?? '';
  if (sentence.length > 0 && sentence.length <= madeUpLengthMax) return sentence.replace(/(?<![.…])\.$/, '');
  if (text.length <= madeUpLengthMax) return text;
  const cut = text.slice(0, madeUpLengthMax);
  // Scripts without spaces are cut between characters, but not through one.
  const word = cut.lastIndexOf(' ');
  const end = word > madeUpLengthMax / 2 ? word : cut.length - (/[\ud800-\udbff]$/.test(cut) ? 1 : 0);
  return `${cut.slice(0, end).replace(/[\s,;:–—-]+$/, '')}…`;
}

function fileName(address: string | undefined): string {
  return address === undefined ? '' : decoded(URL.parse(address)?.pathname.split('/').at(-1) ?? '');
}

/** `/2026/05/a-long-story.html` says "A long story"; `/12345` says nothing. */
function addressWords(address: string | null): string {
  const segment = address === null ? '' : decoded(URL.parse(address)?.pathname.split('/').filter(Boolean).at(-1) ?? '');
  const words = cleanText(segment.replace(/\.[a-z\d]{2,5}$/i, '').replace(/[-_+]+/g, ' '));
  return /\p{L}{2}/u.test(words) ? words.charAt(0).toUpperCase() + words.slice(1, 200) : '';
}

function decoded(text: string): string {
  try {
    return cleanText(decodeURIComponent(text));
  } catch {
    // An escape that is no UTF-8: the address as it is written is still better than nothing.
    return cleanText(text);
  }
}
