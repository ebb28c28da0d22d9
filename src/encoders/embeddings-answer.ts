import { AppError } from '../errors.ts';
import { toUnitLength } from './encoder.ts';

/** Longest vector taken; the largest open models have 8,192. */
const dimensionMax = 16_384;

/**
 * Reads the answer of `POST /v1/embeddings` (OpenAI API reference, "Create embeddings"): `{"data":[{"index","embedding"}]}`,
 * the embedding as numbers or as base64 of little-endian 32-bit floats.
 * @returns one vector of length 1 for each text, in the order of the texts.
 * @throws AppError `encoder-failed` when the answer is not of that shape or not `count` vectors of one length.
 */
export function readEmbeddings(answer: unknown, count: number): Float32Array[] {
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw wrong('has no "data"');
  if (data.length !== count) throw wrong(`has ${data.length} vectors for ${count} texts`);
  const vectors: (Float32Array | undefined)[] = Array.from({ length: count });
  for (const [i, entry] of data.entries()) {
    const { index = i, embedding } = (entry ?? {}) as { index?: unknown; embedding?: unknown };
    if (typeof index !== 'number' || !(index in vectors) || vectors[index]) throw wrong('numbers its vectors wrongly');
    vectors[index] = toUnitLength(readVector(embedding));
  }
  const complete = vectors as Float32Array[];
  if (complete.some(vector => vector.length !== complete[0]?.length)) throw wrong('has vectors of different lengths');
  return complete;
}

function readVector(embedding: unknown): Float32Array {
  if (typeof embedding === 'string') return readBase64(embedding);
  if (!Array.isArray(embedding) || embedding.length === 0 || embedding.length > dimensionMax)
    throw wrong('has an embedding that is no list of numbers');
  const vector = Float32Array.from(embedding as number[]);
  if (!vector.every(Number.isFinite)) throw wrong('has an embedding with something else than numbers');
  return vector;
}

function readBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0 || bytes.length > dimensionMax * 4)
    throw wrong('has an embedding that is no base64 of floats');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vector = Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
  if (!vector.every(Number.isFinite)) throw wrong('has an embedding with something else than numbers');
  return vector;
}

function wrong(what: string): AppError {
  return new AppError(
    'encoder-failed',
    `the embeddings server's answer ${what}: is the address an OpenAI-compatible one?`,
  );
}
