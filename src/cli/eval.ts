import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../errors.ts';
import { type IsAmbiguous, nothingAmbiguous, readAmbiguousPairs } from '../eval/ambiguous-pairs.ts';
import { type DedupEvaluation, type EvaluationOptions, evaluateItems, evaluatePairs } from '../eval/evaluate-dedup.ts';
import { evaluationTable, languagePairTable } from '../eval/evaluation-table.ts';
import type { LabelledItem } from '../eval/labelled-item.ts';
import { type LabelledSet, readLabelled } from '../eval/read-labelled.ts';
import { renderEvalPage } from '../eval/render-eval-page.ts';
import { seededOrder } from '../eval/seeded-order.ts';
import { splitHalf } from '../eval/split-half.ts';
import { type CommandIo, write } from './command-io.ts';
import { type DedupLoaders, defaultLoaders, loadDedupParts, windowMsOf } from './dedup-parts.ts';
import { type EncoderArgs, encodeItems } from './encode-items.ts';
import { startProgress } from './line-progress.ts';
import { readAllLines } from './read-lines.ts';

export type EvalDedupArgs = {
  readonly files: readonly string[];
  /** Headlines only; otherwise both ways when the set has texts. */
  readonly titles?: boolean;
  /** `it,fr`: only items in these languages. */
  readonly languages?: string;
  /** JSON with pairs of groups that may or may not be one story. */
  readonly ambiguous?: string;
  /** `dev` or `held` of the project's own set. */
  readonly half?: string;
  readonly json?: boolean;
  readonly html?: string;
  /** Feeds the items in an order that this number decides, instead of by date. */
  readonly shuffle?: string;
  readonly window?: string;
} & EncoderArgs;

/**
 * `newsfold eval dedup FILE…`: how well the engine finds the stories of a labelled set, as a table, as data, as a page with
 * pictures. Items with a date are fed in the order of their dates, others in the order of the lines.
 * @throws AppError `usage`, `not-found`, `invalid-input` when no line is labelled.
 */
export async function evalDedupCommand(
  args: EvalDedupArgs,
  io: CommandIo,
  loaders: DedupLoaders = defaultLoaders,
): Promise<number> {
  const windowMs = windowMsOf(args.window);
  const isAmbiguous = await readAmbiguous(args.ambiguous, io);
  const set = await readSet(args, io);
  const parts = await loadDedupParts(loaders);
  const items = orderOf(selectItems(set.items, args), args.shuffle);
  const options = (name: string): EvaluationOptions => ({
    ...parts,
    name,
    createEngine: () => parts.createEngine(windowMs),
    isAmbiguous,
    now: () => performance.now(),
  });
  const evaluations: DedupEvaluation[] = [];
  for (const mode of modesOf(items, args)) {
    const encoded = await encodeItems(mode.items, args, io);
    const progress = startProgress(io.stderr, { label: mode.name, total: items.length, unit: 'items' });
    const evaluation = evaluateItems(encoded, { ...options(mode.name), onProgress: done => progress.update(done) });
    progress.stop();
    io.signal.throwIfAborted();
    evaluations.push(evaluation);
  }
  if (set.pairs.length > 0) evaluations.push(evaluatePairs(set.pairs, options('labelled pairs')));
  await report(evaluations, { args, io, set });
  return 0;
}

async function readAmbiguous(file: string | undefined, io: CommandIo): Promise<IsAmbiguous> {
  if (file === undefined) return nothingAmbiguous;
  const lines = await readAllLines(file, io);
  try {
    return readAmbiguousPairs(JSON.parse(lines.join('\n')));
  } catch (error) {
    throw new AppError('invalid-input', `${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function readSet({ files }: EvalDedupArgs, io: CommandIo): Promise<LabelledSet> {
  if (files.length === 0) throw new AppError('usage', 'name at least one labelled file (docs/evaluation.md)');
  const lines: string[] = [];
  for (const file of files) for (const line of await readAllLines(file, io)) lines.push(line);
  const set = readLabelled(lines);
  for (const problem of set.problems) io.stderr.write(`${problem}\n`);
  if (set.pairs.length === 0 && !set.items.some(item => item.group !== null))
    throw new AppError('invalid-input', `${files.join(', ')}: no line has a "group" or is a labelled pair`);
  return set;
}

function selectItems(items: readonly LabelledItem[], { languages, half }: EvalDedupArgs): LabelledItem[] {
  if (half !== undefined && half !== 'dev' && half !== 'held')
    throw new AppError('usage', `--half ${half}: write dev or held`);
  const wanted = languages === undefined ? null : new Set(languages.split(',').map(tag => tag.trim().toLowerCase()));
  return items.filter(
    item =>
      (wanted === null || wanted.has(item.language?.split('-')[0]?.toLowerCase() ?? '')) &&
      (half === undefined || (item.group !== null && splitHalf(item.group) === half)),
  );
}

function orderOf(items: readonly LabelledItem[], shuffle: string | undefined): LabelledItem[] {
  if (shuffle !== undefined) {
    if (!/^\d{1,9}$/.test(shuffle)) throw new AppError('usage', `--shuffle ${shuffle}: write a number`);
    return seededOrder(items, Number(shuffle));
  }
  if (items.some(item => item.at === null)) return [...items];
  return [...items].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}

function modesOf(
  items: readonly LabelledItem[],
  { titles }: EvalDedupArgs,
): { readonly name: string; readonly items: readonly LabelledItem[] }[] {
  if (items.length === 0) return [];
  const headlines = items.filter(item => item.title !== '').map(item => ({ ...item, text: '' }));
  const headlineMode = { name: 'headline', items: headlines };
  if (titles || items.every(item => item.text === '')) return [headlineMode];
  return [headlineMode, { name: 'headline + teaser', items }];
}

async function report(
  evaluations: readonly DedupEvaluation[],
  { args, io, set }: { args: EvalDedupArgs; io: CommandIo; set: LabelledSet },
): Promise<void> {
  const title = `newsfold eval dedup ${args.files.map(file => basename(file)).join(' ')}`;
  if (args.html !== undefined) await writeFile(args.html, renderEvalPage(evaluations, title));
  if (args.json) {
    await write(io.stdout, `${JSON.stringify({ evaluations, badLines: set.badLines }, mapsToObjects, 2)}\n`, io.signal);
    return;
  }
  const lines = evaluations.flatMap(evaluation => [
    evaluation.name,
    ...aligned(evaluationTable(evaluation)),
    ...(evaluation.clusters && evaluation.clusters.byLanguages.size > 1
      ? [
          '  by languages, weakest first: precision · recall · F1',
          ...aligned(languagePairTable(evaluation).slice(0, 12)),
        ]
      : []),
    ...mixedLines(evaluation),
    '',
  ]);
  if (args.html !== undefined) lines.push(`pictures: ${args.html}`, '');
  await write(io.stdout, lines.join('\n'), io.signal);
}

function mixedLines({ clusters }: DedupEvaluation): string[] {
  if (!clusters || clusters.mixedStories.length === 0) return [];
  const shown = clusters.mixedStories.slice(0, 10).map(({ groups }) => `  ${groups.join(' + ')}`);
  return ['  merged wrongly (first 10):', ...shown.map(line => `  ${line}`)];
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}

function mapsToObjects(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
