import { readFile, stat } from 'node:fs/promises';
import { defaultLimits } from '../core/parse/limits.ts';
import { AppError } from '../errors.ts';
import type { CommandIo } from './command-io.ts';

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

/** Standard input, whole. @throws AppError `document-too-large` */
export async function readInput({ stdin, signal }: CommandIo): Promise<Uint8Array> {
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
