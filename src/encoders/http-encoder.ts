import { setTimeout as delay } from 'node:timers/promises';
import { redact } from '../core/text/redact.ts';
import { AppError, errorCode } from '../errors.ts';
import { readEmbeddings } from './embeddings-answer.ts';
import type { Encoder, EncoderStatus } from './encoder.ts';

export type HttpEncoderOptions = {
  /** `http://localhost:11434`, `…/v1` or `…/v1/embeddings`. */
  readonly url: string;
  readonly model: string;
  readonly apiKey?: string;
  /** The global `fetch` or one with the service's address guard. */
  readonly fetch: typeof fetch;
  readonly batchMax?: number;
  readonly textCharsMax?: number;
  readonly timeoutMs?: number;
  readonly attemptsMax?: number;
  readonly retryDelayMs?: number;
  readonly answerBytesMax?: number;
};

const retryAfterMsMax = 30_000;
const retriedStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Any server with the OpenAI embeddings call: Ollama, Text Embeddings Inference, vLLM, llama.cpp. */
export function createHttpEncoder(options: HttpEncoderOptions): Encoder {
  const { batchMax = 32, textCharsMax = 2000, attemptsMax = 3, retryDelayMs = 500 } = options;
  const address = embeddingsAddress(options.url);
  let dimension = 0;
  let status: EncoderStatus = { state: 'idle', detail: `${address.host}: not asked yet`, progress: null };

  async function encodeBatch(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await askOnce(address, { ...options, texts, signal });
      if (outcome.kind === 'vectors') return outcome.vectors;
      if (outcome.kind === 'failed' || attempt >= attemptsMax) throw new AppError('encoder-failed', outcome.message);
      await delay(Math.max(outcome.retryAfterMs, retryDelayMs * 2 ** (attempt - 1)), undefined, { signal });
    }
  }

  return {
    name: `http:${options.model}`,
    get dimension() {
      return dimension;
    },
    async encode(texts, { signal }) {
      const vectors: Float32Array[] = [];
      try {
        for (let start = 0; start < texts.length; start += batchMax) {
          const batch = texts.slice(start, start + batchMax).map(text => text.slice(0, textCharsMax) || ' ');
          vectors.push(...(await encodeBatch(batch, signal)));
          const found = vectors[0]?.length ?? 0;
          if (dimension !== 0 && found !== dimension)
            throw new AppError(
              'encoder-failed',
              `${address.host} changed its vectors from ${dimension} to ${found} numbers`,
            );
          dimension = found;
        }
      } catch (error) {
        // An abort is the caller's wish and says nothing about the server.
        if (errorCode(error) !== undefined)
          status = { state: 'failed', detail: (error as AppError).message, progress: null };
        throw error;
      }
      if (texts.length > 0)
        status = { state: 'ready', detail: `${address.host}, ${options.model}, ${dimension} numbers`, progress: null };
      return vectors;
    },
    status: () => status,
  };
}

/** @throws AppError `config-invalid` when it is no http address. */
export function embeddingsAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !/^https?:$/.test(address.protocol))
    throw new AppError(
      'config-invalid',
      `the encoder's address "${url}" is not an http address: write http://host:11434/v1`,
    );
  const path = address.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/embeddings'))
    address.pathname = path.endsWith('/v1') ? `${path}/embeddings` : `${path}/v1/embeddings`;
  return address;
}

type Answer =
  | { readonly kind: 'vectors'; readonly vectors: Float32Array[] }
  | { readonly kind: 'retry'; readonly message: string; readonly retryAfterMs: number }
  | { readonly kind: 'failed'; readonly message: string };

type Question = HttpEncoderOptions & { readonly texts: readonly string[]; readonly signal: AbortSignal };

async function askOnce(address: URL, question: Question): Promise<Answer> {
  const { texts, signal, model, apiKey, timeoutMs = 30_000, answerBytesMax = 64 * 1024 * 1024 } = question;
  try {
    const response = await question.fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
      body: JSON.stringify({ model, input: texts, encoding_format: 'float' }),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const body = await readBounded(response, answerBytesMax);
    if (response.ok) return { kind: 'vectors', vectors: readEmbeddings(parseJson(body), texts.length) };
    // Some servers say the wrong key back; here that would be shown, and logged.
    const said = apiKey ? body.replaceAll(apiKey, '…') : body;
    const message = redact(
      `${address.host} answered ${response.status}: ${said.slice(0, 200).replaceAll(/\s+/g, ' ')}`,
    );
    if (!retriedStatuses.has(response.status)) return { kind: 'failed', message };
    return { kind: 'retry', message, retryAfterMs: retryAfterMs(response) };
  } catch (error) {
    signal.throwIfAborted();
    if (errorCode(error) !== undefined) return { kind: 'failed', message: (error as AppError).message };
    return { kind: 'retry', message: `${address.host} did not answer: ${reasonOf(error, timeoutMs)}`, retryAfterMs: 0 };
  }
}

/** Seconds only: a date there is rare, and the ordinary pause will do. */
function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(retryAfterMsMax, Math.max(0, seconds * 1000)) : 0;
}

async function readBounded(response: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax)
      throw new AppError('encoder-failed', `the embeddings server's answer is longer than ${bytesMax} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  // undici says "fetch failed" and keeps the reason in the cause.
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
