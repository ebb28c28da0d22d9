import { AppError, errorCode } from '../errors.ts';
import { type LabelledItem, parseLabelledItem } from '../eval/labelled-item.ts';
import { createStoryStream, type StoryStream, type StreamAnswer } from '../eval/story-stream.ts';
import { type CommandIo, write } from './command-io.ts';
import { type DedupLoaders, defaultLoaders, loadDedupParts, windowMsOf } from './dedup-parts.ts';
import { startProgress } from './line-progress.ts';
import { type LineBatch, readLines } from './read-lines.ts';
import { type DedupLine, storyDocument, storyListing } from './story-listing.ts';

export type DedupArgs = {
  readonly file?: string;
  /** One JSON line for each item, at once. */
  readonly ndjson?: boolean;
  /** One JSON line for each item after all of them: its final story. */
  readonly final?: boolean;
  /** One JSON document of stories at the end. */
  readonly json?: boolean;
  readonly window?: string;
};

/**
 * `newsfold dedup [FILE|-] [--ndjson | --final | --json] [--window 7d]`: the service's engine over an empty window. Items
 * are read one a line, in order of arrival; a bad line is answered with an error in its place and the rest is read.
 * @returns the exit status: 0 done, 1 when no line could be read.
 * @throws AppError `usage`, `not-found`
 */
export async function dedupCommand(
  args: DedupArgs,
  io: CommandIo,
  loaders: DedupLoaders = defaultLoaders,
): Promise<number> {
  const windowMs = windowMsOf(args.window);
  if ([args.ndjson && !args.final, args.final, args.json].filter(Boolean).length > 1)
    throw new AppError('usage', 'choose one of --ndjson, --final and --json');
  const parts = await loadDedupParts(loaders);
  const stream = createStoryStream({ ...parts, engine: parts.createEngine(windowMs) });
  const streamed = args.ndjson === true && args.final !== true;
  const kept: DedupLine[] = [];
  const counts = { items: 0, bad: 0 };
  const progress = startProgress(io.stderr, { label: 'dedup', total: 1, unit: 'bytes' });
  let lineNumber = 0;
  try {
    for await (const batch of readLines(args.file, io)) {
      const lines = answerBatch(batch, lineNumber, stream);
      lineNumber += batch.lines.length;
      for (const line of lines) counts[line.kind === 'item' ? 'items' : 'bad'] += 1;
      if (streamed) await write(io.stdout, lines.map(streamedLine).join(''), io.signal);
      else for (const line of lines) kept.push(line.kind === 'item' ? withoutText(line) : line);
      progress.update(batch.bytesRead, batch.bytesTotal ?? batch.bytesRead);
    }
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
    return 0;
  } finally {
    progress.stop();
  }
  if (!streamed) await writeStories(kept, stream.finish(), { args, io });
  if (counts.bad > 0 && !args.json)
    io.stderr.write(`${counts.bad} of ${counts.bad + counts.items} lines could not be read\n`);
  return counts.items === 0 && counts.bad > 0 ? 1 : 0;
}

function answerBatch(batch: LineBatch, linesBefore: number, stream: StoryStream): DedupLine[] {
  const answered: DedupLine[] = [];
  for (const [i, text] of batch.lines.entries()) {
    if (text.trim() === '') continue;
    const item = readItem(text);
    if ('problem' in item) answered.push({ kind: 'bad', line: linesBefore + i + 1, problem: item.problem });
    else answered.push({ kind: 'item', item, answer: stream.add(item) });
  }
  return answered;
}

function readItem(text: string): LabelledItem | { readonly problem: string } {
  try {
    return parseLabelledItem(JSON.parse(text));
  } catch (error) {
    return { problem: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function streamedLine(line: DedupLine): string {
  if (line.kind === 'bad') return errorLine(line);
  const { id, story, language, score, evidence, with: partner, repeated } = line.answer;
  return `${JSON.stringify({ id, story, language, score, ...(partner === null ? {} : { with: partner }), evidence, ...(repeated ? { repeated } : {}) })}\n`;
}

function errorLine({ line, problem }: Extract<DedupLine, { kind: 'bad' }>): string {
  return `${JSON.stringify({ error: `line ${line}: ${problem}`, line })}\n`;
}

async function writeStories(
  lines: readonly DedupLine[],
  stories: ReadonlyMap<string, string>,
  { args, io }: { args: DedupArgs; io: CommandIo },
): Promise<void> {
  if (args.json) return write(io.stdout, `${JSON.stringify(storyDocument(lines, stories), null, 2)}\n`, io.signal);
  if (!args.final) return write(io.stdout, storyListing(lines, stories), io.signal);
  for (const line of lines) {
    if (line.kind === 'bad') await write(io.stdout, errorLine(line), io.signal);
    else {
      const { answer } = line;
      const final: StreamAnswer = { ...answer, story: stories.get(answer.id) ?? answer.story };
      await write(io.stdout, streamedLine({ ...line, answer: final }), io.signal);
    }
  }
}

/** Texts of a long stream are not needed any more; titles are, for the listing. */
function withoutText(line: Extract<DedupLine, { kind: 'item' }>): DedupLine {
  return { ...line, item: { ...line.item, title: line.item.title.slice(0, 300), text: '' } };
}

/** `newsfold dedup … | head`: the reader has enough. */
function isClosedPipe(error: unknown): boolean {
  return errorCode(error) === undefined && (error as NodeJS.ErrnoException | null)?.code === 'EPIPE';
}
