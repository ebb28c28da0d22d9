import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../errors.ts';
import type { CommandIo } from './command-io.ts';

/** The lines that one read brought, with how much of the input has been read: they can be answered together, at once. */
export type LineBatch = {
  readonly lines: readonly string[];
  readonly bytesRead: number;
  /** `null`: nobody knows (standard input). */
  readonly bytesTotal: number | null;
};

/** A longer line is cut, and then is no JSON: an endless line must not fill the memory. */
const lineCharsMax = 16 * 1024 * 1024;

/**
 * Lines of a file (`.gz` too) or, for `-` and no name, of standard input, without their ends, as they come.
 * @throws AppError `not-found` when the file cannot be read.
 */
export async function* readLines(file: string | undefined, { stdin, signal }: CommandIo): AsyncGenerator<LineBatch> {
  const fromFile = file !== undefined && file !== '-';
  const bytesTotal = fromFile ? await sizeOf(file) : null;
  let bytesRead = 0;
  const source = (fromFile ? createReadStream(file, { signal, highWaterMark: 256 * 1024 }) : stdin) as Readable;
  source.on('data', chunk => {
    bytesRead += chunk.length;
  });
  let input: Readable = source;
  if (fromFile && file.endsWith('.gz')) {
    const gunzip = createGunzip();
    source.on('error', error => gunzip.destroy(error));
    input = source.pipe(gunzip);
  }
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    signal.throwIfAborted();
    const pieces = decoder.decode(bytesOf(chunk), { stream: true }).split('\n');
    pieces[0] = (rest + (pieces[0] ?? '')).slice(0, lineCharsMax);
    rest = pieces.pop() ?? '';
    if (pieces.length > 0) yield { lines: pieces.map(withoutReturn), bytesRead, bytesTotal };
  }
  rest += decoder.decode();
  if (rest !== '') yield { lines: [withoutReturn(rest)], bytesRead, bytesTotal };
}

/** All lines at once, for sets that are read several times. */
export async function readAllLines(file: string, io: CommandIo): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readLines(file, io)) for (const line of batch.lines) lines.push(line);
  return lines;
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new AppError('not-found', `cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function bytesOf(chunk: unknown): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
