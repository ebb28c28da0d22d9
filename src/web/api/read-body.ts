import type { Request } from 'express';
import { AppError } from '../../errors.ts';

export const bodyBytesMax = 4 * 1024 * 1024;

/**
 * The whole body as text.
 * @throws AppError document-too-large, unsupported-media-type, invalid-input
 */
export async function readBody(request: Request, bytesMax = bodyBytesMax): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, bytesMax));
}

export async function readBytes(request: Request, bytesMax = bodyBytesMax): Promise<Uint8Array> {
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity')
    throw new AppError('unsupported-media-type', `Send the body as it is, not as ${coding.slice(0, 40)}.`);
  const tooLarge = () => new AppError('document-too-large', `The body is larger than ${bytesMax} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) {
    request.resume();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws AppError invalid-input when it is not JSON, unsupported-media-type when it does not claim to be */
export async function readJson(request: Request): Promise<unknown> {
  const type = mediaType(request);
  const text = await readBody(request);
  if (text === '') return {};
  if (!/^application\/([\w.-]+\+)?json$/.test(type))
    throw new AppError('unsupported-media-type', 'Send JSON with "Content-Type: application/json".');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid-input', `The body is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

export function mediaType(request: Request): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
