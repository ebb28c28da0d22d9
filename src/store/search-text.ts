/**
 * Full-text search that is the same on both engines: this file makes words, the engine only looks them up. Case, accents
 * and Arabic vowel signs are folded; scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut
 * into single characters and searched as phrases, so that a word is found wherever it stands.
 */
import { foldedWords } from './fold-words.ts';

const documentCharsMax = 12_000;
const wordCharsMax = 200;
const positionsMax = 255;
const queryCharsMax = 200;
const queryWordsMax = 12;
/** A word at least so long also finds longer forms: `elezion` finds `elezioni`, `car` does not find `carlo`. */
const prefixCharsMin = 4;

/** @returns the words of a title and a text, lower case, divided by single spaces. */
export function searchDocument(title: string, text: string): string {
  return foldedWords(`${title} ${text}`.slice(0, documentCharsMax));
}

export type SearchTerm = { readonly words: readonly string[]; readonly prefix: boolean; readonly not: boolean };

/** Words must all occur; `"…"` is a phrase; `-word` must not occur. @returns no term when nothing can be searched for. */
export function searchTerms(q: string): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const [, minus, quoted, bare] of q.slice(0, queryCharsMax).matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)) {
    const source = quoted ?? bare ?? '';
    const words = foldedWords(source)
      .split(' ')
      .filter(word => word !== '');
    const last = words.at(-1);
    if (last === undefined) continue;
    const prefix = quoted === undefined && last.length >= prefixCharsMin;
    terms.push({ words, prefix, not: minus === '-' });
    if (terms.length === queryWordsMax) break;
  }
  // "not" alone would be every other story: there is nothing to look up.
  return terms.some(term => !term.not) ? terms.toSorted((a, b) => Number(a.not) - Number(b.not)) : [];
}

/** FTS5's syntax, https://www.sqlite.org/fts5.html §3: words hold letters and digits only, so quoting is enough. */
export function fts5Query(terms: readonly SearchTerm[]): string {
  const phrase = (term: SearchTerm) => `"${term.words.join(' ')}"${term.prefix ? '*' : ''}`;
  const wanted = terms
    .filter(term => !term.not)
    .map(phrase)
    .join(' AND ');
  return terms.filter(term => term.not).reduce((query, term) => `(${query}) NOT ${phrase(term)}`, wanted);
}

/** PostgreSQL's tsquery (https://www.postgresql.org/docs/current/datatype-textsearch.html). */
export function tsQuery(terms: readonly SearchTerm[]): string {
  return terms
    .map(term => {
      const words = term.words.map(
        (word, index) => `'${word}'${term.prefix && index === term.words.length - 1 ? ':*' : ''}`,
      );
      return `${term.not ? '!' : ''}(${words.join(' <-> ')})`;
    })
    .join(' & ');
}

/**
 * A document as PostgreSQL's tsvector, written out: its own parser would cut words by the server's locale. At most 255
 * positions of a word are kept by PostgreSQL, and positions end at 16383; a document has fewer characters than that.
 */
export function tsVector(document: string): string {
  const positions = new Map<string, number[]>();
  let position = 0;
  for (const word of document.split(' ')) {
    position++;
    if (word === '' || word.length > wordCharsMax) continue;
    const known = positions.get(word);
    if (!known) positions.set(word, [position]);
    else if (known.length < positionsMax) known.push(position);
  }
  return [...positions].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ');
}
