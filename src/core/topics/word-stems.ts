import { trimEndings } from '../lexicon/inflection.ts';
import type { LanguageGroup } from '../lexicon/language-groups.ts';
import type { Script } from '../text/words.ts';

/**
 * The word and what it may be without its ending: two inflected forms of one word share one of these. Only where the
 * lexicon does not know the word; it is never shorter than four letters (two in Korean).
 */
export function wordStems(folded: string, script: Script, group: LanguageGroup | null): readonly string[] {
  const stems = [folded];
  if (script === 'cjk' || script === 'other' || script === 'digit') return stems;
  if (group !== null) add(stems, trimEndings(folded, group), script);
  if (script === 'latin') add(stems, folded.replace(/(?:es|en|s|[aeiou])$/, ''), script);
  else if (script === 'cyrillic') add(stems, folded.replace(/[аеиоуыэюяіїєь]$/, ''), script);
  return stems;
}

function add(stems: string[], stem: string, script: Script): void {
  const least = script === 'hangul' ? 2 : script === 'arabic' || script === 'hebrew' ? 3 : 4;
  if (stem.length >= least && !stems.includes(stem)) stems.push(stem);
}
