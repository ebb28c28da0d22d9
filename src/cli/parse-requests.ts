import { AppError } from '../errors.ts';
import { type FetchingIo, write } from './command-io.ts';
import type { ParseAnswer, ParseProcess } from './parse-process.ts';
import { readDocument } from './read-input.ts';
import { readLines } from './read-lines.ts';

/** Read ahead while the process works; more would only hold bodies in memory. */
const aheadMax = 8;

/**
 * `newsfold parse --ndjson`: `{"id","path" or "body" (base64),"url"?,"contentType"?}` a line in, the document with the
 * request's `id` a line out, or `{"id","error":{"code","message"}}`. Same order, each written as soon as it is ready. A
 * bad request or a bad feed is an answer, never the end.
 */
export async function answerRequests(file: string | undefined, reader: ParseProcess, io: FetchingIo): Promise<number> {
  const ahead: Promise<string>[] = [];
  let written: Promise<void> = Promise.resolve();
  for await (const { lines } of readLines(file, io)) {
    for (const line of lines) {
      if (line.trim() === '') continue;
      const answer = answerLine(line, reader);
      written = written.then(async () => write(io.stdout, await answer, io.signal));
      ahead.push(answer);
      if (ahead.length >= aheadMax) await ahead.shift();
    }
  }
  await written;
  return 0;
}

async function answerLine(line: string, reader: ParseProcess): Promise<string> {
  let id: unknown = null;
  try {
    const request = readRequest(line);
    id = request.id;
    const body = request.path === null ? Buffer.from(request.body ?? '', 'base64') : await readDocument(request.path);
    return lineOf(id, await reader.parse({ body, url: request.url, contentType: request.contentType }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return lineOf(id, { ok: false, error: { code: error.code, message: error.message } });
  }
}

type Request = {
  readonly id: unknown;
  readonly path: string | null;
  readonly body: string | null;
  readonly url: string | null;
  readonly contentType: string | null;
};

function readRequest(line: string): Request {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError(
      'invalid-input',
      'A request is one JSON object a line: {"id","path" or "body","url"?,"contentType"?}.',
    );
  }
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
  const request = {
    id: fields.id ?? null,
    path: text('path'),
    body: text('body'),
    url: text('url'),
    contentType: text('contentType'),
  };
  if (request.path === null && request.body === null) return { ...request, body: '' };
  return request;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new AppError('invalid-input', `The request is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function lineOf(id: unknown, answer: ParseAnswer): string {
  if (!answer.ok) return `${JSON.stringify({ id, error: answer.error })}\n`;
  return `{"id":${JSON.stringify(id)},${answer.json.slice(1)}\n`;
}
