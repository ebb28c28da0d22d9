import { AppError } from '../errors.ts';
import type { ParsedFeed } from '../model.ts';
import { type FetchingIo, write } from './command-io.ts';
import { type ParseAnswer, ParseProcess, type ParseRequest } from './parse-process.ts';
import { answerRequests } from './parse-requests.ts';
import { readDocument, readInput } from './read-input.ts';

export type ParseArgs = {
  /** A file, an address, or `-` for standard input. */
  readonly file?: string;
  readonly url?: string;
  readonly contentType?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
};

/**
 * `newsfold parse`: what the service reads in a feed, sanitized as the service would store it. Standard output has the
 * document (for people, or as JSON), standard error what went wrong.
 *
 * @returns exit status: 0 done, 1 not a feed or not readable
 */
export async function parseCommand(args: ParseArgs, io: FetchingIo): Promise<number> {
  const reader = new ParseProcess();
  try {
    if (args.ndjson) return await answerRequests(args.file, reader, io);
    const answer = await reader.parse(await requestOf(args, io));
    return await print(answer, args, io);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return await print({ ok: false, error: { code: error.code, message: error.message } }, args, io);
  } finally {
    await reader.close();
  }
}

async function requestOf(args: ParseArgs, io: FetchingIo): Promise<ParseRequest> {
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
  const body = file === '-' ? await readInput(io) : await readDocument(file);
  return { body, url: args.url ?? null, contentType: args.contentType ?? null };
}

async function print(answer: ParseAnswer, args: ParseArgs, io: FetchingIo): Promise<number> {
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
