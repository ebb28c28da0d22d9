import { transliterate } from '../text/transliterate.ts';
import type { Script } from '../text/words.ts';

/** Shorter words are alike by chance. */
const lengthMin = 7;

/**
 * One key for the spellings of an international word: inflation, inflazione, inflación, inflacja, инфляция; referendum,
 * референдум. By its letters alone, for languages and words that the lexicon does not know.
 * @param folded as `foldWord` gives it.
 * @returns '' for words that are too short, or in scripts that do not spell vowels.
 */
export function cognateKey(folded: string, script: Script): string {
  if (script !== 'latin' && script !== 'cyrillic' && script !== 'greek') return '';
  if (folded.length < lengthMin) return '';
  const latin = transliterate(folded, script);
  const key = latin
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/ch|ck|[cqk]/g, 'k')
    .replace(/[yj]/g, 'i')
    .replace(/w/g, 'v')
    // -tion and its sisters, whatever ending follows.
    .replace(/(?:ss|ts|[tksz])(?:ion|iun|iia|ia|ao|oe|ie|ii|iei|iiu)(?:[aeiou]?[lnrs]?|en|es|er|om|ami|ilor|ens)$/, 'T')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=[bdfgklmnprstvz])i(?=[aou])/g, '')
    .replace(/(?:em|en|es|er|om|ov|a|e|i|o|u|s|n)$/, '');
  return key.length >= lengthMin - 2 ? key : '';
}
