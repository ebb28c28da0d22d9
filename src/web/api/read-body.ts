import type { Request } from 'express';
import { AppError } from '../../errors.ts';

export const bodyBytesMax = 4 * 1024 * 1024;
const nestingMax = 50;

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
  // Not destroyed when left early: the answer goes over the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesMax) {
      request.resume();
      throw tooLarge();
    }
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
  if (nestingOf(text) > nestingMax)
    throw new AppError('invalid-input', `The body nests deeper than ${nestingMax} levels.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('invalid-input', `The body is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** Deepest nesting of brackets, quoted ones left out: what walks the value later must not run out of stack. */
function nestingOf(json: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let i = 0; i < json.length; i++) {
    const character = json.charCodeAt(i);
    if (quoted) {
      if (character === 0x5c) i++;
      else if (character === 0x22) quoted = false;
    } else if (character === 0x22) quoted = true;
    else if (character === 0x7b || character === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (character === 0x7d || character === 0x5d) depth--;
  }
  return deepest;
}

export function mediaType(request: Request): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
