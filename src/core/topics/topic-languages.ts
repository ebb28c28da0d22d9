import type { LanguageTag, Topic } from '../../model.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readConcepts } from '../lexicon/read-concepts.ts';
import { readWords } from '../text/words.ts';
import { knownShare } from './known-words.ts';

const latin: readonly LanguageTag[] = 'en it fr es de pt nl ca ro pl cs hu hr tr id sv da no fi vi'.split(' ');

/** Languages of the other scripts, by how much is written in them. */
const byScript: Readonly<Record<string, readonly LanguageTag[]>> = {
  cyrillic: ['ru', 'uk', 'bg', 'sr'],
  arabic: ['ar', 'fa'],
  hebrew: ['he'],
  greek: ['el'],
  devanagari: ['hi'],
  hangul: ['ko'],
  kana: ['ja'],
  cjk: ['zh', 'ja'],
};

/** The languages that a term in another script than Latin can be in. */
export function languagesOfScript(script: string): readonly LanguageTag[] {
  return byScript[script] ?? [];
}

/**
 * The languages that a topic's words may be in, likeliest first: what its title, description and words say together. A few
 * words are covered by several languages, by one or two of them by chance: another language must know two words more than
 * the preferred one to come first, and one more than English. All others follow by what they know, because a single word of a topic
 * that says nothing else is a word of one of them.
 */
export function guessTopicLanguages(topic: Topic, lexicon: Lexicon): readonly LanguageTag[] {
  const text = [...topic.any, ...topic.all, ...topic.none, topic.about ?? '', topic.title, topic.description ?? '']
    .filter(part => part !== '')
    .join('. ');
  const [preferred] = topic.prefer.languages;
  const words = readWords(text, 120).filter(word => word.script !== 'digit');
  if (words.length === 0) return unique([preferred, 'en']);
  const oneWord = 1 / words.length;
  const usual = preferred?.split(/[-_]/)[0]?.toLowerCase();
  const scores = latin.map((language, index) => {
    // A topic that says much is known by what a language covers of it; one that says little, word by word.
    const coverage =
      words.length > fewWords
        ? readConcepts(lexicon, text, { language, wordsMax: 120 }).coverage
        : knownShare(words, language, lexicon);
    const bonus =
      language === usual ? 2.1 : language === 'en' ? (usual === undefined && words.length > fewWords ? 2.1 : 0.5) : 0;
    return { language, score: coverage + bonus * oneWord + usualness * (1 - index / latin.length) };
  });
  scores.sort((a, b) => b.score - a.score);
  return unique([scores[0]?.language, preferred, 'en', ...scores.map(({ language }) => language)]);
}

const fewWords = 6;
/** Where two languages know a word about as well, the one that more people write in is likelier. */
const usualness = 0.25;

function unique(languages: readonly (LanguageTag | undefined)[]): readonly LanguageTag[] {
  return [...new Set(languages.filter(language => language !== undefined))];
}
