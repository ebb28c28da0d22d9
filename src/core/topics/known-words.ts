import type { LanguageTag } from '../../model.ts';
import { findEnglish, findForm, findInflected } from '../lexicon/find-form.ts';
import { chooseGroups, type LanguageGroup } from '../lexicon/language-groups.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Word } from '../text/words.ts';

/**
 * How well a language knows a few words, 0 to 1: as they stand, or by their beginning. Nearly any word begins like some word
 * of nearly any language, so a beginning counts less the more is cut off, and less when it leads to a rare meaning.
 */
export function knownShare(words: readonly Word[], language: LanguageTag, lexicon: Lexicon): number {
  const group = chooseGroups(language).groups[0];
  if (words.length === 0 || group === undefined) return 0;
  return words.reduce((sum, word) => sum + knownWord(word, group, lexicon), 0) / words.length;
}

function knownWord(word: Word, group: LanguageGroup, lexicon: Lexicon): number {
  if (group === 'en') return isEnglish(word, lexicon) ? 1 : 0;
  if ((findForm(lexicon, group, word)?.slot ?? -1) >= 0) return 1;
  const begun = findInflected(lexicon, group, word);
  if (begun === null || begun.slot < 0) return 0;
  const concept = lexicon.conceptA[begun.slot] ?? 0;
  // A word that says nothing (Swedish `haft`) is no beginning of another.
  if (concept === 0) return 0;
  const idf = (lexicon.idf[concept] ?? 255) / 16;
  return begun.trust * (1.05 - 0.02 * idf) * (word.capital ? NAMES_BEGIN : 1);
}

/** A name begins like a word by chance (Haftar, German `Haft`); an inflected form with a capital is mostly known whole. */
const NAMES_BEGIN = 0.4;

/** Letters with marks: the lexicon folds them, but `école` is no English word. */
const accented = /[\u00c0-\u024f]/;
/** English keys all concepts, so that foreign words and names stand among them; these are seldom or unsteady. */
const steadyMin = 210;
const seldomIdf = 9 * 16;
const unsteadyMax = 150;

function isEnglish(word: Word, lexicon: Lexicon): boolean {
  if (accented.test(word.surface)) return false;
  const hit = findEnglish(lexicon, word.folded);
  if (hit === null || hit.slot < 0) return false;
  const concept = lexicon.conceptA[hit.slot] ?? 0;
  // Stems are shared by words that are not: `terre` has the stem of terrible.
  if (
    Math.abs(lexicon.label(concept).length - word.folded.length) > 3 ||
    !word.folded.startsWith(lexicon.label(concept).slice(0, 3))
  )
    return false;
  const steadiness = lexicon.steadiness[concept] ?? 0;
  return steadiness >= steadyMin || (steadiness >= unsteadyMax && (lexicon.idf[concept] ?? 255) < seldomIdf);
}
