import { groupBy } from './cluster-metrics.ts';
import { ratio, type Score, scoreOf } from './ratio.ts';

/** An item with its topic and the one it was given; `null`: none. */
export type Classified = {
  readonly language: string | null;
  readonly topic: string;
  readonly predicted: string | null;
};

export type TopicFigures = {
  readonly items: number;
  /** An item without an answer is wrong. */
  readonly accuracy: number;
  /** Share of the items that were given any topic. */
  readonly answered: number;
  /** The topics' F1, each topic counting the same however many items it has. */
  readonly macroF1: number;
};

export type TopicMetrics = TopicFigures & {
  readonly byLanguage: ReadonlyMap<string, TopicFigures>;
  readonly byTopic: ReadonlyMap<string, Score & { readonly items: number }>;
  /** topic → what it was taken for → how often; the right ones too. */
  readonly confusion: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

/** Accuracy and macro F1 over all items, by language and by topic. */
export function topicMetrics(items: readonly Classified[]): TopicMetrics {
  const byLanguage = groupBy(items, item => item.language ?? '?');
  return {
    ...figuresOf(items),
    byLanguage: new Map([...byLanguage].sort().map(([language, members]) => [language, figuresOf(members)])),
    byTopic: new Map([...scoresByTopic(items)].sort()),
    confusion: confusionOf(items),
  };
}

function figuresOf(items: readonly Classified[]): TopicFigures {
  const scores = [...scoresByTopic(items).values()];
  const right = items.filter(item => item.predicted === item.topic).length;
  return {
    items: items.length,
    accuracy: ratio(right, items.length, 0),
    answered: ratio(items.filter(item => item.predicted !== null).length, items.length, 0),
    macroF1: ratio(
      scores.reduce((sum, score) => sum + score.f1, 0),
      scores.length,
      0,
    ),
  };
}

function scoresByTopic(items: readonly Classified[]): Map<string, Score & { items: number }> {
  const counts = new Map<string, { right: number; claimed: number; items: number }>();
  const of = (topic: string) => {
    const known = counts.get(topic) ?? { right: 0, claimed: 0, items: 0 };
    counts.set(topic, known);
    return known;
  };
  for (const { topic, predicted } of items) {
    of(topic).items += 1;
    if (predicted === topic) of(topic).right += 1;
  }
  // A topic that no item has is no class of this set: what is taken for it is missed, and that is enough.
  for (const { predicted } of items) if (predicted !== null && counts.has(predicted)) of(predicted).claimed += 1;
  return new Map(
    [...counts].map(([topic, { right, claimed, items: count }]) => [
      topic,
      { ...scoreOf(right, claimed - right, count - right), items: count },
    ]),
  );
}

function confusionOf(items: readonly Classified[]): Map<string, Map<string, number>> {
  const confusion = new Map<string, Map<string, number>>();
  for (const { topic, predicted } of items) {
    const row = confusion.get(topic) ?? new Map<string, number>();
    confusion.set(topic, row);
    row.set(predicted ?? '–', (row.get(predicted ?? '–') ?? 0) + 1);
  }
  return confusion;
}
