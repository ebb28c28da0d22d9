import { type LabelledItem, parseLabelledItem } from './labelled-item.ts';
import { type Classified, type TopicMetrics, topicMetrics } from './topic-metrics.ts';

/** An item whose topic is known: `{"id","language","title"?,"text"?,"topic"}`. */
export type TopicItem = LabelledItem & { readonly topic: string };

/** Chooses one of the labels for an item; `null` when it knows none. Given all labels of the set once. */
export type TopicClassifier = (item: LabelledItem) => string | null;

/** Reads JSON Lines; a bad line becomes a problem and the rest is read. */
export function readTopicItems(lines: Iterable<string>): { items: TopicItem[]; problems: string[] } {
  const items: TopicItem[] = [];
  const problems: string[] = [];
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') problems.push(`line ${number}: ${read}`);
    else items.push(read);
  }
  return { items, problems };
}

function readLine(line: string): TopicItem | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  const item = parseLabelledItem(value);
  if ('problem' in item) return item.problem;
  const { topic } = value as { topic?: unknown };
  return typeof topic === 'string' && topic !== '' ? { ...item, topic } : '"topic" is missing';
}

/** Asks the classifier for every item, and compares. */
export function evaluateTopics(
  items: readonly TopicItem[],
  createClassifier: (labels: readonly string[]) => TopicClassifier,
  onProgress?: (done: number) => void,
): TopicMetrics {
  const classify = createClassifier([...new Set(items.map(item => item.topic))].sort());
  return topicMetrics(
    items.map((item, i): Classified => {
      onProgress?.(i + 1);
      return { language: item.language, topic: item.topic, predicted: classify(item) };
    }),
  );
}
