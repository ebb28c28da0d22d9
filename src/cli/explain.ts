import { describeEvidence } from '../core/dedup/describe-evidence.ts';
import type { DedupInput, PairExplanation } from '../core/dedup/engine.ts';
import { AppError } from '../errors.ts';
import { type LabelledItem, parseLabelledItem } from '../eval/labelled-item.ts';
import { type CommandIo, write } from './command-io.ts';
import { type DedupLoaders, type DedupParts, defaultLoaders, loadDedupParts, windowMsOf } from './dedup-parts.ts';
import { readLines } from './read-lines.ts';

export type ExplainArgs = {
  /** Two items as JSON, or ids of items in `file`. */
  readonly a: string;
  readonly b: string;
  readonly file?: string;
  readonly json?: boolean;
  readonly window?: string;
};

/**
 * `newsfold dedup explain A B [--file FILE] [--json]`: why two items are one story or not: what speaks for it, what against it,
 * the probability, and the features it was computed from.
 * @throws AppError `usage` for a bad item, `not-found` for an id that is not in the file.
 */
export async function explainCommand(
  args: ExplainArgs,
  io: CommandIo,
  loaders: DedupLoaders = defaultLoaders,
): Promise<number> {
  const windowMs = windowMsOf(args.window);
  const [a, b] = await findItems(args, io);
  const parts = await loadDedupParts(loaders);
  const engine = parts.createEngine(windowMs);
  // Both dates missing, or one: the pair is judged as if published together.
  const at = a.at ?? b.at ?? 0;
  for (const [id, item] of [['a', a] as const, ['b', b] as const]) engine.add(inputOf(item, { id, at, parts }));
  const explanation = engine.explain('a', 'b');
  if (!explanation) throw new AppError('invalid-input', 'the engine could not compare the two items');
  const text = args.json
    ? `${JSON.stringify({ a: a.id, b: b.id, ...explanation }, null, 2)}\n`
    : explanationInWords(explanation, [a, b]);
  await write(io.stdout, text, io.signal);
  return 0;
}

async function findItems(args: ExplainArgs, io: CommandIo): Promise<[LabelledItem, LabelledItem]> {
  const given = [args.a, args.b].map(text => (text.trimStart().startsWith('{') ? readItem(text) : null));
  const wanted = new Set([args.a, args.b].filter((_, i) => given[i] === null));
  const found = new Map<string, LabelledItem>();
  if (wanted.size > 0) {
    if (args.file === undefined) throw new AppError('usage', 'give two items as JSON, or ids and --file FILE');
    for await (const { lines } of readLines(args.file, io))
      for (const line of lines) {
        const item = tryReadItem(line);
        if (item && wanted.has(item.id) && !found.has(item.id)) found.set(item.id, item);
      }
  }
  const [a, b] = [args.a, args.b].map((text, i) => {
    const item = given[i] ?? found.get(text);
    if (!item) throw new AppError('not-found', `there is no item "${text}" in ${args.file}`);
    return item;
  });
  return [a as LabelledItem, b as LabelledItem];
}

function readItem(text: string): LabelledItem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('usage', `not JSON: ${text.slice(0, 80)}`);
  }
  // For two items on a command line an id is a nuisance.
  const item = parseLabelledItem({ id: 'given', ...(value as object) });
  if ('problem' in item) throw new AppError('usage', `${item.problem} in ${text.slice(0, 80)}`);
  return item;
}

function tryReadItem(line: string): LabelledItem | null {
  try {
    const item = parseLabelledItem(JSON.parse(line));
    return 'problem' in item ? null : item;
  } catch {
    return null;
  }
}

function inputOf(item: LabelledItem, { id, at, parts }: { id: string; at: number; parts: DedupParts }): DedupInput {
  return {
    id,
    sourceId: item.source ?? id,
    language: parts.languageOf(item),
    title: item.title,
    text: item.text,
    url: item.url === null ? null : (parts.canonicalUrl(item.url) ?? item.url),
    at: item.at ?? at,
  };
}

function explanationInWords(explanation: PairExplanation, items: readonly LabelledItem[]): string {
  const { sameStory, probability, evidence, refusal, features } = explanation;
  const width = Math.max(...Object.keys(features).map(name => name.length));
  return [
    ...items.map(item => `  ${item.title}`),
    '',
    sameStory ? 'One story.' : 'Two stories.',
    `probability  ${probability.toFixed(4)}`,
    `for it       ${inWords(evidence.filter(one => one.kind !== 'against' && one.kind !== 'probability')) || 'nothing'}`,
    `against it   ${inWords([...evidence.filter(one => one.kind === 'against'), ...(refusal ? [refusal] : [])]) || 'nothing'}`,
    '',
    ...Object.entries(features).map(([name, value]) => `  ${name.padEnd(width)}  ${value.toFixed(3)}`),
    '',
  ].join('\n');
}

function inWords(evidence: PairExplanation['evidence']): string {
  return describeEvidence(evidence, 'en').join('; ');
}
