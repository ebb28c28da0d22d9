import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lexicon } from '../../../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../../../src/core/topics/compile-topics.ts';
import { matchStory } from '../../../src/core/topics/match-story.ts';
import type { TopicMatch } from '../../../src/model.ts';
import { sampleItem, sampleTopic } from './sample-topic.ts';
import type { Count } from './topic-set.ts';

const folder = join(import.meta.dirname, '../../fixtures/topics');

type PhraseTopic = {
  readonly id: string;
  readonly meaning: string;
  readonly language: string;
  readonly any: readonly string[];
};
type Headline = { readonly language: string; readonly meanings: readonly string[]; readonly title: string };

/** Topics of one phrase each, as somebody writes them in one language. */
export function loadPhraseTopics(): readonly PhraseTopic[] {
  return JSON.parse(readFileSync(join(folder, 'phrases.json'), 'utf8')) as PhraseTopic[];
}

/** Every second headline is held out, as in the topic set. */
export function loadHeadlines(part: 'tune' | 'held-out'): readonly Headline[] {
  const lines = readFileSync(join(folder, 'phrases.tsv'), 'utf8').trimEnd().split('\n');
  return lines
    .filter((_, index) => index % 2 === (part === 'tune' ? 0 : 1))
    .map(line => {
      const [language = '', meanings = '', title = ''] = line.split('\t');
      return { language, meanings: meanings === '-' ? [] : meanings.split(','), title };
    });
}

export type PhraseMistake = {
  readonly headline: Headline;
  readonly topic: string;
  readonly match: TopicMatch | undefined;
};

/** Own-language headlines count too, but are few: the point is the other languages. */
export function measurePhrases(
  lexicon: Lexicon,
  headlines: readonly Headline[],
): { readonly total: Count; readonly mistakes: readonly PhraseMistake[] } {
  const topics = loadPhraseTopics();
  const compiled = compileTopics(
    topics.map(({ id, any, language }) => sampleTopic({ id, any, prefer: { languages: [language], sources: [] } })),
    { lexicon },
  );
  const total: Count = { hits: 0, misses: 0, false: 0 };
  const mistakes: PhraseMistake[] = [];
  for (const headline of headlines) {
    const { language, title, meanings } = headline;
    const version = { item: sampleItem({ language, title }), source: { id: 'x', tags: [] } };
    const matches = new Map(matchStory(compiled, [version]).map(match => [match.topicId, match]));
    for (const { id, meaning } of topics) {
      const match = matches.get(id);
      const isWanted = meanings.includes(meaning);
      if (match === undefined && !isWanted) continue;
      const outcome = match === undefined ? 'misses' : isWanted ? 'hits' : 'false';
      total[outcome] += 1;
      if (outcome !== 'hits') mistakes.push({ headline, topic: id, match });
    }
  }
  return { total, mistakes };
}
