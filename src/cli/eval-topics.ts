import type { Lexicon } from '../core/lexicon/lexicon.ts';
import { classifySubject, compileSubjects, rankSubjects } from '../core/topics/classify-subject.ts';
import { readVersion } from '../core/topics/read-version.ts';
import { findSubject, type Subject } from '../core/topics/subject-names.ts';
import { AppError } from '../errors.ts';
import { evaluateTopics, readTopicItems, type TopicClassifier, type TopicItem } from '../eval/evaluate-topics.ts';
import type { LabelledItem } from '../eval/labelled-item.ts';
import type { TopicFigures, TopicMetrics } from '../eval/topic-metrics.ts';
import type { Item } from '../model.ts';
import { type CommandIo, write } from './command-io.ts';
import { type DedupLoaders, type DedupParts, defaultLoaders, loadDedupParts } from './dedup-parts.ts';
import { startProgress } from './line-progress.ts';
import { readAllLines } from './read-lines.ts';

export type EvalTopicsArgs = {
  readonly files: readonly string[];
  readonly languages?: string;
  /** Answer only where the service would: the rest counts as missed. */
  readonly bar?: boolean;
  readonly json?: boolean;
};

/**
 * `newsfold eval topics FILE…`: how often the subject that newsfold finds is the labelled one. Labels are read as names of
 * subjects (`sports`, `science/technology`); those that name none are left out, and a line says so.
 * @throws AppError `usage`, `not-found`, `invalid-input` when no line has a topic.
 */
export async function evalTopicsCommand(
  args: EvalTopicsArgs,
  io: CommandIo,
  loaders: DedupLoaders = defaultLoaders,
): Promise<number> {
  const items = await readItems(args, io);
  const [lexicon, parts] = await Promise.all([loaders.loadLexicon(), loadDedupParts(loaders)]);
  const progress = startProgress(io.stderr, { label: 'topics', total: items.length, unit: 'items' });
  const metrics = evaluateTopics(
    items,
    () => createSubjectClassifier(lexicon, parts, args.bar === true),
    done => progress.update(done),
  );
  progress.stop();
  const text = args.json
    ? `${JSON.stringify(metrics, (_key, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value), 2)}\n`
    : topicTable(metrics);
  await write(io.stdout, text, io.signal);
  return 0;
}

async function readItems({ files, languages }: EvalTopicsArgs, io: CommandIo): Promise<TopicItem[]> {
  if (files.length === 0) throw new AppError('usage', 'name at least one labelled file (docs/evaluation.md)');
  const wanted = languages === undefined ? null : new Set(languages.split(',').map(tag => tag.trim()));
  const items: TopicItem[] = [];
  const unknown = new Map<string, number>();
  for (const file of files) {
    const read = readTopicItems(await readAllLines(file, io));
    for (const problem of read.problems.slice(0, 20)) io.stderr.write(`${file}: ${problem}\n`);
    for (const item of read.items) {
      if (wanted !== null && !wanted.has(item.language ?? '')) continue;
      const subject = findSubject(item.topic.split('/')[0] ?? '');
      if (subject === null) unknown.set(item.topic, (unknown.get(item.topic) ?? 0) + 1);
      else items.push({ ...item, topic: subject });
    }
  }
  for (const [topic, count] of unknown)
    io.stderr.write(`left out: ${count} items of "${topic}", which is no subject\n`);
  if (items.length === 0) throw new AppError('invalid-input', `${files.join(', ')}: no line has a known "topic"`);
  return items;
}

/** The strongest subject of every text; with `bar` only where the service itself would speak of one. */
function createSubjectClassifier(lexicon: Lexicon, parts: DedupParts, bar: boolean): TopicClassifier {
  const reader = compileSubjects(lexicon);
  const find = bar ? classifySubject : rankSubjects;
  return item => {
    let best: { subject: Subject; strength: number } | null = null;
    for (const [subject, { strength }] of find(reader, readVersion(lexicon, asItem(item, parts))))
      if (best === null || strength > best.strength) best = { subject, strength };
    return best?.subject ?? null;
  };
}

function asItem(item: LabelledItem, parts: DedupParts): Item {
  return {
    id: item.id,
    sourceId: 'eval',
    guid: null,
    url: item.url,
    canonicalUrl: item.url,
    title: item.title,
    summaryHtml: null,
    contentHtml: null,
    text: item.text,
    language: parts.languageOf(item),
    publishedAt: item.at,
    updatedAt: null,
    firstSeenAt: 0,
    orderAt: item.at ?? 0,
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    extra: {},
    contentHash: '',
  };
}

function topicTable(metrics: TopicMetrics): string {
  const rows = (title: string, entries: Iterable<readonly [string, string]>) => [
    title,
    ...[...entries].map(([name, figures]) => `  ${name.padEnd(16)}${figures}`),
    '',
  ];
  const figures = ({ items, accuracy, macroF1, answered }: TopicFigures) =>
    `${accuracy.toFixed(3)} · ${macroF1.toFixed(3)} · ${answered.toFixed(3)}   ${items} items`;
  return [
    ...rows('accuracy · macro F1 · answered', [['all', figures(metrics)], ...mapValues(metrics.byLanguage, figures)]),
    ...rows(
      'by topic: precision · recall · F1',
      mapValues(
        metrics.byTopic,
        ({ precision, recall, f1, items }) =>
          `${precision.toFixed(3)} · ${recall.toFixed(3)} · ${f1.toFixed(3)}   ${items} items`,
      ),
    ),
  ].join('\n');
}

function mapValues<T>(map: ReadonlyMap<string, T>, show: (value: T) => string): [string, string][] {
  return [...map].map(([name, value]) => [name, show(value)]);
}
