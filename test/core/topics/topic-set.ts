import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lexicon, openLexicon } from '../../../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../../../src/core/topics/compile-topics.ts';
import { matchStory } from '../../../src/core/topics/match-story.ts';
import type { Topic, TopicEvidence, TopicMatch } from '../../../src/model.ts';
import { sampleItem, sampleTopic } from './sample-topic.ts';

const folder = join(import.meta.dirname, '../../fixtures/topics');
const lexiconFile = process.env.TOPIC_LEXICON ?? join(import.meta.dirname, '../../../src/core/lexicon/lexicon.bin');

/** @returns `null` in a checkout whose lexicon is not built. */
export function loadLexicon(): Lexicon | null {
  return existsSync(lexiconFile) ? openLexicon(readFileSync(lexiconFile)) : null;
}

export type LabelledItem = {
  readonly language: string;
  readonly title: string;
  readonly text?: string;
  readonly categories?: readonly string[];
  readonly topics: readonly string[];
};

export function loadTopics(): readonly Topic[] {
  const rows = JSON.parse(readFileSync(join(folder, 'topics.json'), 'utf8')) as (Partial<Topic> & {
    id: string;
    prefer?: unknown;
  })[];
  return rows.map(({ prefer, ...row }) =>
    sampleTopic({
      title: '',
      ...row,
      prefer: { languages: Array.isArray(prefer) ? (prefer as string[]) : [], sources: [] },
    }),
  );
}

/** Every second item is for tuning, the others are held out: nobody looks at their mistakes one by one. */
export function loadItems(part: 'tune' | 'held-out'): readonly LabelledItem[] {
  const lines = readFileSync(join(folder, 'items.jsonl'), 'utf8').trim().split('\n');
  return lines
    .filter((_, index) => index % 2 === (part === 'tune' ? 0 : 1))
    .map(line => JSON.parse(line) as LabelledItem);
}

export type Mistake = { readonly item: LabelledItem; readonly topic: string; readonly match: TopicMatch | undefined };
export type Count = { hits: number; misses: number; false: number };
export type Figures = {
  readonly total: Count;
  /** By the kind of the strongest evidence; misses have none. */
  readonly byKind: ReadonlyMap<TopicEvidence['kind'], Count>;
  readonly byTopic: ReadonlyMap<string, Count>;
  readonly mistakes: readonly Mistake[];
};

/** Matches each item as a story of its own against all topics that `isMeasured` names. */
export function measure(
  lexicon: Lexicon,
  items: readonly LabelledItem[],
  isMeasured: (topic: Topic) => boolean,
): Figures {
  const topics = loadTopics().filter(isMeasured);
  const compiled = compileTopics(topics, { lexicon });
  const total: Count = { hits: 0, misses: 0, false: 0 };
  const byKind = new Map<TopicEvidence['kind'], Count>();
  const byTopic = new Map<string, Count>(topics.map(topic => [topic.id, { hits: 0, misses: 0, false: 0 }]));
  const mistakes: Mistake[] = [];
  for (const labelled of items) {
    const { language, title, text = '', categories = [] } = labelled;
    const item = sampleItem({ language, title, text, categories });
    const matches = new Map(
      matchStory(compiled, [{ item, source: { id: 'x', tags: [] } }]).map(match => [match.topicId, match]),
    );
    for (const { id } of topics) {
      const match = matches.get(id);
      const isWanted = labelled.topics.includes(id);
      if (match === undefined && !isWanted) continue;
      const outcome = match === undefined ? 'misses' : isWanted ? 'hits' : 'false';
      total[outcome] += 1;
      (byTopic.get(id) as Count)[outcome] += 1;
      const kind = match?.evidence[0]?.kind;
      if (kind !== undefined) {
        const count = byKind.get(kind) ?? { hits: 0, misses: 0, false: 0 };
        count[outcome] += 1;
        byKind.set(kind, count);
      }
      if (outcome !== 'hits') mistakes.push({ item: labelled, topic: id, match });
    }
  }
  return { total, byKind, byTopic, mistakes };
}

export function precision({ hits, false: wrong }: Count): number {
  return hits + wrong === 0 ? 1 : hits / (hits + wrong);
}

export function recall({ hits, misses }: Count): number {
  return hits + misses === 0 ? 1 : hits / (hits + misses);
}
