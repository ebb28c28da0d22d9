import type { LanguageTag, Topic } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readConcepts } from '../lexicon/read-concepts.ts';
import { readWords } from '../text/words.ts';

const latin: readonly LanguageTag[] = 'en it fr es de pt nl ca ro pl cs hu hr tr id sv da no fi vi'.split(' ');

/**
 * The languages that a topic's words seem to be in, likeliest first, English always among them: what its title,
 * description and words say together. A few words are covered by several languages, by one or two of them by chance:
 * another language must know two words more than the preferred one, or than English.
 */
export function guessTopicLanguages(topic: Topic, lexicon: Lexicon): readonly LanguageTag[] {
  const text = [...topic.any, ...topic.all, ...topic.none, topic.about ?? '', topic.title, topic.description ?? '']
    .filter(part => part !== '')
    .join('. ');
  const [preferred] = topic.prefer.languages;
  const words = readWords(text, 120).filter(word => word.script !== 'digit');
  if (words[0]?.script !== 'latin') return unique([preferred, 'en']);
  const oneWord = 1 / words.length;
  const usual = preferred?.split(/[-_]/)[0]?.toLowerCase();
  const scores = latin.map(language => {
    const { coverage } = readConcepts(lexicon, text, { language, wordsMax: 120 });
    const bonus = language === usual ? 2.1 : language === 'en' ? (usual === undefined ? 2.1 : 0.5) : 0;
    return { language, score: coverage + bonus * oneWord };
  });
  scores.sort((a, b) => b.score - a.score);
  return unique([scores[0]?.language, preferred, 'en']);
}

function unique(languages: readonly (LanguageTag | undefined)[]): readonly LanguageTag[] {
  return [...new Set(languages.filter(language => language !== undefined))];
}
