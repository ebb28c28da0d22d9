import { readFile, stat } from 'node:fs/promises';
import { defaultLimits } from '../core/parse/limits.ts';
import { AppError } from '../errors.ts';
import type { ParsedFeed } from '../model.ts';
import { type CommandIo, write } from './command-io.ts';
import { answerRequests } from './parse-requests.ts';
import { type ParseAnswer, type ParseRequest, ParseWorker } from './parse-worker.ts';

export type ParseArgs = {
  /** A file, an address, or `-` for standard input. */
  readonly file?: string;
  readonly url?: string;
  readonly contentType?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
};

export type ParseIo = CommandIo & {
  readonly fetchUrl?: (
    url: string,
    signal: AbortSignal,
  ) => Promise<{ body: Uint8Array; contentType: string | null; finalUrl: string }>;
};

/**
 * `newsfold parse`: what the service reads in a feed, sanitized as the service would store it. Standard output has the
 * document (for people, or as JSON), standard error what went wrong.
 *
 * @returns exit status: 0 done, 1 not a feed or not readable
 */
export async function parseCommand(args: ParseArgs, io: ParseIo): Promise<number> {
  const worker = new ParseWorker();
  try {
    if (args.ndjson) return await answerRequests(args.file, worker, io);
    const answer = await worker.parse(await requestOf(args, io));
    return await print(answer, args, io);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return await print({ ok: false, error: { code: error.code, message: error.message } }, args, io);
  } finally {
    await worker.close();
  }
}

async function requestOf(args: ParseArgs, io: ParseIo): Promise<ParseRequest> {
  const file = args.file ?? '-';
  if (/^https?:\/\//i.test(file)) {
    if (!io.fetchUrl) throw new AppError('fetch-failed', `Addresses cannot be fetched here: ${file}`);
    const fetched = await io.fetchUrl(file, io.signal);
    return {
      body: fetched.body,
      url: args.url ?? fetched.finalUrl,
      contentType: args.contentType ?? fetched.contentType,
    };
  }
  const body = file === '-' ? await readAll(io) : await readDocument(file);
  return { body, url: args.url ?? null, contentType: args.contentType ?? null };
}

/** @throws AppError `not-found`, `document-too-large` */
export async function readDocument(path: string): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new AppError('not-found', `${path} is not a file.`);
    if (info.size > defaultLimits.documentBytesMax) {
      throw new AppError(
        'document-too-large',
        `${path} has ${info.size} bytes; the limit is ${defaultLimits.documentBytesMax}.`,
      );
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('not-found', `${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function readAll({ stdin, signal }: CommandIo): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    // One byte over the limit is enough for the parser to say so.
    if (size > defaultLimits.documentBytesMax) {
      throw new AppError('document-too-large', `The document has more than ${defaultLimits.documentBytesMax} bytes.`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function print(answer: ParseAnswer, args: ParseArgs, io: ParseIo): Promise<number> {
  if (!answer.ok) {
    if (args.json) await write(io.stdout, `${JSON.stringify({ error: answer.error })}\n`, io.signal);
    await write(io.stderr, `${answer.error.code}: ${answer.error.message}\n`, io.signal);
    return 1;
  }
  await write(io.stdout, args.json ? `${answer.json}\n` : describe(JSON.parse(answer.json) as ParsedFeed), io.signal);
  return 0;
}

function describe({ format, feed, items, warnings }: ParsedFeed): string {
  const lines = [`${feed.title ?? '(no title)'}  [${format}${feed.language === null ? '' : `, ${feed.language}`}]`];
  if (feed.link !== null) lines.push(feed.link);
  lines.push('', `${items.length} items`);
  for (const item of items) {
    const when = item.publishedAt ?? item.updatedAt;
    lines.push(
      `${(when ?? '').slice(0, 16).replace('T', ' ').padEnd(16)}  ${item.title ?? '(no title)'}`,
      `${' '.repeat(18)}${item.url ?? '(no link)'}`,
    );
  }
  if (warnings.length > 0) lines.push('', `${warnings.length} warnings`);
  for (const { code, message, item } of warnings)
    lines.push(`  ${code}${item === undefined ? '' : ` (item ${item + 1})`}: ${message}`);
  return `${lines.join('\n')}\n`;
}
